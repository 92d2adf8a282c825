"""The figures of the audit."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from analysis.audit.relations import (
    ARITHMETIC,
    INCONSISTENT,
    OUTSIDE,
    OWN_LIST,
    REPETITION,
    UNCHECKED,
)
from analysis.audit.tables import DOCUMENTS, STANDINGS
from analysis.marks import answering, asked
from analysis.style import BLUE, INK, PAPER, QUIET, RULE, SKY, VERMILION, Sheet

# Filled, toned, hatched and hollow: told apart in grey as well as in colour.
MARKS: dict[str, dict[str, Any]] = {
    OUTSIDE: {"fc": BLUE, "ec": BLUE},
    ARITHMETIC: {"fc": SKY, "ec": BLUE},
    OWN_LIST: {"fc": "#d6e8f4", "ec": BLUE},
    REPETITION: {"fc": PAPER, "ec": BLUE},
    INCONSISTENT: {"fc": PAPER, "ec": VERMILION},
    UNCHECKED: {"fc": PAPER, "ec": "#a7b0ba"},
}
CLEAR = {"fc": PAPER, "ec": "none", "pad": 1}
HATCHES = {REPETITION: "////", INCONSISTENT: "xxxx"}


def verdicts(by_document: pd.DataFrame, by_topic: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Stated figures as bars, by document and by topic, cut by what bears them out best.

    Args:
        by_document, by_topic: index: names; one column of counts per standing, and `total`.
    """
    figure, axes = sheet.canvas(height=sheet.pick(5.6, 7.6))
    shown = [name for name in STANDINGS if by_document[name].any()]
    wide = max(by_document["total"].max(), by_topic["total"].max())
    for line, standing in enumerate(shown):
        x, y = sheet.pick((wide * 0.5 * (line // 3), -4.2 + line % 3), (-wide * 0.58, -6.4 + line))
        _part(axes, x, y, wide * 0.04, standing)
        axes.text(x + wide * 0.06, y, STANDINGS[standing], va="center", fontsize=9.2)
    y = 0.0
    for by, counts in (("document", by_document.rename(index=DOCUMENTS)), ("topic", by_topic)):
        axes.text(0, y - 0.9, f"By {by}", fontsize=10, weight=600, color=QUIET, va="center")
        for name, row in counts.iterrows():
            left = 0
            for standing in shown:
                bar = _part(axes, left, y, row[standing], standing)
                if row[standing]:
                    answering(axes, bar, by, str(name), STANDINGS[standing])
                if row[standing] * sheet.pick(1, 0.5) > (3.5 if standing in HATCHES else 1.4):
                    axes.text(left + row[standing] / 2, y, str(row[standing]), ha="center",
                              va="center", fontsize=9,
                              color=PAPER if standing == OUTSIDE else INK,
                              bbox=CLEAR if standing in HATCHES else None)  # fmt: skip
                left += int(row[standing])
            axes.text(-wide * 0.015, y, textwrap.fill(str(name), sheet.pick(40, 21)), ha="right",
                      va="center", fontsize=9.5, linespacing=0.95)  # fmt: skip
            axes.text(left + wide * 0.015, y, str(row["total"]), va="center", fontsize=9.5,
                      weight=600)  # fmt: skip
            y += 1.0
        y += 1.6
    axes.set_xlim(-wide * sheet.pick(0.45, 0.6), wide * 1.07)
    axes.set_ylim(y - 2.0, sheet.pick(-4.9, -7.2))
    axes.axis("off")
    return figure


def _part(axes: Axes, left: float, y: float, width: float, standing: str) -> BarContainer:
    marks = MARKS[standing]
    return axes.barh(y, width, left=left, height=0.72, lw=0.8, hatch=HATCHES.get(standing), **marks)


def strip(counts: pd.Series, *, sheet: Sheet) -> Figure:
    """All stated figures as one bar, cut by how each fares.

    Args:
        counts: index: standings in the order of `STANDINGS`; statements.
    """
    figure, axes = sheet.canvas(height=sheet.pick(1.3, 2.2))
    shown, left = counts[counts > 0], 0
    across, line, key = sheet.pick((3, 0.75, 0.02), (1, 0.55, 0.035))
    for place, (name, size) in enumerate(shown.items()):
        standing = str(name)
        hollow = MARKS[standing]["fc"] == PAPER
        looks = {**MARKS[standing], "lw": 1, "hatch": "////" if hollow else None}
        bars = axes.barh(0, size, left=left, height=1, **looks)
        answering(axes, bars, STANDINGS[standing])
        axes.text(left + size / 2, 0, f"{size}", ha="center", va="center", weight=600,
                  color=PAPER if standing == OUTSIDE else INK,
                  bbox=CLEAR if hollow else None)  # fmt: skip
        x, y = place % across * shown.sum() / across, -1.15 - place // across * line
        axes.barh(y, shown.sum() * key, left=x, height=0.36, **looks)
        axes.text(x + shown.sum() * key * 1.5, y, STANDINGS[standing], va="center", fontsize=9.5)
        left += int(size)
    axes.set_xlim(0, left)
    axes.set_ylim(-1.5 - (len(shown) - 1) // across * line, 0.55)
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
        lines = textwrap.wrap(name, sheet.pick(30, 13))
        middle, close = y + (len(lines) - 1) / 2, sheet.pick("normal", 0.9)
        axes.text(margin, middle, "\n".join(lines), va="center", fontsize=10, linespacing=close)
        axes.text(end, y, str(len(group)), va="center", ha="right", fontsize=10, weight=600)
        deep = max(deep, len(lines))
        right = left[4] + wide[4]
        asked(axes, [(margin + right) / 2], [y + (deep - 1) / 2], name, size=(right - margin, deep))
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
