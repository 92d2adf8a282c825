"""Marks of a drawing stand for the rows that they were drawn from, and for no others."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.marks import FINE, asked, marks
from tools.exhibits import Placed, exhibits
from tools.notebooks import ROOT

HEADS = ["Name", "Year", "Value"]
FIGURES = [exhibit for exhibit in exhibits(ROOT) if exhibit.kind == "figure"]
# Figures of lines and dots whose data hold what they draw.
ANSWERING = [
    "stock-share", "stock-rates", "stock-revisions",
    "borders-change", "borders-since-1960", "borders-areas",
    "vintages-largest", "vintages-lookup",
    "coverage-time", "coverage-joined",
    "conventions-diffusion", "conventions-one-scale",
    "respondents-groups", "respondents-regions",
]  # fmt: skip


@pytest.fixture
def drawn() -> tuple[Figure, Axes]:
    """A drawing whose axes fill it, so that places can be told from the scales alone."""
    figure = plt.figure(figsize=(4, 2))
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
    assert marks(figure, HEADS, rows) == [(750, 250, 0), (500, 750, 1)]


def test_a_range_stands_for_the_row_with_both_its_ends(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.set_yticks([2, 5], ["Asia", "Latin\nAmerica"])
    axes.barh(5, 10, left=1995, height=1)
    figure.draw_without_rendering()
    rows = [["Asia", "1995", "2006"], ["Latin America", "1995", "2005"]]
    assert marks(figure, HEADS, rows) == [(500, 500, 1)]


def test_a_mark_stands_for_all_rows_that_hold_it_unless_they_are_many(
    drawn: tuple[Figure, Axes],
) -> None:
    figure, axes = drawn
    axes.plot([2000], [5], "o")
    figure.draw_without_rendering()
    rows = [["A", "2000", "5"], ["B", "2000", "5"]]
    assert marks(figure, HEADS, rows) == [(500, 500, 0), (500, 500, 1)]
    assert marks(figure, HEADS, [*rows, *rows, *rows]) == []


def test_days_are_found_as_the_axis_counts_them() -> None:
    figure, axes = plt.subplots()
    plt.close(figure)
    axes.plot([pd.Timestamp("2003-07-01")], [20], "o")
    figure.draw_without_rendering()
    assert [
        row for *_, row in marks(figure, HEADS[1:], [["2003-06-30", "20"], ["2003-07-01", "20"]])
    ] == [1]


def test_one_number_alone_is_no_match(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000], [1.5], "o")  # a change, say, whose ends alone are in the data
    figure.draw_without_rendering()
    assert marks(figure, HEADS[1:], [["2000", "4"], ["1990", "2.5"]]) == []


def test_a_row_may_be_rounded_where_the_drawing_is_not(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [2.514, 2.516], "o")
    figure.draw_without_rendering()
    assert [row for *_, row in marks(figure, HEADS[1:], [["2000", "2.51"], ["2005", "2.51"]])] == [
        0
    ]


def test_a_panel_tells_rows_apart_that_hold_the_same(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.set_title("Asia")
    axes.plot([2000, 2005], [2.5, 7.5], "o")
    figure.draw_without_rendering()
    rows = [["Africa", "2000", "2.5"], ["Asia", "2000", "2.5"], ["Asia", "2005", "8"]]
    assert marks(figure, HEADS, rows) == [(500, 750, 1)]


def test_a_year_may_be_the_head_of_a_column(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [4, 6], "o")
    figure.draw_without_rendering()
    heads = ["Area", "Share in 2000, %", "2005"]
    rows = [["Africa", "6", "4"], ["Asia", "4", "6"]]
    assert marks(figure, heads, rows) == [(500, 600, 1), (750, 400, 1)]


def test_a_drawing_may_say_which_rows_its_marks_stand_for(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2005], [5, 5], "o")  # a change, say, that the data do not hold
    asked(axes, [2000, 2005], [5, 5], "2015", [2000, 2005])
    figure.draw_without_rendering()
    rows = [["2005", "2000", "1"], ["2015", "2005", "3"], ["2015", "2000", "2"]]
    assert marks(figure, HEADS, rows) == [(750, 500, 1), (500, 500, 2)]
    with pytest.raises(ValueError, match=r"'2015', '2000'.*expected 1, found 0"):
        marks(figure, HEADS, rows[:2])


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
    for x, y, row in [*figure.marks.get("page", []), *figure.marks.get("phone", [])]:
        assert 0 <= int(x) <= FINE
        assert 0 <= int(y) <= FINE
        assert 0 <= int(row) < len(figure.rows)
        assert len(told.get(row, figure.shown[0])) == len(figure.heads)


@pytest.mark.parametrize("name", ANSWERING)
def test_lines_and_dots_of_the_book_can_be_asked_on_page_and_phone(name: str) -> None:
    figure = next(figure for figure in FIGURES if figure.exhibit_id == name)
    for sheet in ("page", "phone"):
        assert len(figure.marks[sheet]) >= min(len(figure.rows) / 3, 10)


def test_a_drawing_of_something_else_than_its_data_has_no_marks(drawn: tuple[Figure, Axes]) -> None:
    figure, axes = drawn
    axes.plot([2000, 2002, 2004], [2.5, 3, 4], "o")
    figure.draw_without_rendering()
    assert marks(figure, HEADS, [["A", "2000", "2.5"], ["A", "2002", "3.5"]]) == []
