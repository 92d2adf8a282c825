"""Figures on preferences: how many may have held each, and what became of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.marks import answering, asked
from analysis.preferences import hedges
from analysis.preferences.tables import NO_NUMBER, SIDES, VERDICTS, span, words
from analysis.style import BLUE, GREEN, INK, PAPER, QUIET, VERMILION, Sheet, label
from analysis.words import capital

COLOURS = {hedges.FAVOUR: BLUE, hedges.RESERVE: VERMILION, hedges.ROLE: GREEN}
THIN, THICK = 0.2, 0.46  # heights of bars, in rows
SQUARE = 0.84  # of the cell that each square fills


def counts(table: pd.DataFrame, sizes: dict[str, range], *, sheet: Sheet) -> Figure:
    """How many Governments may have held each preference about a conference.

    Args:
        table: `hedges.counts`, without the roles of the United Nations.
        sizes: `hedges.bases`.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(6.4, 10.4))
    y, ticks, names = 0.0, [], []
    for side, rows in table.groupby("base", sort=False):
        axes.annotate(SIDES[side], (0, y), (sheet.pick(-8, 0), 0), textcoords="offset points",
                      ha=sheet.pick("right", "left"), va="center", fontsize=10.5,
                      fontweight="bold", color=COLOURS[side])  # fmt: skip
        size = max(sizes[side])
        y += sheet.pick(0.2, 0.85)
        axes.text(size, y, f"all {size} of them", ha="center", va="center", fontsize=9.5)
        y += sheet.pick(0.8, 0.7)
        for row in rows.sort_values("fewest", ascending=False, kind="stable").itertuples():
            name = capital(row.wish)
            if sheet.narrow:
                axes.text(0, y, name, fontsize=9.5, va="center")
                y += 0.75
            _range(axes, y, row, size, COLOURS[side])
            widest = max(size, 0 if pd.isna(row.most) else row.most)
            asked(axes, [widest / 2], [y], SIDES[side], name, size=(widest, THICK))
            ticks.append(y)
            names.append("" if sheet.narrow else name)
            y += 1
        y += 0.4
    axes.set_yticks(ticks, names, fontsize=9.5)
    axes.set_ylim(y - 0.6, -0.7)
    axes.set_xlim(0, sheet.pick(92, 100))
    axes.set_xticks(range(0, 41, 10))
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("Governments", loc="left")
    return drawing


def _range(axes: Axes, y: float, row: Any, size: int, colour: str) -> None:
    """Certain counts thick and full, possible ones thin and hollow; dotted where none is given."""
    axes.plot([size] * 2, [y - THICK / 2, y + THICK / 2], color=INK, linewidth=1.1, zorder=4)
    if pd.isna(row.fewest):
        axes.plot([0, size], [y, y], color=QUIET, linewidth=1.2, linestyle=":")
        label(axes, size, y, NO_NUMBER, colour=QUIET)
        return
    axes.barh(y, row.fewest, height=THICK, color=colour, zorder=3)
    axes.barh(y, row.most - row.fewest, left=row.fewest, height=THIN, facecolor=PAPER,
              edgecolor=colour, linewidth=1)  # fmt: skip
    label(axes, max(row.most, size), y, f"{span(row)}: “{words(row)}”",
          bbox={"color": PAPER, "pad": 0.5})  # fmt: skip


def verdicts(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """A square per preference by group and verdict; hollow where the verdict rests on doubt.

    Args:
        table: `answers.verdicts`, those that ask for something.
    """
    deep = sheet.pick(2, 3)
    sides = [side for side in SIDES if side in set(table["side"])]
    drawing, panels = sheet.canvas(height=sheet.pick(1.2, 1.6) * len(sides), rows=len(sides))
    for axes, side in zip(panels.flat, sides, strict=True):
        for place, verdict in enumerate(VERDICTS):
            own = table[(table["side"] == side) & (table["verdict"] == verdict)]
            own = own.assign(sure=own["clear"] == verdict).sort_values("sure", ascending=False)
            left = place * sheet.pick(6, 4)
            for index, row in enumerate(own.itertuples()):
                at = left + index // deep, index % deep
                answering(axes, [_square(axes, *at, COLOURS[side], row.sure)], SIDES[side],
                          capital(row.wish))  # fmt: skip
            axes.text(left, -0.45, f"{len(own)} {VERDICTS[verdict]}", fontsize=9.5, va="bottom",
                      color=INK if len(own) else QUIET)  # fmt: skip
        axes.set_title(SIDES[side], fontsize=10.5, pad=10)
        axes.set_xlim(-0.1, sheet.pick(24, 16))
        axes.set_ylim(deep + 0.1, -1)
        axes.set_aspect("equal", anchor="W")
        axes.set_axis_off()
    return drawing


def _square(axes: Axes, x: float, y: float, colour: str, certain: bool) -> Rectangle:
    square = Rectangle(
        (x, y), SQUARE, SQUARE, linewidth=1.2, edgecolor=colour,
        facecolor=colour if certain else PAPER, hatch=None if certain else "////",
    )  # fmt: skip
    axes.add_patch(square)
    return square
