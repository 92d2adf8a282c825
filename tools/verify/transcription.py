"""Find each document in its transcription, a text file that holds one document or several.

The table `documents` names the line with which a document begins there, and the first line after it
that belongs to no document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from tools.verify.problems import problem, refuse


def absent(folder: Path, documents: pd.DataFrame) -> str:
    """Why a folder holds no document at all, in one line; empty if it holds any."""
    names = sorted(set(documents["transcription"]))
    expected = f"expected: a folder that holds {', '.join(names)}"
    try:
        held = {path.name for path in folder.iterdir()}
    except OSError as error:
        return f"SOURCES: {str(folder)!r}: {error.strerror}; {expected}"
    if not held.intersection(names):
        return f"SOURCES: {str(folder)!r}: none of the documents is there; {expected}"
    return ""


def texts(folder: Path, documents: pd.DataFrame) -> dict[str, str]:
    """The text of each document, by its id.

    Args:
        folder: where the transcriptions are.
        documents: the table `documents`.

    Raises:
        ReadingError: a file is missing or is not the one that was read; a line with which a
            document begins or ends is not found, or another document begins with it.
    """
    refuse(_unlike(folder, documents))
    found: dict[str, str] = {}
    problems: list[str] = []
    for name, rows in documents.groupby("transcription", sort=False):
        lines = (folder / str(name)).read_text(encoding="utf-8").split("\n")
        starts = _starts(rows, lines, problems)
        for start, after in pairwise([*sorted(starts), len(lines)]):
            row, part = starts[start], lines[start:after]
            if pd.notna(row.ends):
                ends = [number for number in _lines_with(row.ends, part) if number]
                if not ends:
                    expected = f"the first words of a line of {name} after that of “begins”"
                    problems.append(problem("documents", row.Index, "ends", row.ends, expected))
                part = part[: min(ends, default=None)]
            found[row.document_id] = "\n".join(part)
    refuse(problems)
    return found


def _starts(rows: pd.DataFrame, lines: list[str], problems: list[str]) -> dict[int, Any]:
    """Line number to the document that begins there; what is amiss is added to the problems."""
    starts: dict[int, Any] = {}
    for row in rows.itertuples():
        at = [0] if pd.isna(row.begins) else _lines_with(str(row.begins), lines)
        other = starts.setdefault(at[0], row) if len(at) == 1 else None
        if other is row:
            continue
        expected = f"the first words of one line of {row.transcription}; {len(at)} lines have them"
        if other is not None:
            expected = f"a line of its own; {other.document_id} begins with the same"
        problems.append(problem("documents", row.Index, "begins", row.begins, expected))
    return starts


def _lines_with(words: str, lines: list[str]) -> list[int]:
    """The numbers of the lines that begin with the words."""
    return [number for number, line in enumerate(lines) if line.startswith(words)]


def _unlike(folder: Path, documents: pd.DataFrame) -> Iterator[str]:
    """Problems of the files: one line for each that is missing, was changed or cannot be read."""
    for row in documents.drop_duplicates(["transcription", "sha256"]).itertuples():
        path = folder / str(row.transcription)
        if not path.is_file():
            expected = f"a file in {folder}, with the SHA-256 {row.sha256}"
            yield problem("documents", row.Index, "transcription", path.name, expected)
            continue
        try:
            content = path.read_bytes()
        except OSError as error:
            expected = f"a file that can be read in {folder} ({error.strerror})"
            yield problem("documents", row.Index, "transcription", path.name, expected)
            continue
        if (digest := hashlib.sha256(content).hexdigest()) != row.sha256:
            expected = f"{digest}, that of {path.name} in {folder}; or the file that was read"
            yield problem("documents", row.Index, "sha256", row.sha256, expected)
        try:
            content.decode()
        except UnicodeDecodeError as error:
            expected = f"a text in UTF-8; its byte {error.start + 1} is not"
            yield problem("documents", row.Index, "transcription", path.name, expected)
