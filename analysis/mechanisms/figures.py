"""Figures of the chapter on GRCP 7: data in, matplotlib Figure out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.mechanisms.elements import BY_HEADING, BY_NONE, BY_TEXT, IN_DOUBT
from analysis.mechanisms.tables import STATES, UNPLACED, kinds
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, Sheet, label
from analysis.words import from_to

SHADES = LinearSegmentedColormap.from_list("blues", [PAPER, BLUE, "#003a5d"])
HATCH: dict[str, Any] = {"hatch": "////", "facecolor": PAPER, "edgecolor": RULE, "linewidth": 0.0}
GROUND = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
# Where the entries of the matrix's key stand, in its columns and rows.
KEY_PAGE = [(-16.8, -4.8), (-16.8, -3.85), (-16.8, -2.9)]
KEY_PHONE = [(0.0, -7.4), (0.0, -6.4), (13.6, -6.4)]
# How a recommendation takes up an element, as drawn and in the key.
TAKEN_UP: dict[str, dict[str, Any]] = {
    BY_HEADING: {"color": BLUE},
    BY_TEXT: {"color": BLUE, "mfc": PAPER},
    IN_DOUBT: {"color": VERMILION, "mfc": PAPER},
    BY_NONE: {"color": RULE, "mfc": PAPER},
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
    last = len(groups)
    with mpl.rc_context({"text.parse_math": True}):  # a letter as a mark is written as a formula
        axes.plot(range(unplaced), [last] * unplaced, ls="", marker="$?$", ms=8, color=QUIET)
    label(axes, unplaced - 1, last, f"{unplaced}", offset=(11, 0), weight=600)
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
    share: pd.DataFrame, adopted: pd.DataFrame, themes: pd.DataFrame, *, sheet: Sheet
) -> Figure:
    """Which mechanism is listed under which area, with the doubtful names marked.

    Args:
        share: areas down, mechanisms across: share of the readings that list the pair (0 to 1).
        adopted: the same shape, booleans: the adopted reading.
        themes: one row per area in drawing order, then none for a theme without rows: `title`,
            `area` (missing for such a theme), `total` (text: mechanisms listed).
    """
    counts = adopted.sum().sort_values(ascending=False, kind="stable")
    columns = counts.index
    left, right = sheet.pick((-17.2, len(columns) + 2.4), (-0.6, len(columns) - 0.4))
    # On a phone an area's name and total stand above its marks, which then have the full width.
    names, totals, lift = sheet.pick((-0.9, len(columns) - 0.2, 0.0), (left, right, 0.85))
    sides = sheet.pick(("right", "left"), ("left", "right"))
    figure, axes = sheet.canvas(height=sheet.pick(6.7, 8.3))
    y, heading = 0.0, ""
    for row in themes.itertuples():
        if row.title != heading:
            y, heading = y + (0.45 if heading else 0.0), str(row.title)
            lines = textwrap.wrap(heading, sheet.pick(99, 62))
            y += 0.5 * len(lines) - 0.5
            axes.text(left, y, "\n".join(lines), weight=600, fontsize=9, va="center")
            y += 0.45 + 0.5 * len(lines)
        if pd.isna(row.area):
            _gap(axes, y, len(columns))
        else:
            axes.text(names, y, row.area, ha=sides[0], va="center", fontsize=8.6)
            axes.text(totals, y, row.total, ha=sides[1], va="center", fontsize=9, weight=600)
            y += lift
            _row(axes, y, share.loc[row.area, columns], adopted.loc[row.area, columns])
        y += sheet.pick(1.0, 1.1)
    y += 0.2
    axes.text(names, y, "Areas listed under", ha=sides[0], va="center", fontsize=8.6)
    for x, name in enumerate(columns):
        text = SHORT.get(name, name)
        axes.text(x, -0.65, text, rotation=90, ha="center", va="bottom", fontsize=8.4)
        axes.text(x, y + lift, str(counts[name]), ha="center", va="center", fontsize=8.6)
    _key(axes, sheet.pick(KEY_PAGE, KEY_PHONE))
    axes.set_xlim(left, right)
    axes.set_ylim(y + lift + 0.5, sheet.pick(-6.2, -7.9))
    axes.axis("off")
    return figure


def _gap(axes: Axes, y: float, width: int) -> None:
    """A theme without rows: hatched, so that nobody reads it as none."""
    axes.add_patch(Rectangle((-0.5, y - 0.42), width, 0.84, **HATCH))
    axes.text(
        width / 2 - 0.5, y, "no row survives in the transcription", ha="center", va="center",
        fontsize=8.6, color=QUIET, bbox=GROUND,
    )  # fmt: skip


def _row(axes: Axes, y: float, share: pd.Series, adopted: pd.Series) -> None:
    axes.plot([-0.5, len(share) - 0.5], [y, y], color=RULE, lw=0.6, zorder=0)
    for x, (part, chosen) in enumerate(zip(share, adopted, strict=True)):
        if part > 0:
            _mark(axes, x, y, part, bool(chosen))


def _mark(axes: Axes, x: float, y: float, part: float, chosen: bool) -> None:
    """Solid where every reading has it; in doubt a frame, filled if the adopted reading has it."""
    sure = part == 1
    axes.plot(
        [x], [y], ls="", marker="s", ms=7.6, color=BLUE if sure else VERMILION,
        markerfacecolor=BLUE if sure else PAPER, mew=1.3,
    )  # fmt: skip
    if chosen and not sure:
        axes.plot([x], [y], ls="", marker="s", ms=3.2, color=VERMILION)


def _key(axes: Axes, places: Sequence[tuple[float, float]]) -> None:
    lines = [
        (1.0, True, "listed in every reading"),
        (0.5, True, "in doubt: listed as adopted"),
        (0.5, False, "in doubt: listed otherwise"),
    ]
    for (x, y), (part, chosen, text) in zip(places, lines, strict=True):
        _mark(axes, x, y, part, chosen)
        axes.text(x + 0.7, y, text, va="center", fontsize=8.5, color=QUIET)


def overlap(pairs: pd.DataFrame, sizes: pd.Series, *, sheet: Sheet) -> Figure:
    """A staircase of areas: mechanisms in common (text) and Jaccard similarity (shade).

    Args:
        pairs: index (first, second) in drawing order; `jaccard` (0 to 1), `text`.
        sizes: index: area in drawing order; text of the mechanisms listed.
    """
    figure, axes = sheet.canvas(height=sheet.pick(5.2, 5.7))
    areas = list(sizes.index)
    pitch = sheet.pick(1.0, 1.75)
    for i, area in enumerate(areas):
        y = i * pitch
        for j in range(i):
            row = pairs.loc[(areas[j], area)]
            _cell(axes, j, y, row.jaccard, row.text)
        axes.add_patch(Rectangle((i - 0.47, y - 0.47), 0.94, 0.94, fill=False, ec=QUIET, lw=0.9))
        axes.text(i, y, sizes[area], ha="center", va="center", fontsize=8, weight=600)
        # The lower names have no room at the right on a phone: there each is above its row.
        axes.text(*sheet.pick((i + 0.65, y), (-0.47, y - 0.8)), area, va="center", fontsize=9.2)
    x, y = sheet.pick((11.2, 1.4), (7.3, 0.4))
    for step, level in enumerate((0.0, 0.2, 0.4, 0.6)):
        _cell(axes, x + step * 1.25, y, level, f"{level:.1f}")
    axes.text(x - 0.5, y - 0.9, "Jaccard similarity", fontsize=9, color=QUIET, va="center")
    axes.set_xlim(-0.6, sheet.pick(20.2, len(areas) - 0.4))
    axes.set_ylim((len(areas) - 1) * pitch + 0.6, sheet.pick(-0.6, -1.2))
    axes.axis("off")
    return figure


def overlap_cells(alike: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """What `overlap` draws, from the ranges of similarity and of mechanisms in common."""
    text = [
        from_to(low, high, join="–")
        for low, high in zip(shared["low"], shared["high"], strict=True)
    ]
    return pd.DataFrame({"jaccard": alike["adopted"], "text": text}, index=alike.index)


def _cell(axes: Axes, x: float, y: float, level: float, text: str) -> None:
    colour = SHADES(min(level / 0.6, 1.0))
    axes.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, fc=colour, ec=RULE, lw=0.5))
    dark = sum(to_rgb(colour)) < 1.75
    axes.text(x, y, text, ha="center", va="center", fontsize=8, color=PAPER if dark else INK)


def coverage(
    themes: pd.DataFrame, elements: pd.DataFrame, starters: pd.DataFrame, listed: int, *,
    sheet: Sheet,
) -> Figure:  # fmt: skip
    """Per theme: its elements and how the recommendations take them up; the mechanisms listed.

    Args:
        themes: index theme_id; `title`, `low`, `high` (missing without a row).
        elements: `analysis.mechanisms.elements.taken_up`.
        starters: `analysis.mechanisms.elements.starters_listed`.
        listed: mechanisms in the whole appendix, the right panel's scale.
    """
    figure, (left, right) = sheet.canvas(
        height=sheet.pick(4.4, 6.2),
        columns=2,
        sharey=True,
        width_ratios=sheet.pick([1, 1.7], [1, 1.6]),
    )
    for y, (theme, row) in enumerate(themes.iterrows()):
        own = elements.loc[elements["theme_id"] == theme, "state"]
        for x, (letter, state) in enumerate(own.items()):
            _element(left, x, y, str(letter), state, sheet)
        if pd.isna(row["high"]):
            right.add_patch(Rectangle((0, y - 0.16), listed, 0.32, **HATCH))
            label(right, listed / 2, y, "no row survives", offset=(0, 0), ha="center",
                  colour=QUIET, bbox=GROUND)  # fmt: skip
            continue
        right.barh(y, row["high"], color=SHADES(0.3), height=0.32)
        most = int(starters.at[theme, "high"])
        right.barh(y, most, color=BLUE, height=0.32)
        text = f"{from_to(row['low'], row['high'])}, {most} started"
        label(right, row["high"], y, text, offset=(5, 0))
    titles = [textwrap.fill(str(title), sheet.pick(36, 60)) for title in themes["title"]]
    _name(left, titles, sheet, x=-0.45, rise=11)
    left.set_zorder(1)  # the names may reach over the right panel
    left.patch.set_visible(False)
    left.tick_params("y", labelsize=9)
    left.set_ylim(len(themes) + 0.1, -0.6)
    left.set_xlim(-0.6, 6.7)
    right.set_xlim(0, listed + sheet.pick(8, 19))
    right.set_xticks([0, 10, 20, listed])
    left.set_title(sheet.pick("Elements taken up", "Elements"))
    right.set_title("Mechanisms listed")
    left.xaxis.set_visible(False)
    _states(left, len(themes) - 0.25, sheet)
    for axes in (left, right):
        axes.grid(visible=False)
        axes.spines["left"].set_visible(False)
    left.spines["bottom"].set_visible(False)
    return figure


def _element(axes: Axes, x: float, y: float, letter: str, state: str, sheet: Sheet) -> None:
    size = sheet.pick(11, 9.5)
    axes.plot([x], [y], ls="", marker="s", ms=size, mew=1.2, clip_on=False, in_layout=False,
              **TAKEN_UP[state])  # fmt: skip
    colour = PAPER if state == BY_HEADING else INK
    axes.text(x, y, letter, ha="center", va="center", fontsize=8.6, color=colour)


def _states(axes: Axes, y: float, sheet: Sheet) -> None:
    """The key of the elements, in a row that reaches under the other panel."""
    starts = sheet.pick((0, 3.8, 8.3, 11.5), (0, 5.0, 11.0, 15.0))
    for x, (state, text) in zip(starts, STATES.items(), strict=True):
        _element(axes, x, y, "", state, sheet)
        axes.text(x + sheet.pick(0.6, 0.8), y, text, fontsize=9, color=QUIET, va="center",
                  in_layout=False)  # fmt: skip
