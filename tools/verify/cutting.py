"""The ways in which the places of a document are found; the table `documents` names one for each.

Each takes the text of a document and yields its stretches in order, as place and text; stretches
of one place may come apart, as a paragraph does that runs on over a page break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

Stretches = Iterator[tuple[str, str]]
NUMBER = r"[1-9]\d*"
TITLES = "titles"


def plain(text: str) -> str:
    """Text without markdown and note marks, white space joined to single spaces."""
    text = re.sub(r"<sup>[^<]*</sup>", "", text)
    text = re.sub(r"(?m)^\s*(?:#+|-|•|➤|>|---+)\s+|\*|^---+$", "", text)
    return re.sub(r"\s+", " ", text.replace("\\_", "_")).strip()


def counted(text: str, name: str = "para.") -> Stretches:
    """Paragraphs without numbers, counted from the first that is no heading.

    A short block before it is a heading too, and a numbered list belongs to its paragraph.
    """
    count = 0
    for block in re.split(r"\n\s*\n", text.strip()):
        if re.match(r"\s*(#|\*\*)", block) or (not count and len(block.split()) <= 12):
            yield "<headings>", block
        else:
            count += not (count and re.match(r"\s*\d+\. ", block))
            yield f"{name} {count}", block


def numbered(text: str) -> Stretches:
    """Numbered paragraphs, which run on over page breaks and end at the next heading's number."""
    place, number, annex = "<headings>", 0, False
    for line in text.split("\n"):
        if re.match(r"#+ \**Annex", line):
            annex, place = True, "annex"
        elif line.startswith("#") or re.match(r"NOTES?$", line):
            title = plain(line)
            place_of_line = "annex" if annex else f"heading: {title}"
            if re.match(r"Summary", title):
                place = "summary"
            yield place_of_line, line
            continue
        elif note := re.match(r"(?:- )?<sup>(\d+)</sup>", line):
            place = f"note {note.group(1)}"
        elif (start := re.match(r"(\d+)\. ", line)) and int(start.group(1)) == number + 1:
            number += 1
            place = f"para. {number}"
        yield place, line


def resolution(text: str) -> Stretches:
    """Preamble, operative paragraphs with their lettered parts, and notes at the page ends."""
    place, number, note = "<headings>", 0, ""
    for line in text.split("\n"):
        if mark := re.match(r"<sup>(\d+)</sup>", line):
            note = f"note {mark.group(1)}"
        elif line.startswith("---"):
            pass
        elif re.match(r"\*The General Assembly,", line):
            note, place = "", "preamble"
        elif start := re.match(r"(\d+)\. \*", line):
            if int(start.group(1)) == number + 1:
                number += 1
            note, place = "", f"op. para. {number}"
        elif letter := re.match(r"\(([a-z])\) ", line):
            note, place = "", f"op. para. {number} ({letter.group(1)})"
        elif re.match(r"\*\d+th plenary meeting", line):
            note, place = "", "<closing line>"
        elif note and line.strip():
            note = ""
        yield note or place, line


def pages(text: str) -> Stretches:
    """Pages, each of which begins with a line that begins with the next number."""
    place, page = "<front>", 0
    for line in text.split("\n"):
        if (start := re.match(r"(\d+)(?: |$)", line)) and int(start.group(1)) == page + 1:
            page += 1
            place = f"p. {page}"
        yield place, line


def by_titles(text: str, titles: Sequence[tuple[str, str]]) -> Stretches:
    """Slides or sections, each from the line of its title to that of the next.

    Args:
        text: of the document.
        titles: place and first words of its line, in order; one whose words begin no line after
            the one before is not met, and none after it.
    """
    place, left = "<front>", list(titles)
    for line in text.split("\n"):
        if left and line.startswith(left[0][1]):
            place, _ = left.pop(0)
        yield place, line


@dataclass(frozen=True)
class Way:
    """A way of finding places: its cutter, the names that they have, and some for a message."""

    cut: Callable[..., Stretches]
    names: str
    such_as: str


# What some tables cite besides: a note of a page; title and closing line of a resolution.
WAYS = {
    "numbered paragraphs": Way(
        numbered,
        rf"(para\.|note) {NUMBER}|summary|annex", "para. 7, note 7, summary or annex",
    ),
    "counted paragraphs": Way(counted, rf"para\. {NUMBER}", "para. 7"),
    "introduction": Way(
        partial(counted, name="intro. para."), rf"intro\. para\. {NUMBER}", "intro. para. 7"
    ),
    "resolution": Way(
        resolution,
        rf"title|preamble|op\. para\. {NUMBER}( \([a-z]\))?|note {NUMBER}|closing line",
        "preamble, op. para. 7, op. para. 7 (a) or note 7",
    ),
    TITLES: Way(by_titles, r"(slide|section): \S.*", "slide: … or section: …"),
    "pages": Way(pages, rf"p\. {NUMBER}(, note {NUMBER})?", "p. 7"),
}  # fmt: skip


def misnamed(place: str, way: str) -> bool:
    """Whether a place, or one of several joined by semicolons, is none that the way could find."""
    names = WAYS[way].names
    return re.fullmatch(rf"({names})(; ({names}))*", place) is None


def stretches(text: str, way: str, titles: Sequence[tuple[str, str]] = ()) -> Stretches:
    """The stretches of a document's text, cut in the way of this name; titles as `by_titles`."""
    return by_titles(text, titles) if way == TITLES else WAYS[way].cut(text)
