"""The tables of the audit as readers see them: heads, words, order, from rows by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd

from analysis.audit import tables
from analysis.audit.discrepancies import RECORD
from analysis.audit.relations import ARITHMETIC, OUTSIDE, OWN_LIST, REPRODUCED, UNCHECKED
from analysis.audit.verdicts import SMALL
from analysis.precision import Interval

DATA = Path(__file__).resolve().parents[2] / "data"


def test_grounds_end_with_a_row_for_all() -> None:
    """A quantity can have several grounds, so that quantities are not added up."""
    known = pd.DataFrame(
        [[5, 4, 1, 3, 2], [9, 9, 0, 7, 6]], [OUTSIDE, OWN_LIST],
        ["figures", "exactly", "within", "quantities", "small"],
    )  # fmt: skip
    shown = tables.readable_grounds(known)
    assert list(shown) == [
        "Rests on", "Figures", "Exactly", "Within", "Different quantities", f"Counts up to {SMALL}",
    ]  # fmt: skip
    assert shown.fillna(-1).to_numpy().tolist() == [
        ["outside evidence", 5, 4, 1, 3, 2], ["the document's own list", 9, 9, 0, 7, 6],
        ["All", 14, 13, 1, -1, 8],
    ]  # fmt: skip


RECOMPUTED = pd.DataFrame(
    [("one", "A/58/98", "3 of 4", "para. 1", "75", "75", Interval(75, 75), "", REPRODUCED,
      ARITHMETIC),
     ("two", "IMR2006-II", "a list", "note 2", "7", "7", Interval(7, 7), "exact", REPRODUCED,
      OWN_LIST),
     ("two", "GRCP7", "a day", "p. 3", "2 May", "3 May", None, "off", UNCHECKED, OWN_LIST)],
    columns=["relation_id", "document_id", "claim", "place", "as_stated", "computed", "result",
             "note", "verdict", "ground"],
).assign(where=lambda rows: rows["document_id"] + ", " + rows["place"])  # fmt: skip


def test_what_was_recomputed_stands_under_heads_for_readers() -> None:
    shown = tables.readable_results(RECOMPUTED.iloc[1:2])
    assert shown.to_dict("records") == [
        {"What was assumed": "a list", "Where": "IMR2006-II, note 2", "Stated": "7",
         "Comes out": Interval(7, 7), "Remark": "exact"}
    ]  # fmt: skip


def test_a_list_that_has_what_it_should_is_left_out() -> None:
    """A number comes out as one, a day in words."""
    shown = tables.readable_places(RECOMPUTED)
    assert list(shown.index) == ["one-in-a-58-98", "two-in-grcp7"]
    assert shown.index.name == "recomputation_id"
    assert shown.fillna("").to_dict("records") == [
        {"What was recomputed": "3 of 4", "Document": "A/58/98", "Place": "para. 1",
         "Stated": "75", "Recomputed": Interval(75, 75), "Day or order": "",
         "Verdict": "reproduced exactly", "Rests on": "arithmetic"},
        {"What was recomputed": "a day", "Document": "GRCP7", "Place": "p. 3", "Stated": "2 May",
         "Recomputed": "", "Day or order": "3 May", "Verdict": "not checkable",
         "Rests on": "the document's own list"},
    ]  # fmt: skip


def row(**changes: object) -> dict[str, object]:
    return {
        "discrepancy_id": "first", "title": "A count differs", "class": "contradiction",
        "document_a": "A/58/98", "place_a": "para. 2", "reading_a": "26 States",
        "document_b": "A/59/325", "place_b": "para. 3", "reading_b": "27 States",
        "record_b": None, "favours": "b", "status": "resolved", "gravity": 1,
        "evidence": "The depositary has 27. It is dated.", "consequence": "Conventions: one more",
        **changes,
    }  # fmt: skip


def test_both_sides_of_a_discrepancy_are_named() -> None:
    rows = pd.DataFrame([
        row(),
        row(document_b=RECORD, place_b=None, record_b="treaty_actions/icrmw-egypt"),
        row(document_b=RECORD, place_b=None, record_b=None),
        row(document_b="A/58/98"),
    ])  # fmt: skip
    assert tables.documents(rows).tolist() == [
        "A/58/98; A/59/325", "A/58/98; the record", "A/58/98; the record", "A/58/98",
    ]  # fmt: skip
    first, second, third, fourth = tables.places(rows)
    assert first == "A/58/98, para. 2 — A/59/325, para. 3"
    title = _described("treaty_actions")
    assert second == f"A/58/98, para. 2 — record: {title}"
    assert third == "A/58/98, para. 2 — record: none"
    assert fourth == "A/58/98, para. 2 — A/58/98, para. 3"


def _described(table: str) -> str:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    (title,) = (each["title"] for each in package["resources"] if each["name"] == table)
    return str(title)


def test_keys_of_public_pages_are_not_shown_and_their_titles_are() -> None:
    with (DATA / "record/public_pages.csv").open(encoding="utf-8", newline="") as file:
        pages = list(csv.DictReader(file))
    first, other = pages[0]["page_id"], pages[1]["page_id"]
    told = f"It says so (public_pages/{first}); more of it; public_pages/{other}"
    rows = pd.DataFrame([row(evidence=told), row(gravity=4, evidence="public_pages/none")])
    assert tables.evidence(rows)[0] == "It says so; more of it"
    titles = [title for _, title in sorted((page["page_id"], page["title"]) for page in pages[:2])]
    assert tables.cited_pages(rows) == f"Public pages in evidence: {'; '.join(titles)}."
    assert tables.cited_pages(pd.DataFrame([row()])) == ""


def test_the_gravest_come_first_and_the_rest_in_a_line_each() -> None:
    rows = pd.DataFrame([
        row(discrepancy_id="c", gravity=3), row(discrepancy_id="b", gravity=2),
        row(discrepancy_id="a", gravity=2, status="unresolved"), row(),
        row(discrepancy_id="n", **{"class": "none"}, gravity=4),
    ])  # fmt: skip
    graver = tables.gravest(rows)
    assert list(graver.index) == ["first", "a", "b"]
    assert list(graver) == ["What disagrees", "Class", "Where", "Evidence", "Status", "Gravity"]
    assert graver["Gravity"].tolist() == [1, 2, 2]
    assert graver["Status"].tolist() == ["resolved", "unresolved", "resolved"]
    lesser = tables.lesser(rows)
    assert lesser.reset_index().to_numpy().tolist() == [
        ["c", "A count differs", "contradiction", "A/58/98; A/59/325", "resolved", 3],
    ]
    assert list(lesser) == ["What disagrees", "Class", "Documents", "Status", "Gravity"]
    assert tables.apparent(rows).to_dict("index") == {
        "n": {"What was considered": "A count differs", "Documents": "A/58/98; A/59/325"}
    }


def test_a_card_says_what_was_said_what_is_right_and_what_follows() -> None:
    rows = pd.DataFrame([row(), row(discrepancy_id="other", favours="a")])
    first, second = tables.cards(rows).split("\n- ")
    assert first.splitlines() == [
        "- **A count differs**",
        "  - *What was said*: 26 States (A/58/98, para. 2).",
        "  - *What is right*: 27 States. The depositary has 27.",
        "  - *What follows*: One more [Evidence and status](#first)",
    ]
    assert "*What is right*: The depositary has 27." in second
    worst = tables.cases(pd.DataFrame([
        row(discrepancy_id="w", gravity=1, status="unresolved"),
        row(discrepancy_id="y", gravity=3), row(discrepancy_id="x", gravity=2),
    ]))  # fmt: skip
    assert worst["discrepancy_id"].tolist() == ["w", "x"]


def test_dots_are_counted_by_gravity_and_those_left_open_apart() -> None:
    rows = pd.DataFrame([
        row(), row(status="unresolved"), row(gravity=3, status="unresolved"),
        row(gravity=4, **{"class": "definition"}), *[row(gravity=4, **{"class": "none"})] * 4,
    ])  # fmt: skip
    shown = tables.dots(rows).set_index("Class")
    heads = [f"Gravity {n}" for n in (1, 2, 3, 4)]
    assert shown.loc["contradiction", heads].tolist() == [2, 0, 1, 0]
    assert shown.loc["contradiction", [f"{n}, unresolved" for n in (1, 2, 3, 4)]].tolist() == [
        1,
        0,
        1,
        0,
    ]
    assert shown.loc["definition", heads].tolist() == [0, 0, 0, 1]
    # The most frequent come first, and last those that turned out to agree.
    assert list(shown["Total"].items()) == [("contradiction", 3), ("definition", 1), ("none", 4)]


def test_the_strip_leaves_out_what_no_figure_is() -> None:
    shown = tables.strip(pd.Series({OUTSIDE: 10, ARITHMETIC: 0, UNCHECKED: 5}))
    assert shown.to_dict("records") == [
        {"How it fares": "borne out from outside", "Stated figures": 10},
        {"How it fares": "not checkable", "Stated figures": 5},
    ]
