"""The tables of the data package as plain Python values, for files that others open.

`analysis.tables.load` validates a table against its whole schema, which is what an analysis needs
and what the tests do; here each cell only gets its type, so that a build stays quick.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from analysis.tables import PACKAGE, TableError, describe, names

Cell = str | int | float | bool | dt.date | None
CONVERSIONS: dict[str, Callable[[str], Cell]] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
}


def records(name: str, package: Path = PACKAGE) -> list[list[Cell]]:
    """The rows of one table, in the order of its file; an empty cell is `None`.

    Raises:
        TableError: a cell is not of its field's type.
    """
    table = describe(name, package)
    fields = table["schema"]["fields"]
    with (package.parent / table["path"]).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [
            [
                cell(text, field, f"{table['path']}: row {number}")
                for text, field in zip(line, fields, strict=True)
            ]
            for number, line in enumerate(lines, start=2)
        ]


def dictionary(package: Path = PACKAGE) -> dict[str, list[list[str | None]]]:
    """The dictionary as tables, heads first: a row per table, and a row per field of each."""
    tables: list[list[str | None]] = [
        ["table", "title", "description", "completeness", "missing"],
    ]
    fields: list[list[str | None]] = [["table", "field", "title", "type", "unit", "description"]]
    for name in names(package):
        table = describe(name, package)
        tables.append([name, *(table.get(key) for key in (tables[0][1:]) if key)])
        fields += [
            [name, field["name"], *(field.get(key) for key in fields[0][2:] if key)]
            for field in table["schema"]["fields"]
        ]
    return {"dictionary_tables": tables, "dictionary_fields": fields}


def cell(text: str, field: Mapping[str, Any], where: str) -> Cell:
    """A cell as a value of its field's type; an empty one is `None`.

    Raises:
        TableError: it is not of that type; `where` names file and row.
    """
    if text == "":
        return None
    try:
        return CONVERSIONS.get(field["type"], str)(text)
    except (KeyError, ValueError) as error:
        told = f"{where}: field {field['name']!r}: value {text!r}: expected: {field['type']}"
        raise TableError(told) from error
