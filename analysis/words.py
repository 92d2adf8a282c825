"""Numbers, intervals, hedges and dates as readers write them.

One manner throughout: low to high, one number where both ends print alike, a minus sign and not a
hyphen, "or more" and "or fewer" for an open side, "more than" where the end itself is excluded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import pandas as pd

from analysis.precision import MAJORITIES, Interval, as_interval
from analysis.statements import Statement

Form = str | Callable[[float], str]
MILLION, BILLION = 1e6, 1e9
# What these say stands in the figure itself; the others need their hedge beside it.
UNHEDGED = ("exact", "rounded", "range", "share-in-words")

# --- Numbers and intervals -----------------------------------------------------------------------


def number(value: float, form: Form = ",.0f") -> str:
    """A number by a format, or by a function of its own: "−1.23", but "0.00" without a sign."""
    text = form(value) if callable(form) else format(float(value), f"z{form}")
    return text.replace("-", "−")


def quantity(value: float) -> str:
    """Whole numbers in full; millions as such; the rest to three significant digits."""
    if abs(value) >= MILLION:
        return f"{number(value / MILLION, ',.1f')} million"
    whole = float(value).is_integer() or abs(value) >= 1000
    return number(value, ",.0f" if whole else ",.3g")


def from_to(low: float, high: float, form: Form = ",.0f", *, join: str = " to ") -> str:
    """Two ends in words: "18 to 20", "18" where both print alike, "18 or more" without end."""
    first, last = number(low, form), number(high, form)
    if math.isinf(high):
        return f"{first} or more"
    return first if first == last else f"{first}{join}{last}"


def span(interval: Interval, form: Form = ".2f", *, least: float = -math.inf) -> str:
    """An interval in words: "1.21 to 1.34", "400 or more", "more than 400".

    Args:
        interval: the numbers.
        form: the format of each end.
        least: what cannot be gone below, so that an interval from there says "63 or fewer".
    """
    low, high = number(interval.lo, form), number(interval.hi, form)
    if math.isinf(interval.hi):
        return f"{low} or more" if interval.lo_closed else f"more than {low}"
    if interval.lo <= least and interval.width:
        return f"{high} or fewer" if interval.hi_closed else f"fewer than {high}"
    return from_to(interval.lo, interval.hi, form)


def per_cent(share: Interval, form: Form = ".1f") -> str:
    """Shares of 1 as per cents, without the words: "12.6 to 89.0"."""
    return span(share * 100, form)


def in_millions(persons: Interval | float) -> str:
    """Persons as a cell of a column headed in millions, "174.5 to 175.5"."""
    return span(as_interval(persons) / MILLION, ".1f")


def millions(persons: Interval) -> str:
    """Persons in words, "1.9 to 2.9 million"."""
    return f"{in_millions(persons)} million"


def whole_millions(persons: float) -> str:
    """Persons known to the million, in words: "175 million"."""
    return f"{persons / 1e6:.0f} million"


def billions(persons: Interval) -> str:
    """Persons in words, "4.99 to 7.02 billion"."""
    return f"{span(persons / BILLION)} billion"


def either(numbers: range) -> str:
    """Neighbouring counts in words: "40 or 41", "12 to 15", "none"."""
    if not numbers:
        return "none"
    return from_to(numbers[0], numbers[-1], join=" or " if len(numbers) == 2 else " to ")


# --- Stated figures ------------------------------------------------------------------------------


def hedge(qualifier: str) -> str:
    """A qualifier in words: "more than"."""
    return qualifier.replace("-", " ")


def hedged(statement: Statement) -> str:
    """The figure with its hedge, without which "at least two" would read as a count."""
    said = statement.with_unit.lower()
    plain = statement.qualifier in UNHEDGED
    return said if plain else f"{hedge(statement.qualifier)} {said}"


def in_words(statement: Statement) -> str:
    """The values that a statement allows, such as "174.5 to 175.5 million" or "more than 400".

    Counts and measures are given without their unit, which stands beside them; shares with it.
    """
    if statement.value is None:
        return "unknown, as the document says"
    interval, base, unit = statement.interval, 1.0, ""
    if "million" in statement.figure:
        base, unit = MILLION, " million"
    elif statement.unit in ("per cent", "share"):
        base, unit = (0.01 if statement.unit == "share" else 1.0), " per cent"
    lo, hi = (_short(end / base) for end in (interval.lo, interval.hi))
    if statement.qualifier == "exact":
        return f"exactly {lo}{unit}"
    if statement.qualifier in ("at-most", "up-to"):
        return f"no more than {hi}{unit}"
    if statement.figure.lower() in MAJORITIES or not interval.lo_closed:
        return f"more than {lo}{unit}"
    return f"{lo}{unit} or more" if math.isinf(interval.hi) else f"{lo} to {hi}{unit}"


def _short(value: float) -> str:
    """A whole number in full, another to one decimal place."""
    return number(value, ",.0f" if value.is_integer() else ",.1f")


# --- Dates and lists -----------------------------------------------------------------------------


def long_date(day: pd.Timestamp) -> str:
    """A day as readers write it: "18 June 2004"."""
    return f"{day.day} {day:%B %Y}"


def partial_date(text: str) -> str:
    """A partial ISO date as readers write it: "2004", "June 2004", "18 June 2004"."""
    if len(text) == len("2004"):
        return text
    day = pd.Timestamp(text)
    return f"{day:%B %Y}" if len(text) == len("2004-06") else long_date(day)


def listing(items: Iterable[str]) -> str:
    """Items as a list in a sentence: "a, b and c", or "none"."""
    *most, last = list(items) or ["none"]
    return f"{', '.join(most)} and {last}" if most else last


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
