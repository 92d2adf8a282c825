"""Figures of the survey of Governments: how they leaned, and what silence leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.precision import Interval
from analysis.style import BLUE, INK, PAPER, QUIET, VERMILION, Sheet, label
from analysis.survey.replies import FAVOUR, RESERVE
from analysis.survey.tables import ASSUMPTIONS, POSITIONS, UNITS, basis, years

DEEP = 5  # squares in a column: the bloc's fill whole columns
MAJORITY = 50  # per cent: more than this is one
SQUARE = 0.86  # of the cell that each square fills
ON_PAPER = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}


def regions(known: Mapping[str, Interval], *, sheet: Sheet) -> Figure:
    """What the share of all Member States in favour may be, one bar per assumption.

    Args:
        known: `analysis.survey.replies.identification`, weakest assumption first.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.9, 4.8))
    _shares_across(axes, 100, "Share of all Member States in favour, per cent")
    axes.set_xticks(range(0, 101, 25))
    axes.plot([MAJORITY] * 2, [-0.7, len(known)], color=INK, linewidth=1.1, zorder=1)
    axes.text(MAJORITY, -0.78, "majority to the right", ha="center", va="bottom", fontsize=9.5)
    for y, region in enumerate(known.values()):
        lo, hi = 100 * region.lo, 100 * region.hi
        axes.barh(y, hi - lo, left=lo, height=0.52, color=BLUE if y else QUIET, zorder=2)
        label(axes, lo, y, f"{lo:.0f}", offset=(-6, 0), ha="right", bbox=ON_PAPER)
        label(axes, hi, y, f"{hi:.0f}", bbox=ON_PAPER)
    names = [fill(ASSUMPTIONS[assumption], sheet.pick(60, 22)) for assumption in known]
    axes.set_yticks(range(len(known)), names)
    axes.set_ylim(len(known) - 0.5, -1.3)
    return drawing


def letters(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Two response shares on one footing: one letter against one, several against several.

    Args:
        table: `analysis.survey.replies.comparison`.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.0, 4.3))
    _shares_across(axes, 80, "Member States that replied, per cent")
    gap = sheet.pick(" ", "\n")
    places = [y + 0.4 * (y // 2) for y in range(len(table))]  # a gap between the two pairs
    for y, row in zip(places, table.itertuples(), strict=True):
        lo, hi, colour = 100 * row.lo, 100 * row.hi, BLUE if row.earlier else VERMILION
        if lo == hi:
            axes.plot([lo], [y], "o", color=colour, markersize=9, zorder=3)
        else:
            axes.barh(y, hi - lo, left=lo, height=0.5, color=colour, zorder=2)
            label(axes, lo, y, f"{lo:.1f}", offset=(-6, 0), ha="right", bbox=ON_PAPER)
        label(axes, hi, y, f"{hi:.1f}", offset=(8, 0), bbox=ON_PAPER)
        if pd.notna(row.independent):
            chance = 100 * row.independent
            axes.plot([chance] * 2, [y - 0.25, y + 0.25], color=PAPER, linewidth=2.4, zorder=3)
            axes.text(chance, y - 0.31, f"{chance:.1f} if replies{gap}were random", ha="center",
                      va="bottom", fontsize=9, color=QUIET, bbox=ON_PAPER)  # fmt: skip
    axes.set_yticks(places, [f"{years(row)}:{gap}{basis(row)}" for row in table.itertuples()])
    axes.set_ylim(places[-1] + 0.5, -0.9)
    return drawing


def leaning(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Replies as squares on either side: Governments and letters, for each position of the bloc.

    Args:
        table: `analysis.survey.replies.leaning`; a row per panel.
    """
    drawing, panels = sheet.canvas(
        height=sheet.pick(4.5, 7.2), rows=sheet.pick(2, 4), columns=sheet.pick(2, 1)
    )
    deepest = -(-max(table["favour"].max(), table["reserve"].max()) // DEEP)
    for axes, row in zip(panels.flat, table.itertuples(), strict=True):
        favours = row.bloc == FAVOUR
        _squares(axes, row.favour, row.bloc_units if favours else 0, 1, BLUE)
        _squares(axes, row.reserve, 0 if favours else row.bloc_units, -1, VERMILION)
        axes.axvline(0, color=INK, linewidth=1.1)
        for side, count in ((1, row.favour), (-1, row.reserve)):
            words = POSITIONS[FAVOUR if side == 1 else RESERVE]
            axes.text(side * 0.3, DEEP + 0.15, f"{count} {words}", va="bottom", fontsize=9.5,
                      ha="left" if side == 1 else "right")  # fmt: skip
        axes.set_title(
            f"By {UNITS[row.unit]}, the bloc {POSITIONS[row.bloc]}", pad=16, fontsize=10.5
        )
        axes.set_xlim(-deepest - 0.8, deepest + 0.8)
        axes.set_ylim(-0.1, DEEP + 0.9)
        axes.set_aspect("equal")
        axes.set_axis_off()
    return drawing


def _squares(axes: Axes, count: int, bloc: int, side: int, colour: str) -> None:
    """Unit squares in columns outwards from the middle; the bloc's come first and are hatched."""
    margin = (1 - SQUARE) / 2
    for index in range(count):
        column, rank = divmod(index, DEEP)
        x = column + 0.2 if side == 1 else -column - 1.2
        ours = index < bloc
        axes.add_patch(Rectangle(
            (x + margin, DEEP - 1 - rank + margin), SQUARE, SQUARE, linewidth=1.0, edgecolor=colour,
            facecolor=PAPER if ours else colour, hatch="/////" if ours else None,
        ))  # fmt: skip


def _shares_across(axes: Axes, most: int, title: str) -> None:
    axes.set_xlim(0, most)
    axes.set_xlabel(title)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
