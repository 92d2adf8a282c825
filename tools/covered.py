"""Measure which code the tests run, branch by branch, and fail below the bars; `make coverage`.

    python -m tools.covered
    python -m tools.covered --kept    # run nothing, count what was measured last

It measures every Python that a test starts as well: commands, kernels, the build of the site, which
is therefore not taken as it lies. The shares go to `book/trust.json`, from which the page "How far
to trust this" is made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tools import prove
from tools.book import LAST, SITE
from tools.corrupt.score import FILE, Score
from tools.inputs import ROOT
from tools.replace import ask_leave
from tools.words import command

# Per cent of statements and branches, by folder.
BARS = {"analysis": 95, "tools": 90, "book/_ext": 90}
PLACE = ROOT / "_build" / "coverage"
DATA = PLACE / "data"
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
    parser = command(__doc__)
    parser.add_argument("--kept", action="store_true", help="run nothing, count what is there")
    kept = parser.parse_args().kept
    program = shutil.which("coverage")
    if program is None:
        print("coverage is not there; `make coverage` installs it where it may", file=sys.stderr)
        return 1
    if kept and not DATA.is_file():
        told = "No such file; expected: what a run without --kept has measured"
        print(f"{DATA.relative_to(ROOT).as_posix()}: {told}", file=sys.stderr)
        return 1
    ask_leave(FILE)
    if not kept and not measured(Path(program)):
        print("== a test FAILS; see above", flush=True)
        return 1
    shares = {folder: share(folder) for folder in BARS}
    day = datetime.now(UTC).date().isoformat()
    replace(Score.read(), covered={"day": day, **shares}).write(FILE)
    print(f"Written: {FILE.relative_to(ROOT).as_posix()}")
    low = [
        f"{f}: {shares[f]} per cent; expected: {bar}" for f, bar in BARS.items() if shares[f] < bar
    ]
    print("\n".join(low or ["== all bars are reached"]), flush=True)
    return int(bool(low))


def measured(program: Path) -> bool:
    """Run the tests under coverage; whether all of them held."""
    lay_out(program.with_name("python"))
    (SITE / LAST).unlink(missing_ok=True)
    held = coverage("run", "-m", *prove.SECOND["tests"], "-p", "keeping").returncode == 0
    coverage("combine", "--quiet")
    return held


def share(folder: str) -> float:
    """Say what is not run of a folder; per cent of its statements and branches that are."""
    own = f"--include={folder}/*"
    coverage("report", own, "--skip-covered", "--show-missing")
    return float(coverage("report", own, "--format=total", "--precision=1", quiet=True).stdout)


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


def coverage(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it on the project with this Python, and show what it says unless quiet."""
    path = os.pathsep.join(filter(None, [str(PLACE), str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "coverage", *arguments], cwd=ROOT, text=True,
        env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE if quiet else None,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
