"""The pictures of the chapter on coverage: shares and days in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from textwrap import fill
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import PercentFormatter
from matplotlib.transforms import ScaledTranslation

from analysis.coverage.joiners import AREA, DEVELOPMENT, WEIGHT, WITHIN
from analysis.coverage.tables import GROUPINGS, QUARTILES, short_name
from analysis.marks import asked
from analysis.precision import Interval
from analysis.style import BLUE, INK, INSTRUMENTS, PAPER, QUIET, Sheet, label, visible_steps
from analysis.treaties import NAMES

PALE = "#c3e2f5"  # the blue of the book, light enough for dark type
# How many points a name stands above the end of its line.
LIFT = {"trafficking-protocol": 2, "smuggling-protocol": 6, "refugee-protocol": -7}
DAYS = 25  # steps closer than that look like one
LEAST = 1.0  # per cent; shading of less is as thin as the line
WIDTH = 4000  # days that a name takes
BAR = 8  # points from bar to bar


class Mark(NamedTuple):
    """Words about a point of a line: its day and share of 1, and where the words stand."""

    words: str
    point: tuple[pd.Timestamp, float]
    place: tuple[pd.Timestamp, float]


def over_time(
    lines: Mapping[str, pd.DataFrame],
    since: Mapping[str, tuple[pd.Timestamp, Interval]],
    marks: Sequence[Mark],
    report: pd.Timestamp,
    *,
    sheet: Sheet,
) -> Figure:
    """The share of migrants in States that had deposited, day by day.

    Args:
        lines: by instrument, `analysis.coverage.shares.over_time`.
        since: a later day and the bounds of the share on it, where the line ends before.
        marks: what to point out.
        report: the day of the report.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(4.4, 5.4))
    edges = pd.to_datetime(["1990-01-01", sheet.pick("2028-06-01", "2032-01-01")])
    axes.set(ylim=(-2, 100), xlim=edges)
    axes.axvline(report, 0, 0.94, color=QUIET, linewidth=0.8, zorder=0)
    words = f"{sheet.pick('the report,', 'report,')} {report:%b %Y}"
    label(axes, report, 97, words, colour=QUIET, offset=(0, 0), ha="center")
    for instrument_id, frame in lines.items():
        style = INSTRUMENTS[instrument_id]
        drawn = frame[visible_steps(frame["day"].map(pd.Timestamp.toordinal), DAYS)]
        days, (low, share, high) = drawn["day"], (100 * drawn[["lo", "share", "hi"]].to_numpy().T)
        if (high - low).max() > LEAST:
            axes.fill_between(days, low, high, step="post", color=style["color"], alpha=0.2,
                              linewidth=0)  # fmt: skip
        axes.step(days, share, where="post", **style)
        axes.plot(days.iloc[-1], share[-1], **END, color=style["color"])
        _name(axes, instrument_id, days.iloc[-1], share[-1], sheet)
    for place, (instrument_id, (day, bounds)) in enumerate(since.items()):
        _bounds(axes, day, bounds * 100, INSTRUMENTS[instrument_id]["color"], place)
    for words, point, (day, share) in marks:
        side = "left" if day > point[0] else "right"
        axes.annotate(fill(words, sheet.pick(22, 13)), (point[0], 100 * point[1]), va="center",
                      xytext=(day, 100 * share), ha=side, fontsize=9.5,
                      arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.8,
                                  "shrinkB": 0})  # fmt: skip
    axes.set_xticks(pd.to_datetime([f"{year}" for year in range(1990, 2026, sheet.pick(5, 10))]))
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))
    axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
    return drawing


END = {"marker": "|", "markersize": 11, "markeredgewidth": 2}  # here the record ends


def _name(axes: Axes, instrument_id: str, day: pd.Timestamp, share: float, sheet: Sheet) -> None:
    """The name of a line and its last value, beside its end or, at the edge, above it."""
    tone, name = INSTRUMENTS[instrument_id]["color"], NAMES[instrument_id]
    if date2num(day) > axes.get_xlim()[1] - WIDTH:
        text = fill(f"{name} {share:.0f}%", sheet.pick(40, 17))
        label(axes, day, share, text, colour=tone, offset=(6, sheet.pick(17, 22)), ha="right")
        return
    name = name.replace("ing Protocol", sheet.pick("ing Protocol", "ing"))
    text = fill(f"{name} {share:.0f}%", sheet.pick(40, 12))
    lift = LIFT.get(instrument_id, 0) * sheet.pick(1, 2)
    label(axes, day, share, text, colour=tone, offset=(8, lift))


def _bounds(axes: Axes, day: pd.Timestamp, per_cents: Interval, tone: str, place: int) -> None:
    """A bar from the least to the most that a share can be, beside those before it."""
    moved = axes.transData + ScaledTranslation(BAR * place / 72, 0, axes.figure.dpi_scale_trans)
    axes.vlines(day, per_cents.lo, per_cents.hi, color=tone, linewidth=5, alpha=0.5,
                transform=moved)  # fmt: skip
    middle = (per_cents.lo + per_cents.hi) / 2 + 2 - 6 * place
    text = f"{floor(per_cents.lo)}–{ceil(per_cents.hi)}%"
    label(axes, day, middle, text, colour=tone, offset=(BAR + 7, 0))


# For a narrow sheet, where the columns have no room for whole names.
HEADS = {
    "icrmw": "Migrant\nWorkers", "trafficking-protocol": "Traf-\nficking",
    "smuggling-protocol": "Smug-\ngling", "refugee-convention": "Refugee\nConv.",
    "refugee-protocol": "Refugee\nProtocol",
}  # fmt: skip
CELL = (0.92, 0.88)


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
    cells: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    hosted = [short_name(m49) for m49 in names]
    for column, (instrument_id, head) in enumerate(HEADS.items()):
        head = sheet.pick(fill(NAMES[instrument_id], 15), head)
        axes.text(column, -0.75, f"{head}\nto {ends[instrument_id].year}", ha="center",
                  va="bottom", fontsize=sheet.pick(9.5, 8.5))  # fmt: skip
        asked(axes, [column] * len(names), range(len(names)), hosted, size=CELL)
        days = acts[instrument_id].reindex(list(names))
        missing = days["deposited"].isna().to_numpy().nonzero()[0]
        axes.plot([column] * len(missing), missing, "_", color=QUIET, markersize=6)
        for row, (deposited, in_force) in enumerate(days.itertuples(index=False)):
            if pd.notna(deposited):
                cells[in_force <= day].append((column - 0.46, row))
                axes.text(column, row, f"{deposited.year}", ha="center", va="center", fontsize=9,
                          color=PAPER if in_force <= day else INK)  # fmt: skip
    axes.set_yticks(range(len(names)), list(names.values()))
    axes.set(xlim=(-0.5, len(HEADS) - 0.5), ylim=(len(names) + 0.9, -3), xticks=[])
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    key = {True: f"in force on {day.day} {day:%b %Y}", False: "in force later"}
    for x, (bound, words) in zip((-0.46, sheet.pick(1.54, 2.6)), key.items(), strict=True):
        _ground(axes, cells[bound], 0.92, bound)
        _ground(axes, [(x, len(names) + 0.3)], 0.2, bound)
        axes.text(x + 0.27, len(names) + 0.3, words, va="center", fontsize=9)
    return drawing


def _ground(axes: Axes, lefts: list[tuple[float, float]], width: float, bound: bool) -> None:
    """What years of deposit stand on, or their key, as one shape."""
    corners = np.array([(0, -0.44), (width, -0.44), (width, 0.44), (0, 0.44), (0, -0.44)])
    shape = Path.make_compound_path(*(Path(left + corners, closed=True) for left in lefts))
    axes.add_patch(PathPatch(shape, facecolor=BLUE if bound else PALE, linewidth=0))


COMPARED = ("icrmw", "trafficking-protocol")
APART = 0.19  # rows from the middle of a group to either of its lines
ROWS = (DEVELOPMENT, WEIGHT, WITHIN, AREA)


def joined(table: pd.DataFrame, first: int, last: Mapping[str, int], *, sheet: Sheet) -> Figure:
    """The share of each group that had deposited: ring at the report, dot at the record's end.

    Args:
        table: `analysis.coverage.joiners.by_group`.
        first: the year of the report.
        last: by instrument, the year in which its record ends.
    """
    drawing, axes = sheet.canvas(height=sheet.pick(6.2, 8.4))
    one = table[table["instrument_id"] == COMPARED[0]]
    heads, places = _rows(one, sheet.pick(1, 1.5))
    top = sheet.pick(1.8, 2.8)  # rows above the first head, for the key
    y, words = np.array([*places.values()]), [(GROUPINGS[by], QUARTILES.get(group, group))
                                              for by, group in places]  # fmt: skip
    for line, instrument_id in enumerate(COMPARED):
        tone, at = INSTRUMENTS[instrument_id]["color"], y + APART * (2 * line - 1)
        own = table[table["instrument_id"] == instrument_id]
        own = own.set_index(["grouping", "group"]).loc[list(places)]
        ends = own[["earlier", "later"]].mul(100).div(own["states"], axis="index")
        _spans(axes, ends, at, tone)
        for end in ends:
            asked(axes, ends[end], list(at), *zip(*words, strict=True))
        _key(axes, instrument_id, (first, last[instrument_id]), line * top / 2 - top + 0.7, sheet)
    names = [f"{name}, {n}" for (_, name), n in zip(words, own["states"], strict=True)]
    axes.set_yticks(y, [fill(name, sheet.pick(36, 20)) for name in names], fontsize=9)
    for grouping, height in heads.items():
        axes.annotate(
            fill(GROUPINGS[grouping], sheet.pick(40, 20)), (0, height), ha="right", va="center",
            xycoords=("axes fraction", "data"), xytext=(-7, 0), textcoords="offset points",
            fontsize=10, fontweight="bold", color=QUIET, annotation_clip=False,
        )  # fmt: skip
    axes.set(xlim=(-3, 103), ylim=(y[-1] + 0.8, -top), xticks=range(0, 101, 25))
    axes.set_xlabel("Had deposited, % of the group")
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.spines["left"].set_visible(False)
    return drawing


def _spans(axes: Axes, ends: pd.DataFrame, at: np.ndarray, tone: str) -> None:
    """From ring to dot, a line each."""
    axes.hlines(at, *ends.to_numpy().T, color=tone, linewidth=2.6, alpha=0.35)
    axes.plot(ends["earlier"], at, "o", color=PAPER, markeredgecolor=tone, markersize=5.5,
              markeredgewidth=1.5)  # fmt: skip
    axes.plot(ends["later"], at, "o", color=tone, markersize=6.5, clip_on=False)


def _key(axes: Axes, instrument_id: str, years: tuple[int, int], y: float, sheet: Sheet) -> None:
    """A line of the convention with the years of its ring and its dot."""
    tone = INSTRUMENTS[instrument_id]["color"]
    ends = pd.DataFrame({"earlier": [0.0], "later": [sheet.pick(7.0, 10.0)]})
    _spans(axes, ends, np.array([y]), tone)
    words = f"{NAMES[instrument_id]}, {years[0]} and {years[1]}"
    label(axes, ends["later"][0], y, fill(words, sheet.pick(60, 27)), colour=tone, offset=(9, 0),
          bbox={"color": PAPER, "pad": 0.5})  # fmt: skip


def _rows(
    groups: pd.DataFrame, before: float
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How far down the head of each grouping stands, `before` rows on, and each of its groups."""
    heads, places, y = {}, {}, 0.0
    for grouping in ROWS:
        heads[grouping] = y = y + before
        for group in groups.loc[groups["grouping"] == grouping, "group"]:
            places[grouping, str(group)] = y = y + 1
    return heads, places
