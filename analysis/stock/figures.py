"""Figures of the chapter on the migrant stock; every interval is drawn as one."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.marks import answering
from analysis.precision import Interval
from analysis.stock.estimates import middle
from analysis.style import BLUE, INK, PAPER, QUIET, VERMILION, Sheet, label
from analysis.words import from_to, span

ON_PAPER = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.5}
ROUNDING = "#dcebf5"  # a tint of BLUE: what a rounded figure leaves open
LOWEST = 2.3  # per cent: below the least stated share, so that tenths can be told apart
CAP = {"capsize": 3.5, "capthick": 1.4, "elinewidth": 1.4}
Texts = Mapping[str, str]


def _bar(axes: Axes, x: float, interval: Interval, colour: str, **options: Any) -> None:
    """A vertical interval with its midpoint; a point alone where it has no width to see."""
    centre = middle(interval)
    caps = CAP if interval.width > 1e-6 * centre else {"capsize": 0}
    settings = {"fmt": "o", "zorder": 3, **caps, **options}
    axes.errorbar(x, centre, yerr=interval.width / 2, color=colour, **settings)


def _cut(axes: Axes, lowest: float) -> None:
    """Say that the scale does not begin at nought: two strokes across the axis, and words."""
    axes.plot([0, 0], [0.016, 0.034], transform=axes.transAxes, color=QUIET, linestyle="",
              marker=[(-1, -0.5), (1, 0.5)], markersize=9, clip_on=False, zorder=5)  # fmt: skip
    label(axes, axes.get_xlim()[0], lowest, f"the scale begins at {lowest}, not at nought",
          colour=QUIET, offset=(9, 9))  # fmt: skip


def share(
    stated: pd.DataFrame, later: pd.DataFrame, rounded: Interval, texts: Texts, *, sheet: Sheet
) -> Figure:
    """Migrants as a share of world population: the stated totals and one later edition, apart.

    Args:
        stated: columns `year`, `document`, `share` (Interval, per cent).
        later: columns `year`, `share`, of a single edition.
        rounded: the shares that the stated rounded share allows.
        texts: what to print beside `rounded`, `later` and each document.
    """
    figure, axes = sheet.canvas(height=4.0)
    axes.axhspan(rounded.lo, rounded.hi, color=ROUNDING, lw=0, zorder=0)
    label(axes, 1958, rounded.hi, texts["rounded"], colour=BLUE, offset=(4, -10))
    axes.plot(later["year"], later["share"].map(middle), "-o", color=VERMILION, ms=4, lw=1.4)
    anchor, last = later.iloc[-3], later.iloc[-1]
    label(axes, anchor["year"], middle(anchor["share"]), texts["later"], colour=VERMILION,
          ha="right", offset=(-10, 4))  # fmt: skip
    label(axes, last["year"], middle(last["share"]), f"{middle(last['share']):.2f}",
          colour=VERMILION, ha="right", offset=(-7, 4))  # fmt: skip
    styles = {"A/58/98": ("s", "-", 7, (0, 15)), "A/59/325": ("o", ":", 5, (8, -13))}
    for document, (marker, line, size, place) in styles.items():
        own = stated[stated["document"] == document].sort_values("year")
        axes.plot(own["year"], own["share"].map(middle), line, color=BLUE, lw=1.4, zorder=2)
        for year, interval in zip(own["year"], own["share"], strict=True):
            _bar(axes, year, interval, BLUE, fmt=marker, markersize=size,
                 markeredgecolor="white", markeredgewidth=0.7)  # fmt: skip
        first, align = own.iloc[0], "left" if marker == "o" else "center"
        label(axes, first["year"], middle(first["share"]), texts[document], colour=BLUE,
              ha=align, offset=place)  # fmt: skip
    axes.set(xlim=(1958, 2021.5), ylim=(LOWEST, 3.65), ylabel="per cent of world population")
    _cut(axes, LOWEST)
    axes.set_xticks(range(1960, 2021, 10))
    return figure


def decade_rates(
    rates: Mapping[str, Interval], mixed: Interval, population: Interval, texts: Texts,
    *,
    sheet: Sheet,
) -> Figure:  # fmt: skip
    """Growth rates for 1990 to 2000, by edition, mixed, and of world population.

    Args:
        rates: edition to rate, the stated one first; per cent a year, as all rates here.
        mixed: the hull over all pairs of editions.
        population: the rates of world population, over its vintages.
        texts: what to print beside the stated rate, `mixed`, `population` and each edition.
    """
    figure, axes = sheet.canvas(height=sheet.pick(3.9, 4.2))
    first = next(iter(rates))
    axes.axvspan(rates[first].lo, rates[first].hi, color=ROUNDING, lw=0, zorder=0)
    rows = {**rates, "mixed": mixed, "population": population}
    colours = {first: BLUE, "mixed": VERMILION, "population": QUIET}
    for place, (key, rate) in enumerate(rows.items()):
        colour, wide = colours.get(key, INK), rate.width > 1e-9
        if wide:
            axes.barh(place, rate.width, left=rate.lo, height=0.34, color=colour, zorder=2)
        else:
            axes.plot([rate.lo], [place], "o", color=colour, zorder=3)
        label(axes, rate.hi, place, span(rate), colour=colour, bbox=ON_PAPER if wide else None)
    axes.set_yticks(range(len(rows)), [fill(texts[key], sheet.pick(40, 16)) for key in rows])
    axes.set(ylim=(len(rows) - 0.5, -0.6), xlim=(1.0, sheet.pick(1.52, 1.6)),
             xlabel="per cent a year, 1990–2000")  # fmt: skip
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.spines["left"].set_visible(False)
    return figure


def revisions(
    totals: Mapping[int, Mapping[str, Interval]], editions: Texts, *, sheet: Sheet
) -> Figure:
    """The totals for some years in every edition, against what the stated figure allows.

    Args:
        totals: year to edition to total in millions.
        editions: all editions in order, with the names to print; the first is the stated figure.
    """
    figure, axes = sheet.canvas(height=sheet.pick(4.0, 4.3), columns=len(totals), sharey=True)
    first = next(iter(editions))
    for panel, (year, known) in zip(axes, totals.items(), strict=True):
        centre = middle(known[first])
        panel.axvspan(known[first].lo, known[first].hi, color=ROUNDING, lw=0, zorder=0)
        for place, edition in enumerate(editions):
            if edition not in known:
                panel.text(centre - 2.9, place, "not on record", va="center", fontsize=9,
                           color=QUIET)  # fmt: skip
                continue
            total, colour = known[edition], BLUE if edition == first else INK
            if total.width > 1e-6 * middle(total):
                panel.barh(place, total.width, left=total.lo, height=0.34, color=colour)
            else:
                panel.plot([middle(total)], [place], "o", color=colour)
            form = ".0f" if total.width >= 1 else ".1f"
            label(panel, total.hi, place, f"{middle(total):{form}}", colour=colour, fontsize=9)
        # The panels share one scale, so that a million is as long in each.
        panel.set(xlim=(centre - 3.0, centre + 2.6), ylim=(len(editions) - 0.4, -0.6))
        panel.set_title(f"Total for {year}")
        panel.grid(axis="y", visible=False)
        panel.grid(axis="x", visible=True)
        panel.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=sheet.pick(6, 4)))
        panel.spines["left"].set_visible(False)
    axes[0].set_yticks(range(len(editions)), list(editions.values()))
    figure.supxlabel("migrants, millions", fontsize=10, color=QUIET)
    return figure


def views(ranges: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """How many Governments a rounded share can be, by how many were counted.

    Args:
        ranges: index: the words for a year and how many were counted; columns `year`, `fewest`,
            `most`.
    """
    figure, axes = sheet.canvas(height=sheet.pick(2.3, 2.6))
    first = ranges["year"].min()
    for place, row in enumerate(ranges.itertuples()):
        colour = VERMILION if row.year == first else BLUE
        # A number of Governments is as long as one of them, and stands where it is counted to.
        bars = axes.barh(place, row.most - row.fewest + 1, left=row.fewest - 0.5, height=0.42,
                         color=colour, zorder=2)  # fmt: skip
        answering(axes, bars, str(row.Index))
        join = " or " if row.most - row.fewest == 1 else " to "
        label(axes, row.most + 0.5, place, from_to(row.fewest, row.most, join=join),
              colour=colour, fontsize=11, fontweight="bold")  # fmt: skip
    axes.set_yticks(range(len(ranges)), [fill(name, sheet.pick(44, 22)) for name in ranges.index])
    axes.set(xlim=(0, sheet.pick(48, 54)), ylim=(len(ranges) - 0.5, -0.5))
    axes.set_xlabel(sheet.pick("Governments that viewed immigration as too high",
                               "Governments with that view"))  # fmt: skip
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.spines["left"].set_visible(False)
    return figure
