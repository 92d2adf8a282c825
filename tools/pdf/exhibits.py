"""Exhibits in print: how to cite them, their files, and the data as an appendix.

On a page the data of a figure are folded below it, and so are long tables. In print they would tear
the chapter apart, so they stand together at the end of the annex, and each exhibit says on which
page. What a page offers as links and behind "Cite" is said in a few words at the end of the
sources. All of it comes from the exhibits themselves; of the page only the element in which one
stands is used, and a long table, which has links.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from bs4 import Tag

from analysis import markup
from tools.exhibits import FOLDER, Placed
from tools.exhibits import exhibits as placed
from tools.pdf import tables
from tools.pdf.tags import soup

DATA = "figure-data"
TITLE = "Data of the figures, and long tables"
# Data of so many rows are set in columns of the page, which is so many characters wide.
LONG = 24
FULL = 20  # rows: a folded table of more is set apart
ROOM = 136
SLACK = 1.2  # a little over, and some cells wrap
# A table that would take the page's width so often lies on its side.
TURNED = 2.2


def anchor(exhibit: Placed) -> str:
    """The id of an exhibit in the document: those of a page bear its name in front."""
    return f"{exhibit.docname.rsplit('/', 1)[-1]}.{exhibit.exhibit_id}"


def by_anchor(root: Path) -> dict[str, Placed]:
    """The exhibits of the book by their ids in print."""
    return {anchor(exhibit): exhibit for exhibit in placed(root)}


def name_files(tag: Tag, exhibit: Placed) -> None:
    """Name the files that hold the exhibit; the names lead there where links can."""
    up = "../" * exhibit.docname.count("/")
    names = [f"{exhibit.exhibit_id}{end}" for end in exhibit.files if end.count(".") == 1]
    named = [f'<a href="{up}{FOLDER}/{name}">{name}</a>' for name in names]
    _append(tag, f'<span class="files">Files: {", ".join(named)}.</span>')


def cite(tag: Tag, exhibit: Placed, book: str, version: str) -> None:
    """Say how to cite the exhibit; its title stands above it."""
    words = f"Cite as {exhibit.number} in <cite>{escape(book)}</cite>, version {version}."
    _append(tag, f'<span class="cite">{words}</span>')


def _append(tag: Tag, html: str) -> None:
    source = tag.select_one(".exhibit-source")
    assert source is not None, "every exhibit names its sources"
    source.append(soup(f" {html}"))


def is_apart(exhibit: Placed) -> bool:
    """Whether its data stand in the annex and not in it."""
    return exhibit.kind == "figure" or (exhibit.folded and len(exhibit.shown) > FULL)


def refer(tag: Tag, exhibit: Placed) -> None:
    """Say where the data stand that are not in the exhibit itself."""
    if is_apart(exhibit):
        words = "data" if exhibit.kind == "figure" else f"{len(exhibit.shown)} rows"
        link = f'<a href="#{DATA}.{anchor(exhibit)}">{words}</a>'
        _append(tag, f'<span class="data-place named">Its {link}.</span>')


def appendix(known: Mapping[str, Placed], tables: Mapping[str, Tag]) -> str:
    """What stands apart, under the titles of the exhibits; empty if nothing does.

    Args:
        known: the exhibits by their ids in print.
        tables: the long tables, taken from the pages, by the same ids.
    """
    return "".join(_data(e, tables.get(name)) for name, e in known.items() if is_apart(e))


def _data(exhibit: Placed, table: Tag | None) -> str:
    if table is None:
        table = soup(markup.table(exhibit.heads, exhibit.shown)).table
    assert table is not None, "the data of a figure are a table"
    columns = _columns(table)
    turned = tables.natural_width(table) > TURNED * ROOM or tables.least_width(table) > ROOM
    tables.measure(table, tables.ROOM["lying"] if turned else ROOM // columns)
    title = f'<a href="#{anchor(exhibit)}">{exhibit.number}</a> {escape(exhibit.title)}.'
    block = (
        f'<p class="data-title">{title}</p>'
        f'<div class="exhibit-data columns-{columns}" id="{DATA}.{anchor(exhibit)}">{table}</div>'
        f"{markup.left_out(len(exhibit.shown), len(exhibit.rows))}"
    )
    return f'<div class="lying">{block}</div>' if turned else block


def _columns(table: Tag) -> int:
    """In how many columns of the page a long and narrow table is set."""
    if len(table.find_all("tr")) < LONG:
        return 1
    return max(1, min(3, int(ROOM * SLACK / max(1, tables.natural_width(table)))))
