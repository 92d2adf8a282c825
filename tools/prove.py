"""Prove the book: lint, types, data, notebooks, strict build, tests; `make test` is this.

    python -m tools.prove
    python -m tools.prove --quick   # `make check`: lint, types, and the tests that need no site

The steps of a stage share no files and run side by side; the tests read the built site and come
after it. Every step's output is shown when it ends, and all steps run even if one fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools import wellformed
from tools.notebooks import ROOT
from tools.replace import ask_leave

JOBS = str(os.cpu_count() or 2)
CODE = {
    "types": ["mypy"],
    "lint": ["ruff", "check", "."],
    "imports": ["tools.imports"],
    "format": ["ruff", "format", "--check", "."],
}
FIRST = {
    # Strict: every stored output is compared; only PNG is passed over, which nbval cannot compare.
    # One file per worker, because a notebook's cells share a kernel.
    "notebooks": [
        "pytest", "--nbval", "--nbval-current-env", "--nbval-sanitize-with", "tests/nbval.cfg",
        "-p", "no:cacheprovider", "-p", "tools.kernels", "-n", JOBS, "--dist", "loadfile", "book",
    ],
    "strict build": ["tools.book", "--whole"],
    **CODE,
    "data package": ["frictionless", "validate", "data/datapackage.json"],
}  # fmt: skip
# One file per worker: what a file needs, such as the printed book, is then made once.
SECOND = {"tests": ["pytest", "-n", JOBS, "--dist", "loadfile"]}
QUICK = {"quick tests": [*SECOND["tests"], "-m", "not slow"], **CODE}
LEFT_OUT = "rerunning the notebooks, the data package, the strict build, its pages and their print"


def step(name: str, module: list[str]) -> bool:
    """Run one step with this Python; whether it held."""
    start = time.monotonic()
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(
        [sys.executable, "-m", "tools.leaving", *module], cwd=ROOT, env=environment, text=True,
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
    parser = argparse.ArgumentParser(description="Prove the book.")
    parser.add_argument("--quick", action="store_true", help=f"in minutes, without {LEFT_OUT}")
    quick = parser.parse_args().quick
    ask_leave(ROOT / "_build")
    if wellformed.refused():
        return 1
    stages = [QUICK] if quick else [FIRST, SECOND]
    print(f"== proving: {', '.join(name for stage in stages for name in stage)}", flush=True)
    results: list[bool] = []
    for stage in stages:
        with ThreadPoolExecutor(max_workers=2) as pool:
            results += pool.map(step, stage, stage.values())
    held = f"all of this holds; `make test` adds {LEFT_OUT}" if quick else "everything holds"
    print(f"== {held}" if all(results) else "== something FAILS; see above", flush=True)
    return int(not all(results))


if __name__ == "__main__":
    sys.exit(main())
