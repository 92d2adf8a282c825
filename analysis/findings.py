"""A finding: what the book computed, what it rests on, and how well the documents support it.

The grades form a closed scale from what a document fixes alone to what no source could settle.
They grade support, not importance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields

import pandas as pd

from analysis.precision import Interval, as_interval
from analysis.statements import stated
from analysis.tables import load, names

GRADES = {
    "reproduced": "follows from exact figures of the documents alone; anyone can recompute it",
    "bounded": "follows from rounded or hedged figures; the interval is what they allow",
    "recorded": "needs facts of the public record beside the documents",
    "conditional": "holds only under an assumption that the sources cannot test; it is named",
    "not in our sources": "a source could settle it, but was not looked up or not to be had",
    "not identified": "no source could settle it; the bounds given are all that can be said",
    "contradicted": "a document says otherwise than the other documents or the record",
}
# How sure the record is of a row, the surest first; what is not stated is not known to be sure.
CONFIDENCE = ("high", "medium", "low", "not stated")

# Whether what was said holds, in words for the front page.
VERDICTS = {
    "it holds": "within what its rounding and its wording leave open",
    "revised since": "the estimate of its day, which later editions changed",
    "in part": "true of something narrower than was said",
    "not as said": "what the words name, the figure does not count",
    "silence decides": "what was not said could turn it; the bounds are what can be said",
}


# Words at most, so that a headline can be read at a glance and a sentence quoted whole.
LENGTHS = {"title": 12, "sentence": 30}


@dataclass(frozen=True)
class Claim:
    """What was said, whether it holds, and what to say instead: a row of the front page.

    Attributes:
        said: what documents say, at most 12 words, stated figures linked (CommonMark).
        verdict: one of `VERDICTS`.
        instead: a sentence to quote, at most 25 words.
    """

    said: str
    verdict: str
    instead: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"{self.said}: verdict {self.verdict!r} is not one of {[*VERDICTS]}")


@dataclass(frozen=True)
class Finding:
    """One result of the book.

    Attributes:
        finding_id: unique, kebab-case.
        chapter: the page that shows it, such as `stock`.
        title: what was found out, in a headline of at most 12 words.
        sentence: the same to quote, with its number or interval, in at most 30 words.
        value: the number or interval; `None` where nothing is identified.
        unit: of the value.
        date: the ISO date or year that it is about.
        statements: ids of the stated figures it rests on.
        records: names of the record tables it needs; empty if the documents suffice.
        method: how, in a few words.
        by: the functions of `analysis` that compute it; none where it is read, not computed.
        grade: one of `GRADES`.
        rows: of these tables, the rows that it uses; of a table without an entry, all.
        front: what the front page makes of it; `None` for most.
        detail: what else belongs to the full statement; plain sentences, empty for most.
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
    by: tuple[Callable[..., object], ...]
    grade: str
    records: tuple[str, ...] = field(default=())
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    front: Claim | None = None
    detail: str = ""

    def __post_init__(self) -> None:
        if self.grade not in GRADES:
            raise ValueError(
                f"{self.finding_id}: grade {self.grade!r} is not one of {list(GRADES)}"
            )
        for part, most in LENGTHS.items():
            if not 0 < (length := len(getattr(self, part).split())) <= most:
                raise ValueError(f"{self.finding_id}: a {part} of {length} words, not 1 to {most}")
        for statement_id in self.statements:
            stated(statement_id)
        unknown = {record for record in self.records if record not in names()}
        unknown |= self.rows.keys() - set(self.records)
        if unknown:
            raise ValueError(f"{self.finding_id}: no such tables: {', '.join(sorted(unknown))}")

    @property
    def full(self) -> str:
        """The sentence and what else belongs to it."""
        return f"{self.sentence} {self.detail}".strip()

    @property
    def computed_by(self) -> tuple[str, ...]:
        """The functions that compute it, by their dotted names below `analysis`."""
        names = (f"{each.__module__}.{each.__qualname__}" for each in self.by)
        return tuple(name.removeprefix("analysis.") for name in names)

    @property
    def how(self) -> str:
        """Method and functions for readers: "exponential growth (stock.estimates.growth_rate)"."""
        return f"{self.method} ({', '.join(self.computed_by)})" if self.by else self.method

    @property
    def confidence(self) -> str:
        """The least confidence of the record's rows that it uses: "medium (world_population)".

        "high" where all are; a table is named if it is not; empty if no table of the record,
        which alone grade their rows, is used.
        """
        least = {}
        for name in self.records:
            rows = self.rows[name] if name in self.rows else load(name)
            if "confidence" in rows:
                least[name] = max(rows["confidence"], key=CONFIDENCE.index)
        levels = {level: [n for n, own in least.items() if own == level] for level in CONFIDENCE}
        lacking = [f"{k} ({', '.join(v)})" for k, v in levels.items() if v and k != "high"]
        return "; ".join(lacking) or ("high" if least else "")

    def as_record(self) -> dict[str, object]:
        """A flat, JSON-ready form; an interval as its two ends, an open end as null."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        record = {**kept, "computed_by": self.computed_by, "confidence": self.confidence}
        record["front"] = asdict(self.front) if self.front else None
        for internal in ("value", "by", "rows"):
            del record[internal]
        ends = (None, None) if self.value is None else as_interval(self.value).finite_ends
        low, high = (None if end is None else float(f"{end:.12g}") for end in ends)
        return {**record, "low": low, "high": high, "outside": bool(self.records)}
