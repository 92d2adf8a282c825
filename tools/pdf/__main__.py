"""Print the book as PDF from its built pages.

    python -m tools.pdf                                # after `make book`
    python -m tools.pdf --site folder --root folder    # another built site

The PDF lies beside the pages, so that the site can offer it. Needs WeasyPrint's system libraries;
no LaTeX.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.edition import Edition
from tools.notebooks import ROOT
from tools.pdf import shelf
from tools.pdf.document import merge
from tools.pdf.press import LibraryMissingError, typeset, weasyprint


def print_book(root: Path, site: Path) -> Path:
    """Print the built site; returns the PDF's path.

    Raises:
        LibraryMissingError: a system library of WeasyPrint is missing.
        ValueError: a link leads nowhere, or WeasyPrint warned of something.
    """
    weasyprint()  # first: merging takes seconds, and in vain if the library is missing
    document = merge(root, site, Edition.of(root))
    if document.dangling:
        raise ValueError("links that lead nowhere:\n" + "\n".join(document.dangling))
    partial = site / "printing.part"
    if warnings := typeset(document, site, partial):
        raise ValueError("the typesetter warns:\n" + "\n".join(dict.fromkeys(warnings)))
    return shelf.put(partial, site)


def main() -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description="Print the built book as PDF.")
    parser.add_argument("--root", type=Path, default=ROOT, help="folder that holds _toc.yml")
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    options = parser.parse_args()
    try:
        path = print_book(options.root, options.site)
    except (LibraryMissingError, FileNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The book as PDF: {os.path.relpath(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
