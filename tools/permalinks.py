"""The addresses that readers may have kept: those of the last release, and where each leads now.

    python -m tools.permalinks            # at a release: list the addresses of the built site
    python -m tools.permalinks --check    # which of the listed lead nowhere; exit 1 if any does

An address is a page (`book/stock.html`) or a place of one that has a link to copy
(`book/stock.html#stock-growth`). One that goes needs a row in `book/redirects.csv`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from tools.notebooks import ROOT
from tools.replace import unwritten, whole

LISTED = ROOT / "book" / "permalinks.txt"
REDIRECTS = ROOT / "book" / "redirects.csv"
FIELDS = ["from", "to"]


def listed(path: Path = LISTED) -> list[str]:
    """The addresses of the last release."""
    return path.read_text(encoding="utf-8").split()


def redirects(path: Path = REDIRECTS) -> dict[str, str]:
    """Former addresses to present ones.

    Raises:
        ValueError: a row has other fields, or a former address has two.
    """
    with path.open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    if heads != FIELDS:
        raise ValueError(f"{path.name}: row 1: {heads}: expected: {FIELDS}")
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != len(FIELDS) or not all(cell.startswith("book/") for cell in row):
            raise ValueError(f"{path.name}: row {number}: {row}: expected: two addresses, book/…")
        if row[0] in found:
            raise ValueError(f"{path.name}: row {number}: from: {row[0]!r} has a row already")
        found[row[0]] = row[1]
    return found


def offered(site: Path) -> set[str]:
    """The addresses of a built site that readers can copy."""
    found = set()
    for path in site.glob("book/*.html"):
        page = path.relative_to(site).as_posix()
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        if soup.select_one("article"):  # else it leads on to another page
            found |= {page, *(f"{page}{link['href']}" for link in soup.select("a.permalink"))}
    return found


def lost(
    released: Collection[str], there: Collection[str], leads: Mapping[str, str]
) -> Iterator[str]:
    """What is wrong with addresses that readers may have kept, in a line each.

    Args:
        released: addresses of the last release.
        there: those that the site has.
        leads: former addresses to present ones.
    """
    for address in released:
        page, _, place = address.partition("#")
        followed = f"{leads[page]}#{place}" if page in leads and place else ""
        if address not in there and address not in leads and followed not in there:
            yield f"{address}: released and gone; expected: a row in {REDIRECTS.name}"
    for old, new in leads.items():
        if old in there:
            yield f"{REDIRECTS.name}: from: {old!r} is still there"
        if new not in there:
            yield f"{REDIRECTS.name}: to: {new!r}: expected: a page, or a place with a link to copy"


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="List the addresses of the built site.")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--check", action="store_true", help="only report what leads nowhere")
    arguments = parser.parse_args()
    there = offered(arguments.site)
    if not there:
        parser.error(f"no built site in {arguments.site}; run `make book` first")
    problems = list(lost(listed(), there, redirects()))
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    if not arguments.check:
        try:
            whole(LISTED, "".join(f"{address}\n" for address in sorted(there)))
        except OSError as error:
            parser.error(unwritten(LISTED, error))
    print(f"{len(there)} addresses of the site; those of {LISTED.name} all lead somewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
