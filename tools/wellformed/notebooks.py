"""The notebooks: JSON, and of the form that the checks of their freshness read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis import files
from analysis.files import TableError

KINDS = ("code", "markdown", "raw")


def problems(root: Path) -> list[str]:
    """What is wrong with the notebooks of a folder's book, a line each."""
    return [told for path in sorted((root / "book").glob("*.ipynb")) if (told := problem(path))]


def problem(path: Path) -> str:
    """Why a file is no notebook; empty if it is one."""
    shown = f"book/{path.name}"
    try:
        notebook = files.described(path, shown)
    except TableError as error:
        return str(error)
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not isinstance(notebook.get("metadata"), dict):
        return f"{shown}: expected: a notebook, with cells and metadata"
    for number, cell in enumerate(cells):
        if expected := _expected(cell):
            return f"{shown}: cell {number}: expected: {expected}"
    return ""


def _expected(cell: Any) -> str:
    """What a cell should have been; empty if it is that."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
        return f"a cell with a cell_type, one of {', '.join(KINDS)}"
    if not isinstance(cell.get("source"), str | list) or not isinstance(cell.get("metadata"), dict):
        return "a source and metadata"
    if cell["cell_type"] == "code" and not isinstance(cell.get("outputs"), list):
        return "a list of outputs"
    return ""
