"""Figures are drawn for page and phone, and none with faulty type is shown."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from exhibit_html import render
from matplotlib.figure import Figure
from PIL import Image

from analysis import drawings, exhibits, markup
from analysis.exhibits import MIME, Exhibit
from analysis.style import PAGE, PHONE, Sheet, faults, label, visible_steps
from tools.edition import Edition
from tools.exhibits import exhibits as exhibits_of_the_book

ROOT = Path(__file__).resolve().parent.parent
DATA = pd.DataFrame({"Year": [1990, 2000], "Total": [1.0, 2.0]})


def drawing(
    sheet: Sheet, *, size: float = 9.0, texts: tuple[tuple[float, str], ...] = ()
) -> Figure:
    figure, axes = sheet.canvas(height=3)
    axes.plot(DATA["Year"], DATA["Total"])
    for x, text in texts:
        label(axes, x, 1.5, text, fontsize=size, offset=(0, 0), in_layout=False)
    return figure


def test_a_plain_drawing_has_no_fault() -> None:
    # Its axes keep labels of ticks outside the picture, which nobody sees.
    assert faults(drawing(PAGE, texts=((1992, "one"), (1998, "other")))) == []


@pytest.mark.parametrize(
    ("texts", "size", "fault"),
    [
        (((1994, "one"), (1994, "other")), 9, "'one' runs into 'other'"),
        (((2000, "far too long for what is left of it"),), 9, "leaves the drawing"),
        (((1994, "small"),), 7, "'small' is set in 7 points"),
    ],
)
def test_faults_are_named(texts: tuple[tuple[float, str], ...], size: float, fault: str) -> None:
    assert fault in "; ".join(faults(drawing(PHONE, size=size, texts=texts)))


def test_a_sign_that_the_typeface_lacks_is_not_drawn_as_a_box() -> None:
    with pytest.raises(UserWarning, match="CHECK MARK"):
        drawings.svg(drawing(PAGE, texts=((1994, "✓"),)), "x")


def test_what_is_checked_and_shown_has_one_layout() -> None:
    figure = drawing(PAGE, texts=((1994, "one"),))
    figure.axes[0].set_ylabel("persons")
    drawings.svg(figure, "x")
    before = figure.axes[0].get_position().bounds
    words = {t: t.get_window_extent().width / figure.dpi for t in figure.axes[0].texts}
    drawings.png(figure)
    assert faults(figure) == []
    assert figure.axes[0].get_position().bounds == before
    # To a dot of the finer drawing.
    dot = 1 / drawings.DOTS
    for text, width in words.items():
        assert text.get_window_extent().width / figure.dpi == pytest.approx(width, abs=dot)


def shown(monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[dict[str, Any]]:
    """The outputs of a cell that shows a figure, each with its metadata under `metadata`."""
    kept: list[dict[str, Any]] = []

    def keep(bundle: dict[str, Any], raw: bool, metadata: dict[str, Any]) -> None:
        kept.append({**bundle, "metadata": metadata})

    monkeypatch.setattr(exhibits, "display", keep)
    exhibits.figure(
        lambda sheet: drawing(sheet, **options),
        "some-figure", title="A title", alt="A line.", sources=["GRCP7, p. 1"], data=DATA,
    )  # fmt: skip
    return kept


def test_a_figure_is_pictures_first_and_then_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, words = shown(monkeypatch)
    # Front ends that find HTML in an output show no picture of it.
    assert set(pictures) == {"image/svg+xml", "image/png", "text/plain", MIME, "metadata"}
    assert pictures["text/plain"] == "A line."
    size = pictures["metadata"]["image/png"]
    assert (size["width"], size["alt"]) == (round(96 * PAGE.width), "A line.")
    assert Image.open(io.BytesIO(base64.b64decode(pictures["image/png"]))).size[0] == 1036
    assert set(words) == {"text/html", "text/plain", "metadata"}
    assert not re.search("<(svg|template|script)", words["text/html"])
    assert "A line." in words["text/html"]
    assert {out["metadata"]["exhibit"] for out in (pictures, words)} == {"some-figure"}


def test_a_figure_holds_both_drawings_of_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, _ = shown(monkeypatch)
    drawn = [pictures["image/svg+xml"], pictures[MIME]["phone"]]
    widths = [float(re.findall(r'viewBox="0 0 ([\d.]+) ', svg)[0]) for svg in drawn]
    assert widths == [72 * PAGE.width, pytest.approx(72 * PHONE.width, abs=0.01)]
    for svg in drawn:
        ElementTree.fromstring(svg)
        assert "\n" not in svg
        assert not re.search(r' d="[^"]*\.\d{3}', svg)


def test_letters_of_a_drawing_stand_where_matplotlib_puts_them() -> None:
    plain = io.StringIO()
    figure = drawing(PAGE, texts=((1994, "one"),))
    with mpl.rc_context({"svg.hashsalt": "x"}):
        figure.savefig(plain, format="svg")
    before = r'<use xlink:href="#\w+-Regular-\w+" transform="translate\(([\d.]+)'
    after = r'<use xlink:href="#f\d-\w+" x="([\d.]+)'
    found = [re.findall(before, plain.getvalue()), re.findall(after, drawings.svg(figure, "x"))]
    places = [[float(place) for place in svg] for svg in found]
    assert places[0]
    assert places[1] == pytest.approx(places[0], abs=0.005)


def test_an_exhibit_comes_back_from_its_record_as_it_was() -> None:
    fields = (
        {"name": "Year", "type": "integer", "align": "right"},
        {"name": "T", "type": "string"},
    )
    rows = [["1990", "a, “b”\nc"], ["", ""]]
    for shown_rows in (rows, [["1,990", "x"], ["–", ""]]):
        exhibit = Exhibit("x", "table", "T", ("GRCP7, p. 1",), fields, rows, shown_rows, notes="n")
        record = json.loads(json.dumps(exhibit.as_record()))
        assert Exhibit(**Exhibit.values(record)) == exhibit


@pytest.mark.parametrize(
    ("change", "told"),
    [({"exhibit_id": "Some Table"}, "'Some Table' is not kebab-case"),
     ({"sources": ()}, "some-table: an exhibit needs at least one source"),
     ({"title": " ".join(["word"] * 16)}, "some-table: a title of 16 words, not 1 to 15"),
     ({"title": ""}, "some-table: a title of 0 words, not 1 to 15"),
     ({"title": "It grew."}, "some-table: a title ends without a full stop")],
)  # fmt: skip
def test_an_exhibit_without_name_source_or_title_is_refused(
    change: dict[str, Any], told: str
) -> None:
    given: dict[str, Any] = {
        "exhibit_id": "some-table", "kind": "table", "title": "T", "sources": ("x y",),
        "fields": (), "rows": [], "shown": [], **change,
    }  # fmt: skip
    with pytest.raises(ValueError, match=told):
        Exhibit(**given)


def test_a_figure_with_a_fault_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"some-figure, phone: .*runs into"):
        shown(monkeypatch, texts=((1992.5, "fits the page"), (1995, "not the phone")), size=14)


def test_exhibits_are_numbered_in_reading_order_with_unique_ids() -> None:
    placed = exhibits_of_the_book(ROOT)
    assert len({exhibit.exhibit_id for exhibit in placed}) == len(placed)
    for kind in ("Figure", "Table"):
        numbers = [e.number for e in placed if e.number.startswith(f"{kind} ")]
        assert len(set(numbers)) == len(numbers)
        keys = [tuple(map(int, n.removeprefix(f"{kind} ").split("."))) for n in numbers]
        numbered = [key for key in keys if len(key) == 2]
        assert numbered == sorted(numbered)


def test_the_data_of_a_figure_are_numbers_that_a_program_reads(site: Path) -> None:
    # An interval written "1.22 to 1.34" in one cell could not be drawn again from the download.
    written = re.compile(r"[<−-]?[\d.,]+ (to|and|or) [\d.,]+")
    found = []
    for drawing in sorted((site / "_static" / "exhibits").glob("*.phone.svg")):
        table = drawing.with_name(drawing.name.replace(".phone.svg", ".csv"))
        with table.open(encoding="utf-8") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        plain = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d")
        assert any(plain.fullmatch(cell) for cell in cells), table.name
        found += [f"{table.name}: {cell}" for cell in cells if written.fullmatch(cell)]
    assert found == []


def test_of_the_data_of_a_figure_the_first_rows_are_shown_and_all_are_kept() -> None:
    rows = [[str(n)] for n in range(30)]
    for kind, seen in (("figure", 20), ("table", 30)):
        given = Exhibit("x", kind, "T", ("GRCP7, p. 1",), ({"name": "N", "type": "integer"},),
                        rows, rows, alt="A.")  # fmt: skip
        read = Exhibit(**Exhibit.values(json.loads(json.dumps(given.as_record()))))
        assert read.rows == rows
        assert read.shown == rows[:seen]
    assert "First 20 of 30 rows" in markup.left_out(20, 30)
    assert markup.left_out(30, 30) == ""


def test_points_that_cannot_be_told_apart_are_drawn_as_one() -> None:
    at = pd.Series([0.0, 0.4, 0.9, 1.0, 5.2, 5.3])
    # The first stays beside the last of its stretch; of each other stretch the last.
    assert at[visible_steps(at, 1.0)].tolist() == [0.0, 0.9, 1.0, 5.3]


@pytest.mark.parametrize(("rows", "folded"), [(20, False), (21, True)])
def test_a_table_of_more_than_twenty_rows_waits_until_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, rows: int, folded: bool
) -> None:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr(exhibits, "display", lambda bundle, **_: kept.append(bundle))
    exhibits.table(pd.DataFrame({"Year": range(rows)}), "long", title="Years", sources=["events"])
    assert kept[0][MIME].get("folded", False) is folded
    assert ("<details" in kept[0]["text/html"]) is folded


def test_notes_are_folded_with_the_table_that_they_explain() -> None:
    told = [each for each in exhibits_of_the_book(ROOT) if each.folded and each.notes]
    assert told
    for exhibit in told:
        page = BeautifulSoup("".join(render(exhibit, Edition.of(ROOT), up="../")), "html.parser")
        notes = [note.get_text() for note in page.select(".exhibit-fold .exhibit-note")]
        assert notes == [exhibit.notes] == [n.get_text() for n in page.select(".exhibit-note")]
