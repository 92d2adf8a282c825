"""Exhibits: a figure or a table with number, caption, sources and data, as one cell output.

The output is one piece of HTML that Jupyter shows as it is, that nbval compares in full, and
that the book's extension `book/_ext/exhibits.py` numbers, lightens (the drawing becomes a file)
and gives downloads.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

import pandas as pd
from IPython.display import Markdown, display
from matplotlib.figure import Figure

from analysis.statements import Statement, stated
from analysis.style import PAGE, PHONE, faults
from analysis.tables import describe, names

Formats = Mapping[str, str | Callable[[object], str]]
MISSING = "–"
DECIMALS = re.compile(r"(\.\d\d)\d+")


def say(text: str) -> None:
    """Show prose that holds computed numbers; MyST Markdown, roles included."""
    display(Markdown(text))


def figure(
    draw: Callable[..., Figure],
    exhibit_id: str,
    *,
    caption: str,
    alt: str,
    sources: Sequence[str],
    data: pd.DataFrame,
    formats: Formats | None = None,
) -> None:
    """Show a figure as an exhibit, drawn for the page and once more for the screen of a phone.

    Args:
        draw: a function of `sheet` alone that returns the matplotlib figure.
        exhibit_id: kebab-case, unique in the book.
        caption: what to see, in a sentence or two; plain text.
        alt: what the picture shows, in sentences, for those who do not see it.
        sources: statement ids, names of record tables, or plain text such as "GRCP7, p. 34".
        data: what was drawn, with readers' column names (units in them).
        formats: per column, a format specification or a function to text.
    Raises:
        ValueError: on one of the sheets texts collide, leave the drawing or are too small.
    """
    page, phone = draw(sheet=PAGE), draw(sheet=PHONE)
    for name, drawing in (("page", page), ("phone", phone)):
        if found := faults(drawing):
            raise ValueError(f"{exhibit_id}, {name}: " + "; ".join(found))
    svg = _svg(page, exhibit_id)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1)
    body = (
        f'<div class="exhibit-drawing">{svg}</div>\n'
        # Within a template a notebook shows nothing; the book takes it out for small screens.
        f'<template class="exhibit-phone">{_svg(phone, f"{exhibit_id}-phone")}</template>\n'
        f"<figcaption>{_number('Figure')}{escape(caption)}</figcaption>\n"
        f"{_source_line(sources)}\n"
        f'<details class="exhibit-data"><summary>Data of this figure</summary>\n'
        f"{_table(data, formats or {}, '')}</details>"
    )
    _show(_frame(exhibit_id, "figure", body), _png(page))


def table(
    data: pd.DataFrame,
    exhibit_id: str,
    *,
    caption: str,
    sources: Sequence[str],
    formats: Formats | None = None,
    notes: str = "",
) -> None:
    """Show a table as an exhibit; the first column heads its rows. Arguments as in `figure`."""
    note = f'<p class="exhibit-note">{escape(notes)}</p>\n' if notes else ""
    body = f"{_table(data, formats or {}, caption)}\n{note}{_source_line(sources)}"
    _show(_frame(exhibit_id, "table", body), None)


def _frame(exhibit_id: str, kind: str, body: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", exhibit_id):
        raise ValueError(f"exhibit id {exhibit_id!r} is not kebab-case")
    return f'<figure class="exhibit" id="{exhibit_id}" data-kind="{kind}">\n{body}\n</figure>'


def _number(kind: str) -> str:
    # The book's extension writes the number; a notebook on its own shows the kind alone.
    return f'<span class="exhibit-number">{kind}.</span> '


def _show(html: str, png: str | None) -> None:
    bundle = {"text/html": html, "text/plain": re.sub(r"<svg.*?</svg>", "", html, flags=re.S)}
    bundle["text/plain"] = re.sub(r"<[^>]+>", "", bundle["text/plain"]).strip().split("\n")[0]
    if png:
        bundle["image/png"] = png
    display(bundle, raw=True)


def _svg(drawing: Figure, exhibit_id: str) -> str:
    import matplotlib as mpl

    buffer = io.StringIO()
    # The salt makes element ids stable from run to run and distinct from figure to figure.
    with mpl.rc_context({"svg.hashsalt": exhibit_id}):
        drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :].strip()
    # A hundredth of a point is finer than any screen or press; matplotlib writes millionths.
    return re.sub(r' d="[^"]*"', lambda path: DECIMALS.sub(r"\1", path[0]), svg)


def _png(drawing: Figure) -> str:
    buffer = io.BytesIO()
    drawing.savefig(buffer, format="png", dpi=144, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def _table(data: pd.DataFrame, formats: Formats, caption: str) -> str:
    numeric = {c: pd.api.types.is_numeric_dtype(data[c]) for c in data.columns}
    right = {c: numeric[c] or c in formats for c in data.columns}
    head = "".join(f'<th scope="col"{_align(right[c])}>{escape(str(c))}</th>' for c in data.columns)
    rows = []
    for record in data.itertuples(index=False):
        cells = [
            _cell(value, _text(value, formats.get(str(c))), first=i == 0, right=right[c])
            for i, (c, value) in enumerate(zip(data.columns, record, strict=True))
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = f"<caption>{_number('Table')}{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="exhibit-scroll" tabindex="0"><table>{title}\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table></div>"
    )


def _align(right: bool) -> str:
    return ' class="num"' if right else ""


def _cell(value: object, text: str, *, first: bool, right: bool) -> str:
    # What readers see is rounded and grouped; the download gets the number itself.
    raw = _raw(value, text)
    exact = "" if raw == text else f' data-value="{escape(raw)}"'
    if first:
        return f'<th scope="row"{_align(right)}{exact}>{escape(text)}</th>'
    return f"<td{_align(right)}{exact}>{escape(text)}</td>"


def _raw(value: object, text: str) -> str:
    if _missing(value):
        return ""
    if isinstance(value, float):
        return format(value, ".12g")  # more digits would differ between processors
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, (list, tuple)) and bool(pd.isna(value)))


def _text(value: object, how: str | Callable[[object], str] | None) -> str:
    if _missing(value):
        return MISSING
    if callable(how):
        return how(value)
    if how:
        return format(value, how)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return format(value, ",.0f") if value.is_integer() else format(value, ",.2f")
    if isinstance(value, int):
        return format(value, ",d")
    return str(value)


def _source_line(sources: Sequence[str]) -> str:
    if not sources:
        raise ValueError("an exhibit needs at least one source")
    # Figures of one paragraph share one mention of it.
    cited: dict[str, list[str]] = {}
    for source in dict.fromkeys(sources):
        cited.setdefault(_cite(source), []).append(source)
    links = "; ".join(_source(cite, together) for cite, together in cited.items())
    return f'<p class="exhibit-source">Sources: {links}.</p>'


def _cite(source: str) -> str:
    if " " in source:
        return source
    return str(describe(source)["title"]) if source in names() else stated(source).cite


def _source(cite: str, together: Sequence[str]) -> str:
    first = together[0]
    if " " in first:
        return escape(cite)
    if first in names():
        return f'<a href="downloads.html#{first}">{escape(cite)}</a>'
    if len(together) == 1:
        return _quotation(stated(first), cite)
    figures = [_quotation(stated(source), stated(source).with_unit) for source in together]
    return f"{escape(cite)}: {', '.join(figures)}"


def _quotation(statement: Statement, text: str) -> str:
    tip = f"{statement.cite}: “{statement.phrase}”"
    return (
        f'<a class="stated" href="ledger.html#{statement.statement_id}" '
        f'title="{escape(tip)}">{escape(text)}</a>'
    )
