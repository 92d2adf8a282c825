"""The survey of Governments: methods against examples worked elsewhere, then the chapter's data.

Examples are worked by hand here or cited; none comes from the code under test.
"""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from analysis.nonresponse import (
    Lean,
    any_if_independent,
    any_letter,
    bounded_difference,
    breakdown,
    one_if_independent,
    one_letter,
    tipping_point,
    worst_case,
)
from analysis.precision import Interval, compatible_counts
from analysis.statements import stated
from analysis.style import BLUE, PAGE, PHONE, QUIET, Sheet
from analysis.survey import figures, replies, tables
from analysis.survey.findings import findings

counts = st.integers(0, 60)
leans = st.builds(Lean, counts, counts)


def ends(interval: Interval) -> tuple[float, float]:
    return interval.lo, interval.hi


# --- Bounds --------------------------------------------------------------------------------------


def test_worst_case_by_hand() -> None:
    # 3 in favour, 1 not, 6 silent of 10: from 3 to 9 of 10.
    assert ends(worst_case(Lean(3, 1), 10)) == pytest.approx((0.3, 0.9))


def test_the_bounds_for_each_position_of_the_holy_see() -> None:
    """191 Members, 46 replies; 24 or 25 of them in favour: 24/191, 169/191 and 25/191, 170/191."""
    shares = [worst_case(replies.member_states(side), 191) for side in replies.POSITIONS]
    ends = [end for share in shares for end in (share.lo, share.hi)]
    assert ends == pytest.approx([0.12565, 0.88482, 0.13089, 0.89005], abs=5e-6)


def test_worst_case_is_as_wide_as_the_share_that_is_missing() -> None:
    # Manski, Identification for Prediction and Decision (2007): 64 of 106 homeless men were found
    # again, so the bound on any outcome has width 42/106, whatever the 64 said.
    for favour in (0, 21, 64):
        assert worst_case(Lean(favour, 64 - favour), 106).width == pytest.approx(42 / 106)


def test_worst_case_at_its_limits() -> None:
    assert ends(worst_case(Lean(0, 0), 7)) == (0.0, 1.0)  # no replies: nothing is known
    assert ends(worst_case(Lean(3, 4), 7)) == (3 / 7, 3 / 7)  # all replied: a point
    assert ends(worst_case(Lean(1, 0), 1)) == (1.0, 1.0)  # one State
    with pytest.raises(ValueError, match="8 replies cannot come from a population of 7"):
        worst_case(Lean(4, 4), 7)
    with pytest.raises(ValueError, match="population of 0"):
        worst_case(Lean(0, 0), 0)
    with pytest.raises(ValueError, match="fewer than none"):
        Lean(-1, 3)


def test_bounded_difference_by_hand() -> None:
    # 3 of 4 replies in favour, 6 silent between 65 and 85 per cent: (3 + 3.9) to (3 + 5.1) of 10.
    assert ends(bounded_difference(Lean(3, 1), 10, 0.1)) == pytest.approx((0.69, 0.81))
    # A gap of 50 points is cut at all of the silent: 25 to 100 per cent of them.
    assert ends(bounded_difference(Lean(3, 1), 10, 0.5)) == pytest.approx((0.45, 0.9))


@given(leans, st.integers(0, 100), st.floats(0, 1))
def test_a_wider_gap_never_narrows_and_the_widest_is_the_worst_case(
    lean: Lean, silent: int, gap: float
) -> None:
    size = max(1, lean.replied + silent)
    near, worst = bounded_difference(lean, size, gap), worst_case(lean, size)
    assert worst.lo - 1e-9 <= near.lo <= near.hi <= worst.hi + 1e-9
    assert ends(bounded_difference(lean, size, 1.0)) == pytest.approx(ends(worst))
    if lean.replied:
        nearest = bounded_difference(lean, size, 0.0)
        assert ends(nearest) == pytest.approx((lean.share, lean.share))


def test_breakdown_by_hand() -> None:
    # 3 of 4 favour, 16 silent of 20. Half of 20 is 10, so 7 of 16 silent, 43.75 per cent, undo the
    # majority: 31.25 points below the replies' 75.
    assert breakdown(Lean(3, 1), 20) == pytest.approx(0.3125)
    assert breakdown(Lean(1, 3), 20) == pytest.approx(0.3125)
    assert breakdown(Lean(2, 2), 20) == 0.0
    assert breakdown(Lean(3, 1), 4) == math.inf  # none silent
    assert breakdown(Lean(9, 1), 11) == math.inf  # one silent State cannot undo it
    assert breakdown(Lean(0, 0), 4) == math.inf  # no majority to undo


@given(st.integers(1, 60), counts, st.integers(1, 100))
def test_at_the_breakdown_the_region_touches_one_half(
    favour: int, reserve: int, silent: int
) -> None:
    lean = Lean(favour, reserve)
    gap = breakdown(lean, lean.replied + silent)
    region = bounded_difference(lean, lean.replied + silent, min(gap, 1.0))
    if math.isinf(gap):
        assert not region.lo < 0.5 < region.hi
    else:
        assert min(abs(region.lo - 0.5), abs(region.hi - 0.5)) < 1e-9


@given(leans, st.integers(0, 100))
def test_tipping_point_is_the_first_that_makes_a_majority(lean: Lean, silent: int) -> None:
    size = max(1, lean.replied + silent)
    tip = tipping_point(lean, size)
    assert 2 * (lean.favour + tip) > size
    assert tip == 0 or 2 * (lean.favour + tip - 1) <= size


def test_tipping_point_at_its_limits() -> None:
    assert tipping_point(Lean(0, 0), 1) == 1
    assert tipping_point(Lean(6, 0), 10) == 0  # certain
    assert tipping_point(Lean(0, 6), 10) == 6  # six of four silent: out of reach


# --- One letter or several -----------------------------------------------------------------------


def test_letters_by_hand() -> None:
    assert ends(one_letter(Interval(0.3, 0.3), 3)) == pytest.approx((0.1, 0.3))
    assert ends(any_letter(0.2, 3)) == pytest.approx((0.2, 0.6))
    assert any_letter(0.5, 3).hi == 1.0
    # Two coins: at least one head in 3 of 4 throws, so each head in one half.
    assert any_if_independent(0.5, 2) == 0.75
    assert ends(one_if_independent(Interval(0.75, 0.75), 2)) == pytest.approx((0.5, 0.5))


@given(st.lists(st.sets(st.integers(0, 19)), min_size=1, max_size=4))
def test_letters_bound_what_any_pattern_of_replies_gives(answered: list[set[int]]) -> None:
    rates = [len(who) / 20 for who in answered]
    pooled = len(set().union(*answered)) / 20
    one = one_letter(Interval(pooled, pooled), len(answered))
    assert one.lo - 1e-9 <= sum(rates) / len(rates) <= one.hi + 1e-9


# --- The bloc and the groups ---------------------------------------------------------------------


def test_letters_of_a_bloc_by_hand() -> None:
    # 5 against 4, three of them behind one letter.
    assert replies.by_letters(Lean(5, 4), replies.FAVOUR, 3) == Lean(3, 4)
    assert replies.by_letters(Lean(5, 4), replies.RESERVE, 3) == Lean(5, 2)
    assert replies.by_letters(Lean(5, 4), replies.RESERVE, 1) == Lean(5, 4)  # a letter for one
    for size in (0, 5):
        with pytest.raises(ValueError, match="do not fit"):
            replies.by_letters(Lean(5, 4), replies.RESERVE, size)


def _states(rows: list[tuple[str, bool, bool]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "replied", "bloc"])


def test_alike_within_groups_by_hand() -> None:
    # Group a: 2 of 2 replied (each speaks for 1 State); group b: 1 of 4 (it speaks for 4).
    silent = [("b", False, False)] * 3
    states = _states([("a", True, False)] * 2 + [("b", True, False)] + silent)
    # One in favour: one of a, 1 of 6 States, or the one of b, 4 of 6.
    region = replies.alike_within(states, 1, replies.RESERVE, "group")
    assert ends(region) == pytest.approx((1 / 6, 4 / 6))
    assert ends(replies.alike_within(states, 3, replies.RESERVE, "group")) == pytest.approx((1, 1))
    assert ends(replies.alike_within(states, 0, replies.RESERVE, "group")) == (0, 0)


def test_alike_within_groups_moves_the_bloc_as_one() -> None:
    silent = [("b", False, False)] * 3
    states = _states([("a", True, True)] * 2 + [("b", True, False)] + silent)
    # Two in favour: with the bloc they are its two, 2 of 6; without it there are not two others.
    assert ends(replies.alike_within(states, 2, replies.FAVOUR, "group")) == pytest.approx(
        (1 / 3,) * 2
    )
    with pytest.raises(ValueError, match="do not fit"):
        replies.alike_within(states, 2, replies.RESERVE, "group")
    with pytest.raises(ValueError, match="has no reply"):
        replies.alike_within(_states([("a", True, False), ("b", False, False)]), 1, "", "group")


# --- The chapter's data --------------------------------------------------------------------------


def test_the_list_rebuilds_every_stated_total() -> None:
    table = replies.reconciliation().dropna()
    assert len(table) == 4
    assert (table["counted"] == table["stated"]).all()


def test_every_member_state_is_counted_once() -> None:
    states = replies.members()
    assert states["iso3"].is_unique
    year_end = replies.load("un_membership_by_year").set_index("year")
    assert len(states) == year_end.loc[replies.YEAR, "member_states_end_of_year"]
    assert states["replied"].sum() == stated(replies.REPLIED).count
    assert states["bloc"].sum() == stated(replies.BLOC).count


def test_the_record_of_the_bloc_holds_on_the_day() -> None:
    bloc = replies.load("eu_members_2003")
    july = pd.Timestamp("2003-07-01")  # "by early July 2003": A/58/98, para. 42
    assert (bloc["member_from"] <= july).all()
    assert not (bloc["member_until"] < july).any()
    joined = bloc.merge(replies.load("un_members"), on="iso3")
    assert (joined["member"] == joined["name"]).all()


def test_the_holy_see_is_on_one_side() -> None:
    for position in replies.POSITIONS:
        lean = replies.member_states(position)
        assert lean.replied == stated(replies.REPLIED).count
    assert replies.member_states(replies.FAVOUR) != replies.member_states(replies.RESERVE)


def test_each_assumption_narrows_the_region() -> None:
    regions = replies.identification()
    assert tuple(regions) == replies.ASSUMPTIONS
    whole, *narrower = regions.values()
    assert all(whole.lo <= region.lo <= region.hi <= whole.hi for region in narrower)


def test_bounds_of_the_survey_by_hand() -> None:
    # 24 of 191 (the Holy See in favour), and 25 and 145 silent of 191 (the Holy See not).
    whole = replies.identification()[replies.NOTHING]
    assert ends(whole) == pytest.approx((24 / 191, 170 / 191))


def test_the_sign_turns_with_the_letters() -> None:
    table = replies.leaning().set_index(["bloc", "unit"])
    signs = np.sign(table["favour"] - table["reserve"])
    assert signs.xs(replies.GOVERNMENT, level="unit").tolist() == [1, 1]
    assert signs.loc[(replies.FAVOUR, replies.LETTER)] == -1
    assert signs.loc[(replies.RESERVE, replies.LETTER)] == 1
    assert (table["favour"] + table["reserve"]).xs(replies.LETTER, level="unit").eq(33).all()


def test_the_captions_hold() -> None:
    one, single, pooled, several = replies.comparison().itertuples()
    assert one.lo < single.lo < one.hi
    assert several.lo < pooled.lo < pooled.hi < several.hi


def test_the_share_fits_member_states_and_not_governments() -> None:
    fits = compatible_counts(stated(replies.SHARE).share, len(replies.members()))
    assert stated(replies.REPLIED).count in fits
    assert stated(replies.GOVERNMENTS).count not in fits


def test_findings_are_distinct_and_few_are_on_the_front() -> None:
    found = findings()
    assert len({f.finding_id for f in found}) == len(found)
    assert 1 <= sum(f.front is not None for f in found) <= 3
    assert all(f.chapter == "survey" and f.sentence.endswith(".") for f in found)


def test_the_bars_of_the_membership_by_hand() -> None:
    """191 Members, 145 silent; 24 of 46 or 25 of 46 replied in favour; 96 are a majority."""
    table = replies.cases()
    assert table["silent"].tolist() == [145] * 3
    assert ends(table.at[replies.OPEN, "joining"]) == (0, 145)
    assert ends(table.at[replies.LIKE_REPLIES, "joining"]) == pytest.approx(
        (145 * 24 / 46, 145 * 25 / 46)
    )
    assert ends(table.at[replies.TURNING, "joining"]) == (96 - 25, 96 - 24)
    shares = [ends(share) for share in table["share"]]
    assert shares == [
        pytest.approx((24 / 191, 170 / 191)), pytest.approx((24 / 46, 25 / 46)),
        pytest.approx((96 / 191, 96 / 191)),
    ]  # fmt: skip


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_each_bar_is_the_whole_membership(sheet: Sheet) -> None:
    """From nought to 100 without gap or overlap; the last turns where a majority begins."""
    bars: dict[float, list[tuple[float, float]]] = {}
    for patch in figures.cases(replies.cases(), sheet=sheet).axes[0].patches:
        path = patch.get_path().transformed(patch.get_patch_transform()).get_extents()
        bars.setdefault(round(path.y0, 3), []).append((path.x0, path.x1))
    assert len(bars) == 3
    for pieces in bars.values():
        at = 0.0
        for start, end in sorted(pieces):
            assert start == pytest.approx(at)
            at = end
        assert at == pytest.approx(100)
    turning = [end for _, end in bars[max(bars)]]
    assert any(end == pytest.approx(100 * 96 / 191) for end in turning)


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_only_what_settles_a_majority_is_drawn_as_settled(sheet: Sheet) -> None:
    regions = {"nothing": Interval(0.2, 0.8), "silent-as-replies": Interval(0.51, 0.6)}
    bars = figures.regions(regions, sheet=sheet).axes[0].patches
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [QUIET, BLUE]


def test_letters_keep_an_open_end_open() -> None:
    # More than 30 per cent answered any of three letters: more than 10, and more than 30 at most.
    assert one_letter(Interval(0.3, 0.6, lo_closed=False), 3) == Interval(0.3 / 3, 0.6, False)


def test_every_id_has_its_words() -> None:
    assert set(tables.ASSUMPTIONS) == set(replies.ASSUMPTIONS)
    assert set(tables.COUNTED) == set(replies.reconciliation().index)
    for table in (tables.regions(replies.identification()), tables.leaning(replies.leaning())):
        assert table.notna().all(axis=None)
        assert not table.isin({*replies.UNITS, *replies.POSITIONS}).any(axis=None)


def test_what_another_source_could_settle_is_not_called_unidentified() -> None:
    """The letter of Greece and the reports with the rounds exist; views never given do not."""
    graded = {f.finding_id: f.grade for f in findings()}
    assert graded["survey-bloc"] == "not in our sources"
    assert graded["survey-rounds-not-comparable"] == "not in our sources"
    assert [i for i, grade in graded.items() if grade == "not identified"] == [
        "survey-share-in-favour"
    ]
    # By letters: 25 less 14 against 22, or 25 against 22 less 14.
    sides = {f.finding_id: f.value for f in findings()}["survey-bloc"]
    assert isinstance(sides, Interval)
    assert ends(sides) == pytest.approx((100 * 11 / 33, 100 * 25 / 33))


def test_how_far_the_silent_may_have_differed_in_points() -> None:
    """24 or 25 of 46 that replied were in favour, 145 of 191 silent (A/58/98, para. 42).

    The majority falls where the silent, at most so far from those that replied, pull it to a half.
    """
    (gap,) = (f.value for f in findings() if f.finding_id == "survey-breakdown")
    assert isinstance(gap, Interval)
    assert ends(gap) == pytest.approx(
        [100 * (favour / 46 - 1 / 2) * 191 / 145 for favour in (24, 25)]
    )


def test_a_margin_of_error_is_nowhere() -> None:
    """Every Member State was asked: a census has no sampling error."""
    for found in findings():
        words = f"{found.title} {found.full} {found.method}"
        assert not re.search(r"confidence|random|chance|margin|\bp\b", words), found.finding_id
