"""What is wrong with a table: each violation of its schema on one line.

A line names file, row, field, value and what was expected; all problems of a file are told at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
from frictionless import Package, Resource, errors

from analysis import files
from analysis.described import DTYPES, PACKAGE, described, descriptor


def problems(name: str, package: Path = PACKAGE) -> list[str]:
    """What is wrong with one table: its description, else its file, else its values and keys."""
    table = described(name, package)
    if amiss := misdescribed(name, package):
        return amiss
    found = _in_file(table, package)
    if not all(": field " in line for line in found):
        return found
    # Of a cell that was told of already the schema has nothing to add.
    told = {line.partition(": value ")[0] for line in found}
    further = _violations(table, package)
    return found + [line for line in further if line.partition(": value ")[0] not in told]


def misdescribed(name: str, package: Path = PACKAGE) -> list[str]:
    """What is wrong with the description of one table, its schema included."""
    return [f"{package.name}: {name}: {told}" for told in _shape(described(name, package))]


def _in_file(table: dict[str, Any], package: Path) -> list[str]:
    path = str(table["path"])
    return files.problems(package.parent / path, path, table["schema"]["fields"])


def _violations(table: dict[str, Any], package: Path) -> list[str]:
    """Every violation that Frictionless finds in one table, foreign keys included."""
    # A table that it refers to has to be whole before references can be followed.
    for key in table["schema"].get("foreignKeys", []):
        other = described(key["reference"]["resource"] or table["name"], package)
        if found := _in_file(other, package):
            return found
    try:
        resource = _package(package).get_resource(table["name"])
        report = resource.validate()
    except frictionless.FrictionlessException as error:  # of another table's description
        return [f"{package.name}: {' '.join(error.error.note.split())}; expected: a data package"]
    told: dict[tuple[object, ...], str] = {}
    keys = ", ".join(resource.schema.primary_key)
    for fault in (fault for task in report.tasks for fault in task.errors):
        # A value that breaks several rules is told of once.
        field = getattr(fault, "field_name", None) or keys
        told.setdefault((getattr(fault, "row_number", None), field), _line(fault, resource))
    return files.capped(list(told.values()), str(table["path"]))


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
    # Of some errors frictionless has no note; its message names the place again.
    return " ".join(": ".join([*place, error.note or error.message]).split())


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


@cache
def _package(package: Path) -> Package:
    # Given as a path, brackets in the name of a folder would be read as a pattern.
    return Package.from_descriptor(descriptor(package), basepath=str(package.parent))
