"""The tables of the chapter on GRCP 7: made of numbers by hand, and of the files of the data."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis.mechanisms import lists, meeting, tables
from analysis.tables import load

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_doubtful_cut_stands_beside_the_others() -> None:
    shown = tables.doubtful_cuts(load("iscm_focus_boundaries"))
    cuts = [
        row for row in rows("stated/iscm_focus_boundaries.csv") if row["boundary"] == "doubtful"
    ]
    chosen = {row["boundary_id"]: row for row in cuts if row["adopted"] == "true"}
    assert len(shown) == len(chosen)
    for row, own in zip(shown.to_dict("records"), chosen.values(), strict=True):
        others = [
            cut["last_before"]
            for cut in cuts
            if cut["boundary_id"] == own["boundary_id"] and cut["adopted"] == "false"
        ]
        assert others
        assert row == {
            "Earlier list": own["area_before"], "Later list": own["area_after"],
            "Page": int(own["page"]), "Earlier list ends with": own["last_before"],
            "It could end with": " or ".join(others), "Why it is cut so": own["reason"],
        }  # fmt: skip


COMMISSIONS, ECONOMIC = meeting.PARTNERS
NAMED = {
    row["group_id"]: row["respondent_group"][0].upper() + row["respondent_group"][1:]
    for row in rows("stated/iscm_survey_responses.csv")
}


def test_those_without_a_place_are_a_row_of_their_own() -> None:
    groups = pd.DataFrame(
        {"both": [18, 4], "answered_only": [2, 0], "attended_only": [4, 1]},
        [meeting.MECHANISMS, COMMISSIONS],
    )  # fmt: skip
    shown = tables.attendance_data(groups, 5)
    assert list(shown) == [
        "Kind of entity", "Answered and attended", "Answered only", "Attended only",
        "Place not in our sources",
    ]  # fmt: skip
    assert shown.to_numpy().tolist() == [
        ["Mechanisms", 18, 2, 4, 0], ["UN Regional Commissions", 4, 0, 1, 0],
        ["Asked, place not in our sources", 0, 0, 0, 5],
    ]  # fmt: skip


def test_rates_are_per_cent_and_all_that_were_asked_come_last() -> None:
    rates = pd.DataFrame(
        {"answered": [12, 3], "asked_low": [17, 4], "asked_high": [20, 5], "rate_low": [0.6, 0.6],
         "rate_high": [0.75, 0.75], "free_low": [0.4, 0.3], "free_high": [1.0, 1.0]},
        ["rcps", ECONOMIC],
    )  # fmt: skip
    shown = tables.response_data(rates, 20).set_index("Type")
    assert list(shown.index) == [NAMED["rcps"], NAMED[ECONOMIC], "All asked"]
    counts = ["Answered", "Asked, at least", "Asked, at most"]
    assert shown[counts].to_numpy().tolist() == [[12, 17, 20], [3, 4, 5], [15, 20, 20]]
    assert shown[list(tables.RESPONSE)].to_numpy().tolist() == [
        pytest.approx([60, 75, 40, 100]), pytest.approx([60, 75, 30, 100]), [75] * 4,
    ]  # fmt: skip


def test_a_mark_says_how_sure_it_is() -> None:
    """Two themes with an area and one whose rows are lost; a pair that no reading has is none."""
    share = pd.DataFrame(
        [[1.0, 0.5, 0.0], [0.5, 0.0, 1.0]], ["labour", "return"], ["Alpha", "Beta", "Gamma"]
    )
    adopted = share >= 1
    adopted.loc["return", "Alpha"] = True
    share.index.name, share.columns.name = "area", "mechanism"
    plan = pd.DataFrame(
        {"title": ["Work", "Return", "Trade"], "area": ["labour", "return", None],
         "low": pd.array([1, 1, None], dtype="Int64"),
         "high": pd.array([2, 2, None], dtype="Int64")}
    )  # fmt: skip
    full = pd.DataFrame({"mechanism": ["Alpha", "Beta"], "full_name": ["Alpha Process", None]})
    shown = tables.matrix_data(share, adopted, plan, full)
    marks = ["Theme", "Area of focus", "Mechanism", "Listed"]
    assert shown[marks].fillna("").to_numpy().tolist() == [
        ["Work", "labour", "Alpha", "every reading"],
        ["Work", "labour", "Beta", "in doubt: otherwise"],
        ["Return", "return", "Alpha", "in doubt: as adopted"],
        ["Return", "return", "Gamma", "every reading"],
        ["Trade", "", "", "no row survives"],
    ]  # fmt: skip
    assert shown["Full name"].fillna("").tolist() == ["Alpha Process", "", "Alpha Process", "", ""]
    assert shown["Area lists, at least"].fillna(-1).tolist() == [1, 1, 1, 1, -1]
    assert shown["Area lists, at most"].fillna(-1).tolist() == [2, 2, 2, 2, -1]


def test_elements_stand_under_their_themes_with_what_the_appendix_lists() -> None:
    themes = pd.DataFrame(
        {"title": ["Rights", "Borders"], "areas": [2, 0],
         "low": pd.array([7, None], dtype="Int64"), "high": pd.array([9, None], dtype="Int64")},
        ["human-rights", "irregular-migration"],
    )  # fmt: skip
    shown = tables.coverage_data(themes)
    known = sorted(rows("stated/compact_elements.csv"), key=lambda row: int(row["position"]))
    assert shown["Letter"].tolist() == [row["letter"] for row in known]
    phrases = [row["phrase"][0].upper() + row["phrase"][1:] for row in known]
    assert shown["Element"].tolist() == phrases
    own = [row["theme_id"] for row in known]
    titles = [{"human-rights": "Rights", "irregular-migration": "Borders"}.get(t, "") for t in own]
    assert shown["Theme"].fillna("").tolist() == titles
    for head, count in (("Areas of focus of the theme", 2), ("Mechanisms, at least", 7),
                        ("Mechanisms, at most", 9)):  # fmt: skip
        assert set(shown.loc[shown["Theme"] == "Rights", head]) == {count}
    listed = {row["mechanism"] for row in rows("stated/iscm_focus_areas.csv")
              if row["theme_id"] == "human-rights"}  # fmt: skip
    started = {row["mechanism"] for row in rows("stated/iscm_compact_steps.csv")
               if row["step"] == "started"}  # fmt: skip
    counted = shown.loc[shown["Theme"] == "Rights", "Of them had started"]
    assert set(counted) == {len(listed & started)}


def test_what_became_of_a_process_has_its_year() -> None:
    shown = tables.processes()
    known = [row for row in rows("record/mechanism_histories.csv") if row["place"]]
    ends = {"continues": "continues", "not established": "not in our sources",
            "concluded": "concluded, year not in our sources"}  # fmt: skip
    for row, own in zip(shown.fillna("").to_dict("records"), known, strict=True):
        fate = f"{own['fate']}, {own['ended']}" if own["ended"] else ends[own["fate"]]
        assert row == {
            "Process": own["name"], "Also called": own["other_names"],
            "Place in A/59/325": own["place"], "Began": int(own["established"]),
            "On the list of 2017": bool(own["mechanism"]), "What became of it": fate,
            "Source": own["source"],
        }  # fmt: skip


def test_recommendations_are_quoted_with_what_is_remarked_on_them() -> None:
    """The remark on the report's item comes first; else that on the item of the Highlights."""
    items = pd.DataFrame(
        [("r1", "share data", "ours"), ("r2", "train staff", None),
         ("h1", "share all data", "theirs"), ("h2", "train", "only theirs")],
        columns=["recommendation_id", "phrase", "note"],
    )  # fmt: skip
    matched = pd.DataFrame(
        [
            ("one", "r1", "h1", lists.SAME),
            ("one", "r2", "h2", lists.GATHERED),
            ("two", "r2", None, lists.REPORT_ONLY),
        ],
        columns=["part", "report", "highlights", "relation"],
    )  # fmt: skip
    shown = tables.side_by_side(matched, items)
    assert list(shown) == [
        "Part", "Report, section 3", "Highlights, annex 3", "Relation", "Difference",
    ]  # fmt: skip
    assert shown["Relation"].tolist() == ["same subject", "gathered", "report only"]
    heads = ["Report, section 3", "Highlights, annex 3", "Difference"]
    assert shown[heads].fillna("").to_numpy().tolist() == [
        ["share data", "share all data", "ours"], ["train staff", "train", "only theirs"],
        ["train staff", "", ""],
    ]  # fmt: skip
