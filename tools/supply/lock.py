"""The packages of the lock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# A package with the lines of its hashes.
PACKAGE = re.compile(r"^[\w.-]+==(?:.*\\\n)*.*\n?", re.MULTILINE)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?P<marker> ;)?", re.MULTILINE)


@dataclass(frozen=True)
class Pinned:
    """A package of the lock: its versions, one for each kind of system, and whether all need it."""

    name: str
    versions: frozenset[str]
    everywhere: bool


def packages(lock: Path) -> list[str]:
    """The lines of each package with its hashes, in the order of the lock.

    Raises:
        ValueError: the file pins nothing.
    """
    found = PACKAGE.findall(lock.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{lock.name}: no package; expected: lines such as numpy==2.0.0")
    return found


def pinned(lock: Path) -> list[Pinned]:
    """The packages, in the order of the lock; errors as of `packages`."""
    versions: dict[str, set[str]] = {}
    marked: dict[str, bool] = {}
    for pin in PIN.finditer("".join(packages(lock))):
        versions.setdefault(pin["name"], set()).add(pin["version"])
        marked[pin["name"]] = bool(pin["marker"])
    # A package with two versions is everywhere, though each of its lines has a marker.
    return [
        Pinned(name, frozenset(found), not marked[name] or len(found) > 1)
        for name, found in versions.items()
    ]
