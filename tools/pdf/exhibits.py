"""Exhibits in print: the size of a drawing, and what stands apart at the end of the annex.

On a page the data of a figure are folded below it, and so are tables of detail. In print they would
tear the chapter apart, so they stand together at the end of the annex; the chapter keeps the title
of such a table, and says on which page of the annex it is. Files and citation are told once for
all: the names of the files there, how to cite in the imprint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from bs4 import Tag

from analysis import markup
from tools.exhibits import FOLDER, Placed
from tools.exhibits import exhibits as placed
from tools.pdf import tables, volumes
from tools.pdf.tags import add_classes, soup

DATA = "figure-data"
TITLE = "Data of the figures, and tables of detail"
FILES = f"{DATA}.files"
POINT = 25.4 / 72  # in millimetres
SMALLEST = 6.5  # points: the least lettering of a printed drawing
COLUMN = 134  # millimetres: the text's column, and the width of a drawing that can be read there
# A letter of a drawing: an outline for 100 points, made smaller.
LETTER = re.compile(r"scale\(([\d.]+) -\1\)")
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ')
# Data of so many rows are set in columns of the page, which is so many characters wide.
LONG = 24
FULL = 20  # rows: in the annex a folded table of more is set apart
ROOM = 141
SLACK = 1.2  # a little over, and some cells wrap
# A table that would take the page's width so often lies on its side.
TURNED = 2.2


def anchor(exhibit: Placed) -> str:
    """The id of an exhibit in the document: those of a page bear its name in front."""
    return f"{exhibit.docname.rsplit('/', 1)[-1]}.{exhibit.exhibit_id}"


def by_anchor(root: Path) -> dict[str, Placed]:
    """The exhibits of the book by their ids in print."""
    return {anchor(exhibit): exhibit for exhibit in placed(root)}


def size(tag: Tag, exhibit: Placed) -> None:
    """Give a drawing its printed width; what is said of it stands beside it where there is room."""
    width = max(COLUMN, _legible(exhibit.svg))
    for image in tag.select(".exhibit-drawing img"):
        image["style"] = f"width:{width:.1f}mm"
    if width == COLUMN:
        add_classes(tag, "beside")


def pair(tag: Tag) -> None:
    """Frame what is shown and what is said of it, which stand beside one another."""
    shown = tag.select_one(".exhibit-drawing, .exhibit-scroll")
    assert shown is not None, "an exhibit shows something"
    said = soup('<div class="said"></div>').div
    assert said is not None
    for part in shown.find_next_siblings():
        said.append(part.extract())
    frame = shown.wrap(Tag(name="div"))
    frame.append(said)
    add_classes(frame, "pair")


def _legible(svg: str) -> float:
    """The least width of a drawing, in millimetres, at which its smallest letters can be read."""
    found = SIZE.search(svg)
    assert found is not None, "matplotlib gives every drawing a size"
    smallest = 100 * min(map(float, LETTER.findall(svg)), default=1.0)
    return float(found[1]) * POINT * SMALLEST / smallest


def is_apart(exhibit: Placed) -> bool:
    """Whether its data stand at the end of the annex and not in it."""
    in_book = volumes.of(exhibit.docname.rsplit("/", 1)[-1]) == volumes.BOOK
    long = in_book or len(exhibit.shown) > FULL
    return exhibit.kind == "figure" or (exhibit.folded and long)


def set_apart(tag: Tag, exhibit: Placed) -> Tag:
    """Take all but its title out of a table that stands at the end of the annex; returns that."""
    caption = tag.find("figcaption")
    assert isinstance(caption, Tag), "every exhibit has a title"
    taken = soup(f'<div><p class="data-title">{caption.decode_contents()}</p></div>').div
    assert taken is not None
    for part in caption.find_next_siblings():
        taken.append(part.extract())
    subtitle = caption.find(class_="exhibit-subtitle")
    if isinstance(subtitle, Tag):
        subtitle.decompose()
    for space in caption.find_all(string=re.compile(r"^\s+$"), recursive=False)[1:]:
        space.extract()
    link = f'<a href="#{DATA}.{anchor(exhibit)}">{len(exhibit.shown)} rows</a>'
    caption.append(soup(f'. <span class="data-place named">Its {link}.</span>'))
    add_classes(tag, "pointer")
    return taken


def cite(tag: Tag) -> None:
    """Put the sources with their places where the page names only what they are in."""
    for documents, source in zip(
        tag.select(".exhibit-documents"), tag.select(".exhibit-source"), strict=True
    ):
        documents.replace_with(source.extract())


def refer(tag: Tag, exhibit: Placed) -> None:
    """Say where the data of a figure stand."""
    source = tag.select_one(".exhibit-source")
    assert source is not None, "every exhibit names its sources"
    link = f'<a href="#{DATA}.{anchor(exhibit)}">data</a>'
    source.append(soup(f' <span class="data-place named">Its {link}.</span>'))


def appendix(known: Mapping[str, Placed], apart: Mapping[str, Tag]) -> str:
    """What stands apart, under the titles of the exhibits, and the files; empty if nothing does.

    Args:
        known: the exhibits by their ids in print.
        apart: what was set apart, by the same ids.
    """
    data = "".join(_data(e, apart.get(name)) for name, e in known.items() if is_apart(e))
    return data and data + _files(known)


def _files(known: Mapping[str, Placed]) -> str:
    """The names of the files of all exhibits, once."""
    ends = {"table": ".csv", "figure": ".csv, .svg, .png"}
    rows = "".join(
        f'<tr><th scope="row"><a href="#{name}">{e.number}</a></th>'
        f"<td>{e.exhibit_id}{ends[e.kind]}</td></tr>"
        for name, e in known.items()
    )
    return (
        f'<h2 id="{FILES}">Files of the exhibits</h2><p>In the folder <code>{FOLDER}</code> of the '
        "site; the files of an exhibit differ in their endings alone.</p>"
        '<div class="exhibit-data columns-2"><table><thead><tr><th scope="col">Exhibit</th>'
        f'<th scope="col">Files</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _data(exhibit: Placed, taken: Tag | None) -> str:
    block = _of_figure(exhibit) if taken is None else taken
    table = block.table
    assert table is not None, "the data of an exhibit are a table"
    columns = _columns(table)
    turned = tables.natural_width(table) > TURNED * ROOM or tables.least_width(table) > ROOM
    tables.measure(table, tables.ROOM["lying"] if turned else ROOM // columns)
    frame = table.find_parent("div")
    assert frame is not None, "every table of an exhibit stands in a frame"
    frame.attrs = {
        "class": f"exhibit-data columns-{columns}",
        "id": f"{DATA}.{anchor(exhibit)}",
    }
    if turned:
        add_classes(block, "lying")
    return str(block)


def _of_figure(exhibit: Placed) -> Tag:
    """The data of a figure under its title."""
    title = f'<a href="#{anchor(exhibit)}">{exhibit.number}</a> {escape(exhibit.title)}.'
    made = soup(
        f'<div><p class="data-title">{title}</p>'
        f"<div>{markup.table(exhibit.heads, exhibit.shown)}</div>"
        f"{markup.left_out(len(exhibit.shown), len(exhibit.rows))}</div>"
    ).div
    assert made is not None
    return made


def _columns(table: Tag) -> int:
    """In how many columns of the page a long and narrow table is set."""
    if len(table.find_all("tr")) < LONG:
        return 1
    return max(1, min(3, int(ROOM * SLACK / max(1, tables.natural_width(table)))))
