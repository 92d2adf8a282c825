"""Figures for other people's pages: the snippet to copy, and the answer to oEmbed's question.

Each figure has a page of its own, `embed/<id>.html`, which the snippet frames. The frame has a
height that fits without scripts; with them it takes the height that the page in it says.
oEmbed: https://oembed.com, version 1.0.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from tools.edition import Edition
from tools.exhibits import FOLDER, SMALL, Placed

PAGES = "embed"  # the folder of the pages in the site
# Stands for an address that is not known when the book is built; whoever copies puts it in.
SOMEWHERE = "https://ADDRESS-OF-THE-BOOK/"
WIDTH = 700  # CSS pixels: a column of text
REST = 190  # what title, source and licence take below and above a drawing
# The page in the frame sends {figureHeight: pixels}.
LISTENER = (
    'addEventListener("message",e=>{const h=e.data&&e.data.figureHeight;'
    'for(const f of h>0?document.querySelectorAll("iframe"):[])'
    "if(f.contentWindow===e.source)f.height=h})"
)


def address(exhibit: Placed, site: str) -> str:
    """The address of a figure's page.

    Args:
        exhibit: a figure.
        site: the address of the book with a slash at its end, or the way to its root.
    """
    return f"{site}{PAGES}/{exhibit.exhibit_id}.html"


def height(exhibit: Placed) -> int:
    """Of the frame in CSS pixels, where it is as wide as a column of text."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', exhibit.svg)
    assert box is not None, "matplotlib gives every drawing a size"
    return round(WIDTH * float(box[2]) / float(box[1])) + REST


def snippet(exhibit: Placed, site: str) -> str:
    """The HTML that shows a figure on another page.

    Args:
        exhibit: a figure.
        site: the address of the book with a slash at its end; empty if it is not known.
    """
    return (
        f'<iframe src="{escape(address(exhibit, site or SOMEWHERE))}" '
        f'title="{escape(exhibit.title)}" width="100%" height="{height(exhibit)}" '
        f'style="border:0" loading="lazy"></iframe><script>{LISTENER}</script>'
    )


def oembed(exhibit: Placed, edition: Edition) -> dict[str, Any]:
    """The answer to oEmbed's question for a figure, of an edition whose address is known."""
    site = edition.address
    return {
        "version": "1.0",
        "type": "rich",
        "title": exhibit.title,
        "author_name": edition.author,
        "provider_name": edition.title,
        "provider_url": site,
        "thumbnail_url": f"{site}{FOLDER}/{exhibit.exhibit_id}{SMALL}",
        **dict(zip(("thumbnail_width", "thumbnail_height"), _dots(exhibit.png), strict=True)),
        "html": snippet(exhibit, site),
        "width": WIDTH,
        "height": height(exhibit),
    }


def _dots(png: bytes) -> tuple[int, int]:
    """Width and height of a picture, from the head that every PNG begins with."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
