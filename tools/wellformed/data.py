"""The data package: its descriptions and every table, by the checks of `analysis.tables`."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from analysis import tables
from analysis.files import TableError
from tools.replace import whole

# What was found whole is not checked again until a byte of it changes.
STAMP = Path("_build", "wellformed")


def problems(root: Path) -> list[str]:
    """What is wrong with the package of a folder; a broken table is told once."""
    package = root / "data" / tables.PACKAGE.name
    state, stamp = _state(package.parent), root / STAMP
    with contextlib.suppress(OSError):
        if state and stamp.read_text(encoding="utf-8") == state:
            return []
    try:
        found = list(dict.fromkeys(_problems(package)))
    except TableError as error:
        found = [f"data/{line}" for line in str(error).split("\n")]
    if not found and state:
        with contextlib.suppress(OSError):  # where nothing may be written, it is checked each time
            stamp.parent.mkdir(exist_ok=True)
            whole(stamp, state)
    return found


def _problems(package: Path) -> Iterator[str]:
    known = list(tables.names(package))
    if amiss := [told for name in known for told in tables.misdescribed(name, package)]:
        yield from (f"data/{line}" for line in amiss)
        return  # no table can be held against a schema that is none
    for name in known:
        yield from problems_of(name, package)


def problems_of(name: str, package: Path = tables.PACKAGE) -> list[str]:
    """What is wrong with one table; one that has no row has lost them."""
    path = tables.describe(name, package)["path"]
    found = tables.problems(name, package)
    if not found and tables.load(name, package).empty:
        found = [f"{path}: row 2: no row; expected: a row or more below the header"]
    return [f"data/{line}" for line in found]


def _state(folder: Path) -> str:
    """A digest of the package and of what checks it; empty if a file cannot be read."""
    digest = hashlib.sha256()
    code = Path(tables.__file__).parent
    own = sorted([*folder.rglob("*.csv"), *folder.rglob("*.json")])
    try:
        for path in [*own, code / "tables.py", code / "files.py", Path(__file__)]:
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    except OSError:
        return ""
    return digest.hexdigest()
