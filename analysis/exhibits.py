"""Exhibits: a figure or a table with title, sources and data, shown by a cell.

A notebook is read in JupyterLab and its like as well as in the book, so an exhibit is shown both
as pictures and plain HTML, which front ends show without trusting the notebook, and as data under a
MIME type of its own, from which the book makes its page. Front ends prefer HTML to pictures, so the
drawing of a figure has an output to itself and the rest follows in another.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from IPython.display import Markdown, display

from analysis import markup
from analysis.cells import Fields, Formats, Rows, cells, heads

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.marks import Placed

MIME = "application/vnd.figures.exhibit+json"
TITLE = 15  # words of a title at most
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
INLINE = 20  # rows that a page shows unasked; of a figure's data the file holds all
# JupyterLab sets cells to the right, and gives a page no other way to say otherwise.
LEFT = ' style="text-align:left"'


@dataclass(frozen=True)
class Exhibit:
    """What there is to know of an exhibit but its drawing.

    Attributes:
        exhibit_id: kebab-case, unique in the book.
        kind: `figure` or `table`.
        title: what to see, in at most `TITLE` words and without a full stop; plain text, as all
            texts of an exhibit are.
        subtitle: what is measured, of whom, in which unit and when; how to read the marks.
        sources: statement ids, names of tables, or plain text such as "GRCP7, p. 34".
        fields, rows, shown: as in `analysis.cells.Cells`; from a notebook, of `shown` what is
            `inline` alone.
        alt: of a figure, what the picture shows, for those who do not see it.
        notes: below the drawing or the table.
        phone: of a figure, its drawing for the screen of a phone, as SVG.
        marks: of a figure, where its rows stand in the drawings for `page` and `phone`, as in
            `analysis.marks`; `told` are those of the rows that are not `inline`, as readers see
            them, each after its number.
        keys: of a table whose rows can be linked to, the id of each.
        folded: of a table, whether it waits until it is asked for.
    """

    exhibit_id: str
    kind: str
    title: str
    sources: tuple[str, ...]
    fields: Fields
    rows: Rows
    shown: Rows
    subtitle: str = ""
    alt: str = ""
    notes: str = ""
    phone: str = ""
    keys: tuple[str, ...] = ()
    folded: bool = False
    marks: Mapping[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not KEBAB.fullmatch(self.exhibit_id):
            raise ValueError(f"exhibit id {self.exhibit_id!r} is not kebab-case")
        if strange := [key for key in self.keys if not KEBAB.fullmatch(key)]:
            raise ValueError(f"{self.exhibit_id}: ids of rows are not kebab-case: {strange}")
        if not self.sources:
            raise ValueError(f"{self.exhibit_id}: an exhibit needs at least one source")
        if not 0 < (length := len(self.title.split())) <= TITLE:
            raise ValueError(f"{self.exhibit_id}: a title of {length} words, not 1 to {TITLE}")
        if self.title.endswith("."):
            raise ValueError(f"{self.exhibit_id}: a title ends without a full stop")

    @property
    def caption(self) -> str:
        """Title and subtitle in one line."""
        return f"{self.title}. {self.subtitle}".strip()

    @property
    def heads(self) -> Fields:
        """The columns of `shown`."""
        return heads(self.fields)

    @property
    def inline(self) -> Rows:
        """What readers see of `shown`: of a figure's data the first rows."""
        return self.shown[:INLINE] if self.kind == "figure" else self.shown

    def as_record(self) -> dict[str, Any]:
        """For the notebook: rows as CSV, what is empty or said already left out."""
        record = {**asdict(self), "rows": _csv(self.rows), "shown": _csv(self.inline)}
        record["marks"] = {name: _csv(lines) for name, lines in self.marks.items()}
        if record["shown"] == record["rows"]:
            del record["shown"]
        return {key: value for key, value in record.items() if value}

    @staticmethod
    def values(record: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of the class from what `as_record` made."""
        rows = record.get("rows", "")
        texts = {"rows": rows, "shown": record.get("shown", rows)}
        tables = {key: list(csv.reader(io.StringIO(text))) for key, text in texts.items()}
        fixed = {key: tuple(record.get(key, ())) for key in ("sources", "fields", "keys")}
        marks = {name: list(csv.reader(io.StringIO(text)))
                 for name, text in record.get("marks", {}).items()}  # fmt: skip
        return {**record, **tables, **fixed, "marks": marks}


def say(text: str) -> None:
    """Show prose that holds computed numbers, as CommonMark; of data, text alone is let in."""
    display(Markdown(markup.prose(text)))


def figure(
    draw: Callable[..., Figure],
    exhibit_id: str,
    *,
    title: str,
    subtitle: str = "",
    alt: str,
    sources: Sequence[str],
    data: pd.DataFrame,
    formats: Formats | None = None,
    notes: str = "",
) -> None:
    """Show a figure as an exhibit, drawn for the page and once more for the screen of a phone.

    Args:
        draw: a function of `sheet` alone that returns the matplotlib figure.
        exhibit_id, title, subtitle, alt, sources, notes: as in `Exhibit`.
        data: what was drawn, with readers' column names (units in them).
        formats: as in `analysis.cells.cells`.

    Raises:
        ValueError: on one of the sheets texts collide, leave the drawing or are too small; or the
            data hold text in place of values.
    """
    # Not for those who only read exhibits: the style dates all files that its process draws or
    # builds, and matplotlib takes half a second.
    from analysis import drawings
    from analysis.marks import marks
    from analysis.style import PAGE, PHONE, faults

    page, phone = draw(sheet=PAGE), draw(sheet=PHONE)
    # Before it is checked and read, so that this is done to what readers see.
    svg, small = drawings.svg(page, exhibit_id), drawings.svg(phone, f"{exhibit_id}-phone")
    for name, drawing in (("page", page), ("phone", phone)):
        if found := faults(drawing):
            raise ValueError(f"{exhibit_id}, {name}: " + "; ".join(found))
    exhibit = Exhibit(
        exhibit_id, "figure", title, tuple(sources), *_cells(exhibit_id, data, formats),
        subtitle=subtitle, alt=alt, notes=notes, phone=small,
    )  # fmt: skip
    heads = [each["name"] for each in exhibit.fields]
    try:
        placed = {"page": marks(page, heads, exhibit.rows),
                  "phone": marks(phone, heads, exhibit.rows)}  # fmt: skip
    except ValueError as error:
        raise ValueError(f"{exhibit_id}: {error}") from None
    exhibit = replace(exhibit, marks=_told(exhibit, placed))
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1)
    png, width, height = drawings.png(page)
    # What VS Code takes for the alternative text is the plain text of the picture.
    bundle = {"image/svg+xml": svg, "image/png": png, "text/plain": alt, MIME: exhibit.as_record()}
    size = {"width": width, "height": height, "alt": alt}
    _display(bundle, exhibit, {"image/png": size})
    _display(_legend(exhibit), exhibit)


def table(
    data: pd.DataFrame,
    exhibit_id: str,
    *,
    title: str,
    subtitle: str = "",
    sources: Sequence[str],
    formats: Formats | None = None,
    notes: str = "",
    folded: bool = False,
) -> None:
    """Show a table as an exhibit; the first column heads its rows. Arguments as in `figure`.

    Readers can link to the rows where the index of the data holds their ids and is named so, such
    as `finding_id`.

    Args:
        folded: fold a table that few read through; one of more than `INLINE` rows is anyway.
    """
    columns = _cells(exhibit_id, data, formats)
    keys = tuple(map(str, data.index)) if str(data.index.name).endswith("_id") else ()
    exhibit = Exhibit(
        exhibit_id, "table", title, tuple(sources), *columns, subtitle=subtitle, notes=notes,
        keys=keys, folded=folded or len(columns[2]) > INLINE,
    )  # fmt: skip
    _display({**_legend(exhibit), MIME: exhibit.as_record()}, exhibit)


def _told(exhibit: Exhibit, placed: Mapping[str, Sequence[Placed]]) -> dict[str, Rows]:
    """Marks with the rows that they stand for; nothing where there are none."""
    rows = sorted({row for each in placed.values() for _, _, row, *_ in each})
    if not rows:
        return {}
    told = [[str(row), *exhibit.shown[row]] for row in rows if row >= INLINE]
    return {name: [list(map(str, mark)) for mark in each] for name, each in placed.items()} | {
        "told": told
    }


def _cells(
    exhibit_id: str, data: pd.DataFrame, formats: Formats | None
) -> tuple[Fields, Rows, Rows]:
    try:
        made = cells(data, formats or {})
    except ValueError as error:
        raise ValueError(f"{exhibit_id}: {error}") from None
    return made.fields, made.rows, made.shown


def _display(
    bundle: dict[str, Any], exhibit: Exhibit, metadata: Mapping[str, Any] | None = None
) -> None:
    display(bundle, raw=True, metadata={"exhibit": exhibit.exhibit_id, **(metadata or {})})


def _legend(exhibit: Exhibit) -> dict[str, Any]:
    """All of the exhibit but the drawing, for readers of the notebook."""
    kind = f"<b>{exhibit.kind.capitalize()}.</b>"
    shown = markup.table(exhibit.heads, exhibit.inline, left=LEFT)
    shown += markup.left_out(len(exhibit.inline), len(exhibit.rows))
    if exhibit.kind == "figure":
        # JupyterLab gives pictures no alternative text.
        shown = (
            f"<details><summary>What the figure shows</summary><p>{escape(exhibit.alt)}</p>"
            f"</details>\n<details><summary>Data of this figure</summary>\n{shown}</details>"
        )
    if exhibit.folded:
        shown = markup.fold(shown, len(exhibit.shown))
    notes = f'<p class="exhibit-note">{escape(exhibit.notes)}</p>\n' if exhibit.notes else ""
    html = (
        f"<p>{kind} <b>{escape(exhibit.title)}</b><br/>{escape(exhibit.subtitle)}</p>\n"
        f"{shown}\n{notes}"
        f"{markup.sources(exhibit.sources, 'md')}"
    )
    return {"text/html": html, "text/plain": f"{exhibit.kind.capitalize()}. {exhibit.caption}"}


def _csv(rows: Rows) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
