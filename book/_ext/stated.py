"""The role `` {stated}`id` ``: a figure as a document writes it, linked to its row in the ledger.

Each use leaves an anchor, so that the ledger can link back to every paragraph that quotes a row.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from analysis.statements import Statement, stated

LEDGER = "book/ledger"
logger = logging.getLogger(__name__)


class StatedRole(SphinxRole):
    """Print the figure; an unknown id is a warning, which the strict build turns into failure."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            statement = stated(self.text.strip())
        except KeyError as error:
            logger.warning(error.args[0], location=self.get_location(), type="stated")
            return [nodes.strong(text=f"[unknown figure {self.text}]")], []
        uses = quotes(self.env).setdefault(statement.statement_id, [])
        anchor = f"quote-{statement.statement_id}-{len(uses) + 1}"
        uses.append((self.env.docname, anchor))
        return [link(statement, anchor)], []


def link(statement: Statement, anchor: str) -> nodes.reference:
    """The link to a row of the ledger; `refuri` is completed when the page is written."""
    node = nodes.reference(
        "", statement.with_unit, internal=True, refuri=f"#{statement.statement_id}", ids=[anchor]
    )
    node["classes"].append("stated")
    node["reftitle"] = f"{statement.cite}: “{statement.phrase}”"
    return node


def quotes(env: Any) -> dict[str, list[tuple[str, str]]]:
    """Statement id to the places that quote it, as (docname, anchor) pairs."""
    if not hasattr(env, "stated_quotes"):
        env.stated_quotes = {}
    found: dict[str, list[tuple[str, str]]] = env.stated_quotes
    return found


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in doctree.findall(nodes.reference):
        if "stated" in node["classes"] and node["refuri"].startswith("#"):
            page = app.builder.get_relative_uri(docname, LEDGER)
            node["refuri"] = page + node["refuri"] if page else node["refuri"]


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for statement_id, uses in quotes(env).items():
        quotes(env)[statement_id] = [use for use in uses if use[0] != docname]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the role with Sphinx."""
    app.add_role("stated", StatedRole())
    app.connect("doctree-resolved", _complete)
    app.connect("env-purge-doc", _purge)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
