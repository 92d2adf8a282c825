"""Load a table of the data package, typed and validated.

The Frictionless Data Package `data/datapackage.json` with its schemas, a file per table, is the
only description of the tables; this module turns every violation into one line that names file,
row, field, value and what was expected, and reports all problems of a file at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
from frictionless import Package, Resource, errors

from analysis import files
from analysis.files import TableError

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

# What a description of a table must say for it to be found, and as what.
PARTS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "name": (str, "a name"),
    "path": (str, "the path of a CSV file"),
    "schema": ((str, dict), "a schema, or the path of one"),
}

# What was asked for in this process, for the record that the run of a notebook keeps.
ASKED: dict[str, set[str]] = {"loaded": set(), "described": set(), "named": set()}

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
    if package == PACKAGE and name in STAND_INS:
        return STAND_INS[name].copy()
    return _load(name, package.resolve()).copy()


@contextmanager
def standing_in(name: str, table: pd.DataFrame) -> Iterator[None]:
    """Have `load` give another table for this one, as when a damaged copy is tried in memory."""
    STAND_INS[name] = table
    try:
        yield
    finally:
        del STAND_INS[name]


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
    if found := problems(name, package):
        raise TableError("\n".join(found))
    described = _described(name, package)
    return typed(read_text(package.parent / described["path"]), described["schema"]["fields"])


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


def problems(name: str, package: Path = PACKAGE) -> list[str]:
    """What is wrong with one table: its description, else its file, else its values and keys."""
    described = _described(name, package)
    if amiss := misdescribed(name, package):
        return amiss
    found = _in_file(described, package)
    if not all(": field " in line for line in found):
        return found
    # Of a cell that was told of already the schema has nothing to add.
    told = {line.partition(": value ")[0] for line in found}
    further = _violations(described, package)
    return found + [line for line in further if line.partition(": value ")[0] not in told]


def misdescribed(name: str, package: Path = PACKAGE) -> list[str]:
    """What is wrong with the description of one table, its schema included."""
    return [f"{package.name}: {name}: {told}" for told in _shape(_described(name, package))]


def _in_file(described: dict[str, Any], package: Path) -> list[str]:
    path = str(described["path"])
    return files.problems(package.parent / path, path, described["schema"]["fields"])


def _violations(described: dict[str, Any], package: Path) -> list[str]:
    """Every violation that Frictionless finds in one table, foreign keys included."""
    # A table that it refers to has to be whole before references can be followed.
    for key in described["schema"].get("foreignKeys", []):
        other = _described(key["reference"]["resource"] or described["name"], package)
        if found := _in_file(other, package):
            return found
    try:
        resource = _package(package).get_resource(described["name"])
        report = resource.validate()
    except frictionless.FrictionlessException as error:  # of another table's description
        return [f"{package.name}: {' '.join(error.error.note.split())}; expected: a data package"]
    told: dict[tuple[object, ...], str] = {}
    keys = ", ".join(resource.schema.primary_key)
    for fault in (fault for task in report.tasks for fault in task.errors):
        # A value that breaks several rules is told of once.
        field = getattr(fault, "field_name", None) or keys
        told.setdefault((getattr(fault, "row_number", None), field), _line(fault, resource))
    return files.capped(list(told.values()), str(described["path"]))


def _line(error: frictionless.Error, resource: Resource) -> str:
    """One line for what Frictionless found: of a cell, of a key, or of the whole file."""
    place = [str(resource.path)]
    if (row := getattr(error, "row_number", None)) is not None:
        place.append(f"row {row}")
    match error:
        case errors.PrimaryKeyError():
            key = resource.schema.primary_key
            cells = dict(zip(resource.schema.field_names, error.cells, strict=True))
            place += [_named(key, [cells[name] for name in key]), "expected: a key of its own"]
        case errors.ForeignKeyError():
            place.append(_named(error.field_names, error.field_cells))
            place.append(f"expected: a row of the table {error.reference_name or 'itself'}")
        case errors.CellError():
            name = error.field_name
            place += [_named([name], [error.cell]), f"expected: {_expected(resource, name)}"]
    return " ".join(": ".join([*place, error.note]).split())


def _named(fields: Sequence[str], cells: Sequence[str]) -> str:
    """The cells of a row that a problem is about."""
    shown = (f"field {f!r}: value {files.shortened(c)}" for f, c in zip(fields, cells, strict=True))
    return ", ".join(shown)


def _expected(resource: Resource, field: str) -> str:
    if not resource.schema.has_field(field):
        return "a field of the schema"
    descriptor = resource.schema.get_field(field).to_descriptor()
    constraints = descriptor.get("constraints", {})
    rules = "".join(f", {rule} {value}" for rule, value in constraints.items())
    return f"{descriptor['type']}{rules}"


@cache
def _descriptor(package: Path) -> dict[str, Any]:
    described = files.described(package, package.name)
    if found := _parts(described):
        raise TableError("\n".join(f"{package.name}: {told}" for told in found))
    for resource in described["resources"]:
        resource["schema"] = _schema(resource["schema"], package)
    return described


def _parts(described: dict[str, Any]) -> list[str]:
    """What a description of the package lacks for its tables to be found."""
    tables = described.get("resources")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        return ["field 'resources': expected: a list of objects, one a table"]
    found = [
        f"table {number}: field {field!r}: value {table.get(field)!r}: expected: {expected}"
        for number, table in enumerate(tables, start=1)
        for field, (kinds, expected) in PARTS.items()
        if not isinstance(table.get(field), kinds)
    ]
    known = Counter(str(table["name"]) for table in tables) if not found else Counter()
    return found + [f"{name}: stands twice; expected: once" for name in known if known[name] > 1]


def _shape(table: dict[str, Any]) -> list[str]:
    """What Frictionless finds wrong with a description, and types that no column here has."""
    try:
        report = Resource.validate_descriptor({**table, "type": "table"})
    except (TypeError, ValueError, AttributeError) as error:  # of nothing that it foresaw
        return [f"schema: {error}; expected: a Frictionless schema"]
    notes = [" ".join(error.note.split()) for error in report.errors]
    found = [f"{note}; expected: a Frictionless schema" for note in notes[:1]]
    for field in table["schema"]["fields"] if not found else ():
        if field.get("type") not in DTYPES:
            told = f"field {field['name']!r}: type {field.get('type')!r}"
            found.append(f"{told}: expected: one of {', '.join(DTYPES)}")
    return found


def _schema(given: str | dict[str, Any], package: Path) -> dict[str, Any]:
    """A schema that stands in the descriptor, or in the file that it names."""
    return given if isinstance(given, dict) else files.described(package.parent / given, given)


@cache
def _package(package: Path) -> Package:
    # Given as a path, brackets in the name of a folder would be read as a pattern.
    return Package.from_descriptor(_descriptor(package), basepath=str(package.parent))
