"""Figures of the chapter on GRCP 7: data in, matplotlib Figure out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.census import spread
from analysis.charts.style import BLUE, INK, PAPER, QUIET, RULE, VERMILION, canvas, label

SHADES = LinearSegmentedColormap.from_list("blues", [PAPER, BLUE, "#003a5d"])
HATCH: dict[str, Any] = {"hatch": "////", "facecolor": PAPER, "edgecolor": RULE, "linewidth": 0.0}
SHORT = {
    "5+5 Dialogue on Migration": "5+5 Dialogue",
    "Asia EU Dialogue on Labour Migration": "Asia EU (labour)",
}


def attendance(groups: pd.DataFrame, unplaced: int, absentees: Sequence[str]) -> Figure:
    """Each entity as a mark: answered and came, answered only, came only, not placed.

    Args:
        groups: index: the kind of entity; `both`, `answered_only`, `attended_only` (entities).
        unplaced: entities asked whose place is not identified.
        absentees: names of those in the first row that answered only.
    """
    figure, axes = canvas(height=2.9)
    looks: dict[str, dict[str, Any]] = {
        "both": {"marker": "s", "color": BLUE},
        "answered_only": {"marker": "^", "color": INK},
        "attended_only": {"marker": "o", "mfc": PAPER, "color": VERMILION, "mew": 1.6},
    }
    for y, (_, row) in enumerate(groups.iterrows()):
        x = 0.0
        for kind, look in looks.items():
            count = int(row[kind])
            axes.plot([x + step for step in range(count)], [y] * count, ls="", ms=9.5, **look)
            x += count
        label(axes, x - 1, y, f"{x:.0f}", offset=(11, 0), weight=600)
    last = len(groups)
    axes.plot(range(unplaced), [last] * unplaced, ls="", marker="$?$", ms=8, color=QUIET)
    label(axes, unplaced - 1, last, f"{unplaced}", offset=(11, 0), weight=600)
    first = groups.iloc[0]
    middle = first["both"] + (first["answered_only"] - 1) / 2
    label(axes, middle, 0.55, " and ".join(absentees), offset=(0, 0), ha="center", colour=QUIET)
    axes.set_yticks(range(last + 1), [*groups.index, "Asked, place not identified"])
    keys = ("answered and attended", "answered only", "attended only")
    for x, look, text in zip((0, 8.6, 14.4), looks.values(), keys, strict=True):
        axes.plot([x], [-1.05], ls="", ms=8, clip_on=False, **look)
        label(axes, x, -1.05, text, offset=(9, 0), colour=QUIET)
    axes.set_ylim(last + 0.5, -1.4)
    axes.set_xlim(-0.8, first.sum() + 1.5)
    axes.xaxis.set_visible(False)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    return figure


def response(bounds: pd.DataFrame, overall: float) -> Figure:
    """Bounds on the response rate of each type: pale without, dark with the assumption.

    Args:
        bounds: index: type; `free_low`, `free_high`, `low`, `high` (shares of 1), `text`.
        overall: the response rate of all, a share of 1.
    """
    figure, axes = canvas(height=3.3)
    for y, (_, row) in enumerate(bounds.iterrows()):
        axes.plot(
            [100 * row.free_low, 100 * row.free_high],
            [y, y],
            color=RULE,
            lw=9,
            solid_capstyle="butt",
        )
        axes.plot([100 * row.low, 100 * row.high], [y, y], color=BLUE, lw=4, solid_capstyle="butt")
        label(axes, 100, y, row.text, offset=(8, 0), annotation_clip=False)
    axes.axvline(100 * overall, color=VERMILION, lw=1.2, ls=(0, (4, 2)), zorder=0)
    label(axes, 100 * overall, -0.85, "all asked", colour=QUIET, offset=(-4, 0), ha="right")
    label(axes, 100, -0.85, "answered of asked", colour=QUIET, offset=(8, 0), annotation_clip=False)
    axes.set_ylim(len(bounds) - 0.4, -1.2)
    axes.set_xlim(0, 100)
    axes.set_yticks(range(len(bounds)), list(bounds.index))
    axes.set_xlabel("Response rate, per cent of those asked")
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    return figure


def matrix(share: pd.DataFrame, adopted: pd.DataFrame, themes: pd.DataFrame) -> Figure:
    """Which mechanism is listed under which area, with the doubtful names marked.

    Args:
        share: areas down, mechanisms across: share of the readings that list the pair (0 to 1).
        adopted: the same shape, booleans: the adopted reading.
        themes: one row per area in drawing order, then none for a theme without rows: `title`,
            `area` (missing for such a theme), `total` (text: mechanisms listed).
    """
    counts = adopted.sum().sort_values(ascending=False, kind="stable")
    columns, left = counts.index, -17.2
    figure, axes = canvas(height=6.7)
    y, heading = 0.0, ""
    for row in themes.itertuples():
        if row.title != heading:
            y, heading = y + (0.45 if heading else 0.0), str(row.title)
            axes.text(left, y, heading, weight=600, fontsize=9, va="center")
            y += 0.95
        if pd.isna(row.area):
            _gap(axes, y, len(columns))
        else:
            _row(axes, y, share.loc[row.area, columns], adopted.loc[row.area, columns])
            axes.text(-0.9, y, row.area, ha="right", va="center", fontsize=8.6)
            axes.text(len(columns) - 0.2, y, row.total, va="center", fontsize=9, weight=600)
        y += 1
    for x, name in enumerate(columns):
        text = SHORT.get(name, name)
        axes.text(x, -0.65, text, rotation=90, ha="center", va="bottom", fontsize=8.4)
        axes.text(x, y + 0.2, str(counts[name]), ha="center", va="center", fontsize=8.6)
    axes.text(-0.9, y + 0.2, "Areas listed under", ha="right", va="center", fontsize=8.6)
    _key(axes, left + 0.4, -4.8)
    axes.set_xlim(left, len(columns) + 2.4)
    axes.set_ylim(y + 0.7, -6.2)
    axes.axis("off")
    return figure


def _gap(axes: Axes, y: float, width: int) -> None:
    """A theme without rows: hatched, so that nobody reads it as none."""
    axes.add_patch(Rectangle((-0.5, y - 0.42), width, 0.84, **HATCH))
    axes.text(
        width / 2 - 0.5, y, "no row survives in the transcription", ha="center", va="center",
        fontsize=8.6, color=QUIET, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
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


def _key(axes: Axes, x: float, y: float) -> None:
    lines = [
        (1.0, True, "listed in every reading"),
        (0.5, True, "in doubt: listed as adopted"),
        (0.5, False, "in doubt: listed otherwise"),
    ]
    for step, (part, chosen, text) in enumerate(lines):
        _mark(axes, x, y + step * 0.95, part, chosen)
        axes.text(x + 0.7, y + step * 0.95, text, va="center", fontsize=8.5, color=QUIET)


def overlap(pairs: pd.DataFrame, sizes: pd.Series) -> Figure:
    """A staircase of areas: mechanisms in common (text) and Jaccard similarity (shade).

    Args:
        pairs: index (first, second) in drawing order; `jaccard` (0 to 1), `text`.
        sizes: index: area in drawing order; text of the mechanisms listed.
    """
    figure, axes = canvas(height=5.2)
    areas = list(sizes.index)
    for i, area in enumerate(areas):
        for j in range(i):
            row = pairs.loc[(areas[j], area)]
            _cell(axes, j, i, row.jaccard, row.text)
        axes.add_patch(Rectangle((i - 0.47, i - 0.47), 0.94, 0.94, fill=False, ec=QUIET, lw=0.9))
        axes.text(i, i, sizes[area], ha="center", va="center", fontsize=8, weight=600)
        axes.text(i + 0.65, i, area, va="center", fontsize=9.2)
    for step, level in enumerate((0.0, 0.2, 0.4, 0.6)):
        _cell(axes, 11.2 + step * 1.25, 1.4, level, f"{level:.1f}")
    axes.text(10.7, 0.5, "Jaccard similarity", fontsize=9, color=QUIET, va="center")
    axes.set_xlim(-0.6, 20.2)
    axes.set_ylim(len(areas) - 0.4, -0.6)
    axes.axis("off")
    return figure


def _cell(axes: Axes, x: float, y: float, level: float, text: str) -> None:
    colour = SHADES(min(level / 0.6, 1.0))
    axes.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, fc=colour, ec=RULE, lw=0.5))
    dark = sum(to_rgb(colour)) < 1.75
    axes.text(x, y, text, ha="center", va="center", fontsize=8, color=PAPER if dark else INK)


def coverage(themes: pd.DataFrame, listed: int) -> Figure:
    """Per theme: its elements, and the mechanisms listed under it; hatched where no row survives.

    Args:
        themes: `title`, `elements`, `low`, `high` (missing without a row).
        listed: mechanisms in the whole appendix, the right panel's scale.
    """
    figure, (left, right) = canvas(height=4.3, columns=2, sharey=True, width_ratios=[1, 2])
    for y, row in enumerate(themes.itertuples()):
        left.barh(y, row.elements, color=QUIET, height=0.5)
        label(left, row.elements, y, str(row.elements), offset=(5, 0))
        if pd.isna(row.high):
            right.add_patch(Rectangle((0, y - 0.27), listed, 0.54, **HATCH))
            label(
                right, listed / 2, y, "no row survives", offset=(0, 0), ha="center", colour=QUIET,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
            )  # fmt: skip
        else:
            right.barh(y, row.low, color=BLUE, height=0.5)
            right.barh(y, row.high - row.low, left=row.low, color=SHADES(0.3), height=0.5)
            label(right, row.high, y, spread(row.low, row.high), offset=(5, 0))
    left.set_yticks(range(len(themes)), [textwrap.fill(str(t), 40) for t in themes["title"]])
    left.tick_params("y", labelsize=9)
    left.set_ylim(len(themes) - 0.4, -0.6)
    left.set_xlim(0, 8)
    right.set_xlim(0, listed)
    right.set_xticks([0, 10, 20, listed])
    left.set_title("Elements")
    right.set_title("Mechanisms listed")
    for axes in (left, right):
        axes.grid(axis="x")
        axes.grid(axis="y", visible=False)
        axes.spines["left"].set_visible(False)
    return figure


def links(pairs: pd.DataFrame, report: Sequence[str], highlights: Sequence[str]) -> Figure:
    """The report's recommendations and the items of its Highlights, tied where they match.

    Args:
        pairs: `report`, `highlights`: texts, missing on the side that lacks a counterpart.
        report, highlights: the texts of each list in its own order.
    """
    figure, axes = canvas(height=6.8)
    sides = {"report": (report, 0.0, "right"), "highlights": (highlights, 1.0, "left")}
    at = {}
    for side, (items, x, align) in sides.items():
        alone = set(pairs.loc[pairs.drop(columns=side).isna().any(axis=1), side].dropna())
        for place, text in enumerate(items):
            y = place * 11 / max(len(items) - 1, 1)
            at[text] = y
            lone = text in alone
            axes.plot(
                [x], [y], marker="o", ms=5, color=VERMILION if lone else INK,
                mfc=PAPER if lone else INK,
            )  # fmt: skip
            axes.text(
                x + (-0.06 if align == "right" else 0.06), y, textwrap.fill(text, 46),
                ha=align, va="center", fontsize=9, weight=600 if lone else 400, linespacing=1.1,
            )  # fmt: skip
    for row in pairs.dropna(subset=["report", "highlights"]).itertuples():
        axes.plot([0, 1], [at[row.report], at[row.highlights]], color=BLUE, lw=1.2, zorder=0)
    axes.text(-0.06, -0.95, "The report’s recommendations", ha="right", weight=600)
    axes.text(1.06, -0.95, "The Highlights’ items", ha="left", weight=600)
    axes.set_xlim(-2.75, 3.75)
    axes.set_ylim(11.6, -1.3)
    axes.axis("off")
    return figure


def attendance_data(groups: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.meeting.attendance` for readers."""
    heads = {"both": "Answered and attended", "answered_only": "Answered only",
             "attended_only": "Attended only"}  # fmt: skip
    return groups.rename(columns=heads).rename_axis("Kind of entity").reset_index()


def response_data(rates: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.meeting.by_type` for readers; rates in per cent."""
    columns = {
        "answered": "Answered",
        "asked_low": "Asked, at least",
        "asked_high": "Asked, at most",
        "rate_low": "Rate at least, per cent",
        "rate_high": "Rate at most, per cent",
        "free_low": "Without the assumption: at least, per cent",
        "free_high": "Without the assumption: at most, per cent",
    }
    table = rates[list(columns)].copy()
    shares = [name for name in columns if name.startswith(("rate", "free"))]
    table[shares] = (100 * table[shares]).round(1)
    return table.rename(columns=columns).rename_axis("Type").reset_index()


def matrix_data(
    share: pd.DataFrame, adopted: pd.DataFrame, themes: pd.DataFrame, names: pd.DataFrame
) -> pd.DataFrame:
    """Every mark of the matrix as a row: theme, area, mechanism, its full name, how sure."""
    marks = share.stack()
    rows = marks[marks > 0].rename("part").reset_index(name="part")
    rows.columns = pd.Index(["area", "mechanism", "part"])
    rows = themes[["title", "area"]].merge(rows, on="area", how="left")
    full = names.set_index("mechanism")["full_name"]
    chosen = [bool(adopted.at[r.area, r.mechanism]) if pd.notna(r.area) else False
              for r in rows.itertuples()]  # fmt: skip
    how = [
        "no row survives" if pd.isna(part) else "every reading" if part == 1
        else "in doubt: as adopted" if yes else "in doubt: otherwise"
        for part, yes in zip(rows["part"], chosen, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "Theme": rows["title"], "Area of focus": rows["area"], "Mechanism": rows["mechanism"],
            "Full name": rows["mechanism"].map(full), "Listed": how,
        }
    )  # fmt: skip


def overlap_cells(alike: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """What `overlap` draws, from the ranges of similarity and of mechanisms in common."""
    text = [
        spread(low, high).replace(" to ", "–")
        for low, high in zip(shared["low"], shared["high"], strict=True)
    ]
    return pd.DataFrame({"jaccard": alike["adopted"], "text": text}, index=alike.index)


def overlap_data(alike: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """The pairs of areas for readers."""
    table = pd.DataFrame(
        {
            "Shared, at least": shared["low"],
            "Shared, at most": shared["high"],
            "Jaccard, adopted": alike["adopted"],
            "Lowest": alike["low"],
            "Highest": alike["high"],
        }
    )
    return table.rename_axis(["Area", "Other area"]).reset_index()


def coverage_data(themes: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.mechanisms.coverage` for readers."""
    columns = {
        "title": "Theme", "elements": "Elements", "areas": "Areas of focus",
        "low": "Mechanisms, at least", "high": "Mechanisms, at most",
    }  # fmt: skip
    return themes[list(columns)].rename(columns=columns)


def pair_data(pairs: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.focus.closest` for readers."""
    shared = [spread(r.shared_low, r.shared_high) for r in pairs.itertuples()]
    columns = {"jaccard": "Jaccard, adopted", "low": "Lowest", "high": "Highest"}
    table = pairs[list(columns)].rename(columns=columns)
    table.insert(0, "Areas shared", shared)
    return table.rename_axis(["Mechanism", "Mechanism alike"]).reset_index()
