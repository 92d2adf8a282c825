"""Title, description and citation of every page, for search engines, libraries and link previews.

Addresses are written only where the book is published (`tools.published`): an address that was
guessed would mislead.
"""

from __future__ import annotations

from typing import Any

import exhibits
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from tools.edition import Edition
from tools.notebooks import ROOT

LENGTH = 160  # what search engines show of a description


def shortened(text: str, length: int = LENGTH) -> str:
    """The text on one line, cut at a word, with an ellipsis if anything was cut."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.–") + "…"


def description(doctree: nodes.document | None) -> str:
    """The page's first paragraph of prose; empty if it has none."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        if not isinstance(paragraph.parent, (nodes.footnote, nodes.entry)):
            text = paragraph.astext().removeprefix("Question.").strip()
            if len(text) > 40:
                return shortened(text)
    return ""


def _settle(app: Sphinx, config: Config) -> None:
    config.html_title = Edition.of(ROOT).title


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    edition = Edition.of(ROOT)
    book, about_book = edition.title, app.config.book_description
    title = str(app.env.titles[pagename].astext()) if pagename in app.env.titles else "Search"
    about = description(doctree) or about_book
    front = pagename == app.config.root_doc
    context["edition"] = edition
    context["page_title"] = f"{book}: {edition.subtitle}" if front else f"{title} – {book}"
    context["book_description"] = about_book
    context["page_meta"] = [
        ("description", about_book if front else about),
        ("author", edition.author),
        ("og:type", "book" if front else "article"),
        ("og:site_name", book),
        ("og:title", book if front else title),
        ("og:description", about_book if front else about),
        ("og:locale", edition.language.replace("-", "_")),
        ("citation_title", book if front else title),
        ("citation_author", edition.author),
        ("citation_publication_date", str(edition.released.year)),
        ("citation_language", edition.language),
        *([] if front else [("citation_inbook_title", book)]),
        *_addresses(app, pagename, context),
    ]


def _addresses(app: Sphinx, pagename: str, context: dict[str, Any]) -> list[tuple[str, str]]:
    base = str(app.config.html_baseurl)
    if not base:
        return []
    address = str(context["pageurl"])
    found = [("og:url", address), ("citation_public_url", address)]
    pictures = [e for e in exhibits.of(app.env).values() if e.kind == "figure"]
    own = [e for e in pictures if e.docname == pagename] or pictures
    if own:
        picture = f"{base.rstrip('/')}/_static/exhibits/{own[0].exhibit_id}.png"
        found += [("og:image", picture), ("og:image:alt", shortened(own[0].caption, 300))]
        found += [("twitter:card", "summary_large_image")]
    return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the title, the context and the book's description."""
    app.add_config_value("book_description", "", "html")
    app.connect("config-inited", _settle)
    app.connect("html-page-context", _context)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
