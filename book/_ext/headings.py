"""Headings by their own words, beside each a link to it that says where it leads.

Sphinx puts the link into the heading, so that those who hear the page are told of a "#" in every
one, and of the same "Link to this heading" each time.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LINK = r'<a class="(headerlink|permalink)" href="(#[^"]+)"[^>]*>[^<]*</a>'
HEADING = re.compile(rf"<(h[1-4])([^>]*)>((?:(?!</h[1-4]>).)*?){LINK}</\1>", re.S)
# The contents lead to these: the tab key stops there, not once more at each.
LISTED = {"h1", "h2"}
TERM = re.compile(rf"(<dt\b[^>]*>)((?:(?!</dt>).)*?){LINK}", re.S)


def named(html: str) -> str:
    """The page with each heading's link beside it, each term's link named after the term."""
    html = HEADING.sub(
        lambda found: (
            f'<div class="heading"><{found[1]}{found[2]}>{found[3]}</{found[1]}>'
            f"{_link(found[4], found[5], found[3], found[1] in LISTED)}</div>"
        ),
        html,
    )
    return TERM.sub(
        lambda found: f"{found[1]}{found[2]}{_link(found[3], found[4], found[2])}", html
    )


def _link(kind: str, address: str, subject: str, listed: bool = False) -> str:
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", subject)).split()).replace('"', "”")
    passed = ' tabindex="-1"' if listed else ""
    return f'<a class="{kind}" href="{address}"{passed} aria-label="Link to: {words}">#</a>'


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    context["body"] = named(str(context.get("body", "")))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it after those that add to the page."""
    app.connect("html-page-context", _context, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
