"""A stated figure: where a document says it, in which words, and how precisely.

Every figure that the book quotes is one row of `data/stated/statements.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analysis.precision import Interval, implied
from analysis.tables import load


@dataclass(frozen=True)
class Statement:
    """One row of the ledger; the fields are those of the table `statements`."""

    statement_id: str
    document_id: str
    place: str
    phrase: str
    figure: str
    quantity_id: str
    quantity: str
    value: float | None
    value_upper: float | None
    qualifier: str
    unit: str
    reference_date: str
    denominator: str
    topic: str
    note: str

    @property
    def interval(self) -> Interval:
        """The values that the figure allows, in its own unit (per cents as per cents)."""
        return implied(self.figure, self.qualifier)

    @property
    def share(self) -> Interval:
        """The same for a share, as a fraction of 1."""
        return self.interval / 100 if self.unit == "per cent" else self.interval

    @property
    def count(self) -> int:
        """The value of an exact count; an error for anything hedged or rounded."""
        if self.qualifier != "exact" or self.value is None:
            raise ValueError(f"{self.statement_id} is not an exact count ({self.qualifier})")
        return int(self.value)

    @property
    def with_unit(self) -> str:
        """The figure as written; a bare number in a series gets the unit that its phrase gives."""
        bare = self.unit == "per cent" and not re.search("per cent|%", self.figure)
        return f"{self.figure} per cent" if bare else self.figure

    @property
    def linked(self) -> str:
        """The same as prose links it to the ledger, in Markdown."""
        return f"[{self.with_unit}](ledger.md#{self.statement_id})"

    @property
    def cite(self) -> str:
        """Document and place, as a source line writes them: "A/58/98, para. 1"."""
        return f"{self.document_id}, {self.place}"


@cache
def _ledger() -> dict[str, Statement]:
    rows = load("statements")
    records: list[dict[str, Any]] = rows.astype(object).where(rows.notna(), None).to_dict("records")
    for record in records:
        # An absent remark is no text; an absent value stays absent, for it says "unknown".
        record.update({key: record[key] or "" for key in ("reference_date", "denominator", "note")})
    return {record["statement_id"]: Statement(**record) for record in records}


def stated(statement_id: str) -> Statement:
    """The statement with this id.

    Raises:
        KeyError: no such row, with the nearest ids.
    """
    ledger = _ledger()
    if statement_id not in ledger:
        stem = statement_id.split("-")[0]
        near = ", ".join(sorted(known for known in ledger if known.startswith(stem))[:8])
        raise KeyError(
            f"no statement {statement_id!r} in data/stated/statements.csv; near it: {near or '-'}"
        )
    return ledger[statement_id]


def ledger() -> pd.DataFrame:
    """The whole ledger with its intervals: columns `implied_lo` and `implied_hi` added."""
    rows = load("statements")
    sets = [stated(statement_id).interval for statement_id in rows["statement_id"]]
    return rows.assign(implied_lo=[s.lo for s in sets], implied_hi=[s.hi for s in sets])
