"""Measure which code the tests run, branch by branch, and fail below the bars; `make coverage`.

    python -m tools.covered

coverage.py is no part of the lock; `make coverage` brings it. It measures every Python that a test
starts as well: commands, kernels, the build of the site, which is therefore not taken as it lies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import prove
from tools.book import LAST, SITE
from tools.inputs import ROOT

# Per cent of statements and branches, by folder.
BARS = {"analysis": 95, "tools": 90, "book/_ext": 90}
PLACE = ROOT / "_build" / "coverage"
# A Python imports this as it starts, if it lies on the path.
START = "import coverage\n\ncoverage.process_startup()\n"
# xdist gives its workers ten seconds to end; what they have measured is kept before.
PLUGIN = """import coverage


def pytest_sessionfinish():
    if measuring := coverage.Coverage.current():
        measuring.save()
"""


def main() -> int:
    """The command line; returns the exit code."""
    program = shutil.which("coverage")
    if program is None:
        print("coverage is not there; `make coverage` installs it where it may", file=sys.stderr)
        return 1
    lay_out(Path(program).with_name("python"))
    (SITE / LAST).unlink(missing_ok=True)
    held = coverage("run", "-m", *prove.SECOND["tests"], "-p", "keeping") == 0
    coverage("combine", "--quiet")
    for folder, bar in BARS.items():
        told = ("report", f"--include={folder}/*", "--skip-covered", f"--fail-under={bar}")
        held &= coverage(*told) == 0
    print("== all bars are reached" if held else "== a test or a bar FAILS; see above", flush=True)
    return int(not held)


def lay_out(python: Path) -> None:
    """What goes on the path: coverage alone of all that it came with, what starts and keeps it.

    Args:
        python: one that can import it.
    """
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    code = "import coverage; print(coverage.__path__[0])"
    told = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    (PLACE / "coverage").symlink_to(told.stdout.strip())
    (PLACE / "sitecustomize.py").write_text(START, encoding="utf-8")
    (PLACE / "keeping.py").write_text(PLUGIN, encoding="utf-8")


def coverage(*arguments: str) -> int:
    """Run it on the project with this Python; its exit code."""
    path = os.pathsep.join(filter(None, [str(PLACE), str(ROOT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}).returncode


if __name__ == "__main__":
    sys.exit(main())
