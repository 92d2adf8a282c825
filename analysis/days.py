"""Dates that a document gives only in part: a year, a month or a day is an interval of days.

Partial dates are those of ISO 8601: `2003`, `2003-07`, `2003-07-01`, or two of them with a slash
between, `1995/1999-03`. Nothing is placed more precisely than its source allows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

import pandas as pd

PARTIAL = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")


class Days(NamedTuple):
    """The first and the last of some days in a row, both included."""

    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def length(self) -> int:
        """How many days there are."""
        return int((self.last - self.first).days) + 1

    def shared(self, other: Days) -> int:
        """How many days lie in both."""
        return max(0, Days(max(self.first, other.first), min(self.last, other.last)).length)

    def holds(self, day: pd.Timestamp) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def within(self, other: Days) -> bool:
        """Whether every day is one of the others."""
        return other.first <= self.first and self.last <= other.last


def period(text: str) -> Days:
    """All days that a partial date, or a pair of them with a slash between, allows.

    Raises:
        ValueError: a date that is not ISO or not in the calendar, or an end before its beginning.
    """
    start, slash, end = text.partition("/")
    days = Days(_partial(start, text).first, _partial(end if slash else start, text).last)
    if days.last < days.first:
        raise ValueError(f"{text!r}: the end is before the beginning")
    return days


def _partial(part: str, text: str) -> Days:
    match = PARTIAL.fullmatch(part)
    if match is None:
        raise ValueError(f"{text!r}: {part!r} is no date; expected an ISO year, month or day")
    year, month = int(match["year"]), match["month"]
    try:
        first = date(year, int(month or 1), int(match["day"] or 1))
        end = int(month or 12)
        last = date(year, end, int(match["day"] or monthrange(year, end)[1]))
    except ValueError as error:
        raise ValueError(f"{text!r}: {part!r} is not in the calendar: {error}") from None
    return Days(pd.Timestamp(first), pd.Timestamp(last))
