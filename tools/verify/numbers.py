"""Find every numeral and number word of a text, and say which are not quantities.

The rules name the ways in which the documents use numbers without counting anything. Each is a
pattern with its class; a number inside a match has that class. They are narrow on purpose: a
test removes each statement of the ledger in turn and expects its figure to surface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tools.verify.transcription import Passage

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
# The running title or foot of a GRCP7 page, which the printed page number follows.
RUNNING = (
    r"(?:\(GRCP 7\)|and implementation|for migration|Conclusions|Modalities Resolution|"
    r"Background Note)"
)
# The notes of GRCP7 have lost their raised figures; these are the note numbers of each page.
GRCP7_NOTES = {
    9: (1, 4), 10: (5, 8), 11: (9, 9), 15: (10, 10), 17: (11, 13), 22: (14, 14), 25: (15, 15),
    26: (16, 24), 27: (25, 28), 28: (29, 33), 29: (34, 38), 30: (39, 40), 32: (41, 41),
    34: (42, 42),
}  # fmt: skip

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
    ("name",
        r"\b2030 Agenda\b|\bGRCP [67]\b|\b5\+5\b|\b4Rs\b|\bMode 4\b|\bSDG 10\.7"
        rf"|\b[Rr]ound table [1-4]\b|\bRecommendation 33\b|\bPhase {ROMAN}\b"
        rf"|\bPart (?:one|{ROMAN})\b|\bPART TWO\b|\bzero draft\b|\bXXI RCM\b"
        r"|\bThird [Cc]ountries\b"),
    ("date",
        rf"\b\d{{1,2}}(?: ?(?:-|–|and|to) ?\d{{1,2}})? {MONTH}(?: {YEAR})?"
        rf"|\b\d{{1,2}} {MONTH} to \d{{1,2}} {MONTH}|\b{MONTH} {YEAR}"
        # GRCP7 has lost the dash between two days.
        rf"|\(\d{{1,2}} \d{{1,2}} {MONTH} {YEAR}\)"
        rf"|\b(?:first|second) half of {YEAR}|\b{YEAR}(?:-{YEAR}|s)?(?!\d)"),
    ("period of time", r"\b(?:past|last) (?:\w+) years\b"),
    ("paragraph, note, annex, table, chapter or article number",
        rf"{LOCATORS}(?: \d+(?:\.\d+)?|\s{ROMAN}(?:\.[A-Z]\b)?(?:-{ROMAN})?)"
        rf"(?:(?: and |, | to )\d+)*"
        rf"|\bannexes {ROMAN}-{ROMAN}"),
    ("paragraph number or enumeration mark",
        r"(?:^|(?<=^\d\d )|(?<=[.:;)] )|(?<=and ))\d{1,2}\. (?=[A-Za-z])|^\d{1,2}$"
        r"|\(\d\)(?= [a-z])|\b[2-4]\.[1-4] (?=[A-Z])"
        rf"|^{ROMAN}\. (?=[A-Z])|\b{ROMAN}\. (?=[A-Z]{{4}})"),
    # "A third of", "one-third" are shares.
    ("ordinal",
        rf"(?i:(?<!one[- ])\b(?!(?:third|fourth|fifth|tenth) of\b){ORDINAL}\b)"
        r"|\b\d+(?:st|nd|rd|th)\b"),
    ("one as a pronoun", r"(?<!at least )\b[Oo]ne (?:of|such)\b|\bone's\b"),
    ("most as a superlative",
        r"\b(?:the|its|The|are|is|be) most \w+|\b[Mm]ost (?:recently|notably)\b"),
    ("frequency", r"\bquarterly basis\b"),
)  # fmt: skip


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


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in RULES]


def numbers(passage: Passage) -> Iterator[Number]:
    """Every numeral and number word of a passage, in order, classified by the first rule met."""
    spans = [
        (kind, match.span())
        for kind, pattern in _rules()
        for match in pattern.finditer(passage.text)
    ]
    for match in NUMBER.finditer(passage.text):
        lo, hi = match.span()
        kinds = (kind for kind, (start, end) in spans if start <= lo and hi <= end)
        yield Number(passage, lo, hi, next(kinds, None) or _grcp7_kind(passage, match))


def _grcp7_kind(passage: Passage, match: re.Match[str]) -> str | None:
    """Page and note numbers of GRCP7, which its transcription runs into the text."""
    if passage.document_id != "GRCP7" or not match.group().isdigit():
        return None
    page, value = int(passage.place.removeprefix("p. ")), int(match.group())
    before, after = passage.text[: match.start()], passage.text[match.end() :]
    if value == page and not before:
        return "page number"
    if value == page - 2 and (not after or re.search(rf"{RUNNING} $", before)):
        return "page number"
    if page == 5 and re.search(r"\.\.\. ?$", before):
        return "page number"
    first, last = GRCP7_NOTES.get(page, (1, 0))
    return "note mark" if first <= value <= last else None
