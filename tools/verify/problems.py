"""How a problem with a row of a table is told: on one line, with what was expected."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.tables import describe


class ReadingError(ValueError):
    """The tables and the transcriptions do not go together; the message lists every problem."""


def problem(table: str, index: int, field: str, value: object, expected: str) -> str:
    """The line for one cell.

    Args:
        table: name of the table in the package.
        index: of the row in the loaded table, from nought; the file's header is its row 1.
        field: name of the field.
        value: what stands there, or a missing value.
        expected: what should, in words.
    """
    path, shown = describe(table)["path"], "" if pd.isna(value) else value
    shown = getattr(shown, "item", lambda: shown)()  # A number as such, not as numpy's.
    return f"{path}: row {index + 2}: field {field!r}: value {shown!r}: expected: {expected}"


def refuse(problems: Iterable[str]) -> None:
    """Raise `ReadingError` if there are any."""
    if lines := list(problems):
        raise ReadingError("\n".join(lines))
