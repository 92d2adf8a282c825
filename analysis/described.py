"""What the data package says of its tables: the only description that there is of them.

The Frictionless Data Package `data/datapackage.json` names a file and a schema for each table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from analysis import files
from analysis.files import TableError

# Installed, the package carries the data; in a checkout they are beside it.
_HERE = Path(str(resources.files("analysis"))).resolve()
_CARRIED = _HERE / "data"
PACKAGE = (_CARRIED if _CARRIED.is_dir() else _HERE.parent / "data") / "datapackage.json"

# The types that fields have, as pandas holds them.
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
    return Names([str(resource["name"]) for resource in descriptor(package)["resources"]])


def describe(name: str, package: Path = PACKAGE) -> dict[str, Any]:
    """The descriptor of one table: title, description, schema, sources, licence."""
    ASKED["described"].add(name)
    return described(name, package)


def described(name: str, package: Path) -> dict[str, Any]:
    """As `describe`, for the project's own use, which no notebook's record notes."""
    for resource in descriptor(package)["resources"]:
        if resource["name"] == name:
            return dict(resource)
    known = ", ".join(names(package))
    raise TableError(f"{package.name}: no table named {name!r}; expected one of: {known}")


@cache
def descriptor(package: Path) -> dict[str, Any]:
    """The whole descriptor, the schemas that stand in files of their own put in.

    Raises:
        TableError: it cannot be read, or lacks what its tables are found by.
    """
    read = files.described(package, package.name)
    if found := _parts(read):
        raise TableError("\n".join(f"{package.name}: {told}" for told in found))
    for resource in read["resources"]:
        resource["schema"] = _schema(resource["schema"], package)
    return read


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


def _schema(given: str | dict[str, Any], package: Path) -> dict[str, Any]:
    """A schema that stands in the descriptor, or in the file that it names."""
    return given if isinstance(given, dict) else files.described(package.parent / given, given)
