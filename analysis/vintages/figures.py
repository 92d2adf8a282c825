"""Figures of the chapter on revisions by country; every edition that differs is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from analysis.marks import answering
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.words import listing, number

MARKS = {"markersize": 6.5, "markeredgewidth": 1.5, "zorder": 3}


def _persons(value: float, _: object = None) -> str:
    """A number of persons for an axis: "20,000", "1.5 million"."""
    return f"{value / 1e6:g} million" if value >= 1e6 else f"{value:,.0f}"


def largest(known: pd.DataFrame, year: int, *, sheet: Sheet) -> Figure:
    """The figure of each edition on one scale, a row per country.

    Args:
        known: `analysis.vintages.revisions.most_revised`.
        year: the year that the figures are about.
    """
    drawing, axes = sheet.canvas(height=0.27 * len(known) + sheet.pick(1.2, 1.4))
    first, *between, last = [column for column in known if isinstance(column, int)]
    for y, (_, row) in enumerate(known.iterrows()):
        values = row[[first, *between, last]].astype(float)
        axes.plot([values.min(), values.max()], [y, y], color=RULE, linewidth=4, zorder=1,
                  solid_capstyle="round")  # fmt: skip
        axes.plot(values[between], [y] * len(between), "|", color=QUIET, markersize=9,
                  markeredgewidth=1.4, zorder=2)  # fmt: skip
        axes.plot(values[first], y, "o", color=VERMILION, markerfacecolor=PAPER, **MARKS)
        axes.plot(values[last], y, "o", color=BLUE, **{**MARKS, "markersize": 5})
    _name_the_editions(axes, known.iloc[0], first, between, last)
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(_persons))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xticks([2e4, 1e5, 5e5] if sheet.narrow else [2e4, 5e4, 1e5, 2e5, 5e5, 1e6])
    axes.set_yticks(range(len(known)), known["name"])
    axes.set_ylim(len(known) - 0.4, -1.4)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"migrants in {year}, logarithmic scale")
    return drawing


def _name_the_editions(
    axes: Axes, row: pd.Series, first: int, between: list[int], last: int
) -> None:
    """Direct labels above the marks of the first country."""
    middle = between[len(between) // 2]
    names = {first: (str(first), VERMILION), middle: (f"{between[0]}–{between[-1]}", QUIET),
             last: (str(last), BLUE)}  # fmt: skip
    for edition, (text, colour) in names.items():
        axes.text(row[edition], -0.5, text, ha="center", va="bottom", fontsize=9.5, color=colour)


def decomposition(parts: Mapping[str, pd.DataFrame], *, sheet: Sheet) -> Figure:
    """The world's revision taken apart: the largest revisions and the others, a panel per step.

    Args:
        parts: title to rows of `analysis.vintages.tables.ranked`.
    """
    across, down = sheet.pick((len(parts), 1), (1, len(parts)))
    drawing, panels = sheet.canvas(
        height=sheet.pick(4.3, 7.6), rows=down, columns=across, sharex=True
    )
    reach = max(rows["persons"].abs().max() for rows in parts.values()) / 1e6
    for axes, (title, rows) in zip(panels.flat, parts.items(), strict=True):
        gap = [y + 0.5 * row for y, row in enumerate(rows["others"])]
        for y, row in zip(gap, rows.itertuples(), strict=True):
            value = row.persons / 1e6
            colour = BLUE if value > 0 else VERMILION
            bars = axes.barh(y, value, height=0.68, edgecolor=colour, linewidth=1, zorder=2,
                             facecolor=PAPER if row.others else colour,
                             hatch="/////" if row.others else None)  # fmt: skip
            answering(axes, bars, str(row.earlier), str(row.later), row.name)
            sign, side, align = ("+", 4, "left") if value > 0 else ("", -4, "right")
            label(axes, value, y, f"{sign}{number(value, '.2f')}", offset=(side, 0), ha=align,
                  fontsize=8.5)  # fmt: skip
        axes.axvline(0, color=INK, linewidth=0.8, zorder=3)
        axes.set_yticks(gap, [fill(name, sheet.pick(18, 24)) for name in rows["name"]],
                        fontsize=sheet.pick(9, 9.5))  # fmt: skip
        axes.set_ylim(gap[-1] + 0.6, -0.6)
        axes.set_xlim(-1.55 * reach, 1.55 * reach)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.grid(visible=True, axis="x")
        axes.grid(visible=False, axis="y")
        axes.spines["left"].set_visible(False)
        axes.set_title(title, fontsize=10.5, fontweight="normal")
    drawing.supxlabel("revision, millions of persons", fontsize=10, color=QUIET)
    return drawing


def directions(data: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """The share of changes that were reversed, by size of change: a panel per decade.

    Args:
        data: `analysis.vintages.tables.direction_data`.
    """
    decade, *_ = data.columns
    groups = data.groupby(decade, sort=False)
    down, across = sheet.pick((1, len(groups)), (len(groups), 1))
    drawing, panels = sheet.canvas(
        height=sheet.pick(2.5, 4.0), rows=down, columns=across, sharex=True, sharey=True
    )
    for axes, (title, own) in zip(panels.flat, groups, strict=True):
        for y, (_, least, _, held, turned) in enumerate(own.itertuples(index=False)):
            share = 100 * turned / (held + turned)
            bars = axes.barh(y, share, height=0.62, color=VERMILION, zorder=2)
            answering(axes, bars, str(title), str(least), str(held), str(turned))
            text = f"{share:.0f}%: {turned} of {held + turned}"
            label(axes, share, y, text, offset=(4, 0))
        axes.set_yticks(range(len(own)), [_size(*row[1:3]) for row in own.itertuples(index=False)])
        axes.set_title(f"Changes from {str(title).replace('/', ' to ')}", fontsize=10.5)
        axes.set(ylim=(len(own) - 0.5, -0.6), xlim=(0, 65), xticks=[])
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
    return drawing


def _size(least: int, below: Any) -> str:
    """A class of changes by size, in per cent."""
    if pd.isna(below):
        return f"{least}% or more"
    return f"{least} to {below}%" if least else f"under {below}%"


def editions(known: pd.DataFrame, country: str, listed: Sequence[int], *, sheet: Sheet) -> Figure:
    """One country's series in every edition that has it.

    Args:
        known: `analysis.vintages.revisions.editions_of`.
        country: its name.
        listed: all editions, oldest first; one without the country says so.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.4, 3.6))
    first, *between, last = listed
    colours = {first: VERMILION, **dict.fromkeys(between, QUIET), last: BLUE}
    for edition in known:
        own = known[edition].dropna().astype(float)
        wide = edition not in between
        axes.plot(own.index, own, "-o", color=colours[edition], zorder=3 if wide else 2,
                  linewidth=2.2 if wide else 1.0, markersize=5 if wide else 3)  # fmt: skip
    top = float(known.max().max())
    axes.set_ylim(0, 1.2 * top)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(_persons))
    axes.set_xlim(1988, sheet.pick(2034, 2041))
    axes.set_xticks(range(1990, 2021, 10))
    named = [edition for edition in (first, between[-1], last) if edition in known]
    for edition, height in _apart(known[named], 0.085 * top).items():
        text = f"{between[0]}–{between[-1]}" if edition in between else str(edition)
        # Beyond the last year, where no line runs; a dotted one leads there from an early end.
        end = known[edition].last_valid_index()
        axes.plot([end, known.index[-1] + 0.8], [known.at[end, edition], height], ":", zorder=1,
                  color=colours[edition], linewidth=0.9)  # fmt: skip
        label(axes, known.index[-1], height, text, colour=colours[edition], offset=(9, 0))
    if absent := [str(edition) for edition in listed if edition not in known]:
        axes.set_xlabel(fill(f"not in the edition of {listing(absent)}", sheet.pick(80, 40)))
    axes.set_title(fill(country, sheet.pick(80, 36)), fontweight="normal")
    axes.set_ylabel("migrants")
    return drawing


def _apart(known: pd.DataFrame, least: float) -> dict[int, float]:
    """Heights for labels at the ends of series, moved up where they would lie too close."""
    ends = {edition: float(known[edition].dropna().iloc[-1]) for edition in known}
    heights: dict[int, float] = {}
    for edition, height in sorted(ends.items(), key=lambda item: item[1]):
        lowest = max(heights.values(), default=-least) + least
        heights[edition] = max(height, lowest)
    return heights
