"""The figures of the audit: one mark per figure or discrepancy, so that numbers stay in sight."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.audit.relations import (
    ARITHMETIC,
    INCONSISTENT,
    OUTSIDE,
    OWN_LIST,
    REPETITION,
    UNCHECKED,
)
from analysis.audit.tables import STANDINGS
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, SKY, VERMILION, Sheet

# Filled, toned, half full, barred, crossed and hollow: told apart in grey as well as in colour.
MARKS: dict[str, dict[str, Any]] = {
    OUTSIDE: {"fc": BLUE, "ec": BLUE},
    ARITHMETIC: {"fc": SKY, "ec": BLUE},
    OWN_LIST: {"fc": PAPER, "ec": BLUE},
    REPETITION: {"fc": PAPER, "ec": BLUE},
    INCONSISTENT: {"fc": PAPER, "ec": VERMILION},
    UNCHECKED: {"fc": PAPER, "ec": "#a7b0ba"},
}
SHADES = LinearSegmentedColormap.from_list("shades", ["#eef3f8", "#7fb2d6", BLUE])
SIZE = 0.78  # of a mark, in units of its place
LINE = 1.45  # of the key, in the same units


def verdicts(by_document: pd.DataFrame, by_topic: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Every stated figure as a square, by document and by topic, what bears it out best first.

    Args:
        by_document, by_topic: index: names; one column of counts per standing, and `total`.
    """
    figure, (left, right) = sheet.canvas(height=sheet.pick(6.4, 6.7), columns=2)
    shown = [name for name in STANDINGS if by_document[name].any()]
    low = max(
        _strips(left, by_document, "By document", sheet),
        _strips(right, by_topic, "By topic", sheet) + LINE * len(shown) + 0.6,
    )
    _key(right, low, shown)
    for axes in (left, right):
        axes.set_xlim(-0.2, sheet.pick(20.2, 11.2))
        axes.set_ylim(low, -3.3)
        axes.set_aspect("equal", anchor="NW")
        axes.axis("off")
    return figure


def _strips(axes: Axes, table: pd.DataFrame, title: str, sheet: Sheet) -> float:
    """One strip of squares per row, filled column by column; returns where the last one ends."""
    axes.text(0, -3.2, title, fontsize=11.5, weight=600, va="top")
    y = 0.0
    for name, row in table.iterrows():
        axes.text(0, y - 0.35, f"{row['total']}", fontsize=9.5, weight=600, va="bottom")
        axes.text(1.6, y - 0.35, f"{name}", fontsize=9.5, va="bottom")
        marks = [standing for standing in STANDINGS for _ in range(int(row[standing]))]
        deep = _depth(len(marks), sheet)
        for position, standing in enumerate(marks):
            _square(axes, position // deep, y + position % deep, standing)
        y += deep + 1.75
    return y


def _depth(marks: int, sheet: Sheet) -> int:
    """Rows of a strip, so that long ones fit the sheet and short ones stay a line."""
    return sheet.pick(1 + sum(marks > limit for limit in (10, 24, 40)), -(-marks // 11))


def _square(axes: Axes, x: float, y: float, standing: str) -> None:
    axes.add_patch(Rectangle((x, y), SIZE, SIZE, lw=0.9, **MARKS[standing]))
    middle = y + SIZE / 2
    if standing == OWN_LIST:
        axes.add_patch(Rectangle((x, middle), SIZE, SIZE / 2, lw=0, fc=SKY))
    if standing == REPETITION:
        axes.plot([x + 0.16, x + SIZE - 0.16], [middle, middle], color=BLUE, lw=1.3)
    if standing == INCONSISTENT:
        inner = (0.16, SIZE - 0.16)
        for ends in (inner, inner[::-1]):
            axes.plot(
                [x + inner[0], x + inner[1]], [y + ends[0], y + ends[1]], color=VERMILION, lw=1.3
            )


def _key(axes: Axes, low: float, shown: list[str]) -> None:
    for line, standing in enumerate(reversed(shown)):
        y = low - 1.6 - LINE * line
        _square(axes, 0, y, standing)
        axes.text(1.6, y + SIZE / 2, STANDINGS[standing], va="center", fontsize=9.5)


def strip(counts: pd.Series, *, sheet: Sheet) -> Figure:
    """All stated figures as one bar, cut by how each fares.

    Args:
        counts: index: standings in the order of `STANDINGS`; statements.
    """
    figure, axes = sheet.canvas(height=sheet.pick(1.5, 2.2))
    shown, left = counts[counts > 0], 0
    for line, (standing, size) in enumerate(shown.items()):
        marks = MARKS[str(standing)]
        hollow = marks["fc"] == PAPER
        axes.barh(0, size, left=left, height=1, lw=1, hatch="////" if hollow else None, **marks)
        y = -0.85 - line * 0.62
        axes.text(left, y, f"{size} {STANDINGS[str(standing)]}", va="top", fontsize=9.5)
        axes.plot([left, left], [-0.5, y - 0.3], color=RULE, lw=0.8, zorder=0)
        left += int(size)
    axes.set_xlim(0, left)
    axes.set_ylim(-1.4 - len(shown) * 0.62, 0.55)
    axes.axis("off")
    return figure


def classes(
    rows: pd.DataFrame, order: list[str], gravity: dict[int, str], *, sheet: Sheet
) -> Figure:
    """Every discrepancy as a dot, by class and gravity; hollow where it is unresolved.

    Args:
        rows: `class`, `gravity`, `status`, one row per discrepancy.
        order: the classes from top to bottom.
        gravity: what each degree means.
    """
    figure, axes = sheet.canvas(height=sheet.pick(5.6, 6.4))
    wide = sheet.pick({1: 4, 2: 5, 3: 6, 4: 10}, {1: 2, 2: 4, 3: 5, 4: 8})
    space, margin, end = sheet.pick((2, -13, -1.6), (1, -9.4, -1.3))
    left = dict(zip(wide, np.cumsum([0, *[w + space for w in wide.values()]]), strict=False))
    y = 0.0
    for name in order:
        group, deep = rows[rows["class"] == name], 1
        axes.plot([margin, left[4] + wide[4]], [y - 0.8, y - 0.8], color=RULE, lw=0.7)
        for degree, width in wide.items():
            marks = group[group["gravity"] == degree].sort_values("status")["status"].tolist()
            for position, status in enumerate(marks):
                open_ = status == "unresolved"
                axes.plot(
                    [left[degree] + position % width], [y + position // width], ls="", marker="o",
                    ms=6.2, mfc=PAPER if open_ else BLUE, mec=VERMILION if open_ else BLUE, mew=1.4,
                )  # fmt: skip
            deep = max(deep, -(-len(marks) // width))
        words = "none: only apparent" if name == "none" else name
        lines = textwrap.wrap(words, sheet.pick(30, 13))
        middle, close = y + (len(lines) - 1) / 2, sheet.pick("normal", 0.9)
        axes.text(margin, middle, "\n".join(lines), va="center", fontsize=10, linespacing=close)
        axes.text(end, y, str(len(group)), va="center", ha="right", fontsize=10, weight=600)
        deep = max(deep, len(lines))
        y += deep + 0.75
    note = {"va": "bottom", "fontsize": 8.6, "color": QUIET}
    for degree in wide:
        text = f"Gravity {degree}\n{textwrap.fill(gravity[degree], 17)}"
        head = sheet.pick(text, f"{degree}")
        axes.text(left[degree] - 0.4, -1.3, head, linespacing=0.95, **note)
    if sheet.narrow:  # the columns have no room for what their heads mean
        axes.text(end, -1.3, "Gravity", ha="right", **note)
        axes.text(margin, -3, "\n".join(f"Gravity {d}: {gravity[d]}" for d in wide), **note)
    _status_key(axes, margin, y + 0.4, sheet)
    axes.set_xlim(margin - 0.2, left[4] + wide[4] + 0.6)
    axes.set_ylim(y + 1.0, sheet.pick(-5.6, -7))
    axes.axis("off")
    return figure


def _status_key(axes: Axes, margin: float, y: float, sheet: Sheet) -> None:
    for x, colour, fill, text in (
        (margin + 0.4, BLUE, BLUE, "resolved"),
        (margin + sheet.pick(5.8, 7.0), VERMILION, PAPER, "unresolved: the sources leave it open"),
    ):
        axes.plot([x], [y], ls="", marker="o", ms=6.2, mfc=fill, mec=colour, mew=1.4)
        axes.text(x + 0.8, y, text, va="center", fontsize=9, color=QUIET)


def matrix(counts: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """How many discrepancies each pair of documents has; a document with itself on the diagonal.

    Args:
        counts: lower triangle and diagonal (`analysis.audit.discrepancies.matrix`).
    """
    figure, axes = sheet.canvas(height=sheet.pick(5.4, 3.5))
    top = float(np.nanmax(counts.to_numpy()))
    for i, name in enumerate(counts.index):
        for j in range(i + 1):
            value = counts.iat[i, j]
            if pd.isna(value):
                continue
            colour = SHADES((value / top) ** 0.5) if value else PAPER
            edge, width = (QUIET, 1.1) if i == j else (RULE, 0.6)
            box = Rectangle((j - 0.46, i - 0.46), 0.92, 0.92, fc=colour, ec=edge, lw=width)
            axes.add_patch(box)
            if value:
                dark = (value / top) ** 0.5 > 0.6
                ink = PAPER if dark else INK
                axes.text(j, i, f"{value:.0f}", ha="center", va="center", fontsize=9.5, color=ink)
        axes.text(-0.75, i, name, ha="right", va="center", fontsize=9.5)
        if not pd.isna(counts.iat[i, i]):
            axes.text(i + 0.62, i, name, ha="left", va="center", fontsize=9, color=QUIET)
    axes.set_xlim(sheet.pick(-3.6, -4.4), len(counts) + sheet.pick(2.2, 0.6))
    axes.set_ylim(len(counts) - 0.4, -0.7)
    axes.axis("off")
    return figure
