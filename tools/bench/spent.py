"""What a command takes, in seconds: by the clock, and of processors, its children included."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class BenchError(Exception):
    """A command failed, so that what it took says nothing."""


class Spent(NamedTuple):
    """Seconds by the clock and of processors."""

    elapsed: float
    processor: float


class Step(NamedTuple):
    """Commands, the folder that they run in, and what puts things in place before them."""

    commands: Sequence[Sequence[str]]
    folder: Path
    prepare: Callable[[], object] = tuple

    def run(self) -> Spent:
        """What one run of all takes.

        Raises:
            BenchError: a command fails.
        """
        self.prepare()
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONIOENCODING": "utf-8"}
        # Where it is set, every process compiles all that it imports.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began, before = time.monotonic(), _processor()
        for command in self.commands:
            result = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, text=True,
                encoding="utf-8", errors="replace",
            )  # fmt: skip
            if result.returncode:
                raise BenchError(f"{' '.join(command)}\n{result.stdout}{result.stderr}".strip())
        return Spent(time.monotonic() - began, _processor() - before)


def pairs(floor: Step, book: Step, times: int) -> tuple[Spent, Spent]:
    """The medians of both, run in turn, so that a machine that slows down slows both."""
    taken = [(floor.run(), book.run()) for _ in range(times)]
    return median([one for one, _ in taken]), median([other for _, other in taken])


def median(taken: Sequence[Spent]) -> Spent:
    """The median by the clock, and that of processors."""
    return Spent(*map(statistics.median, zip(*taken, strict=True)))


def _processor() -> float:
    """Seconds of processors that ended children took, and theirs."""
    now = os.times()
    return now.children_user + now.children_system
