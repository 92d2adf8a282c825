"""The figures of the audit: a part or a dot for each figure and discrepancy, and none besides."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from analysis.audit import figures
from analysis.audit.relations import ARITHMETIC, OUTSIDE, REPETITION, UNCHECKED
from analysis.audit.tables import STANDINGS
from analysis.style import BLUE, PAGE, PAPER, PHONE, Sheet
from tests.figures.artists import bars, dots, placed, said

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


@BOTH
def test_the_strip_is_cut_in_the_order_of_its_counts(sheet: Sheet) -> None:
    counts = pd.Series({OUTSIDE: 10, ARITHMETIC: 0, REPETITION: 25, UNCHECKED: 5})
    (axes,) = figures.strip(counts, sheet=sheet).axes
    assert [(b.start, b.end, bool(b.hatch)) for b in bars(axes)] == [
        (0, 10, False), (10, 35, True), (35, 40, True),
    ]  # fmt: skip
    words = {f"{counts[s]} {STANDINGS[s]}": left for s, left in
             ((OUTSIDE, 0), (REPETITION, 10), (UNCHECKED, 35))}  # fmt: skip
    assert {text: x for text, (x, _) in placed(axes).items()} == words
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
