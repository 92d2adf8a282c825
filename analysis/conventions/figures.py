"""The pictures of the chapter on conventions: dated counts in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.conventions.participation import OPEN
from analysis.conventions.ratifications import DEPOSITED, IN_FORCE, SIGNATURES
from analysis.conventions.tables import ACTS, WAITS
from analysis.marks import answering, asked
from analysis.style import (
    BLUE,
    INK,
    INSTRUMENTS,
    PAPER,
    QUIET,
    RULE,
    SKY,
    Sheet,
    label,
    visible_steps,
)
from analysis.treaties import NAMES
from analysis.words import listing

TwoDays = tuple[pd.Timestamp, pd.Timestamp]
COUNTED = {SIGNATURES: "signed", DEPOSITED: "had deposited", IN_FORCE: "in force for"}
STOP = {"marker": "|", "markersize": 13, "markeredgewidth": 2.2}  # here the record ends


def windows(
    strips: pd.DataFrame, bars: pd.DataFrame, stated: int, floor: float, report: TwoDays, *,
    sheet: Sheet,
) -> Figure:  # fmt: skip
    """The stated counts against the record: one day by day, the other by what it may count.

    Args:
        strips: `ratifications.standing`: the counts of the Migrant Workers Convention.
        bars: columns `instrument_id`, `counted`, `states`: of the Protocols on one day.
        stated: the number that `strips` is held against.
        floor: the number that `bars` are said to exceed.
        report: the first and the last day on which the report can have been written.
    """
    figure, (upper, lower) = sheet.canvas(
        sheet.pick(4.9, 5.9), rows=2, height_ratios=sheet.pick([1, 1.35], [1, 1.5])
    )
    _strips(upper, strips, stated, report, sheet)
    _bars(lower, bars, floor, sheet)
    return figure


def _strips(
    axes: Axes, strips: pd.DataFrame, stated: int, report: TwoDays, sheet: Sheet
) -> None:  # fmt: skip
    """Each count as a row of stretches of days, the stretch of the stated number in full colour."""
    tone = INSTRUMENTS["icrmw"]["color"]
    names = list(dict.fromkeys(strips["counted"]))
    for row in strips.itertuples():
        y, holds = names.index(row.counted), row.states == stated
        start, end = mdates.date2num([row.first, row.last])
        bars = axes.barh(y, end - start, left=start, height=0.5, color=tone if holds else RULE,
                         edgecolor=PAPER, linewidth=1.5, zorder=2)  # fmt: skip
        answering(axes, bars, NAMES["icrmw"], ACTS[row.counted], f"{row.first:%Y-%m-%d}")
        # A stretch of days too short for its number stays without it.
        if end - start > 12:
            axes.text((start + end) / 2, y, f"{row.states}", ha="center", va="center", zorder=3,
                      color=PAPER if holds else INK, fontsize=11 if holds else 9.5,
                      fontweight="bold" if holds else None)  # fmt: skip
        if holds:
            text = f"{_short(row.first)} to {_short(row.last)}"
            axes.text(start, y + 0.3, text, va="top", fontsize=9, color=tone, zorder=5,
                      bbox={"color": PAPER, "pad": 0.3})  # fmt: skip
    for day in report:
        axes.axvline(day, color=INK, linewidth=1.1, linestyle=(0, (3, 2)), zorder=4)
    axes.text(report[0] + (report[1] - report[0]) / 2, -0.45, "the report was\nwritten here",
              ha="center", va="bottom", fontsize=9)  # fmt: skip
    axes.set_yticks(range(len(names)), [COUNTED[name] for name in names])
    axes.set(ylim=(len(names) - 0.3, -1.35), xlim=(strips["first"].min(), strips["last"].max()))
    gap = sheet.pick(" ", "\n")
    axes.set_title(f"Migrant Workers Convention:{gap}States, day by day")
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(mdates.MonthLocator(interval=sheet.pick(1, 2)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y" if sheet.narrow else "%b"))


def _bars(axes: Axes, bars: pd.DataFrame, floor: float, sheet: Sheet) -> None:
    """Acts of both Protocols as bars; those of more than the stated number in full colour."""
    at = []
    for place, row in enumerate(bars.itertuples()):
        y = place + place // 3 * 1.2  # a head above each Protocol
        at.append(y)
        tone = INSTRUMENTS[row.instrument_id]["color"]
        face = tone if row.states > floor else PAPER
        bar = axes.barh(y, row.states, 0.62, color=face, edgecolor=tone, linewidth=1.2, zorder=2)
        answering(axes, bar, NAMES[row.instrument_id], ACTS[row.counted])
        label(axes, row.states, y, f"{row.states}", colour=tone, fontweight="bold",
              bbox={"color": PAPER, "pad": 0.5})  # fmt: skip
        if not place % 3:
            axes.text(0, y - 0.4, NAMES[row.instrument_id], va="bottom", color=tone)
    axes.plot([floor] * 2, [-0.35, at[-1] + 0.45], color=INK, linewidth=1.1, zorder=3)
    axes.text(floor, at[-1] + 0.55, f"stated: more than {floor:.0f}", ha="center", va="top",
              fontsize=9.5)  # fmt: skip
    axes.set_yticks(at, [COUNTED[name] for name in bars["counted"]])
    axes.set(ylim=(at[-1] + 1.3, -1.3), xlim=(0, sheet.pick(126, 135)), xticks=[])
    gap = sheet.pick(" ", "\n")
    axes.set_title(f"The Protocols: States on the{gap}report's first possible day")
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)


def _short(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


# How far a label stands above or below the end of its line, in percentage points: on a page, and
# on a narrow sheet, where it has two lines or three.
NUDGE = {
    "trafficking-protocol": (6.5, 11.0), "refugee-protocol": (2.9, 8.5),
    "refugee-convention": (-1.4, -0.6), "smuggling-protocol": (-5.6, -6.5), "icrmw": (0.0, 0.0),
}  # fmt: skip


LATE = 2020  # from here a narrow sheet has room for short lines alone
DAYS = 60  # steps closer than that look like one


def diffusion(
    curves: Mapping[str, pd.DataFrame], stated: tuple[pd.Timestamp, float, str], *, sheet: Sheet
) -> Figure:
    """Depositors as a share of the Member States of the day, with a stated count.

    Args:
        curves: by instrument, `participation.diffusion`.
        stated: day, share of 1 and text of the count.
    """
    figure, axes = sheet.canvas(height=sheet.pick(4.0, 4.8))
    gap = sheet.pick(" ", "\n")
    for instrument_id, curve in curves.items():
        tone = INSTRUMENTS[instrument_id]["color"]
        day, share = curve["day"].iloc[-1], 100 * curve["share"].iloc[-1]
        drawn = curve[visible_steps(curve["day"].map(pd.Timestamp.toordinal), DAYS)]
        axes.step(drawn["day"], 100 * drawn["share"], where="post", **INSTRUMENTS[instrument_id])
        axes.plot(day, share, color=tone, **STOP)
        name = fill(NAMES[instrument_id], sheet.pick(40, 20 if day.year < LATE else 15))
        text = f"{name}{gap}{share:.0f}%, {day.year}"
        label(axes, day, share + sheet.pick(*NUDGE[instrument_id]), text, colour=tone,
              fontsize=9.5, bbox={"color": PAPER, "pad": 0.5})  # fmt: skip
    day, share, text = stated
    axes.plot(day, 100 * share, "o", color=PAPER, markeredgecolor=INK, markeredgewidth=1.6,
              markersize=7, zorder=5)  # fmt: skip
    label(axes, day, 100 * share, text, offset=(8, -9))
    axes.set(xlim=pd.to_datetime(["1950", sheet.pick("2046", "2057")]), ylim=(0, 100))
    axes.set_ylabel("% of the Member States of the day")
    years = range(1950, 2030, sheet.pick(10, 20))
    axes.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years])
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    axes.tick_params(axis="x", pad=6)  # the first year stands clear of the zero beside it
    axes.spines["bottom"].set_bounds(*mdates.date2num(pd.to_datetime(["1950-01-01", "2026-06-01"])))
    return figure


STEPS = 300  # more across a panel cannot be told apart
HALF = 50  # per cent: the line of a majority


def _steps(curve: pd.DataFrame, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Years and per cents of the share of `participation.by_age`, up to `end` years."""
    within = curve[curve["years"] <= end]
    shares = 100 * within["share"].to_numpy(dtype=float)
    return np.append(within["years"], end), np.append(shares, shares[-1])


def one_scale(curves: Mapping[str, pd.DataFrame], age: int, *, sheet: Sheet) -> Figure:
    """Share that had deposited by years since adoption, as far as the youngest convention is old.

    Args:
        curves: by instrument, `participation.by_age`.
        age: whole years that the record covers for all.
    """
    figure, axes = sheet.canvas(sheet.pick(4.0, 4.8))
    most = float(curves["icrmw"]["years"].iloc[-1])
    axes.axvline(age, color=QUIET, linewidth=0.9)
    axes.hlines(HALF, 0, most, color=QUIET, linewidth=0.9, linestyle=(0, (2, 2)))
    for instrument_id, curve in curves.items():
        tone, years = INSTRUMENTS[instrument_id]["color"], float(curve["years"].iloc[-1])
        end = min(years, most)
        drawn = curve[visible_steps(curve["years"], end / STEPS)]
        counted = _steps(drawn, end)
        axes.step(*counted, where="post", **INSTRUMENTS[instrument_id])
        if years <= most:
            axes.plot(years, counted[1][-1], color=tone, **STOP)
        reached = _steps(curve, age)[1][-1]
        axes.plot([age], [reached], "o", color=tone, markersize=5, zorder=4)
        offset, side = AT_AGE[instrument_id]
        label(axes, age, reached, f"{reached:.0f}%", colour=tone, offset=offset, ha=side,
              fontsize=10.5, fontweight="bold", bbox={"color": PAPER, "pad": 0.3})  # fmt: skip
        x, y = sheet.pick(*NAMED[instrument_id])
        axes.text(x, y, NAMES[instrument_id], color=tone, fontsize=9.5, va="center")
    label(axes, age, 97, f"at {age} years", colour=QUIET)
    label(axes, most, HALF, "half", colour=QUIET, offset=(0, 8), ha="right")
    axes.set(xlim=(0, most + 0.6), ylim=(0, 100), xlabel="Years since adoption")
    axes.set_ylabel("% of the Member States of the day")
    return figure


# Where the share at the common age stands beside its dot (points), and on which side.
AT_AGE: dict[str, tuple[tuple[float, float], str]] = {
    "trafficking-protocol": ((7, 0), "left"), "smuggling-protocol": ((7, 0), "left"),
    "refugee-protocol": ((-7, 8), "right"), "refugee-convention": ((7, -9), "left"),
    "icrmw": ((7, -8), "left"),
}  # fmt: skip
# Where the name of a curve stands, on the page and on a phone: years, per cent.
NAMED = {
    "trafficking-protocol": ((15.6, 82), (17.2, 82)),
    "smuggling-protocol": ((15.6, 71), (17.2, 71)),
    "refugee-protocol": ((27, 75), (25.8, 77)), "refugee-convention": ((24.5, 38), (19, 37)),
    "icrmw": ((21, 18), (17.2, 9)),
}  # fmt: skip


# Waits from short to long, darker to lighter; hollow where there was no deposit.
SHADES = ("#00456b", BLUE, SKY, "#c3e2f5")
NONE: dict[str, Any] = {"facecolor": PAPER, "edgecolor": QUIET, "hatch": "////"}
LEAST = 4  # per cent of a bar in which a number has room


def lags(waits: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Signatories of each instrument as one bar, cut by how long they took to deposit.

    Args:
        waits: `participation.waits`.
    """
    figure, axes = sheet.canvas(height=sheet.pick(3.1, 4.7))
    for y, (instrument_id, counts) in enumerate(waits.iterrows()):
        left, all_ = 0.0, counts.sum()
        for place, (wait, count) in enumerate(counts.items()):
            face = NONE if wait == OPEN else {"facecolor": SHADES[place], "edgecolor": PAPER}
            width = 100 * count / all_
            bars = axes.barh(y, width, 0.62, left=left, linewidth=0.8, zorder=2, **face,
                             label=None if y else WAITS[wait])  # fmt: skip
            if count:
                answering(axes, bars, NAMES[str(instrument_id)], WAITS[wait])
            if width > sheet.pick(LEAST, 2 * LEAST):
                axes.text(left + width / 2, y, f"{count}", ha="center", va="center", zorder=3,
                          fontsize=9.5, color=PAPER if place < 2 else INK,
                          bbox={"color": PAPER, "pad": 1} if wait == OPEN else None)  # fmt: skip
            left += width
    signed = waits.sum(axis=1).items()
    names = [f"{fill(NAMES[str(i)], sheet.pick(40, 16))}\n{n} signatories" for i, n in signed]
    axes.set_yticks(range(len(waits)), names, fontsize=sheet.pick(10.5, 9.5))
    axes.set(ylim=(len(waits) - 0.5, -0.5), xlim=(0, 100), xlabel="% of signatories")
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=sheet.pick(5, 2), fontsize=9, handlelength=1.2,
                  columnspacing=1.4)  # fmt: skip
    return figure


RARE = 5  # States; sets that never had so many are drawn as one


def overlap(sets: pd.DataFrame, days: TwoDays, *, sheet: Sheet) -> Figure:
    """States by the exact set of instruments they had deposited for: ring and dot for two days.

    Args:
        sets: `participation.shared_sets`, the last row for States that had for none.
        days: the two days.
    """
    counts = ["earlier", "later"]
    rare = (sets[counts] < RARE).all(axis=1) & sets[list(NAMES)].any(axis=1)
    own = sets[~rare].set_index(pd.Index(_names(sets[~rare])))[counts]
    pooled = sets.loc[rare, counts].sum().rename(f"{rare.sum()} other sets, together")
    shown = pd.concat([own.iloc[:-1], pooled.to_frame().T, own.iloc[-1:]])
    figure, axes = sheet.canvas(height=sheet.pick(3.7, 5.6))
    at = range(len(shown))
    axes.axvline(0, color=RULE, linewidth=0.8, zorder=0)
    axes.hlines(at, shown["earlier"], shown["later"], color=BLUE, linewidth=2.6, alpha=0.35)
    axes.plot(shown["earlier"], at, "o", color=PAPER, markeredgecolor=BLUE, markeredgewidth=1.5)
    axes.plot(shown["later"], at, "o", color=BLUE, markersize=7)
    for y, row in zip(at, shown.itertuples(), strict=True):
        for count, other in ((row.earlier, row.later), (row.later, row.earlier)):
            right = count > other
            label(axes, count, y, f"{count}", offset=(7 if right else -7, 0), fontsize=9.5,
                  ha="left" if right else "right")  # fmt: skip
    for key, day in zip(counts, days, strict=True):
        axes.text(shown[key].iloc[0], -0.35, _short(day), ha="center", va="bottom", fontsize=9.5)
    held = sets.loc[~rare, list(NAMES)].map(lambda holds: str(holds).lower())
    places = [*at[:-2], at[-1]]
    for key in counts:
        asked(axes, sets.loc[~rare, key], places, *(held[i].tolist() for i in NAMES))
    axes.set_yticks(at, [fill(name, sheet.pick(36, 21)) for name in shown.index],
                    fontsize=sheet.pick(10, 9.5))  # fmt: skip
    axes.set(ylim=(len(shown) - 0.5, -1.1), xlim=(-8, sheet.pick(86, 88)), xticks=[])
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    return figure


PAIRS = {
    "refugee instruments": ("refugee-convention", "refugee-protocol"),
    "both Protocols": ("trafficking-protocol", "smuggling-protocol"),
}


def _names(sets: pd.DataFrame) -> list[str]:
    """What each row of sets holds, in words; a pair that belongs together has a name of its own."""
    found = []
    for row in sets[list(NAMES)].itertuples(index=False):
        held = [i for i, holds in zip(NAMES, row, strict=True) if holds]
        whole = {name: pair for name, pair in PAIRS.items() if set(pair) <= set(held)}
        rest = [NAMES[i] for i in held if not any(i in pair for pair in whole.values())]
        words = [*whole, *rest]
        if not words:
            found.append("none of the instruments")
        elif len(words) == 1:
            found.append(f"{words[0]} alone")
        else:
            found.append("all instruments" if len(held) == len(NAMES) else listing(words))
    return [name[0].upper() + name[1:] for name in found]
