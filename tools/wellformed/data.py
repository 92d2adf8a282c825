"""The data package: its descriptions and every table, by the checks of `analysis.violations`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from analysis import checked, described
from analysis.files import TableError
from tools.replace import whole


def problems(root: Path) -> list[str]:
    """What is wrong with the package of a folder; a broken table is told once.

    What was found whole is not checked again until a byte of it changes.
    """
    package = root / "data" / described.PACKAGE.name
    try:
        if all(checked.whole(name, package) for name in described.names(package)):
            return []
        found = list(dict.fromkeys(_problems(package)))
    except TableError as error:
        return [f"data/{line}" for line in str(error).split("\n")]
    if not found:
        with contextlib.suppress(OSError):  # where nothing may be written, it is checked each time
            states = {name: checked.state(name, package) for name in described.names(package)}
            checked.stamp(package).parent.mkdir(exist_ok=True)
            whole(checked.stamp(package), json.dumps(states, indent=1))
    return found


def _problems(package: Path) -> Iterator[str]:
    # Here and not above: what checks takes longer to come than a look at what was found whole.
    from analysis import violations

    known = list(described.names(package))
    if amiss := [told for name in known for told in violations.misdescribed(name, package)]:
        yield from (f"data/{line}" for line in amiss)
        return  # no table can be held against a schema that is none
    for name in known:
        yield from problems_of(name, package)


def problems_of(name: str, package: Path = described.PACKAGE) -> list[str]:
    """What is wrong with one table; one that has no row has lost them."""
    from analysis import tables, violations

    path = described.describe(name, package)["path"]
    found = violations.problems(name, package)
    if not found and tables.load(name, package).empty:
        found = [f"{path}: row 2: no row; expected: a row or more below the header"]
    return [f"data/{line}" for line in found]
