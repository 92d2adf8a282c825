"""The corruptions that are tried: one wrong cell, or one row too few or too many, each by a seed.

A mutant is small enough to be made by a slip of a hand, and never leaves its table as it was.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

ROW_KINDS = ("row lost", "row doubled")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")
YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True)
class Mutant:
    """One corruption of one table.

    Attributes:
        table: its name.
        kind: what was done, such as `digit`.
        role: `key`, `fact`, `quotation` or `prose`, as the schema has the field; or `row`.
        field: of the cell; empty for a whole row.
        rows: the rows that differ from the committed ones, from nought.
        cells: what stands in them now, by field; empty for a whole row.
        beside: the field with whose cell that of `field` changed places; empty for other kinds.
    """

    table: str
    kind: str
    role: str
    field: str
    rows: tuple[int, ...]
    cells: tuple[str | None, ...] = ()
    beside: str = ""

    def apply(self, raw: pd.DataFrame) -> pd.DataFrame:
        """The table as text with this corruption in it."""
        if self.kind == "row lost":
            return raw.drop(index=self.rows[0]).reset_index(drop=True)
        if self.kind == "row doubled":
            at = self.rows[0]
            return pd.concat([raw.iloc[: at + 1], raw.iloc[at:]], ignore_index=True)
        changed = raw.copy()
        if self.beside:
            at = changed.index[self.rows[0]]
            changed.loc[at, [self.field, self.beside]] = raw.loc[
                at, [self.beside, self.field]
            ].to_numpy()
            return changed
        place = changed.columns.get_loc(self.field)
        for row, cell in zip(self.rows, self.cells, strict=True):
            changed.iat[row, place] = pd.NA if cell is None else cell
        return changed


Cells = list[str | None]
Change = Callable[[str, random.Random, list[str]], str | None]


def digit(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """One digit of a number replaced by another."""
    places = [i for i, character in enumerate(cell) if character.isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    other = rng.choice([d for d in "0123456789" if d != cell[at]])
    return cell[:at] + other + cell[at + 1 :]


def thousandfold(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """A number in thousands taken for units, or the reverse."""
    whole, _point, part = cell.partition(".")
    if not whole.isdigit() or not int(whole):
        return None
    return whole + "000" if not part else f"{float(cell) * 1000:g}"


def sign(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """A number below nought that was above it."""
    return f"-{cell}" if re.search("[1-9]", cell) and cell[0].isdigit() else None


def comma(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """A decimal comma for the point."""
    return cell.replace(".", ",") if "." in cell else None


def day(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """A date moved by one day, month or year, whichever is its precision."""
    step = rng.choice((-1, 1))
    try:
        if DAY.fullmatch(cell):
            return (date.fromisoformat(cell) + timedelta(days=step)).isoformat()
        if MONTH.fullmatch(cell):
            moved = int(cell[:4]) * 12 + int(cell[5:]) - 1 + step
            return f"{moved // 12}-{moved % 12 + 1:02d}"
        return str(int(cell) + step) if YEAR.fullmatch(cell) else None
    except ValueError:
        return None


def word(cell: str, rng: random.Random, others: list[str]) -> str | None:
    """One word of a text replaced by another of the same column."""
    words = cell.split(" ")
    known = sorted({w for other in others for w in other.split(" ")} - set(words))
    if not known or not words:
        return None
    words[rng.randrange(len(words))] = rng.choice(known)
    return " ".join(words)


def neighbour(cell: str, rng: random.Random, others: list[str]) -> str | None:
    """A code or key replaced by another valid one."""
    known = [other for other in others if other != cell]
    return rng.choice(known) if known else None


def emptied(cell: str, rng: random.Random, _: list[str]) -> str | None:
    """A cell that lost its content; the sentinel is the empty text."""
    return "" if cell else None


def kinds(field: dict[str, Any], foreign: bool) -> dict[str, Change]:
    """The corruptions that a field of this type and role can suffer."""
    found: dict[str, Change] = {"lost": emptied}
    kind, constraints = field["type"], field.get("constraints", {})
    dated = kind == "date" or "\\d{4}" in constraints.get("pattern", "")
    if kind in ("integer", "number"):
        found |= {"digit": digit, "thousandfold": thousandfold, "sign": sign, "comma": comma}
    elif dated:
        found |= {"date": day}
    if foreign:
        found |= {"key": neighbour}
    elif "enum" in constraints or kind == "boolean":
        found |= {"code": neighbour}
    elif kind == "string" and not dated:
        found |= {"word": word}
    return found


def mutants(
    name: str,
    raw: pd.DataFrame,
    schema: dict[str, Any],
    known: dict[str, list[str]],
    seed: int,
    each: int | None,
) -> Iterator[Mutant]:
    """The corruptions of one table.

    Args:
        name: of the table.
        raw: its cells as text.
        schema: its description, which gives every field a role.
        known: the valid values of its foreign keys, by field.
        seed: of the choice; each field and kind draws from a sequence of its own.
        each: how many of a kind for a field; every cell once if `None`.
    """  # fmt: skip
    for kind in ROW_KINDS:
        rng = random.Random(f"{seed} {name} {kind}")
        for row in _chosen(range(len(raw)), rng, each):
            yield Mutant(name, kind, "row", "", (row,))
    for field in schema["fields"]:
        cells: Cells = [None if pd.isna(c) else str(c) for c in raw[field["name"]]]
        filled = [row for row, cell in enumerate(cells) if cell]
        values = sorted({cell for cell in cells if cell})
        valid = known.get(field["name"]) or _valid(field) or values
        for kind, change in kinds(field, field["name"] in known).items():
            rng = random.Random(f"{seed} {name} {field['name']} {kind}")
            others = values if kind == "word" else valid
            for row in _chosen(filled, rng, each):
                cell = change(str(cells[row]), rng, others)
                if cell is not None and cell != cells[row]:
                    yield Mutant(name, kind, field["role"], field["name"], (row,), (cell or None,))
        rng = random.Random(f"{seed} {name} {field['name']} swap")
        apart = [row for row in range(len(cells) - 1) if cells[row] != cells[row + 1]]
        for row in _chosen(apart, rng, each):
            pair = (cells[row + 1], cells[row])
            yield Mutant(name, "swap", field["role"], field["name"], (row, row + 1), pair)

    yield from _columns(name, raw, schema, seed, each)


def _columns(
    name: str, raw: pd.DataFrame, schema: dict[str, Any], seed: int, each: int | None
) -> Iterator[Mutant]:
    """Two neighbouring cells of a row that changed places, of fields of one type."""
    for one, other in pairwise(schema["fields"]):
        if one["type"] != other["type"] or "prose" in (one["role"], other["role"]):
            continue
        pairs = raw[[one["name"], other["name"]]].fillna("")
        rng = random.Random(f"{seed} {name} {one['name']} columns")
        apart = [row for row, (a, b) in enumerate(pairs.to_numpy()) if a != b]
        for row in _chosen(apart, rng, each):
            yield Mutant(name, "columns", one["role"], one["name"], (row,), (), other["name"])


def _valid(field: dict[str, Any]) -> list[str]:
    if field["type"] == "boolean":
        return ["false", "true"]
    return [str(value) for value in field.get("constraints", {}).get("enum", [])]


def _chosen(rows: Any, rng: random.Random, each: int | None) -> list[int]:
    rows = list(rows)
    return rows if each is None or each >= len(rows) else sorted(rng.sample(rows, each))
