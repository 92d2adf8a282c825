"""Print the book as three PDFs from its built pages: a brief, the book, an annex.

    python -m tools.pdf                                # after `make book`
    python -m tools.pdf --site folder --root folder    # another built site

The PDFs lie beside the pages, so that the site can offer them. Needs WeasyPrint's system libraries;
no LaTeX.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from copy import copy
from pathlib import Path

from tools import MISSING, refused
from tools.edition import Edition
from tools.notebooks import ROOT
from tools.pdf import brief, chapters, document, exhibits, floating, press, shelf, volumes
from tools.pdf.chapters import Chapter
from tools.pdf.document import Document
from tools.pdf.library import LibraryMissingError, weasyprint
from tools.pdf.press import Apart, Printed, measure, typeset
from tools.pdf.volumes import ANNEX, BOOK, BRIEF, Place

SOME_PAGE = 100  # of the annex, most of whose pages have three digits


def print_book(root: Path, site: Path) -> list[Path]:
    """Print the built site; returns the paths of the three PDFs.

    Raises:
        LibraryMissingError: a system library of WeasyPrint is missing.
        ValueError: a link leads nowhere, or WeasyPrint warned of something.
    """
    weasyprint()  # first: merging takes seconds, and in vain if the library is missing
    lengths = {}
    for merged, printed in volumes_of(root, site):
        if merged.dangling:
            raise ValueError("links that lead nowhere:\n" + "\n".join(merged.dangling))
        if printed.warnings:
            raise ValueError("the typesetter warns:\n" + "\n".join(dict.fromkeys(printed.warnings)))
        lengths[merged.volume] = printed.length
    return shelf.put(lengths, site)


def volumes_of(root: Path, site: Path) -> list[tuple[Document, Printed]]:
    """Each volume, merged and typeset, in the order in which they can name one another's pages.

    The annex comes first, since nearly all links lead there, and the brief, which nothing leads to,
    last. Each is begun when it is known where things stand in the one before.
    """
    edition, known = Edition.of(root), exhibits.by_anchor(root)
    pages = chapters.read(root, site, edition, known)
    summary = brief.article(root, site, edition, pages, known)
    in_book = document.labelled([c.article for c in pages if volumes.of(c.page.name) == BOOK])
    places = {name: Place(BOOK, label) for name, label in in_book.items()}
    merged = document.merge(ANNEX, pages, known, edition, places)
    with Apart(merged, site, shelf.partial(ANNEX, site)) as annex:
        _fill(pages, edition, annex.document.labels, site)
        places |= _places(annex)
        merged = document.merge(BOOK, pages, known, edition, places)
        with Apart(merged, site, shelf.partial(BOOK, site)) as book:
            places |= _places(book)
            merged = document.finish(BRIEF, "", [summary], edition, places)
            printed = typeset(merged, site, shelf.partial(BRIEF, site))
            return [*((each.document, each.printed) for each in (annex, book)), (merged, printed)]


def _places(apart: Apart) -> dict[str, Place]:
    """What stands where in a volume, by id."""
    volume, labels = apart.document.volume, apart.document.labels
    return {n: Place(volume, label, apart.pages.get(n)) for n, label in labels.items()}


def _fill(pages: list[Chapter], edition: Edition, in_annex: Mapping[str, str], site: Path) -> None:
    """Move the exhibits of the book to where they leave no holes.

    Their chapters are laid out for that once, without what else the book holds, and as if all that
    they refer to in the annex stood on one page: the number of a page takes room.
    """
    chapters = [c.article for c in pages if volumes.of(c.page.name) == BOOK]
    moving = [article for article in chapters if floating.may_move(article)]
    blocks = floating.mark(moving)
    places = {name: Place(ANNEX, label, SOME_PAGE) for name, label in in_annex.items()}
    led = document.finish(BOOK, "", [copy(article) for article in moving], edition, places)
    floating.settle(blocks, *measure(led.html, site))


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description="Print the built book as three PDFs.")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder that holds _toc.yml")
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    options = parser.parse_args()
    try:
        paths = print_book(options.root, options.site)
    except OSError as error:
        told = f"{error.filename}: {error.strerror}"
        site = f"{told}; expected: a site that `make book` built, of a project"
        print(site if error.errno in MISSING else refused(error), file=sys.stderr)
        return 1
    except BrokenProcessPool:
        told = "a process that typeset a volume was ended from outside; expected: room in memory"
        print(told, file=sys.stderr)
        return 1
    except (LibraryMissingError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        shelf.drop_partial(options.site)
        press.forget()
    print(f"Printed: {', '.join(os.path.relpath(path) for path in paths)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
