"""The figures of the audit: a part or a dot for each figure and discrepancy, and none besides."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest

from analysis.audit import figures
from analysis.audit.relations import (
    ARITHMETIC,
    INCONSISTENT,
    OUTSIDE,
    OWN_LIST,
    REPETITION,
    UNCHECKED,
)
from analysis.audit.tables import STANDINGS
from analysis.style import BLUE, PAGE, PAPER, PHONE, Sheet
from tests.figures.artists import bars, dots, numbers, placed, said

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


def counted(**rows: list[int]) -> pd.DataFrame:
    """Figures by standing, as `verdicts.standing_counts` has them."""
    order = [OUTSIDE, ARITHMETIC, OWN_LIST, REPETITION, INCONSISTENT, UNCHECKED]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=order)
    return frame.assign(total=frame.sum(axis=1))


@BOTH
def test_bars_are_cut_by_what_bears_figures_out(sheet: Sheet) -> None:
    documents = counted(GRCP7=[20, 2, 0, 3, 0, 8], **{"A/58/98": [0, 10, 0, 0, 1, 40]})
    topics = counted(stock=[12, 4, 0, 1, 1, 30], survey=[8, 8, 0, 2, 0, 18])
    (axes,) = figures.verdicts(documents, topics, sheet=sheet).axes
    key, parts = bars(axes)[:5], bars(axes)[5:]
    # What no figure stands as has no part and no key.
    order = [OUTSIDE, ARITHMETIC, REPETITION, INCONSISTENT, UNCHECKED]
    assert {STANDINGS[each] for each in order} <= set(said(axes))
    assert STANDINGS[OWN_LIST] not in said(axes)
    assert len({(bar.face, bar.hatch) for bar in key[:4]}) == 4
    hatched = {3: "xxxx", 2: "////"}
    assert [bar.hatch for bar in key] == [hatched.get(n) for n in range(5)]
    names = ["Report on the meeting of 2017", "Report of 2003", "stock", "survey"]
    height = {name: y for name, (_, y) in placed(axes).items() if name in names}
    assert sorted(height, key=height.__getitem__) == names
    rows = [[20, 2, 3, 0, 8], [0, 10, 0, 1, 40], [12, 4, 1, 1, 30], [8, 8, 2, 0, 18]]
    for n, (name, row) in enumerate(zip(names, rows, strict=True)):
        own = parts[5 * n : 5 * n + 5]
        assert [bar.middle for bar in own] == pytest.approx([height[name]] * 5)
        edges = [sum(row[:part]) for part in range(6)]
        assert [(bar.start, bar.end) for bar in own] == list(pairwise(edges))
        assert [(b.face, b.hatch) for b in own] == [(b.face, b.hatch) for b in key]
        beside = {
            label.at[0]: label.words for label in numbers(axes) if label.at[1] == height[name]
        }
        assert beside.pop(max(beside)) == str(sum(row))  # beyond the bar's end
        # A part is numbered in its middle where it is wide enough.
        wide = 1 if sheet is PAGE else 0.5
        assert beside == {
            (a + b) / 2: str(b - a)
            for (a, b), bar in zip(pairwise(edges), own, strict=True)
            if (b - a) * wide > (3.5 if bar.hatch else 1.4)
        }
    assert [text for text in said(axes) if text.startswith("By ")] == ["By document", "By topic"]
    low, high = axes.get_ylim()
    assert low > max(height.values()) > min(height.values()) > high


@BOTH
def test_the_strip_is_cut_in_the_order_of_its_counts(sheet: Sheet) -> None:
    counts = pd.Series({OUTSIDE: 10, ARITHMETIC: 0, REPETITION: 25, UNCHECKED: 5})
    (axes,) = figures.strip(counts, sheet=sheet).axes
    cut, keys = bars(axes)[::2], bars(axes)[1::2]
    assert [(b.start, b.end, b.middle) for b in cut] == [(0, 10, 0), (10, 35, 0), (35, 40, 0)]
    # In the middle of each its number; below, in the same order and looks, what it means.
    at = placed(axes)
    assert {text: x for text, (x, y) in at.items() if y == 0} == {"10": 5, "25": 22.5, "5": 37.5}
    assert [(b.face, b.hatch) for b in cut] == [(b.face, b.hatch) for b in keys]
    assert [bool(b.hatch) for b in cut] == [False, True, True]
    for key, standing in zip(keys, (OUTSIDE, REPETITION, UNCHECKED), strict=True):
        x, y = at[STANDINGS[standing]]
        assert key.end < x < key.end + 2
        assert y == pytest.approx(key.middle)
        assert y < 0
    assert axes.get_xlim() == (0, 40)


@BOTH
def test_every_discrepancy_is_a_dot_hollow_where_it_is_open(sheet: Sheet) -> None:
    rows = pd.DataFrame(
        [("one", 1, "resolved")] * 3 + [("one", 4, "unresolved"), ("two", 4, "resolved")]
        + [("two", 2, "unresolved")] * 2,
        columns=["class", "gravity", "status"],
    )  # fmt: skip
    gravity = {degree: f"degree {degree} it is" for degree in (1, 2, 3, 4)}
    (axes,) = figures.classes(rows, ["one", "two"], gravity, sheet=sheet).axes
    at = placed(axes)
    marks, key = dots(axes)[:-2], dots(axes)[-2:]
    assert [dot.face for dot in key] == [BLUE, PAPER]
    assert len(marks) == len(rows)
    assert Counter(dot.face for dot in marks) == {BLUE: 4, PAPER: 3}
    assert len({(dot.x, dot.y) for dot in marks}) == len(rows)
    second = min(y for text, (_, y) in at.items() if text == "two")
    assert sum(dot.y < second for dot in marks) == 4
    # Three dots of gravity 1, two of gravity 2, two of gravity 4, from left to right.
    xs = sorted(dot.x for dot in marks)
    wide = {1: 4, 2: 5, 3: 6} if sheet is PAGE else {1: 2, 2: 4, 3: 5}
    space = 2 if sheet is PAGE else 1
    last = sum(wide.values()) + 3 * space
    assert xs[-2:] == [last, last]
    assert [text for text in said(axes) if text.isdigit()][:2] == ["4", "3"]
