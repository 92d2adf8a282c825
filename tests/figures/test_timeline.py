"""The figure of the timeline: each event on its days, in its lane, with its name."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.dates import date2num

from analysis.style import BLUE, PAGE, PAPER, PHONE, VERMILION, Sheet, faults
from analysis.timeline import events
from analysis.timeline.figures import lanes
from analysis.timeline.tables import SHORT
from tests.figures.artists import lines, path, placed, said

STATED = Path(__file__).resolve().parents[2] / "data" / "stated"
BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


def made(*rows: tuple[str, str, str, str, bool, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["lane", "title", "start", "finish", "planned", "disputed"])
    for end in ("start", "finish"):
        frame[end] = pd.to_datetime(frame[end])
    frame["lane"] = pd.Categorical(frame["lane"], ["reports", "GRCP"])
    return frame.assign(days=(frame["finish"] - frame["start"]).dt.days + 1)


@BOTH
def test_marks_stand_in_the_middle_of_their_days_and_look_as_they_are(sheet: Sheet) -> None:
    rows = made(
        ("reports", "a day", "2003-07-01", "2003-07-01", False, None),
        ("reports", "planned", "2010-05-05", "2010-05-05", True, None),
        ("GRCP", "disputed", "2005-03-01", "2005-03-31", False, "some-discrepancy"),
        ("GRCP", "years", "2000-01-01", "2004-12-31", False, None),
    )
    (axes,) = lanes(rows, sheet=sheet).axes
    at = placed(axes)
    days = {
        "a day": ["2003-07-01"], "planned": ["2010-05-05"], "disputed": ["2005-03-16"],
        "years": ["2000-01-01", "2004-12-31"],
    }  # fmt: skip
    drawn = {
        tuple(path(line)): line for line in axes.lines if line.get_color() in (BLUE, VERMILION)
    }
    mark = {
        title: drawn[tuple((float(date2num(pd.Timestamp(d))), at[title][1]) for d in own)]
        for title, own in days.items()
    }
    assert len(drawn) == len(mark)
    assert (mark["disputed"].get_marker(), mark["disputed"].get_color()) == ("D", VERMILION)
    assert mark["a day"].get_marker() == "o"
    assert mark["planned"].get_markerfacecolor() == PAPER
    assert mark["a day"].get_markerfacecolor() == BLUE
    # The lane that comes first lies above; its name stands in its first row.
    assert at["Reports"][1] < at["GRCP"][1]
    assert at["a day"][1] < at["GRCP"][1] <= at["years"][1]


@BOTH
def test_every_event_of_the_file_that_has_a_label_is_on_its_days(sheet: Sheet) -> None:
    rows = events.events().query("labelled")
    drawn = lanes(rows, sheet=sheet)
    (axes,) = drawn.axes
    with (STATED / "events.csv").open(encoding="utf-8", newline="") as file:
        known = {row["title"]: row for row in csv.DictReader(file)}
    heights = placed(axes)
    marks = {
        (round(y, 6), line.get_color()): path(line)
        for line in axes.lines if line.get_color() in (BLUE, VERMILION)
        for _, y in path(line)[:1]
    }  # fmt: skip
    assert len(marks) <= len(rows)
    for title in rows["title"]:
        row = known[title]
        colour = VERMILION if row["disputed"] else BLUE
        assert (round(heights[title][1], 6), colour) in marks, title
    lasting = [line for line in lines(axes) if line.get_linewidth() == 2.5]
    assert len(lasting) == (rows["days"] > SHORT).sum()
    assert set(rows["title"]) <= set(said(axes))
    assert faults(drawn) == []
