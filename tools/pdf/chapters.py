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

    `opens` says whether it is the first of its part; `apart` is what stands at the end of the
    annex, by the ids of its exhibits.
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
    """All pages of the site in reading order, without what stands in the annex.

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
            name = str(tag["id"])
            if known[name].kind == "figure":
                exhibits.refer(tag, known[name])
            elif exhibits.is_apart(known[name]):
                chapters[-1].apart[name] = exhibits.set_apart(tag, known[name])
    return chapters


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
