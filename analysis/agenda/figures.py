"""The figure of the chapter on the agendas: data in, matplotlib Figure out."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.agenda.history import AGENDAS
from analysis.agenda.tables import FATES, GLOSSES, HEADS, titles
from analysis.marks import asked
from analysis.style import BLUE, PAPER, QUIET, RULE, VERMILION, Sheet

LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"color": BLUE},
    "text": {"color": BLUE, "markerfacecolor": PAPER, "markeredgewidth": 1.4},
    "doubtful": {"color": VERMILION, "markerfacecolor": PAPER, "markeredgewidth": 1.4},
}
KEY = {
    "heading": "named; number of topics",
    "text": "in running text alone",
    "doubtful": "in doubt",
}
COUNT = {"heading": PAPER, "text": BLUE}


def matrix(fates: pd.DataFrame, marks: pd.DataFrame, *, sheet: Sheet) -> Figure:
    """Themes down, grouped by what became of them; agendas across, in order of time.

    Args:
        fates: `analysis.agenda.tables.ordered`.
        marks: `analysis.agenda.history.marks`.
    """
    named, cell = titles(), marks.set_index(["theme", "agenda"])
    figure, axes = sheet.canvas(height=sheet.pick(8.0, 9.2))
    left, right = sheet.pick(-2.7, -2.9), len(AGENDAS) - 0.5
    y, group = 0.0, ""
    for theme, fate in fates["adopted"].items():
        if fate != group:
            y += 0.45 if group else 0.0
            group = str(fate)
            _heading(axes, left, y, group, sheet)
            y += sheet.pick(1.0, 1.8)
        axes.text(left, y, named[str(theme)], fontsize=sheet.pick(9.5, 9.0), va="center")
        axes.plot([-0.45, right], [y, y], color=RULE, lw=0.6, zorder=0)
        for x, agenda in enumerate(AGENDAS):
            if (theme, agenda) in cell.index:
                found = cell.loc[(theme, agenda)]
                _mark(axes, x, y, str(found["state"]), int(found["items"]))
                asked(axes, [x], [y], named[str(theme)], size=(0.3, 0.8))
        y += 1.0
    for x, head in enumerate(HEADS.values()):
        text = sheet.pick(head.replace(", ", "\n"), head)
        axes.text(x, -0.8, text, ha="center", va="bottom", fontsize=9.2,
                  rotation=sheet.pick(0, 90))  # fmt: skip
    _key(axes, left, y + 0.4, sheet)
    axes.set_xlim(left - 0.05, right + sheet.pick(0.1, 0.0))
    axes.set_ylim(y + 0.9, sheet.pick(-2.3, -5.0))
    axes.axis("off")
    return figure


def _heading(axes: Axes, x: float, y: float, fate: str, sheet: Sheet) -> None:
    """What became of the themes below, and what that means: beside it, on a phone under it."""
    axes.text(x, y, FATES[fate], fontsize=9.8, weight=600, va="center")
    axes.text(*sheet.pick((x + 1.42, y), (x, y + 0.85)), GLOSSES[fate], fontsize=8.8, color=QUIET,
              va="center")  # fmt: skip


def _mark(axes: Axes, x: float, y: float, state: str, items: int) -> None:
    axes.plot([x], [y], ls="", marker="s", ms=11.5, **LOOKS[state])
    text = "?" if state == "doubtful" else str(items)
    colour = VERMILION if state == "doubtful" else COUNT[state]
    axes.text(x, y + 0.02, text, ha="center", va="center", fontsize=8.6, color=colour)


def _key(axes: Axes, left: float, y: float, sheet: Sheet) -> None:
    starts = sheet.pick((0.12, 2.25, 4.45), (0.25, 2.9, 5.3))
    for start, (state, text) in zip(starts, KEY.items(), strict=True):
        _mark(axes, left + start, y, state, 3)
        wrapped = textwrap.fill(text, sheet.pick(40, 14))
        axes.text(left + start + sheet.pick(0.2, 0.35), y, wrapped, va="center", fontsize=8.6,
                  color=QUIET)  # fmt: skip
