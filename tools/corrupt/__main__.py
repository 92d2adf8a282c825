"""Corrupt every table of the package on purpose, and count what the checks notice.

    python -m tools.corrupt                # a sample by the seed, without the documents
    python -m tools.corrupt SOURCES        # the same, and what the documents notice besides
    python -m tools.corrupt SOURCES --all  # every cell and row: hours

The score goes to `book/trust.json`, from which the page "How far to trust this" is made; a run of
some tables alone, or without the documents, writes nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from analysis.tables import load, names
from tools import wellformed
from tools.corrupt.mutants import Mutant
from tools.corrupt.score import FILE, Score
from tools.corrupt.trial import Bench, Outcome
from tools.replace import ask_leave, unwritten, whole
from tools.verify.transcription import absent
from tools.words import command, count

BENCH: list[Bench] = []  # The one of this process, which its workers inherit.


def main() -> int:
    """The command line; returns the exit code."""
    parser = command(__doc__)
    parser.add_argument("sources", nargs="?", type=Path, help="folder of the transcriptions")
    parser.add_argument("--seed", type=int, default=15, help="of the sample (15)")
    parser.add_argument("--each", type=count, default=3, help="of a kind, for a field (3)")
    parser.add_argument("--most", type=count, help="of all of them, drawn by the seed")
    parser.add_argument("--all", action="store_true", help="every cell and row once")
    parser.add_argument(
        "--tables", nargs="*", choices=list(names()), metavar="TABLE", help="these alone"
    )
    parser.add_argument("--survivors", type=Path, help="a file for those that nothing noticed")
    given = parser.parse_args()
    if wellformed.refused():
        return 1
    if given.sources and (lacking := absent(given.sources, load("documents"))):
        parser.error(lacking)
    if given.survivors and (
        given.survivors.is_dir() or not given.survivors.absolute().parent.is_dir()
    ):
        parser.error(f"--survivors: {str(given.survivors)!r}: expected: a file in a folder")
    published = given.sources and not given.tables
    for path in filter(None, (given.survivors, published and FILE)):
        ask_leave(path)
    started = time.monotonic()
    try:
        bench = Bench.of_the_package(given.sources)
    except ValueError as error:  # what the tables or the documents fail before any corruption
        print(error, file=sys.stderr)
        return 1
    BENCH[:] = [bench]
    each = None if given.all else given.each
    chosen = list(bench.mutants(given.tables or list(names()), given.seed, each))
    if given.most and given.most < len(chosen):
        chosen = random.Random(given.seed).sample(chosen, given.most)
    print(f"{len(chosen)} corruptions of {len({m.table for m in chosen})} tables", flush=True)
    outcomes = list(tried(chosen))
    score = Score.of(outcomes, given.seed, each, datetime.now(UTC).date())
    print("\n".join(score.lines()))
    written = given.survivors
    try:
        if given.survivors:
            whole(given.survivors, "".join(f"{_told(o)}\n" for o in outcomes if not o.by))
        if published:
            written = FILE
            last = Score.read()
            replace(score, code=last.code, sample=last.sample, covered=last.covered).write(FILE)
            print(f"Written: {FILE}")
    except OSError as error:
        print(unwritten(written, error), file=sys.stderr)
        return 1
    print(f"== Tried in {time.monotonic() - started:.0f} s")
    return 0


def tried(chosen: list[Mutant]) -> list[Outcome]:
    """The outcome of each, in order, tried in as many processes as there are processors."""
    outcomes: list[Outcome] = []
    context = multiprocessing.get_context("fork")
    with context.Pool(os.cpu_count()) as pool:
        for outcome in pool.imap(_try, chosen, chunksize=4):
            outcomes.append(outcome)
            if len(outcomes) % 100 == 0:
                print(f"  {len(outcomes)} tried", flush=True)
    return outcomes


def _try(mutant: Mutant) -> Outcome:
    return BENCH[0].try_out(mutant)


def _told(outcome: Outcome) -> str:
    mutant = outcome.mutant
    rows = ", ".join(str(row + 2) for row in mutant.rows)
    cells = " | ".join("(empty)" if cell is None else cell for cell in mutant.cells)
    cells = cells or mutant.beside
    seen = "documents" if outcome.documents else "nobody"
    return "\t".join([mutant.role, mutant.kind, mutant.table, mutant.field, rows, cells, seen])


if __name__ == "__main__":
    sys.exit(main())
