"""Figures of the chapter on GRCP 7: data in, matplotlib Figure out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.marks import asked
from analysis.mechanisms.elements import BY_HEADING, BY_NONE, BY_TEXT, IN_DOUBT
from analysis.mechanisms.tables import STATES, UNPLACED, kinds
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.words import capital, from_to

ROW = 0.185  # inches a line of the elements takes
GROUND = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
# How a recommendation takes up an element, as drawn and in the key.
TAKEN_UP: dict[str, dict[str, Any]] = {
    BY_HEADING: {"color": BLUE},
    BY_TEXT: {"color": BLUE, "mfc": PAPER},
    IN_DOUBT: {"color": VERMILION, "mfc": PAPER},
    BY_NONE: {"color": QUIET, "mfc": PAPER},
}
SHORT = {
    "5+5 Dialogue on Migration": "5+5 Dialogue",
    "Asia EU Dialogue on Labour Migration": "Asia EU (labour)",
}


def attendance(
    groups: pd.DataFrame, unplaced: int, absentees: Sequence[str], *, sheet: Sheet
) -> Figure:
    """Each entity as a mark: answered and came, answered only, came only, not placed.

    Args:
        groups: `analysis.mechanisms.meeting.attendance`.
        unplaced: entities asked whose place is not in our sources.
        absentees: names of those in the first row that answered only.
    """
    figure, axes = sheet.canvas(height=sheet.pick(2.9, 3.2))
    looks: dict[str, dict[str, Any]] = {
        "both": {"marker": "s", "color": BLUE},
        "answered_only": {"marker": "^", "color": INK},
        "attended_only": {"marker": "o", "mfc": PAPER, "color": VERMILION, "mew": 1.6},
    }
    size = sheet.pick(9.5, 7.6)
    for y, (_, row) in enumerate(groups.iterrows()):
        x = 0.0
        for kind, look in looks.items():
            count = int(row[kind])
            axes.plot([x + step for step in range(count)], [y] * count, ls="", ms=size, **look)
            x += count
        label(axes, x - 1, y, f"{x:.0f}", offset=(11, 0), weight=600)
        asked(axes, [(x - 1) / 2], [y], kinds()[str(row.name)], size=(x, 0.4))
    last = len(groups)
    with mpl.rc_context({"text.parse_math": True}):  # a letter as a mark is written as a formula
        axes.plot(range(unplaced), [last] * unplaced, ls="", marker="$?$", ms=8, color=QUIET)
    label(axes, unplaced - 1, last, f"{unplaced}", offset=(11, 0), weight=600)
    asked(axes, [(unplaced - 1) / 2], [last], UNPLACED, size=(unplaced, 0.4))
    first = groups.iloc[0]
    middle = first["both"] + (first["answered_only"] - 1) / 2
    names, below = " and ".join(absentees), sheet.pick(0.55, 0.38)
    label(axes, middle, below, names, offset=(0, 0), ha="center", colour=QUIET)
    _name(axes, [*(kinds()[each] for each in groups.index), UNPLACED], sheet, x=-0.5, rise=8)
    keys = ("answered and attended", "answered only", "attended only")
    starts = sheet.pick((0, 8.6, 14.4), (0, 10.6, 18))
    for x, look, text in zip(starts, looks.values(), keys, strict=True):
        axes.plot([x], [-1.05], ls="", ms=sheet.pick(8, 7), clip_on=False, **look)
        label(axes, x, -1.05, text, offset=sheet.pick((9, 0), (7, 0)), colour=QUIET)
    axes.set_ylim(last + 0.5, -1.4)
    axes.set_xlim(-0.8, first.sum() + 1.5)
    axes.xaxis.set_visible(False)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    return figure


def _name(axes: Axes, names: Sequence[str], sheet: Sheet, x: float, rise: float) -> None:
    """Names left of their rows; on a phone above them, from `x` and `rise` points up."""
    if not sheet.narrow:
        axes.set_yticks(range(len(names)), names)
        return
    axes.set_yticks([])
    for y, name in enumerate(names):
        label(axes, x, y, name, offset=(0, rise), va="bottom", in_layout=False, bbox=GROUND)


def response(bounds: pd.DataFrame, overall: float, *, sheet: Sheet) -> Figure:
    """Bounds on the response rate of each type: pale without, dark with the assumption.

    Args:
        bounds: `analysis.mechanisms.meeting.by_type`.
        overall: the response rate of all, a share of 1.
    """
    figure, axes = sheet.canvas(height=sheet.pick(3.3, 3.8))
    for y, (_, row) in enumerate(bounds.iterrows()):
        for low, high, colour, width in (
            (row.free_low, row.free_high, RULE, 9), (row.rate_low, row.rate_high, BLUE, 4),
        ):  # fmt: skip
            axes.plot([100 * low, 100 * high], [y, y], color=colour, lw=width,
                      solid_capstyle="butt")  # fmt: skip
        low, high = 100 * row.free_low, 100 * row.free_high
        asked(axes, [(low + high) / 2], [y], kinds()[str(row.name)], size=(high - low, 0.3))
        text = f"{row.answered:.0f} of {from_to(row.asked_low, row.asked_high)}"
        label(axes, 100, y, text, offset=(8, 0), annotation_clip=False)
    axes.axvline(100 * overall, color=VERMILION, lw=1.2, ls=(0, (4, 2)), zorder=0)
    label(
        axes, 100 * overall, -0.85, "all asked", colour=QUIET, offset=(-4, 0), ha="right",
        bbox=GROUND,
    )  # fmt: skip
    heading = sheet.pick("answered of asked", "answered\nof asked")
    label(axes, 100, -0.85, heading, colour=QUIET, offset=(8, 0), annotation_clip=False)
    axes.set_ylim(len(bounds) - 0.4, -1.2)
    axes.set_xlim(0, 100)
    _name(axes, [kinds()[each] for each in bounds.index], sheet, x=0, rise=7)
    axes.set_xlabel("Response rate, per cent of those asked")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    return figure


def matrix(
    share: pd.DataFrame, adopted: pd.DataFrame, totals: pd.Series, *, sheet: Sheet
) -> Figure:
    """Which mechanism is listed under which area; the commonest of both come first.

    Args:
        share: areas down, mechanisms across: share of the readings that list the pair (0 to 1).
        adopted: the same shape, booleans: the adopted reading.
        totals: index: areas in drawing order; text: how many mechanisms each lists.
    """
    areas, counts = list(totals.index), adopted.loc[totals.index].sum()
    mechanisms = counts.sort_values(ascending=False, kind="stable").index
    figure, axes = sheet.canvas(height=sheet.pick(7.6, 7.8))
    pitch, step = sheet.pick((1.35, 0.92), (1.0, 0.9))  # of columns, and of the names above them
    room = sheet.pick(1.7, 2.7)  # for a number after its name
    for i, area in enumerate(areas):
        x, y = i * pitch, -1.2 - step * i
        axes.plot([x, x], [y + 0.35, len(mechanisms) - 0.4], color=RULE, lw=0.7, zorder=0)
        axes.text(x + 0.4 - room, y, area, ha="right", va="center", fontsize=9)
        axes.text(x + 0.4, y, totals[area], ha="right", va="center", fontsize=9, weight=600)
    for y, name in enumerate(mechanisms):
        axes.plot([-0.5, (len(areas) - 0.5) * pitch], [y, y], color=RULE, lw=0.4, zorder=0)
        axes.text(-1.0, y, SHORT.get(name, name), ha="right", va="center", fontsize=8.6)
        for i, area in enumerate(areas):
            if part := share.at[area, name]:
                _mark(axes, i * pitch, y, part, bool(adopted.at[area, name]), sheet)
                asked(axes, [i * pitch], [y], area, name)
    end, low = (len(areas) - 1) * pitch, len(mechanisms) + 0.4
    _key(axes, [sheet.pick((7.5 * k - 7.0, low), (0.0, low + k)) for k in range(3)], sheet)
    axes.set_xlim(sheet.pick((-9, end + 1.2), (-11.4, end + 0.8)))
    axes.set_ylim(low + sheet.pick(0.6, 2.6), -1.4 - step * len(areas))
    axes.axis("off")
    return figure


def _mark(axes: Axes, x: float, y: float, part: float, chosen: bool, sheet: Sheet) -> None:
    """Solid where every reading has it; in doubt a frame, filled if the adopted reading has it."""
    sure = part == 1
    axes.plot(
        [x], [y], ls="", marker="s", ms=sheet.pick(7.6, 6.2), color=BLUE if sure else VERMILION,
        markerfacecolor=BLUE if sure else PAPER, mew=1.3,
    )  # fmt: skip
    if chosen and not sure:
        axes.plot([x], [y], ls="", marker="s", ms=3.2, color=VERMILION)


def _key(axes: Axes, places: Sequence[tuple[float, float]], sheet: Sheet) -> None:
    lines = [
        (1.0, True, "listed in every reading"),
        (0.5, True, "in doubt: listed as adopted"),
        (0.5, False, "in doubt: listed otherwise"),
    ]
    for (x, y), (part, chosen, text) in zip(places, lines, strict=True):
        _mark(axes, x, y, part, chosen, sheet)
        axes.text(x + 0.7, y, text, va="center", fontsize=8.5, color=QUIET)


def coverage(themes: pd.DataFrame, elements: pd.DataFrame, listed: int, *, sheet: Sheet) -> Figure:
    """The elements of each theme, by how the recommendations take them up.

    Args:
        themes: index theme_id; `title`, `low`, `high` (missing without a row).
        elements: `analysis.mechanisms.elements.taken_up`.
        listed: mechanisms in the whole appendix.
    """
    wide, right = sheet.pick((100, 40), (64, 23))  # letters of a line, and how far it reaches
    themed = dict(list(elements.groupby("theme_id", sort=False)))
    heads = themes["title"].map(lambda title: textwrap.fill(str(title), wide))
    names = elements["phrase"].map(lambda phrase: textwrap.fill(capital(phrase), wide))
    rows = len(heads) * sheet.pick(0.5, 1.5) + pd.concat([heads, names]).map(_deep).sum()
    figure, axes = sheet.canvas(height=ROW * (rows + sheet.pick(1.5, 2.5)))
    _states(axes, sheet)
    y = sheet.pick(1.5, 2.5)
    for theme, row in themes.iterrows():
        counted = "no row of its areas survives"
        if pd.notna(row["high"]):
            counted = f"{from_to(row['low'], row['high'])} of {listed} mechanisms listed"
        _line(axes, 0, y, heads[theme], weight=600)
        y += _deep(heads[theme]) - sheet.pick(1, 0)  # a phone has no room beside the head
        _line(axes, sheet.pick(right, 0), y, counted, color=QUIET, ha=sheet.pick("right", "left"))
        y += 1
        for letter, state in themed[theme]["state"].items():
            _element(axes, 0.5, y, state)
            asked(axes, [0.5], [y], str(letter))
            _line(axes, 1.2, y, names[letter])
            y += _deep(names[letter])
        y += 0.5
    axes.set(xlim=(0, right), ylim=(y - 0.5, -0.6))
    axes.axis("off")
    return figure


def _deep(text: str) -> int:
    """How many lines a text has."""
    return text.count("\n") + 1


def _line(axes: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write text whose first line is at `y`."""
    axes.text(x, y - 0.45, text, va="top", fontsize=9.2, linespacing=1.05, **options)


def _element(axes: Axes, x: float, y: float, state: str) -> None:
    axes.plot([x], [y], ls="", marker="s", ms=8, mew=1.4, **TAKEN_UP[state])


def _states(axes: Axes, sheet: Sheet) -> None:
    """The key of the elements, in a row; on a phone in two."""
    starts = sheet.pick(
        ((0.5, 0), (10, 0), (22, 0), (30, 0)), ((0.5, 0), (12, 0), (0.5, 1), (12, 1))
    )
    for (x, y), (state, text) in zip(starts, STATES.items(), strict=True):
        _element(axes, x, y, state)
        axes.text(x + 0.7, y, text, fontsize=9.2, color=QUIET, va="center")
