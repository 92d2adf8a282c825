"""Recompute stated figures: each relation of `data/stated/relations.csv`, worked out and judged.

A relation says what a figure can be recomputed from. Intervals carry the precision of what is
written (`analysis.precision`), so that a verdict never asks more of a figure than it states. The
calendar follows the rules of procedure of the General Assembly as amended in 2003: the session
opens on the Tuesday of the third week in September, counted from the first week with a working
day, and the general debate on the Tuesday after (press release GA/10130).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, reduce
from math import inf

import pandas as pd

from analysis import treaties
from analysis.days import period
from analysis.precision import Interval, as_interval, compatible_denominators
from analysis.statements import Statement, stated
from analysis.tables import describe, load, names
from analysis.words import hedged, span

# From the best to the worst; what each means to a reader is in `analysis.audit.tables`.
VERDICTS = REPRODUCED, CONSISTENT, INCONSISTENT, UNCHECKED = (
    "reproduced", "consistent", "inconsistent", "unchecked",
)  # fmt: skip
# What a verdict rests on, the strongest first: a copy or a list has little that could fail.
GROUNDS = OUTSIDE, ARITHMETIC, OWN_LIST, REPETITION = (
    "outside", "arithmetic", "own-list", "repetition",
)  # fmt: skip
BOUND = "bound"
BOUNDS = ("at least", "at most")
OPERAND = re.compile(
    r"(?P<table>[a-z_0-9]+)(?:/(?P<key>[^\[#*]+))?(?:\[(?P<where>.+)\])?"
    r"(?:#(?P<column>\w+))?(?:\*(?P<factor>\d+))?"
)
CONDITION = re.compile(r"(?P<column>\w+)(?P<sign><=|!=|=)(?P<value>.+)")


def judge(figure: Interval, computed: Interval) -> str:
    """One of `VERDICTS` on a figure, given what comes out; both in the figure's unit."""
    if not figure.meets(computed):
        return INCONSISTENT
    exact = figure.width == 0 and computed.width == 0
    return REPRODUCED if exact else CONSISTENT


def evaluate(relations: pd.DataFrame) -> pd.DataFrame:
    """Work out every relation.

    Args:
        relations: rows of the table `relations`.

    Returns:
        One row per relation and statement that it checks (one row where it checks no figure of
        the ledger): `relation_id`, `kind`, `basis`, `statement_id` (empty for such a row),
        `document_id`, `place`, `claim`, `as_stated`, `computed` (texts), `result` (the same as an
        interval in the figure's unit; none of what the calendar gives), `verdict`, `ground` (see
        `ground`), `note`, `record`.
    """
    rows = [row for relation in relations.to_dict("records") for row in _results(relation)]
    return pd.DataFrame(rows)


def operands(relation: dict[str, object]) -> list[str]:
    """The operands of a relation, in order."""
    cell = relation["operands"]
    return [] if pd.isna(cell) else [part.strip() for part in str(cell).split(";")]


def ground(relation: dict[str, object]) -> str:
    """What a relation rests on: one of `GROUNDS`, or `BOUND`, which refutes but never confirms."""
    if relation["kind"] in BOUNDS:
        return BOUND
    if not pd.isna(relation["record"]):
        return OUTSIDE
    return OWN_LIST if relation["kind"] == "recount" else ARITHMETIC


def _results(relation: dict[str, object]) -> list[dict[str, object]]:
    kept = {key: relation[key] for key in ("relation_id", "kind", "basis", "claim")}
    kept |= {key: "" if pd.isna(relation[key]) else relation[key] for key in ("note", "record")}
    kept["ground"] = ground(relation)
    if pd.isna(relation["statements"]):
        claimed, day = str(relation["claimed"]), computed_text(relation)
        verdict = REPRODUCED if claimed == day else INCONSISTENT
        where = {"statement_id": "", "document_id": relation["document_id"]}
        where |= {"place": relation["place"], "as_stated": claimed}
        return [{**kept, **where, "computed": day, "result": None, "verdict": verdict}]
    rows = []
    for statement_id in str(relation["statements"]).split():
        target = stated(statement_id)
        found = computed(relation, target)
        rows.append(
            {
                **kept,
                "statement_id": statement_id,
                "document_id": target.document_id,
                "place": target.place,
                "as_stated": hedged(target),
                "computed": _shown(found, target.unit),
                "result": found,
                "verdict": judge(target.interval, found),
            }
        )
    return rows


def _shown(value: Interval, unit: str) -> str:
    """An interval for readers; of a count from nought, its upper end alone."""
    return span(value, ".1f") if unit == "per cent" else span(value, ",.0f", least=0)


# --- What comes out: numbers


def computed(relation: dict[str, object], target: Statement) -> Interval:
    """What a relation gives for a stated figure, in the figure's unit.

    Raises:
        ValueError: an unknown kind, or an operand that is no statement, table or number.
    """
    kind, parts = str(relation["kind"]), operands(relation)
    if kind == "duration":
        return as_interval(sum(days(part) for part in parts))
    if kind == "capacity":
        minutes = sum(length(part) for part in parts[:-1])
        return Interval(0, minutes // (stated(parts[-1]).value or inf))
    if kind == "whole-number share":
        return _nearest_share(stated(parts[0]).count, target)
    numbers: dict[str, Callable[[list[Interval]], Interval]] = {
        "sum": _total,
        "recount": _total,
        "record": _total,
        "difference": lambda n: n[0] - _total(n[1:]),
        "share": lambda n: n[0] / _total(n[1:]) * 100,
        "at least": lambda n: Interval(_total(n).lo, inf, lo_closed=_total(n).lo_closed),
        "at most": lambda n: Interval(0, _total(n).hi, hi_closed=_total(n).hi_closed),
    }
    if kind not in numbers:
        raise ValueError(f"relations: {relation['relation_id']}: no number comes of {kind!r}")
    return numbers[kind]([quantity(part) for part in parts])


def _total(values: list[Interval]) -> Interval:
    return reduce(lambda one, other: one + other, values)


def _nearest_share(count: int, target: Statement) -> Interval:
    """The share, of those that whole numbers of cases give, that comes nearest to the stated."""
    fits = compatible_denominators(count, target.share, range(count, 100 * count))
    cases = fits or range(count, 100 * count)
    best = min(cases, key=lambda n: abs(100 * count / n - float(target.value or 0)))
    return as_interval(100 * count / best)


@cache
def quantity(token: str) -> Interval:
    """The value of an operand: a whole number, a statement, or rows of a table.

    Raises:
        ValueError: it is none of these, or it names no row.
    """
    if token.isdigit():
        return as_interval(int(token))
    match = OPERAND.fullmatch(token)
    if match is None or match["table"] not in names():
        return stated(token).interval
    rows = rows_of(token)
    value = float(rows[match["column"]].sum()) if match["column"] else float(len(rows))
    return as_interval(value * int(match["factor"] or 1))


def rows_of(token: str) -> pd.DataFrame:
    """The rows of a table that an operand names, or the `record` of a relation.

    Raises:
        ValueError: it names no table or no row.
    """
    match = OPERAND.fullmatch(token)
    if match is None or match["table"] not in names():
        raise ValueError(f"relations: operand {token!r} names no table")
    rows = load(match["table"])
    if match["key"]:
        key = describe(match["table"])["schema"]["primaryKey"][0]
        rows = rows[rows[key].astype("string") == match["key"]]
    for condition in (match["where"] or "").split("&") if match["where"] else []:
        rows = rows[_holds(rows, condition, token)]
    if rows.empty:
        raise ValueError(f"relations: operand {token!r} names no row")
    return rows


def _holds(rows: pd.DataFrame, condition: str, token: str) -> pd.Series:
    match = CONDITION.fullmatch(condition)
    if match is None or match["column"] not in rows:
        raise ValueError(f"relations: operand {token!r}: cannot read the condition {condition!r}")
    # As text, dates and booleans compare as the tables write them.
    column = rows[match["column"]].astype("string").str.lower()
    value = match["value"].lower()
    tests = {"=": column.eq, "!=": column.ne, "<=": column.le}
    return tests[match["sign"]](value).fillna(False)


# --- What comes out: the calendar


def computed_text(relation: dict[str, object]) -> str:
    """What a relation gives for a claim about the calendar: a day, a date or an order."""
    parts, kind = operands(relation), relation["kind"]
    if kind == "weekday":
        return date.fromisoformat(parts[0]).strftime("%A")
    if kind == "session opening":
        return session_opening(int(parts[0])).isoformat()
    if kind == "general debate":
        return (session_opening(int(parts[0])) + timedelta(days=7)).isoformat()
    if kind == "timetable":
        return "in order" if in_order(parts) else "not in order"
    if kind == "entry into force":
        return treaties.entry_into_force(parts[0]).day.date().isoformat()
    raise ValueError(f"relations: {relation['relation_id']}: no day comes of {kind!r}")


def session_opening(year: int) -> date:
    """The day on which the regular session of the General Assembly opens, from 2003 on."""
    day = date(year, 9, 1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    monday = day - timedelta(days=day.weekday())
    return monday + timedelta(weeks=2, days=1)


def days(stretch: str) -> int:
    """Calendar days from the first to the last of "2006-09-14..2006-09-15", both counted."""
    return period(stretch.replace("..", "/")).length


def length(stretch: str) -> float:
    """Minutes of "10:30-13:00"."""
    start, end = (datetime.strptime(part, "%H:%M") for part in stretch.split("-"))
    return (end - start).total_seconds() / 60


def in_order(stretches: list[str]) -> bool:
    """Whether each stretch ends after it starts and before the next one starts."""
    ends = [part for stretch in stretches for part in stretch.split("-")]
    return ends == sorted(ends) and all(length(stretch) > 0 for stretch in stretches)
