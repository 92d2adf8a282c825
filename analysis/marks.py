"""Where the rows of a figure's data stand in its drawing, so that a mark can be asked for them.

A mark is a point of a line, a dot, a bar, a cell or a range. It stands for the rows that hold what
it was drawn from along both axes: its number, its day, the words of its place. A table with a
column for each year or series is read by its heads as well. A function that draws something else
than its data hold says by `asked` what its marks stand for, and of bars by `answering`. A mark that
fits no row has no value: a page then shows none rather than a guess. So do all marks of a drawing
of which few are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# Places are in thousandths of the drawing's width and height, from its upper left corner.
FINE = 1000
# Marks of one line that are nearer than this cannot be told apart by a finger or a pointer.
APART = 6
# A file has twelve digits of a number, a drawing all of them.
CLOSE = 1e-7
# The part of the marks that must be found, or the drawing shows something else than its data.
MOST = 0.5
# So many rows may hold what one mark shows; more say that the reading is wrong.
SHARED = 4
YEAR = re.compile(r"(?<!\d)(1[89]|20)\d\d(?!\d)")
Places = np.ndarray[Any, np.dtype[np.float64]]
Found = np.ndarray[Any, np.dtype[np.bool_]]
Point = tuple[float, float]
# Across, down, the row, and how far a bar or cell reaches from there across and down.
Placed = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Mark:
    """What was drawn: its middle, the values that it spans along either axis, half of its size."""

    middle: Point
    across: tuple[float, ...]
    along: tuple[float, ...]
    half: Point = (0, 0)


@dataclass(frozen=True)
class Said:
    """A mark whose row the drawing names: `words` are cells of it, as the file holds them."""

    middle: Point
    words: tuple[str, ...]
    half: Point = (0, 0)


DECLARED: WeakKeyDictionary[Axes, list[Said]] = WeakKeyDictionary()


def asked(
    axes: Axes,
    x: Sequence[Any],
    y: Sequence[Any],
    *words: Sequence[object] | str,
    size: Point = (0, 0),
) -> None:
    """Say which rows marks stand for, where the data hold something else than is drawn.

    The axes are then not read for other marks.

    Args:
        axes: which the marks are in.
        x, y: where the middle of each is, in the axes' own units.
        words: cells by which its row is known, from left to right, such as an instrument and a
            year; a text is the same for all marks.
        size: width and height of each, in the axes' own units; nought of points.
    """
    columns = [[each] * len(x) if isinstance(each, str) else each for each in words]
    places = zip(axes.convert_xunits(list(x)), axes.convert_yunits(list(y)), strict=True)
    told = zip(places, zip(*columns, strict=True), strict=True)
    half = size[0] / 2, size[1] / 2
    DECLARED.setdefault(axes, []).extend(
        Said((float(across), float(along)), tuple(map(_plain, map(str, cells))), half)
        for (across, along), cells in told
    )


def answering(axes: Axes, bars: Iterable[Rectangle], *words: str) -> None:
    """Say which row bars or cells stand for, all of them for one; else as `asked`.

    Args:
        axes: which they are in.
        bars: as `Axes.barh` gives them.
        words: cells by which the row is known.
    """
    for bar in bars:
        box = bar.get_bbox()
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        asked(axes, [x], [y], *words, size=(abs(box.width), abs(box.height)))


class Data:
    """The data of a figure: numbers and days by row and column, and texts by row.

    Attributes:
        numbers, slack: what a cell holds, and how far a mark may lie from it: half of its last
            decimal. The middles of what may be intervals are columns too.
        years: of each of these columns, the year that its head names; nought of the others.
        texts: the words of each row.
        heads: those of the columns.
    """

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        shape = (len(rows), len(heads))
        cells = [(_number(text), _slack(text)) for row in rows for text in row]
        known = np.array(cells, dtype=float).reshape(*shape, 2)
        middles = (known[:, :-1] + known[:, 1:]) / 2
        middles[~(known[:, :-1, 0] < known[:, 1:, 0])] = np.nan
        self.numbers, self.slack = np.concatenate([known, middles], axis=1).transpose(2, 0, 1)
        named = [YEAR.search(head) for head in heads]
        years = [float(year[0]) if year else 0.0 for year in named]
        between = [one if one == other else 0.0 for one, other in pairwise(years)]
        self.years = np.array([*years, *between])
        self.heads = [_plain(head) for head in heads]
        self.texts = [tuple(_plain(text) for text in row if text) for row in rows]

    def near(self, values: Sequence[float]) -> Found:
        """By row and column, whether a cell is one of the values."""
        within = self.slack + CLOSE * abs(self.numbers)
        found = np.zeros(self.numbers.shape, dtype=bool)
        for value in values:
            found |= abs(self.numbers - value) <= within
        return found

    def wordy(self, words: str) -> Found:
        """By row, whether a cell begins with the words, or they with it."""
        return np.array([
            bool(words) and any(text.startswith(words) or words.startswith(text) for text in row)
            for row in self.texts
        ], dtype=bool)  # fmt: skip

    def holding(self, words: tuple[str, ...]) -> list[int]:
        """The rows that have the words as cells, in this order."""
        # An edition of 2015 and the year 2015 are two cells.
        left = [iter(row) for row in self.texts]
        return [at for at, row in enumerate(left) if all(word in row for word in words)]


def marks(figure: Figure, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Placed]:
    """The marks of a finished figure that stand for rows: x, y and the row, counted from nought.

    Args:
        figure: drawn once, so that its layout is settled.
        heads, rows: its data as the file holds them.

    Raises:
        ValueError: the drawing names a row (see `asked`) that is not there, or not only once.
    """
    if not rows:
        return []
    data = Data(heads, rows)
    placed: set[Placed] = set()
    sought = found = 0
    for axes in figure.axes:
        said = axes in DECLARED
        for series in _series(axes, data):
            last = None
            for mark, standing in series:
                if (place := _place(axes, mark)) is None:
                    continue
                x, y, *reach = place
                if not any(reach):
                    if last and np.hypot(x - last[0], y - last[1]) < APART:
                        continue
                    last = x, y
                sought, found = sought + (not said), found + (bool(standing) and not said)
                placed |= {(x, y, row, reach[0], reach[1]) for row in standing}
    few = found < MOST * sought
    return [] if few else sorted(placed, key=lambda each: (each[2], *each))


def _place(axes: Axes, mark: Mark | Said) -> tuple[int, int, int, int] | None:
    """Where a mark is on the sheet and how far it reaches; `None` out of the axes."""
    if not np.isfinite(mark.middle).all():
        return None
    corners = np.add(mark.middle, np.outer((-1, 1), mark.half))
    ends = np.sort(axes.transData.transform(corners), axis=0)
    box = axes.bbox.padded(1)
    if (ends[0] > box.max).any() or (ends[1] < box.min).any():
        return None
    if any(mark.half):
        ends = np.clip(ends, axes.bbox.min, axes.bbox.max)
    scale = FINE / np.array([axes.figure.bbox.width, axes.figure.bbox.height])
    (x, y), (wide, high) = ends.mean(axis=0) * scale, np.ptp(ends, axis=0) / 2 * scale
    return round(x), round(FINE - y), round(wide), round(high)


def _series(axes: Axes, data: Data) -> Iterator[Iterator[tuple[Mark | Said, list[int]]]]:
    """By line or group of marks: each mark, and the rows that it stands for."""
    if said := DECLARED.get(axes):
        yield ((each, _named(each, data)) for each in said)
        return
    reader = Reader(axes, data)
    for drawn in _drawn(axes):
        yield ((mark, reader.rows(mark)) for mark in drawn)


def _named(said: Said, data: Data) -> list[int]:
    rows = data.holding(said.words)
    if len(rows) != 1:
        raise ValueError(
            f"a mark stands for the row of {said.words}: expected 1, found {len(rows)}"
        )
    return rows


class Reader:
    """Reads marks of one axes against the data."""

    def __init__(self, axes: Axes, data: Data) -> None:
        self.data = data
        self.labels = (_labels(axes.xaxis), _labels(axes.yaxis))
        title = _plain(axes.get_title(loc="left") or axes.get_title())
        self.panel = data.wordy(title)

    def rows(self, mark: Mark) -> list[int]:
        """The rows that fit the mark best, unless they are many."""
        (across, x), (along, y) = (
            self._fits(values, words, at)
            for values, words, at in zip(
                (mark.across, mark.along), self.labels, mark.middle, strict=True
            )
        )
        # A cell below a year in its head: the year along one axis, the cell along the other.
        data = self.data
        crossed = (y & (data.years == mark.middle[0])) | (x & (data.years == mark.middle[1]))
        ends = [self.data.near([value]).any(axis=1) for value in _ends(mark)]
        ranged = ends[0] & ends[1] if ends else np.zeros(len(data.texts), dtype=bool)
        fits: Found = (across & along) | crossed.any(axis=1) | ranged
        score = fits * (1 + across + along + self.panel + crossed.any(axis=1) + ranged)
        best = np.flatnonzero(fits & (score == score.max()))
        return best.tolist() if len(best) <= SHARED else []

    def _fits(
        self, values: tuple[float, ...], labels: dict[float, str] | None, at: float
    ) -> tuple[Found, Found]:
        """By row, and by row and column, whether the data hold what was drawn along an axis."""
        if labels is None:
            cells = self.data.near(sorted({value for value in values if value or len(values) == 1}))
            return np.asarray(cells.any(axis=1)), cells
        word = next((text for place, text in labels.items() if abs(place - at) < CLOSE), "")
        return self.data.wordy(word), np.zeros(self.data.numbers.shape, dtype=bool)


def _ends(mark: Mark) -> tuple[float, ...]:
    """The two ends of a range; nothing of a point or a bar from nought."""
    for values in (mark.across, mark.along):
        if len(values) > 1 and values[0] != values[1] and all(values[:2]):
            return values[:2]
    return ()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return float(dates.date2num(date.fromisoformat(text)))
    except ValueError:
        return float("nan")


def _slack(text: str) -> float:
    _, point, decimals = text.partition(".")
    return 0.5 * 10.0 ** -len(decimals) if point else 0.0


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _labels(axis: Axis) -> dict[float, str] | None:
    """The words at the places of an axis; `None` of an axis of numbers or days."""
    if isinstance(axis.get_major_formatter(), dates.DateFormatter | dates.AutoDateFormatter):
        return None
    words = {
        float(tick.get_loc()): _plain(tick.label1.get_text()) for tick in axis.get_major_ticks()
    }
    # "1 million" is a number.
    return words if any(re.match(r"[^\W\d]", text) for text in words.values()) else None


def _drawn(axes: Axes) -> Iterator[list[Mark]]:
    for line in axes.lines:
        if line.get_transform().contains_branch(axes.transData):
            yield _points(line.get_xydata())
    for collection in axes.collections:
        if not collection.get_transform().contains_branch(axes.transData):
            continue
        if isinstance(collection, LineCollection):
            yield [_box(segment) for segment in collection.get_segments()]
    for collection in axes.collections:
        if isinstance(collection, PathCollection):
            yield _points(np.ma.filled(collection.get_offsets(), np.nan))
    yield [
        _box(patch.get_bbox().get_points())
        for patch in axes.patches
        if isinstance(patch, Rectangle) and patch.get_data_transform() == axes.transData
    ]


def _points(places: Any) -> list[Mark]:
    return [Mark((x, y), (x,), (y,)) for x, y in np.asarray(places, dtype=float)]


def _box(places: Any) -> Mark:
    """A bar or a range by its ends, its length and its middle."""
    (x0, y0), (x1, y1) = np.asarray(places, dtype=float)[[0, -1]]
    middle, size = ((x0 + x1) / 2, (y0 + y1) / 2), (abs(x1 - x0), abs(y1 - y0))
    half = (size[0] / 2, size[1] / 2)
    return Mark(middle, (x0, x1, size[0], middle[0]), (y0, y1, size[1], middle[1]), half)
