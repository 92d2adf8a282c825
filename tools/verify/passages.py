"""Cut the documents into places, the way the ledger names them.

Every stretch of a document belongs to exactly one place, so that "nothing left out" can be checked;
a stretch that the ledger has no name for (front matter, a heading, the date under a resolution)
gets a name of its own in angle brackets, which no statement can cite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.tables import PACKAGE, load
from tools.verify.cutting import TITLES, misnamed, plain, stretches
from tools.verify.problems import problem, refuse
from tools.verify.transcription import texts


@dataclass(frozen=True)
class Passage:
    """One place of one document: its text without markdown, and the note marks taken out of it."""

    document_id: str
    place: str
    text: str
    marks: int = 0


def read(folder: Path, package: Path = PACKAGE) -> list[Passage]:
    """All passages of all documents, in reading order.

    Args:
        folder: where the transcriptions are.
        package: the descriptor of the data package, which says how to cut them.

    Raises:
        ReadingError: a transcription, a document in it, a title or any place at all is not found.
    """
    documents, titles = load("documents", package), load("titles", package)
    text = texts(folder, documents)
    found: list[Passage] = []
    problems: list[str] = []
    by_document = titles.groupby("document_id").indices
    for row in documents.itertuples():
        own = titles.iloc[by_document.get(row.document_id, [])]
        passages = list(cut(row.document_id, text[row.document_id], row.places, own))
        problems += _unfound(row, own, {passage.place for passage in passages})
        found += passages
    refuse(problems)
    return found


def cut(document_id: str, text: str, way: str, titles: pd.DataFrame) -> Iterator[Passage]:
    """The passages of one document, each place once.

    Args:
        document_id: of the document.
        text: its own, from its transcription.
        way: how its places are found, one of `WAYS`.
        titles: its rows of the table `titles`, if that is the way.
    """
    gathered: dict[str, list[str]] = {}
    pairs = list(zip(titles["place"], titles["begins"], strict=True))
    for place, stretch in stretches(text, way, pairs):
        gathered.setdefault(place, []).append(stretch)
    for place, parts in gathered.items():
        joined = "\n".join(parts)
        yield Passage(document_id, place, plain(joined), len(re.findall(r"<sup>", joined)))


def _unfound(row: Any, titles: pd.DataFrame, places: set[str]) -> Iterator[str]:
    """The problem of a document of whose places one title, or all, were not met."""
    missed = titles[~titles["place"].isin(places)]
    if row.places == TITLES and len(missed):
        expected = f"the first words of a line of {row.transcription} after the title before"
        yield problem("titles", missed.index[0], "begins", missed["begins"].iloc[0], expected)
    elif all(misnamed(place, row.places) for place in places):
        expected = f"a way that finds places in {row.transcription}; this one finds none"
        yield problem("documents", row.Index, "places", row.places, expected)
