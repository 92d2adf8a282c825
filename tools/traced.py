"""Run a command and note which files of the project it read, so that it need not run again.

    python -m tools.traced RECORD MODULE:FUNCTION [ARGUMENT ...]

The record names every file of the project that the command opened or imported, with a digest of
what it took from it, the arguments, the settings of the environment and the libraries that are
installed. What a command makes follows from these; where none of them has changed, what it made
stands. A command may find its record and make only a part anew: what it read for the rest stays in
the record. Nothing is recorded of a command that failed, or that a file changed under.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools import cause, stored
from tools.inputs import ROOT
from tools.leaving import leave_with
from tools.published import ADDRESS, REPOSITORY, REVISION
from tools.replace import whole
from tools.words import command

REFUSED = 74  # the exit code where the system refused a file; `EX_IOERR` of other programs
# What was made, and is not what a command makes things from.
MADE = ("_build", ".venv", ".git", "__pycache__")
# Read by libraries that no audit hears.
UNHEARD = ("analysis/fonts",)
LOOKED_INTO = ("book", "LICENSES")
OPENED: set[str] = set()


def changed(record: Path, arguments: Sequence[str], root: Path = ROOT) -> list[str]:
    """What is not as it was when a command ran, in words; empty if what it made stands.

    Args:
        record: as a traced run left it.
        arguments: those with which the command would run now.
    """
    if not (then := _recorded(record)):
        return ["it was not made yet"]
    now = _around(arguments, root)
    differing = [kind for kind, told in now.items() if told != then.get(kind)]
    known = then["files"].items()
    return differing + [name for name, told in known if state(root / name) != told]


def _recorded(record: Path) -> dict[str, Any]:
    try:
        read = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) and isinstance(read.get("files"), dict) else {}


def write(
    record: Path, arguments: Sequence[str], began: float, root: Path, earlier: Mapping[str, str]
) -> None:
    """Record what this process has read until now; nothing, if a file changed since it began.

    Args:
        began: the time of the clock, as `time.time` has it.
        earlier: the files that runs before it read, by name, as they were: what was made of them
            may stand.
    """
    read = sorted(_read(root))
    if all(path.stat().st_mtime < began for path in read):
        files = {path.relative_to(root).as_posix(): state(path) for path in read}
        record.parent.mkdir(parents=True, exist_ok=True)
        told = {**_around(arguments, root), "files": {**earlier, **files}}
        whole(record, json.dumps(told, indent=0))


def state(path: Path) -> str:
    """A digest of a file, of a notebook or a page only of what others take from it."""
    try:
        content = stored.handed_on(path).encode() if stored.is_page(path) else path.read_bytes()
    except OSError:
        return "none"
    return hashlib.sha256(content).hexdigest()


def _around(arguments: Sequence[str], root: Path) -> dict[str, Any]:
    return {
        "arguments": list(arguments),
        "environment": {n: os.environ.get(n, "") for n in (ADDRESS, REPOSITORY, REVISION)},
        "names": hashlib.sha256("\n".join(_names(root)).encode()).hexdigest(),
        "libraries": hashlib.sha256("\n".join(_installed()).encode()).hexdigest(),
        "python": sys.version,
    }


def _names(root: Path) -> list[str]:
    """The files that are found by looking into a folder, so that a new one is noticed."""
    return sorted(
        path.relative_to(root).as_posix()
        for folder in LOOKED_INTO
        for path in (root / folder).rglob("*")
        if not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    )


def _installed() -> list[str]:
    """The libraries with their versions, by the names of their folders."""
    places = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    return sorted(path.name for place in places for path in Path(place).glob("*.dist-info"))


def _read(root: Path) -> Iterable[Path]:
    """The files of the project that this process opened or imported."""
    modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    unheard = [path for folder in UNHEARD for path in (root / folder).iterdir()]
    # As texts, since of thousands of modules a few dozen are the project's.
    names = map(os.path.abspath, [*OPENED, *filter(None, modules), *map(str, unheard)])
    for path in {Path(name) for name in names if name.startswith(f"{root}{os.sep}")}:
        if not set(MADE) & set(path.relative_to(root).parts) and path.is_file():
            yield path


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if event != "open" or told[2] & (os.O_WRONLY | os.O_RDWR):
        return
    if isinstance(told[0], str | os.PathLike):
        OPENED.add(os.fspath(told[0]))


def main(root: Path = ROOT) -> None:
    """The command line."""
    parser = command(__doc__)
    parser.add_argument("record", type=Path, help="the file of what is noted")
    parser.add_argument("command", help="MODULE:FUNCTION")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="of the command")
    given = parser.parse_args()
    record, called, arguments = given.record, given.command, given.arguments
    module, _, function = called.partition(":")
    if not (module and function):
        parser.error(f"{called!r}; expected: MODULE:FUNCTION")
    began = time.time()
    earlier = _recorded(record).get("files", {})
    record.unlink(missing_ok=True)
    sys.addaudithook(_hear)
    sys.argv = [called, *arguments]
    try:
        try:
            getattr(importlib.import_module(module), function)()
        except SystemExit as end:
            if end.code:
                raise
        write(record, [called, *arguments], began, root, earlier)
    except Exception as error:
        if told := cause(error):
            print(told, file=sys.stderr)
            sys.exit(REFUSED)
        raise


if __name__ == "__main__":
    leave_with(os.getppid())
    main()
