"""Figures are drawn for page and phone, and none with faulty type is shown."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis import exhibits
from analysis.style import PAGE, PHONE, Sheet, faults, label

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


def shown(monkeypatch: pytest.MonkeyPatch, **options: Any) -> str:
    kept: list[dict[str, str]] = []
    monkeypatch.setattr(exhibits, "display", lambda bundle, raw: kept.append(bundle))
    exhibits.figure(
        lambda sheet: drawing(sheet, **options),
        "some-figure", caption="A caption.", alt="A line.", sources=["GRCP7, p. 1"], data=DATA,
    )  # fmt: skip
    return kept[0]["text/html"]


def test_a_figure_holds_both_drawings_of_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    html = shown(monkeypatch)
    widths = [float(width) for width in re.findall(r'viewBox="0 0 ([\d.]+) ', html)]
    assert widths == [72 * PAGE.width, pytest.approx(72 * PHONE.width, abs=0.01)]
    assert html.index("<template") < html.rindex("<svg") < html.index("</template>")
    assert not re.search(r' d="[^"]*\.\d{3}', html)


def test_a_figure_with_a_fault_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"some-figure, phone: .*runs into"):
        shown(monkeypatch, texts=((1992.5, "fits the page"), (1995, "not the phone")), size=14)


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
