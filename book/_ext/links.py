"""Links of the prose that mean more than a place: to a row of the ledger, an exhibit, a reference.

Authors write plain Markdown, `[175 million](ledger.md#world-migrant-stock-2000-a-58-98)`, which
every reader of a notebook can follow. MyST turns a link to a page into a pending reference and one
within the page into a reference to be resolved; here both are found by what they lead to.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref

CELL = 10_000  # myst-nb counts the lines of a notebook's cells from multiples of this


def to_page(document: nodes.document, docname: str) -> Iterator[tuple[pending_xref, str]]:
    """The links to a place on a page, with the place; links to the page as a whole are none."""
    for node in list(document.findall(pending_xref)):
        if node.get("refdomain") == "doc" and node["reftarget"] == docname and node["reftargetid"]:
            yield node, str(node["reftargetid"])


def within(document: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """The links to a place on the same page, written `[words](#place)`, with the place."""
    for node in list(document.findall(nodes.reference)):
        if node.get("id_link"):
            yield node, str(node["refuri"]).removeprefix("#")


def where(node: nodes.Node, docname: str) -> str:
    """The place of a link in its source, for messages: the page and the cell or line."""
    line = next((n.line for n in _upwards(node) if n.line), 0)
    if line >= CELL:
        return f"{docname}.ipynb, cell {line // CELL}"
    return f"{docname}, line {line}"


def _upwards(node: nodes.Node | None) -> Iterator[nodes.Node]:
    while node is not None:
        yield node
        node = node.parent
