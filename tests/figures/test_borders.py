"""The figures of the chapter on borders: each line is its edition's, each gap what it says."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.borders import figures
from analysis.precision import Interval
from analysis.style import INK, PAGE, PHONE, PURPLE, SKY, VERMILION, Sheet
from tests.figures.artists import dots, lines, path, placed, reaches, said, title

BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


@BOTH
def test_a_line_runs_through_the_middles_of_its_edition(sheet: Sheet) -> None:
    rows = [
        (2015, 1990, 0.0, 0.0), (2015, 2000, -0.1, -0.1), (2015, 2015, 0.4, 0.4),
        (2019, 1990, 0.0, 0.0), (2019, 2000, 0.1, 0.3), (2019, 2019, 0.5, 0.7),
        (2024, 1990, 0.0, 0.0), (2024, 2024, 1.0, 1.0),
    ]  # fmt: skip
    own = pd.DataFrame(
        [(edition, year, Interval(lo, hi)) for edition, year, lo, hi in rows],
        columns=["edition", "year", "change"],
    )
    one, other = figures.change({"whole": own, "rest": own[:3]}, sheet=sheet).axes
    assert (title(one), title(other)) == ("whole", "rest")
    drawn = [path(line) for line in lines(one) if len(path(line)) > 1 and path(line)[0][0] == 1990]
    assert drawn == [
        [(1990, 0), (2000, -0.1), (2015, 0.4)],
        [(1990, 0), (2000, pytest.approx(0.2)), (2019, pytest.approx(0.6))],
        [(1990, 0), (2024, 1)],
    ]
    # A dot and the edition's number stand at the end of each.
    ends = {"2015": (2015, 0.4), "2019": (2019, 0.6), "2024": (2024, 1.0)}
    assert [(d.x, pytest.approx(d.y)) for d in dots(one)] == list(ends.values())
    assert {word: placed(one)[word] for word in ends} == {
        word: pytest.approx(place) for word, place in ends.items()
    }
    # What an edition leaves open is shaded from end to end.
    shades = [c.get_paths()[0].get_extents() for c in one.collections]
    assert [(s.y0, s.y1) for s in shades][1] == pytest.approx((0.0, 0.7))
    # From the oldest in the lightest colour to the newest in ink.
    faces = [dot.face for dot in dots(one)]
    assert (faces[0], faces[-1]) == (SKY, INK)
    assert "a smaller share than in 1990" in said(one)
    assert said(other) == ["2015"]


@BOTH
def test_the_gap_of_1990_lies_between_the_two_lines(sheet: Sheet) -> None:
    def series(*totals: tuple[int, float, float]) -> pd.DataFrame:
        return pd.DataFrame(
            [(year, Interval(lo * 1e6, hi * 1e6)) for year, lo, hi in totals],
            columns=["year", "persons"],
        )

    given = {
        "stated": series((1960, 75, 77), (2000, 174.5, 175.5)),
        "whole": series((1990, 155, 155), (2000, 178, 178)),
        "outside": series((1960, 73, 73), (1990, 125, 125)),
        "alternative": series((1960, 92, 92), (2000, 165, 165)),
        "draft": series((1960, 90, 90), (2000, 160, 160)),
    }
    texts = {name: f"the {name}" for name in (*given, "gap")}
    (axes,) = figures.since_1960(given, texts, sheet=sheet).axes
    drawn = {line.get_color(): path(line) for line in lines(axes)}
    assert drawn[VERMILION] == [(1960, 76), (2000, 175)]
    assert drawn[INK] == [(1990, 155), (2000, 178)]
    assert drawn[PURPLE] == [(1960, 90), (2000, 160)]
    assert len(drawn) == len(given)
    reach = [[y for _, y in bar] for bar in reaches(axes)]
    assert [75, 77] in reach
    assert [174.5, 175.5] in reach
    assert set(said(axes)) == {"", *texts.values()}
    (arrow,) = (text for text in axes.texts if not text.get_text())
    assert placed(axes)[""] == (1990, 127)
    assert arrow.get_position() == (1990, 153)
    assert placed(axes)["the gap"] == (1990, 125)


@BOTH
def test_each_area_has_a_panel_with_a_line_for_each_edition(sheet: Sheet) -> None:
    own = pd.DataFrame(
        {"edition": [2015, 2015, 2019, 2019], "year": [1990, 2015, 1990, 2019],
         "share": [2.0, 3.0, 2.5, 3.5]}
    )  # fmt: skip
    names = [f"area {n}" for n in range(8)]
    panels = figures.areas(dict.fromkeys(names, own), sheet=sheet).axes
    assert [title(panel) for panel in panels] == names
    for panel in panels:
        assert [path(line) for line in lines(panel) if len(path(line)) > 1] == [
            [(1990, 2), (2015, 3)], [(1990, 2.5), (2019, 3.5)],
        ]  # fmt: skip
        assert [(d.x, d.y, d.marker) for d in dots(panel)] == [(2015, 3, "o"), (2019, 3.5, "o")]
    # The first and the last edition are named, in the first panel alone.
    assert placed(panels[0]) == {"2015": (2015, 3), "2019": (2019, 3.5)}
    assert [said(panel) for panel in panels[1:]] == [[]] * 7
