"""Partial dates are all their days, by the calendar; what is no date is refused in one line."""

from __future__ import annotations

import calendar

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import days
from analysis.days import Days


def between(first: str, last: str) -> Days:
    return Days(pd.Timestamp(first), pd.Timestamp(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2003", "2003-01-01", "2003-12-31"),
        ("2003-02", "2003-02-01", "2003-02-28"),
        ("2004-02", "2004-02-01", "2004-02-29"),  # a leap year
        ("1900-02", "1900-02-01", "1900-02-28"),  # none, as a hundred years are not
        ("2000-02", "2000-02-01", "2000-02-29"),  # but four hundred are
        ("2004-12", "2004-12-01", "2004-12-31"),
        ("2004-02-29", "2004-02-29", "2004-02-29"),
        ("2001/2004", "2001-01-01", "2004-12-31"),
        ("1995/1999-02", "1995-01-01", "1999-02-28"),
        ("2003-12/2004", "2003-12-01", "2004-12-31"),
        ("2006-09-14/2006-09-15", "2006-09-14", "2006-09-15"),
        ("2006/2006", "2006-01-01", "2006-12-31"),
    ],
)
def test_a_partial_date_is_all_its_days(text: str, first: str, last: str) -> None:
    assert days.period(text) == between(first, last)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'' is no date"),
        ("June 2006", "'June 2006' is no date"),
        ("06-09", "'06-09' is no date"),
        ("2006-9", "'2006-9' is no date"),
        ("2006-09-14T10:00", "is no date"),
        ("2006/", "'2006/': '' is no date"),
        ("2004/2005/2006", "'2005/2006' is no date"),
        ("2006-13", "'2006-13' is not in the calendar"),
        ("2006-00", "'2006-00' is not in the calendar"),
        ("2003-02-29", "'2003-02-29' is not in the calendar"),
        ("2006/2005", "'2006/2005': the end is before the beginning"),
        ("2006-09-15/2006-09-14", "before the beginning"),
    ],
)
def test_a_date_that_is_none_is_refused_in_one_line(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as caught:
        days.period(text)
    assert "\n" not in str(caught.value)


@given(st.integers(1700, 2200), st.integers(1, 12))
def test_months_make_up_their_year(year: int, month: int) -> None:
    of_month = days.period(f"{year}-{month:02}")
    assert of_month.length == calendar.monthrange(year, month)[1]
    assert of_month.within(days.period(str(year)))
    whole = sum(days.period(f"{year}-{m:02}").length for m in range(1, 13))
    assert days.period(str(year)).length == whole == 365 + calendar.isleap(year)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2003", "2003-02", 28),
        ("2001/2003", "2002/2004", 730),
        ("2001", "2003", 0),
        ("2001", "2002", 0),
        ("2001", "2001-12-31/2005", 1),
    ],
)
def test_shared_days_count_both_ends(one: str, other: str, shared: int) -> None:
    a, b = days.period(one), days.period(other)
    assert a.shared(b) == b.shared(a) == shared


def test_within_is_not_the_same_as_meeting() -> None:
    assert days.period("2003-02").within(days.period("2003"))
    assert not days.period("2003").within(days.period("2003-02"))
    assert not days.period("2001/2003").within(days.period("2002/2004"))


def test_a_period_holds_both_of_its_ends() -> None:
    march = days.period("2004-03")
    inside = {day: march.holds(pd.Timestamp(day)) for day in ("2004-03-01", "2004-03-31")}
    outside = {day: march.holds(pd.Timestamp(day)) for day in ("2004-02-29", "2004-04-01")}
    assert all(inside.values())
    assert not any(outside.values())
