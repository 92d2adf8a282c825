"""Licences of the packages of the lock, as those that are installed tell them.

`licences.csv` has what is allowed, with the reason. A row without a package allows what metadata
call by that name; a row with one settles what that package says, and nothing else that it may say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tools.supply.lock import Pinned

ALLOWED = Path(__file__).with_name("licences.csv")
FIELDS = ["package", "says", "reason"]
NOTHING = "nothing"  # what a package says that names no licence
WHERE = "tools/supply/licences.csv"


@dataclass(frozen=True)
class Allowed:
    """The table of what is allowed: names of licences, and what single packages say."""

    licences: frozenset[str]
    packages: Mapping[str, str]


def allowed(path: Path = ALLOWED) -> Allowed:
    """The table.

    Raises:
        ValueError: a row lacks what is said or the reason, or a package has two rows.
    """
    licences: set[str] = set()
    packages: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != FIELDS:
            raise ValueError(f"{path.name}: row 1: expected: {','.join(FIELDS)}")
        for number, row in enumerate(rows, 2):
            if not (row["says"] and row["reason"]):
                raise ValueError(f"{path.name}: row {number}: expected: what is said, and a reason")
            if row["package"] in packages:
                raise ValueError(f"{path.name}: row {number}: {row['package']} has a row already")
            if row["package"]:
                packages[row["package"]] = row["says"]
            else:
                licences.add(row["says"])
    return Allowed(frozenset(licences), packages)


def said(package: Distribution) -> list[str]:
    """The licences that a package names, in order; none if it names none.

    From the first that is there of `License-Expression` (PEP 639), the classifiers of PyPI and the
    first line of `License`, which holds a name or the whole text.
    """
    told = package.metadata
    if "License-Expression" in told:
        return _named(re.split(r" AND | OR |[()]", told["License-Expression"]))
    classifiers = told.get_all("Classifier") or []
    if classified := [c for c in classifiers if c.startswith("License :: ")]:
        return _named([classifier.rpartition(" :: ")[2] for classifier in classified])
    return _named(told["License"].strip().split("\n")[:1]) if "License" in told else []


def problems(pins: Sequence[Pinned], table: Allowed) -> Iterator[str]:
    """A line for each package that is not allowed, not as locked or not there.

    Every licence that a package names must be allowed, be it one of several to choose from: which
    was chosen stands in the table.
    """
    unused = set(table.packages)
    for pin in pins:
        try:
            package = distribution(pin.name)
        except PackageNotFoundError:
            unused.discard(pin.name)
            if pin.everywhere:
                yield f"{pin.name}: not installed; expected: {_listed(pin.versions)}, as locked"
            continue
        if package.version not in pin.versions:
            yield (
                f"{pin.name}: {package.version} is installed; expected: "
                f"{_listed(pin.versions)}, as locked"
            )
        names = said(package)
        told = "; ".join(names) or NOTHING
        if names and table.licences.issuperset(names):
            continue
        unused.discard(pin.name)
        if table.packages.get(pin.name) != told:
            yield f"{pin.name} {package.version}: licence: {told!r}; expected: a row of {WHERE}"
    for name in sorted(unused):
        yield f"{WHERE}: {name}: nothing to settle; expected: no such row"


def absent(pins: Sequence[Pinned]) -> list[str]:
    """The packages that other systems need, whose licences cannot be read on this one."""
    return [pin.name for pin in pins if not pin.everywhere and not _there(pin.name)]


def _named(names: list[str]) -> list[str]:
    return sorted({name.strip() for name in names} - {""})


def _there(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _listed(versions: frozenset[str]) -> str:
    return " or ".join(sorted(versions))
