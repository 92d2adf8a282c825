"""The register of findings: everything that the chapters found, collected from their code."""

from __future__ import annotations

import json
from functools import cache

import pandas as pd

from analysis.audit import verdicts
from analysis.conventions import findings as conventions
from analysis.findings import Finding
from analysis.mechanisms import lists
from analysis.stock import estimates
from analysis.survey import replies
from analysis.timeline import events

CHAPTERS = {
    "stock": estimates,
    "survey": replies,
    "conventions": conventions,
    "mechanisms": lists,
    "audit": verdicts,
    "timeline": events,
}


@cache
def findings() -> tuple[Finding, ...]:
    """All findings in reading order.

    Raises:
        ValueError: an id is used twice, or a finding names a chapter that is not its own.
    """
    found: list[Finding] = []
    for chapter, module in CHAPTERS.items():
        own = module.findings()
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


def as_json() -> str:
    """The register for machines: a list of records, intervals as `low` and `high`."""
    records = [finding.as_record() for finding in findings()]
    return json.dumps(records, indent=2, ensure_ascii=False) + "\n"
