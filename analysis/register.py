"""The register of findings: everything that the chapters found, collected from their code."""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple, Protocol

import pandas as pd

from analysis.agenda import findings as agenda
from analysis.audit import findings as audit
from analysis.borders import findings as borders
from analysis.conventions import findings as conventions
from analysis.coverage import findings as coverage
from analysis.findings import GRADES, Finding
from analysis.mechanisms import findings as mechanisms
from analysis.precision import as_interval
from analysis.preferences import findings as preferences
from analysis.respondents import findings as respondents
from analysis.statements import stated
from analysis.stock import findings as stock
from analysis.survey import findings as survey
from analysis.timeline import findings as timeline
from analysis.vintages import findings as vintages
from analysis.words import capital, quantity, span


class Room(Protocol):
    """The module `findings` of a chapter."""

    def findings(self) -> list[Finding]:
        """What the chapter found."""

    def answer(self) -> str:
        """Its answer in at most 20 words."""


class Chapter(NamedTuple):
    """A chapter: what the front page calls it, what it asks, and where its findings are made."""

    title: str
    question: str
    room: Room


CHAPTERS = {
    "stock": Chapter(
        "Migrant stock", "How many migrants were there, and how precisely is that known?", stock
    ),
    "borders": Chapter(
        "Did people move, or did borders?",
        "How much of the stated growth is people who moved, and how much is new borders?",
        borders,
    ),
    "vintages": Chapter(
        "Revisions by country",
        "How far can a country's figure be trusted, and a change that is read from it?",
        vintages,
    ),
    "survey": Chapter(
        "The survey of Governments",
        "What do the replies say about a conference, and what about the Governments that were "
        "silent?",
        survey,
    ),
    "respondents": Chapter(
        "Who replied?",
        "Had the States that replied more at stake than the silent, and what does that change?",
        respondents,
    ),
    "preferences": Chapter(
        "What Governments asked for, and what they got",
        "What did they want of a conference, how many of them, and what did they get?",
        preferences,
    ),
    "conventions": Chapter(
        "Convention ratifications",
        "Were the stated counts right on their day, and how fast did the instruments spread?",
        conventions,
    ),
    "coverage": Chapter(
        "Coverage",
        "What share of the world’s migrants lives in States that the conventions bind, and which "
        "States join?",
        coverage,
    ),
    "mechanisms": Chapter(
        "Consultation mechanisms",
        "Who answered the survey of 2017, and what do the mechanisms work on?",
        mechanisms,
    ),
    "agenda": Chapter(
        "One agenda, fifteen years",
        "Which themes entered, stayed and were dropped between 2003 and 2017?",
        agenda,
    ),
    "audit": Chapter(
        "The audit",
        "Where do the documents disagree, and which side does the evidence favour?",
        audit,
    ),
    "timeline": Chapter("The timeline", "In what order did it all happen?", timeline),
}


@cache
def findings() -> tuple[Finding, ...]:
    """All findings in reading order.

    Raises:
        ValueError: an id is used twice, or a finding names a chapter that is not its own.
    """
    found: list[Finding] = []
    for chapter, (_, _, room) in CHAPTERS.items():
        own = room.findings()
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
    return [finding for finding in findings() if finding.front is not None]


def claims() -> str:
    """What was said, whether it holds and what to say instead, as a list in CommonMark."""
    rows = []
    for finding in front():
        assert finding.front is not None
        said, verdict, instead = (finding.front.said, finding.front.verdict, finding.front.instead)
        link = f"[{CHAPTERS[finding.chapter].title}]({finding.chapter}.ipynb)"
        rows.append(
            f"1. **They said** {said}\n\n   **Does it hold?** {capital(verdict)}.\n\n"
            f"   **Say** {instead} {link}"
        )
    return "\n\n".join(rows)


def table() -> pd.DataFrame:
    """One row per finding, columns as in `Finding.as_record`."""
    return pd.DataFrame([finding.as_record() for finding in findings()])


def by_grade() -> pd.DataFrame:
    """The grades, what each means, and how many findings carry it: for readers."""
    counts = table()["grade"].value_counts()
    rows = [(grade, meaning, int(counts.get(grade, 0))) for grade, meaning in GRADES.items()]
    return pd.DataFrame(rows, columns=["Grade", "Meaning", "Findings"])


VALUES = {"Value": lambda value: span(as_interval(value), quantity)}


def readable(chapter: str) -> pd.DataFrame:
    """The findings of one chapter for readers; formats: `VALUES`."""
    rows = []
    for found in (finding for finding in findings() if finding.chapter == chapter):
        cites = dict.fromkeys(stated(statement_id).cite for statement_id in found.statements)
        basis = "; ".join([*cites, *(f"record: {name}" for name in found.records)])
        unit = found.unit if found.value is not None else None
        rows.append((found.finding_id, found.title, found.full, found.value, unit, found.date,
                     basis, found.confidence or None, found.how, found.grade))  # fmt: skip
    heads = ["finding_id", "Finding", "In full", "Value", "Unit", "Date", "Rests on",
             "Confidence of the record", "Method", "Grade"]  # fmt: skip
    return pd.DataFrame(rows, columns=heads).astype({"Value": object}).set_index("finding_id")


def as_json() -> str:
    """The register for machines: a list of records, intervals as `low` and `high`."""
    records = [finding.as_record() for finding in findings()]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"
