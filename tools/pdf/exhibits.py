"""Exhibits in print: captions for the lists, how to cite them, and the data as an appendix.

On a page the data of a figure are folded below it. In print they would tear the chapter apart, so
they stand together at the end, and each figure says on which page. What a page offers as links and
behind "Cite" is said in a few words at the end of the sources.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape

from bs4 import Tag

from tools.pdf import tables
from tools.pdf.tags import classes, soup, text

DATA = "figure-data"
TITLE = "Data of the figures"
# Data of so many rows are set in columns of the page, which is so many characters wide.
LONG = 24
ROOM = 136
SLACK = 1.2  # a little over, and some cells wrap
# A table that would take the page's width so often lies on its side.
TURNED = 2.2


@dataclass(frozen=True)
class Caption:
    """What the list of figures and tables says: id in the document, number, first sentence."""

    target: str
    number: str
    sentence: str


def caption(exhibit: Tag) -> Caption:
    """The caption of a `figure.exhibit`."""
    whole = exhibit.find("figcaption") or exhibit.find("caption")
    number = exhibit.find(class_="exhibit-number")
    assert isinstance(whole, Tag), "every exhibit has a caption"
    assert isinstance(number, Tag), "every exhibit has a number"
    told = text(whole).replace(text(number), "", 1).strip()
    # "A/58/98, para. 1" does not end a sentence.
    sentence = re.split(r"(?<=[a-z0-9)%])\.\s+(?=[A-Z])", told, maxsplit=1)[0].rstrip(".")
    return Caption(str(exhibit["id"]), text(number).rstrip("."), sentence)


def name_files(exhibit: Tag) -> None:
    """Name the files that hold the exhibit; the names lead there where links can."""
    links = exhibit.select(".exhibit-downloads a[download]")
    named = [f'<a href="{a["href"]}">{posixpath.basename(str(a["href"]))}</a>' for a in links]
    if named:
        _append(exhibit, f'<span class="files">Files: {", ".join(named)}.</span>')


def cite(exhibit: Tag, book: str, version: str) -> None:
    """Say how to cite the exhibit; its title stands above it."""
    words = f"Cite as {caption(exhibit).number} in <cite>{escape(book)}</cite>, version {version}."
    _append(exhibit, f'<span class="cite">{words}</span>')


def _append(exhibit: Tag, html: str) -> None:
    source = exhibit.select_one(".exhibit-source")
    assert source is not None, "every exhibit names its sources"
    source.append(soup(f" {html}"))


def appendix(exhibits: list[Tag]) -> str:
    """Take the folded data out of the figures; returns them under titles, empty if none."""
    return "".join(_taken(exhibit) for exhibit in exhibits)


def _taken(exhibit: Tag) -> str:
    data = exhibit.select_one(".exhibit-data")
    if data is None:
        return ""
    place = f"{DATA}.{exhibit['id']}"
    _append(exhibit, f'<span class="data-place">Data: <a href="#{place}">page</a>.</span>')
    tools = data.parent
    data.extract()
    if tools is not None and "exhibit-tools" in classes(tools) and not text(tools):
        tools.decompose()
    # The title of the data says what both of them say.
    for tag in data.select(".summary, caption"):
        tag.decompose()
    data["id"] = place
    table = data.find("table")
    assert table is not None, "the data of a figure are a table"
    columns = _columns(table)
    turned = tables.natural_width(table) > TURNED * ROOM or tables.least_width(table) > ROOM
    tables.measure(table, tables.ROOM["lying"] if turned else ROOM // columns)
    data["class"] = f"exhibit-data columns-{columns}"
    told = caption(exhibit)
    title = f'<a href="#{told.target}">{escape(told.number)}</a> {escape(told.sentence)}.'
    block = f'<p class="data-title">{title}</p>{data}'
    return f'<div class="lying">{block}</div>' if turned else block


def _columns(table: Tag) -> int:
    """In how many columns of the page a long and narrow table is set."""
    if len(table.find_all("tr")) < LONG:
        return 1
    return max(1, min(3, int(ROOM * SLACK / max(1, tables.natural_width(table)))))
