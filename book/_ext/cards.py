"""The pictures of the front page, which is plain CommonMark and whole without them.

Each chapter that it lists becomes a card with the chapter's first figure; the figure of a chapter
that a sentence leads to stands below that sentence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import exhibits
from docutils import nodes
from exhibit_html import PHONE, picture, size
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tools.exhibits import FOLDER, Placed


def _pictures(app: Sphinx) -> dict[str, Placed]:
    """The first figure of each page, by the page's file name."""
    figures = [each for each in exhibits.of(app.env).values() if each.kind == "figure"]
    return {f"{Path(each.docname).name}.html": each for each in reversed(figures)}


def _add(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if docname != app.config.root_doc:
        return
    pictures, up = _pictures(app), "../" * docname.count("/")
    known = exhibits.of(app.env)
    for link in list(doctree.findall(nodes.reference)):
        figure = known.get(link.get("exhibit", ""))
        if figure and figure.kind == "figure" and figure.docname != docname:
            _show(link, figure, up)
    for listing in doctree.findall(nodes.bullet_list):
        heads = [item.next_node(nodes.reference) for item in listing.children]
        pages = [str(head.get("refuri")) if head is not None else "" for head in heads]
        if not pages or not set(pages) <= set(pictures):
            continue
        listing["classes"].append("cards")
        for item, page in zip(listing.children, pages, strict=True):
            figure = pictures[page]
            path = f"{up}{FOLDER}/{figure.exhibit_id}"
            # Without words: the card's title says where it leads, and the picture adds nothing.
            image = (
                f'<picture class="card-picture"><source media="{PHONE}" srcset="{path}.phone.svg" '
                f"{size(figure.phone)}/>"
                f'<img src="{path}.page.svg" alt="" {size(figure.svg)} loading="lazy"/></picture>'
            )
            item.insert(0, nodes.raw("", image, format="html"))


def _show(link: nodes.reference, figure: Placed, up: str) -> None:
    """Put the figure below the paragraph that leads to it."""
    paragraph = link.parent
    place = paragraph.parent.index(paragraph) + 1
    drawing = f'<div class="exhibit-drawing">{picture(figure, up)}</div>'
    html = f'<div class="exhibit hero">{drawing}</div>'
    paragraph.parent.insert(place, nodes.raw("", html, format="html"))


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the page anew whatever changed, since it knows the size of every chapter's figure."""
    return [app.config.root_doc]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the pictures, after the exhibits have found their places."""
    app.connect("env-updated", _rewrite)
    app.connect("doctree-resolved", _add, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
