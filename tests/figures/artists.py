"""What a figure has drawn, read back from it in the units of its axes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text


class Bar(NamedTuple):
    """A rectangle: from where to where it reaches across, its middle along, and its looks."""

    start: float
    end: float
    middle: float
    face: str
    hatch: str | None = None


class Dot(NamedTuple):
    """A mark: where it is, its shape and what it is filled with."""

    x: float
    y: float
    marker: str
    face: str


class Label(NamedTuple):
    """A text, the point that it tells of, and which of its sides is there."""

    words: str
    at: tuple[float, float]
    side: str


def bars(axes: Axes) -> list[Bar]:
    """The rectangles, in the order in which they were drawn."""
    found = []
    for patch in axes.patches:
        if isinstance(patch, Rectangle):
            corners = patch.get_path().transformed(patch.get_patch_transform()).get_extents()
            (start, end), (low, high) = corners.intervalx, corners.intervaly
            face = to_hex(patch.get_facecolor())
            found.append(Bar(start, end, (low + high) / 2, face, patch.get_hatch()))
    return found


def dots(axes: Axes) -> list[Dot]:
    """The marks of all lines, in the order in which they were drawn."""
    return [
        Dot(x, y, str(line.get_marker()), to_hex(line.get_markerfacecolor()))
        for line in axes.lines
        if line.get_marker() not in (None, "None", "none", "", " ")
        for x, y in path(line)
    ]


def path(line: Line2D) -> list[tuple[float, float]]:
    """The points of a line; days are numbers, as matplotlib counts them."""
    return [(float(x), float(y)) for x, y in np.asarray(line.get_xydata(), dtype=float)]


def reaches(axes: Axes, opacity: float | None = None) -> list[list[tuple[float, float]]]:
    """From where to where each line of a collection runs, such as the bars of an error."""
    return [
        [(float(x), float(y)) for x, y in segment]
        for collection in axes.collections
        if isinstance(collection, LineCollection)
        and (opacity is None or collection.get_alpha() == opacity)
        for segment in collection.get_segments()
    ]


def lines(axes: Axes) -> list[Line2D]:
    """What is drawn as a line between its points."""
    return [line for line in axes.lines if line.get_linestyle() not in ("None", "none", "", " ")]


def said(place: Axes | Figure) -> list[str]:
    """The texts inside the axes, those beside points too, each on one line."""
    return [flat(text) for text in place.texts]


def placed(axes: Axes) -> dict[str, tuple[float, float]]:
    """Where each text inside the axes is anchored: the point that a label tells of."""
    return {flat(text): placed_at(text) for text in axes.texts}


def placed_at(text: Text) -> tuple[float, float]:
    """The point that a text tells of; where it is written, if it tells of none."""
    x, y = getattr(text, "xy", text.get_position())
    return x, y


def numbers(axes: Axes) -> list[Label]:
    """Those of the texts that are whole numbers, in the order in which they were drawn."""
    return [
        Label(flat(text), placed_at(text), text.get_horizontalalignment())
        for text in axes.texts
        if flat(text).isdigit()
    ]


def ticks(axis: Axis) -> list[str]:
    """The words beside an axis, in order, each on one line."""
    return [flat(text) for text in axis.get_ticklabels()]


def flat(text: Text) -> str:
    """The words of a text without its line breaks."""
    return " ".join(text.get_text().split())


def title(axes: Axes) -> str:
    """The head of a panel, on whichever side it stands, on one line."""
    return " ".join(" ".join(axes.get_title(loc=side) for side in ("left", "center")).split())
