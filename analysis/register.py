"""The register of findings: everything that the chapters found, collected from their code."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd

from analysis.audit.findings import findings as audit
from analysis.conventions.findings import findings as conventions
from analysis.findings import GRADES, Finding
from analysis.mechanisms.findings import findings as mechanisms
from analysis.statements import stated
from analysis.stock.findings import findings as stock
from analysis.survey.findings import findings as survey
from analysis.timeline.findings import findings as timeline
from analysis.words import with_unit


class Chapter(NamedTuple):
    """A chapter: what the front page calls it, and the function that returns its findings."""

    title: str
    find: Callable[[], list[Finding]]


CHAPTERS = {
    "stock": Chapter("Migrant stock", stock),
    "survey": Chapter("The survey of Governments", survey),
    "conventions": Chapter("Convention ratifications", conventions),
    "mechanisms": Chapter("GRCP 7", mechanisms),
    "audit": Chapter("The audit", audit),
    "timeline": Chapter("The timeline", timeline),
}


@cache
def findings() -> tuple[Finding, ...]:
    """All findings in reading order.

    Raises:
        ValueError: an id is used twice, or a finding names a chapter that is not its own.
    """
    found: list[Finding] = []
    for chapter, (_, find) in CHAPTERS.items():
        own = find()
        strays = [f.finding_id for f in own if f.chapter != chapter]
        if strays:
            raise ValueError(f"{chapter}: findings of another chapter: {', '.join(strays)}")
        found += own
    ids = [finding.finding_id for finding in found]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ValueError(f"finding ids used twice: {', '.join(twice)}")
    return tuple(found)


def front() -> list[Finding]:
    """The findings of the front page."""
    return [finding for finding in findings() if finding.front]


def table() -> pd.DataFrame:
    """One row per finding, columns as in `Finding.as_record`."""
    return pd.DataFrame([finding.as_record() for finding in findings()])


def by_grade() -> pd.DataFrame:
    """The grades, what each means, and how many findings carry it: for readers."""
    counts = table()["grade"].value_counts()
    rows = [(grade, meaning, int(counts.get(grade, 0))) for grade, meaning in GRADES.items()]
    return pd.DataFrame(rows, columns=["Grade", "Meaning", "Findings"])


def readable(chapter: str) -> pd.DataFrame:
    """The findings of one chapter for readers."""
    rows = []
    for found in (finding for finding in findings() if finding.chapter == chapter):
        cites = dict.fromkeys(stated(statement_id).cite for statement_id in found.statements)
        basis = "; ".join([*cites, *(f"record: {name}" for name in found.records)])
        value = "–" if found.value is None else with_unit(found.value, found.unit)
        rows.append((found.sentence, value, found.date, basis, found.how, found.grade))
    heads = ["Finding", "Value", "Date", "Rests on", "Method", "Grade"]
    return pd.DataFrame(rows, columns=heads)


def as_json() -> str:
    """The register for machines: a list of records, intervals as `low` and `high`."""
    records = [finding.as_record() for finding in findings()]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"
