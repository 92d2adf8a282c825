"""What the columns of the exhibits' data are: their schema, with unit and meaning of each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.cells import HIGH, LOW
from tools.inputs import ROOT

COLUMNS = ROOT / "book" / "columns.csv"
HEAD = ["column", "exhibit", "unit", "meaning"]
# The unit at the end of a column's head, by which readers know it.
UNIT = re.compile(r", (per cent|%[^,]*?|millions|thousands|points|days|years)( \((low|high)\))?$")
NUMBERS = ("integer", "number")
ENDS = {LOW: "Lower", HIGH: "Upper"}


class Column(NamedTuple):
    """Unit, empty if its head ends with it or it has none, and meaning of a column."""

    unit: str
    meaning: str


UNKNOWN = Column("", "")


@cache
def columns(path: Path = COLUMNS) -> dict[tuple[str, str], Column]:
    """Columns by their head and the exhibit that they are in; no exhibit stands for any other.

    Raises:
        ValueError: a row is not of four cells, lacks a meaning, or repeats another.
    """
    found: dict[tuple[str, str], Column] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            where = f"{path.name}: row {number}: {row}: expected:"
            if number == 1:
                if row != HEAD:
                    raise ValueError(f"{where} {HEAD}")
                continue
            if len(row) != len(HEAD) or not row[0] or not row[-1]:
                raise ValueError(f"{where} a column, perhaps an exhibit and a unit, and a meaning")
            if (key := (row[0], row[1])) in found:
                raise ValueError(f"{where} a column that no row above has")
            found[key] = Column(*row[2:])
    return found


def described(exhibit_id: str, fields: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """The fields of an exhibit's data as the schema of a Frictionless Data Package has them.

    A column that `book/columns.csv` does not know has no description.
    """
    known = columns()
    for field in fields:
        name, kind = field["name"], field["type"]
        head = field.get("interval", name)
        unit, told = known.get((head, exhibit_id), known.get((head, ""), UNKNOWN))
        if "interval" in field:
            end = f"{ENDS[name.rpartition(' ')[2]]} end; empty where there is none."
            told = f"{told} {end}".lstrip()
        if written := UNIT.search(name):
            unit = written.group(1)
        whole = {
            "name": name,
            "type": kind,
            "description": told,
            "unit": unit if kind in NUMBERS else "",
        }
        yield {key: value for key, value in whole.items() if value}
