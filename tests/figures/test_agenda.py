"""The figure of the chapter on the agendas: a mark for each topic, where its theme and list are."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from analysis.agenda import figures, history, tables
from analysis.style import BLUE, PAGE, PAPER, PHONE, Sheet, faults
from analysis.tables import load
from tests.figures.artists import dots, placed, said

STATED = Path(__file__).resolve().parents[2] / "data" / "stated"


def topics() -> dict[tuple[str, str], Counter[str]]:
    """By theme and agenda, the topics of the file: in headings, in text, and in doubt."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    with (STATED / "agenda_items.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sure = row["boundary"] == "clear"
            found[row["theme"], row["agenda"]]["sure" if sure else "doubtful"] += 1
            if row["second_theme"]:
                found[row["second_theme"], row["agenda"]]["doubtful"] += 1
    return dict(found)


@pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
def test_a_mark_stands_where_a_theme_and_a_list_meet(sheet: Sheet) -> None:
    marks = history.marks(load("agenda_items"))
    drawn = figures.matrix(tables.ordered(), marks, sheet=sheet)
    (axes,) = drawn.axes
    at = placed(axes)
    heights = {theme: at[words][1] for theme, words in tables.titles().items()}
    key = len(figures.KEY)
    there = {(dot.x, round(dot.y, 6)) for dot in dots(axes)[:-key]}
    agendas = list(history.AGENDAS)
    assert there == {
        (agendas.index(agenda), round(heights[theme], 6)) for theme, agenda in topics()
    }
    assert len(dots(axes)) == len(topics()) + key
    assert len(set(heights.values())) == len(heights)
    assert faults(drawn) == []


def test_a_mark_is_full_where_a_topic_is_surely_named() -> None:
    marks = history.marks(load("agenda_items"))
    (axes,) = figures.matrix(tables.ordered(), marks, sheet=PAGE).axes
    heights = {theme: placed(axes)[words][1] for theme, words in tables.titles().items()}
    agendas = list(history.AGENDAS)
    faces = {(round(dot.x), round(dot.y, 6)): dot.face for dot in dots(axes)}
    for (theme, agenda), counts in topics().items():
        face = faces[agendas.index(agenda), round(heights[theme], 6)]
        assert face in (BLUE, PAPER)
        if not counts["sure"]:
            assert face == PAPER, (theme, agenda)


def test_each_list_and_each_fate_is_named_once() -> None:
    marks = history.marks(load("agenda_items"))
    (axes,) = figures.matrix(tables.ordered(), marks, sheet=PAGE).axes
    words = Counter(said(axes))
    fates = set(tables.ordered()["adopted"])
    for name in [*(tables.FATES[fate] for fate in fates), *(tables.GLOSSES[fate] for fate in fates),
                 *figures.KEY.values()]:  # fmt: skip
        assert words[name] == 1, name
    heads = [placed(axes)[head.replace(", ", " ")] for head in tables.HEADS.values()]
    assert [x for x, _ in heads] == list(range(len(history.AGENDAS)))
