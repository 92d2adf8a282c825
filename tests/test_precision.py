"""What a rounded or hedged figure can mean: worked examples, brute force and laws."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import iv

from analysis.precision import (
    FRACTIONS,
    QUALIFIERS,
    Interval,
    as_interval,
    compatible_counts,
    compatible_denominators,
    hull,
    implied,
    parse,
    rounding_unit,
)

# Repeatable, and indifferent to the machine's speed.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: x if abs(x) > 1e-6 else 0.0)


@st.composite
def intervals(draw: st.DrawFn, elements: st.SearchStrategy[float] = numbers) -> Interval:
    lo, hi = sorted((draw(elements), draw(elements)))
    # One number alone is a closed set: between two ends that are one, an open end leaves nothing.
    return Interval(lo, hi, *(lo == hi or draw(st.booleans()) for _ in "ab"))


@st.composite
def members(
    draw: st.DrawFn, elements: st.SearchStrategy[float] = numbers
) -> tuple[Interval, float]:
    """A closed interval and a number in it."""
    lo, x, hi = sorted(draw(elements) for _ in range(3))
    return Interval(lo, hi), x


# Figures as documents write them, and what they say ---------------------------------------------


@pytest.mark.parametrize(
    ("figure", "value", "upper"),
    [
        ("24 per cent", 24, None), ("77%", 77, None), ("175 million", 175e6, None),
        ("1,234", 1234, None), ("1.5 billion", 1.5e9, None), ("Twelve", 12, None),
        ("twofold", 2, None), ("two-thirds", 2 / 3, None), ("majority", 0.5, None),
        ("2 to 10", 2, 10), ("9 to 12 million", 9e6, 12e6), ("2 million to 3 million", 2e6, 3e6),
        ("20 to 30 per cent", 20, 30),
    ],
)  # fmt: skip
def test_parse_reads_the_ways_in_which_documents_write_numbers(
    figure: str, value: float, upper: float | None
) -> None:
    assert parse(figure) == (pytest.approx(value), upper)


@pytest.mark.parametrize("figure", ["", "many", "12,34", "24 per", "1 200", "per cent", "-5"])
def test_parse_refuses_what_is_not_a_number(figure: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse(figure)


@pytest.mark.parametrize(
    ("figure", "unit"),
    [
        ("175 million", 1e6), ("76 million", 1e6), ("160", 10), ("24 per cent", 1), ("1,200", 100),
        ("1.50 million", 1e4), ("0.5", 0.1), ("200 million", 1e8), ("0", 1), ("2.8 per cent", 0.1),
    ],
)  # fmt: skip
def test_the_rounding_unit_is_that_of_the_last_significant_digit(figure: str, unit: float) -> None:
    assert rounding_unit(figure) == pytest.approx(unit)


@pytest.mark.parametrize(
    ("figure", "qualifier", "expected"),
    [
        ("46", "exact", Interval(46, 46)),
        ("175 million", "rounded", Interval(174.5e6, 175.5e6)),
        ("3 per cent", "rounded", Interval(2.5, 3.5)),
        ("160", "about", Interval(150, 170)),
        ("90", "more-than", Interval(90, math.inf, lo_closed=False)),
        ("90", "at-least", Interval(90, math.inf)),
        ("5", "up-to", Interval(0, 5)),
        ("2 to 10", "range", Interval(2, 10)),
        ("7", "range", Interval(7, 7)),
        ("majority", "share-in-words", Interval(0.5, 1, lo_closed=False)),
        # Two-thirds among quarters, thirds and halves: neighbours 1/2 and 3/4, midpoints by hand.
        ("two-thirds", "about", Interval(7 / 12, 17 / 24)),
        ("two-thirds", "rounded", Interval(7 / 12, 17 / 24)),
        ("nearly all", "share-in-words", Interval(7 / 8, 1)),
        ("0", "rounded", Interval(0, 0.5)),
    ],
)  # fmt: skip
def test_each_qualifier_implies_its_set(figure: str, qualifier: str, expected: Interval) -> None:
    assert implied(figure, qualifier) == expected


def test_a_known_rounding_unit_replaces_the_guess() -> None:
    assert implied("200 million", "rounded", unit=1e6) == Interval(199.5e6, 200.5e6)


def test_what_is_not_a_count_may_be_below_nought() -> None:
    assert implied("1", "about", count=False).lo == 0
    assert implied("5", "at-most", count=False) == Interval(-math.inf, 5)
    assert implied("1", "rounded", count=False, unit=10) == Interval(-4, 6)


@pytest.mark.parametrize(
    ("figure", "qualifier"), [("5", "some"), ("24 per cent", "share-in-words")]
)
def test_implied_refuses_unknown_qualifiers_and_words(figure: str, qualifier: str) -> None:
    with pytest.raises(ValueError, match=r"unknown qualifier|not a share in words"):
        implied(figure, qualifier)


@given(st.integers(0, 10**6), st.sampled_from(["exact", "rounded", "about", "at-least", "at-most"]))
def test_a_stated_number_is_among_the_values_it_allows(value: int, qualifier: str) -> None:
    assert value in implied(f"{value:,}", qualifier)


@given(st.integers(0, 10**6))
def test_more_than_excludes_the_number_itself(value: int) -> None:
    assert value not in implied(str(value), "more-than")
    assert value + 1 in implied(str(value), "more-than")


@given(st.integers(1, 10**6))
def test_a_hedge_allows_all_that_rounding_allows(value: int) -> None:
    exact, rounded, about = (implied(str(value), q) for q in ("exact", "rounded", "about"))
    assert about.lo <= rounded.lo <= exact.lo == exact.hi <= rounded.hi <= about.hi


@given(st.decimals(0, 1000, places=3), st.integers(0, 2))
def test_every_number_that_rounds_to_a_figure_is_allowed_by_it(exact: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    for manner in (ROUND_HALF_UP, ROUND_HALF_DOWN):
        figure = exact.quantize(step, manner)
        # The unit is given: trailing zeros of a whole number are read as not significant.
        allowed = implied(str(figure), "rounded", unit=float(step))
        assert allowed.lo - 1e-9 <= exact <= allowed.hi + 1e-9


def test_every_qualifier_is_understood() -> None:
    for qualifier in QUALIFIERS:
        figure = "two-thirds" if qualifier == "share-in-words" else "7"
        assert isinstance(implied(figure, qualifier), Interval)


@pytest.mark.parametrize("word", FRACTIONS)
def test_named_shares_stay_between_nought_and_one(word: str) -> None:
    share = implied(word, "about")
    assert 0 <= share.lo <= float(FRACTIONS[word]) <= share.hi <= 1


# Intervals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", [(2.0, 1.0), (math.nan, 1.0), (0.0, math.nan), (math.inf,) * 2])
def test_an_interval_needs_ordered_ends(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no number lies"):
        Interval(*ends)


@pytest.mark.parametrize("closed", [(True, False), (False, True), (False, False)])
def test_no_number_lies_between_one_end_and_itself(closed: tuple[bool, bool]) -> None:
    assert 3 in Interval(3, 3)
    with pytest.raises(ValueError, match="no number lies in the interval from 3 to 3"):
        Interval(3, 3, *closed)


def test_an_infinite_end_is_open_and_none_for_machines() -> None:
    assert Interval(0, math.inf) == Interval(0, math.inf, hi_closed=False)
    assert math.inf not in Interval(0, math.inf)
    assert Interval(0, math.inf).finite_ends == (0, None)
    assert Interval(-math.inf, 2).finite_ends == (None, 2)


GRID = [k / 2 for k in range(-60, 61)]  # meets every case of intervals with whole ends
whole = intervals(st.integers(-5, 5).map(float))


@given(st.lists(whole, min_size=1, max_size=4))
def test_a_hull_reaches_what_its_parts_reach_and_no_further(parts: list[Interval]) -> None:
    spanned = hull(parts)
    held = [x for x in GRID if any(x in part for part in parts)]
    lo, hi = min(part.lo for part in parts), max(part.hi for part in parts)
    assert (spanned.lo, spanned.hi) == (lo, hi)
    assert all(x in spanned for x in held)
    # An end belongs to it only if it belongs to one of the parts.
    assert (lo in spanned, hi in spanned) == (lo in held, hi in held)


def test_the_hull_of_numbers_and_of_none() -> None:
    assert hull([3.0, 1.0, Interval(2, 4, hi_closed=False)]) == Interval(1, 4, hi_closed=False)
    with pytest.raises(ValueError, match="no intervals"):
        hull([])


@given(whole)
def test_absolute_values_are_those_of_the_members(interval: Interval) -> None:
    sizes = {abs(x) for x in GRID if x in interval}
    assert {x for x in GRID if x in abs(interval)} == sizes


@given(whole, st.sampled_from([-4.0, -1.0, 2.0, 8.0]))
def test_a_plain_number_moves_and_stretches_without_closing(interval: Interval, by: float) -> None:
    # Powers of two and whole ends: floats are exact here, so the sets can be compared.
    for x in GRID:
        inside = x in interval
        assert (x + by in interval + by) == inside
        assert (x - by in interval - by) == inside
        assert (x * by in interval * by) == inside
        assert (x / by in interval / by) == inside


@given(whole, whole)
def test_sums_reach_an_end_only_if_both_sets_do(one: Interval, other: Interval) -> None:
    sums = {x + y for x in GRID if x in one for y in GRID if y in other}
    # Halves meet every end; what lies inside an open set of two numbers is left to `meets`.
    total = one + other
    for end in (total.lo, total.hi):
        assert (end in total) == (end in sums)
    assert (one - other) == (one + other * -1)


@given(intervals(st.floats(-50, 50).map(lambda x: round(x * 2) / 2)))
def test_integers_are_those_that_the_set_contains(interval: Interval) -> None:
    assert list(interval.integers()) == [k for k in range(-60, 61) if k in interval]


def test_a_one_sided_set_has_no_list_of_integers() -> None:
    with pytest.raises(ValueError, match="infinitely many"):
        implied("90", "more-than").integers()


@given(intervals(st.integers(-5, 5).map(float)), intervals(st.integers(-5, 5).map(float)))
def test_sets_meet_if_some_number_lies_in_both(one: Interval, other: Interval) -> None:
    # Ends are whole, so a grid of halves meets every case: an end, or a number between two.
    grid = [k / 2 for k in range(-12, 13)]
    assert one.meets(other) == any(x in one and x in other for x in grid)
    assert one.meets(other) == other.meets(one)


@given(members(), members())
def test_arithmetic_contains_every_result(
    a: tuple[Interval, float], b: tuple[Interval, float]
) -> None:
    (one, x), (other, y) = a, b
    fx, fy = Fraction(x), Fraction(y)
    cases = [(one + other, fx + fy), (one - other, fx - fy), (one * other, fx * fy)]
    if 0 not in other:
        cases.append((one / other, fx / fy))
    for image, value in cases:
        assert image.lo <= value <= image.hi


@given(members(), st.floats(0, 1e6), st.floats(0, 1e6))
def test_wider_operands_give_wider_results(
    a: tuple[Interval, float], below: float, above: float
) -> None:
    one, x = a
    wide = Interval(one.lo - below, one.hi + above)
    for narrow, broad in ((one + x, wide + x), (one - x, wide - x), (one * x, wide * x)):
        assert broad.lo <= narrow.lo
        assert narrow.hi <= broad.hi


@given(members(st.floats(1e-3, 1e9)))
def test_the_image_under_a_function_contains_the_function_of_each_member(
    a: tuple[Interval, float],
) -> None:
    interval, x = a
    image = interval.apply(iv.log)
    assert image.lo - 1e-12 <= math.log(x) <= image.hi + 1e-12


def test_division_matches_a_worked_example_and_refuses_nought() -> None:
    # Moore, Kearfott and Cloud (2009): [x]/[y] has its ends among the four quotients.
    assert Interval(1, 2) / Interval(4, 8) == Interval(0.125, 0.5)
    assert Interval(-1, 2) * Interval(-3, 4) == Interval(-6, 8)
    with pytest.raises(ZeroDivisionError, match="holds nought"):
        Interval(1, 2) / Interval(-1, 1)


def test_an_open_ended_set_stays_open_ended() -> None:
    sum_ = implied("90", "more-than") + 10
    assert sum_ == Interval(100, math.inf, lo_closed=False)
    assert as_interval(3) == Interval(3, 3)


# Counts and denominators ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "denominator", "counts"),
    [
        # By hand: 24 per cent of 191 is 44.885 to 46.795, so 45 or 46.
        ("24 per cent", 191, [45, 46]),
        # 21 per cent of 194 is 39.77 to 41.71; 7 per cent of 14 is 0.91 to 1.05.
        ("21 per cent", 194, [40, 41]),
        ("7 per cent", 14, [1]),
        ("7 per cent", 13, []),
        # Both ends are closed: 41 of 200 is 20.5 per cent exactly.
        ("21 per cent", 200, [41, 42, 43]),
    ],
)  # fmt: skip
def test_counts_that_fit_a_rounded_share(percent: str, denominator: int, counts: list[int]) -> None:
    share = implied(percent, "rounded") / 100
    assert list(compatible_counts(share, denominator)) == counts


def test_limits_of_compatible_counts() -> None:
    assert list(compatible_counts(Interval(0, 0), 10)) == [0]
    assert list(compatible_counts(Interval(1, 1), 10)) == [10]
    assert list(compatible_counts(Interval(0, 1), 1)) == [0, 1]
    assert list(compatible_counts(Interval(0.5, 1, lo_closed=False), 2)) == [2]
    with pytest.raises(ValueError, match="at least 1"):
        compatible_counts(Interval(0, 1), 0)


def test_counts_of_one_sided_shares() -> None:
    # "More than 50 per cent" of 10 is 6 to 10: exactly one half is not more than it.
    more, least = (implied("50 per cent", each) / 100 for each in ("more-than", "at-least"))
    assert list(compatible_counts(more, 10)) == [6, 7, 8, 9, 10]
    assert list(compatible_counts(least, 10)) == [5, 6, 7, 8, 9, 10]
    assert list(compatible_counts(Interval(-math.inf, 0.2, hi_closed=False), 10)) == [0, 1]
    assert list(compatible_counts(Interval(1.1, math.inf), 10)) == []
    # Five of fewer than ten; of ten it is exactly one half.
    assert compatible_denominators(5, more, range(12)) == [5, 6, 7, 8, 9]
    assert compatible_denominators(5, least, range(12)) == [5, 6, 7, 8, 9, 10]


@given(st.integers(0, 100), st.integers(1, 400))
def test_counts_agree_with_brute_force_in_whole_numbers(percent: int, denominator: int) -> None:
    share = implied(str(percent), "rounded", unit=1) / 100
    # In whole numbers: |100 k / n - p| <= 1/2 is |200 k - 2 p n| <= n; the set stops at nought.
    brute = [
        k for k in range(denominator + 1) if abs(200 * k - 2 * percent * denominator) <= denominator
    ]
    assert list(compatible_counts(share, denominator)) == brute


@given(st.integers(0, 60), st.integers(0, 100))
def test_denominators_agree_with_brute_force(count: int, percent: int) -> None:
    share = implied(str(percent), "rounded", unit=1) / 100
    brute = [n for n in range(max(count, 1), 251) if abs(200 * count - 2 * percent * n) <= n]
    assert compatible_denominators(count, share, range(251)) == brute


@given(st.integers(0, 60), st.integers(0, 100), st.integers(1, 200))
def test_counts_and_denominators_say_the_same(count: int, percent: int, denominator: int) -> None:
    share = implied(str(percent), "rounded", unit=1) / 100
    assume(count <= denominator)
    one_way = count in compatible_counts(share, denominator)
    assert one_way == bool(compatible_denominators(count, share, [denominator]))


@given(st.integers(1, 300), st.integers(1, 300))
def test_the_share_of_a_count_always_allows_that_count(one: int, other: int) -> None:
    count, denominator = sorted((one, other))
    percent = round(100 * count / denominator)
    assert count in compatible_counts(implied(str(percent), "rounded", unit=1) / 100, denominator)
