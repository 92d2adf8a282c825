"""What a discrepancy has to cite: the statements that it needs, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit import relations
from analysis.days import period
from analysis.statements import stated
from analysis.tables import load
from tools.checks.declared import words
from tools.verify.problems import problem

DISCREPANCIES, LEDGER = "discrepancies", "statements"
FIELDS = ("statement_a", "statement_b", "further_statements")


def statements_of_discrepancies() -> Iterator[str]:
    """A discrepancy cites the statements that it needs, each once, and no other.

    A side cites a statement of its document. Needed are what a test compares, what the relation
    uses, one that has each figure that a side reads, and one of every other document that states
    the same quantity at the same time.
    """
    for row in load(DISCREPANCIES).rename(columns={"class": "class_"}).itertuples():
        yield from _of_its_document(row)
        cited = [name for name in (row.statement_a, row.statement_b) if pd.notna(name)]
        every = {*cited, *words(row.further_statements).split()} - {"nothing"}
        needs = [*_needs(row, cited)]
        for why, any_of in needs:
            if not any_of & every:
                told = f"also {min(any_of)}, {why}"
                field = _place_for(row, min(any_of))
                yield problem(DISCREPANCIES, row.Index, field, getattr(row, field), told)
        for name in sorted(every & set(load(LEDGER)["statement_id"])):
            if all(any_of & (every - {name}) or name not in any_of for _, any_of in needs):
                field = next(f for f in FIELDS if name in words(getattr(row, f)))
                told = f"statements that it needs; it does not need {name}"
                yield problem(DISCREPANCIES, row.Index, field, getattr(row, field), told)


def _of_its_document(row: Any) -> Iterator[str]:
    """A side cites a statement of its document; a test of two numbers has them on both sides."""
    for side in "ab":
        field = f"statement_{side}"
        name, document = getattr(row, field), getattr(row, f"document_{side}")
        if pd.notna(name) and stated(str(name)).document_id != document:
            told = f"a statement of {document}, the document of the side"
            yield problem(DISCREPANCIES, row.Index, field, name, told)
    tested = pd.notna(row.test) and pd.isna(row.relation)
    for field, others in (("statement_a", ()), ("statement_b", (row.record_b,))):
        if tested and pd.isna(getattr(row, field)) and not pd.notna([*others]).any():
            told = f"the statement that the test “{row.test}” compares"
            yield problem(DISCREPANCIES, row.Index, field, None, told)


def _place_for(row: Any, name: str) -> str:
    """The field in which a statement that is not cited would be: its side, or the further ones."""
    side = "a" if stated(name).document_id == row.document_a else "b"
    field = f"statement_{side}"
    return field if pd.isna(getattr(row, field)) else FIELDS[-1]


def _needs(row: Any, cited: list[str]) -> Iterator[tuple[str, set[str]]]:
    """What a discrepancy has to cite: why, and the statements of which one will do."""
    table = load(LEDGER)
    ids = set(table["statement_id"])
    if pd.notna(row.relation):
        own = load("relations").query("relation_id == @row.relation")
        for operands, checked in zip(own["operands"], own["statements"], strict=True):
            why = f"which the relation {row.relation} uses"
            for each in sorted(ids & set(relations.operands({"operands": operands}))):
                yield why, {each}
            if pd.notna(checked):
                yield why, ids & set(str(checked).replace(";", " ").split())
    elif row.numeric:
        for name in cited:
            yield "which its test compares", {name}
        yield from _elsewhere(row, cited, table)
    ledger = table.groupby(["document_id", "place"])
    for side in "ab":
        document, cell, reading = (
            getattr(row, f"{field}_{side}") for field in ("document", "place", "reading")
        )
        keys = [(document, place) for place in words(cell).split("; ")]
        here = [ledger.get_group(key) for key in keys if key in ledger.groups]
        if not here or row.class_ == "damage in transcription":
            continue
        statements = pd.concat(here)
        figures = statements["figure"].str.lower()
        for figure in figures.unique():
            if re.search(rf"(?<![\w-]){re.escape(figure)}(?!\w)", str(reading).lower()):
                yield (
                    f"whose figure, {figure}, it reads",
                    set(statements.loc[figures == figure, "statement_id"]),
                )


def _elsewhere(row: Any, cited: list[str], table: pd.DataFrame) -> Iterator[tuple[str, set[str]]]:
    """Other documents that state the quantity of both sides, where these are of two documents."""
    sides = [stated(name) for name in cited]
    if row.document_a == row.document_b:
        return
    same = table[table["quantity_id"].isin({side.quantity_id for side in sides})]
    for document, own in same.groupby("document_id"):
        times = [_shared(own_date, side.reference_date) for own_date in own["reference_date"]
                 for side in sides]  # fmt: skip
        if document not in {side.document_id for side in sides} and any(times):
            yield f"by which {document} states the same quantity", set(own["statement_id"])


def _shared(one: object, other: object) -> bool:
    """Whether two cells of dates have a day in common."""
    if pd.isna(one) or pd.isna(other) or not one or not other:
        return False
    return period(str(one)).shared(period(str(other))) > 0


CHECKS = (statements_of_discrepancies,)
