"""The timeline as one picture: the main events in lanes by kind, each with its label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.marks import asked
from analysis.style import BLUE, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.timeline.tables import DATED, PERIOD, PLANNED, SHORT

FIRST, LAST = pd.Timestamp("1989-01-01"), pd.Timestamp("2021-01-01")
ROW = 0.19  # inches a row of labels takes
SPACE = 0.7  # rows between lanes
LETTER = 0.0063  # inches a letter takes for each point of its size
GAP = 0.08  # inches between a mark and its label, and between a label and the next mark
DOT = 0.035  # inches from the middle of a mark to its edge
HEADING = 9.5  # points, of a lane's name, whose letters are wider
CLEAR = {"fc": PAPER, "ec": "none", "pad": 0}  # no line of the grid runs through a word


@dataclass
class Lane:
    """The rows of one lane, each with the stretches of time that are taken."""

    rows: list[list[tuple[float, float]]] = field(default_factory=list)

    def free(self, start: float, end: float) -> int:
        """The first row in which the stretch is free; the next new one if there is none."""
        for number, taken in enumerate(self.rows):
            if all(end < a or start > b for a, b in taken):
                return number
        return len(self.rows)

    def take(self, row: int, start: float, end: float) -> None:
        """Mark the stretch as taken in a row."""
        if row == len(self.rows):
            self.rows.append([])
        self.rows[row].append((start, end))


def lanes(rows: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Events by lane.

    Args:
        rows: of `analysis.timeline.events.events`, those to show.
    """
    inch = _day(LAST) / (sheet.width - 0.1)  # in days
    size = sheet.pick(9.2, 8.4)
    placed = _layout(rows, inch, size)
    depth = placed.groupby("lane", observed=True)["row"].max() + 1
    tops = (depth + SPACE).cumsum().shift(fill_value=0.0)
    height = float((depth + SPACE).sum())
    fig, axes = sheet.canvas(height * ROW + sheet.pick(0.8, 1.0))
    for lane, top in tops.items():
        if top:
            axes.axhline(top - (1 + SPACE) / 2, color=RULE, linewidth=0.8)
        name = str(lane) if lane == "GRCP" else str(lane).capitalize()
        axes.text(FIRST, top, name, fontsize=HEADING, fontweight=600, color=QUIET, va="center",
                  bbox=CLEAR)  # fmt: skip
    for event in placed.itertuples():
        _draw(axes, event, float(tops[event.lane]) + event.row, size)
    axes.set_xlim(FIRST, LAST)
    axes.set_ylim(height - SPACE, -0.8)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    axes.spines["left"].set_visible(False)
    years = range(1990, 2019, 4)
    axes.set_xticks([pd.Timestamp(f"{y}-01-01") for y in years], [str(y) for y in years])
    axes.tick_params(axis="x", top=True, labeltop=True)
    _key(fig, sheet)
    return fig


def _layout(rows: pd.DataFrame, inch: float, size: float) -> pd.DataFrame:
    """Each event's row within its lane and the side of its label.

    The lane's name begins its first row. A label stands on the right unless there is no room before
    the edge, or the left saves a row.
    """
    out = []
    for lane, group in rows.groupby("lane", observed=True):
        taken = Lane([[(0, 1.15 * LETTER * HEADING * inch * len(str(lane)))]])
        for event in group.sort_values("start").to_dict("records"):
            start, end = _day(event["start"]), _day(event["finish"])
            width = inch * (LETTER * size * len(event["title"]) + GAP)
            right, left = (start - DOT * inch, end + width), (start - width, end + DOT * inch)
            sides = [s for s in (right, left) if s[0] >= _day(FIRST) and s[1] <= _day(LAST)]
            best = min(sides or [right], key=lambda stretch: taken.free(*stretch))
            row = taken.free(*best)
            taken.take(row, best[0] - GAP * inch, best[1] + GAP * inch)
            out.append({**event, "row": row, "left": best is left})
    placed = pd.DataFrame(out)
    return placed.assign(lane=placed["lane"].astype(rows["lane"].dtype))


def _day(moment: pd.Timestamp) -> float:
    return float((moment - FIRST).days)


def _draw(axes: Axes, event: Any, y: float, size: float) -> None:
    colour = VERMILION if pd.notna(event.disputed) else BLUE
    middle = event.start + (event.finish - event.start) / 2
    asked(axes, [middle], [y], event.title)
    if event.days > SHORT:
        axes.plot([event.start, event.finish], [y, y], color=colour, linewidth=2.5,
                  solid_capstyle="butt")  # fmt: skip
    else:
        axes.plot(middle, y, marker="D" if pd.notna(event.disputed) else "o", markersize=4.6,
                  color=colour,
                  markerfacecolor=PAPER if event.planned else colour)  # fmt: skip
    edge, side = (event.start, "right") if event.left else (event.finish, "left")
    shift = (-GAP if event.left else GAP) * 72  # in points
    # Out of the layout, so that no label narrows the axes by which its room was reckoned.
    label(axes, edge, y, event.title, fontsize=size, ha=side, offset=(shift, 0), in_layout=False,
          bbox=CLEAR)  # fmt: skip


def _key(fig: Figure, sheet: Sheet) -> None:
    marks = [
        Line2D([], [], marker="o", linestyle="", color=BLUE, label=DATED),
        Line2D([], [], marker="D", linestyle="", color=VERMILION, label="sources disagree"),
        Line2D([], [], marker="o", linestyle="", color=BLUE, markerfacecolor=PAPER,
               label=PLANNED),
        Line2D([], [], color=BLUE, linewidth=2.5, label=PERIOD),
    ]  # fmt: skip
    fig.legend(handles=marks, loc="outside lower left", ncols=sheet.pick(4, 2), fontsize=8.5,
               handletextpad=0.5)  # fmt: skip
