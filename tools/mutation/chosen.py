"""Which tests can notice a change of a module: those that import it, and what is shown of it."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools import inputs
from tools.inputs import ROOT

SHOWN = "tests/test_shown.py"
SHOWS = f"{SHOWN}::test_a_notebook_shows_what_it_computes"


def tests(module: str) -> list[str]:
    """The tests of a module, as pytest names them: first those named after it or its chapter.

    A file of tests counts if it imports the module, or any of the same chapter; a notebook if the
    module went into what it shows.
    """
    room = ".".join(module.split(".")[:2])
    files = [file for file, rooms in imports().items() if room in rooms]
    own = room.partition(".")[2]
    files.sort(key=lambda file: not Path(file).stem.endswith(own))
    return [*files, *(f"{SHOWS}[{notebook}]" for notebook in showing(module))]


@cache
def imports() -> dict[str, set[str]]:
    """By file of tests, what it imports of the analysis; of files about the tools, nothing."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        names = list(_imported(ast.parse(path.read_text(encoding="utf-8"))))
        counts = Counter(name.partition(".")[0] for name in names)
        file = path.relative_to(ROOT).as_posix()
        if counts["analysis"] > counts["tools"] and file != SHOWN:
            found[file] = {".".join(name.split(".")[:2]) for name in names}
    return found


def _imported(tree: ast.Module) -> Iterator[str]:
    """The modules that the head of a file imports; a name from a module of ours is one of it."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def showing(module: str) -> list[str]:
    """The notebooks that a module goes into, that of its own chapter first."""
    found = []
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        states = inputs.record(json.loads(path.read_text(encoding="utf-8")))
        if module in states.get("modules", {}):
            found.append(path.stem)
    return sorted(found, key=lambda stem: stem != module.split(".")[1])
