"""The audit: how each stated figure fares, and where two places disagree.

Every statement of the ledger gets a verdict, and what it rests on. A recomputation decides if there
is one (`analysis.audit.relations`); else another document that gives the same quantity for the same
time (`analysis.audit.pairs`); else the figure is not checkable, with the reason.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from analysis import treaties
from analysis.audit.pairs import pairs
from analysis.audit.relations import (
    ARITHMETIC,
    BOUND,
    CONSISTENT,
    GROUNDS,
    INCONSISTENT,
    OUTSIDE,
    REPETITION,
    REPRODUCED,
    UNCHECKED,
    VERDICTS,
    evaluate,
    operands,
    rows_of,
)
from analysis.statements import Statement, stated
from analysis.tables import load

Record = dict[str, Any]  # a row of a table
CHECKS = RECOMPUTED, PART, ELSEWHERE, NOTHING = (
    "recomputation", "part-of-relation", "other-document", "nothing",
)  # fmt: skip
REASONS = BOUNDED, REPEATED, IN_WORDS, PERCENTAGE, HEDGED, SINGLE = (
    "bounded", "repeated", "share-in-words", "percentage", "hedged", "single",
)  # fmt: skip
RANK = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
# How a figure fares: what bears it out, the strongest first, or that nothing does.
STANDINGS = (*GROUNDS, INCONSISTENT, UNCHECKED)
TESTING = (OUTSIDE, ARITHMETIC)  # the grounds on which a wrong figure would have been noticed
SMALL = 6  # a count up to this many is hard to get wrong


# --- A verdict for every statement


@cache
def _recomputed() -> pd.DataFrame:
    return evaluate(load("relations"))


def recomputed(basis: str = "stated") -> pd.DataFrame:
    """The relations of one basis worked out (`analysis.audit.relations.evaluate`).

    Returns:
        The columns of `evaluate`, and `where`: document and place.
    """
    table = _recomputed()
    table = table[table["basis"] == basis].reset_index(drop=True)
    return table.assign(where=table["document_id"] + ", " + table["place"])


def by_place() -> pd.DataFrame:
    """The recomputations of `recomputed`, one row per relation and document, places joined."""
    same = ["claim", "document_id", "as_stated", "computed", "verdict", "ground"]
    grouped = recomputed().groupby(["relation_id", *same], sort=False)
    places = grouped["place"].agg(lambda places: "; ".join(dict.fromkeys(places)))
    return places.to_frame().assign(result=grouped["result"].first()).reset_index()


@cache
def _ledger() -> pd.DataFrame:
    return pd.DataFrame([_line(stated(str(i))) for i in load("statements")["statement_id"]])


def ledger() -> pd.DataFrame:
    """Every statement with its verdict.

    Returns:
        `statement_id`, `document_id`, `place`, `topic`, `figure`, `quantity_id`, `quantity`,
        `verdict` (one of `VERDICTS`), `ground` (the strongest of `GROUNDS` that bears it out, or
        that of the failure; empty where nothing checks it), `standing` (one of `STANDINGS`),
        `checked_by` (one of `CHECKS`), `relations` (ids), `agree`, `conflict` (pairs with other
        statements), `reason` (one of `REASONS` where nothing checks it, else empty).
    """
    return _ledger().copy(deep=False)


def _line(statement: Statement) -> Record:
    mine = _pairs_of().get(statement.statement_id, [])
    verdict, ground, by, ids = _verdict(statement, mine)
    return {
        "statement_id": statement.statement_id,
        "document_id": statement.document_id,
        "place": statement.place,
        "topic": statement.topic,
        "figure": statement.figure,
        "quantity_id": statement.quantity_id,
        "quantity": statement.quantity,
        "verdict": verdict,
        "ground": ground,
        "standing": ground if verdict in (REPRODUCED, CONSISTENT) else verdict,
        "checked_by": by,
        "relations": " ".join(ids),
        "agree": sum(pair["outcome"] == "agree" for pair in mine),
        "conflict": sum(pair["outcome"] == "conflict" for pair in mine),
        "reason": _why_not(statement, mine) if by == NOTHING else "",
    }


@cache
def _pairs_of() -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for pair in pairs().to_dict("records"):
        for side in ("first", "second"):
            found.setdefault(pair[side], []).append(pair)
    return found


@cache
def _results_by(column: str) -> dict[str, list[Record]]:
    """The recomputations that count, by a column of `recomputed`.

    A bound counts only where it refutes: any figure on its right side would meet it.
    """
    table = recomputed()
    table = table[(table["ground"] != BOUND) | (table["verdict"] == INCONSISTENT)]
    found: dict[str, list[Record]] = {}
    for result in table.to_dict("records"):
        found.setdefault(result[column], []).append(result)
    return found


def _rank(result: Record) -> int:
    return RANK[result["verdict"]]


def _strongest(results: list[Record]) -> str:
    return min((str(result["ground"]) for result in results), key=(*GROUNDS, BOUND).index)


def _verdict(statement: Statement, mine: list[Record]) -> tuple[str, str, str, list[str]]:
    own = _results_by("statement_id").get(statement.statement_id, [])
    if own:
        # One failure among several recomputations is a failure.
        worst = max(own, key=_rank)
        ids = [str(result["relation_id"]) for result in own]
        decisive = [result for result in own if result["verdict"] == worst["verdict"]]
        return worst["verdict"], _strongest(decisive), RECOMPUTED, ids
    uses = dict.fromkeys(_uses().get(statement.statement_id, []))
    ids = [i for i in uses if i in _results_by("relation_id")]
    if ids:
        # A figure that enters a sum that comes out is borne out by it, whatever else fails.
        results = [result for i in ids for result in _results_by("relation_id")[i]]
        best = min(results, key=_rank)
        return best["verdict"], best["ground"], PART, ids
    elsewhere = [pair for pair in mine if pair["across"]]
    if any(p["outcome"] == "conflict" and pd.isna(p["explained"]) for p in elsewhere):
        return INCONSISTENT, REPETITION, ELSEWHERE, []
    if any(pair["outcome"] == "agree" for pair in elsewhere):
        exact = statement.interval.width == 0
        return REPRODUCED if exact else CONSISTENT, REPETITION, ELSEWHERE, []
    return UNCHECKED, "", NOTHING, []


@cache
def _uses() -> dict[str, list[str]]:
    rows = load("relations")
    found: dict[str, list[str]] = {}
    for row in rows[rows["basis"] == "stated"].to_dict("records"):
        for operand in operands(row):
            found.setdefault(operand, []).append(str(row["relation_id"]))
    return found


def _why_not(statement: Statement, mine: list[Record]) -> str:
    if _bounded(statement):
        return BOUNDED
    if any(pair["outcome"] == "agree" for pair in mine):
        return REPEATED
    if statement.unit == "share":
        return IN_WORDS
    if statement.unit == "per cent":
        return PERCENTAGE
    if statement.qualifier in ("about", "more-than", "at-least", "at-most", "up-to", "range"):
        return HEDGED
    return SINGLE


def _bounded(statement: Statement) -> bool:
    """Whether a bound is all that is known of a figure."""
    figures, relations = _bounds()
    used = _uses().get(statement.statement_id, [])
    return statement.statement_id in figures or not relations.isdisjoint(used)


@cache
def _bounds() -> tuple[frozenset[str], frozenset[str]]:
    """The statements and the relations that a bound is known of."""
    bounds = recomputed().query("ground == @BOUND")
    return frozenset(bounds["statement_id"]), frozenset(bounds["relation_id"])


def grounds() -> pd.DataFrame:
    """What the figures that are borne out rest on, the strongest ground first.

    Returns:
        Index: `GROUNDS`; `figures`, `exact` (reproduced), `within` (consistent), `quantities`
        (how many different ones) and `small` (reproduced counts up to `SMALL`).
    """
    rows = _ledger().query("standing in @GROUNDS")
    exact = rows["verdict"] == REPRODUCED
    small = exact & (rows["statement_id"].map(lambda i: stated(i).interval.hi) <= SMALL)
    table = rows.assign(exact=exact, within=~exact, small=small).groupby("standing").agg(
        figures=("statement_id", "size"),
        exact=("exact", "sum"),
        within=("within", "sum"),
        quantities=("quantity_id", "nunique"),
        small=("small", "sum"),
    )  # fmt: skip
    return table.reindex(list(GROUNDS), fill_value=0)


def standing_counts(column: str) -> pd.DataFrame:
    """Statements by a column of the ledger and standing.

    Returns:
        Index: values of the column, most statements first; one column per standing and `total`.
    """
    table = pd.crosstab(_ledger()[column], _ledger()["standing"])
    table = table.reindex(columns=list(STANDINGS), fill_value=0)
    return table.assign(total=table.sum(axis=1)).sort_values(
        "total", ascending=False, kind="stable"
    )


def records_used() -> tuple[str, ...]:
    """The tables of the record that the recomputations need."""
    tables = recomputed()["record"].str.partition("/")[0]
    return tuple(sorted(set(tables) - {""}))


def rows_used() -> dict[str, pd.DataFrame]:
    """Of the tables of `records_used`, the rows that the recomputations need.

    Those that an operand names, or the relation itself by a key; else all of the table.
    """
    relations = load("relations").query("basis == 'stated'").dropna(subset="record")
    found: dict[str, list[pd.DataFrame]] = {}
    for relation in relations.to_dict("records"):
        record = str(relation["record"])
        table = record.partition("/")[0]
        named = [part for part in operands(relation) if re.match(rf"{table}\b", part)]
        rows = [rows_of(part) for part in named or [record]]
        if relation["kind"] == "entry into force":
            dated = treaties.within_record()
            rows = [dated[dated["instrument_id"].isin(operands(relation))]]
        found.setdefault(table, []).extend(rows)
    return {table: pd.concat(rows).drop_duplicates() for table, rows in found.items()}


def result(relation_id: str) -> pd.Series:
    """One relation worked out, whatever its basis: a row of `analysis.audit.relations.evaluate`."""
    return _recomputed().set_index("relation_id").loc[relation_id]
