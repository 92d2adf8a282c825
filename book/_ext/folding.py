"""Fold the code of every cell, for all notebooks alike and without tags in them.

Cells that show nothing (imports, loading) are gathered with the next one that does, so that one
quiet control stands beside each result instead of one per cell.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

OPEN = '<details class="code"><summary>Code</summary>\n'
CLOSE = "</details>\n"


def _is(node: nodes.Node, element: str) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == element


def _gather(cell: nodes.container) -> list[nodes.Node]:
    """The sources of the silent cells just before this one, which are removed, and its own."""
    sources = [child for child in cell.children if _is(child, "cell_code_source")]
    before = cell.previous_sibling()
    while isinstance(before, nodes.container) and _is(before, "cell_code"):
        if any(_is(child, "cell_code_output") for child in before.children):
            break
        sources[:0] = [child for child in before.children if _is(child, "cell_code_source")]
        cell.parent.remove(before)
        before = cell.previous_sibling()
    return sources


class FoldCode(SphinxPostTransform):
    """Move each result's code below the result, into a closed `<details>`."""

    default_priority = 198  # before myst-nb hides what is tagged
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        cells = [n for n in self.document.findall(nodes.container) if _is(n, "cell_code")]
        # Backwards, so that a run of silent cells ends up in the last one of the run.
        for cell in reversed(cells):
            if cell.parent is None or cell not in cell.parent.children:
                continue
            sources = _gather(cell)
            if not sources:
                continue
            shown = [child for child in cell.children if child not in sources]
            folded = [nodes.raw("", OPEN, format="html"), *sources]
            cell.children = []
            cell.extend([*shown, *folded, nodes.raw("", CLOSE, format="html")])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform."""
    app.add_post_transform(FoldCode)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
