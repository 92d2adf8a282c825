"""Figures of the survey of Governments: how they leaned, and what silence leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.marks import answering, asked
from analysis.precision import Interval
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.survey.replies import FAVOUR, LIKE_REPLIES, RESERVE, TURNING
from analysis.survey.tables import ASSUMPTIONS, CASES, POSITIONS, UNITS, basis, years
from analysis.words import capital, either, span

MAJORITY = 50  # per cent: more than this is one
JOINING = "#8cbfdd"  # a tint of BLUE: the silent taken as in favour
UNKNOWN = RULE
SIDES = {1: (BLUE, "#c3deee"), -1: (VERMILION, "#f5d3bd")}  # in favour, with reservations; tints
ON_PAPER = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}


def cases(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """All Member States as one bar, three times over: by what the silent are taken to say.

    Args:
        table: `analysis.survey.replies.cases`.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.8, 4.6))
    heard = table.iloc[0]
    size = heard["favour"].lo + heard["silent"] + heard["reserve"].hi
    favour, reserve = (heard[side].hi / size for side in ("favour", "reserve"))
    places = (0, 1.2, 2.2)  # below the first bar stands what its ends are
    for y, row in zip(places, table.itertuples(), strict=True):
        for lo, hi, colour in _parts(str(row.Index), row.share, favour, reserve):
            axes.barh(y, 100 * (hi - lo), left=100 * lo, height=0.42, color=colour, zorder=2)
        asked(axes, [50], [y], CASES[str(row.Index)], size=(100, 0.42))
        axes.plot([MAJORITY] * 2, [y - 0.24, y + 0.24], color=INK, linewidth=1.4, zorder=4)
        axes.text(0, y - 0.27, _headline(row, sheet), va="bottom", fontsize=sheet.pick(11, 10.5),
                  fontweight="bold", linespacing=1.1)  # fmt: skip
    words = (
        (0, "left", BLUE, f"{_either(heard['favour'])} in favour"),
        (100, "right", VERMILION, f"{_either(heard['reserve'])} with reservations"),
    )
    for x, side, colour, text in words:
        axes.text(x, 0.25, text, ha=side, va="top", fontsize=9.5, color=colour)
    axes.text(MAJORITY - 2, 0, f"{heard['silent']} silent", ha="right", va="center", fontsize=9.5)
    axes.text(MAJORITY, places[-1] + 0.28, f"{MAJORITY}% of all Member States", ha="center",
              va="top", fontsize=9.5)  # fmt: skip
    axes.set(xlim=(0, 100), ylim=(places[-1] + 0.6, sheet.pick(-0.6, -0.72)))
    axes.set_axis_off()
    return drawing


def _parts(
    case: str, share: Interval, favour: float, reserve: float
) -> list[tuple[float, float, str]]:
    """The pieces of one bar: from, to (shares of 1) and colour."""
    if case == LIKE_REPLIES:
        return [(0, share.lo, BLUE), (share.lo, share.hi, UNKNOWN), (share.hi, 1, VERMILION)]
    heard = [(0, favour, BLUE), (1 - reserve, 1, VERMILION)]
    if case == TURNING:
        return [*heard, (favour, share.hi, JOINING), (share.hi, 1 - reserve, UNKNOWN)]
    return [*heard, (favour, 1 - reserve, UNKNOWN)]


def _headline(row: Any, sheet: Sheet) -> str:
    """What stands above a bar: the case, and what it makes of all Member States."""
    gap = sheet.pick(" ", "\n")
    if row.Index == TURNING:
        needed = f"{_either(row.joining)} of the {row.silent} silent"
        return f"{CASES[row.Index]}:{gap}{needed} in favour"
    return f"{CASES[row.Index]}:{gap}{span(row.share * 100, '.0f')}% in favour"


def _either(states: Interval) -> str:
    return either(states.integers())


def regions(known: Mapping[str, Interval], *, sheet: Sheet) -> Figure:
    """What the share of all Member States in favour may be, one bar per assumption.

    Args:
        known: `analysis.survey.replies.identification`, weakest assumption first.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.7, 4.6))
    _shares_across(axes, 100, "Member States in favour, per cent")
    axes.set_xticks(range(0, 101, 25))
    axes.plot([MAJORITY] * 2, [-0.7, len(known)], color=INK, linewidth=1.1, zorder=1)
    axes.text(MAJORITY, -0.78, "a majority to the right", ha="center", va="bottom", fontsize=9.5)
    for y, region in enumerate(known.values()):
        lo, hi = 100 * region.lo, 100 * region.hi
        settled = BLUE if lo > MAJORITY else QUIET
        axes.barh(y, hi - lo, left=lo, height=0.52, color=settled, zorder=2)
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
    drawing, axes = sheet.canvas(height=sheet.pick(3.2, 3.6))
    _shares_across(axes, 80, "Member States that replied, per cent")
    places = [y + 1.1 * (y // 2) for y in range(len(table))]  # a head above each of the two pairs
    for y, row in zip(places, table.itertuples(), strict=True):
        lo, hi, colour = 100 * row.lo, 100 * row.hi, BLUE if row.earlier else VERMILION
        asked(axes, [(lo + hi) / 2], [y], years(row), basis(row), size=(hi - lo, 0.5))
        if lo == hi:
            axes.plot([lo], [y], "o", color=colour, markersize=9, zorder=3)
        else:
            axes.barh(y, hi - lo, left=lo, height=0.5, color=colour, zorder=2)
            label(axes, lo, y, f"{lo:.1f}", offset=(-6, 0), ha="right", bbox=ON_PAPER)
        label(axes, hi, y, f"{hi:.1f}", offset=(8, 0), bbox=ON_PAPER)
    for y, row in list(zip(places, table.itertuples(), strict=True))[::2]:
        axes.text(0.8, y - 0.45, capital(basis(row)), va="bottom", fontweight="bold",
                  bbox=ON_PAPER)  # fmt: skip
    axes.set_yticks(places, [years(row) for row in table.itertuples()])
    axes.set_ylim(places[-1] + 0.5, -1.15)
    return drawing


def leaning(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Replies as bars on either side: Governments and letters, for each position of the bloc.

    Args:
        table: `analysis.survey.replies.leaning`; a row per pair of bars.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.5, 4.4))
    most = max(table["favour"].max(), table["reserve"].max())
    places, y = [], -1.0
    for position, rows in table.groupby("bloc", sort=False):
        y += 1.0
        axes.text(0, y, f"If the Union was {POSITIONS[position]}", ha="center", va="center",
                  fontweight="bold", bbox=ON_PAPER)  # fmt: skip
        for row in rows.itertuples():
            y += 1.0
            places.append(y)
            for side, count in ((1, row.favour), (-1, row.reserve)):
                bloc = row.bloc_units if side == (1 if position == FAVOUR else -1) else 0
                bars = _replies(axes, y, side, int(count), int(bloc))
                answering(axes, bars, POSITIONS[row.bloc], UNITS[row.unit])
                if bloc > 1:
                    words = sheet.pick(f"the Union's {bloc}", f"Union's {bloc}")
                    axes.text(side * bloc / 2, y, words, ha="center", va="center", fontsize=9)
    for side, words in ((1, POSITIONS[FAVOUR]), (-1, POSITIONS[RESERVE])):
        label(axes, 0, -0.8, words, offset=(side * 6, 0), ha="left" if side == 1 else "right",
              colour=SIDES[side][0], fontweight="bold", fontsize=10.5)  # fmt: skip
    axes.axvline(0, color=INK, linewidth=1.1, zorder=0)
    axes.set_yticks(places, [capital(UNITS[unit]) for unit in table["unit"]])
    axes.set(ylim=(y + 0.6, -1.3), xlim=(-1.2 * most, 1.2 * most), xticks=[])
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    return drawing


def _replies(axes: Axes, y: float, side: int, count: int, bloc: int) -> list[Rectangle]:
    """Replies on one side, those of the bloc pale and next to the middle."""
    full, pale = SIDES[side]
    drawn: list[Rectangle] = []
    for width, left, face in ((bloc, 0, pale), (count - bloc, bloc, full)):
        if width:
            drawn += axes.barh(y, side * width, 0.62, left=side * left, color=face, edgecolor=full)
    label(axes, side * count, y, f"{count}", colour=full, fontweight="bold",
          offset=(side * 5, 0), ha="left" if side == 1 else "right")  # fmt: skip
    return drawn


def _shares_across(axes: Axes, most: int, title: str) -> None:
    axes.set_xlim(0, most)
    axes.set_xlabel(title)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
