"""The figures of the chapter on the stock show the numbers that they are given, where they are."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.precision import Interval
from analysis.stock import figures
from analysis.style import BLUE, INK, PAGE, PHONE, QUIET, VERMILION, Sheet, faults
from tests.figures.artists import bars, dots, lines, path, placed, reaches, said, ticks, title

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


@BOTH
def test_shares_stand_at_the_middle_of_what_they_can_be(sheet: Sheet) -> None:
    stated = pd.DataFrame(
        {
            "year": [2000, 1960, 2000],
            "document": ["A/58/98", "A/58/98", "A/59/325"],
            "share": [Interval(2.8, 3.0), Interval(2.4, 2.6), Interval(2.9, 2.9)],
        }
    )
    later = pd.DataFrame(
        {"year": [1990, 2000, 2019], "share": [Interval(s, s) for s in (2.9, 2.8, 3.5)]}
    )
    texts = {"rounded": "band", "later": "one edition", "A/58/98": "first", "A/59/325": "second"}
    drawn = figures.share(stated, later, Interval(2.85, 2.95), texts, sheet=sheet)
    (axes,) = drawn.axes
    assert bars(axes)[0].middle == pytest.approx(2.9)
    marks = {(dot.x, round(dot.y, 9), dot.marker) for dot in dots(axes)}
    assert {(1990, 2.9, "o"), (2000, 2.8, "o"), (2019, 3.5, "o")} <= marks
    assert {(2000, 2.9, "s"), (1960, 2.5, "s"), (2000, 2.9, "o")} <= marks
    # A line joins the totals of one document alone, from the earliest.
    joined = [path(line) for line in lines(axes) if line.get_color() == BLUE]
    assert [(1960, 2.5), (2000, pytest.approx(2.9))] in joined
    # An interval without width has no caps; one with width reaches from end to end.
    reach = sorted(tuple(round(y, 9) for _, y in bar) for bar in reaches(axes))
    assert reach == [(2.4, 2.6), (2.8, 3.0), (2.9, 2.9)]
    # A scale that does not begin at nought says so where it begins, below all that is drawn.
    cut = f"the scale begins at {axes.get_ylim()[0]}, not at nought"
    assert axes.get_ylim()[0] < 2.4
    assert placed(axes)[cut] == (axes.get_xlim()[0], axes.get_ylim()[0])
    assert set(said(axes)) == {"band", "one edition", "3.50", "first", "second", cut}
    assert placed(axes)["3.50"] == (2019, 3.5)
    assert placed(axes)["first"] == (1960, 2.5)


@BOTH
def test_rates_are_bars_from_end_to_end_and_points_where_exact(sheet: Sheet) -> None:
    rates = {"stated": Interval(1.2, 1.35), "2015": Interval(1.24, 1.24)}
    names = {"stated": "as stated", "2015": "edition of 2015", "mixed": "mixed editions",
             "population": "world population"}  # fmt: skip
    drawn = figures.decade_rates(
        rates, Interval(1.1, 1.4), Interval(1.38, 1.41), names, sheet=sheet
    )
    (axes,) = drawn.axes
    assert [(b.start, b.end, b.face) for b in bars(axes)] == [
        (1.2, 1.35, "#dcebf5"),
        (1.2, pytest.approx(1.35), BLUE),
        (1.1, pytest.approx(1.4), VERMILION),
        (1.38, pytest.approx(1.41), QUIET),
    ]
    assert [b.middle for b in bars(axes)[1:]] == pytest.approx([0, 2, 3])
    assert [(d.x, d.y, d.face) for d in dots(axes)] == [(1.24, 1, INK)]
    assert said(axes) == ["1.20 to 1.35", "1.24", "1.10 to 1.40", "1.38 to 1.41"]
    assert ticks(axes.yaxis) == list(names.values())
    low, high = axes.get_ylim()
    assert low > high  # the first stands at the top
    assert faults(drawn) == []


@BOTH
def test_the_totals_of_each_edition_stand_in_its_row(sheet: Sheet) -> None:
    totals = {
        1990: {"a": Interval(153.5, 154.5), "b": Interval(155.5, 155.5), "c": Interval(152, 154)},
        2000: {"a": Interval(174.5, 175.5), "b": Interval(173.0, 173.0)},
    }
    drawn = figures.revisions(totals, {"a": "A", "b": "B", "c": "C"}, sheet=sheet)
    left, right = drawn.axes
    assert [(b.start, b.end) for b in bars(left)] == [
        (153.5, 154.5), (153.5, 154.5), (152.0, 154.0),
    ]  # fmt: skip
    assert [b.middle for b in bars(left)[1:]] == pytest.approx([0, 2])
    assert [(d.x, d.y) for d in dots(left)] == [(155.5, 1)]
    assert said(left) == ["154", "155.5", "153"]
    assert said(right) == ["175", "173.0", "not on record"]
    assert placed(right)["not on record"][1] == 2
    assert ticks(left.yaxis) == ["A", "B", "C"]
    assert [title(panel) for panel in drawn.axes] == ["Total for 1990", "Total for 2000"]
    # A million is as long in one panel as in the other.
    wide = [panel.get_xlim()[1] - panel.get_xlim()[0] for panel in drawn.axes]
    assert wide[0] == pytest.approx(wide[1])


@BOTH
def test_governments_are_said_as_a_choice_or_as_a_range(sheet: Sheet) -> None:
    ranges = pd.DataFrame(
        {"year": [2003, 1975], "fewest": [40, 1], "most": [41, 14]}, ["in 2003", "in 1975"]
    )
    (axes,) = figures.views(ranges, sheet=sheet).axes
    assert said(axes) == ["40 or 41", "1 to 14"]
    assert [bar.face for bar in bars(axes)] == [BLUE, VERMILION]
    assert [bar.middle for bar in bars(axes)] == pytest.approx([0, 1])
    assert ticks(axes.yaxis) == ["in 2003", "in 1975"]
    assert placed(axes)["40 or 41"] == (41.5, 0)
