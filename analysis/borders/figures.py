"""Figures of the chapter on borders: every edition drawn, so that what they differ by shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.marks import asked
from analysis.style import BLUE, GREEN, INK, PURPLE, QUIET, SKY, VERMILION, Sheet, label

FALL = "#fbe9df"  # a tint of VERMILION: below the share of 1990
AGES = LinearSegmentedColormap.from_list("ages", [SKY, BLUE, INK])  # editions, oldest to newest
AT_LEFT: dict[str, Any] = {"ha": "right", "offset": (-7, 0)}
BELOW: dict[str, Any] = {"ha": "left", "offset": (5, -6)}
Texts = Mapping[str, str]


def _ages(editions: list[int]) -> dict[int, tuple[float, float, float, float]]:
    return {each: AGES(n / max(1, len(editions) - 1)) for n, each in enumerate(editions)}


def change(panels: Mapping[str, pd.DataFrame], *, sheet: Sheet) -> Figure:
    """How far the share of migrants stood from that of 1990, by panels; a line an edition.

    Args:
        panels: title to columns `edition`, `year`, `change` (Interval, percentage points).
    """
    rows, columns = sheet.pick((1, 2), (2, 1))
    figure, axes = sheet.canvas(sheet.pick(4.1, 7.0), rows, columns, sharex=True, sharey=True)
    for axis, (title, own) in zip(axes, panels.items(), strict=True):
        axis.axhspan(-0.3, 0, color=FALL, lw=0, zorder=0)
        axis.axhline(0, color=QUIET, lw=1)
        colours = _ages(sorted(own["edition"].unique()))
        for edition, line in own.groupby("edition"):
            low, high = ([getattr(i, end) for i in line["change"]] for end in ("lo", "hi"))
            middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
            axis.fill_between(line["year"], low, high, color=colours[edition], alpha=0.3, lw=0)
            axis.plot(line["year"], middle, "-", color=colours[edition], lw=1.6)
            asked(axis, line["year"], middle, str(edition), line["year"])
            axis.plot(line["year"].iloc[-1], middle[-1], "o", color=colours[edition], ms=4.5)
            # Where the lines end low, the space below them is free; above, that to their left.
            low_end = edition in sorted(colours)[:2]
            label(axis, line["year"].iloc[-1], middle[-1], str(edition), colour=QUIET, fontsize=9,
                  **BELOW if low_end else AT_LEFT)  # fmt: skip
        axis.set_title(title, fontsize=10.5, fontweight="normal")
        axis.set(xlim=(1989, 2025.5), ylim=(-0.15, 1.2))
        axis.set_xticks([1990, 2000, 2010, 2020])
        axis.set_yticks([0, 0.4, 0.8, 1.2])
    label(axes[0], 2025, 0, "a smaller share\nthan in 1990", colour=VERMILION, ha="right",
          offset=(0, -13), fontsize=8.5)  # fmt: skip
    figure.supylabel("percentage points since 1990", fontsize=10, color=QUIET)
    return figure


def since_1960(series: Mapping[str, pd.DataFrame], texts: Texts, *, sheet: Sheet) -> Figure:
    """World totals from 1960 to 2000, with what new borders added at 1990 as a gap.

    Args:
        series: `stated`, `whole`, `outside`, `alternative` and `draft` to columns `year` and
            `persons` (Interval).
        texts: what to print beside each of them and beside the `gap`.
    """
    figure, axes = sheet.canvas(sheet.pick(4.6, 5.4))
    styles = {
        "draft": (PURPLE, "--", "D", 4),
        "outside": (BLUE, "-", "o", 4.5), "whole": (INK, "-", "o", 4.5),
        "stated": (VERMILION, ":", "s", 6), "alternative": (GREEN, "--", "D", 5),
    }  # fmt: skip
    heights = {"whole": 182, "stated": 174, "alternative": 166, "draft": 158, "outside": 139}
    middles = {}
    for name, (colour, line, marker, size) in styles.items():
        own = series[name]
        middles[name] = dict(zip(own["year"], [(i.lo + i.hi) / 2e6 for i in own["persons"]],
                                 strict=True))  # fmt: skip
        half = [i.width / 2e6 for i in own["persons"]]
        x, y = list(middles[name]), list(middles[name].values())
        axes.errorbar(x, y, half, fmt="none", ecolor=colour, elinewidth=1.2)
        axes.plot(x, y, line, color=colour, marker=marker, ms=size, lw=1.8,
                  mec="white", mew=0.6)  # fmt: skip
        axes.text(2001.2, heights[name], texts[name], color=colour, fontsize=9, va="center")
    low, high = middles["outside"][1990], middles["whole"][1990]
    axes.annotate("", (1990, low + 2), (1990, high - 2),
                  arrowprops={"arrowstyle": "<->", "color": INK, "lw": 1.2})  # fmt: skip
    label(axes, 1990, low, texts["gap"], ha="left", offset=(0, -26), fontsize=9)
    axes.set(xlim=(1958.5, sheet.pick(2014, 2021)), ylim=(0, 195), ylabel="migrants, millions")
    axes.set_xticks(range(1960, 2001, 10))
    return figure


def areas(panels: Mapping[str, pd.DataFrame], *, sheet: Sheet) -> Figure:
    """The share of migrants by area, a panel each with a scale of its own, a line an edition.

    Args:
        panels: title to columns `edition`, `year`, `share` (per cent).
    """
    rows, columns = sheet.pick((2, 4), (4, 2))
    figure, axes = sheet.canvas(sheet.pick(4.6, 8.4), rows, columns, sharex=True)
    for axis, (title, own) in zip(axes.flat, panels.items(), strict=True):
        colours = _ages(sorted(own["edition"].unique()))
        for edition, line in own.groupby("edition"):
            end = line.iloc[-1]
            if axis is axes.flat[0] and edition in (min(colours), max(colours)):
                label(axis, end["year"], end["share"], str(edition), colour=QUIET, fontsize=8.5,
                      **AT_LEFT if edition == max(colours) else BELOW)  # fmt: skip
            axis.plot(line["year"], line["share"], "-", color=colours[edition], lw=1.5)
            axis.plot(end["year"], end["share"], "o", color=colours[edition], ms=4)
        axis.set_title(title, fontsize=10, fontweight="normal")
        axis.margins(y=0.12)
        axis.set(xlim=(1987, 2027))
        axis.set_xticks([1990, 2000, 2010, 2020], ["1990", "’00", "’10", "’20"])
        axis.yaxis.set_major_locator(MaxNLocator(3))
        axis.tick_params(labelsize=9, length=0)
    figure.supylabel("migrants, per cent of population (scales differ)", fontsize=10, color=QUIET)
    return figure
