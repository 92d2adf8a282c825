"""The data package as one SQLite database: typed columns, primary and foreign keys, dictionary."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.tables import PACKAGE, describe, names
from tools.records import Cell, dictionary, records

# SQLite keeps dates and partial dates as text and truth as 0 and 1.
TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def database(package: Path = PACKAGE) -> bytes:
    """The file's bytes; the same data and the same SQLite give the same bytes.

    Every table of the package keeps its name, its fields and its order of rows; the tables
    `dictionary_tables` and `dictionary_fields` explain them.

    Raises:
        sqlite3.IntegrityError: a row breaks a key or a required field.
    """
    connection = sqlite3.connect(":memory:")
    try:
        for name in names(package):
            connection.execute(schema(describe(name, package)))
            _fill(connection, name, records(name, package))
        for name, (heads, *rows) in dictionary(package).items():
            columns = ", ".join(f'"{head}" TEXT' for head in heads)
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            _fill(connection, name, rows)
        # Only now, since a table may refer to one that comes after it.
        if dangling := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"foreign keys lead nowhere: {dangling}")
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def schema(table: dict[str, Any]) -> str:
    """The CREATE TABLE statement for a table's descriptor."""
    key = table["schema"]["primaryKey"]
    lines = [_column(field, key) for field in table["schema"]["fields"]]
    lines.append(f"PRIMARY KEY ({_list(key)})")
    for foreign in table["schema"].get("foreignKeys", []):
        there = foreign["reference"]
        target = there["resource"] or table["name"]
        lines.append(
            f"FOREIGN KEY ({_list(foreign['fields'])}) "
            f'REFERENCES "{target}" ({_list(there["fields"])})'
        )
    return f'CREATE TABLE "{table["name"]}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(field: dict[str, Any], key: list[str]) -> str:
    rules = field.get("constraints", {})
    required = " NOT NULL" if rules.get("required") else ""
    unique = " UNIQUE" if rules.get("unique") and key != [field["name"]] else ""
    return f'"{field["name"]}" {TYPES.get(field["type"], "TEXT")}{required}{unique}'


def _fill(connection: sqlite3.Connection, name: str, rows: Sequence[Sequence[Cell]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        plain = [[_plain(cell) for cell in row] for row in rows]
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', plain)


def _plain(cell: Cell) -> str | int | float | None:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _list(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
