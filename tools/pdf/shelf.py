"""The place of the PDFs in the site: their files, and the lines on the pages that offer them.

The pages are built first and printed then, so the lines are written by the build without links, and
by the printing with them: no page ever offers a PDF that is not there or not of this build.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path

from tools import replace
from tools.pdf.volumes import VOLUMES, Volume

DOWNLOADS, FRONT = Path("book", "downloads.html"), Path("book", "index.html")
# What printing replaces on either page.
BEGIN, END = "<!--print-->", "<!--/print-->"
LINE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)


def empty() -> str:
    """The lines of the downloads page while nothing is printed."""
    return (
        f'<div id="printed">{BEGIN}<p>The PDFs, for paper and for reading offline, are not in this '
        "copy of the site. <code>make pdf</code> prints them from the same pages and puts them "
        f"here.</p>{END}</div>"
    )


def clear(site: Path) -> None:
    """Take away the PDFs of an earlier build, finished or not."""
    for volume in VOLUMES.values():
        (site / volume.file).unlink(missing_ok=True)
    drop_partial(site)


def drop_partial(site: Path) -> None:
    """Take away what a printing that failed has left."""
    with contextlib.suppress(OSError):  # there is nothing in a folder that is none
        for volume in VOLUMES.values():
            partial(volume, site).unlink(missing_ok=True)


def unprinted(path: Path, site: Path) -> bytes:
    """A file of the site as it was built, whether or not it was printed since."""
    content = path.read_bytes()
    if path in (site / DOWNLOADS, site / FRONT):
        return LINE.sub("", content.decode(errors="replace")).encode()
    return content


def partial(volume: Volume, site: Path) -> Path:
    """Where a volume is written until all are finished."""
    return site / f"{volume.key}.part"


def put(lengths: Mapping[Volume, int], site: Path) -> list[Path]:
    """Put the printed volumes into the site, and offer them; returns their paths.

    Args:
        lengths: of the finished volumes, in pages.
        site: the folder of the built site.
    """
    paths = [site / volume.file for volume in VOLUMES.values()]
    for volume, path in zip(VOLUMES.values(), paths, strict=True):
        partial(volume, site).replace(path)
    items = "".join(_item(volume, lengths[volume], site) for volume in VOLUMES.values())
    tagged = "<p>For paper, with bookmarks and tags for screen readers:</p>"
    _write(site / DOWNLOADS, f"{tagged}<ul>{items}</ul>")
    _write(
        site / FRONT,
        "".join(f"{_link(volume, lengths[volume])}\n" for volume in VOLUMES.values()),
    )
    for path in paths:
        path.touch()  # they stay newer than the pages that they were printed from
    return paths


def _item(volume: Volume, pages: int, site: Path) -> str:
    megabytes = (site / volume.file).stat().st_size / 1e6
    return f"<li>{_link(volume)} ({pages} pages, {megabytes:.1f} MB): {volume.holds}</li>"


def _link(volume: Volume, pages: int = 0) -> str:
    length = f", {pages} pages" if pages else ""
    words = f"{volume.name} (PDF{length})"
    return f'<a href="../{volume.file}" type="application/pdf">{words}</a>'


def _write(page: Path, html: str) -> None:
    if page.is_file():
        text = LINE.sub(f"{BEGIN}{html}{END}", page.read_text(encoding="utf-8"))
        replace.whole(page, text)
