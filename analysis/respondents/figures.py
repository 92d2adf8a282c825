"""Figures of the chapter on who replied: shares, rates by group, and what silence leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.precision import Interval
from analysis.respondents.tables import HEARD, POOLED, RATES, SHARES, UNITS
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, SKY, VERMILION, Sheet, label

MAJORITY = 50  # per cent: more than this is one
OTHERS, BLOC, SILENT = HEARD.values()
FACES = {
    OTHERS: {"facecolor": BLUE, "edgecolor": BLUE},
    BLOC: {"facecolor": PAPER, "edgecolor": BLUE, "hatch": "/////"},
    SILENT: {"facecolor": RULE, "edgecolor": RULE},
}
COLOURS = dict(zip(UNITS.values(), (BLUE, VERMILION), strict=True))
DOTS = dict(zip(UNITS.values(), (8.5, 4.5), strict=True))  # where both lie, both are seen
ON_PAPER = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}


def parts(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """A bar of each whole in the parts that wrote, were heard in one letter, or were silent.

    Args:
        table: `analysis.respondents.tables.parts`.
    """
    value, least, most = SHARES
    drawing, axes = sheet.canvas(height=sheet.pick(2.9, 3.4))
    wholes = list(dict.fromkeys(table["Of all"]))
    for y, whole in enumerate(wholes):
        own, left = table[table["Of all"] == whole].set_index("Heard"), 0.0
        for heard, face in FACES.items():
            width = own.loc[heard, value]
            axes.barh(y, width, left=left, height=0.56, linewidth=1, zorder=2, **face)
            axes.text(left + width / 2, y, f"{width:.1f}", ha="center", va="center", fontsize=9.5,
                      color=PAPER if heard == OTHERS else INK, zorder=4,
                      bbox=ON_PAPER if heard == BLOC else None)  # fmt: skip
            left += width
        replied = own.loc[[OTHERS, BLOC]]
        # Where the silent begin, by the other editions.
        ends = [replied[least].sum(), replied[most].sum()]
        axes.plot(ends, [y + 0.36] * 2, color=INK, linewidth=2.2, solid_capstyle="butt", zorder=5)
    axes.text(0.3, -0.62, fill(OTHERS, sheet.pick(30, 8)), va="bottom", fontsize=9.5, color=BLUE)
    axes.text(16.5, -0.62, fill(BLOC, sheet.pick(30, 11)), va="bottom", fontsize=9.5, color=BLUE)
    axes.text(99, -0.62, SILENT, va="bottom", ha="right", fontsize=9.5, color=QUIET)
    heads = table[table["Heard"] != SILENT].groupby("Of all")[value].sum()
    axes.set_yticks(range(len(wholes)), [f"{each}:\n{heads[each]:.1f} replied" for each in wholes])
    axes.set_ylim(len(wholes) - 0.4, -0.6)
    _shares_across(axes, 100, "Per cent of all")
    return drawing


def groups(table: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Response rates by group as points: States, and letters with the Union as one.

    Args:
        table: `analysis.respondents.tables.groups`.
    """
    titles = list(dict.fromkeys(table["By"]))
    sizes = [table[table["By"] == title]["Group"].nunique() for title in titles]
    drawing, panels = sheet.canvas(
        height=sheet.pick(5.6, 6.4), rows=len(titles), sharex=True,
        gridspec_kw={"height_ratios": [size + 0.6 for size in sizes]},
    )  # fmt: skip
    overall = table[table["By"] == titles[0]].groupby("Counted")[["Replied", "Asked"]].sum()
    columns = dict(zip(UNITS.values(), sheet.pick((72, 85), (82, 107)), strict=True))
    for axes, title in zip(panels, titles, strict=True):
        own = table[table["By"] == title]
        names = list(dict.fromkeys(own["Group"]))
        for unit, colour in COLOURS.items():
            rows = own[own["Counted"] == unit].set_index("Group").loc[names]
            rate = 100 * overall.at[unit, "Replied"] / overall.at[unit, "Asked"]
            axes.axvline(rate, color=colour, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
            axes.plot(rows[next(iter(RATES))], range(len(names)), "o", color=colour, zorder=3,
                      markersize=DOTS[unit])  # fmt: skip
            for y, row in enumerate(rows.itertuples()):
                axes.text(columns[unit], y, f"{row.Replied} of {row.Asked}", ha="right",
                          va="center", fontsize=9, color=colour)  # fmt: skip
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_title(fill(title, sheet.pick(60, 34)), fontsize=10.5)
        axes.grid(visible=False)
        axes.set_xlim(0, sheet.pick(86, 109))
        axes.spines["left"].set_visible(False)
    for unit, colour in COLOURS.items():
        panels[0].text(columns[unit], -0.75, unit, ha="right", va="bottom", fontsize=9.5,
                       color=colour)  # fmt: skip
    panels[-1].set_xticks(range(0, 61, 20))
    panels[-1].set_xlabel("Replied, per cent of the group", loc="left")
    return drawing


def regions(known: Mapping[str, Interval], *, sheet: Sheet) -> Figure:
    """What the share of all Member States in favour may be, one bar per assumption.

    Args:
        known: `analysis.respondents.tables.regions`.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(3.1, 4.0))
    axes.plot([MAJORITY] * 2, [-0.6, len(known)], color=INK, linewidth=1.1, zorder=1)
    axes.text(MAJORITY, -0.66, "a majority to the right", ha="center", va="bottom", fontsize=9.5)
    for y, (name, region) in enumerate(known.items()):
        colour = QUIET if not y else SKY if name in POOLED.values() else BLUE
        lo, hi = 100 * region.lo, 100 * region.hi
        axes.barh(y, hi - lo, left=lo, height=0.52, color=colour, zorder=2)
        label(axes, lo, y, f"{lo:.1f}", offset=(-5, 0), ha="right", bbox=ON_PAPER)
        label(axes, hi, y, f"{hi:.1f}", offset=(5, 0), bbox=ON_PAPER)
    axes.set_yticks(range(len(known)), [fill(name, sheet.pick(40, 17)) for name in known])
    axes.set_ylim(len(known) - 0.5, -1.1)
    axes.text(sheet.pick(-0.012, -0.03), -0.66, "The silent favoured", ha="right", va="bottom",
              fontsize=9.5, color=QUIET, transform=axes.get_yaxis_transform())  # fmt: skip
    _shares_across(axes, 100, sheet.pick("Share of all Member States in favour, per cent",
                                         "In favour, per cent of all"))  # fmt: skip
    return drawing


def _shares_across(axes: Axes, most: int, title: str) -> None:
    axes.set_xlim(0, most)
    axes.set_xticks(range(0, most + 1, 25))
    axes.set_xlabel(title)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
