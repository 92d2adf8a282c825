"""The figures of the chapter on revisions: every edition where it is, every sum with its sign."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.style import BLUE, PAGE, PAPER, PHONE, QUIET, VERMILION, Sheet
from analysis.vintages import figures
from tests.figures.artists import bars, dots, lines, path, placed, said, ticks, title

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


@BOTH
def test_a_row_holds_the_figure_of_each_edition(sheet: Sheet) -> None:
    known = pd.DataFrame(
        {"name": ["Alpha", "Beta"], 2008: [100_000, 900_000], 2015: [200_000, 300_000],
         2019: [250_000, 400_000], 2024: [50_000, 1_200_000], "ratio": [5.0, 4.0]}
    )  # fmt: skip
    (axes,) = figures.largest(known, 1990, sheet=sheet).axes
    assert axes.get_xscale() == "log"
    marks = [(d.x, d.y, d.marker) for d in dots(axes)]
    assert marks == [
        (200_000, 0, "|"), (250_000, 0, "|"), (100_000, 0, "o"), (50_000, 0, "o"),
        (300_000, 1, "|"), (400_000, 1, "|"), (900_000, 1, "o"), (1_200_000, 1, "o"),
    ]  # fmt: skip
    assert [d.face for d in dots(axes) if d.marker == "o"] == [PAPER, BLUE] * 2
    spans = [path(line) for line in lines(axes) if line.get_marker() == "None"]
    assert spans == [[(50_000, 0), (250_000, 0)], [(300_000, 1), (1_200_000, 1)]]
    assert placed(axes) == {
        "2008": (100_000, -0.5), "2015–2019": (250_000, -0.5), "2024": (50_000, -0.5),
    }  # fmt: skip
    assert ticks(axes.yaxis) == ["Alpha", "Beta"]
    assert axes.get_xlabel() == "migrants in 1990, logarithmic scale"


@pytest.mark.parametrize(
    ("value", "words"), [(20_000, "20,000"), (1_500_000, "1.5 million"), (999_999, "999,999")]
)
def test_persons_on_an_axis(value: float, words: str) -> None:
    assert figures._persons(value) == words


@BOTH
def test_a_revision_has_its_sign_its_colour_and_the_others_apart(sheet: Sheet) -> None:
    rows = pd.DataFrame(
        {"name": ["Alpha", "Beta", "the other 200"], "persons": [2_500_000, -1_250_000, -300_000],
         "others": [False, False, True], "earlier": 2008, "later": 2015}
    )  # fmt: skip
    one, other = figures.decomposition({"first": rows, "second": rows[:2]}, sheet=sheet).axes
    assert [(b.start, b.end, b.face, bool(b.hatch)) for b in bars(one)] == [
        (0, 2.5, BLUE, False), (-1.25, 0, VERMILION, False), (pytest.approx(-0.3), 0, PAPER, True),
    ]  # fmt: skip
    assert [b.middle for b in bars(one)] == pytest.approx([0, 1, 2.5])
    assert said(one) == ["+2.50", "−1.25", "−0.30"]
    assert placed(one)["−1.25"] == (-1.25, 1)
    assert ticks(one.yaxis) == list(rows["name"])
    assert [title(axes) for axes in (one, other)] == ["first", "second"]
    low, high = one.get_xlim()
    assert low == -high == pytest.approx(-1.55 * 2.5)


@BOTH
def test_a_bar_is_as_long_as_the_share_of_changes_reversed(sheet: Sheet) -> None:
    data = pd.DataFrame(
        {"Decade": ["1990/2000", "1990/2000", "2000/2010", "2000/2010"],
         "From, %": [0, 20, 0, 20], "Below, %": pd.array([20, None, 20, None], dtype="Int64"),
         "Direction kept": [30, 12, 20, 8], "Reversed": [10, 0, 20, 2]}
    )  # fmt: skip
    one, other = figures.directions(data, sheet=sheet).axes
    assert [(b.start, b.end, b.middle) for b in bars(one)] == [(0, 25, 0), (0, 0, 1)]
    assert [(b.start, b.end) for b in bars(other)] == [(0, 50), (0, 20)]
    assert said(one) == ["25%: 10 of 40", "0%: 0 of 12"]
    assert said(other) == ["50%: 20 of 40", "20%: 2 of 10"]
    assert placed(one)["25%: 10 of 40"] == (25, 0)
    assert ticks(one.yaxis) == ["under 20%", "20% or more"]
    assert [title(axes) for axes in (one, other)] == [
        "Changes from 1990 to 2000", "Changes from 2000 to 2010",
    ]  # fmt: skip


@BOTH
def test_an_edition_without_the_country_is_named(sheet: Sheet) -> None:
    known = pd.DataFrame(
        {2015: [100.0, 200.0, None], 2019: [110.0, 210.0, 300.0], 2024: [None, 150.0, 320.0]},
        index=[1990, 2000, 2010],
    )
    drawn = figures.editions(known, "Alpha", [2008, 2015, 2019, 2024], sheet=sheet)
    (axes,) = drawn.axes
    series = [path(line) for line in lines(axes) if line.get_marker() == "o"]
    assert series == [
        [(1990, 100), (2000, 200)], [(1990, 110), (2000, 210), (2010, 300)],
        [(2000, 150), (2010, 320)],
    ]  # fmt: skip
    assert [d.face for d in dots(axes)][::2][:2] == [QUIET, QUIET]
    assert " ".join(axes.get_xlabel().split()) == "not in the edition of 2008"
    assert title(axes) == "Alpha"
    assert {"2015–2019", "2024"} == set(said(axes))
    # A label that would lie on another is moved up, and a dotted line leads to it.
    leads = [path(line) for line in lines(axes) if line.get_linestyle() == ":"]
    heights = [lead[1][1] for lead in leads]
    assert [lead[0] for lead in leads] == [(2010, 300), (2010, 320)]
    assert heights == [300, pytest.approx(300 + 0.085 * 320)]
