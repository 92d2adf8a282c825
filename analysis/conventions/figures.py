"""The pictures of the chapter on conventions: dated counts in, a figure out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import fill
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.style import BLUE, GREEN, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.treaties import NAMES, Window
from analysis.words import long_date

TwoDays = tuple[pd.Timestamp, pd.Timestamp]
# Colour and dash together, so that no line needs colour to be told from another.
LINES: dict[str, dict[str, object]] = {
    "refugee-convention": {"color": INK, "linestyle": "-"},
    "refugee-protocol": {"color": QUIET, "linestyle": (0, (4, 1.5))},
    "icrmw": {"color": VERMILION, "linestyle": "-", "linewidth": 2.8},
    "trafficking-protocol": {"color": BLUE, "linestyle": "-"},
    "smuggling-protocol": {"color": GREEN, "linestyle": (0, (1.2, 1))},
}
STOP = {"marker": "|", "markersize": 13, "markeredgewidth": 2.2}  # here the record ends


def colour(instrument_id: str) -> str:
    """The colour of an instrument, the same in every figure."""
    return str(LINES[instrument_id]["color"])


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
    tone = colour("icrmw")
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
        style = {**LINES[instrument_id], "linewidth": 2.0}
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
    tones = [colour(i) for i in protocols for _ in range(2)]
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
        tone = colour(instrument_id)
        day, share = curve["day"].iloc[-1], 100 * curve["share"].iloc[-1]
        axes.step(curve["day"], 100 * curve["share"], where="post", **LINES[instrument_id])
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
        tone, years = colour(instrument_id), float(curve["years"].iloc[-1])
        for axes, end in ((left, float(age)), (right, years)):
            counted, estimated = (_steps(curve, name, end) for name in ("share", "estimate"))
            axes.step(*counted, where="post", **LINES[instrument_id])
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
        left.text(x, y, name, color=colour(instrument_id), fontsize=9, ha=side,
                  va="center")  # fmt: skip
    for instrument_id, x, y in (
        ("trafficking-protocol", 14.3, 87), ("smuggling-protocol", 14.3, 74.5),
        ("refugee-protocol", 27, 90), ("refugee-convention", 45, 58), ("icrmw", 37, 32),
    ):  # fmt: skip
        short = NAMES[instrument_id].replace("Trafficking Protocol", "Trafficking")
        short = short.replace("Smuggling Protocol", "Smuggling").replace("s Conv", "s\nConv")
        right.text(x, y, short, color=colour(instrument_id), fontsize=9, va="center")


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
        tone, dots = colour(instrument_id), _stacked(frame)
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


def overlap(sets: pd.DataFrame, totals: pd.DataFrame, days: TwoDays, *, sheet: Sheet) -> Figure:
    """Exact combinations of instruments as paired bars over a matrix (an UpSet plot).

    Lex, Gehlenborg, Strobelt, Vuillemot and Pfister, "UpSet", IEEE TVCG 20(12), 2014.

    Args:
        sets: `participation.shared_sets`, the last row for States that had for none.
        totals: by instrument, States that had deposited: `earlier, later`.
        days: the two days.
    """
    figure, (one, two) = sheet.canvas(
        sheet.pick(5.4, 7.2), sheet.pick(2, 1), sheet.pick(1, 2),
        sharex=not sheet.narrow, sharey=sheet.narrow,
        height_ratios=sheet.pick([1.7, 1], [1]), width_ratios=sheet.pick([1], [1, 2]),
    )  # fmt: skip
    bars, matrix = sheet.pick((one, two), (two, one))
    draw: Callable[..., Any] = sheet.pick(bars.bar, bars.barh)

    def turned(x: Any, y: Any) -> tuple[Any, Any]:
        """A place in the plot, which lies on its side on a narrow sheet."""
        return sheet.pick((x, y), (y, x))

    at = np.arange(len(sets))
    for shift, key, face, day in (
        (-0.2, "earlier", PAPER, days[0]), (0.2, "later", BLUE, days[1]),
    ):  # fmt: skip
        draw(at + shift, sets[key], 0.38, color=face, edgecolor=BLUE, linewidth=1,
             label=long_date(day))  # fmt: skip
        for x, height in zip(at + 1.15 * shift, sets[key], strict=True):
            label(bars, *turned(x, height), f"{height}",
                  offset=sheet.pick((8 * shift, 5), (4, 0)),
                  ha=sheet.pick("center", "left"), fontsize=sheet.pick(8, 8.5))  # fmt: skip
    for column, row in enumerate(sets[list(NAMES)].to_numpy(dtype=bool)):
        held = np.flatnonzero(row)
        every = turned([column] * len(NAMES), range(len(NAMES)))
        matrix.plot(*every, "o", color=RULE, markersize=7)
        some = turned([column] * len(held), held)
        matrix.plot(*some, "-o", color=INK, markersize=7, linewidth=1.6)
    after = len(NAMES) + sheet.pick(0.0, 0.2)
    matrix.text(*turned(at[-1], after), "none", ha="center", va="center", fontsize=9.5)
    rows = [f"{NAMES[i]}  {totals.loc[i, 'earlier']} → {totals.loc[i, 'later']}" for i in NAMES]
    unit = sheet.pick("States that had deposited for exactly these", "Deposited for exactly these")
    top = 1.1 * float(sets[["earlier", "later"]].to_numpy().max())
    matrix.grid(visible=False)
    for side in ("left", "bottom"):
        matrix.spines[side].set_visible(False)
    if sheet.narrow:
        _stairs(matrix, rows)
        bars.set(xlim=(0, top), ylim=(len(sets) - 0.4, -0.62 * len(rows) - 0.7), xticks=[])
        bars.legend(loc="center right", bbox_to_anchor=(1.0, 0.32), fontsize=10, title=unit,
                    title_fontsize=10, alignment="left")  # fmt: skip
        bars.grid(visible=False)
        bars.spines["left"].set_bounds(len(sets) - 0.4, -0.6)
        bars.spines["bottom"].set_visible(False)
    else:
        bars.legend(loc="upper center", bbox_to_anchor=(0.55, 0.95), fontsize=10)
        bars.set(ylim=(0, top), ylabel=unit)
        matrix.set_yticks(range(len(NAMES)), rows)
        matrix.set(ylim=(len(NAMES) + 0.4, -0.6), xticks=[])
    return figure


def _stairs(matrix: Axes, names: list[str]) -> None:
    """Names over the columns of a matrix, each beside a stem of its own height."""
    for column, name in enumerate(names):
        level = 0.62 * (column - len(names)) - 0.3
        matrix.vlines(column, level, -0.4, color=QUIET, linewidth=0.8)
        # Out of the layout, which would widen the matrix to hold the names.
        matrix.text(column + 0.3, level, name, va="center", fontsize=10, in_layout=False)
    matrix.set(xlim=(-0.6, len(names) + 0.8), xticks=[], zorder=1)  # names lie over the bars
    matrix.tick_params(labelleft=False)
