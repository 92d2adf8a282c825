"""The measures of a table in print: widths of its columns, size of its type, where it may break.

Widths are reckoned here, in characters, and not left to the typesetter: it shares the width out by
the longest cell, which starves columns of sentences, and takes a third longer over it.
"""

from __future__ import annotations

import math
import re
from itertools import permutations

from bs4 import NavigableString, Tag

from tools.pdf.tags import add_classes, soup, text

# Characters that fit across the text's column, a page upright and a page on its side, in the size
# of each class.
ROOM = {"narrow": 91, "plain": 116, "small": 135, "lying": 200}
GAP = 4  # between columns, in characters
KEPT = 18  # lines: a table of no more is kept on one page
STEP = 2  # characters that columns give one another, and how often at most
TURNS = 60
MOST = 400  # cells of a table whose widths are worth trying out
LONG = 60  # lines: from here on a table of many columns is worth turning the page for
MANY = 6
LONGEST = 18  # characters: a longer word may be broken
BOLD = 1.3  # how much wider the words of a head are than those of the cells
# Names of functions and files may break behind these; phrases and dates need no help.
JOINTS = re.compile(r"(?<=[a-z0-9][._/])(?=[A-Za-z_])")


def lay_out(table: Tag) -> None:
    """Give a table of a page its widths and its classes; merged cells leave it as it is."""
    cells = _cells(table)
    if not cells:
        return
    natural = sum(_natural(cells))
    if len(cells) > LONG and sum(_least(cells)) <= ROOM["small"] // 2:
        # Long and narrow: two columns of the page.
        measure(table, ROOM["small"] // 2)
        add_classes(table, "small")
        add_classes(table.wrap(Tag(name="div")), "columns-2")
        return
    kind = next((kind for kind in ("narrow", "plain") if natural <= ROOM[kind]), "small")
    if (
        kind == "small"
        and len(cells[0]) >= MANY
        and _lines(cells, _widths(cells, ROOM[kind])) > LONG
    ):
        kind = "lying"
    measure(table, ROOM[kind])
    kept = _lines(cells, _widths(cells, ROOM[kind])) <= KEPT
    add_classes(table, kind, *(["kept"] * kept))
    exhibit = table.find_parent("figure")
    if exhibit is not None and kept:
        add_classes(exhibit, "kept", *(["beside"] * (kind == "narrow")))
    if exhibit is not None and kind == "lying":
        _turn(exhibit)


def _turn(exhibit: Tag) -> None:
    """Turn the exhibit's page, together with a heading just before it."""
    block: Tag = exhibit
    while block.parent is not None and block.parent.name != "section":
        if block.find_previous_sibling() is not None:
            break
        block = block.parent
    heading = block.find_previous_sibling()
    around = block.wrap(Tag(name="div"))
    add_classes(around, "lying")
    if heading is not None and heading.name in ("h2", "h3", "h4"):
        around.insert(0, heading.extract())


def measure(table: Tag, room: int) -> None:
    """Set the widths of the columns.

    Args:
        table: without merged cells.
        room: characters that fit across; a table that needs less is narrower.
    """
    cells = _cells(table)
    widths = _widths(cells, room)
    total = sum(widths)
    columns = "".join(f'<col style="width:{100 * width / total:.2f}%">' for width in widths)
    table.insert(0, soup(f"<colgroup>{columns}</colgroup>"))
    caption = table.find("caption")
    if caption is not None:
        table.insert(0, caption.extract())
    for string in table.find_all(string=JOINTS):
        string.replace_with(NavigableString(JOINTS.sub("\u200b", str(string))))
    table["style"] = f"width:{min(100.0, 100 * total / room):.2f}%"
    add_classes(table, "measured")


def natural_width(table: Tag) -> int:
    """Characters that the table takes if hardly a cell wraps; 0 if it has merged cells."""
    return sum(_natural(_cells(table)))


def least_width(table: Tag) -> int:
    """Characters that the table takes if no word is broken; 0 if it has merged cells."""
    return sum(_least(_cells(table)))


def _cells(table: Tag) -> list[list[str]]:
    """The texts by row; empty if cells are merged or rows differ in length."""
    rows = [[text(cell) for cell in row(["th", "td"])] for row in table.find_all("tr")]
    merged = table.select("[colspan], [rowspan]")
    return [] if merged or len({len(row) for row in rows}) != 1 else rows


def _natural(cells: list[list[str]]) -> list[int]:
    """Per column, what nearly all of its cells need on one line; a head may wrap."""
    needs = []
    for head, *column in zip(*cells, strict=True):
        lengths = sorted(map(len, column)) or [0]
        usual = lengths[min(len(lengths) - 1, int(0.97 * len(lengths)))]
        needs.append(max(usual, _head(head), len(head) // 3) + GAP)
    return needs


def _least(cells: list[list[str]]) -> list[int]:
    """Per column, what its longest word needs."""
    columns = zip(_natural(cells), zip(*cells, strict=True), strict=True)
    return [
        min(need, max(_head(head), *map(_word, column)) + GAP) for need, (head, *column) in columns
    ]


def _widths(cells: list[list[str]], room: int) -> list[float]:
    natural = _natural(cells)
    if sum(natural) <= room:
        return [float(width) for width in natural]
    # Each column gets its longest word; the rest goes where it saves most lines.
    least = _least(cells)
    spare, wants = room - sum(least), [n - m for n, m in zip(natural, least, strict=True)]
    if spare <= 0:
        return [float(width) for width in least]
    widths = [m + spare * want / sum(wants) for m, want in zip(least, wants, strict=True)]
    return _shifted(cells, widths, least) if len(cells) * len(least) <= MOST else widths


def _shifted(cells: list[list[str]], widths: list[float], least: list[int]) -> list[float]:
    """The widths, after columns have given room to others as long as the table becomes shorter."""
    best = _lines(cells, widths)
    for _ in range(TURNS):
        tried = []
        for giver, taker in permutations(range(len(widths)), 2):
            if widths[giver] - STEP >= least[giver]:
                other = [*widths]
                other[giver] -= STEP
                other[taker] += STEP
                tried.append((_lines(cells, other), other))
        fewest, other = min(tried, default=(best, widths))
        if fewest >= best:
            break
        best, widths = fewest, other
    return widths


def _head(words: str) -> int:
    return math.ceil(BOLD * _word(words))


def _word(words: str) -> int:
    pieces = [piece for word in words.split() for piece in re.split(r"(?<=[._/-])(?!\d)", word)]
    return min(LONGEST, max(map(len, pieces), default=0))


def _lines(cells: list[list[str]], widths: list[float]) -> int:
    """Roughly how many lines the table takes."""
    return sum(
        max(
            -(-len(cell) // max(1, int(width) - GAP))
            for cell, width in zip(row, widths, strict=True)
        )
        for row in cells
    )
