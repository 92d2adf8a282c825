"""What the outputs of a notebook depend on: recorded by the run that made them, compared later.

A run records the notebook's cells of code; the modules of the project that it imported, as code
without layout, comments and docstrings; the other files that their packages carry; the tables that
it loaded, described or asked for by name; and the versions in the lock of all libraries in its
kernel.

No change that can move an output is missed. What a run asks for follows from what it has read, so
it can only come to ask for something new once a recorded input has changed; and a question that
had no answer (a module looked for in vain, a name that was no table's) is recorded as well, so that
a file or library that answers it now counts as a change. This holds as long as `analysis` and the
cells have no other way in, such as files that they open, the clock, or their own docstrings:
`tests/test_notebooks.py` sees to that.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.machinery import PathFinder
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
METADATA = "inputs"  # where a notebook's metadata keep the record
ABSENT = "none"
# What can be a table's name, or `*` for all names. Ids of statements, which are asked for among
# the tables by the hundred, cannot: they have hyphens.
TABLE_NAME = re.compile(r"[a-z0-9_]+|\*")

Notebook = dict[str, Any]  # the JSON of a notebook, as a dictionary or as nbformat reads it
# Kind of input to item to the state that it had.
States = dict[str, dict[str, str]]
Asked = Mapping[str, Iterable[str]]

SHOWN = {
    "cells": "code cell {}",
    "described": "the description of table {}",
    "loaded": "table {}",
    "named": "the table name {}",
    "versions": "{} in requirements.txt",
}


def changed(notebook: Notebook, root: Path = ROOT) -> list[str]:
    """The inputs that are not as the record has them, in words; all, if there is no record."""
    then = record(notebook)
    now = states(notebook, then, root)
    found = []
    for kind, items in now.items():
        before = then.get(kind, {})
        differing = [i for i in {**before, **items} if before.get(i) != items.get(i)]
        if kind == "cells":
            # One cell put in or taken out moves all that follow.
            differing = differing[:1]
        found += [_shown(kind, item, root) for item in differing]
    return found


def record(notebook: Notebook) -> States:
    """The states that the run of a notebook recorded in its metadata."""
    return {
        kind: dict(item.rsplit(" ", 1) for item in line.split(", ") if " " in item)
        for kind, line in notebook["metadata"].get(METADATA, {}).items()
    }


def stamp(notebook: Notebook, asked: Asked, root: Path = ROOT) -> None:
    """Record the present states in a notebook's metadata, a line per kind of input."""
    notebook["metadata"][METADATA] = {
        kind: ", ".join(f"{item} {state}" for item, state in items.items())
        for kind, items in states(notebook, asked, root).items()
    }


def asked_for(report: dict[str, Any], root: Path = ROOT) -> dict[str, list[str]]:
    """What a kernel asked for, per kind of input.

    Args:
        report: what `tools.recorder` noted in the kernel.

    Raises:
        RuntimeError: a module of the project was imported from elsewhere.
    """
    own, libraries = [], set()
    distributions = installed()
    for name, file in report["modules"].items():
        path = source(name, root)
        if path is None:
            libraries.update(distributions.get(name.partition(".")[0], []))
        elif file is None or Path(file).resolve() != path.resolve():
            raise RuntimeError(f"{name} was imported from {file}; expected: {path}")
        else:
            own.append(name)
    vain = report["vain"]
    # A new module or library may answer to a name that was looked for in vain.
    own += [name for name in vain if name.rpartition(".")[0] in own]
    libraries |= {name for name in vain if "." not in name}
    named = [name for name in report["tables"].get("named", ()) if TABLE_NAME.fullmatch(name)]
    return {
        **report["tables"],
        "named": named,
        "modules": sorted(own),
        "versions": sorted(map(_normal, libraries)),
    }


@cache
def installed() -> Mapping[str, list[str]]:
    """By the names that are imported, the libraries that have them.

    It takes half a second, which those who wait for a kernel have to spare.
    """
    return packages_distributions()


def states(notebook: Notebook, asked: Asked, root: Path = ROOT) -> States:
    """The present states of a notebook's cells and of what its run asked for."""
    importlib.invalidate_caches()
    # What lies beside a notebook is first on its kernel's path and would hide a library.
    beside = {spec.name for spec in pkgutil.iter_modules([str(root / "book")])}
    modules = sorted({*asked.get("modules", ()), *beside})
    tables = _tables(root)
    locked = _locked((root / "requirements.txt").read_text(encoding="utf-8"))
    return {
        "cells": {str(number): _cell(cell) for number, cell in enumerate(_code(notebook))},
        "modules": {name: _module(name, root) for name in modules},
        "files": {
            path.relative_to(root).as_posix(): _digest(path.read_bytes())
            for package in _packages(modules, root)
            for path in _carried(package)
        },
        "loaded": {name: _content(tables.get(name), root) for name in asked.get("loaded", ())},
        "described": {name: _description(tables.get(name)) for name in asked.get("described", ())},
        "named": {name: _place(name, tables) for name in asked.get("named", ())},
        "versions": {name: locked.get(name, ABSENT) for name in asked.get("versions", ())},
    }


def source(name: str, root: Path = ROOT) -> Path | None:
    """The file that a notebook's `import name` runs, if it is one of the project's."""
    spec, places = None, [str(root / "book"), str(root)]
    for part in name.split("."):
        spec = PathFinder.find_spec(part, places)
        if spec is None:
            return None
        places = list(spec.submodule_search_locations or [])
    return Path(spec.origin) if spec and spec.origin else None


@cache
def code(text: str) -> str:
    """A module's code without layout, comments and docstrings, alike on every Python."""
    try:
        return _plain(ast.parse(text))
    except SyntaxError:
        return text


def _plain(node: object) -> str:
    if isinstance(node, list):
        return f"[{' '.join(_plain(item) for item in node if not _is_docstring(item))}]"
    if not isinstance(node, ast.AST):
        return ascii(node)
    if isinstance(node, ast.JoinedStr):
        # Early versions of Python 3.12 end some f-strings with an empty text.
        node = ast.JoinedStr([part for part in node.values if not _is_text(part, "")])
    # Fields that say nothing are left out, since later versions of Python add such fields.
    fields = [
        f"{name}={_plain(value)}"
        for name, value in ast.iter_fields(node)
        if name not in ("ctx", "kind", "type_comment") and value is not None and value != []
    ]
    return f"{type(node).__name__}({' '.join(fields)})"


def _is_docstring(node: object) -> bool:
    """Whether a node is a text that stands alone as a statement, and so does nothing."""
    return isinstance(node, ast.Expr) and _is_text(node.value)


def _is_text(node: ast.AST, text: str | None = None) -> bool:
    """Whether a node is a text, and if one is given, this one."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return text is None or node.value == text


def _shown(kind: str, item: str, root: Path) -> str:
    if kind == "modules":
        path = source(item, root)
        return path.relative_to(root).as_posix() if path else f"module {item}"
    return SHOWN.get(kind, "{}").format(item)


def _code(notebook: Notebook) -> list[Mapping[str, Any]]:
    """The cells that are run; no sentence between them can move what they show."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _cell(cell: Mapping[str, Any]) -> str:
    tags = ",".join(cell["metadata"].get("tags", []))
    return _digest(f"{tags}\0{''.join(cell['source'])}")


def _module(name: str, root: Path) -> str:
    path = source(name, root)
    if path is None:
        return ABSENT
    # Where a module lies can matter to it, so that a move is a change.
    return _digest(f"{path.relative_to(root).as_posix()}\0{code(path.read_text('utf-8'))}")


def _packages(modules: Iterable[str], root: Path) -> list[Path]:
    paths = [source(name, root) for name in modules]
    return [path.parent for path in paths if path and path.name == "__init__.py"]


def _carried(folder: Path) -> Iterator[Path]:
    """The files that a package holds beside its modules and other packages."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.suffix == ".py":
            continue
        if path.is_file():
            yield path
        elif path.name != "__pycache__" and not (path / "__init__.py").is_file():
            yield from _carried(path)


def _tables(root: Path) -> dict[str, dict[str, Any]]:
    """The descriptors of all tables, read here because `analysis.tables` is slow to import."""
    package = root / "data" / "datapackage.json"
    try:
        tables = json.loads(package.read_text(encoding="utf-8"))["resources"]
        for table in tables:
            if isinstance(table["schema"], str):
                schema = package.parent / table["schema"]
                table["schema"] = json.loads(schema.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # nothing is fresh then, and a run says what is wrong
    return {table["name"]: table for table in tables}


def _content(table: Mapping[str, Any] | None, root: Path) -> str:
    """The state of what `load` returns: the cells and their types."""
    if table is None or not (path := root / "data" / table["path"]).is_file():
        return ABSENT
    types = [(field["name"], field["type"]) for field in table["schema"]["fields"]]
    return _digest(json.dumps(types).encode() + path.read_bytes())


def _description(table: Mapping[str, Any] | None) -> str:
    return _digest(json.dumps(table)) if table else ABSENT


def _place(name: str, tables: Mapping[str, Any]) -> str:
    """Whether a table has this name; for `*`, the state of all names."""
    if name == "*":
        return _digest(",".join(tables))
    return "there" if name in tables else ABSENT


@cache
def _locked(lock: str) -> dict[str, str]:
    """Name of a library to its version, or versions where platforms differ."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", lock, re.MULTILINE):
        found.setdefault(_normal(name), []).append(version)
    return {name: "|".join(sorted(versions)) for name, versions in found.items()}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _digest(content: str | bytes) -> str:
    """Eight hexadecimal digits; line ends are folded, as a checkout on Windows has others."""
    content = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:8]
