"""How to cite the book, its chapters and its data: plain text, BibTeX and RIS from CITATION.cff."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import yaml

from analysis.tables import PACKAGE
from tools.notebooks import ROOT

KEY = "figures-behind-the-dialogue"
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
    about, package = citation(), json.loads(PACKAGE.read_text(encoding="utf-8"))
    common: dict[str, Any] = {
        "author": about["authors"][0]["name"],
        "date": dt.date.fromisoformat(str(about["date-released"])),
        "version": str(about["version"]),
    }
    base = f"{address.rstrip('/')}/" if address else ""
    # CITATION.cff is plain ASCII; readers get a dash between years.
    whole = re.sub(r"(\d{4})-(\d{4})", r"\1–\2", about["title"])
    book = Work("book", KEY, whole, **common, address=base)
    chapters = [
        Work("chapter", f"{KEY}-{Path(docname).stem}", title(docname), **common, number=number,
             book=whole, address=base and f"{base}{docname}.html")
        for number, docname in reading_order() if number
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
        ("LA", "en-GB"),
        ("N1", work.licence),
        ("UR", work.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {text}\n" for tag, text in tags if tag and (text or tag == "ER"))


def files(address: str = "") -> dict[str, bytes]:
    """One BibTeX and one RIS file with all works."""
    cited = works(address)
    return {
        f"{KEY}.bib": "\n".join(map(bibtex, cited)).encode(),
        f"{KEY}.ris": "\n".join(map(ris, cited)).encode(),
    }


@cache
def citation() -> dict[str, Any]:
    """CITATION.cff."""
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def reading_order(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Each page of `_toc.yml` with its chapter number, empty outside the numbered parts."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    number = 0
    yield "", toc["root"]
    for part in toc["parts"]:
        for page in part["chapters"]:
            number += bool(part.get("numbered"))
            yield str(number) if part.get("numbered") else "", page["file"]


def title(docname: str) -> str:
    """A page's title: its first heading."""
    path = ROOT / docname
    if path.with_suffix(".ipynb").is_file():
        cells = nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    else:
        text = path.with_suffix(".md").read_text(encoding="utf-8")
    if heading := re.search(r"^# (.+)$", text, re.MULTILINE):
        return heading.group(1).strip()
    raise ValueError(f"{docname}: no heading; expected: a line that begins with '# '")


def _escaped(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(character, character) for character in text)
