"""How to cite the book, its chapters and its data: plain text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from analysis.tables import PACKAGE
from tools.contents import reading_order, title
from tools.edition import Edition
from tools.notebooks import ROOT

KEY = "figures-behind-the-dialogue"
BIBTEX, RIS, CSL = f"{KEY}.bib", f"{KEY}.ris", f"{KEY}.csl.json"
LICENCE = "CC-BY-4.0"  # of text and figures
NO_BREAK = "\u00a0"
# What BibTeX reads as a command, and the dash between years.
BIBTEX_SPECIAL = {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "–": "--"}


@dataclass(frozen=True)
class Work:
    """What is cited: the book, a chapter of it or its data."""

    kind: str  # book, chapter or data
    key: str
    title: str
    author: str
    date: dt.date
    version: str
    number: str = ""  # of a chapter
    book: str = ""  # the title of the book that a chapter is in
    licence: str = ""
    address: str = ""  # empty until the book is published somewhere

    @property
    def text(self) -> str:
        """The citation as a sentence."""
        start = f"{self.author} ({self.date.year})."
        end = f"Version {self.version}." + (f" {self.address}" if self.address else "")
        if self.kind == "chapter":
            place = f"Chapter {self.number} in" if self.number else "In"
            return f"{start} “{self.title}.” {place} {self.book}. {end}"
        data = f" Data set, {self.licence}." if self.kind == "data" else ""
        return f"{start} {self.title}.{data} {end}"


def works(address: str = "") -> list[Work]:
    """The book, its numbered chapters in reading order, and the data.

    Args:
        address: where the book is published; empty if nowhere.
    """
    edition, package = Edition.of(ROOT), json.loads(PACKAGE.read_text(encoding="utf-8"))
    common: dict[str, Any] = {
        "author": edition.author, "date": edition.released, "version": edition.version,
    }  # fmt: skip
    base = f"{address.rstrip('/')}/" if address else ""
    text = {**common, "licence": LICENCE}
    book = Work("book", KEY, edition.whole_title, **text, address=base)
    chapters = [
        Work("chapter", f"{KEY}-{page.name}", title(ROOT, page.docname), **text,
             number=page.number, book=book.title, address=base and f"{base}{page.docname}.html")
        for page in reading_order(ROOT) if page.number
    ]  # fmt: skip
    data = Work(
        "data", f"{KEY}-data", package["title"], **common, licence=package["licenses"][0]["name"],
        address=base and f"{base}book/downloads.html",
    )  # fmt: skip
    return [book, *chapters, data]


def bibtex(work: Work) -> str:
    """One entry; a corporate author and a title in braces keep their spelling."""
    # Programs know no kind of BibTeX's for data, and file what is miscellaneous as a document.
    kind = {"book": "book", "chapter": "incollection", "data": "misc"}[work.kind]
    fields = {
        "author": f"{{{work.author}}}",
        "title": f"{{{work.title}}}",
        "booktitle": work.book and f"{{{work.book}}}",
        "chapter": work.number,
        "year": str(work.date.year),
        "howpublished": "Data set" if work.kind == "data" else "",
        "note": f"Version {work.version}. {_noted(work)}",
    }
    if work.kind != "data":
        # Not every style prints a note there, but each prints an edition, and asks for a publisher.
        fields |= {"edition": f"Version {work.version}", "publisher": f"{{{work.author}}}"}
        fields["note"] = _noted(work)
    lines = [f"  {name} = {{{_escaped(text)}}},\n" for name, text in fields.items() if text]
    # A name that every style spells out or shortens in its own way, not the letters of one.
    lines.append(f"  month = {work.date:%b},\n".lower())
    if work.address:
        lines.append(f"  url = {{{work.address}}},\n")
    return f"@{kind}{{{work.key},\n{''.join(lines)}}}\n"


def ris(work: Work) -> str:
    """One record of the tagged format that reference managers import."""
    kind = {"book": "BOOK", "chapter": "CHAP", "data": "DATA"}[work.kind]
    day = f"{work.date:%Y/%m/%d}"
    number = f"Chapter {work.number}. " if work.number else ""
    tags = [
        ("TY", kind),
        ("ID", work.key),
        # The comma ends a name that has no forename; JabRef parts it at spaces that may break.
        ("AU", f"{work.author},".replace(" ", NO_BREAK)),
        ("TI", work.title),
        # Of the two, JabRef takes the second for the book, and most others the first.
        ("T2", work.book),
        ("BT", work.book),
        ("SE" if work.kind == "chapter" else "", work.number),
        ("PY", str(work.date.year)),
        ("DA", day),
        ("Y1", day),  # JabRef, which prefers PY to DA, finds the month here alone
        # Of a book by its word, since a bare number is taken for that of an edition.
        ("ET", work.version if work.kind == "data" else f"Version {work.version}"),
        ("LA", Edition.of(ROOT).language),
        # Zotero and JabRef file no number of a chapter, but keep a note.
        ("N1", number + _noted(work)),
        ("CR", work.licence),  # the rights, in Zotero
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in tags if tag and (text or tag == "ER"))


def csl(work: Work) -> dict[str, Any]:
    """One item of CSL-JSON, which Zotero, pandoc and their like take without a loss."""
    issue = "version" if work.kind == "data" else "edition"  # styles print no version of a book
    item = {
        "id": work.key,
        "type": "dataset" if work.kind == "data" else work.kind,
        "author": [{"literal": work.author}],
        "title": work.title,
        "container-title": work.book,
        "chapter-number": work.number,
        "issued": {"date-parts": [[work.date.year, work.date.month, work.date.day]]},
        issue: work.version if work.kind == "data" else f"Version {work.version}",
        "language": Edition.of(ROOT).language,
        "note": _noted(work),
        "URL": work.address,
    }
    return {name: value for name, value in item.items() if value}


def _noted(work: Work) -> str:
    return f"Licence: {work.licence}"


def files(address: str = "") -> dict[str, bytes]:
    """One file of each format with all works."""
    cited = works(address)
    return {
        BIBTEX: "\n".join(map(bibtex, cited)).encode(),
        RIS: "\n".join(map(ris, cited)).encode(),
        CSL: (json.dumps(list(map(csl, cited)), ensure_ascii=False, indent=1) + "\n").encode(),
    }


def _escaped(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(character, character) for character in text)
