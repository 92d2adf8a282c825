"""Cut the transcriptions into places, the way the ledger names them.

A transcription is a text file that holds one document or several. Every stretch of a document
belongs to exactly one place, so that "nothing left out" can be checked; a stretch that the
ledger has no name for (front matter, a heading, the date under a resolution) gets a name of its
own in angle brackets, which no statement can cite.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# The GRCP7 transcription numbers its pages from the cover; its annexes break off on this one, and
# what follows are notices of other documents, which are not evidence.
GRCP7_LAST_PAGE = 36
SLIDES = (
    "GENESIS OF THE HIGH-LEVEL DIALOGUE", "THE GLOBAL MIGRATION GROUP",
    "Global Commission's Recommendations", "The Global Commission's Recommendation 33",
    "Follow-up to Recommendation 33", "The Global Migration Group",
    "**THE SPECIAL", "THE PREPARATORY PROCESS FOR THE HLD", "First Panel (New York)",
    "Second Panel (Geneva)", "The Panels' contribution to the HLD",
    "ROLE OF THE UN SYSTEM AT THE HIGH-LEVEL DIALOGUE", "Round tables of the HLD",
    "UN System at the HLD", "**FOLLOW-UP TO THE", "The Secretary-General's Recommendation",
    "VIEWS ON THE CONSULTATIVE FORUM", "BELGIUM'S PROPOSAL", "**VIEWS EXPRESSED BY",
    "UN SYSTEM MAY PROVIDE TO THE FORUM's FIRST MEETING:",
)  # fmt: skip
SECTIONS = (
    "Established", "Objectives", "Current Focus", "Participating States", "Observers", "Partners",
    "Secretariat", "Website", "Meetings",
)  # fmt: skip
VOLUME = (
    ("IMR2006-II", r"\*\*PART TWO"),
    ("A/58/98", r"### \*\*A\. REPORT"),
    ("A/59/325", r"## B\. REPORT"),
    ("A/60/205", r"## C\. REPORT"),
    ("A/RES/58/208", r"## V\. RESOLUTIONS"),
    ("A/RES/59/241", r"## B\. GENERAL"),
    ("A/RES/60/206", r"C\. GENERAL"),
    ("A/RES/60/227", r"#### D\. GENERAL"),
)


@dataclass(frozen=True)
class Passage:
    """One place of one document: its text without markdown, and the note marks taken out of it."""

    document_id: str
    place: str
    text: str
    marks: int = 0


class TranscriptionError(ValueError):
    """A transcription is missing, changed or not cut as expected; one problem a line."""


def read(folder: Path, expected: dict[str, str]) -> list[Passage]:
    """All passages of all documents, in reading order.

    Args:
        folder: where the transcriptions are.
        expected: file name to SHA-256, as the table `documents` records them.

    Raises:
        TranscriptionError: a file is missing or is not the one that was read.
    """
    problems = []
    for name, digest in expected.items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name}: not in {folder}; expected the transcription {digest[:12]}…")
        elif (found := hashlib.sha256(path.read_bytes()).hexdigest()) != digest:
            problems.append(
                f"{name}: SHA-256 is {found}; expected {digest}, the file that was read"
            )
    if problems:
        raise TranscriptionError("\n".join(problems))
    return [
        passage
        for name in expected
        for passage in cut(name, (folder / name).read_text(encoding="utf-8"))
    ]


def cut(name: str, text: str) -> list[Passage]:
    """The passages of one transcription, by its file name."""
    return list(CUTTERS[name](text))


def plain(text: str) -> str:
    """Text without markdown and note marks, white space joined to single spaces."""
    text = re.sub(r"<sup>[^<]*</sup>", "", text)
    text = re.sub(r"(?m)^\s*(?:#+|-|•|➤|>|---+)\s+|\*|^---+$", "", text)
    return re.sub(r"\s+", " ", text.replace("\\_", "_")).strip()


def passages(document_id: str, parts: Iterator[tuple[str, str]]) -> Iterator[Passage]:
    """Join consecutive parts of the same place, and clean them."""
    gathered: dict[str, list[str]] = {}
    for place, text in parts:
        gathered.setdefault(place, []).append(text)
    for place, texts in gathered.items():
        joined = "\n".join(texts)
        marks = len(re.findall(r"<sup>", joined))
        yield Passage(document_id, place, plain(joined), marks)


def _volume(text: str) -> Iterator[Passage]:
    """The eight documents of the volume's Part Two, each from its own heading to the next."""
    starts = [re.search(rf"(?m)^{pattern}", text) for _, pattern in VOLUME]
    if not all(starts):
        raise TranscriptionError("imr2006-part-two.txt: a document's heading was not found")
    edges = [match.start() for match in starts if match] + [len(text)]
    for number, (document_id, _) in enumerate(VOLUME):
        part = text[edges[number] : edges[number + 1]]
        walk = _resolution if "RES" in document_id else _report
        if document_id == "IMR2006-II":
            walk = _introduction
        yield from passages(document_id, walk(part))


def _introduction(text: str) -> Iterator[tuple[str, str]]:
    count = 0
    for block in re.split(r"\n\s*\n", text):
        if re.match(r"\s*(#|\*\*)", block) or not block.strip():
            yield "<headings>", block
        else:
            count += 1
            yield f"intro. para. {count}", block


def _report(text: str) -> Iterator[tuple[str, str]]:
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


def _resolution(text: str) -> Iterator[tuple[str, str]]:
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


def _by_titles(
    document_id: str, prefix: str, titles: tuple[str, ...]
) -> Callable[[str], Iterator[Passage]]:
    """A cutter for a page or slides, whose parts begin at lines that start with known titles.

    A slide is named by its whole title line, a section of the page by the title alone.
    """

    def parts(text: str) -> Iterator[tuple[str, str]]:
        place, left = "<front>", list(titles)
        for line in text.split("\n"):
            if left and line.startswith(left[0]):
                title = left.pop(0)
                place = f"{prefix}: {plain(line) if prefix == 'slide' else title}"
            yield place, line
        if left:
            raise TranscriptionError(f"{document_id}: no line begins with {left[0]!r}")

    return lambda text: passages(document_id, parts(text))


def _iom_page(text: str) -> Iterator[Passage]:
    def parts() -> Iterator[tuple[str, str]]:
        count = 0
        for block in re.split(r"\n\s*\n", text.strip()):
            if count or len(block.split()) > 12:
                count += not re.match(r"\s*\d+\. ", block)
            yield (f"para. {count}" if count else "<title>"), block

    return passages("IOM-HLD", parts())


def _grcp7(text: str) -> Iterator[Passage]:
    def parts() -> Iterator[tuple[str, str]]:
        page = 0
        for line in text.split("\n"):
            if (start := re.match(r"(\d+)(?: |$)", line)) and int(start.group(1)) == page + 1:
                page += 1
            elif page == GRCP7_LAST_PAGE and line.strip():
                return
            if page:
                yield f"p. {page}", line
        raise TranscriptionError("grcp7-report.txt: no text after its last page")

    return passages("GRCP7", parts())


CUTTERS: dict[str, Callable[[str], Iterator[Passage]]] = {
    "imr2006-part-two.txt": _volume,
    "hld-slides.txt": _by_titles("HLD-SLIDES", "slide", SLIDES),
    "hld-page.txt": _by_titles("HLD-PAGE", "section", SECTIONS),
    "iom-hld-page.txt": _iom_page,
    "grcp7-report.txt": _grcp7,
}
