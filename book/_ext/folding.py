"""Put the code of a notebook where it is in nobody's way and can be had at once.

The code that made an exhibit goes into the exhibit's tools, with that of the cells before it in its
section, which load, compute and say what the text around it says. A section that shows no exhibit
hands its code to the first one of the sections in it, or has one fold at its end. Each fold is
named after what the code makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class ExhibitNode(nodes.General, nodes.Element):
    """Stands for an exhibit until the page is written; its children are the code that makes it."""


def folded(made: str, code: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Code in a closed fold; nothing if there is none.

    Args:
        made: what the code makes, in words.
        code: the sources of cells.
    """
    if not code:
        return []
    opening = f'<details class="code"><summary>Code: {escape(made)}</summary>\n'
    raw = [nodes.raw("", html, format="html") for html in (opening, "</details>\n")]
    return [raw[0], *code, raw[1]]


def _is(node: nodes.Node, element: str) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == element


def _take(cell: nodes.container) -> list[nodes.Node]:
    """The source of a cell, which loses it."""
    sources = [child for child in cell.children if _is(child, "cell_code_source")]
    cell.children = [child for child in cell.children if child not in sources]
    return sources


def _sections(document: nodes.document) -> Iterator[tuple[nodes.Element, list[nodes.container]]]:
    """The cells of each section, without those of the sections in it."""
    cells = [node for node in document.findall(nodes.container) if _is(node, "cell_code")]
    for _, own in groupby(cells, key=lambda cell: id(cell.parent)):
        found = list(own)
        yield found[0].parent, found


class FoldCode(SphinxPostTransform):
    """Hand the code of a section to its exhibits, or fold it at its end."""

    default_priority = 198  # before myst-nb hides what is tagged
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for section, cells in list(_sections(self.document)):
            _fold(section, cells)


def _fold(section: nodes.Element, cells: list[nodes.container]) -> None:
    waiting: list[nodes.Node] = []
    exhibit = None
    for cell in cells:
        waiting += _take(cell)
        if shown := list(cell.findall(ExhibitNode)):
            exhibit = shown[-1]
            exhibit.extend(waiting)
            waiting = []
    if exhibit is not None:
        exhibit.extend(waiting)
    elif (within := section.next_node(ExhibitNode)) is not None:
        within[:0] = waiting
    elif waiting:
        heading = section.next_node(nodes.title)
        made = heading.astext() if heading is not None else "this section"
        cells[-1].extend(folded(made, waiting))
    for cell in cells:
        if not cell.children:
            section.remove(cell)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform."""
    app.add_post_transform(FoldCode)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
