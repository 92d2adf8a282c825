"""Measure how long the book takes to make, beside floors that are made on the spot.

    python -m tools.bench            # writes tools/bench/last.json and the table of README.md
    python -m tools.bench --dry      # only says it
    python -m tools.bench --only N   # the measures whose names hold N; writes nothing

Everything runs in copies, so that nothing of the project is touched and nothing is at hand that was
made before. Seconds by the clock mean little on a machine with other work; the ratios of processor
time do.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tools import wellformed
from tools.bench import floors
from tools.bench.record import FILE, Record, Row, machine
from tools.bench.spent import BenchError, Step, median, pairs
from tools.contents import reading_order
from tools.exhibits import exhibits
from tools.inputs import ROOT
from tools.pdf.library import LibraryMissingError, pango_version
from tools.prove import FIRST
from tools.replace import ask_leave
from tools.words import command

PYTHON = sys.executable
JUPYTER_BOOK = (PYTHON, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
BOOK, NOTEBOOKS = (PYTHON, "-m", "tools.book"), (PYTHON, "-m", "tools.notebooks")
PDF = (PYTHON, "-m", "tools.pdf")
NBVAL = (PYTHON, "-m", *FIRST["notebooks"])
# What an edit changes: a sentence of a page, a constant of a chapter's figures.
PROSE, CHART = "book/methods.md", "analysis/timeline/figures.py"


class Measure(NamedTuple):
    """What is done, the floor in words, both as steps, and how often they are run in turn."""

    done: str
    floor: str
    least: Step | None
    book: Step
    times: int = 1

    def row(self) -> Row:
        """What both take.

        Raises:
            BenchError: one of them fails.
        """
        if self.least is None:
            return Row(self.done, "", None, median([self.book.run() for _ in range(self.times)]))
        return Row(self.done, self.floor, *pairs(self.least, self.book, self.times))


def measures(folder: Path) -> Iterator[Measure]:
    """All measures, in order: each may count on what those before it have made.

    Args:
        folder: for the copies and the floors.
    """
    pages = reading_order(ROOT)
    drawn = Counter(each.docname for each in exhibits(ROOT) if each.kind == "figure")
    run = [page for page in pages if page.notebook]
    ours = floors.project(ROOT, folder / "book")
    empty = floors.book(folder / "empty", len(pages))
    bare = floors.project(ROOT, folder / "bare")
    names = list(floors.notebooks(bare / "book", [0] * len(run)))
    drawing = floors.project(ROOT, folder / "drawing")
    drawers = list(floors.notebooks(drawing / "book", [drawn[page.docname] for page in run]))
    own = [page.name for page in run]
    count, figures = f"{len(run)} notebooks", sum(drawn.values())

    yield Measure(
        "read the findings of all chapters: `import analysis.register`", "`import pandas`",
        Step([(PYTHON, "-c", "import pandas")], ours),
        Step([(PYTHON, "-c", "import analysis.register")], ours), times=5,
    )  # fmt: skip
    yield Measure(
        f"build {len(pages)} pages from nothing", "as many empty pages by Jupyter Book",
        Step([JUPYTER_BOOK], empty, lambda: _removed(empty)),
        Step([BOOK], ours, lambda: _removed(ours)),
    )  # fmt: skip
    yield Measure(
        "build them again", "the same",
        Step([JUPYTER_BOOK], empty), Step([BOOK], ours), times=3,
    )  # fmt: skip
    yield Measure(
        "build them after the edit of a sentence", "the same",
        Step([JUPYTER_BOOK], empty, lambda: _said(empty / "page-01.md")),
        Step([BOOK], ours, lambda: _said(ours / PROSE)), times=3,
    )  # fmt: skip
    rerun = Step([(*NOTEBOOKS, *own)], ours)
    yield Measure(
        f"rerun {count}", "as many that import pandas and matplotlib",
        Step([(*NOTEBOOKS, *names)], bare), rerun,
    )  # fmt: skip
    yield Measure(
        f"rerun {count}, with {figures} figures in two sizes", "as many with as many figures of "
        "one line", Step([(*NOTEBOOKS, *drawers)], drawing), rerun,
    )  # fmt: skip
    yield Measure(
        f"compare what {count} show with what is stored (nbval)", "the rerun", rerun,
        Step([NBVAL], ours),
    )  # fmt: skip
    yield Measure(
        "see the edit of a chart on its page: rerun what it concerns, build", "", None,
        Step((NOTEBOOKS, BOOK), ours, lambda: _redrawn(ours / CHART)),
    )  # fmt: skip
    if _prints():
        yield Measure("print the three PDFs", "", None, Step([PDF], ours))


def _prints() -> bool:
    """Whether this machine has what printing needs."""
    try:
        return bool(pango_version())
    except LibraryMissingError:
        return False


def _removed(project: Path) -> None:
    shutil.rmtree(project / "_build", ignore_errors=True)


def _said(page: Path) -> None:
    page.write_text(f"{page.read_text(encoding='utf-8')}\nOne more.\n", encoding="utf-8")


def _redrawn(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    module.write_text(f"{text}\nEDITED = {len(text)}\n", encoding="utf-8")


def main() -> int:
    """The command line; returns the exit code."""
    parser = command(__doc__)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--only", default="", help="measures whose names hold this")
    given = parser.parse_args()
    kept = not (given.dry or given.only)
    if kept:
        ask_leave(FILE)
    if wellformed.refused():
        return 1
    rows, kind = [], machine()  # before the bench is its work
    try:
        with tempfile.TemporaryDirectory() as folder:
            for measure in measures(Path(folder)):
                if given.only in measure.done:
                    rows.append(measure.row())
                    print(f"measured: {measure.done}", file=sys.stderr, flush=True)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    if not rows:
        print(f"--only {given.only!r}: no measure; expected: a part of its name", file=sys.stderr)
        return 1
    record = Record(datetime.now(UTC).date().isoformat(), kind, rows)
    print(record.shown())
    if kept:
        record.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
