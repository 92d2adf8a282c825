"""Check that what the tables quote stands where they say, letter for letter."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.tables import describe, load, names
from tools.verify.transcription import Passage

# The fields that hold words of a document, in any table that also names document and place.
QUOTING = ("phrase", "as_written", "mechanism_as_written")


def quotations() -> pd.DataFrame:
    """Every quotation of the package: `table`, `row_id`, `document_id`, `place`, `words`."""
    frames = []
    for name in names():
        schema = describe(name)["schema"]
        fields = [field["name"] for field in schema["fields"]]
        quoting = [field for field in QUOTING if field in fields]
        if not {"document_id", "place"} <= set(fields) or not quoting:
            continue
        rows = load(name).dropna(subset=quoting[:1])
        keys = rows[schema["primaryKey"]].astype(str).agg(" ".join, axis=1)
        frames.append(
            rows.assign(table=name, row_id=keys, words=rows[quoting[0]])[
                ["table", "row_id", "document_id", "place", "words"]
            ]
        )
    return pd.concat(frames, ignore_index=True)


def misses(rows: pd.DataFrame, passages: Sequence[Passage]) -> Iterator[str]:
    """One line per quotation that is not at its place: id, place, what was sought, what is there.

    Args:
        rows: as `quotations` gives them; other columns are ignored.
        passages: of the documents that the rows cite, or more.
    """
    by_place = {(p.document_id, p.place): p.text for p in passages}
    for row in rows.itertuples():
        text = by_place.get((row.document_id, row.place))
        where = f"{row.row_id}: {row.document_id}, {row.place}"
        if text is None:
            near = nearest_place(str(row.document_id), str(row.place), by_place)
            yield f"{where}: sought: “{row.words}”; there is no such place; nearest: {near}"
        elif row.words not in text:
            yield f"{where}: sought: “{row.words}”; stands there: “{nearest(str(row.words), text)}”"
        elif row.table == "statements" and text.count(row.words) > 1:
            yield f"{where}: sought once: “{row.words}”; stands there {text.count(row.words)} times"


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
