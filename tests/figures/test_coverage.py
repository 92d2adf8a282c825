"""The figures of the chapter on coverage: shares, years of deposit and groups where they are."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.dates import date2num
from matplotlib.patches import PathPatch

from analysis.coverage import figures, joiners
from analysis.coverage.figures import Mark
from analysis.precision import Interval
from analysis.style import INSTRUMENTS, PAGE, PHONE, Sheet
from analysis.treaties import NAMES
from tests.figures.artists import dots, lines, path, placed, reaches, said, ticks

RECORD = Path(__file__).resolve().parents[2] / "data" / "record"
BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
REPORT = pd.Timestamp("2004-09-22")


def day(text: str) -> float:
    return float(date2num(pd.Timestamp(text)))


@BOTH
def test_a_line_of_coverage_steps_through_its_days(sheet: Sheet) -> None:
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["1995-01-01", "2000-01-01", "2012-01-01"]),
         "lo": [0.0, 0.1, 0.2], "share": [0.0, 0.12, 0.25], "hi": [0.0, 0.15, 0.3]}
    )  # fmt: skip
    flat = frame.assign(lo=frame["share"], hi=frame["share"], day=frame["day"])
    flat.loc[2, "day"] = pd.Timestamp("2024-06-01")
    given = {"icrmw": frame, "trafficking-protocol": flat}
    since = {"icrmw": (pd.Timestamp("2024-01-01"), Interval(0.261, 0.349))}
    mark = Mark("it begins", (pd.Timestamp("2000-01-01"), 0.12), (pd.Timestamp("2003-01-01"), 0.5))
    early = Mark("before", (pd.Timestamp("2000-01-01"), 0.12), (pd.Timestamp("1993-01-01"), 0.4))
    (axes,) = figures.over_time(given, since, [mark, early], REPORT, sheet=sheet).axes
    drawn = {line.get_color(): path(line) for line in lines(axes) if len(path(line)) > 2}
    assert drawn[INSTRUMENTS["icrmw"]["color"]] == [
        (day("1995-01-01"), 0), (day("2000-01-01"), 12), (day("2012-01-01"), 25),
    ]  # fmt: skip
    # A tick where the record ends; shading where editions differ, and nowhere else.
    assert [(d.x, d.y) for d in dots(axes)] == [(day("2012-01-01"), 25), (day("2024-06-01"), 25)]
    shades = [c.get_paths()[0].get_extents() for c in axes.collections if c.get_alpha() == 0.2]
    assert [(s.y0, s.y1) for s in shades] == [(0, pytest.approx(30))]
    words = placed(axes)
    # The bounds of a later day, rounded outwards.
    assert words["26–35%"][0] == pd.Timestamp("2024-01-01")
    bound = [[y for _, y in bar] for bar in reaches(axes, opacity=0.5)]
    assert bound == [[pytest.approx(26.1), pytest.approx(34.9)]]
    assert words["it begins"] == (pd.Timestamp("2000-01-01"), 12)
    sides = {text.get_text(): text.get_horizontalalignment() for text in axes.texts}
    assert (sides["it begins"], sides["before"]) == ("left", "right")
    assert any(text.endswith("Sep 2004") for text in words)
    names = " ".join(said(axes))
    assert "25%" in names
    assert NAMES["icrmw"].split()[0] in names


@BOTH
def test_a_year_stands_where_a_host_and_a_treaty_meet(sheet: Sheet) -> None:
    names = {840: "United States", 643: "Russian Federation", 276: "Germany"}
    codes = {"USA": 840, "RUS": 643, "DEU": 276}
    acts, expected = {}, {}
    with (RECORD / "treaty_actions.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    for treaty in NAMES:
        own = {
            codes[r["iso3"]]: r["action_date"]
            for r in records
            if r["instrument_id"] == treaty and r["iso3"] in codes and r["action_date"]
        }
        deposited = pd.to_datetime(pd.Series(own, dtype="object"))
        force = deposited + pd.Timedelta(days=30)
        acts[treaty] = pd.DataFrame({"deposited": deposited, "in_force": force})
        column = list(figures.HEADS).index(treaty)
        for row, code in enumerate(names):
            if code in own:
                expected[column, row] = own[code][:4]
    ends = dict.fromkeys(NAMES, pd.Timestamp("2013-06-01"))
    (axes,) = figures.hosts(names, acts, ends, REPORT, sheet=sheet).axes
    years = {t.get_position(): t.get_text() for t in axes.texts if t.get_text().isdigit()}
    assert years == expected
    dashes = {(d.x, d.y) for d in dots(axes) if d.marker == "_"}
    assert dashes == {(c, r) for c in range(5) for r in range(3)} - set(expected)
    # Dark type on a light ground where it came into force after the report, and the reverse.
    late = {place for place, year in expected.items() if int(year) > 2004}
    light = {t.get_position() for t in axes.texts if t.get_text().isdigit()
             and t.get_color() != figures.PAPER}  # fmt: skip
    assert late <= light
    assert not {place for place, year in expected.items() if int(year) < 2004} & light
    assert len([p for p in axes.patches if isinstance(p, PathPatch)]) == 4
    assert ticks(axes.yaxis) == list(names.values())
    assert {"in force on 22 Sep 2004", "in force later"} <= set(said(axes))
    assert sum(text.endswith("to 2013") for text in said(axes)) == 5


@BOTH
def test_rings_and_dots_stand_at_the_shares_of_the_report_and_of_the_end(sheet: Sheet) -> None:
    table = joiners.by_group(REPORT)
    last = dict.fromkeys(NAMES, 2013)
    (axes,) = figures.joined(table, 2004, last, sheet=sheet).axes
    for treaty in figures.COMPARED:
        own = table[(table["instrument_id"] == treaty) & table["grouping"].isin(figures.ROWS)]
        shares = [
            (100 * r.earlier / r.states, 100 * r.later / r.states)
            for by in figures.ROWS
            for r in own[own["grouping"] == by].itertuples()
        ]
        tone = INSTRUMENTS[treaty]["color"]
        own_marks = [line for line in axes.lines if line.get_markeredgecolor() == tone]
        rings, later = (
            [p for line in own_marks if line.get_markerfacecolor() == face for p in path(line)]
            for face in (figures.PAPER, tone)
        )
        # The key has a ring and a dot of each; below it the groups stand in their order.
        (_, key), *below = sorted(zip(rings, later, strict=True), key=lambda pair: pair[0][1])
        assert [(ring[0], dot[0]) for ring, dot in below] == [
            (pytest.approx(one), pytest.approx(other)) for one, other in shares
        ]
        assert all(ring[1] == dot[1] for ring, dot in below)
        assert placed(axes)[f"{NAMES[treaty]}, 2004 and 2013"] == key
    spans = [(a[0], b[0], a[1]) for a, b in reaches(axes)]
    assert len(spans) == 2 * (len(shares) + 1)
    # Both lines of a group stand about its name, with the number of its States.
    heights = sorted({y for _, _, y in spans if y > 1})
    middles = [(one + other) / 2 for one, other in zip(heights[::2], heights[1::2], strict=True)]
    assert middles == pytest.approx(list(axes.get_yticks()))
    first = table[table["instrument_id"] == figures.COMPARED[0]]
    numbers = [int(word.rpartition(", ")[2]) for word in ticks(axes.yaxis)]
    ordered = [n for by in figures.ROWS for n in first.loc[first["grouping"] == by, "states"]]
    assert numbers == ordered
