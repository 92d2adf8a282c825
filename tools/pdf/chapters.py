"""The pages of the site, made fit for print, with what print says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from bs4 import Tag

from tools.contents import Page, reading_order
from tools.edition import Edition
from tools.exhibits import Placed
from tools.pdf import exhibits, pages, volumes
from tools.pdf.tags import add_classes, soup, text
from tools.pdf.volumes import VOLUMES


@dataclass(frozen=True)
class Chapter:
    """A page of the site made fit for print.

    `opens` says whether it is the first of its part; `apart` are its long tables, which stand in
    the annex, by the ids of their exhibits.
    """

    page: Page
    article: Tag
    number: str
    title: str
    opens: bool
    apart: dict[str, Tag] = field(default_factory=dict)

    @property
    def exhibits(self) -> list[Tag]:
        """The elements of its exhibits."""
        return list(self.article.select("figure.exhibit"))


def read(root: Path, site: Path, edition: Edition, known: Mapping[str, Placed]) -> list[Chapter]:
    """All pages of the site in reading order; their exhibits name their files.

    Args:
        root: the folder that holds `_toc.yml`.
        site: the folder of the built site.
        edition: what is printed.
        known: the exhibits by their ids in print.
    """
    order = reading_order(root)
    names = {page.docname: page.name for page in order}
    begun = {volume: {""} for volume in VOLUMES.values()}
    chapters = []
    for page in order:
        article = pages.read(site, page, names, edition.address, known)
        parts = begun[volumes.of(page.name)]
        chapters.append(_chapter(article, page, page.part not in parts))
        parts.add(page.part)
        for tag in chapters[-1].exhibits:
            exhibit = known[str(tag["id"])]
            exhibits.refer(tag, exhibit)
            exhibits.cite(tag, exhibit, edition.title, edition.version)
        for tag in article.select(f".{pages.APART}"):
            chapters[-1].apart[str(tag["id"])] = _table(tag)
    return chapters


def _table(exhibit: Tag) -> Tag:
    """The table of an exhibit, taken out of what scrolls it on the page."""
    table = exhibit.select_one(".exhibit-scroll > table")
    assert table is not None, "a table is an exhibit's own"
    frame = table.find_parent(class_="exhibit-scroll")
    assert isinstance(frame, Tag), "it was found there"
    table.extract()
    frame.decompose()
    return table


def _chapter(article: Tag, page: Page, opens: bool) -> Chapter:
    heading = article.find("h1")
    if not isinstance(heading, Tag):
        raise ValueError(f"{page.docname}: the page has no heading")
    number = heading.find(class_="section-number")
    mark = text(number).rstrip(".") if isinstance(number, Tag) else ""
    title = text(heading).removeprefix(f"{mark}.").strip()
    if page.notebook:
        line = f'<p class="code-place">Code: <code>{escape(page.docname)}.ipynb</code></p>'
        heading.insert_after(soup(line))
    if page.part:
        kind = "part opens" if opens else "part"
        article.insert(0, soup(f'<p class="{kind}">{escape(page.part)}</p>'))
    add_classes(article, page.name)
    return Chapter(page, article, mark, title, opens)
