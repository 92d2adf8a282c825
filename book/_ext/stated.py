"""Stated figures in prose: links to the ledger, held against what the ledger says.

`[175 million](ledger.md#world-migrant-stock-2000-a-58-98)` must quote the row's figure as it stands
there; a row that does not exist, or another figure, is a warning, which the strict build turns into
failure. Each link gets the document's words as a tooltip and leaves an anchor, so that the ledger
can link back to every paragraph that quotes a row.
"""

from __future__ import annotations

from typing import Any

import links
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from analysis.statements import Statement, stated

LEDGER = "book/ledger"
logger = logging.getLogger(__name__)


class StatedFigures(SphinxTransform):
    """Check the links to the ledger and give them their tooltips and anchors."""

    default_priority = 400  # before MyST looks for what links lead to

    def apply(self, **kwargs: Any) -> None:
        for node, statement_id in links.to_page(self.document, LEDGER):
            problem, statement = _problem(node, statement_id)
            if problem or statement is None:
                where = links.where(node, self.env.docname)
                logger.warning("%s: %s", where, problem, location=node, type="stated")
                node.replace_self(nodes.strong(text=node.astext()))
                continue
            # Counted by page, so that no page depends on which others were read, and when.
            uses = _quoted(self.env).setdefault(self.env.docname, {}).setdefault(statement_id, [])
            anchor = f"quote-{statement_id}-{len(uses) + 1}"
            uses.append(anchor)
            node.replace_self(link(statement, anchor))


def _problem(node: nodes.Element, statement_id: str) -> tuple[str, Statement | None]:
    """What is wrong with a link, empty if nothing is, and the statement that it quotes."""
    try:
        statement = stated(statement_id)
    except KeyError as error:
        return str(error.args[0]), None
    if (text := " ".join(node.astext().split())) != statement.with_unit:
        said = f"the ledger says “{statement.with_unit}” ({statement.cite})"
        return f"the link says “{text}”, but of {statement_id} {said}", None
    return "", statement


def link(statement: Statement, anchor: str) -> nodes.reference:
    """The link to a row of the ledger; `refuri` is completed when the page is written."""
    node = nodes.reference(
        "", statement.with_unit, internal=True, refuri=f"#{statement.statement_id}", ids=[anchor]
    )
    node["classes"].append("stated")
    node["reftitle"] = f"{statement.cite}: “{statement.phrase}”"
    return node


def quotes(env: Any) -> dict[str, list[tuple[str, str]]]:
    """Statement id to the places that quote it, as (docname, anchor) pairs, by page."""
    found: dict[str, list[tuple[str, str]]] = {}
    for docname, uses in sorted(_quoted(env).items()):
        for statement_id, anchors in uses.items():
            found.setdefault(statement_id, []).extend((docname, anchor) for anchor in anchors)
    return found


def _quoted(env: Any) -> dict[str, dict[str, list[str]]]:
    """Page to statement id to anchors, which Sphinx's environment carries from page to page."""
    if not hasattr(env, "stated_quotes"):
        env.stated_quotes = {}
    found: dict[str, dict[str, list[str]]] = env.stated_quotes
    return found


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in doctree.findall(nodes.reference):
        if "stated" in node["classes"] and node["refuri"].startswith("#"):
            page = app.builder.get_relative_uri(docname, LEDGER)
            node["refuri"] = page + node["refuri"] if page else node["refuri"]


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _quoted(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process read."""
    _quoted(env).update({n: _quoted(other)[n] for n in docnames if n in _quoted(other)})


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform with Sphinx."""
    app.add_transform(StatedFigures)
    app.connect("doctree-resolved", _complete)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
