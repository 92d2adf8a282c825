"""Lead readers from former addresses to present ones, by the table `book/redirects.csv`.

A host of plain files cannot answer with a redirect, and never sees what follows "#": pages do it.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from tools.permalinks import REDIRECTS, redirects

SCRIPT = "moved.js"


def moved(page: str) -> dict[str, str]:
    """For a page that is there or was: places that moved to the ways there; "" is the page."""
    found = {}
    for old, new in redirects(REDIRECTS).items():
        from_page, _, place = old.partition("#")
        if from_page == page:
            to_page, mark, to_place = new.partition("#")
            way = posixpath.relpath(to_page, posixpath.dirname(page))
            found[place] = f"{way}{mark}{to_place}"
    return found


def data(places: dict[str, str]) -> str:
    """The element from which `moved.js` reads it."""
    text = json.dumps(places, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="moved">{text}</script>'


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if doctree is not None and (places := moved(f"{pagename}.html")):
        context["body"] += data(places)
        context["page_scripts"] = [*context["page_scripts"], SCRIPT]


def _gone(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages that are no more."""
    for old in redirects(REDIRECTS):
        if "#" not in old:
            places = moved(old)
            yield old.removesuffix(".html"), {"to": places[""], "moved": data(places)}, "moved.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both, after a page has its list of scripts."""
    app.connect("html-page-context", _context, priority=700)
    app.connect("html-collect-pages", _gone)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
