"""Text of the data in HTML, in CommonMark and in scripts; the parts of an exhibit as HTML.

A notebook and a page of the book show the same table and line of sources in frames of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from analysis.statements import Statement, stated
from analysis.tables import describe, names

# A cell of so many characters gets room on a narrow screen, where its table scrolls.
LONG = 40

# What CommonMark, or MyST beyond it, takes for anything but text.
MARKS = re.compile(r"[\\`*_{}\[\]<>$|~&^#]|(?<=^)[-+=:%@](?= |\W|$)|(?<=^\d)[.)]")

# What computed prose is made of; where its links may lead.
PROSE = set(
    "text softbreak strong em link bullet_list ordered_list list_item paragraph inline".split()
)
PROSE |= {"code_inline"}
LINK = re.compile(r"(https://[^\s]+|[a-z]+\.(md|ipynb)(#[\w-]+)?|#[\w-]+)")
# What MyST reads beyond CommonMark: roles, substitutions, formulas, attributes, directives.
BEYOND = re.compile(r"\{|\}|\$|^(:::|%|\+\+\+)", re.MULTILINE)


class _CommonMark(MarkdownIt):
    """CommonMark with every link kept: what the library would drop is refused here."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # as the library calls it
        """Keep it."""
        return True


def plain(text: str) -> str:
    """Text of the data for use in CommonMark: it shows as it is, whatever it holds."""
    return MARKS.sub(lambda mark: f"\\{mark[0]}", text)


def prose(text: str) -> str:
    """Computed prose, if it is nothing but that.

    Raises:
        ValueError: it holds HTML, a picture, a formula, a role or a link out of the web's pages,
            which can only have come from data that `plain` was not asked about.
    """
    for token in _tokens(_CommonMark("commonmark").parse(text)):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind not in PROSE:
            raise ValueError(f"{kind} in prose: {token.content or text!r}: expected: plain text")
        if kind == "link" and token.nesting == 1 and not LINK.fullmatch(str(token.attrs["href"])):
            raise ValueError(
                f"link in prose: {token.attrs['href']!r}: expected: a page or https://"
            )
    if beyond := BEYOND.search(_bare(text)):
        raise ValueError(f"{beyond[0]!r} in prose: {text!r}: expected: plain text")
    return text


def _tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _bare(text: str) -> str:
    """The text without what `plain` made of marks, and without code."""
    return re.sub(r"`[^`]*`", "", re.sub(r"\\[^\w\s]", "", text))


def script(data: object) -> str:
    """JSON that may stand in a script of a page: nothing in it can end the script."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


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


def fold(table: str, rows: int) -> str:
    """A long table behind a line that says how long it is."""
    summary = f"<summary>Show all {rows} rows</summary>"
    return f'<details class="exhibit-fold">{summary}\n{table}</details>'


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
