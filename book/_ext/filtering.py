"""Long tables that readers can narrow: which they are, and the scripts that their pages need.

A table says by `data-filter` that it can be narrowed, and under which name the address of the page
keeps what was chosen; `filtering.js` does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from analysis.cells import NUMERIC
from tools.exhibits import Placed

MANY = 20  # rows that are read in full
# Values that a reader chooses from; of numbers, only years, degrees and the like are chosen.
CHOICES, DEGREES = 30, 5
SCRIPTS = ("address.js", "filtering.js")


def narrowing(exhibit: Placed) -> str:
    """The attributes of an exhibit's table, if it is long: columns with few values are choices."""
    if exhibit.kind != "table" or len(exhibit.shown) <= MANY:
        return ""
    columns = list(zip(*exhibit.shown, strict=True))
    chosen = [
        str(place)
        for place, (field, column) in enumerate(zip(exhibit.heads, columns, strict=True))
        if place and _few(column, DEGREES if _measured(field) else CHOICES)
    ]
    return f' data-filter="{exhibit.exhibit_id}" data-choices="{" ".join(chosen)}"'


def room(choices: str) -> str:
    """What keeps the room of the form of a table that is in sight, so that nothing moves under it.

    Args:
        choices: of the table, as in its `data-choices`.
    """
    # The words and each choice, then the button and the count of rows.
    spans = "<span></span>" * (1 + len(choices.split()) + 2)
    return f'<div class="filter filter-room needs-script" aria-hidden="true">{spans}</div>'


def _measured(field: Mapping[str, str]) -> bool:
    return field["type"] in NUMERIC and field["name"] != "Year"


def _few(column: tuple[str, ...], limit: int) -> bool:
    # Each part of "A/58/98; the record" is a value.
    values = {part for text in column for part in text.split("; ")}
    return 1 < len(values) <= min(limit, len(column) // 3)


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    if "data-filter=" in str(context.get("body", "")):
        # Before the page's own, which may keep something in the address too.
        common = [name for name in context["page_scripts"] if name == "book.js"]
        own = [name for name in context["page_scripts"] if name != "book.js"]
        context["page_scripts"] = [*common, *SCRIPTS, *own]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it after the page has its list of scripts."""
    app.connect("html-page-context", _context, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
