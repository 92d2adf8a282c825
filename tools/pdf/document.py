"""The whole book as one HTML document: cover, contents, chapters, data of the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bs4 import Tag

from tools.contents import Page, reading_order
from tools.edition import Edition
from tools.exhibits import Placed
from tools.exhibits import exhibits as placed
from tools.pdf import exhibits, pages
from tools.pdf.cover import cover, imprint, metadata
from tools.pdf.tags import add_classes, soup, text

# What a link's description is cut at.
LABEL = 80


@dataclass(frozen=True)
class Chapter:
    """A page of the book, merged; `opens` says whether it is the first of its part."""

    page: Page
    article: Tag
    number: str
    title: str
    opens: bool


@dataclass(frozen=True)
class Document:
    """The merged book.

    `html` is the markup; `labels` say for each id what stands there; `formulas` are the texts of
    the formulas; `dangling` lists links that lead nowhere, as "page: #id".
    """

    html: str
    labels: dict[str, str]
    formulas: set[str]
    dangling: list[str]


def merge(root: Path, site: Path, edition: Edition) -> Document:
    """Merge the built pages in reading order.

    Args:
        root: the folder that holds `_toc.yml`.
        site: the folder of the built site.
        edition: what the cover says.
    """
    known = {exhibits.anchor(exhibit): exhibit for exhibit in placed(root)}
    chapters = list(_chapters(root, site, edition, known))
    tags = [tag for c in chapters for tag in c.article.select("figure.exhibit")]
    shown = [(tag, known[str(tag["id"])]) for tag in tags]
    data = exhibits.appendix(shown)
    for tag, exhibit in shown:
        exhibits.cite(tag, exhibit, edition.title, edition.version)
    listed = [exhibit for _, exhibit in shown]
    parts = [cover(edition), imprint(edition), _contents(chapters, listed, bool(data))]
    articles = [chapter.article for chapter in chapters]
    if data:
        heading = f'<h1 data-book="{escape(edition.title)}">{exhibits.TITLE}</h1>'
        html = f'<section class="page data" id="{exhibits.DATA}">{heading}{data}</section>'
        articles += soup(html).find_all("section", recursive=False)
    labels = {str(tag["id"]): _label(tag) for article in articles for tag in _with_ids(article)}
    html = (
        f'<!DOCTYPE html><html lang="{edition.language}"><head>{metadata(edition)}</head>'
        f"<body>{''.join(parts)}{''.join(map(str, articles))}</body></html>"
    )
    formulas = {str(i["alt"]) for a in articles for i in a.select("img.formula-drawing")}
    return Document(html, labels, formulas, list(_dangling(articles, labels)))


def _chapters(
    root: Path, site: Path, edition: Edition, known: dict[str, Placed]
) -> Iterator[Chapter]:
    order = reading_order(root)
    names = {page.docname: page.name for page in order}
    seen = {""}
    for page in order:
        article = pages.read(site, page, names, edition.address, known)
        opens = page.part not in seen
        seen.add(page.part)
        yield _chapter(article, page, opens, edition.title)


def _chapter(article: Tag, page: Page, opens: bool, book: str) -> Chapter:
    heading = article.find("h1")
    if not isinstance(heading, Tag):
        raise ValueError(f"{page.docname}: the page has no heading")
    heading["data-book"] = book  # for the running head
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


def _contents(chapters: list[Chapter], listed: list[Placed], data: bool) -> str:
    lines = []
    for chapter in chapters:
        if chapter.opens:
            lines.append(f'<p class="contents-part">{escape(chapter.page.part)}</p>')
        lines.append(_entry(chapter.page.name, chapter.number, chapter.title, "chapter"))
        lines += _sections(chapter) if chapter.number else []
    if data:
        lines.append(_entry(exhibits.DATA, "", exhibits.TITLE, "chapter"))
    if listed:
        lines.append('<h1 class="second">Figures and tables</h1>')
    lines += [_entry(exhibits.anchor(e), e.number, e.title, "exhibit-entry") for e in listed]
    return f'<section class="contents"><h1>Contents</h1>{"".join(lines)}</section>'


def _sections(chapter: Chapter) -> Iterator[str]:
    for heading in chapter.article.find_all("h2"):
        section = heading.find_parent("section", id=True)
        if section is not None:
            yield _entry(str(section["id"]), "", text(heading), "section")


def _entry(target: str, mark: str, words: str, kind: str) -> str:
    # The number stands outside the link: boxes within a link would become links of their own.
    number = f'<span class="mark">{escape(mark)}</span> ' if mark else ""
    kind += " marked" if mark else ""
    return f'<p class="entry {kind}">{number}<a href="#{escape(target)}">{escape(words)}</a></p>'


def _with_ids(article: Tag) -> list[Tag]:
    return [article, *article.find_all(id=True)]


def _label(tag: Tag) -> str:
    """What stands at an id, in a few words, for those who hear a link."""
    shown: Tag = tag
    if tag.name == "figure":
        shown = tag.find(class_="exhibit-number") or tag
    elif tag.name == "section":
        shown = tag.find(["h1", "h2", "h3", "h4"]) or tag
    words = " ".join(shown.get_text(" ").split())
    return words if len(words) <= LABEL else words[: LABEL - 1].rsplit(" ", 1)[0] + "…"


def _dangling(articles: list[Tag], labels: dict[str, str]) -> Iterator[str]:
    for article in articles:
        for link in article.select('a[href^="#"]'):
            if str(link["href"])[1:] not in labels:
                yield f"{article['id']}: {link['href']}"
