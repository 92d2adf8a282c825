"""What changed from edition to edition, from `CHANGELOG.md`, and the Atom feed of it (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from tools.edition import Edition

FEED = "feed.xml"
PAGE = "book/changes.html"
ATOM = "http://www.w3.org/2005/Atom"
# Names by which readers of feeds know entries again: the same for ever and wherever the book is
# published, which no `tag:` URI could be before there is an address.
NAMES = uuid.UUID("6f1f5cd2-6c61-5a0f-9f6c-0f5b9d2b7a11")
HEADING = re.compile(r"^## (?P<version>\S+)$|^### (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})$", re.M)


@dataclass(frozen=True)
class Entry:
    """One edition: its version, its day and what changed, in CommonMark."""

    version: str
    day: date
    text: str

    @property
    def dated(self) -> str:
        """The day as the changelog writes it: 21 November 2026."""
        return f"{self.day.day} {self.day:%B %Y}"

    @property
    def anchor(self) -> str:
        """The id of its heading on the page of changes."""
        return f"edition-{self.day.isoformat()}"


def first(root: Path) -> date:
    """The day of the first edition."""
    return entries(root)[-1].day


@cache
def entries(root: Path) -> tuple[Entry, ...]:
    """The editions, the latest first.

    Args:
        root: the folder that holds `CHANGELOG.md`.

    Raises:
        ValueError: no edition, one above any version, or days out of order.
    """
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found: list[Entry] = []
    version = ""
    headings = list(HEADING.finditer(text))
    for heading, end in zip(headings, [*(h.start() for h in headings[1:]), len(text)], strict=True):
        if heading["version"]:
            version = heading["version"]
            continue
        day = datetime.strptime(heading["day"], "%d %B %Y").date()
        if not version or (found and day >= found[-1].day):
            raise ValueError(
                f"CHANGELOG.md: '### {heading['day']}': expected: below a version, and earlier "
                "than the edition above it"
            )
        found.append(Entry(version, day, text[heading.end() : end].strip()))
    if not found:
        raise ValueError("CHANGELOG.md: no edition; expected: '### ' and a day, such as 1 May 2026")
    return tuple(found)


def atom(found: Sequence[Entry], edition: Edition) -> bytes:
    """The feed as a file.

    Args:
        found: the latest first.
        edition: of the book; where its address is not known, links are relative to the feed.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _add(feed, "title", f"{edition.title}: changes")
    _add(feed, "id", _name("feed"))
    _add(feed, "updated", _moment(found[0].day))
    _add(_add(feed, "author"), "name", edition.author)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{edition.address}{PAGE}")
    if edition.address:
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{edition.address}{FEED}")
    _add(feed, "rights", "CC BY 4.0")
    for each in found:
        entry = _add(feed, "entry")
        _add(entry, "title", f"Version {each.version}, {each.dated}")
        _add(entry, "id", _name(each.day.isoformat()))
        _add(entry, "published", _moment(each.day))
        _add(entry, "updated", _moment(each.day))
        address = f"{edition.address}{PAGE}#{each.anchor}"
        _add(entry, "link", rel="alternate", type="text/html", href=address)
        _add(entry, "content", MarkdownIt().render(each.text), type="html")
    ET.indent(feed)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _name(of: str) -> str:
    return uuid.uuid5(NAMES, of).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
