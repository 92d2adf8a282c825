"""Show that nothing was left out: every number is stated, ruled out or reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.tables import PACKAGE, load
from tools.verify.figures import figure_span
from tools.verify.numbers import Names, Number, Page, numbers
from tools.verify.passages import Passage
from tools.verify.problems import problem

STATED = "stated: a row of the ledger"
REVIEWED = "reviewed one by one"
MARKS = "note mark"
Spans = dict[tuple[str, str], list[tuple[int, int, Hashable]]]


@dataclass(frozen=True)
class Coverage:
    """How every number of the documents is accounted for.

    Attributes:
        counts: numbers per class, `STATED` and `REVIEWED` among them.
        rest: numbers that nothing accounts for.
        unused: a line for each entry of the reviewed list that matches no such number.
    """

    counts: Counter[str]
    rest: list[Number]
    unused: list[str]


def all_numbers(passages: Sequence[Passage], package: Path = PACKAGE) -> list[Number]:
    """Every numeral and number word of the passages, classified by rule.

    The package's tables `numbered_names` and `pages` add to the rules what only a reader can know.
    """
    names, pages = Names(load("numbered_names", package)["name"]), _pages(package)
    return [
        number
        for passage in passages
        for number in numbers(passage, names, pages.get((passage.document_id, passage.place)))
    ]


def _pages(package: Path) -> dict[tuple[str, str], Page]:
    rows = load("pages", package)
    rows["last_note"] = rows["last_note"].fillna(rows["first_note"])
    return {
        (row.document_id, row.place): Page(
            None if pd.isna(row.printed_page) else row.printed_page,
            "" if pd.isna(row.running_title) else row.running_title,
            range(0) if pd.isna(row.first_note) else range(row.first_note, row.last_note + 1),
        )
        for row in rows.itertuples()
    }


def cover(
    passages: Sequence[Passage],
    found: Sequence[Number],
    statements: pd.DataFrame,
    reviewed: pd.DataFrame,
) -> Coverage:
    """Account for every number: by a statement's figure, else by a rule, else by the list.

    Args:
        passages: all passages of the documents.
        found: their numbers, from `all_numbers`.
        statements: the ledger, or a part of it.
        reviewed: the list: `document_id`, `place`, `phrase`, `figure`, `reason`.
    """
    stated, listed = _spans(passages, statements), _spans(passages, reviewed)
    counts: Counter[str] = Counter({MARKS: sum(passage.marks for passage in passages)})
    rest, used = [], set()
    for number in found:
        if _covering(number, stated):
            counts[STATED] += 1
        elif number.kind:
            counts[number.kind] += 1
        elif entries := _covering(number, listed):
            counts[REVIEWED] += 1
            used.update(entries)
        else:
            rest.append(number)
    unused = [_unused(row) for row in reviewed.itertuples() if row.Index not in used]
    return Coverage(counts, rest, unused)


def _spans(passages: Sequence[Passage], rows: pd.DataFrame) -> Spans:
    """Where the figures of the rows stand: (document, place) to (start, end, index of the row)."""
    texts = {(passage.document_id, passage.place): passage.text for passage in passages}
    spans: Spans = {}
    for row in rows.itertuples():
        phrase, place = str(row.phrase), (str(row.document_id), str(row.place))
        inner, at = figure_span(phrase, str(row.figure)), texts.get(place, "").find(phrase)
        if inner and at >= 0:
            spans.setdefault(place, []).append((at + inner[0], at + inner[1], row.Index))
    return spans


def _covering(number: Number, spans: Spans) -> list[Hashable]:
    """The rows whose figure the number is or belongs to."""
    here = spans.get((number.passage.document_id, number.passage.place), [])
    return [index for start, end, index in here if start <= number.start and number.end <= end]


def _unused(row: Any) -> str:
    where = f"{row.document_id}, {row.place}"
    expected = f"a figure of {where}, “{row.phrase}”, that nothing else accounts for"
    return problem("uncovered", row.Index, "figure", row.figure, expected)
