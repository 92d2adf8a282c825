"""The ledger for readers: what the precision of each stated figure implies, in words."""

from __future__ import annotations

import math

from analysis.precision import MAJORITIES, Interval
from analysis.statements import Statement

MILLION = 1e6


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
    lo, hi = (_number(end / base) for end in (interval.lo, interval.hi))
    if statement.qualifier == "exact":
        return f"exactly {lo}{unit}"
    if statement.figure.lower() in MAJORITIES:
        return f"more than {lo}{unit}"
    if math.isinf(interval.hi):
        return f"{lo}{unit} or more" if interval.lo_closed else f"more than {lo}{unit}"
    if statement.qualifier in ("at-most", "up-to"):
        return f"no more than {hi}{unit}"
    return f"{lo} to {hi}{unit}"


def bounds(interval: Interval) -> tuple[float | None, float | None]:
    """The ends of an interval, an open-ended side as `None`."""
    lo, hi = (None if math.isinf(end) else end for end in (interval.lo, interval.hi))
    return lo, hi


def _number(value: float) -> str:
    if math.isinf(value):
        return "any number"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
