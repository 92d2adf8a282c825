"""Figures of the chapter on the migrant stock; every interval is drawn as one."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.precision import Interval
from analysis.stock.estimates import middle
from analysis.style import BLUE, INK, QUIET, RULE, SKY, VERMILION, Sheet, label

ROUNDING = "#dcebf5"  # a tint of BLUE: what a rounded figure leaves open
CAP = {"capsize": 3.5, "capthick": 1.4, "elinewidth": 1.4}
Texts = Mapping[str, str]


def _bar(axes: Axes, x: float, interval: Interval, colour: str, **options: Any) -> None:
    """A vertical interval with its midpoint; a point alone where it has no width to see."""
    centre = middle(interval)
    caps = CAP if interval.width > 1e-6 * centre else {"capsize": 0}
    settings = {"fmt": "o", "zorder": 3, **caps, **options}
    axes.errorbar(x, centre, yerr=interval.width / 2, color=colour, **settings)


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
    anchor = later.iloc[-3]
    label(axes, anchor["year"], middle(anchor["share"]), texts["later"], colour=VERMILION,
          ha="right", offset=(-10, 4))  # fmt: skip
    styles = {"A/58/98": ("s", "-", 7, (0, 22)), "A/59/325": ("o", ":", 5, (10, -21))}
    for document, (marker, line, size, place) in styles.items():
        own = stated[stated["document"] == document].sort_values("year")
        axes.plot(own["year"], own["share"].map(middle), line, color=BLUE, lw=1.4, zorder=2)
        for year, interval in zip(own["year"], own["share"], strict=True):
            _bar(axes, year, interval, BLUE, fmt=marker, markersize=size,
                 markeredgecolor="white", markeredgewidth=0.7)  # fmt: skip
        first, align = own.iloc[0], "left" if marker == "o" else "center"
        label(axes, first["year"], middle(first["share"]), texts[document], colour=BLUE,
              ha=align, offset=place)  # fmt: skip
    axes.set(xlim=(1958, 2021.5), ylim=(2.3, 3.65), ylabel="per cent of world population")
    axes.set_xticks(range(1960, 2021, 10))
    return figure


def decade_rates(
    stated_rate: Interval, editions: Mapping[str, Interval], mixed: Interval,
    population: Interval, texts: Texts,
    *,
    sheet: Sheet,
) -> Figure:  # fmt: skip
    """Growth rates for 1990 to 2000, by edition, mixed, and of world population.

    Args:
        stated_rate: from the totals of A/58/98; per cent a year, as all rates here.
        editions: revision to rate, for those that have both years.
        mixed: the hull over all pairs of editions.
        population: the rates of world population, over its vintages.
        texts: what to print beside `rounding` and `population`, and for the `missing` editions.
    """
    figure, axes = sheet.canvas(height=sheet.pick(4.5, 4.8))
    axes.axvspan(population.lo, population.hi, color=QUIET, alpha=0.55, lw=0)
    axes.axvspan(stated_rate.lo, stated_rate.hi, color=ROUNDING, lw=0, zorder=0)
    mixture = sheet.pick("Start and end from\ndifferent editions", "From different\neditions")
    rows: list[tuple[str, Interval | None, str, str]] = [
        (sheet.pick("A/58/98, as stated", "A/58/98,\nas stated"), stated_rate, BLUE, "s"),
        *((f"{name} revision", rate, INK, "o") for name, rate in editions.items()),
        ("Other editions", None, QUIET, ""),
        (mixture, mixed, VERMILION, "none"),
    ]
    for place, (_, rate, colour, marker) in enumerate(rows):
        if rate is None:
            label(axes, middle(stated_rate), place, fill(texts["missing"], sheet.pick(70, 22)),
                  colour=QUIET, ha="center", offset=(0, 0), fontsize=8.5)  # fmt: skip
            continue
        reach = rate.width / 2 if rate.width > 1e-9 else None
        wide = {**CAP, "elinewidth": 2.4} if marker == "none" else CAP
        axes.errorbar(middle(rate), place, xerr=reach, fmt=marker, ecolor=colour, color=colour,
                      **wide)  # fmt: skip
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
    axes.set(ylim=(len(rows) - 0.4, -1.5), xlim=sheet.pick((1.0, 1.55), (1.02, 1.62)),
             xlabel="per cent a year, 1990–2000")  # fmt: skip
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    label(axes, population.hi, -0.95, texts["population"], colour=QUIET, fontsize=9,
          bbox={"fc": "white", "ec": "none", "pad": 1})  # fmt: skip
    label(axes, middle(stated_rate), -0.95, texts["rounding"], colour=BLUE, ha="center",
          offset=(0, 0), fontsize=9)  # fmt: skip
    return figure


def revisions(
    totals: Mapping[int, Mapping[str, Interval]],
    editions: Texts,
    notes: Mapping[int, str],
    *,
    sheet: Sheet,
) -> Figure:
    """The totals for some years in every edition, against what the stated figure allows.

    Args:
        totals: year to edition to total in millions.
        editions: all editions in order, with the names to print; the first is the stated figure.
        notes: year to what its band means.
    """
    figure, axes = sheet.canvas(height=5.6, rows=len(totals), sharex=True)
    first = next(iter(editions))
    # On a phone the first name, the longest, needs the room of a gap.
    places = [0, *(place + sheet.pick(0, 0.6) for place in range(1, len(editions)))]
    for panel, (year, known) in zip(axes, totals.items(), strict=True):
        centre = middle(known[first])
        panel.axhspan(known[first].lo, known[first].hi, color=ROUNDING, lw=0, zorder=0)
        # The panels share one scale, so that a million is as long in each.
        panel.set(ylim=(centre - 3.4, centre + 2.0), xlim=(-0.6, places[-1] + 0.6))
        for place, edition in zip(places, editions, strict=True):
            if edition not in known:
                low, text = sheet.pick((3.0, "not in\nthe record"), (2.7, "–"))
                panel.text(place, centre - low, text, ha="center", fontsize=sheet.pick(8, 13),
                           color=QUIET, bbox={"fc": "white", "ec": "none", "pad": 1})  # fmt: skip
            elif edition == first:
                _bar(panel, place, known[edition], BLUE, fmt="s")
            else:
                _bar(panel, place, known[edition], INK)
        label(panel, places[-1] + 0.55, known[first].hi, notes[year], colour=BLUE, ha="right",
              offset=(0, 8), fontsize=9)  # fmt: skip
        # Bold, not the style's semi-bold: the fallback font has none and would warn.
        panel.set_title(f"Total for {year}", fontweight="bold")
        panel.tick_params(axis="x", length=0)
        panel.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes[-1].set_xticks(places, list(editions.values()), fontsize=sheet.pick(10.5, 9))
    missing = sheet.pick("", " (a dash: not in the record)")
    axes[-1].set_xlabel(f"edition of the estimates{missing}")
    figure.supylabel("migrants, millions", fontsize=10, color=QUIET)
    return figure


def views(
    before: pd.DataFrame, after: pd.DataFrame, states: int, texts: Texts, *, sheet: Sheet
) -> Figure:
    """The counts that fit a rounded share, for every number of Governments.

    Args:
        before, after: columns `denominator`, `fewest`, `most`, as of 1975 and of 2003.
        states: the only denominator that a document gives, for 2003.
        texts: what to print beside `before`, `after` and the marks of the `known` denominator.
    """
    figure, axes = sheet.canvas(height=sheet.pick(4.0, 5.2))
    for table, colour in ((before, VERMILION), (after, SKY)):
        for column in ("fewest", "most"):
            axes.plot(table["denominator"], table[column], ".", color=colour, zorder=2,
                      ms=sheet.pick(3.2, 2.7), mew=sheet.pick(1.0, 0.0))  # fmt: skip
    known = after[after["denominator"] == states].iloc[0]
    counts = list(range(int(known["fewest"]), int(known["most"]) + 1))
    axes.plot([states] * len(counts), counts, "s", color=BLUE, ms=5.5, zorder=3)
    axes.axvline(states, color=RULE, lw=1.2, zorder=1)
    label(axes, states, counts[-1], texts["known"], colour=BLUE, ha="right", offset=(-6, 22))
    at = after.iloc[len(after) * 3 // 5]["denominator"]
    for table, key, colour in ((after, "after", INK), (before, "before", VERMILION)):
        height = int(table.loc[table["denominator"] == at, "fewest"].iloc[0])
        text = sheet.pick(texts[key], fill(texts[key], 22))
        drop = -8 - 7 * len(text.split("\n"))
        label(axes, at, height, text, colour=colour, offset=(4, drop))
    axes.set(xlim=(0, states + 4), ylim=(0, counts[-1] + 9),
             xlabel="number of Governments counted (the denominator)",
             ylabel="Governments with the view")  # fmt: skip
    return figure
