"""Try mutants, each in a process of its own that runs tests until one fails.

    python -m tools.mutation.trial tried.txt WORKERS < asked.json

`tools.mutation` starts this in the copy of the project that mutmut has made, with the Python that
has mutmut. The processes are forked from one that has imported what the tests need and has read the
tables, so that a mutant costs the tests alone. A result is a line of the file as soon as it is
there.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.words import command, count

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", "--hypothesis-seed=0",
           "--tb=no")  # fmt: skip
LIBRARIES = (
    "frictionless", "hypothesis", "IPython", "matplotlib.pyplot", "mpmath", "PIL.Image", "pytest",
    "scipy.stats", "statsmodels.api", "tools.wellformed",
)  # fmt: skip
# What reads a table; a mutant of it reads them anew.
READING = ("files", "described", "checked", "violations", "tables", "precision")
SECONDS = 300  # of processor; a mutant that takes longer does not end
ENDED = {0: "survived", 5: "no tests"}  # else a test, or its file, has failed

Asked = tuple[str, Sequence[str]]  # a mutant, or nothing for none, and the tests to run


def main() -> int:
    """The command line; returns the exit code."""
    parser = command(__doc__)
    parser.add_argument("tried", type=Path, help="the file of what became of each")
    parser.add_argument("workers", type=count, help="how many at a time")
    given = parser.parse_args()
    place, workers = given.tried, given.workers
    try:
        asked = json.load(sys.stdin)
    except ValueError as error:
        parser.error(f"what is asked: {error}; expected: JSON, as tools.mutation gives it")
    for name in LIBRARIES:
        importlib.import_module(name)
    from analysis import tables

    for name in tables.names():
        tables.load(name)
    with place.open("a", encoding="utf-8") as file:
        for asked_for, status in tried(asked, workers):
            print(f"{asked_for}\t{status}", file=file, flush=True)
            print(f"{status:10}{asked_for}", flush=True)
    return 0


def tried(asked: Sequence[Asked], workers: int) -> Iterator[tuple[str, str]]:
    """What became of each, as soon as it ends; one without a mutant is named by its tests."""
    running: dict[int, str] = {}
    try:
        for number, (mutant, tests) in enumerate(asked, start=1):
            pid = os.fork()
            if pid == 0:
                os._exit(run(mutant, tests))
            running[pid] = mutant or " ".join(tests)
            while len(running) >= workers or (number == len(asked) and running):
                done, ended = os.wait()
                yield running.pop(done), status(ended)
    finally:
        for pid in running:
            os.kill(pid, signal.SIGTERM)


def status(ended: int) -> str:
    """What became of a mutant whose process ended so."""
    if os.WIFSIGNALED(ended):
        return "timeout"
    return ENDED.get(os.WEXITSTATUS(ended), "killed")


def run(mutant: str, tests: Sequence[str]) -> int:
    """Run tests over a mutant in this process; returns the exit code of pytest."""
    import pytest

    os.environ["MUTANT_UNDER_TEST"] = mutant
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    if mutant.startswith(tuple(f"analysis.{name}." for name in READING)):
        forget()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    return int(pytest.main([*OPTIONS, *tests]))


def forget() -> None:
    """Empty the caches of the analysis."""
    for name, module in list(sys.modules.items()):
        if name.startswith("analysis."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("cut off; the same command goes on")
