"""Prove the book: lint, types, data, notebooks, strict build, tests; `make test` is this.

    python -m tools.prove

The steps of the first stage share no files and run side by side; the tests read the built site
and come after it. Every step's output is shown when it ends, and all steps run even if one fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools.notebooks import ROOT

JOBS = str(os.cpu_count() or 2)
FIRST = {
    # Strict: every stored output is compared; only PNG is passed over, which nbval cannot compare.
    # One file per worker, because a notebook's cells share a kernel.
    "notebooks": [
        "pytest", "--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval.cfg",
        "-p", "no:cacheprovider", "-n", JOBS, "--dist", "loadfile", "book",
    ],
    "strict build": ["tools.book"],
    "types": ["mypy"],
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "data package": ["frictionless", "validate", "data/datapackage.json"],
}  # fmt: skip
# One file per worker: what a file needs, such as the printed book, is then made once.
SECOND = {"tests": ["pytest", "-n", JOBS, "--dist", "loadfile"]}


def step(name: str, module: list[str]) -> bool:
    """Run one step with this Python; whether it held."""
    start = time.monotonic()
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, "-m", *module], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    held = result.returncode == 0
    verdict = "holds" if held else "FAILS"
    print(f"== {name}: {verdict} ({time.monotonic() - start:.0f} s)", flush=True)
    # A data package that holds is a page of ticks; the other steps say little when they hold.
    if not held or name != "data package":
        print(result.stdout.strip(), flush=True)
    return held


def main() -> int:
    """All steps; returns the exit code."""
    print(f"== proving: {', '.join([*FIRST, *SECOND])}", flush=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        first = list(pool.map(step, FIRST, FIRST.values()))
    second = [step(name, module) for name, module in SECOND.items()]
    held = all(first + second)
    print("== everything holds" if held else "== something FAILS; see above", flush=True)
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
