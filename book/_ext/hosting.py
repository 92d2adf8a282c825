"""What a host of the site looks for at its root: a page for lost readers, and, once the address is
known, what leads search engines through the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from tools.contents import reading_order

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
SITEMAP = "sitemap.xml"
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _lost(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hosts show the page under the address that was not found, from where only a whole address
    leads back."""
    yield "404", {"way": app.config.html_baseurl}, "404.html"


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
    app.connect("build-finished", _lead)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
