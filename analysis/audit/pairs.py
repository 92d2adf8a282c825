"""Pairs of statements of the same quantity: which agree, which conflict, which show a change.

Two statements conflict if they are about the same time and their intervals do not meet. A
disagreement that the table of discrepancies explains, both sides being right, carries its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations

import pandas as pd

from analysis.days import period
from analysis.statements import Statement, stated
from analysis.tables import load
from analysis.words import hedged

# A disagreement of these classes is explained: both sides are right, each in its sense.
EXPLAINED = ("proposal and decision", "different date or unit", "superseded", "none")


def same_time(one: str, other: str) -> str:
    """Whether two reference dates are about the same time.

    Returns:
        "same" if one period lies within the other, "other" if not, "unknown" without a date.
    """
    if not one or not other:
        return "unknown"
    a, b = period(one), period(other)
    return "same" if a.within(b) or b.within(a) else "other"


def compare(one: Statement, other: Statement) -> str:
    """How two statements of one quantity stand to each other.

    Returns:
        "agree" or "conflict" for the same time; "change" or "no-change" for other times; where a
        date is missing "agree", or "undecided" since the times may differ.
    """
    meet, when = (
        one.interval.meets(other.interval),
        same_time(one.reference_date, other.reference_date),
    )
    if when == "other":
        return "no-change" if meet else "change"
    return "agree" if meet else ("conflict" if when == "same" else "undecided")


@cache
def _pairs() -> pd.DataFrame:
    by_quantity: dict[str, list[Statement]] = {}
    for i in load("statements")["statement_id"]:
        by_quantity.setdefault(stated(str(i)).quantity_id, []).append(stated(str(i)))
    rows = [
        {
            "quantity_id": one.quantity_id,
            "quantity": one.quantity,
            "first": one.statement_id,
            "second": other.statement_id,
            "across": one.document_id != other.document_id,
            "outcome": compare(one, other),
            "explained": _explained(one, other),
        }
        for statements in by_quantity.values()
        for one, other in combinations(statements, 2)
    ]
    return pd.DataFrame(rows)


def pairs() -> pd.DataFrame:
    """All pairs of statements of the same quantity.

    Returns:
        `quantity_id`, `quantity`, `first`, `second` (statement ids), `across` (two documents),
        `outcome` (see `compare`), `explained` (id of the discrepancy that explains it, or none).
    """
    return _pairs().copy()


def _explained(one: Statement, other: Statement) -> str | None:
    for discrepancy_id, documents in _explanations():
        about = documents.get(one.quantity_id, set())
        if {one.document_id, other.document_id} <= about and len(about) > 1:
            return discrepancy_id
    return None


@cache
def _explanations() -> list[tuple[str, dict[str, set[str]]]]:
    """Each discrepancy that explains, with the documents that it cites on each quantity."""
    rows, found = load("discrepancies"), []
    for row in rows[rows["class"].isin(EXPLAINED)].itertuples():
        sides = pd.Series([row.statement_a, row.statement_b, row.further_statements]).dropna()
        documents: dict[str, set[str]] = {}
        for side in (stated(i) for i in " ".join(sides).split()):
            documents.setdefault(side.quantity_id, set()).add(side.document_id)
        found.append((str(row.discrepancy_id), documents))
    return found


def groups(outcome: str) -> pd.DataFrame:
    """The quantities with at least one pair of an outcome, with what each document says.

    Returns:
        One row per quantity: `quantity`, `readings` (text), `pairs` (how many), `explained`.
    """
    chosen = _pairs()[_pairs()["outcome"] == outcome]
    rows = []
    for _, group in chosen.groupby("quantity_id", sort=False):
        ids = dict.fromkeys([*group["first"], *group["second"]])
        rows.append(
            {
                "quantity": group["quantity"].iloc[0],
                "readings": _readings(stated(i) for i in ids),
                "pairs": len(group),
                "explained": next(iter(group["explained"].dropna()), None),
            }
        )
    return pd.DataFrame(rows, columns=["quantity", "readings", "pairs", "explained"])


def _readings(statements: Iterable[Statement]) -> str:
    said: dict[tuple[str, str], list[str]] = {}
    for s in statements:
        when = f" ({s.reference_date.replace('/', ' to ')})" if s.reference_date else ""
        said.setdefault((s.document_id, f"{hedged(s)}{when}"), []).append(s.place)
    return "; ".join(f"{text}: {doc}, {', '.join(at)}" for (doc, text), at in said.items())
