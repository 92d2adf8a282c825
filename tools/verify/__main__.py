"""Check the ledger, and with the documents at hand every word and number of it against them.

    python -m tools.verify SOURCES    # SOURCES: the folder that holds the transcriptions

Without a folder, whatever needs no source text is still checked, but nothing is verified. Exit code
1 unless everything was; each problem is one line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from analysis.tables import PACKAGE, TableError, load, names
from tools import wellformed
from tools.verify import cited, coverage, figures, places
from tools.verify.numbers import Number
from tools.verify.passages import Passage, read
from tools.verify.problems import ReadingError
from tools.verify.transcription import absent
from tools.words import command

HOW_TO_GET = """\
The documents belong to their publishers and are not part of this project. To check against them:
put their transcriptions, under the file names above, into one folder and give it as SOURCES.
The reports and resolutions are also at https://undocs.org under their symbols, and the other
documents with the publishers named in data/stated/documents.csv; but only the transcriptions
with the recorded SHA-256 are the texts that were read."""


def main() -> int:
    """The command line; returns the exit code, which is nought only if all was verified."""
    started = time.perf_counter()
    parser = command(__doc__)
    parser.add_argument("sources", nargs="?", type=Path, help="folder of the transcriptions")
    folder = parser.parse_args().sources
    if wellformed.refused():
        return 1
    found = problems(folder)
    print("\n".join(found), end="\n" if found else "")
    if found:
        print(f"== Not verified: {len(found)} problem{'s' * (len(found) != 1)}")
    elif folder is None:
        print("== Documents not checked: no folder given; expected: make verify SOURCES=folder")
    else:
        print(f"== Verified: nothing amiss, in {time.perf_counter() - started:.1f} s")
    return int(bool(found) or folder is None)


def problems(folder: Path | None, package: Path = PACKAGE) -> list[str]:
    """Everything that is amiss with the data package; prints what was checked.

    Args:
        folder: of the transcriptions; without one nothing is held against them.
        package: the descriptor of the data package.
    """
    try:
        statements, documents = load("statements", package), load("documents", package)
        found = [*figures.problems(statements), *places.misnamed_places(package)]
        print(
            f"{len(statements)} statements: figures against phrases, values and qualifiers checked"
        )
        if folder is not None:
            if lacking := absent(folder, documents):
                return [*found, lacking]
            return found + against(read(folder, package), package)
    except (TableError, ReadingError) as error:
        return str(error).split("\n")
    print("The documents, none of which was asked for:")
    files = documents.drop_duplicates("transcription")
    for name, digest in zip(files["transcription"], files["sha256"], strict=True):
        print(f"  {name}  sha256 {digest}")
    print(HOW_TO_GET)
    return found


def against(passages: list[Passage], package: Path = PACKAGE) -> list[str]:
    """Problems of the data package against the documents' text; prints what was covered."""
    quotations = places.quotations(package)
    found = list(places.misses(quotations, passages))
    for table in sorted(set(places.ORDERED) & set(names(package))):
        found += places.out_of_order(load(table, package), passages, table)
    found += cited.problems(passages, package)
    print(
        f"{len(quotations)} quotations of {quotations['table'].nunique()} tables sought in "
        f"{len(passages)} places of {len({p.document_id for p in passages})} documents"
    )
    result = coverage.cover(
        passages,
        coverage.all_numbers(passages, package),
        load("statements", package),
        load("uncovered", package),
    )
    print(f"{result.counts.total() + len(result.rest)} numerals and number words:")
    for kind, count in result.counts.most_common():
        print(f"  {count:5d}  {kind}")
    print(f"  {len(result.rest):5d}  not accounted for")
    return [*found, *map(unaccounted, result.rest), *result.unused]


def unaccounted(number: Number) -> str:
    """The line for a number of a document that nothing accounts for."""
    where = f"{number.passage.document_id}, {number.passage.place}"
    return f"{where}: {number.context}: expected: a statement of it, or a row of uncovered"


if __name__ == "__main__":
    sys.exit(main())
