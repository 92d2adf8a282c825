"""Build the HTML book from the stored outputs of fresh notebooks.

    python -m tools.book

Jupyter Book's own exit code is nought when a cell failed or a link dangles; `-n -W` make it fail,
and `--keep-going` shows all problems at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools import wellformed
from tools.notebooks import ROOT, notebooks, unfit
from tools.pdf import shelf

SITE = ROOT / "_build" / "html"
# What a build writes last; a site without it is half built, and no test takes it for fresh.
LAST = Path("_static", "search-data.js")


def build() -> int:
    """Check what is read and the notebooks, build the pages; returns the exit code."""
    if wellformed.refused():
        return 1
    if stale := unfit(notebooks()):
        print("\n".join(stale), file=sys.stderr)
        return 1
    # The epoch belongs to figures, inside kernels; here it would rewrite the footer's year.
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    command = [
        sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(ROOT),
        "--all", "-n", "-W", "--keep-going", "--quiet",
    ]  # fmt: skip
    shelf.clear(SITE)
    (SITE / LAST).unlink(missing_ok=True)
    result = subprocess.run(
        command, env=environment, text=True, capture_output=True, encoding="utf-8"
    )
    # Jupyter Book ends with a banner about local paths; only warnings and errors are worth reading.
    told = [line for line in result.stderr.splitlines() if line.strip()]
    if result.returncode:
        (SITE / LAST).unlink(missing_ok=True)
        print("\n".join(told), file=sys.stderr)
        return result.returncode
    print(f"The book: {(SITE / 'book' / 'index.html').relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(build())
