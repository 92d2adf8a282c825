"""The three PDFs: what each is called and which pages of the site it prints.

A link from one to another leads into the other's file, which lies beside it, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from bs4 import Tag

STEM = "the-figures-behind-the-dialogue"
# The pages to look things up in; whatever else there is stands in the book.
LOOKED_UP = ("readings", "findings", "ledger", "sources", "downloads", "cite", "changes")


@dataclass(frozen=True)
class Volume:
    """One PDF: `key` names it in running text, `file` in the site, `holds` says what is in it."""

    key: str
    file: str
    holds: str

    @property
    def name(self) -> str:
        """As a title has it."""
        return self.key.capitalize()


@dataclass(frozen=True)
class Place:
    """Where a link into another PDF leads: what stands there, and the page if it is known."""

    volume: Volume
    label: str
    page: int | None = None

    @property
    def words(self) -> str:
        """In words for readers: "annex, page 12"."""
        return self.volume.key if self.page is None else f"{self.volume.key}, page {self.page}"


BRIEF = Volume(
    "brief",
    f"{STEM}-brief.pdf",
    "what was said and whether it holds, with the answer of each chapter and a figure of each part",
)
BOOK = Volume("book", f"{STEM}.pdf", "the chapters, with methods, glossary and references")
ANNEX = Volume(
    "annex",
    f"{STEM}-annex.pdf",
    "the ledger, the findings, the readings, the dictionaries, data of figures and long tables",
)
VOLUMES = {volume.key: volume for volume in (BRIEF, BOOK, ANNEX)}


def of(page: str) -> Volume:
    """The volume that prints a page of the site."""
    return ANNEX if page in LOOKED_UP else BOOK


def lead(link: Tag, places: Mapping[str, Place]) -> None:
    """Lead a link of one volume into another.

    Args:
        link: its address is `#` and an id of the other volume; class `named` around it has the
            page named even in a table or figure.
        places: by id.
    """
    # Not for those who ask for the name of a file: it brings the parser of pages.
    from tools.pdf.tags import classes, soup

    target = str(link["href"])[1:]
    place = places[target]
    link["href"] = f"{place.volume.key}:{target}"
    # Quotations and sources name the document and its place, and there are thousands.
    quiet = "stated" in classes(link) or link.find_parent(["table", "figure"]) is not None
    if not quiet or link.find_parent(class_="named") is not None:
        link.insert_after(soup(f'<span class="elsewhere"> ({place.words})</span>'))


def target(address: str) -> tuple[Volume, str] | None:
    """The volume and the id in it that an address leads to; `None` if it is of another kind."""
    parts = urlsplit(address)
    volume = VOLUMES.get(parts.scheme)
    return None if volume is None else (volume, unquote(address.partition(":")[2]))
