"""Numbers, intervals, hedges and dates in words: each form by example, and what holds of all."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import words
from analysis.precision import Interval
from analysis.statements import Statement

ABOVE = Interval(400, math.inf, lo_closed=False)


def made_up(figure: str, qualifier: str, unit: str = "States", **changes: Any) -> Statement:
    fields: dict[str, Any] = dict.fromkeys(Statement.__dataclass_fields__, "")
    given = {"statement_id": "made-up", "figure": figure, "qualifier": qualifier, "unit": unit}
    return Statement(**{**fields, "value": 1.0, "value_upper": None, **given, **changes})


@pytest.mark.parametrize(
    ("low", "high", "form", "text"),
    [
        (18, 20, ",.0f", "18 to 20"),
        (18, 18, ",.0f", "18"),
        (18, 18.2, ",.0f", "18"),  # both print alike
        (18, math.inf, ",.0f", "18 or more"),
        (0.52, 0.536, ".2f", "0.52 to 0.54"),
        (-1.5, 2.25, ".1f", "−1.5 to 2.2"),
        (1_000, 20_000, ",.0f", "1,000 to 20,000"),
    ],
)
def test_ends_in_words(low: float, high: float, form: str, text: str) -> None:
    assert words.from_to(low, high, form) == text


@pytest.mark.parametrize(
    ("interval", "form", "text"),
    [
        (Interval(-1.234, 2.5), ".2f", "−1.23 to 2.50"),
        (Interval(2, 2), ".0f", "2"),
        (Interval(400, math.inf), ",.0f", "400 or more"),
        (ABOVE, ",.0f", "more than 400"),
        (Interval(0.25, math.inf), ".2f", "0.25 or more"),
        (Interval(-0.25, 0.5), lambda value: f"{100 * value:.0f}%", "−25% to 50%"),
        (Interval(-math.inf, 63), ",.0f", "63 or fewer"),
        (Interval(-math.inf, 63, hi_closed=False), ",.0f", "fewer than 63"),
        (Interval(0, 63), ",.0f", "0 to 63"),
    ],
)
def test_an_interval_in_words(interval: Interval, form: words.Form, text: str) -> None:
    assert words.span(interval, form) == text


def test_a_count_that_begins_at_the_least_possible_names_its_upper_end_alone() -> None:
    assert words.span(Interval(0, 63), ",.0f", least=0) == "63 or fewer"
    assert words.span(Interval(1, 63), ",.0f", least=0) == "1 to 63"
    assert words.span(Interval(0, 0), ",.0f", least=0) == "0"
    assert words.span(Interval(0, math.inf), ",.0f", least=0) == "0 or more"


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_no_hyphen_stands_for_a_minus(one: float, other: float) -> None:
    text = words.span(Interval(min(one, other), max(one, other)))
    assert "-" not in text
    assert text.count("−") <= (one < 0) + (other < 0)


def test_what_rounds_to_nought_has_no_sign() -> None:
    assert words.number(-0.001, ".2f") == "0.00"
    assert words.span(Interval(-0.001, 0.001)) == "0.00"


def test_persons_in_millions_and_billions() -> None:
    assert words.millions(Interval(1.9e6, 2.9e6)) == "1.9 to 2.9 million"
    assert words.billions(Interval(5e9, 7e9)) == "5.00 to 7.00 billion"
    assert words.in_millions(500_000) == "0.5"


def test_shares_as_per_cents() -> None:
    assert words.per_cent(Interval(0.126, 0.89)) == "12.6 to 89.0"
    assert words.per_cent(Interval(0.5, 0.5004)) == "50.0"


def test_whole_millions() -> None:
    assert words.whole_millions(174_600_000.0) == "175 million"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.12345, "0.123"),
        (12.0, "12"),
        (999.4, "999"),
        (12.345, "12.3"),
        (1000.6, "1,001"),
        (-1234.6, "−1,235"),
        (999_999, "999,999"),
        (1_000_000, "1.0 million"),
        (-2_500_000, "−2.5 million"),
    ],
)
def test_a_quantity_is_as_fine_as_it_is_small(value: float, text: str) -> None:
    assert words.quantity(value) == text


def test_neighbouring_counts() -> None:
    texts = {range(0): "none", range(4, 5): "4", range(40, 42): "40 or 41", range(3, 7): "3 to 6"}
    assert {numbers: words.either(numbers) for numbers in texts} == texts


@pytest.mark.parametrize(
    ("figure", "qualifier", "unit", "text"),
    [
        ("175 million", "rounded", "persons", "174.5 to 175.5 million"),
        ("46", "exact", "States", "exactly 46"),
        ("two", "exact", "panels", "exactly 2"),
        ("24 per cent", "rounded", "per cent", "23.5 to 24.5 per cent"),
        ("7", "rounded", "per cent", "6.5 to 7.5 per cent"),
        ("160", "about", "persons", "150 to 170"),
        ("400", "more-than", "persons", "more than 400"),
        ("2 million", "more-than", "persons", "more than 2 million"),
        ("five", "at-least", "persons", "5 or more"),
        ("50", "at-most", "persons", "no more than 50"),
        ("two", "up-to", "panels", "no more than 2"),
        ("2 to 10", "range", "days", "2 to 10"),
        ("majority", "share-in-words", "share", "more than 50 per cent"),
        # The midpoints of a half, two thirds and three quarters: 7/12 and 17/24.
        ("two-thirds", "about", "share", "58.3 to 70.8 per cent"),
    ],
)
def test_what_a_stated_figure_allows(figure: str, qualifier: str, unit: str, text: str) -> None:
    assert words.in_words(made_up(figure, qualifier, unit)) == text


def test_a_number_that_the_document_calls_unknown_stays_unknown() -> None:
    assert words.in_words(made_up("unknown", "exact", value=None)).startswith("unknown")


@pytest.mark.parametrize(
    ("figure", "qualifier", "unit", "text"),
    [
        ("46", "exact", "States", "46"),
        ("Two", "at-least", "panels", "at least two"),
        ("100", "more-than", "States", "more than 100"),
        ("2 to 10", "range", "days", "2 to 10"),
        ("7", "about", "per cent", "about 7 per cent"),
        ("two-thirds", "share-in-words", "share", "two-thirds"),
    ],
)
def test_a_figure_with_its_hedge(figure: str, qualifier: str, unit: str, text: str) -> None:
    assert words.hedged(made_up(figure, qualifier, unit)) == text


def test_dates_as_precise_as_they_are_given() -> None:
    assert words.long_date(pd.Timestamp("2004-06-08")) == "8 June 2004"
    dates = {"2004": "2004", "2004-06": "June 2004", "2004-06-18": "18 June 2004"}
    assert {date: words.partial_date(date) for date in dates} == dates


def test_lists_and_capitals() -> None:
    assert words.listing(["a", "b", "c"]) == "a, b and c"
    assert words.listing(iter(["a"])) == "a"
    assert words.listing([]) == "none"
    assert words.capital("regional Commissions of the UN") == "Regional Commissions of the UN"
    assert words.capital("") == ""
