"""A finding: what the book computed, what it rests on, and how well the documents support it.

The grades form a closed scale from what a document fixes alone to what nobody can know from
these sources. They grade support, not importance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from analysis.precision import Interval, as_interval
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

# Whether what was said holds, in words for the front page.
VERDICTS = {
    "it holds": "within what its rounding and its wording leave open",
    "revised since": "the estimate of its day, which later editions changed",
    "in part": "true of something narrower than was said",
    "not as said": "what the words name, the figure does not count",
    "nobody knows": "no source at hand settles it; the bounds are what can be said",
}


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
        title: what was found out, as a noun phrase without figures.
        sentence: one sentence for the front page, with the figures in it.
        value: the number or interval; `None` where nothing is identified.
        unit: of the value.
        date: the ISO date or year that it is about.
        statements: ids of the stated figures it rests on.
        records: names of the record tables it needs; empty if the documents suffice.
        method: how, in a few words.
        by: the functions of `analysis` that compute it; none where it is read, not computed.
        grade: one of `GRADES`.
        front: what the front page makes of it; `None` for most.
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
    front: Claim | None = None

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
    def computed_by(self) -> tuple[str, ...]:
        """The functions that compute it, by their dotted names below `analysis`."""
        names = (f"{each.__module__}.{each.__qualname__}" for each in self.by)
        return tuple(name.removeprefix("analysis.") for name in names)

    @property
    def how(self) -> str:
        """Method and functions for readers: "exponential growth (stock.estimates.growth_rate)"."""
        return f"{self.method} ({', '.join(self.computed_by)})" if self.by else self.method

    def as_record(self) -> dict[str, object]:
        """A flat, JSON-ready form; an interval as its two ends, an open end as null."""
        record = {**asdict(self), "computed_by": self.computed_by}
        del record["value"], record["by"]
        ends = (None, None) if self.value is None else as_interval(self.value).finite_ends
        low, high = (None if end is None else float(f"{end:.12g}") for end in ends)
        return {**record, "low": low, "high": high, "outside": bool(self.records)}
