"""One hand for all figures: readable in print, in grey and by the colour-blind.

Colours are Okabe and Ito's (*Color Universal Design*, 2008), ordered so that neighbours differ in
lightness too. The typeface is Source Sans 3 (SIL Open Font License), bundled beside this file.

matplotlib takes half a second to come, which those who ask for a colour or a face can spare: what
draws or measures brings it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

# matplotlib writes this instant into every file it draws, so that outputs repeat exactly. It is
# set here, inside the kernel: exported to the book's build it would rewrite the footer's year.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# The face has a semibold for a bold; matplotlib would say so in every notebook.
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
# The lines of the treaties in every chapter: colour and dash together, so that no line needs colour
# to be told from another.
INSTRUMENTS: dict[str, dict[str, Any]] = {
    "refugee-convention": {"color": INK, "linestyle": "-"},
    "refugee-protocol": {"color": QUIET, "linestyle": (0, (4, 1.5))},
    "icrmw": {"color": VERMILION, "linestyle": "-", "linewidth": 2.8},
    "trafficking-protocol": {"color": BLUE, "linestyle": "-"},
    "smuggling-protocol": {"color": GREEN, "linestyle": (0, (1.2, 1))},
}

SMALLEST = 8.4  # points: 11 CSS pixels on the screen of a phone
SLACK = 1.08  # points by which the box around a text is larger than its letters
FONTS = Path(__file__).parent / "fonts"


def _settings() -> dict[str, Any]:
    from cycler import cycler

    return {
        "text.parse_math": False,  # a dollar sign in a label is a dollar sign
        # Else the width of a word would depend on the resolution, and with it the layout.
        "text.hinting": "no_hinting",
        "font.family": "Source Sans 3",
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
        "ytick.alignment": "center",  # not the middle of small letters, which lies lower
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


Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Sheet:
    """What a figure is drawn on; each is drawn for both, so that type keeps its size on either.

    `width` is in inches.
    """

    width: float

    @property
    def narrow(self) -> bool:
        """Whether this is the screen of a phone."""
        return self.width < 5

    def pick(self, page: Choice, phone: Choice) -> Choice:
        """The setting for this sheet."""
        return phone if self.narrow else page

    def canvas(
        self, height: float = 3.8, rows: int = 1, columns: int = 1, **options: Any
    ) -> tuple[Figure, Any]:
        """A figure of the sheet's width and its axes, in the book's style.

        Args:
            height: in inches.
            rows, columns, options: as for `Figure.subplots`.
        """
        import matplotlib as mpl
        from matplotlib import font_manager
        from matplotlib.figure import Figure

        for path in sorted(FONTS.glob("*.ttf")):
            if str(path) not in {entry.fname for entry in font_manager.fontManager.ttflist}:
                font_manager.fontManager.addfont(str(path))
        mpl.rcParams.update(_settings())
        # Unknown to pyplot, so that a notebook shows the exhibit only, not the bare figure as well.
        figure = Figure(figsize=(self.width, height))
        return figure, figure.subplots(rows, columns, **options)


PAGE = Sheet(7.2)  # the measure of the page, in HTML and in print
PHONE = Sheet(4.1)  # shown edge to edge on a screen 390 CSS pixels wide: nearly its own size


def visible_steps(at: pd.Series, least: float) -> pd.Series:
    """Which points of a step line to draw: of each stretch of so much the last, and the first.

    Args:
        at: where along the line each point stands, in order.
        least: the stretch in which points cannot be told apart.
    """
    return ~(at // least).duplicated(keep="last") | (at == at.iloc[0])


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


def faults(figure: Figure) -> list[str]:
    """Texts that leave the drawing or run into one another, and type too small to read.

    Args:
        figure: in the layout in which it was drawn last; of a new one this is made.
    """
    from matplotlib.text import Text

    if figure.stale:
        figure.draw_without_rendering()
    unseen = {label for axes in figure.axes for label in _unseen(axes)}
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    slack = SLACK * figure.dpi / 72
    boxes = [(t, t.get_window_extent().padded(-slack)) for t in texts if t not in unseen]
    found = []
    for text, box in boxes:
        if (size := text.get_fontproperties().get_size_in_points()) < SMALLEST:
            found.append(f"{_quote(text)} is set in {size:g} points")
        if not all(figure.bbox.contains(*corner) for corner in (box.min, box.max)):
            found.append(f"{_quote(text)} leaves the drawing")
    for (one, box), (other, where) in combinations(boxes, 2):
        if box.overlaps(where):
            found.append(f"{_quote(one)} runs into {_quote(other)}")
    return found


def _unseen(axes: Axes) -> Iterator[Text]:
    """Labels that matplotlib keeps but does not draw: of ticks out of view, of axes put off."""
    for axis in (axes.xaxis, axes.yaxis):
        drawn = axes.axison and axis.get_visible()
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not drawn or not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)
        if not drawn:
            yield axis.label


def _quote(text: Text) -> str:
    return repr(" ".join(text.get_text().split()))
