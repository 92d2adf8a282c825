"""The pictures of the chapter on coverage: shares and days in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.coverage.joiners import AREA, DEVELOPMENT, WEIGHT, WITHIN
from analysis.coverage.tables import GROUPINGS, QUARTILES
from analysis.style import BLUE, GREEN, INK, PAPER, QUIET, VERMILION, Sheet, label
from analysis.treaties import NAMES

COLOURS = {
    "refugee-convention": INK, "refugee-protocol": QUIET, "icrmw": VERMILION,
    "trafficking-protocol": BLUE, "smuggling-protocol": GREEN,
}  # fmt: skip
PALE = "#c3e2f5"  # the blue of the book, light enough for dark type
# How many points a name stands above the end of its line.
LIFT = {
    "trafficking-protocol": 5, "smuggling-protocol": 5, "refugee-protocol": -5,
    "refugee-convention": 0, "icrmw": 0,
}  # fmt: skip


class Mark(NamedTuple):
    """Words beside a line: year and share of 1 of the point that they are about, and their own."""

    words: str
    point: tuple[float, float]
    place: tuple[float, float]


def over_time(
    deposited: Mapping[str, pd.DataFrame],
    in_force: Mapping[str, pd.DataFrame],
    marks: Sequence[Mark],
    *,
    sheet: Sheet,
) -> Figure:
    """The share of migrants in States that had deposited, and where the instrument was in force.

    Args:
        deposited, in_force: by instrument, `analysis.coverage.shares.over_time`.
        marks: what to point out.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(4.6, 5.2))
    axes.set(xlim=(1989.5, sheet.pick(2026, 2028)), ylim=(-2, 100))
    for instrument_id, frame in deposited.items():
        tone, force = COLOURS[instrument_id], in_force[instrument_id]
        axes.fill_between(frame["year"], 100 * frame["lo"], 100 * frame["hi"], color=tone,
                          alpha=0.25, linewidth=0)  # fmt: skip
        axes.plot(frame["year"], 100 * frame["share"], color=tone, linewidth=2.2)
        axes.plot(force["year"], 100 * force["share"], color=tone, linewidth=1.2,
                  linestyle=(0, (2.5, 1.5)))  # fmt: skip
        _end(axes, instrument_id, frame["year"].iloc[-1], 100 * frame["share"].iloc[-1], sheet)
    for words, point, (year, share) in marks:
        side = "left" if year > point[0] else "right"
        axes.annotate(fill(words, sheet.pick(24, 14)), (point[0], 100 * point[1]), va="center",
                      xytext=(year, 100 * share), ha=side, fontsize=9.5, color=INK,
                      arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.8})  # fmt: skip
    axes.set_xticks(range(1990, 2025, sheet.pick(5, 10)))
    axes.set_ylabel("% of the world’s migrants")
    return drawing


def _end(axes: Axes, instrument_id: str, year: float, share: float, sheet: Sheet) -> None:
    """A bar where the record ends, and beside or above it the name and the last value."""
    tone = COLOURS[instrument_id]
    axes.plot([year], [share], "|", color=tone, markersize=11, markeredgewidth=2)
    text = fill(f"{NAMES[instrument_id]} {share:.0f}%", sheet.pick(40, 18))
    room = axes.get_xlim()[1] - year > sheet.pick(8, 12)
    offset = (7, LIFT[instrument_id] * sheet.pick(1, 2.4)) if room else (0, sheet.pick(12, 20))
    side = "left" if room else "right"
    label(axes, year, share, text, colour=tone, offset=offset, ha=side)


HEADS = {
    "icrmw": "Migrant\nWorkers", "trafficking-protocol": "Traf-\nficking",
    "smuggling-protocol": "Smug-\ngling", "refugee-convention": "Refugee\nConv.",
    "refugee-protocol": "Refugee\nProtocol",
}  # fmt: skip


def hosts(
    names: Mapping[int, str],
    acts: Mapping[str, pd.DataFrame],
    ends: Mapping[str, pd.Timestamp],
    day: pd.Timestamp,
    *,
    sheet: Sheet,
) -> Figure:
    """The largest hosts by instrument: dark where in force on a day, light where later.

    Args:
        names: by M49 code, largest first.
        acts: by instrument, `analysis.coverage.shares.acts`.
        ends: by instrument, the last day of its record.
        day: the day of the report.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(5.8, 6.0))
    for column, (instrument_id, head) in enumerate(HEADS.items()):
        axes.text(column, -0.75, f"{head}\nto {ends[instrument_id].year}", ha="center",
                  va="bottom", fontsize=sheet.pick(9.5, 8.5))  # fmt: skip
        days = acts[instrument_id].reindex(list(names))
        missing = days["deposited"].isna().to_numpy().nonzero()[0]
        axes.plot([column] * len(missing), missing, "_", color=QUIET, markersize=6)
        for row, (deposited, in_force) in enumerate(days.itertuples(index=False)):
            if pd.isna(deposited):
                continue
            bound = in_force <= day
            _ground(axes, column - 0.46, row, 0.92, bound)
            axes.text(column, row, f"{deposited.year}", ha="center", va="center", fontsize=9,
                      color=PAPER if bound else INK)  # fmt: skip
    axes.set_yticks(range(len(names)), list(names.values()))
    axes.set(xlim=(-0.5, len(HEADS) - 0.5), ylim=(len(names) + 0.9, -3), xticks=[])
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    key = {True: f"in force on {day.day} {day:%b %Y}", False: "in force later"}
    for x, (bound, words) in zip((-0.46, sheet.pick(1.54, 2.6)), key.items(), strict=True):
        _ground(axes, x, len(names) + 0.3, 0.2, bound)
        axes.text(x + 0.27, len(names) + 0.3, words, va="center", fontsize=9)
    return drawing


def _ground(axes: Axes, x: float, y: float, width: float, bound: bool) -> None:
    """What a year of deposit stands on, or its key."""
    face = BLUE if bound else PALE
    axes.add_patch(Rectangle((x, y - 0.44), width, 0.88, facecolor=face, linewidth=0))


PANELS = ("icrmw", "trafficking-protocol", "refugee-convention")
ROWS = (DEVELOPMENT, WEIGHT, WITHIN, AREA)


def joined(table: pd.DataFrame, first: int, last: Mapping[str, int], *, sheet: Sheet) -> Figure:
    """The share of each group that had deposited: ring at the report, dot at the record's end.

    Args:
        table: `analysis.coverage.joiners.by_group`.
        first: the year of the report.
        last: by instrument, the year in which its record ends.
    """
    drawing, panels = sheet.canvas(
        height=sheet.pick(6.2, 7.2), columns=len(PANELS), sharey=True, sharex=True
    )
    heads, places = _rows(table[table["instrument_id"] == PANELS[0]])
    for axes, instrument_id in zip(panels, PANELS, strict=True):
        own, tone = table[table["instrument_id"] == instrument_id], COLOURS[instrument_id]
        own = own.set_index(["grouping", "group"]).loc[list(places)]
        ends = own[["earlier", "later"]].mul(100).div(own["states"], axis="index")
        y = list(places.values())
        axes.hlines(y, *ends.to_numpy().T, color=tone, linewidth=2.6, alpha=0.35)
        axes.plot(ends["earlier"], y, "o", color=PAPER, markeredgecolor=tone, markersize=6,
                  markeredgewidth=1.5)  # fmt: skip
        axes.plot(ends["later"], y, "o", color=tone, markersize=7, clip_on=False)
        _date(axes, y[0], ends.iloc[0].tolist(), (first, last[instrument_id]))
        names = [f"{QUARTILES.get(group, group)}, {n}" for (_, group), n in own["states"].items()]
        axes.set_yticks(y, [fill(name, sheet.pick(28, 20)) for name in names], fontsize=9)
        axes.set_title(fill(NAMES[instrument_id], sheet.pick(20, 12)), fontsize=10.5)
        axes.set(xlim=(-6, 106), ylim=(y[-1] + 0.7, 0.3), xticks=(0, 50, 100))
        axes.grid(visible=True, axis="both")
        axes.spines["left"].set_visible(False)
    for grouping, height in heads.items():
        panels[0].annotate(
            GROUPINGS[grouping], (0, height), xycoords=("axes fraction", "data"),
            xytext=(-sheet.pick(126, 104), 0), textcoords="offset points", va="center",
            fontsize=9.5, fontweight="bold", annotation_clip=False,
        )  # fmt: skip
    panels[1].set_xlabel(sheet.pick("Had deposited, % of the States of the group",
                                    "% that had deposited"))  # fmt: skip
    return drawing


def _rows(groups: pd.DataFrame) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How far down the head of each grouping stands, and each of its groups below it."""
    heads, places, y = {}, {}, 0.0
    for grouping in ROWS:
        heads[grouping] = y = y + 1
        for group in groups.loc[groups["grouping"] == grouping, "group"]:
            places[grouping, str(group)] = y = y + 1
    return heads, places


def _date(axes: Axes, y: float, ends: list[float], years: tuple[int, int]) -> None:
    """The years above the two ends of a line, or together where the ends are close."""
    if ends[1] - ends[0] < 10:
        axes.text(ends[0], y - 0.5, f"{years[0]}, {years[1]}", ha="center", va="bottom", fontsize=9)
        return
    for x, year, side in zip(ends, years, ("center", "left"), strict=True):
        axes.text(x, y - 0.5, f"{year}", ha=side, va="bottom", fontsize=9)
