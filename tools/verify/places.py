"""Check that what the tables quote stands where they say, letter for letter."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.tables import PACKAGE, describe, load, names
from tools.verify.cutting import WAYS, misnamed
from tools.verify.passages import Passage
from tools.verify.problems import problem

# The fields that hold words of a document, in any table that also names document and place.
QUOTING = ("phrase", "wanted", "as_written", "mechanism_as_written", "running_title")
# The tables whose rows stand in the order of their place, and the words by which it shows.
ORDERED = {
    "list_items": "phrase", "hld_participants": "as_written",
    "conference_survey_replies": "as_written", "compact_elements": "phrase",
}  # fmt: skip
# The fields that name a document and a place in it.
CITING = (("document_id", "place"), ("document_a", "place_a"), ("document_b", "place_b"))
# What a table may compare a document with.
RECORD = "record"


def quotations(package: Path = PACKAGE) -> pd.DataFrame:
    """Every quotation of the package: `table`, `row`, `field`, `document_id`, `place`, `words`.

    `row` counts the rows of the table from nought.
    """
    frames = []
    for name in names(package):
        fields = _fields(name, package)
        if not {"document_id", "place"} <= set(fields):
            continue
        for field in (field for field in QUOTING if field in fields):
            rows = load(name, package).dropna(subset=[field])
            frames.append(
                rows.assign(table=name, row=rows.index, field=field, words=rows[field])[
                    ["table", "row", "field", "document_id", "place", "words"]
                ]
            )
    return pd.concat(frames, ignore_index=True)


def misnamed_places(package: Path = PACKAGE) -> Iterator[str]:
    """One line per place, in any table, that its document cannot have whatever its text."""
    ways = load("documents", package).set_index("document_id")["places"]
    for name in names(package):
        for document, place in CITING:
            if not {document, place} <= set(_fields(name, package)):
                continue
            rows = load(name, package).dropna(subset=[document])
            rows = rows[rows[document] != RECORD]
            for index, cited, where in zip(rows.index, rows[document], rows[place], strict=True):
                if cited not in ways:
                    expected = f"{RECORD}, or a document of the table documents"
                    yield problem(name, index, document, cited, expected)
                elif pd.notna(where) and misnamed(where, ways[cited]):
                    expected = f"{WAYS[ways[cited]].such_as} ({cited} has {ways[cited]})"
                    yield problem(name, index, place, where, expected)


def _fields(name: str, package: Path) -> list[str]:
    return [field["name"] for field in describe(name, package)["schema"]["fields"]]


def misses(rows: pd.DataFrame, passages: Sequence[Passage]) -> Iterator[str]:
    """One line per quotation that is not at its place, with what stands there.

    A place that its document does not have is told by `tools.verify.cited`.

    Args:
        rows: as `quotations` gives them; other columns are ignored.
        passages: of the documents that the rows cite, or more.
    """
    by_place = {(p.document_id, p.place): p.text for p in passages}
    for row in rows.itertuples():
        text = by_place.get((row.document_id, row.place))
        where = f"{row.document_id}, {row.place}"
        if text is None:
            continue
        if row.words not in text:
            told = f"words of {where}; stands there: “{nearest(str(row.words), text)}”"
            yield problem(row.table, row.row, row.field, row.words, told)
        elif row.table == "statements" and text.count(row.words) > 1:
            told = f"words that {where} has once; stands there {text.count(row.words)} times"
            yield problem(row.table, row.row, row.field, row.words, told)
        elif row.table == "damage":
            first = next(
                p.place
                for p in passages
                if p.document_id == row.document_id and row.words in p.text
            )
            if first != row.place:
                told = f"{first}, the first place that shows the damage: “{row.words}”"
                yield problem(row.table, row.row, "place", row.place, told)


def out_of_order(
    items: pd.DataFrame, passages: Sequence[Passage], table: str = "list_items"
) -> Iterator[str]:
    """One line per item of a list that does not stand after the item before it.

    Args:
        items: as the table `list_items` has them, in their order; others have no `list_id`.
        table: from which they are, one of `ORDERED`.
        passages: of the documents that the items cite, or more.
    """
    by_place = {(p.document_id, p.place): p.text for p in passages}
    field = ORDERED[table]
    items = items if "list_id" in items else items.assign(list_id=table)
    for (name, document, place), own in items.groupby(
        ["list_id", "document_id", "place"], sort=False
    ):
        text, end = by_place.get((document, place), ""), 0
        for row in own.itertuples():
            words = str(getattr(row, field))
            at = text.find(words, end)
            if at < 0 and words in text:
                told = f"after the item before it, as {document}, {place}, lists those of {name}"
                yield problem(table, row.Index, field, words, told)
            end = max(end, at)


def nearest(words: str, text: str) -> str:
    """The stretch of a text, as many words long, that is most like what was sought."""
    tokens, length = text.split(), len(words.split())
    windows = [" ".join(tokens[i : i + length]) for i in range(max(1, len(tokens) - length + 1))]
    matcher = difflib.SequenceMatcher(b=words, autojunk=False)

    def likeness(window: str) -> float:
        matcher.set_seq1(window)
        return matcher.ratio()

    return max(windows, key=likeness)


def nearest_place(document_id: str, place: str, by_place: dict[tuple[str, str], str]) -> str:
    """The place of the document whose name is most like the one that was sought."""
    known = [known for document, known in by_place if document == document_id]
    return next(iter(difflib.get_close_matches(place, known, 1, 0)), "none in this document")
