"""Find every numeral and number word of a text, and say which are not quantities.

The rules name the ways in which the documents use numbers without counting anything. Each is a
pattern with its class; a number inside a match has that class. They are narrow on purpose: a
test removes each statement of the ledger in turn and expects its figure to surface.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from tools.verify.passages import Passage

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
RANKS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
SCALES = "hundred thousand million billion dozen".split()
SHARES = (
    "half halves thirds quarter quarters quarterly majority most twice double triple pair "
    "twofold threefold"
).split()
WORD = "|".join([*UNITS, *TENS, *(f"{word}s?" for word in SCALES), *SHARES])
ALL_BUT = r"(?:nearly|virtually|almost) (?:all|each|every)"
ORDINAL = rf"(?:(?:{'|'.join(TENS)})[- ])?(?:{'|'.join(RANKS)})"
NUMBER = re.compile(
    rf"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|\b(?i:{ALL_BUT}|{ORDINAL}|{WORD})\b|\b[IVX]+\b"
)

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
YEAR = r"(?:19|20)\d\d"
ROMAN = "[IVX]+"
LOCATORS = (
    r"\b(?:[Pp]aras?\.?|[Pp]aragraphs?|[Nn]otes?|[Aa]nnex(?:es)?|[Aa]ppendix|chap\.|chapter|"
    r"sect\.|section|tables?|[Aa]rticles?)"
)

RULES = (
    ("web address or file name", r"(?:https?://|www\.)\S+|\S+\.(?:pdf|html?)\b|\b\d+_\d+\b"),
    ("sales, series, treaty or volume number",
        r"Sales No\. ?[\w.]+|\b(?:Issue |Supplement |)No\. ?\d+|\bvol\. ?\d+|\bRev\. ?\d+"
        r"|\bRevision [1I]\b|\bCorr\. ?\d+"),
    ("document symbol",
        r"\b(?:A|E|S|ST|ESA|TD|POP)/[\w./-]+|\bRES/\d+/\d+|\bS-\d+/\d+"
        rf"|\b[Rr]esolution \d+(?: A \({ROMAN}\)|(?=, annex))"),
    ("resolution or decision number", r"\b\d{2}/\d{1,3}\b(?: B\b)?|\bdecision \d{4}/\d+"),
    ("time of day", r"\b\d{1,2}\.\d\d [ap]\.m\."),
    ("date",
        rf"\b\d{{1,2}}(?: ?(?:-|–|and|to) ?\d{{1,2}})? {MONTH}(?: {YEAR})?"
        rf"|\b\d{{1,2}} {MONTH} to \d{{1,2}} {MONTH}|\b{MONTH} {YEAR}"
        # A transcription may have lost the dash between two days.
        rf"|\(\d{{1,2}} \d{{1,2}} {MONTH} {YEAR}\)"
        rf"|\b(?:first|second) half of {YEAR}|\b{YEAR}(?:-{YEAR}|s)?(?!\d)"),
    ("period of time", r"\b(?:past|last) (?:\w+) years\b"),
    ("paragraph, note, annex, table, chapter or article number",
        rf"{LOCATORS}(?: \d+(?:\.\d+)?|\s{ROMAN}(?:\.[A-Z]\b)?(?:-{ROMAN})?)"
        rf"(?:(?: and |, | to )\d+)*"
        rf"|\bannexes {ROMAN}-{ROMAN}"),
    ("paragraph number or enumeration mark",
        r"(?:^|(?<=^\d\d )|(?<=[.:;)] )|(?<=and ))\d{1,2}\. (?=[A-Za-z])|^\d{1,2}$"
        r"|\(\d\)(?= [a-z])|\b\d\.\d (?=[A-Z])"
        rf"|^{ROMAN}\. (?=[A-Z])|\b{ROMAN}\. (?=[A-Z]{{4}})"),
    # "A third of", "one-third" are shares.
    ("ordinal",
        rf"(?i:(?<!one[- ])\b(?!(?:third|fourth|fifth|tenth) of\b){ORDINAL}\b)"
        r"|\b\d+(?:st|nd|rd|th)\b"),
    ("one as a pronoun", r"(?<!at least )\b[Oo]ne (?:of|such)\b|\bone's\b"),
    ("most as a superlative",
        r"\b(?:the|its|The|are|is|be) most \w+|\b[Mm]ost (?:recently|notably)\b"),
    ("frequency", r"\bquarterly basis\b"),
    ("page number", r"\.\.\. ?\d+"),
)  # fmt: skip
RUN = re.compile(r"\w+")  # of letters and digits


@dataclass(frozen=True)
class Number:
    """One numeral or number word: where it stands, and its class if a rule knows it."""

    passage: Passage
    start: int
    end: int
    kind: str | None

    @property
    def text(self) -> str:
        """The number as written."""
        return self.passage.text[self.start : self.end]

    @property
    def context(self) -> str:
        """The number with a few words either side, as a report shows it."""
        before = self.passage.text[: self.start].split()[-5:]
        after = self.passage.text[self.end :].split()[:5]
        return " ".join([*before, f"[{self.text}]", *after])


@dataclass(frozen=True)
class Page:
    """The numbers that a transcription runs into the text of a page; a row of the table `pages`."""

    printed: int | None = None
    title: str = ""
    notes: range = range(0)


class Names:
    """The names that hold a number, by their first words: no text is searched for all of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = list(names)
        self._by_word: dict[str, list[int]] = {}
        for at, name in enumerate(self._known):
            first = RUN.match(name)
            self._by_word.setdefault(first.group() if first else "", []).append(at)

    def among(self, text: str) -> list[str]:
        """Those whose first word a text holds, in their order; no other can stand in it."""
        words = {"", *RUN.findall(text)}
        found = chain.from_iterable(self._by_word.get(word, ()) for word in words)
        return [self._known[at] for at in sorted(found)]


NONE = Names(())


def numbers(passage: Passage, names: Names = NONE, page: Page | None = None) -> Iterator[Number]:
    """Every numeral and number word of a passage, in order, classified by the first rule met.

    Args:
        passage: of a document.
        names: of the table `numbered_names`.
        page: what the table `pages` says of the passage.
    """
    rules = _rules(names.among(passage.text))
    spans = [
        (kind, match.span()) for kind, pattern in rules for match in pattern.finditer(passage.text)
    ]
    for match in NUMBER.finditer(passage.text):
        lo, hi = match.span()
        kinds = (kind for kind, (start, end) in spans if start <= lo and hi <= end)
        yield Number(passage, lo, hi, next(kinds, None) or _of_page(passage, match, page or Page()))


def _rules(names: list[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    if names:
        yield "name", re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    yield from _compiled()


@cache
def _compiled() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in RULES]


def _of_page(passage: Passage, match: re.Match[str], page: Page) -> str | None:
    """Whether a number is that of the page or of a note, run into the text."""
    if not match.group().isdigit():
        return None
    value = int(match.group())
    before, after = passage.text[: match.start()], passage.text[match.end() :]
    if not before and passage.place == f"p. {value}":
        return "page number"
    if value == page.printed and (not after or (page.title and before.endswith(f"{page.title} "))):
        return "page number"
    return "note mark" if value in page.notes else None
