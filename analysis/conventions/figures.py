"""The pictures of the chapter on conventions: dated counts in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.style import BLUE, INK, INSTRUMENTS, PAPER, QUIET, RULE, Sheet, label, visible_steps
from analysis.treaties import NAMES, Window
from analysis.words import listing

TwoDays = tuple[pd.Timestamp, pd.Timestamp]
STOP = {"marker": "|", "markersize": 13, "markeredgewidth": 2.2}  # here the record ends


def _running(dates: pd.Series, last: pd.Timestamp) -> tuple[list[pd.Timestamp], list[int]]:
    days = sorted(dates[dates <= last])
    return [*days, last], [*range(1, len(days) + 1), len(days)]


def stated_window(
    running: Mapping[str, pd.Series],
    stated: int,
    held: Mapping[str, Window],
    axes: Axes,
    report: TwoDays,
) -> None:
    """Both counts of the Migrant Workers Convention, and the days of the stated number in each."""
    first, last = pd.Timestamp("2003-09-01"), pd.Timestamp("2005-07-01")
    tone = INSTRUMENTS["icrmw"]["color"]
    axes.axvspan(*report, color=RULE, alpha=0.75, linewidth=0, zorder=0)
    for (counted, dates), width in zip(running.items(), (2.4, 1.1), strict=True):
        axes.step(*_running(dates, last), where="post", color=tone, linewidth=width)
        days = held[counted].days
        axes.plot(days, [stated] * 2, color=INK, linewidth=2 * width + 0.4, solid_capstyle="butt")
    (one, other) = (held[counted].days for counted in running)
    for days, words, offset, side, base in (
        (one, "had deposited", (-5, 5), "right", "bottom"),
        (other, "in force for", (4, -6), "left", "top"),
    ):
        at = days.first if side == "right" else days.last
        text = f"{words} {stated}:\n{_short(days.first)} to\n{_short(days.last)}"
        label(axes, at, stated, text, offset=offset, ha=side, va=base,
              bbox={"color": PAPER, "pad": 0})  # fmt: skip
    axes.set(xlim=(first, last), ylim=(20.5, 31), ylabel="States")
    axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 7)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))


def _short(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


def windows(
    running: Mapping[str, pd.Series],
    stated: int,
    held: Mapping[str, Window],
    protocols: Mapping[str, tuple[pd.Series, pd.Series, pd.Series]],
    floor: float,
    report: TwoDays,
    *,
    sheet: Sheet,
) -> Figure:
    """The stated counts on the running counts of the record, around the report's date.

    Args:
        running: for the Migrant Workers Convention, days of deposit and days from which it is in
            force, in this order.
        stated: the stated count.
        held: by the same keys, the days on which it held.
        protocols: for the Trafficking and the Smuggling Protocol, days of signature, of deposit
            and from which it is in force.
        floor: the number that signatories are said to exceed.
        report: the first and the last day on which the report can have been written.
    """
    figure, (left, right) = sheet.canvas(
        sheet.pick(4.0, 6.4), sheet.pick(1, 2), sheet.pick(2, 1),
        width_ratios=sheet.pick([1, 1.15], [1]),
    )  # fmt: skip
    stated_window(running, stated, held, left, report)
    left.set_title(fill("The Migrant Workers Convention", sheet.pick(20, 40)))
    end = pd.Timestamp("2007-06-30")
    for instrument_id, (signed, deposited, force) in protocols.items():
        style = {**INSTRUMENTS[instrument_id], "linewidth": 2.0}
        for dates in (signed, force):
            right.step(*_running(dates, end), where="post", **{**style, "linewidth": 1.0})
        right.step(*_running(deposited, end), where="post", **style)
    right.axhline(floor, color=INK, linewidth=0.9)
    right.axvspan(*report, color=RULE, alpha=0.75, linewidth=0, zorder=0)
    label(right, report[1], 8, "A/59/325", colour=QUIET)
    places = [("2003-02-01", 125, "left"), ("2003-11-01", 66.5, "right"),
              ("2003-02-01", 105.5, "left"), ("2005-01-15", 53, "left")]  # fmt: skip
    texts = [f"{NAMES[i].removesuffix(' Protocol')}: {what}"
             for i in protocols for what in ("signed", "deposited")]  # fmt: skip
    tones = [INSTRUMENTS[i]["color"] for i in protocols for _ in range(2)]
    for (day, y, side), text, tone in zip(places, texts, tones, strict=True):
        label(right, pd.Timestamp(day), y, text, colour=tone, ha=side, offset=(0, 0))
    label(right, pd.Timestamp("2004-03-01"), 22, "thin: in force for", colour=QUIET, offset=(0, 0))
    label(right, pd.Timestamp("2004-09-01"), floor, f"stated: more\nthan {floor:.0f} signed",
          offset=(-4, -3), ha="right", va="top")  # fmt: skip
    right.set(xlim=(pd.Timestamp("2000-11-15"), end), ylim=(0, 130))
    right.set_title(fill("The Protocols", sheet.pick(20, 40)))
    right.xaxis.set_major_locator(mdates.YearLocator(2))
    right.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    return figure


# How far a label stands above or below the end of its line, in percentage points.
NUDGE = {
    "trafficking-protocol": 6.5, "refugee-protocol": 2.9, "refugee-convention": -1.4,
    "smuggling-protocol": -5.6, "icrmw": 0.0,
}  # fmt: skip
# Where it stands on a narrow sheet, which has no room for all at the ends: year, per cent.
PLACES = {
    "trafficking-protocol": ("2015", 89), "refugee-protocol": ("1973", 17),
    "refugee-convention": ("1951", 57), "smuggling-protocol": ("2015", 64), "icrmw": ("2011", 40),
}  # fmt: skip


DAYS = 60  # steps closer than that look like one


def diffusion(
    curves: Mapping[str, pd.DataFrame],
    exact: tuple[pd.Timestamp, float, str],
    floor: tuple[pd.Timestamp, float, str],
    *,
    sheet: Sheet,
) -> Figure:
    """Depositors as a share of the Member States of the day, with the stated counts.

    Args:
        curves: by instrument, `participation.diffusion`.
        exact: day, share of 1 and text of a count stated exactly.
        floor: the same of a count stated as "more than".
    """
    figure, axes = sheet.canvas(height=sheet.pick(4.5, 5.0))
    gap = sheet.pick(" ", "\n")
    for instrument_id, curve in curves.items():
        tone = INSTRUMENTS[instrument_id]["color"]
        day, share = curve["day"].iloc[-1], 100 * curve["share"].iloc[-1]
        drawn = curve[visible_steps(curve["day"].map(pd.Timestamp.toordinal), DAYS)]
        axes.step(drawn["day"], 100 * drawn["share"], where="post", **INSTRUMENTS[instrument_id])
        axes.plot(day, share, color=tone, **STOP)
        year, height = PLACES[instrument_id]
        x, y = sheet.pick((day, share + NUDGE[instrument_id]), (pd.Timestamp(year), height))
        text = f"{fill(f'{NAMES[instrument_id]},', sheet.pick(40, 16))}{gap}to {day:%b %Y}"
        label(axes, x, y, text, colour=tone, fontsize=9, bbox={"color": PAPER, "pad": 0.5})
    axes.plot(exact[0], 100 * exact[1], "o", color=PAPER, markeredgecolor=INK,
              markeredgewidth=1.6, markersize=7, zorder=5)  # fmt: skip
    label(axes, exact[0], 100 * exact[1], exact[2], offset=(7, -9))
    axes.annotate("", (floor[0], 100 * floor[1] + 9), (floor[0], 100 * floor[1]), zorder=5,
                  arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.4})  # fmt: skip
    axes.plot(floor[0], 100 * floor[1], "_", color=INK, markersize=12, markeredgewidth=1.6)
    text = fill(floor[2], sheet.pick(16, 12))
    label(axes, floor[0], 100 * floor[1], text, offset=(-9, sheet.pick(-12, -18)), ha="right")
    axes.set(xlim=pd.to_datetime(["1950", sheet.pick("2044", "2034")]), ylim=(0, 100))
    axes.set_ylabel("Had deposited, % of the Member States of the day")
    years = range(1950, 2030, sheet.pick(10, 20))
    axes.set_xticks([pd.Timestamp(f"{year}-01-01") for year in years])
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    axes.tick_params(axis="x", pad=6)  # the first year stands clear of the zero beside it
    axes.spines["bottom"].set_bounds(*mdates.date2num(pd.to_datetime(["1950-01-01", "2026-06-01"])))
    return figure


STEPS = 300  # more across a panel cannot be told apart
LEAST = 1.0  # per cent; shading of less is as thin as the line
HALF = 50  # per cent: the line of a majority


def _steps(curve: pd.DataFrame, column: str, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Years and per cents of a share of `participation.by_age`, up to `end` years."""
    within = curve[curve["years"] <= end]
    shares = 100 * within[column].to_numpy(dtype=float)
    return np.append(within["years"], end), np.append(shares, shares[-1])


def one_scale(curves: Mapping[str, pd.DataFrame], age: int, *, sheet: Sheet) -> Figure:
    """Share that had deposited by years since adoption; first, to the common age.

    Args:
        curves: by instrument, `participation.by_age`; the shading reaches from the share of the
            Member States of the day to the estimate for States at risk.
        age: whole years that the record covers for all.
    """
    figure, (left, right) = sheet.canvas(
        sheet.pick(4.5, 7.4), sheet.pick(1, 2), sheet.pick(2, 1), sharey=True,
        width_ratios=sheet.pick([1.1, 1.25], [1]),
    )  # fmt: skip
    for instrument_id, curve in curves.items():
        tone, years = INSTRUMENTS[instrument_id]["color"], float(curve["years"].iloc[-1])
        for axes, end in ((left, float(age)), (right, years)):
            drawn = curve[visible_steps(curve["years"], end / STEPS)]
            counted, estimated = (_steps(drawn, name, end) for name in ("share", "estimate"))
            axes.step(*counted, where="post", **INSTRUMENTS[instrument_id])
            if np.abs(estimated[1] - counted[1]).max() > LEAST:
                axes.fill_between(counted[0], counted[1], estimated[1], step="post", color=tone,
                                  alpha=0.13, linewidth=0)  # fmt: skip
        reached = _steps(curve, "share", age)[1][-1]
        label(left, age, reached, f"{reached:.0f}%", colour=tone, offset=(4, 0), fontsize=10.5,
              bbox={"color": PAPER, "pad": 0.5})  # fmt: skip
        right.plot(years, _steps(curve, "share", years)[1][-1], color=tone, **STOP)
    _name_curves(left, right)
    for axes, end in ((left, age), (right, 66)):
        axes.hlines(HALF, 0, end, color=QUIET, linewidth=0.8, linestyle=(0, (2, 2)))
        axes.set_xlabel("Years since adoption")
    left.set(xlim=(0, age + 1.6), ylim=(0, 100), xticks=range(0, age + 1, 2))
    left.set_title("To the age that all have reached")
    right.set(xlim=(0, 66), title="As far as the record goes")
    left.set_ylabel("Had deposited, % of Members of the day")
    right.set_ylabel(sheet.pick("", left.get_ylabel()))
    return figure


def _name_curves(left: Axes, right: Axes) -> None:
    for instrument_id, x, y, side in (
        ("trafficking-protocol", 6.6, 65, "right"), ("smuggling-protocol", 8.2, 56.5, "left"),
        ("refugee-protocol", 6.0, 34.8, "left"), ("refugee-convention", 6.3, 13.5, "left"),
        ("icrmw", 13.0, 3.0, "right"),
    ):  # fmt: skip
        name = NAMES[instrument_id].replace("Workers Convention", "Workers")
        left.text(x, y, name, color=INSTRUMENTS[instrument_id]["color"], fontsize=9, ha=side,
                  va="center")  # fmt: skip
    for instrument_id, x, y in (
        ("trafficking-protocol", 14.3, 87), ("smuggling-protocol", 14.3, 74.5),
        ("refugee-protocol", 27, 90), ("refugee-convention", 45, 58), ("icrmw", 37, 32),
    ):  # fmt: skip
        short = NAMES[instrument_id].replace("Trafficking Protocol", "Trafficking")
        short = short.replace("Smuggling Protocol", "Smuggling").replace("s Conv", "s\nConv")
        right.text(x, y, short, color=INSTRUMENTS[instrument_id]["color"], fontsize=9, va="center")


BIN = 0.5  # years in which waits share a pile


def lags(
    waits: Mapping[str, pd.DataFrame], medians: Mapping[str, float], *, sheet: Sheet
) -> Figure:
    """Every signatory's wait from signature to deposit; open where it had not ended.

    Args:
        waits: by instrument, `participation.lags`.
        medians: by instrument, the median wait in years.
    """
    figure, axes = sheet.canvas(height=sheet.pick(5.6, 6.2))
    base, lift = 0.0, sheet.pick(0.0, 1.9)  # a narrow sheet gives the name a line of its own
    for instrument_id, frame in reversed(list(waits.items())):
        tone, dots = INSTRUMENTS[instrument_id]["color"], _stacked(frame)
        for event, face in ((1, tone), (0, PAPER)):
            some = dots[dots["event"] == event]
            axes.plot(some["bin"], base + some["height"], "o", color=face, markeredgecolor=tone,
                      markeredgewidth=1.0, markersize=sheet.pick(4.3, 3.6))  # fmt: skip
        top = base + float(dots["height"].max()) + 1.2
        middle = medians[instrument_id]
        axes.vlines(middle, base, top + 0.8, color=INK, linewidth=1.3, zorder=0)
        side = "left" if middle < 6 else "right"
        label(axes, middle, top, f"median {middle:.1f} years", ha=side,
              offset=(4 if side == "left" else -4, 0))  # fmt: skip
        text = f"{NAMES[instrument_id]}: {frame['event'].sum()} of {len(frame)} deposited"
        axes.text(26.5, top + lift, text, ha="right", va="center", color=tone)
        axes.axhline(base, color=QUIET, linewidth=0.7)
        base = top + lift + 2.0
    axes.set(ylim=(0, base - 0.8), xlim=(-0.4, 26.5), yticks=[])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    text = "Years from signature to deposit. Open: no deposit when the record ends"
    axes.set_xlabel(fill(text, sheet.pick(80, 37)))
    return figure


def _stacked(frame: pd.DataFrame, width: float = BIN) -> pd.DataFrame:
    """Dots piled in bins of `width` years, deposits below waits that had not ended."""
    dots = frame.assign(bin=(frame["time"] // width) * width + width / 2)
    dots = dots.sort_values(["bin", "event", "time"], ascending=[True, False, True])
    return dots.assign(height=dots.groupby("bin").cumcount() + 1)


RARE = 5  # States; sets that never had so many are drawn as one


def overlap(sets: pd.DataFrame, days: TwoDays, *, sheet: Sheet) -> Figure:
    """States by the exact set of instruments they had deposited for, on two days.

    Args:
        sets: `participation.shared_sets`, the last row for States that had for none.
        days: the two days.
    """
    counts = ["earlier", "later"]
    rare = (sets[counts] < RARE).all(axis=1) & sets[list(NAMES)].any(axis=1)
    own = sets[~rare].set_index(pd.Index(_names(sets[~rare])))[counts]
    pooled = sets.loc[rare, counts].sum().rename(f"{rare.sum()} other sets")
    shown = pd.concat([own.iloc[:-1], pooled.to_frame().T, own.iloc[-1:]])
    figure, axes = sheet.canvas(height=sheet.pick(4.6, 5.6))
    at = np.arange(len(shown))
    pairs = ((-0.2, "earlier", PAPER, days[0]), (0.2, "later", BLUE, days[1]))
    for shift, key, face, day in pairs:
        axes.barh(at + shift, shown[key], 0.38, color=face, edgecolor=BLUE, linewidth=1)
        for y, count in zip(at + shift, shown[key], strict=True):
            text = f"{count} on {_short(day)}" if y == shift else f"{count}"
            label(axes, count, y, text, offset=(4, 0), fontsize=9)
    axes.set_yticks(at, [fill(name, sheet.pick(36, 20)) for name in shown.index])
    axes.set(ylim=(len(shown) - 0.5, -0.6), xticks=[], xlim=(0, sheet.pick(90, 105)))
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
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
        if len(words) == 1:
            found.append(f"{words[0]} alone")
        else:
            found.append("all instruments" if len(held) == len(NAMES) else listing(words))
    return [name[0].upper() + name[1:] if name else "None" for name in found]
