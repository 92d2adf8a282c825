"""Figures of the survey of Governments: who broke the silence, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.precision import Interval
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.survey.replies import FAVOUR, RESERVE
from analysis.survey.tables import ASSUMPTIONS, GROUPINGS, POSITIONS, UNITS, basis, years

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


def response(tables: dict[str, pd.DataFrame], overall: float, *, sheet: Sheet) -> Figure:
    """Response by group: own letters, Greece's letter, and where random draws would fall.

    Args:
        tables: by grouping, columns group, members, own, proxy, replied, rate,
            chance_lo, chance_hi.
        overall: response of all Member States, as a share of 1.
    """
    drawing, panels = sheet.canvas(height=sheet.pick(5.4, 6.2), rows=len(tables), sharex=True)
    most = sheet.pick(80, 86)  # the last column of figures stands to the right of the bars
    for axes, (grouping, table) in zip(panels, tables.items(), strict=True):
        for y, row in enumerate(table.itertuples()):
            own, proxy = 100 * row.own / row.members, 100 * row.proxy / row.members
            lo, hi = 100 * row.chance_lo, 100 * row.chance_hi
            axes.barh(y, hi - lo, left=lo, height=0.84, color=RULE, zorder=1)
            axes.barh(y, own, height=0.44, color=BLUE, zorder=2)
            axes.barh(y, proxy, left=own, height=0.44, color=PAPER, hatch="/////", edgecolor=BLUE,
                      linewidth=1, zorder=2)  # fmt: skip
            label(axes, most - 1, y, f"{row.replied} of {row.members}", offset=(0, 0), ha="right")
        axes.axvline(100 * overall, color=INK, linewidth=1.0, linestyle=(0, (3, 2)), zorder=3)
        names = [fill(name, sheet.pick(60, 16)) for name in table["group"]]
        axes.set_yticks(range(len(table)), names)
        axes.set_ylim(len(table) - 0.5, -0.7)
        axes.set_xlim(0, most)
        axes.grid(visible=False)
        axes.set_title(f"By {GROUPINGS[grouping]}")
    _name_the_parts(panels[0], next(iter(tables.values())), overall, sheet)
    panels[-1].set_xlabel(fill("Member States that replied, per cent of the group",
                               sheet.pick(60, 30)))  # fmt: skip
    return drawing


def _name_the_parts(axes: Axes, table: pd.DataFrame, overall: float, sheet: Sheet) -> None:
    """Direct labels, on the first bar and beside the last band and the line."""
    first, last = table.iloc[0], table.iloc[-1]
    if sheet.narrow:  # room for the name of the line under the title
        axes.set_title(axes.get_title("left"), pad=18)
    above: dict[str, Any] = {"va": "center", "fontsize": 9.5, "color": BLUE}
    axes.text(0.6, -0.43, "own letter", **above)
    axes.text(100 * first["rate"], -0.43, "through Greece", ha="right", **above)
    beside: dict[str, Any] = {"va": "center", "fontsize": 9.5, "color": QUIET}
    band = sheet.pick("range of random draws", "range of\nrandom draws")
    axes.text(100 * last["chance_hi"] + 1, len(table) - 1, band, **beside)
    axes.text(100 * overall + 1, -0.85, f"all States: {100 * overall:.0f} per cent", **beside)


def _shares_across(axes: Axes, most: int, title: str) -> None:
    axes.set_xlim(0, most)
    axes.set_xlabel(title)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
