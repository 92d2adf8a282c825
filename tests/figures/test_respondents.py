"""The figures of the chapter on who replied: parts that add up, rates, ends of ranges."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from analysis.precision import Interval
from analysis.respondents import figures
from analysis.respondents.tables import HEARD, POOLED, RATES, SHARES, UNITS
from analysis.style import BLUE, PAGE, PAPER, PHONE, QUIET, RULE, SKY, VERMILION, Sheet
from tests.figures.artists import bars, dots, lines, path, placed, said, ticks, title

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
OTHERS, BLOC, SILENT = HEARD.values()


@BOTH
def test_the_parts_of_a_whole_lie_side_by_side(sheet: Sheet) -> None:
    value, least, most = SHARES
    cells = {"States": (16.2, 7.9, 75.9), "Migrants": (30.0, 12.0, 57.0)}
    table = pd.DataFrame(
        [
            {"Of all": whole, "Heard": heard, value: part, least: part - 1, most: part + 2}
            for whole, parts in cells.items()
            for heard, part in zip((OTHERS, BLOC, SILENT), parts, strict=True)
        ]
    )
    (axes,) = figures.parts(table, sheet=sheet).axes
    drawn = bars(axes)
    assert [b.end - b.start for b in drawn] == pytest.approx(
        [part for parts in cells.values() for part in parts]
    )
    for row in (drawn[:3], drawn[3:]):
        assert row[0].start == 0
        assert all(one.end == pytest.approx(other.start) for one, other in pairwise(row))
    assert [b.face for b in drawn] == [BLUE, PAPER, RULE] * 2
    assert [bool(b.hatch) for b in drawn] == [False, True, False] * 2
    assert [b.middle for b in drawn] == pytest.approx([0] * 3 + [1] * 3)
    assert said(axes)[:6] == ["16.2", "7.9", "75.9", "30.0", "12.0", "57.0"]
    assert placed(axes)["7.9"] == pytest.approx((16.2 + 7.9 / 2, 0))
    # Where the silent begin in the other editions: those that replied, at least and at most.
    ends = [[x for x, _ in path(line)] for line in lines(axes)]
    assert ends == [pytest.approx([22.1, 28.1]), pytest.approx([40.0, 46.0])]
    assert ticks(axes.yaxis) == ["States: 24.1 replied", "Migrants: 42.0 replied"]
    assert {OTHERS, BLOC, SILENT} <= set(said(axes))


@BOTH
def test_a_rate_stands_in_the_row_of_its_group(sheet: Sheet) -> None:
    states, letters = UNITS.values()
    rows = [
        ("Stock", "low", states, 4, 40), ("Stock", "low", letters, 4, 40),
        ("Stock", "high", states, 20, 50), ("Stock", "high", letters, 10, 40),
        ("Region", "Asia", states, 9, 30), ("Region", "Asia", letters, 9, 30),
    ]  # fmt: skip
    rate = next(iter(RATES))
    table = pd.DataFrame(rows, columns=["By", "Group", "Counted", "Replied", "Asked"])
    table[rate] = [10.0, 10.0, 40.0, 25.0, 30.0, 30.0]
    stock, region = figures.groups(table, sheet=sheet).axes
    assert [(d.x, d.y, d.face) for d in dots(stock)] == [
        (10, 0, BLUE), (40, 1, BLUE), (10, 0, VERMILION), (25, 1, VERMILION),
    ]  # fmt: skip
    assert [(d.x, d.y) for d in dots(region)] == [(30, 0), (30, 0)]
    # The rate of all, by the first way of grouping: 24 of 90 States and 14 of 80 letters.
    overall = [path(line)[0][0] for line in lines(region) if line.get_marker() == "None"]
    assert overall == pytest.approx([100 * 24 / 90, 100 * 14 / 80])
    assert said(stock) == ["4 of 40", "20 of 50", "4 of 40", "10 of 40", states, letters]
    assert ticks(stock.yaxis) == ["low", "high"]
    assert [title(axes) for axes in (stock, region)] == ["Stock", "Region"]


@BOTH
def test_a_region_is_coloured_by_what_it_assumes(sheet: Sheet) -> None:
    pooled = next(iter(POOLED.values()))
    known = {"anything": Interval(0.1, 0.9), pooled: Interval(0.3, 0.52),
             "as those of like stakes": Interval(0.4, 0.625)}  # fmt: skip
    (axes,) = figures.regions(known, sheet=sheet).axes
    assert [bar.face for bar in bars(axes)] == [QUIET, SKY, BLUE]
    assert [bar.middle for bar in bars(axes)] == pytest.approx([0, 1, 2])
    assert said(axes)[1:7] == ["10.0", "90.0", "30.0", "52.0", "40.0", "62.5"]
    assert placed(axes)["62.5"] == pytest.approx((62.5, 2))
    assert ticks(axes.yaxis) == list(known)
    assert {x for x, _ in path(lines(axes)[0])} == {50}
