"""Which chapter uses which table: those that its run loaded and those that its exhibits name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.exhibits import MIME
from analysis.tables import names
from tools import inputs, stored
from tools.exhibits import in_notebook
from tools.notebooks import notebooks

# A notebook that imports it shows what the chapters found; the tables are theirs.
COLLECTOR = "analysis.register"


def uses() -> dict[str, dict[str, list[str]]]:
    """Table to notebook (its stem) to the exhibits there that name the table as a source.

    A notebook whose run loaded the table without naming it under an exhibit has an empty list.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for path in notebooks():
        for table in loaded(path):
            found.setdefault(table, {}).setdefault(path.stem, [])
        for exhibit, tables in named(path):
            for table in tables:
                found.setdefault(table, {}).setdefault(path.stem, []).append(exhibit)
    return found


def named(notebook: Path) -> Iterator[tuple[str, list[str]]]:
    """Each exhibit of a notebook with the tables that its source line names, in order."""
    for bundle in in_notebook(notebook):
        sources = [source for source in bundle[MIME]["sources"] if " " not in source]
        # What is no table is the id of a row of the statements.
        tables = [source if source in names() else "statements" for source in sources]
        yield bundle[MIME]["exhibit_id"], list(dict.fromkeys(tables))


def loaded(notebook: Path) -> list[str]:
    """The tables that a notebook's run loaded for itself, by name."""
    record = inputs.record(stored.notebook(notebook))
    return [] if COLLECTOR in record.get("modules", {}) else list(record.get("loaded", {}))
