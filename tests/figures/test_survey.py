"""The figures of the chapter on the survey: what each bar and square stands for."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.precision import Interval
from analysis.style import BLUE, INK, PAGE, PHONE, QUIET, VERMILION, Sheet, faults
from analysis.survey import figures, replies, tables
from tests.figures.artists import bars, dots, flat, numbers, path, placed, said, ticks

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


@BOTH
def test_each_case_says_what_it_makes_of_the_membership(sheet: Sheet) -> None:
    """191 Members, 46 replies, 24 or 25 in favour; a majority needs 96 (A/58/98, para. 42)."""
    drawn = figures.cases(replies.cases(), sheet=sheet)
    (axes,) = drawn.axes
    words = " | ".join(said(axes))
    assert "24 or 25 in favour" in words
    assert "21 or 22 with reservations" in words
    assert "145 silent" in words
    assert "71 or 72 of the 145 silent in favour" in words
    assert "13 to 89% in favour" in words  # 24 and 170 of 191
    assert "52 to 54% in favour" in words  # 24 and 25 of 46
    assert placed(axes)["21 or 22 with reservations"][0] == 100
    blue = [bar for bar in bars(axes) if bar.face == BLUE]
    assert [bar.start for bar in blue] == [0, 0, 0]
    heard = 100 * 25 / 191
    assert sorted(bar.end for bar in blue)[:2] == pytest.approx([heard, heard])
    ends = [bar for bar in bars(axes) if bar.face == VERMILION]
    assert [bar.end for bar in ends] == pytest.approx([100] * 3)
    assert len({bar.middle for bar in bars(axes)}) == 3
    assert faults(drawn) == []


@BOTH
def test_a_region_has_its_ends_beside_it(sheet: Sheet) -> None:
    names = list(tables.ASSUMPTIONS)[:2]
    known = {names[0]: Interval(0.126, 0.89), names[1]: Interval(0.514, 0.6)}
    drawn = figures.regions(known, sheet=sheet)
    (axes,) = drawn.axes
    assert [(b.start, b.end, b.middle) for b in bars(axes)] == [
        pytest.approx((12.6, 89.0, 0)), pytest.approx((51.4, 60.0, 1)),
    ]  # fmt: skip
    assert [bar.face for bar in bars(axes)] == [QUIET, BLUE]
    assert said(axes)[1:] == ["13", "89", "51", "60"]
    assert ticks(axes.yaxis) == [tables.ASSUMPTIONS[name] for name in names]
    (majority,) = axes.lines
    assert {x for x, _ in path(majority)} == {50}


@BOTH
def test_letters_are_points_where_known_and_bars_where_not(sheet: Sheet) -> None:
    table = replies.comparison()
    drawn = figures.letters(table, sheet=sheet)
    (axes,) = drawn.axes
    exact = table[table["lo"] == table["hi"]]
    assert sorted(dot.x for dot in dots(axes)) == pytest.approx(sorted(100 * exact["hi"]))
    wide = table[table["lo"] != table["hi"]]
    assert [(b.start, b.end) for b in bars(axes)] == [
        pytest.approx((100 * row.lo, 100 * row.hi)) for row in wide.itertuples()
    ]  # fmt: skip
    assert [bar.face for bar in bars(axes)] == [
        BLUE if row.earlier else VERMILION for row in wide.itertuples()
    ]
    # 46 of 191 States replied in 2003 (A/58/98, para. 42).
    assert "24.1" in said(axes)
    assert len(ticks(axes.yaxis)) == len(table)
    assert Counter(text.get_fontweight() for text in axes.texts)["bold"] == 2
    assert faults(drawn) == []


def four_ways(bloc: int) -> pd.DataFrame:
    """25 replies on one side and 22 on the other; those of a bloc of so many in one letter."""
    extra = bloc - 1
    rows = [
        (replies.FAVOUR, replies.GOVERNMENT, 25, 22, bloc),
        (replies.FAVOUR, replies.LETTER, 25 - extra, 22, 1),
        (replies.RESERVE, replies.GOVERNMENT, 25, 22, bloc),
        (replies.RESERVE, replies.LETTER, 25, 22 - extra, 1),
    ]
    return pd.DataFrame(rows, columns=["bloc", "unit", "favour", "reserve", "bloc_units"])


def test_the_union_replied_in_one_letter_for_fifteen() -> None:
    """A/58/98, para. 42 and its note: Greece wrote for fifteen, and 25 were in favour, 22 not."""
    pd.testing.assert_frame_equal(replies.leaning(), four_ways(15))


@BOTH
def test_the_part_of_the_union_is_pale_and_next_to_the_middle(sheet: Sheet) -> None:
    drawn = figures.leaning(four_ways(15), sheet=sheet)
    (axes,) = drawn.axes
    (blue, pale_blue), (red, pale_red) = figures.SIDES[1], figures.SIDES[-1]
    assert [(b.start, b.end, b.face) for b in bars(axes)] == [
        (0, 15, pale_blue), (15, 25, blue), (-22, 0, red),
        (0, 1, pale_blue), (1, 11, blue), (-22, 0, red),
        (0, 25, blue), (-15, 0, pale_red), (-22, -15, red),
        (0, 25, blue), (-1, 0, pale_red), (-8, -1, red),
    ]  # fmt: skip
    heights = sorted({bar.middle for bar in bars(axes)})
    assert heights == sorted(axes.get_yticks()) == [1, 2, 4, 5]
    assert ticks(axes.yaxis) == ["Governments", "Letters"] * 2
    low, high = axes.get_ylim()
    assert low > 5 > 1 > high  # the first row is drawn at the top
    # Each number stands at the end of its bar, on the far side of the middle.
    ends = [(1, 25, -22), (2, 11, -22), (4, 25, -22), (5, 25, -8)]
    assert numbers(axes) == [
        each
        for y, right, left in ends
        for each in ((f"{right}", (right, y), "left"), (f"{-left}", (left, y), "right"))
    ]
    own = [(text.get_position(), flat(text)) for text in axes.texts if "nion's" in flat(text)]
    words = "the Union's 15" if sheet is PAGE else "Union's 15"
    assert own == [((7.5, 1), words), ((-7.5, 4), words)]
    assert {text: y for text, (_, y) in placed(axes).items() if text.startswith("If the")} == {
        "If the Union was in favour": 0, "If the Union was with reservations": 3,
    }  # fmt: skip
    heads = {flat(text): text for text in axes.texts if text.get_color() != INK}
    for words, side, tone in (("in favour", "left", blue), ("with reservations", "right", red)):
        assert heads[words].get_horizontalalignment() == side
        assert to_hex(heads[words].get_color()) == tone
    least, most = axes.get_xlim()
    assert least == -most < -25
    assert faults(drawn) == []
