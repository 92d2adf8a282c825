"""Check the ledger, and with the documents at hand every word and number of it against them.

    python -m tools.verify SOURCES    # SOURCES: the folder that holds the transcriptions

Without the documents, whatever needs no source text is still checked. Exit code 1 if anything is
amiss; each problem is one line.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from analysis.tables import PACKAGE, TableError, load
from tools.verify import coverage, figures, places
from tools.verify.passages import Passage, read
from tools.verify.problems import ReadingError

HOW_TO_GET = """\
The documents belong to their publishers and are not part of this project. To check against them:
put their transcriptions, under the file names above, into one folder and give it as SOURCES.
The reports and resolutions are also at https://undocs.org under their symbols, and the other
documents with the publishers named in data/stated/documents.csv; but only the transcriptions
with the recorded SHA-256 are the texts that were read."""


def main() -> int:
    """The command line; returns the exit code."""
    started = time.perf_counter()
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sources", nargs="?", type=Path, help="folder of the transcriptions")
    found = problems(parser.parse_args().sources)
    print("\n".join(found), end="\n" if found else "")
    verdict = f"{len(found)} problems" if found else "nothing amiss"
    print(f"== Verified: {verdict}, in {time.perf_counter() - started:.1f} s")
    return int(bool(found))


def problems(folder: Path | None, package: Path = PACKAGE) -> list[str]:
    """Everything that is amiss with the data package; prints what was checked.

    Args:
        folder: of the transcriptions, if they are at hand.
        package: the descriptor of the data package.
    """
    try:
        statements, documents = load("statements", package), load("documents", package)
        found = [*figures.problems(statements), *places.misnamed_places(package)]
        print(
            f"{len(statements)} statements: figures against phrases, values and qualifiers checked"
        )
        if folder and any((folder / name).is_file() for name in documents["transcription"]):
            return found + against(read(folder, package), package)
    except (TableError, ReadingError) as error:
        return str(error).split("\n")
    files = documents.drop_duplicates("transcription")
    print(f"The documents are not at hand in {folder or 'any folder given'}:")
    for name, digest in zip(files["transcription"], files["sha256"], strict=True):
        print(f"  {name}  sha256 {digest}")
    print(HOW_TO_GET)
    return found


def against(passages: list[Passage], package: Path = PACKAGE) -> list[str]:
    """Problems of the data package against the documents' text; prints what was covered."""
    quotations = places.quotations(package)
    found = list(places.misses(quotations, passages))
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
    found += [
        f"not accounted for: {n.passage.document_id}, {n.passage.place}: {n.context}"
        for n in result.rest
    ]
    return found + [f"data/readings/uncovered.csv: matches nothing: {u}" for u in result.unused]


if __name__ == "__main__":
    sys.exit(main())
