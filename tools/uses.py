"""Which chapter uses which table, found in the code and in the source lines of exhibits.

A notebook uses a table if one of its cells, or a module of `analysis` that it imports, loads it,
or if the source line of one of its exhibits names it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat

from analysis.exhibits import MIME
from analysis.tables import PACKAGE, describe, names
from tools.exhibits import in_notebook
from tools.notebooks import ROOT, notebooks

# It imports every chapter's module, only to collect what they found.
COLLECTORS = {"register"}


class Call(NamedTuple):
    """A call of `load`: where it stands, and the table, unless its name is computed."""

    where: str
    table: str | None


def uses() -> dict[str, dict[str, list[str]]]:
    """Table to notebook (its stem) to the exhibits there that name the table as a source.

    A notebook whose code loads the table without naming it under an exhibit has an empty list.

    Raises:
        ValueError: the name of a loaded table cannot be read from the code.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for path in notebooks():
        for table in sorted(loaded(path)):
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


def loaded(notebook: Path) -> set[str]:
    """The tables that a notebook's cells and the modules they import load."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    tree = ast.parse(code, filename=notebook.name)
    calls = _calls(tree, notebook.name).union(*map(_module, _reachable(tree)))
    found = {call.table for call in calls if call.table}
    computed = [call.where for call in calls if not call.table]
    # Code that computes a table's name takes it from the cells of another table.
    referred = set().union(*map(_referred, found)) if computed else set()
    if computed and not referred:
        raise ValueError(f"{'; '.join(computed)}: expected: the name of a table")
    return found | referred


def _reachable(tree: ast.Module) -> set[str]:
    seen: set[str] = set()
    waiting = _imports(tree)
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in COLLECTORS:
            seen.add(name)
            waiting |= _imports(_parsed(name))
    return seen


@cache
def _module(name: str) -> set[Call]:
    return _calls(_parsed(name), f"{name}.py")


@cache
def _parsed(name: str) -> ast.Module:
    return ast.parse(_path(name).read_text(encoding="utf-8"), filename=f"{name}.py")


def _imports(tree: ast.Module) -> set[str]:
    """The modules of `analysis` that a tree imports, by their names below it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            package = (node.module or "").removeprefix("analysis").lstrip(".")
            dotted = {".".join(filter(None, (package, alias.name))) for alias in node.names}
            found |= {name for name in {package, *dotted} if _is_module(name)}
        if isinstance(node, ast.Import):
            dotted = {alias.name.removeprefix("analysis.") for alias in node.names}
            found |= {name for name in dotted if _is_module(name)}
    return found


def _is_module(name: str) -> bool:
    return bool(name) and _path(name).is_file()


def _path(name: str) -> Path:
    return (ROOT / "analysis").joinpath(*name.split(".")).with_suffix(".py")


def _calls(tree: ast.Module, file: str) -> set[Call]:
    """The calls of `load` in a tree."""
    return {
        Call(f"{file}: line {node.lineno}: {ast.unparse(node)}", _constant(node.args[0], tree))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "load"
    }


def _referred(table: str) -> set[str]:
    """The tables that the cells of a table point into, written `table[row]` or `table#field`."""
    path = PACKAGE.parent / describe(table)["path"]
    written = set(re.findall(r"\b([a-z_0-9]+)[\[#]", path.read_text(encoding="utf-8")))
    return written & set(names())


def _constant(node: ast.expr, tree: ast.Module) -> str | None:
    """The text of a literal, of a constant of the module, or of one of another module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id
                for target in statement.targets
            ):
                return _constant(statement.value, tree)
            if isinstance(statement, ast.ImportFrom) and node.id in _aliases(statement):
                return _constant(node, _parsed((statement.module or "").removeprefix("analysis.")))
    if isinstance(node, ast.Attribute):
        for module in _imports(tree):
            if module.rsplit(".", 1)[-1] == ast.unparse(node.value):
                return _constant(ast.Name(node.attr), _parsed(module))
    return None


def _aliases(statement: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in statement.names}
