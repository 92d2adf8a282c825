"""What a host of the site looks for at its root: a page for lost readers, the feed of changes, and,
once the address is known, what leads search engines through the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docutils import nodes
from sphinx.application import Sphinx

from tools import changes
from tools.contents import reading_order
from tools.edition import Edition

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
SITEMAP = "sitemap.xml"
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _lost(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hosts show the page under the address that was not found, from where only a whole address
    leads back."""
    yield "404", {"way": app.config.html_baseurl}, "404.html"


def _feed(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        root = Path(app.srcdir)
        feed = changes.atom(changes.entries(root), Edition.of(root))
        (Path(app.outdir) / changes.FEED).write_bytes(feed)


def _name_editions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each edition of the changelog the id to which the feed leads."""
    if f"{docname}.html" != changes.PAGE:
        return
    anchors = {entry.dated: entry.anchor for entry in changes.entries(Path(app.srcdir))}
    for section in doctree.findall(nodes.section):
        if anchor := anchors.get(section.children[0].astext()):
            section["ids"].append(anchor)


def _lead(app: Sphinx, error: Exception | None) -> None:
    base = app.config.html_baseurl
    if error or app.builder.format != "html" or not base:
        return
    addresses = [f"{base}{page.docname}.html" for page in reading_order(Path(app.srcdir))]
    listed = "".join(f"<url><loc>{escape(each)}</loc></url>\n" for each in addresses)
    sitemap = f'{DECLARATION}\n<urlset xmlns="{SCHEMA}">\n{listed}</urlset>\n'
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}{SITEMAP}\n"
    for name, text in {SITEMAP: sitemap, "robots.txt": robots}.items():
        (Path(app.outdir) / name).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the page and the files."""
    app.connect("html-collect-pages", _lost)
    app.connect("doctree-resolved", _name_editions)
    app.connect("build-finished", _feed)
    app.connect("build-finished", _lead)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
