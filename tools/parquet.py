"""The tables of the data package as Parquet files: typed columns for data frames and databases."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.tables import PACKAGE, describe, names
from tools.records import records

if TYPE_CHECKING:
    import duckdb

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
SCHEMA = "schema"  # the key of a file's metadata that holds the schema of its table


def parquet(package: Path = PACKAGE) -> dict[str, bytes]:
    """Every table of the package by its path, which differs from that of the CSV in its ending.

    Fields and rows keep their order, a missing value is null whatever the type, and the metadata
    hold the schema. The same data and the same DuckDB give the same bytes.

    Raises:
        TableError: a cell is not of its field's type.
    """
    import duckdb  # not for those who ask for a path

    # One thread, since several write rows in the order in which they end.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"threads": 1}) as database:
        target, made = Path(folder) / "table.parquet", {}
        for name in names(package):
            _write(database, name, package, target)
            made[path(describe(name, package)["path"])] = target.read_bytes()
        return made


def path(table: str) -> str:
    """The path of a table as Parquet, from that of the same as CSV."""
    return Path(table).with_suffix(".parquet").as_posix()


def _write(database: duckdb.DuckDBPyConnection, name: str, package: Path, target: Path) -> None:
    schema = describe(name, package)["schema"]
    columns = [field["name"] for field in schema["fields"]]
    # As objects: made floats, whole numbers with a gap among them would lose their type.
    database.register("rows", pd.DataFrame(records(name, package), columns=columns, dtype=object))
    database.execute(
        f"COPY (SELECT {', '.join(map(_column, schema['fields']))} FROM rows) "
        f"TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd, "
        f"KV_METADATA {{{SCHEMA}: {_quoted(json.dumps(schema, ensure_ascii=False))}}})"
    )


def _column(field: dict[str, Any]) -> str:
    name = '"{}"'.format(field["name"].replace('"', '""'))
    return f"CAST({name} AS {TYPES.get(field['type'], 'VARCHAR')}) AS {name}"


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
