"""Marks of a drawing stand for the rows that they were drawn from, and for no others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.audit import figures as audit
from analysis.audit.tables import STANDINGS, standings
from analysis.audit.verdicts import standing_counts
from analysis.cells import cells
from analysis.conventions import figures as conventions
from analysis.conventions import participation
from analysis.conventions.tables import waits
from analysis.marks import FINE, answering, asked, marks
from analysis.style import PAGE, PHONE, Sheet
from analysis.vintages import figures as vintages
from analysis.vintages.tables import direction_data
from tools.exhibits import Placed, exhibits
from tools.notebooks import ROOT

HEADS = ["Name", "Year", "Value"]
FIGURES = [exhibit for exhibit in exhibits(ROOT) if exhibit.kind == "figure"]


@pytest.fixture
def drawn() -> tuple[Figure, Axes]:
    """A drawing whose axes fill it, so that places can be told from the scales alone."""
    figure = plt.figure(figsize=(4, 2), layout="none")
    plt.close(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(1990, 2010), ylim=(0, 10))
    return figure, axes


def test_a_point_stands_for_the_row_that_has_both_its_numbers(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [2.5, 7.5])
    figure.draw_without_rendering()
    rows = [["World", "2005", "7.5"], ["World", "2000", "2.5"], ["Europe", "2000", "9"]]
    # Half way across is 500; a quarter up is 750 from above.
    assert marks(figure, HEADS, rows) == [(750, 250, 0, 0, 0), (500, 750, 1, 0, 0)]


def test_a_range_stands_for_the_row_with_both_its_ends(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.set_yticks([2, 5], ["Asia", "Latin\nAmerica"])
    axes.barh(5, 10, left=1995, height=1)
    figure.draw_without_rendering()
    rows = [["Asia", "1995", "2006"], ["Latin America", "1995", "2005"]]
    # From a quarter to three quarters across, from 45 to 55 per cent up.
    assert marks(figure, HEADS, rows) == [(500, 500, 1, 250, 50)]


def test_a_mark_stands_for_all_rows_that_hold_it_unless_they_are_many(
    drawn: tuple[Figure, Axes],
) -> None:
    figure, axes = drawn
    axes.plot([2000], [5], "o")
    figure.draw_without_rendering()
    rows = [["A", "2000", "5"], ["B", "2000", "5"]]
    assert marks(figure, HEADS, rows) == [(500, 500, 0, 0, 0), (500, 500, 1, 0, 0)]
    assert marks(figure, HEADS, [*rows, *rows, *rows]) == []


def test_days_are_found_as_the_axis_counts_them() -> None:
    figure, axes = plt.subplots()
    plt.close(figure)
    axes.plot([pd.Timestamp("2003-07-01")], [20], "o")
    figure.draw_without_rendering()
    found = marks(figure, HEADS[1:], [["2003-06-30", "20"], ["2003-07-01", "20"]])
    assert [row for _, _, row, *_ in found] == [1]


def test_one_number_alone_is_no_match(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000], [1.5], "o")  # a change, say, whose ends alone are in the data
    figure.draw_without_rendering()
    assert marks(figure, HEADS[1:], [["2000", "4"], ["1990", "2.5"]]) == []


def test_a_row_may_be_rounded_where_the_drawing_is_not(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [2.514, 2.516], "o")
    figure.draw_without_rendering()
    found = marks(figure, HEADS[1:], [["2000", "2.51"], ["2005", "2.51"]])
    assert [row for _, _, row, *_ in found] == [0]


def test_a_panel_tells_rows_apart_that_hold_the_same(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.set_title("Asia")
    axes.plot([2000, 2005], [2.5, 7.5], "o")
    figure.draw_without_rendering()
    rows = [["Africa", "2000", "2.5"], ["Asia", "2000", "2.5"], ["Asia", "2005", "8"]]
    assert marks(figure, HEADS, rows) == [(500, 750, 1, 0, 0)]


def test_a_year_may_be_the_head_of_a_column(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [4, 6], "o")
    figure.draw_without_rendering()
    heads = ["Area", "Share in 2000, %", "2005"]
    rows = [["Africa", "6", "4"], ["Asia", "4", "6"]]
    assert marks(figure, heads, rows) == [(500, 600, 1, 0, 0), (750, 400, 1, 0, 0)]


def test_a_drawing_may_say_which_rows_its_marks_stand_for(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [5, 5], "o")  # a change, say, that the data do not hold
    asked(axes, [2000, 2005], [5, 5], "2015", [2000, 2005])
    figure.draw_without_rendering()
    rows = [["2005", "2000", "1"], ["2015", "2005", "3"], ["2015", "2000", "2"]]
    assert marks(figure, HEADS, rows) == [(750, 500, 1, 0, 0), (500, 500, 2, 0, 0)]
    with pytest.raises(ValueError, match=r"'2015', '2000'.*expected 1, found 0"):
        marks(figure, HEADS, rows[:2])


def test_bars_reach_as_far_as_they_are_drawn_and_stand_for_the_row_that_is_said(
    drawn: tuple[Figure, Axes],
) -> None:
    figure, axes = drawn
    answering(axes, axes.barh(5, 10, left=1990, height=2), "Asia")
    answering(axes, axes.barh(5, 40, left=2000, height=2), "Africa")
    asked(axes, [1995], [9], "Asia", size=(2, 1))
    figure.draw_without_rendering()
    rows = [["Africa", "1", "2"], ["Asia", "3", "4"]]
    assert marks(figure, HEADS, rows) == [
        (750, 500, 0, 250, 100), (250, 100, 1, 50, 50), (250, 500, 1, 250, 100),
    ]  # fmt: skip


def test_marks_of_a_line_that_lie_on_one_another_are_one(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    years = [1990 + n / 100 for n in range(2001)]
    axes.plot(years, [5] * len(years))
    figure.draw_without_rendering()
    placed = marks(figure, ["Year", "Value"], [[f"{year:.2f}", "5"] for year in years])
    across = [x for x, *_ in placed]
    assert min(after - before for before, after in pairwise(across)) >= 6
    assert (min(across), max(across)) == (0, pytest.approx(1000, abs=6))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.exhibit_id)
def test_every_mark_of_the_book_is_within_its_drawing_and_has_a_row(figure: Placed) -> None:
    told = {row: cells for row, *cells in figure.marks.get("told", [])}
    for mark in [*figure.marks.get("page", []), *figure.marks.get("phone", [])]:
        x, y, row, wide, high = map(int, mark)
        assert 0 <= x - wide <= x + wide <= FINE + 1
        assert 0 <= y - high <= y + high <= FINE + 1
        assert 0 <= row < len(figure.rows)
        assert len(told.get(mark[2], figure.shown[0])) == len(figure.heads)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.exhibit_id)
def test_every_figure_of_the_book_can_be_asked_on_page_and_phone(figure: Placed) -> None:
    for sheet in ("page", "phone"):
        assert len(figure.marks[sheet]) >= min(len(figure.rows) / 3, 10)


# Bars from nought, or parts of one: their row, and the number of it that they are as long as.
BARS: dict[str, tuple[Callable[..., Figure], pd.DataFrame, Callable[[pd.Series], float]]] = {
    "lags": (
        partial(conventions.lags, participation.waits()),
        waits(),
        lambda row: row["% of signatories"],
    ),
    "directions": (
        partial(vintages.directions, direction_data(2008)),
        direction_data(2008),
        lambda row: 100 * row["Reversed"] / (row["Direction kept"] + row["Reversed"]),
    ),
    "strip": (
        partial(audit.strip, standing_counts("topic")[list(STANDINGS)].sum()),
        standings().query("By == 'topic'").groupby("How it fares")["Figures"].sum().reset_index(),
        lambda row: row["Figures"],
    ),
}


@pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
@pytest.mark.parametrize("name", BARS)
def test_a_bar_tells_the_number_that_it_is_as_long_as(name: str, sheet: Sheet) -> None:
    draw, data, length = BARS[name]
    drawing, held = draw(sheet=sheet), cells(data, {})
    drawing.draw_without_rendering()
    placed = marks(drawing, [field["name"] for field in held.fields], held.rows)
    assert len(placed) == sum(length(row) > 0 for _, row in data.iterrows())
    for x, y, row, wide, _ in placed:
        place = x / FINE * drawing.bbox.width, (1 - y / FINE) * drawing.bbox.height
        axes = next(axes for axes in drawing.axes if axes.bbox.contains(*place))
        drawn = 2 * wide / FINE * drawing.bbox.width / axes.bbox.width * np.ptp(axes.get_xlim())
        # Places are rounded to a thousandth of the sheet.
        assert drawn == pytest.approx(length(data.iloc[row]), abs=0.005 * np.ptp(axes.get_xlim()))


def test_a_drawing_of_something_else_than_its_data_has_no_marks(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2002, 2004], [2.5, 3, 4], "o")
    figure.draw_without_rendering()
    assert marks(figure, HEADS, [["A", "2000", "2.5"], ["A", "2002", "3.5"]]) == []
