"""Let text go on where an exhibit does not fit, so that it leaves no hole before a page's end.

The typesetter puts what may not break on the next page and leaves the rest of the page empty. A
printer lets the paragraphs that follow fill it. So the heights of all blocks are measured once, the
pages are made up from them, and an exhibit that would leave a hole moves behind the text that fills
it. No figure overtakes a figure and no table a table, and none leaves its chapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag

from tools.pdf.tags import classes

Kind = Literal["text", "heading", "whole", "long"]
# What stands in the flow of a chapter by itself.
BLOCKS = "h1, h2, h3, h4, p, ul, ol, dl, pre, blockquote, table, figure, .formula, .admonition"
MARK = "data-block"
HOLE = 0.07  # of a page: what an exhibit may leave empty
LINES = 0.055  # of a page: the text that a heading needs below it


@dataclass(frozen=True)
class Block:
    """Something of a chapter: an exhibit that may break is `long`, one that may not is `whole`.

    `series` is what an exhibit is counted among, figures or tables.
    """

    kind: Kind
    height: float
    series: str = ""


def may_move(article: Tag) -> bool:
    """Whether a chapter holds an exhibit that may not break, which alone leaves holes."""
    return any(_kind(tag) == "whole" for tag in article.select("figure.exhibit"))


def mark(articles: list[Tag]) -> list[list[Tag]]:
    """Number the blocks of the chapters, so that they can be measured; returns them by chapter."""
    chapters = [
        [tag for tag in article.select(BLOCKS) if tag.find_parent(_is_block) is None]
        for article in articles
    ]
    for number, tag in enumerate(tag for chapter in chapters for tag in chapter):
        tag[MARK] = str(number)
    return chapters


def _is_block(tag: Tag) -> bool:
    named = {f".{name}" for name in classes(tag)}
    return not {tag.name, *named}.isdisjoint(BLOCKS.split(", "))


def settle(chapters: list[list[Tag]], heights: Mapping[str, float], room: float) -> None:
    """Move exhibits behind the text that fills the page before them.

    Args:
        chapters: the blocks of each, marked.
        heights: of the blocks, by their marks.
        room: the height of a page, in the same unit.
    """
    for tags in chapters:
        blocks = [
            Block(_kind(tag), heights.get(str(tag[MARK]), 0.0), str(tag.get("data-kind", "")))
            for tag in tags
        ]
        place: Tag | None = None
        for number in order(blocks, room):
            tag = tags[number]
            if place is not None and blocks[number].kind == "whole":
                place.insert_after(tag.extract())
            place = tag
    for tag in (tag for tags in chapters for tag in tags):
        del tag[MARK]


def _kind(tag: Tag) -> Kind:
    if tag.name in ("h1", "h2", "h3", "h4"):
        return "heading"
    if tag.name != "figure" or "pointer" in classes(tag):
        return "text"
    return "whole" if tag["data-kind"] == "figure" or "kept" in classes(tag) else "long"


def order(blocks: list[Block], room: float) -> list[int]:
    """The blocks by number, in the order in which they leave no hole.

    Args:
        blocks: of a chapter that begins on a new page.
        room: the height of a page.
    """
    out: list[int] = []
    waiting: int | None = None
    used = 0.0

    def put(number: int) -> None:
        nonlocal used
        height = blocks[number].height
        starts = blocks[number].kind == "whole" and used + height > room
        used = height if starts else (used + height) % room
        out.append(number)

    for number, block in enumerate(blocks):
        left = room - used
        if waiting is not None:
            passes = block.series != blocks[waiting].series
            stays = block.kind in ("text", "long") or left >= block.height + LINES * room
            if not (passes and stays):
                put(waiting)
                waiting, left = None, room - used
        if waiting is None and block.kind == "whole" and HOLE * room < left < block.height:
            waiting = number
            continue
        put(number)
        if waiting is not None and left - block.height < HOLE * room:
            put(waiting)
            waiting = None
    return out if waiting is None else [*out, waiting]
