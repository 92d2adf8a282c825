"""The packages of the lock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?P<marker> ;)?", re.MULTILINE)


@dataclass(frozen=True)
class Pinned:
    """A package of the lock: its versions, one for each kind of system, and whether all need it."""

    name: str
    versions: frozenset[str]
    everywhere: bool


def pinned(lock: Path) -> list[Pinned]:
    """The packages, in the order of the lock.

    Raises:
        ValueError: the file pins nothing.
    """
    versions: dict[str, set[str]] = {}
    marked: dict[str, bool] = {}
    for pin in PIN.finditer(lock.read_text(encoding="utf-8")):
        versions.setdefault(pin["name"], set()).add(pin["version"])
        marked[pin["name"]] = bool(pin["marker"])
    if not versions:
        raise ValueError(f"{lock.name}: no package; expected: lines such as numpy==2.0.0")
    # A package with two versions is everywhere, though each of its lines has a marker.
    return [
        Pinned(name, frozenset(found), not marked[name] or len(found) > 1)
        for name, found in versions.items()
    ]
