"""Load a table of the data package, typed and validated.

The Frictionless Data Package `data/datapackage.json` with its schemas, a file per table, is the
only description of the tables; this module turns every violation into one line that names file,
row, field, value and what was expected, and reports all problems of a file at once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
from frictionless import Package, Resource

# Installed, the package carries the data; in a checkout they are beside it.
_HERE = Path(str(resources.files("analysis"))).resolve()
_CARRIED = _HERE / "data"
PACKAGE = (_CARRIED if _CARRIED.is_dir() else _HERE.parent / "data") / "datapackage.json"

DTYPES = {
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "string": "string",
    "date": "datetime64[s]",
    "year": "Int64",
}

# What was asked for in this process, for the record that the run of a notebook keeps.
ASKED: dict[str, set[str]] = {"loaded": set(), "described": set(), "named": set()}


class TableError(ValueError):
    """A table does not say what its schema expects; the message lists every problem."""


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
    return _load(name, package.resolve()).copy()


class Names(Collection[str]):
    """The names of tables in their order; notes which are asked for, `*` standing for all."""

    def __init__(self, known: list[str]) -> None:
        self._known = known

    def __contains__(self, name: object) -> bool:
        ASKED["named"].add(str(name))
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        ASKED["named"].add("*")
        return iter(self._known)

    def __len__(self) -> int:
        ASKED["named"].add("*")
        return len(self._known)


def names(package: Path = PACKAGE) -> Names:
    """The names of all tables of the package, in its order."""
    return Names([str(resource["name"]) for resource in _descriptor(package)["resources"]])


def describe(name: str, package: Path = PACKAGE) -> dict[str, Any]:
    """The descriptor of one table: title, description, schema, sources, licence."""
    ASKED["described"].add(name)
    return _described(name, package)


def _described(name: str, package: Path) -> dict[str, Any]:
    for resource in _descriptor(package)["resources"]:
        if resource["name"] == name:
            return dict(resource)
    known = ", ".join(names(package))
    raise TableError(f"{package.name}: no table named {name!r}; expected one of: {known}")


@cache
def _load(name: str, package: Path) -> pd.DataFrame:
    descriptor = _described(name, package)
    path = package.parent / descriptor["path"]
    if not path.is_file():
        raise TableError(f"{descriptor['path']}: the file is missing; {package.name} lists it")
    problems = _structural(descriptor, path) or _problems(name, package)
    if problems:
        raise TableError("\n".join(problems))
    fields = descriptor["schema"]["fields"]
    raw = pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8")
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


def _structural(descriptor: dict[str, Any], path: Path) -> list[str]:
    """Problems that hide all others: encoding, and the header against the schema."""
    where = descriptor["path"]
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        byte = path.read_bytes()[error.start]
        return [f"{where}: row {row}: byte 0x{byte:02x} is not UTF-8; expected encoding: utf-8"]
    expected = [field["name"] for field in descriptor["schema"]["fields"]]
    header = text.split("\n", 1)[0].strip().lstrip("\ufeff").split(",") if text else []
    missing = [f"{where}: row 1: column {c!r} is missing" for c in expected if c not in header]
    extra = [
        f"{where}: row 1: column {c!r} is not in the schema" for c in header if c not in expected
    ]
    if missing or extra:
        return [f"{line}; expected: {', '.join(expected)}" for line in missing + extra]
    if header != expected:
        return [f"{where}: row 1: columns out of order; expected: {', '.join(expected)}"]
    return []


def _problems(name: str, package: Path) -> list[str]:
    """Every violation that Frictionless finds in one table, foreign keys included."""
    resource = _package(package).get_resource(name)
    report = resource.validate()
    return [_line(error, resource) for task in report.tasks for error in task.errors]


def _line(error: frictionless.Error, resource: Resource) -> str:
    where = str(resource.path)
    row = getattr(error, "row_number", None)
    field = getattr(error, "field_name", None)
    cell = getattr(error, "cell", None)
    parts = [where]
    if row is not None:
        parts.append(f"row {row}")
    if field:
        parts.append(f"field {field!r}")
        parts.append(f"value {cell!r}")
    parts.append(f"expected: {_expected(resource, field)}" if field else error.note)
    if field and error.note not in parts[-1]:
        parts.append(error.note)
    return ": ".join(parts)


def _expected(resource: Resource, field: str) -> str:
    if not resource.schema.has_field(field):
        return "a field of the schema"
    descriptor = resource.schema.get_field(field).to_descriptor()
    constraints = descriptor.get("constraints", {})
    rules = "".join(f", {rule} {value}" for rule, value in constraints.items())
    return f"{descriptor['type']}{rules}"


@cache
def _descriptor(package: Path) -> dict[str, Any]:
    if not package.is_file():
        raise TableError(f"{package.name}: the file is missing; it describes every table")
    described: dict[str, Any] = json.loads(package.read_text(encoding="utf-8"))
    for resource in described["resources"]:
        resource["schema"] = _schema(resource["schema"], package)
    return described


def _schema(given: str | dict[str, Any], package: Path) -> dict[str, Any]:
    """A schema that stands in the descriptor, or in the file that it names."""
    if isinstance(given, dict):
        return given
    path = package.parent / given
    if not path.is_file():
        raise TableError(f"{given}: the file is missing; {package.name} names it as a schema")
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def _package(package: Path) -> Package:
    # Given as a path, brackets in the name of a folder would be read as a pattern.
    return Package.from_descriptor(_descriptor(package), basepath=str(package.parent))
