"""The parts of an exhibit as HTML: its table and its line of sources.

A notebook and a page of the book show the same parts in frames of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from analysis.statements import Statement, stated
from analysis.tables import describe, names

# A cell of so many characters gets room on a narrow screen, where its table scrolls.
LONG = 40


def table(
    fields: Sequence[Mapping[str, str]],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    *,
    left: str = "",
    attributes: str = "",
    keys: Sequence[str] = (),
) -> str:
    """Rows as readers see them; the first column heads them.

    Args:
        fields: a column each: its `name`, and `align` if it is set to the right.
        rows: a text for each field.
        caption: of the table, as HTML.
        left: attributes of cells that are set to the left, for readers whose default is another.
        attributes: of the table.
        keys: of rows that can be linked to, one each: the ends of their addresses.
    """
    right = [field.get("align") == "right" for field in fields]
    heads = "".join(
        f'<th scope="col"{_attributes(aside, left)}>{escape(field["name"])}</th>'
        for field, aside in zip(fields, right, strict=True)
    )
    lines = []
    for row, key in zip(rows, keys or [""] * len(rows), strict=True):
        cells = [
            _cell(text, _attributes(aside, left, long=len(text) > LONG), "" if place else key,
                  head=not place and text)
            for place, (text, aside) in enumerate(zip(row, right, strict=True))
        ]  # fmt: skip
        named = f' id="{key}"' if key else ""
        lines.append(f"<tr{named}>{''.join(cells)}</tr>")
    named = f"<caption>{caption}</caption>" if caption else ""
    return (
        f'<div class="exhibit-scroll"><table{attributes}>{named}\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(lines)}\n</tbody></table></div>"
    )


def _attributes(right: bool, left: str, *, long: bool = False) -> str:
    classes = " ".join(["num"] * right + ["long"] * long)
    return (f' class="{classes}"' if classes else "") + (left if not right else "")


def _cell(text: str, attributes: str, key: str, *, head: object) -> str:
    link = permalink(key, key) if key else ""
    # A row that goes on with the last one's subject has no head of its own.
    if head:
        return f'<th scope="row"{attributes}>{link}{escape(text)}</th>'
    return f"<td{attributes}>{link}{escape(text)}</td>"


def permalink(place: str, subject: str, shown: str = "#") -> str:
    """The link to a place of its own page; with scripts it copies the place's address as well.

    Args:
        place: the id of the element that it leads to.
        subject: what stands there, for those who hear the page.
        shown: what is seen of the link.
    """
    return (
        f'<a class="permalink" href="#{place}" aria-label="Link to {escape(subject)}">{shown}</a>'
    )


def left_out(shown: int, rows: int) -> str:
    """A line below a table that does not show all rows; empty below one that does."""
    if shown == rows:
        return ""
    return f'<p class="exhibit-note">First {shown} of {rows} rows; the CSV has all.</p>'


def sources(given: Sequence[str], ending: str) -> str:
    """The line of sources, with links to the ledger and to the downloads.

    Args:
        given: ids of statements, names of tables, or plain text.
        ending: of the pages that the links lead to, such as `html`.
    """
    # Figures of one paragraph share one mention of it.
    cited: dict[str, list[str]] = {}
    for source in dict.fromkeys(given):
        cited.setdefault(_cite(source), []).append(source)
    links = "; ".join(_source(cite, together, ending) for cite, together in cited.items())
    return f'<p class="exhibit-source">Sources: {links}.</p>'


def _cite(source: str) -> str:
    if " " in source:
        return source
    return str(describe(source)["title"]) if source in names() else stated(source).cite


def _source(cite: str, together: Sequence[str], ending: str) -> str:
    first = together[0]
    if " " in first:
        return escape(cite)
    if first in names():
        return f'<a href="downloads.{ending}#{first}">{escape(cite)}</a>'
    if len(together) == 1:
        return _quotation(stated(first), cite, ending)
    figures = [_quotation(stated(i), stated(i).with_unit, ending) for i in together]
    return f"{escape(cite)}: {', '.join(figures)}"


def _quotation(statement: Statement, text: str, ending: str) -> str:
    tip = f"{statement.cite}: “{statement.phrase}”"
    return (
        f'<a class="stated" href="ledger.{ending}#{statement.statement_id}" '
        f'title="{escape(tip)}">{escape(text)}</a>'
    )
