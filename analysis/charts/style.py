"""One hand for all figures: readable in print, in grey and by the colour-blind.

Colours are Okabe and Ito's (*Color Universal Design*, 2008), ordered so that neighbours differ in
lightness too. The typeface is Source Sans 3 (SIL Open Font License), bundled beside this file.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

# matplotlib writes this instant into every file it draws, so that outputs repeat exactly. It is
# set here, inside the kernel: exported to the book's build it would rewrite the footer's year.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# The fallback face has no semibold; matplotlib would say so in every notebook.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

INK = "#1c2733"  # text and main lines
QUIET = "#5b6875"  # secondary text; 5.6:1 on white
RULE = "#d5dbe1"  # grid and frames
PAPER = "#ffffff"
BLUE = "#0072b2"
VERMILION = "#d55e00"
GREEN = "#009e73"
AMBER = "#e69f00"
SKY = "#56b4e9"
PURPLE = "#cc79a7"
SERIES = (BLUE, VERMILION, GREEN, AMBER, PURPLE, SKY)
WIDTH = 7.2  # inches: the measure of the page, so that type in figures keeps its size

FONTS = Path(__file__).parent / "fonts"


def _settings() -> dict[str, Any]:
    return {
        "font.family": ["Source Sans 3", "DejaVu Sans"],
        "font.size": 10.5,
        "axes.titlesize": 11.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 10,
        "axes.labelcolor": QUIET,
        "axes.edgecolor": QUIET,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=SERIES),
        "grid.color": RULE,
        "grid.linewidth": 0.7,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "ytick.major.size": 0,
        "text.color": INK,
        "lines.linewidth": 2.0,
        "lines.markersize": 6,
        "legend.frameon": False,
        "figure.facecolor": PAPER,
        "figure.constrained_layout.use": True,
        "savefig.facecolor": PAPER,
        # Outlines, not font references: a downloaded figure looks the same everywhere.
        "svg.fonttype": "path",
    }


def canvas(
    height: float = 3.8, rows: int = 1, columns: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """A figure of the book's width and its axes, in the book's style.

    Args:
        height: in inches.
        rows, columns, options: as for `matplotlib.pyplot.subplots`.
    """
    for path in sorted(FONTS.glob("*.ttf")):
        if str(path) not in {entry.fname for entry in font_manager.fontManager.ttflist}:
            font_manager.fontManager.addfont(str(path))
    mpl.rcParams.update(_settings())
    figure, axes = plt.subplots(rows, columns, figsize=(WIDTH, height), **options)
    # Closed at once so that a notebook shows the exhibit only, not the bare figure as well.
    plt.close(figure)
    return figure, axes


def label(
    axes: Axes,
    x: Any,
    y: Any,
    text: str,
    *,
    colour: str = INK,
    offset: tuple[float, float] = (6, 0),
    **options: Any,
) -> None:
    """A direct label beside a point, which spares the reader a legend; offset in points."""
    settings: dict[str, Any] = {"va": "center", "fontsize": 9.5, "color": colour, **options}
    axes.annotate(text, (x, y), xytext=offset, textcoords="offset points", **settings)
