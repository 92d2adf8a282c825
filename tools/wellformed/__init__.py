"""Whether every file that the commands read can be read as what it is, before any of them reads it.

    python -m tools.wellformed    # a line for each problem, and exit code 1

The commands ask here first, so that a bad cell is told once, where it stands, and not by whatever
stumbles over it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.inputs import ROOT
from tools.wellformed import data, notebooks, settings, texts


def problems(root: Path = ROOT) -> list[str]:
    """Everything that cannot be read, a line each: code, settings, notebooks, texts, data."""
    found = settings.problems(root) + notebooks.problems(root) + texts.problems(root)
    return [*_closed(root), *found, *data.problems(root)]


def _closed(root: Path) -> Iterator[str]:
    """Code that the system does not let us read; whether it makes sense is not asked."""
    for path in sorted(root.glob("analysis/**/*.py")):
        if not os.access(path, os.R_OK):
            shown = path.relative_to(root).as_posix()
            yield f"{shown}: Permission denied; expected: a file that can be read"


def refused(root: Path = ROOT) -> bool:
    """Whether a command must not begin; says on standard error why."""
    if found := problems(root):
        print("\n".join(found), file=sys.stderr)
    return bool(found)
