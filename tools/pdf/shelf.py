"""The place of the PDF in the site: its file, and the line on the downloads page that offers it.

The pages are built first and printed then, so the line is written by the build without a link, and
by the printing with one: no page ever offers a PDF that is not there or not of this build.
"""

from __future__ import annotations

import re
from pathlib import Path

NAME = "the-figures-behind-the-dialogue.pdf"
PAGE = Path("book", "downloads.html")
LINE = re.compile(r'<p id="printed">.*?</p>', re.DOTALL)


def empty() -> str:
    """The line while the book is not printed."""
    return (
        '<p id="printed">The book as PDF, for paper and for reading offline, is not in this copy '
        "of the site. <code>make pdf</code> prints it from the same pages and puts it here.</p>"
    )


def clear(site: Path) -> None:
    """Take away a PDF of an earlier build."""
    (site / NAME).unlink(missing_ok=True)


def put(printed: Path, site: Path) -> Path:
    """Put the printed book into the site and offer it on the downloads page.

    Args:
        printed: the finished file; it is moved.
        site: the folder of the built site.
    """
    page, target = site / PAGE, site / NAME
    printed.replace(target)
    if page.is_file():
        megabytes = target.stat().st_size / 1e6
        line = (
            f'<p id="printed"><a href="../{NAME}" type="application/pdf">The book as PDF</a> '
            f"({megabytes:.1f} MB): the same text, figures, tables and ledger for paper, with "
            "bookmarks and tags for screen readers.</p>"
        )
        partial = page.with_suffix(".part")
        partial.write_text(LINE.sub(line, page.read_text(encoding="utf-8")), encoding="utf-8")
        partial.replace(page)
        target.touch()  # it stays newer than the pages that it was printed from
    return target
