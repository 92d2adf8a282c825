"""The ledger page: every stated figure as a row, with what it implies and where the book quotes it.

The directive `ledger` stands for the table. It is written only after all pages are read, because
a row links to every paragraph and exhibit that quotes it. The same rows for machines go into the
page as JSON-LD and into a file.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

import exhibits
from docutils import nodes
from filtering import room
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from stated import LEDGER, quotes

from analysis.jsonld import description
from analysis.markup import permalink, script
from analysis.statements import Statement, stated
from analysis.tables import load
from analysis.words import in_words
from tools.downloads import LEDGER as LEDGER_FILE
from tools.downloads import publication
from tools.exhibits import DOWNLOADS

FILE = f"{DOWNLOADS}/{LEDGER_FILE}"
COLUMNS = (
    ("figure", "Figure", True),
    ("quantity", "What it measures", True),
    ("place", "Where and in which words", True),
    ("implied", "What its precision implies", False),
    ("quoted", "Quoted in", True),
)
CHOICES = "document topic unit"
Uses = dict[str, list[tuple[str, str]]]


class LedgerNode(nodes.General, nodes.Element):
    """Stands for the table until every page is read."""


class Ledger(SphinxDirective):
    """Put the table here."""

    def run(self) -> list[nodes.Node]:
        return [LedgerNode()]


@cache
def statements() -> list[Statement]:
    """All statements, in reading order."""
    return [stated(statement_id) for statement_id in load("statements")["statement_id"]]


def uses(app: Sphinx) -> Uses:
    """Statement id to every place that quotes it: (words of the link, address from the ledger)."""
    found: Uses = {}
    for statement_id, places in quotes(app.env).items():
        for docname, anchor in places:
            page = app.builder.get_relative_uri(LEDGER, docname)
            link = (app.env.titles[docname].astext(), f"{page}#{anchor}")
            found.setdefault(statement_id, []).append(link)
    known = {statement.statement_id for statement in statements()}
    for exhibit in exhibits.of(app.env).values():
        page = app.builder.get_relative_uri(LEDGER, exhibit.docname)
        for statement_id in dict.fromkeys(exhibit.sources):
            if statement_id in known:
                link = (exhibit.number, f"{page}#{exhibit.exhibit_id}")
                found.setdefault(statement_id, []).append(link)
    return found


def table(rows: list[Statement], quoted: Uses, site: str) -> str:
    """The table and the machine-readable rows, as HTML.

    The roles repeat what the elements mean, for on a phone the style sheet makes cards of rows,
    and a browser then forgets that they belong to a table.
    """
    heads = "".join(_head(*column) for column in COLUMNS)
    body = "\n".join(_row(row, number, quoted) for number, row in enumerate(rows))
    data = script(description(publication(site)))
    return (
        f'<p>The same rows for machines: <a href="../{FILE}" download>JSON-LD</a>.</p>\n'
        f"{room(CHOICES)}"
        '<table class="ledger" role="table" aria-label="Stated figures" data-filter="" '
        f'data-choices="{CHOICES}" data-noun="figures">\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody></table>\n'
        f'<script type="application/ld+json">{data}</script>'
    )


def _head(name: str, title: str, sortable: bool) -> str:
    key = f' data-sort="{name}"' if sortable else ""
    # Reading order is the order by place, until the reader asks for another.
    state = ' aria-sort="ascending"' if name == "place" else ""
    return f'<th scope="col" role="columnheader"{key}{state}>{title}</th>'


def _row(row: Statement, number: int, quoted: Uses) -> str:
    links = quoted.get(row.statement_id, [])
    value = "" if row.value is None else f"{row.value:g}"
    cells = (
        f'<th scope="row" role="rowheader">{permalink(row.statement_id, row.statement_id)} '
        f"<strong>{escape(row.with_unit)}</strong> <span>{escape(_unit(row))}</span></th>"
        f"{_cell(1, _measured(row))}{_cell(2, _said(row))}{_cell(3, in_words(row))}"
        f"{_cell(4, _quoted(links))}"
    )
    return (
        f'<tr role="row" id="{row.statement_id}" data-order="{number}" data-value="{value}" '
        f'data-quoted="{len(links)}" data-document="{escape(row.document_id)}" '
        f'data-topic="{row.topic}" data-unit="{escape(row.unit)}">{cells}</tr>'
    )


def _cell(column: int, content: str) -> str:
    return f'<td role="cell" data-label="{COLUMNS[column][1]}">{content}</td>'


def _unit(row: Statement) -> str:
    return "" if row.unit in ("per cent", "share") else row.unit


def _measured(row: Statement) -> str:
    parts = [f"<b>{escape(row.quantity)}</b>"]
    if row.denominator:
        parts.append(f"share of: {escape(row.denominator)}")
    if row.reference_date:
        parts.append(escape(row.reference_date.replace("/", " to ")))
    parts.append(f"topic: {escape(row.topic)}")
    note = f'<p class="ledger-note">{escape(row.note)}</p>' if row.note else ""
    return "; ".join(parts) + note


def _said(row: Statement) -> str:
    return f"{escape(row.cite)}: <q>{escape(row.phrase)}</q>"


def _quoted(links: list[tuple[str, str]]) -> str:
    if not links:
        return "–"
    seen: dict[str, list[str]] = {}
    for words, address in links:
        seen.setdefault(words, []).append(address)
    return "; ".join(
        f'<a href="{addresses[0]}">{escape(words)}</a>'
        + "".join(
            f' <a href="{address}" aria-label="{escape(words)}, quotation {n}">({n})</a>'
            for n, address in enumerate(addresses[1:], start=2)
        )
        for words, addresses in seen.items()
    )


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(LedgerNode)):
        site = str(app.config.html_baseurl) or "../"
        node.replace_self(nodes.raw("", table(statements(), uses(app), site), format="html"))


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the ledger anew whatever changed, since any page may quote it."""
    return [LEDGER] if LEDGER in env.found_docs else []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and the table that takes its place."""
    app.add_node(LedgerNode)
    app.add_directive("ledger", Ledger)
    app.connect("env-updated", _rewrite)
    app.connect("doctree-resolved", _complete)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
