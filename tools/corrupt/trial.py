"""Try one corruption in memory: put the damaged table in place, and ask every check about it.

The first to object is named. No file is written, and what notebooks have stored counts for nothing.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from frictionless import Schema

from analysis import tables
from analysis.files import unfit
from tools.checks.check import Check
from tools.checks.every import CHECKS
from tools.corrupt.mutants import Mutant, mutants
from tools.verify import cited, coverage, places
from tools.verify.__main__ import unaccounted
from tools.verify.passages import Passage, read
from tools.verify.problems import ReadingError

Lines = Callable[[], Iterable[str]]
# What a check may raise over a table that it cannot work with: no clear line, and not counted.
STUMBLES = (ArithmeticError, AssertionError, AttributeError, IndexError, KeyError, TimeoutError,
            TypeError, ValueError, pd.errors.InvalidIndexError)  # fmt: skip
# Keep what they read from files, which no corruption in memory changes.
FILES = {tables.__name__, "analysis.described", "analysis.checked", "analysis.violations"}
PATIENCE = 4  # Seconds of work for a check; a wrong number can have one search for ever.


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: who objected (`schema`, the name of a check, or `""`), and how.

    Attributes:
        mutant: the corruption.
        by: the first that objected without the documents; empty if none did.
        line: what it said; what the documents say where no check did.
        documents: whether the documents, searched as well, say something; `None` if not at hand.
    """

    mutant: Mutant
    by: str
    line: str
    documents: bool | None


@dataclass
class Bench:
    """The committed tables as text, and which check reads which of them.

    Attributes:
        passages: of the documents, if they are at hand. folder: where they are.
        raw: every table as text. schemas: their descriptions.
        reads: of each check, the tables that it loads. checks: all of them, the quick ones first.
    """

    passages: list[Passage] | None = None
    folder: Path | None = None
    raw: dict[str, pd.DataFrame] = field(default_factory=dict)
    schemas: dict[str, dict[str, Any]] = field(default_factory=dict)
    reads: dict[str, set[str]] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    @classmethod
    def of_the_package(cls, folder: Path | None = None) -> Bench:
        """A bench with all tables; each check must have nothing to say about them.

        Raises:
            ValueError: a check objects to the committed data, or stumbles over them.
        """
        passages = read(folder) if folder else None
        bench = cls(passages, folder)
        for name in tables.names():
            described = tables.describe(name)
            bench.schemas[name] = described["schema"]
            bench.raw[name] = tables.read_text(tables.PACKAGE.parent / described["path"])
        taken: dict[str, float] = {}
        for check in CHECKS:
            forget()
            started = time.perf_counter()
            tables.ASKED["loaded"].clear()
            if lines := list(check.run()):
                raise ValueError(f"the committed data fail {check.name}:\n" + "\n".join(lines))
            bench.reads[check.name] = set(tables.ASKED["loaded"])
            taken[check.name] = time.perf_counter() - started
        # Whoever is quick is asked first: most errors are then noticed at little cost.
        bench.checks = sorted(CHECKS, key=lambda check: taken[check.name])
        if passages is not None:
            forget()
            if found := next(bench._documents(""), None):
                raise ValueError(f"the committed data fail the documents: {found}")
        return bench

    def mutants(self, names: list[str], seed: int, each: int | None) -> Iterator[Mutant]:
        """The corruptions of some tables; see `tools.corrupt.mutants`."""
        for name in names:
            schema = self.schemas[name]
            yield from mutants(name, self.raw[name], schema, self._known(name), seed, each)

    def _known(self, name: str) -> dict[str, list[str]]:
        known = {}
        for key in self.schemas[name].get("foreignKeys", []):
            target = key["reference"]["resource"] or name
            for own, other in zip(
                _list(key["fields"]), _list(key["reference"]["fields"]), strict=True
            ):
                known[own] = sorted(set(self.raw[target][other].dropna()))
        return known

    def try_out(self, mutant: Mutant) -> Outcome:
        """Who notices the mutant."""
        raw = mutant.apply(self.raw[mutant.table])
        fields = self.schemas[mutant.table]["fields"]
        if line := next(self._against_schema(mutant, raw), ""):
            return Outcome(mutant, "schema", line, None if self.passages is None else True)
        with tables.standing_in(mutant.table, tables.typed(raw, fields)):
            by, line = self._objection(mutant.table)
            forget()
            if self.passages is None or by:
                seen = None if self.passages is None else True
            else:
                line = self._in_documents(mutant.table)
                seen = bool(line)
        forget()
        return Outcome(mutant, by, line, seen)

    def _objection(self, name: str) -> tuple[str, str]:
        for check in self.checks:
            if name not in self.reads[check.name]:
                continue
            forget()
            with contextlib.suppress(*STUMBLES), _patience():
                if line := next(iter(check.run()), ""):
                    return check.name, line
        return "", ""

    def _in_documents(self, name: str) -> str:
        with contextlib.suppress(*STUMBLES):
            return next(self._documents(name), "")
        return ""

    def _documents(self, name: str) -> Iterator[str]:
        """What `tools.verify` finds with the documents, their numbers sought but once."""
        passages = self.passages or []
        if name in ("documents", "titles") and self.folder:
            try:
                passages = read(self.folder)
            except ReadingError as error:
                yield str(error)
                return
        yield from cited.problems(passages)
        yield from places.misses(places.quotations(), passages)
        if name in places.ORDERED:
            yield from places.out_of_order(tables.load(name), passages, name)
        if name in ("numbered_names", "pages"):
            numbers = coverage.all_numbers(passages)
        else:
            numbers = _numbers(tuple(passages))
        ledger, reviewed = tables.load("statements"), tables.load("uncovered")
        result = coverage.cover(passages, numbers, ledger, reviewed)
        yield from [*map(unaccounted, result.rest), *result.unused]

    def _against_schema(self, mutant: Mutant, raw: pd.DataFrame) -> Iterator[str]:
        """What `analysis.tables` says of the changed rows: types, constraints and keys."""
        schema, name = self.schemas[mutant.table], mutant.table
        where = tables.describe(name)["path"]
        if mutant.kind != "row lost":
            reader = _reader(name)
            for row in mutant.rows:
                cells = ["" if pd.isna(cell) else str(cell) for cell in raw.iloc[row]]
                for own, cell in zip(schema["fields"], cells, strict=True):
                    if expected := unfit(cell, own["type"]):
                        told = f"value {cell!r}: expected: {expected}"
                        yield f"{where}: row {row + 2}: field {own['name']!r}: {told}"
                for own, notes in zip(schema["fields"], reader.read_cells(cells)[1], strict=True):
                    if notes:
                        told = f"field {own['name']!r}: value {raw.iloc[row][own['name']]!r}"
                        yield f"{where}: row {row + 2}: {told}: expected: {', '.join(notes)}"
            for keys in [_list(schema["primaryKey"]), *(
                [f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")
            )]:  # fmt: skip
                twice = raw.dropna(subset=keys).duplicated(keys)
                for row in twice.index[twice][:1]:
                    told = f"value {' '.join(raw.loc[row, keys])!r}: expected: a key of its own"
                    yield f"{where}: row {row + 2}: field {', '.join(keys)!r}: {told}"
        yield from self._dangling(name, raw)

    def _dangling(self, name: str, raw: pd.DataFrame) -> Iterator[str]:
        for table, schema in self.schemas.items():
            for key in schema.get("foreignKeys", []):
                target = key["reference"]["resource"] or table
                if name not in (table, target):
                    continue
                own, other = _list(key["fields"])[0], _list(key["reference"]["fields"])[0]
                there = set((raw if target == name else self.raw[target])[other].dropna())
                here = set((raw if table == name else self.raw[table])[own].dropna())
                if strange := here - there:
                    yield f"{table}: field {own!r}: value {min(strange)!r}: not in {target}"


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    """Stop what takes too long, where the system can."""

    if not hasattr(signal, "SIGVTALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    # Of the processor's time: by the clock, a machine with other work would notice less.
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def forget() -> None:
    """Drop what the analysis has worked out from tables; the tables themselves stay in memory."""
    for clear in _caches():
        clear()


@cache
def _caches() -> list[Callable[[], None]]:
    """What empties the caches of the analysis; all its modules are loaded with the checks."""
    return [
        value.cache_clear
        for name, module in sys.modules.items()
        if name.startswith("analysis.")
        for value in vars(module).values()
        if hasattr(value, "cache_clear") and value.__module__ not in FILES
    ]


@cache
def _reader(name: str) -> Schema:
    return Schema.from_descriptor(tables.describe(name)["schema"])


@cache
def _numbers(passages: tuple[Passage, ...]) -> list[Any]:
    return coverage.all_numbers(passages)


def _list(fields: str | list[str]) -> list[str]:
    return [fields] if isinstance(fields, str) else fields
