"""Mechanisms against the elements, against 2004, and against who counted them: by hand."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from analysis.mechanisms import elements, figures, histories, lists, meeting, tables
from analysis.mechanisms.findings import findings
from analysis.precision import Interval
from analysis.style import PAGE
from analysis.tables import PACKAGE, load

DATA = PACKAGE.parent
FOUND = {finding.finding_id: finding for finding in findings()}


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- Elements and recommendations


def test_how_elements_are_taken_up_by_hand() -> None:
    """Read on pp. 32 and 33 against pp. 12 to 17."""
    expected = {
        "heading": "ioumwpefvxng",
        "text": "qsckl",
        "doubtful": "adb",
        "none": "jrht",
    }
    states = elements.taken_up()["state"]
    assert {s: "".join(states.index[states == s]) for s in elements.STATES} == expected
    assert elements.how_many() == Interval(12, 20)
    assert FOUND["mechanisms-elements"].value == Interval(12, 20)


def test_the_elements_left_out_share_no_theme_with_a_recommendation() -> None:
    items = rows("stated/agenda_items.csv")

    def themes(agenda: str, part: str = "") -> set[str]:
        own = [r for r in items if r["agenda"] == agenda and part in ("", r["part"])]
        return {r[field] for r in own for field in ("theme", "second_theme")} - {""}

    named = themes("recommended-2017")
    letters = {r["part"] for r in items if r["agenda"] == "listed-2016"}
    left_out = {letter for letter in letters if not themes("listed-2016", letter) & named}
    assert left_out == set("hjrt")
    detail = FOUND["mechanisms-elements"].detail
    assert detail == "The topic of none is border control, obligations, remittances or diasporas."


def test_those_that_had_started_by_theme() -> None:
    """Counted on pp. 35 and 36: nine names of p. 30, the Bali Process in no surviving row."""
    names = elements.starters()
    assert len(names) == len(set(names)) == 9
    focus = {(r["theme_id"], r["mechanism"]) for r in rows("stated/iscm_focus_areas.csv")}
    counts = Counter(theme for theme, mechanism in focus if mechanism in names)
    listed = elements.starters_listed()
    assert listed["adopted"].to_dict() == counts
    assert (listed["low"] == listed["high"]).all()
    assert set(names) - {mechanism for _, mechanism in focus} == {"Bali Process"}


def test_the_figure_draws_every_element_once() -> None:
    drawn = figures.coverage(lists.coverage(), elements.taken_up(), lists.listed(), sheet=PAGE)
    written = Counter(text.get_text() for text in drawn.axes[0].texts)
    for phrase in load("compact_elements")["phrase"]:
        assert written[phrase[0].upper() + phrase[1:]] == 1
    # Those of the key come on top.
    assert len(drawn.axes[0].lines) == len(load("compact_elements")) + len(elements.STATES)


def test_the_data_of_the_figure_add_up() -> None:
    table, themes = tables.coverage_data(lists.coverage()), lists.coverage()
    assert table["Theme"].value_counts().to_dict() == dict(themes[["title", "elements"]].values)
    assert table["Taken up"].isin(tables.STATES.values()).all()
    assert set(tables.STATES) == set(elements.STATES)


# --- The processes of 2004


def test_histories_by_hand() -> None:
    known = rows("record/mechanism_histories.csv")
    reported = [row for row in known if row["place"]]
    assert [row["place"] for row in reported] == [f"para. {n}" for n in range(45, 50)]
    assert histories.lasted() == sum(bool(row["mechanism"]) for row in reported) == 2
    assert 2 * histories.lasted() < len(reported)  # as the caption says
    listed = [row for row in known if row["mechanism"]]
    early = [row for row in listed if int(row["established"]) <= 2004]
    total = len(rows("record/consultation_mechanisms.csv"))
    assert histories.older() == Interval(len(early), total - (len(listed) - len(early)))
    assert histories.older() == Interval(11, 28)


def test_a_process_that_ended_continues_in_none_and_the_reverse() -> None:
    for row in rows("record/mechanism_histories.csv"):
        assert (row["fate"] == "continues") == bool(row["mechanism"]), row["process_id"]
        assert row["fate"] == "concluded" or not row["ended"], row["process_id"]
        assert bool(row["document_id"]) == bool(row["place"]) == bool(row["phrase"])


# --- Nineteen or twenty-two


@pytest.mark.parametrize(("attended", "least"), [(22, 7), (19, 4), (20, 5)])
def test_the_silent_in_the_room_by_hand(attended: int, least: int) -> None:
    """Of 20 that answered at most 18 came, so 22 leave 4 that came without an answer, 19 leave 1.

    One Regional Commission and two economic organizations came without an answer besides.
    """
    assert meeting.silent_but_present(attended).lo == least
    assert meeting.silent_but_present(attended).hi == 8


def test_both_counts_stand_side_by_side() -> None:
    table = tables.attended()
    assert table["Mechanisms"].tolist() == [22, 22, 19]
    assert table["Silent entities in the room, at least"].tolist() == [7, 7, 4]
    assert meeting.silent_but_present() == meeting.silent_but_present(22)
    found = FOUND["mechanisms-silent-present"]
    assert found.value == Interval(4, 8)
    assert "at least 4 of the 8 that did not answer" in found.sentence
    assert "22 mechanisms of the report at least 7" in found.detail
    assert "19 of IOM's news item at least 4" in found.detail
