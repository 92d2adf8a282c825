"""Whether notebooks, rerun and compared as `make test` does it, notice what no test does."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tools import inputs

Compare = Callable[[str, Sequence[str]], bool]
# As `tools.prove` has it, and ended by the first difference.
NBVAL = (
    "--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval.cfg",
    "-p", "no:cacheprovider", "--exitfirst",
)  # fmt: skip


def unlike(mutants: Iterable[str], root: Path, same: Compare) -> list[str]:
    """The mutants over which an output of a notebook differs from the stored one.

    Args:
        mutants: names, as mutmut has them.
        root: holds the notebooks in `book/`.
        same: whether these notebooks come out as stored under a mutant; under none, if its name
            is empty.

    Raises:
        RuntimeError: a notebook differs without a mutant.
    """
    found = []
    for mutant in mutants:
        notebooks = using(mutant.rpartition(".")[0], root)
        if notebooks and not same(mutant, notebooks):
            if not same("", notebooks):
                raise RuntimeError(f"of {', '.join(notebooks)} one differs; expected: a fresh one")
            found.append(mutant)
    return found


def using(module: str, root: Path) -> list[str]:
    """The notebooks that a module goes into, that of its own chapter first."""
    found = []
    for path in sorted((root / "book").glob("*.ipynb")):
        states = inputs.record(json.loads(path.read_text(encoding="utf-8")))
        if module in states.get("modules", {}):
            found.append(path)
    chapter = module.split(".")[1]
    found.sort(key=lambda path: path.stem != chapter)
    return [path.relative_to(root).as_posix() for path in found]


def compared(python: Path, place: Path, library: str) -> Compare:
    """The comparison that a Python makes which has mutmut, in the copy with the mutants.

    Args:
        python: its program.
        place: the copy.
        library: the folder of the packages of the lock.
    """
    path = os.pathsep.join([str(place), library])

    def same(mutant: str, notebooks: Sequence[str]) -> bool:
        environment = {**os.environ, "PYTHONPATH": path, "MUTANT_UNDER_TEST": mutant}
        command = [str(python), "-m", "pytest", *NBVAL, *notebooks]
        ended = subprocess.run(command, cwd=place, env=environment, stdout=subprocess.DEVNULL)
        return ended.returncode == 0

    return same
