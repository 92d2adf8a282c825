"""Write what the search page looks through: every place of the book that a reader may want.

A place is a section, an exhibit, a row of the ledger or of another table that can be linked to, or
a term of the glossary, with
the address that leads to it. It is a script, not JSON, so that it loads from a folder as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

NAME = "search-data.js"
# What a page shows that is no place of its own, or is one and has a row to itself.
APART = (
    "section, figure.exhibit, details, table, dl, script, .headerlink, .permalink, .turn, .unseen"
)
LEDGER = "book/ledger.html"
DATA = 6_000  # characters of an exhibit's data: its first hundred rows or so


class Place(NamedTuple):
    """One thing to be found: where it is, what it is called, its kind and its words."""

    address: str
    title: str
    kind: str
    text: str


def places(page: str, html: str) -> Iterator[Place]:
    """The places of one page, in order.

    Args:
        page: its address in the site, such as `book/stock.html`.
        html: the page as built.
    """
    article = BeautifulSoup(html, "html.parser").select_one("article")
    if article is None:
        return
    name = _words(article.select_one("h1"))
    for tag in article.select("section[id], figure.exhibit, tr[id], dt[id]"):
        match tag.name:
            case "section":
                heading = _words(tag.find(["h1", "h2", "h3"], recursive=False))
                title = heading if heading == name else f"{heading} · {name}"
                yield Place(f"{page}#{tag['id']}", title, "section", _own(tag))
            case "figure":
                caption, data = _words(tag.figcaption), _words(tag.table)[:DATA]
                yield Place(f"{page}#{tag['id']}", caption, "exhibit", data)
            case "tr":
                heads = _words(tag.th)
                kind = "row" if page == LEDGER else "entry"
                yield Place(f"{page}#{tag['id']}", heads, kind, _words(tag))
            case _:
                meaning = tag.find_next_sibling("dd")
                yield Place(f"{page}#{tag['id']}", _words(tag), "term", _words(meaning))


def _words(tag: object) -> str:
    """The text of an element, its cells and blocks set apart."""
    if not isinstance(tag, Tag):
        return ""
    for link in tag.select(".headerlink, .permalink"):
        link.decompose()
    return " ".join(tag.get_text(" ").split())


def _own(section: Tag) -> str:
    """The text of a section without that of the sections and exhibits in it."""
    copy = BeautifulSoup(str(section), "html.parser").section
    assert copy is not None, "a section stays one when parsed again"
    for inner in copy.select(APART):
        inner.extract()
    return _words(copy)


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = sorted(app.env.titles)
    found = [
        place
        for name in pages
        for place in places(f"{name}.html", (site / f"{name}.html").read_text(encoding="utf-8"))
    ]
    rows = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    text = f"const PLACES = {rows};\n"
    (site / "_static" / NAME).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it after those that change the pages."""
    app.connect("build-finished", _write, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
