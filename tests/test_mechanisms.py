"""The chapter on GRCP 7: methods against hand calculations and published examples, and its data."""

from __future__ import annotations

import csv
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.mechanisms import census, focus, lists, meeting, tables
from analysis.mechanisms.findings import TEN, findings
from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import PACKAGE, load

# --- How many were asked


def test_totals_by_hand() -> None:
    # 27/34 = 79.4 %, 27/35 = 77.1 %, 27/36 = 75.0 %: only 35 rounds to 77 %.
    assert census.possible_totals(27, Interval(0.765, 0.775)) == [35]


def test_totals_limits() -> None:
    assert census.possible_totals(5, Interval(1.0, 1.0)) == [5]  # all replied
    assert census.possible_totals(1, Interval(0.495, 0.505)) == [2]
    assert census.possible_totals(3, Interval(0.61, 0.62)) == []  # 3/5 = 60 %, 3/4 = 75 %
    with pytest.raises(ValueError, match="no upper bound"):
        census.possible_totals(0, Interval(0.0, 0.005))


@given(st.integers(1, 60), st.integers(0, 60))
def test_totals_always_hold_the_true_one(answered: int, silent: int) -> None:
    asked = answered + silent
    per_cent = round(100 * answered / asked)
    if per_cent:
        share = Interval((per_cent - 0.5) / 100, (per_cent + 0.5) / 100)
        assert asked in census.possible_totals(answered, share)


# --- Rates by type


def test_allocations_by_hand() -> None:
    # Replies a=1, b=2 of 4 asked: one silent entity is an a or a b.
    rows = census.allocations({"a": 1, "b": 2}, 4, {})
    assert {tuple(row) for row in rows.to_numpy()} == {(2, 2), (1, 3)}
    only = census.allocations({"a": 1, "b": 2}, 4, {("b",): 3})
    assert [tuple(row) for row in only.to_numpy()] == [(1, 3)]


def test_rate_bounds_by_hand() -> None:
    answered = {"a": 1, "b": 2}
    bounds = census.rate_bounds(answered, census.allocations(answered, 4, {}))
    assert bounds.loc["a", ["rate_low", "rate_high"]].tolist() == [0.5, 1.0]
    assert bounds.loc["b", ["rate_low", "rate_high"]].tolist() == pytest.approx([2 / 3, 1.0])


def test_allocations_limits() -> None:
    everybody = census.allocations({"a": 3}, 3, {})  # all replied: nothing is open
    assert census.rate_bounds({"a": 3}, everybody).loc["a", "rate_low"] == 1.0
    nobody = {"a": 0, "b": 0}  # no replies: the rate is nought, or unknown if none were asked
    bounds = census.rate_bounds(nobody, census.allocations(nobody, 1, {}))
    assert bounds["rate_low"].tolist() == [0.0, 0.0]
    assert bounds["rate_high"].isna().all()
    with pytest.raises(ValueError, match="cannot meet"):
        census.allocations({"a": 3}, 2, {})


# --- Two lists


def test_two_lists_by_hand() -> None:
    table = census.two_lists(attended=3, answered=2)
    assert table["both"].tolist() == [2, 1, 0]
    assert table["answered_only"].tolist() == [0, 1, 2]
    assert table["attended_only"].tolist() == [1, 2, 3]
    assert table["either"].tolist() == [3, 4, 5]
    assert census.two_lists(4, 0).to_numpy().tolist() == [[0, 0, 4, 4]]


# --- Areas of focus

FOCUS = pd.DataFrame(
    {
        "page": [1] * 5,
        "position": [1, 2, 3, 4, 5],
        "area": ["A", "A", "B", "B", "C"],
        "theme_id": ["t", "t", "t", "t", "u"],
        "mechanism": ["m", "n", "m", "o", "o"],
    }
)
CUTS = pd.DataFrame(
    {
        "boundary_id": ["a-b", "a-b", "b-c"],
        "page": [1, 1, 1],
        "area_before": ["A", "A", "B"],
        "area_after": ["B", "B", "C"],
        "cut_after_position": [2, 1, 4],
        "last_before": ["n", "m", "o"],
        "adopted": [True, False, True],
        "boundary": ["doubtful", "doubtful", "clear"],
        "reason": ["order"] * 3,
    }
)


def test_resolutions_by_hand() -> None:
    readings = focus.resolutions(FOCUS, CUTS)
    assert [r["area"].tolist() for r in readings] == [list("AABBC"), list("ABBBC")]
    (alone,) = focus.resolutions(FOCUS, CUTS[CUTS["boundary"] == "clear"])
    assert alone["area"].tolist() == FOCUS["area"].tolist()  # no doubt: the reading as it is


def test_ranges_by_hand() -> None:
    readings = focus.resolutions(FOCUS, CUTS)
    sizes = focus.ranged(readings, lambda r: focus.incidence(r).sum())
    assert sizes.loc["A"].tolist() == [2, 1, 2]
    assert sizes.loc["B"].tolist() == [2, 2, 3]
    sure = focus.certainty(readings)
    assert (sure.at["n", "A"], sure.at["n", "B"], sure.at["m", "A"]) == (0.5, 0.5, 1.0)


def test_a_theme_without_rows_is_missing_not_nought() -> None:
    themes = pd.DataFrame({"theme_id": ["t", "u", "v"], "number": [1, 2, 3], "title": list("xyz")})
    elements = pd.DataFrame({"theme_id": ["t", "v", "v"]})
    table = focus.theme_coverage(themes, elements, focus.resolutions(FOCUS, CUTS))
    assert table.loc["t", ["areas", "low", "high"]].tolist() == [2, 3, 3]
    assert table.loc["v", "elements"] == 2
    assert table.loc["v", ["areas", "adopted", "low", "high"]].isna().all()


# --- Recommendations


def _items(matches: dict[str, str | None]) -> pd.DataFrame:
    rows = pd.DataFrame({"recommendation_id": list(matches), "matches": list(matches.values())})
    return rows.assign(recommendation_group="inclusion").astype("string")


def test_side_by_side_by_hand() -> None:
    table = lists.side_by_side(
        _items(
            {
                "report-1": "highlights-1; highlights-2",
                "report-2": None,
                "highlights-1": "report-1",
                "highlights-2": "report-1",
                "highlights-3": None,
            }
        )
    )
    assert table["relation"].tolist() == ["gathered", "gathered", "report-only", "highlights-only"]
    assert table["highlights"].fillna("-").tolist() == [
        "highlights-1", "highlights-2", "-", "highlights-3",
    ]  # fmt: skip


def test_a_match_must_be_returned() -> None:
    with pytest.raises(ValueError, match="report-1: match highlights-1 is not returned"):
        lists.side_by_side(_items({"report-1": "highlights-1", "highlights-1": None}))


# --- The chapter's numbers, against hand counts on the report's pages


def test_survey_by_hand() -> None:
    # p. 11: 1 + 12 + 7 + 4 + 3 = 27 = 77 % of 35; p. 9: 22 attended, 2 of those who answered not.
    assert sum(meeting.replies().values()) == stated(meeting.RESPONDENTS).count == 27
    assert meeting.asked() == 35
    assert meeting.seen().iloc[0].to_dict() == {
        "answered_only": 2, "both": 18, "attended_only": 4, "either": 24,
    }  # fmt: skip
    # With 5 + 5 partners at least 34 of 35 are known, so at most 25 mechanisms were asked.
    assert meeting.most_mechanisms() == 25
    # Attended without an answer: 4 mechanisms, 1 Regional Commission, 2 organizations, of 8 silent.
    assert meeting.silent_but_present() == Interval(7, 8)


def test_silent_but_present_by_brute_force() -> None:
    """Every membership of both lists that the counts allow, against the closed form."""
    least = 35
    for m, u, r in product(range(23), range(6), range(6)):  # attended and answered, by kind
        mechanisms_seen, partners_seen = 22 + 20 - m, (5 + 4 - u) + (5 + 3 - r)
        if m <= 18 and u <= 4 and r <= 3 and mechanisms_seen + partners_seen <= 35:
            least = min(least, (22 - m) + (5 - u) + (5 - r))
    assert meeting.silent_but_present().lo == least


def test_areas_by_hand() -> None:
    # Counted on pp. 34 to 36; where a boundary is doubtful, with and without the names in doubt.
    every = lists.readings()
    assert len(every) == 3 * 2 * 3 * 3
    sizes = focus.ranged(every, lambda r: focus.incidence(r).sum())
    expected = {
        "Labour migration": (20, 18, 20), "Return, reintegration, readmissions": (8, 8, 10),
        "Migration and development": (16, 16, 16), "Remittances": (5, 5, 5),
        "Irregular migration and mixed migration flows": (14, 14, 14),
        "Migrant rights": (12, 11, 12), "Migrant integration": (9, 9, 10),
        "Migration and education": (2, 1, 3), "Asylum and refugees": (9, 6, 10),
        "Migration health": (6, 6, 8), "Humanitarian emergency preparedness": (2, 2, 2),
        "Migration, environment and climate change": (2, 2, 2),
    }  # fmt: skip
    assert {area: tuple(row) for area, row in sizes.iterrows()} == expected


def test_no_reading_lists_a_mechanism_twice() -> None:
    for reading in lists.readings():
        assert not reading.duplicated(["area", "mechanism"]).any()
        assert len(reading) == len(load("iscm_focus_areas"))


def test_elements_and_missing_themes() -> None:
    # Appendix 1, pp. 32 and 33: 3 + 4 + 7 + 4 + 4 + 2 elements.
    table = lists.coverage()
    assert table["elements"].tolist() == [3, 4, 7, 4, 4, 2]
    assert table.index[table["low"].isna()].tolist() == [
        "cooperation-governance",
        "smuggling-trafficking",
    ]


def test_recommendations_against_the_stated_number() -> None:
    rows = load("recommendations")
    in_report = rows["recommendation_id"].str.startswith("report")
    assert in_report.sum() == stated(TEN).count
    table = lists.side_by_side(rows)
    assert set(table["report"].dropna()) | set(table["highlights"].dropna()) == set(
        rows["recommendation_id"]
    )


def test_findings_are_sound() -> None:
    found = findings()
    assert len({f.finding_id for f in found}) == len(found)
    assert all(f.chapter == "mechanisms" and f.sentence.endswith(".") for f in found)
    assert sum(f.front is not None for f in found) <= 3


def test_every_id_has_its_words() -> None:
    assert tuple(tables.ASSUMPTIONS) == meeting.ASSUMPTIONS == tuple(meeting.overlaps().index)
    assert tuple(tables.RELATIONS) == lists.RELATIONS
    assert {*meeting.attendance().index, *meeting.by_type().index} <= set(tables.kinds())
    items = load("recommendations")
    assert tables.side_by_side(lists.side_by_side(items), items)["Relation"].notna().all()


def test_only_one_number_asked_fits_the_stated_share() -> None:
    # 27/33 = 81.8, 27/34 = 79.4, 27/35 = 77.1, 27/36 = 75.0, 27/37 = 73.0 per cent.
    table = tables.granularity(27, Interval(0.765, 0.775), 35).set_index("Entities asked")
    assert table["Rounds to the stated share"].to_dict() == {
        33: False, 34: False, 35: True, 36: False, 37: False,
    }  # fmt: skip
    assert table.loc[36, "Response rate, per cent"] == pytest.approx(75)


def test_what_both_lists_imply_is_a_range_or_a_number() -> None:
    shown = tables.overlaps().set_index("Assumption")
    last = shown.loc["The named absentees are all of those absent"]
    assert [last[head].finite_ends for head in ("Answered only", "Both", "Attended only")] == [
        (2, 2), (18, 18), (4, 4),
    ]  # fmt: skip


def test_the_finding_on_the_highlights_counts_what_its_table_has() -> None:
    """Ten is counted twice in the report; that "or" makes two lists one is an assumption."""
    found = {finding.finding_id: finding for finding in findings()}["mechanisms-highlights"]
    with (PACKAGE.parent / "stated/recommendations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = [r for r in rows if not r["source_list"].startswith("Highlights")]
    others = [r for r in rows if r["source_list"].startswith("Highlights")]
    linked = {i for r in rows for i in r["matches"].split()} | {
        r["recommendation_id"] for r in rows if r["matches"]
    }
    alone = [[r for r in side if r["recommendation_id"] not in linked] for side in (ours, others)]
    assert [len(side) for side in alone] == [1, 1]
    assert f" {len(ours) - 1} of the {len(ours)} recommendations " in found.sentence
    assert f" {len(others)} items " in found.sentence
    assert found.grade == "conditional"
    # The remarks on both are in the table beside the finding.
    items = load("recommendations")
    remarks = set(tables.side_by_side(lists.side_by_side(items), items)["Difference"].dropna())
    assert {r["note"] for side in alone for r in side} <= remarks


def test_rows_that_the_transcription_lacks_are_not_in_our_sources() -> None:
    """The published report has them: 2 of 6 themes, with 9 of 24 elements, have no row here."""
    found = {finding.finding_id: finding for finding in findings()}["mechanisms-coverage"]
    listed = {r["theme_id"] for r in load("iscm_focus_areas").to_dict("records")}
    gone = [r for r in load("compact_elements").to_dict("records") if r["theme_id"] not in listed]
    assert (len({r["theme_id"] for r in gone}), len(gone)) == (2, 9)
    assert found.detail.startswith("2 themes, with 9 of 24 elements")
    assert found.grade == "not in our sources"
