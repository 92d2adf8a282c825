"""How to cite the book, its chapters and its data: plain text, BibTeX and RIS."""

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
BIBTEX, RIS = f"{KEY}.bib", f"{KEY}.ris"
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
    book = Work("book", KEY, edition.whole_title, **common, address=base)
    chapters = [
        Work("chapter", f"{KEY}-{page.name}", title(ROOT, page.docname), **common,
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
    kind = {"chapter": "incollection"}.get(work.kind, "misc")
    fields = {
        "author": f"{{{work.author}}}",
        "title": f"{{{work.title}}}",
        "booktitle": work.book and f"{{{work.book}}}",
        "chapter": work.number,
        "year": str(work.date.year),
        "month": f"{work.date:%b}".lower(),
        "howpublished": "Data set" if work.kind == "data" else "",
        "note": f"Version {work.version}" + (f", {work.licence}" if work.licence else ""),
    }
    lines = [f"  {name} = {{{_escaped(text)}}},\n" for name, text in fields.items() if text]
    if work.address:
        lines.append(f"  url = {{{work.address}}},\n")
    return f"@{kind}{{{work.key},\n{''.join(lines)}}}\n"


def ris(work: Work) -> str:
    """One record of the tagged format that reference managers import."""
    kind = {"book": "BOOK", "chapter": "CHAP", "data": "DATA"}[work.kind]
    tags = [
        ("TY", kind),
        ("ID", work.key),
        ("AU", f"{work.author},"),  # the comma ends a name that has no forename
        ("TI", work.title),
        ("T2", work.book),
        ("CP" if work.kind == "chapter" else "", work.number),
        ("PY", str(work.date.year)),
        ("DA", f"{work.date:%Y/%m/%d}"),
        ("ET", work.version),
        ("LA", Edition.of(ROOT).language),
        ("N1", work.licence),
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in tags if tag and (text or tag == "ER"))


def files(address: str = "") -> dict[str, bytes]:
    """One BibTeX and one RIS file with all works."""
    cited = works(address)
    return {
        BIBTEX: "\n".join(map(bibtex, cited)).encode(),
        RIS: "\n".join(map(ris, cited)).encode(),
    }


def _escaped(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(character, character) for character in text)
