"""Load a table of the data package, typed and validated.

A table is checked before it is given out: each violation of its schema becomes one line that names
file, row, field, value and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import checked
from analysis.described import ASKED, DTYPES, PACKAGE, describe, described, names
from analysis.files import TableError

__all__ = ["ASKED", "PACKAGE", "TableError", "describe", "load", "names"]

# What `load` gives in place of a table of the package, while `standing_in` lasts.
STAND_INS: dict[str, pd.DataFrame] = {}


def load(name: str, package: Path = PACKAGE) -> pd.DataFrame:
    """One table of the package, with the types of its schema.

    Args:
        name: the resource's name in the package, such as `statements`.
        package: the descriptor; tests point it at damaged copies.

    Returns:
        One row per record, one column per field: integers as nullable `Int64`, numbers as
        `float64`, dates as `datetime64`, the rest as `string`; an empty cell is missing.

    Raises:
        TableError: the table is unknown, unreadable or breaks its schema (types, constraints,
            primary key, foreign keys); each problem on a line of its own.
    """
    ASKED["loaded"].add(name)
    # Shallow: pandas copies what is written to, when it is, so that no reader's change reaches
    # another.
    if package == PACKAGE and name in STAND_INS:
        return STAND_INS[name].copy(deep=False)
    return _load(name, package.resolve()).copy(deep=False)


@contextmanager
def standing_in(name: str, table: pd.DataFrame) -> Iterator[None]:
    """Have `load` give another table for this one, as when a damaged copy is tried in memory."""
    STAND_INS[name] = table
    try:
        yield
    finally:
        del STAND_INS[name]


@cache
def _load(name: str, package: Path) -> pd.DataFrame:
    if not checked.whole(name, package):
        # Here and not above: what checks takes longer to come than pandas.
        from analysis.violations import problems

        if found := problems(name, package):
            raise TableError("\n".join(found))
    table = described(name, package)
    return typed(read_text(package.parent / table["path"]), table["schema"]["fields"])


def read_text(path: Path) -> pd.DataFrame:
    """The cells of a table as text; an empty cell is missing."""
    return pd.read_csv(
        path, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8"
    )


def typed(raw: pd.DataFrame, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of text with the types of its fields."""
    return raw.astype({field["name"]: "string" for field in fields}).apply(
        lambda column: _typed(column, _field(fields, str(column.name)))
    )


def _field(fields: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(field for field in fields if field["name"] == name)


def _typed(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    if field["type"] == "boolean":
        return column.map({"true": True, "false": False}).astype("boolean")
    if field["type"] == "date":
        return pd.to_datetime(column, format="%Y-%m-%d").astype("datetime64[s]")
    if field["type"] == "integer":
        return pd.to_numeric(column).astype("Int64")
    return column.astype(DTYPES.get(field["type"], "string"))
