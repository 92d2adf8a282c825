"""A built page made fit for print: its text without what only a screen can use.

Ids get the page's name as a prefix, so that pages can stand in one document, and links between
pages become links within it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from tools.contents import Page
from tools.exhibits import Placed
from tools.pdf import exhibits, formulas, tables
from tools.pdf.tags import add_classes

# Controls and code, and pictures that repeat a chapter's first figure; each chapter says where its
# code is, and the annex names the files of the exhibits.
DROPPED = (
    "script, style, button, form, input, select, nav, .headerlink, .permalink, .needs-script, "
    ".cell_input, details.code, .exhibit-tools, .exhibit-fold > summary, .card-picture, #printed"
)
# What a screen needs around a heading and its link.
FRAMES = "div.heading"
# The class of an exhibit whose table is to be taken out of it.
APART = "apart"


def anchor(page: str, fragment: str = "") -> str:
    """The id in the document of a place on a page; of its beginning if no place is named."""
    return f"{page}.{fragment}" if fragment else page


def read(
    site: Path, page: Page, names: dict[str, str], address: str, known: Mapping[str, Placed]
) -> Tag:
    """The article of a built page, ready to be merged.

    Args:
        site: the folder of the built site.
        page: which.
        names: docname of every page of the book to its name.
        address: where the book is published; empty if nowhere.
        known: the exhibits of the book by their ids in print.

    Raises:
        FileNotFoundError: the page has not been built.
        ValueError: the page holds no article.
    """
    path = site / f"{page.docname}.html"
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    article = soup.select_one("article.bd-article")
    if article is None:
        raise ValueError(f'{path}: no <article class="bd-article">; was the template changed?')
    for tag in article.select("figure.exhibit"):
        exhibit = known[anchor(page.name, str(tag["id"]))]
        if exhibit.kind == "figure":
            exhibits.size(tag, exhibit)
        elif exhibits.is_apart(exhibit):
            add_classes(tag, APART)
        exhibits.cite(tag)
    for tag in article.select(DROPPED):
        tag.decompose()
    for tag in article.select(FRAMES):
        tag.unwrap()
    formulas.draw(soup, article)
    _prefix(article, page)
    _relink(article, page, names, address)
    _unfold(soup, article)
    _run_in(article)
    for link in article.find_all("a"):
        _plain(link)
    for table in article.select(f"table:not(.{APART} table)"):
        tables.lay_out(table)
    for tag in article.select("figure.exhibit.beside"):
        exhibits.pair(tag)
    article.name = "section"
    article.attrs = {"class": "page", "id": anchor(page.name)}
    return article.extract()


def _prefix(article: Tag, page: Page) -> None:
    for tag in article.find_all(id=True):
        tag["id"] = anchor(page.name, str(tag["id"]))
    for tag in article.find_all(True):
        for name in ("aria-labelledby", "aria-describedby", "for", "tabindex", "loading"):
            del tag[name]


def _relink(article: Tag, page: Page, names: dict[str, str], address: str) -> None:
    folder = posixpath.dirname(page.docname)
    for image in article.find_all("img", src=True):
        source = str(image["src"])
        if not urlsplit(source).scheme:
            source = posixpath.normpath(posixpath.join(folder, source))
            # The drawing whose words are text: readers can search it, and it is set faster.
            image["src"] = source.replace(".page.svg", ".svg")
    for link in article.find_all("a", href=True):
        href = str(link["href"])
        target = urlsplit(href)
        if target.scheme:
            continue
        docname = posixpath.normpath(posixpath.join(folder, target.path)).removesuffix(".html")
        if not target.path:
            link["href"] = f"#{anchor(page.name, target.fragment)}"
        elif docname in names:
            link["href"] = f"#{anchor(names[docname], target.fragment)}"
        elif address:
            link["href"] = urljoin(f"{address.rstrip('/')}/{page.docname}.html", href)
        else:
            # A file of the site, such as a download: print has nowhere to lead to.
            link.name, link.attrs = "span", {}


def _plain(link: Tag) -> None:
    """Leave no element within a link: the typesetter would make a second, untagged link of it."""
    inner = [child for child in link.children if isinstance(child, Tag) or str(child).strip()]
    if len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name in ("code", "em", "strong"):
        outer = inner[0].name
        inner[0].unwrap()
        link.wrap(Tag(name=outer))
    for tag in link.find_all(lambda tag: tag.name != "img"):
        tag.unwrap()


def _run_in(article: Tag) -> None:
    """Set the paragraphs of a numbered item as one."""
    for item in article.select("ol > li"):
        paragraphs = item.find_all("p", recursive=False)
        for other in paragraphs[1:]:
            paragraphs[0].append(" ")
            paragraphs[0].extend(list(other.contents))
            other.decompose()


def _unfold(soup: BeautifulSoup, article: Tag) -> None:
    """Show what the page keeps folded."""
    for details in article.find_all("details"):
        details.name = "div"
        add_classes(details, "unfolded")
        summary = details.find("summary", recursive=False)
        if isinstance(summary, Tag):
            summary.name = "p"
            summary["class"] = "summary"
