"""The figures of the chapter on GRCP 7: a mark for each body, bounds as bars, pairs as listed."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from analysis.mechanisms import figures
from analysis.mechanisms.tables import UNPLACED, kinds
from analysis.style import BLUE, INK, PAGE, PAPER, PHONE, RULE, VERMILION, Sheet
from tests.figures.artists import dots, lines, path, placed, said, ticks

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
FIRST, SECOND = list(kinds())[:2]


@BOTH
def test_each_body_is_a_mark_of_its_kind(sheet: Sheet) -> None:
    groups = pd.DataFrame(
        {"both": [18, 3], "answered_only": [2, 1], "attended_only": [4, 2]}, [FIRST, SECOND]
    )
    (axes,) = figures.attendance(groups, 5, ["MIDWA", "ACP"], sheet=sheet).axes
    rows = {y: Counter(d.marker for d in dots(axes) if d.y == y) for y in (0, 1, 2)}
    assert rows == {0: {"s": 18, "^": 2, "o": 4}, 1: {"s": 3, "^": 1, "o": 2}, 2: {"$?$": 5}}
    for y, number in ((0, 24), (1, 6), (2, 5)):
        assert sorted(d.x for d in dots(axes) if d.y == y) == list(range(number))
    assert [said(axes)[n] for n in range(3)] == ["24", "6", "5"]
    # The names of the absentees stand below the marks that answered and stayed away.
    assert placed(axes)["MIDWA and ACP"][0] == 18.5
    beside = said(axes) if sheet is PHONE else ticks(axes.yaxis)
    assert {kinds()[FIRST], kinds()[SECOND], UNPLACED} <= set(beside)
    hollow = {d.face for d in dots(axes) if d.marker == "o"}
    assert hollow == {PAPER}


@BOTH
def test_bounds_of_a_rate_are_bars_one_within_the_other(sheet: Sheet) -> None:
    bounds = pd.DataFrame(
        {"free_low": [0.4, 0.5], "free_high": [1.0, 0.8], "rate_low": [0.6, 0.75],
         "rate_high": [0.7, 0.75], "answered": [12, 3], "asked_low": [17, 4],
         "asked_high": [20, 4]},
        [FIRST, SECOND],
    )  # fmt: skip
    (axes,) = figures.response(bounds, 0.77, sheet=sheet).axes
    drawn = [(path(line), line.get_color()) for line in lines(axes)]
    assert drawn[:4] == [
        ([(40, 0), (100, 0)], RULE),
        ([(60, 0), (70, 0)], BLUE),
        ([(50, 1), (80, 1)], RULE),
        ([(75, 1), (75, 1)], BLUE),
    ]
    assert {x for x, _ in drawn[4][0]} == {77}
    assert drawn[4][1] == VERMILION
    assert said(axes)[:2] == ["12 of 17 to 20", "3 of 4"]
    beside = said(axes) if sheet is PHONE else ticks(axes.yaxis)
    assert {kinds()[FIRST], kinds()[SECOND]} <= set(beside)


@BOTH
def test_a_pair_is_marked_where_a_reading_lists_it(sheet: Sheet) -> None:
    areas, mechanisms = ["labour", "return"], ["Alpha", "5+5 Dialogue on Migration", "Gamma"]
    share = pd.DataFrame([[1.0, 0.0, 0.25], [1.0, 1.0, 0.75]], areas, mechanisms)
    adopted = pd.DataFrame([[True, False, False], [True, True, True]], areas, mechanisms)
    totals = pd.Series({"return": "3", "labour": "1"})
    (axes,) = figures.matrix(share, adopted, totals, sheet=sheet).axes
    at = placed(axes)
    # The commonest come first: Alpha twice, then in the order of the table.
    heights = [at[name][1] for name in ("Alpha", "5+5 Dialogue", "Gamma")]
    assert heights == [0, 1, 2]
    pitch = 1.35 if sheet is PAGE else 1.0
    marks = [d for d in dots(axes) if d.y <= 2]
    where = Counter((round(d.x / pitch), d.y) for d in marks)
    # A pair in doubt that the adopted reading has is a frame with a filling.
    assert where == {(0, 0): 1, (0, 1): 1, (0, 2): 2, (1, 0): 1, (1, 2): 1}
    faces = {(round(d.x / pitch), d.y): d.face for d in reversed(marks)}
    assert faces == {(0, 0): BLUE, (0, 1): BLUE, (0, 2): PAPER, (1, 0): BLUE, (1, 2): PAPER}
    assert {"return", "labour", "3", "1"} <= set(said(axes))
    assert at["return"][1] > at["labour"][1]  # its name stands nearer to the rows
    assert [text for text in said(axes) if text.startswith(("listed", "in doubt"))] == [
        "listed in every reading", "in doubt: listed as adopted", "in doubt: listed otherwise",
    ]  # fmt: skip


def test_ink_is_kept_for_answers_alone() -> None:
    groups = pd.DataFrame({"both": [1], "answered_only": [1], "attended_only": [1]}, [FIRST])
    (axes,) = figures.attendance(groups, 1, ["A"], sheet=PAGE).axes
    assert [d.face for d in dots(axes) if d.marker == "^"] == [INK, INK]
