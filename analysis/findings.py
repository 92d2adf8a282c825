"""A finding: what the book computed, what it rests on, and how well the documents support it.

The grades form a closed scale from what a document fixes alone to what nobody can know from
these sources. They grade support, not importance.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field

from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import names

GRADES = {
    "reproduced": "follows from exact figures of the documents alone; anyone can recompute it",
    "bounded": "follows from rounded or hedged figures; the interval is what they allow",
    "recorded": "needs facts of the public record beside the documents",
    "conditional": "holds only under an assumption that the sources cannot test; it is named",
    "not identified": "the sources leave it open; the bounds given are all that can be said",
    "contradicted": "a document says otherwise than the other documents or the record",
}


@dataclass(frozen=True)
class Finding:
    """One result of the book.

    Attributes:
        finding_id: unique, kebab-case.
        chapter: the page that shows it, such as `stock`.
        title: what was found out, as a noun phrase without figures.
        sentence: one sentence for the front page, with the figures in it.
        value: the number or interval; `None` where nothing is identified.
        unit: of the value.
        date: the ISO date or year that it is about.
        statements: ids of the stated figures it rests on.
        records: names of the record tables it needs; empty if the documents suffice.
        method: how, with the function of `analysis` that computes it.
        grade: one of `GRADES`.
        front: whether the front page shows it.
    """

    finding_id: str
    chapter: str
    title: str
    sentence: str
    value: float | Interval | None
    unit: str
    date: str
    statements: tuple[str, ...]
    method: str
    grade: str
    records: tuple[str, ...] = field(default=())
    front: bool = False

    def __post_init__(self) -> None:
        if self.grade not in GRADES:
            raise ValueError(
                f"{self.finding_id}: grade {self.grade!r} is not one of {list(GRADES)}"
            )
        for statement_id in self.statements:
            stated(statement_id)
        unknown = {record for record in self.records if record not in names()}
        if unknown:
            raise ValueError(f"{self.finding_id}: no such tables: {', '.join(sorted(unknown))}")

    @property
    def shown(self) -> str:
        """The value for readers: a number or an interval, with its unit; a dash where none is."""
        if self.value is None:
            return "–"
        if not isinstance(self.value, Interval):
            return f"{_number(self.value)} {self.unit}"
        low, high = _number(self.value.lo), _number(self.value.hi)
        if math.isinf(self.value.hi):
            return f"{low} or more {self.unit}"
        return f"{low} {self.unit}" if low == high else f"{low} to {high} {self.unit}"

    def as_record(self) -> dict[str, object]:
        """A flat, JSON-ready form; an interval as its two ends, an open end as null."""
        record = asdict(self)
        value = record.pop("value")
        lo, hi = (value["lo"], value["hi"]) if isinstance(value, dict) else (value, value)
        ends = [None if x is None or math.isinf(x) else float(f"{x:.12g}") for x in (lo, hi)]
        return {**record, "low": ends[0], "high": ends[1], "outside": bool(self.records)}


def _number(value: float) -> str:
    """Whole numbers in full; millions as such; the rest to three significant digits."""
    if abs(value) >= 1e6:
        text = f"{value / 1e6:,.1f} million"
    elif float(value).is_integer() or abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.3g}"
    return text.replace("-", "−")
