"""The feed of changes: whole, valid by RFC 4287, the same names for ever."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tools import changes
from tools.edition import Edition

ROOT = Path(__file__).resolve().parent.parent
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://book.example/"
LOG = """# Changelog

## 2026.12

### 1 December 2026

A *new* table of `events`.

## 2026.11

### 26 November 2026

- Six chapters & more.

### 21 November 2026

The first edition.
"""


def written(folder: Path, text: str) -> Path:
    (folder / "CHANGELOG.md").write_text(text, encoding="utf-8")
    return folder


def feed(folder: Path, address: str) -> ET.Element:
    edition = replace(Edition.of(ROOT), address=address)
    return ET.fromstring(changes.atom(changes.entries(written(folder, LOG)), edition))


@pytest.mark.parametrize("address", ["", SITE])
def test_the_feed_keeps_the_rules_of_its_format(tmp_path: Path, address: str) -> None:
    """RFC 4287, 4.1.1, 4.1.2 and 4.2.6: what a feed and its entries must have, once each."""
    whole = feed(tmp_path, address)
    entries = whole.findall(f"{ATOM}entry")
    for element in (whole, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        # An absolute IRI, and RFC 3339's date-time.
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(element.findtext(f"{ATOM}id")))
        datetime.fromisoformat(str(element.findtext(f"{ATOM}updated")))
        (link,) = element.findall(f"{ATOM}link[@rel='alternate']")
        assert link.attrib["href"].startswith(f"{address}book/changes.html")
    assert whole.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    assert len(whole.findall(f"{ATOM}link[@rel='self']")) == bool(address)


def test_the_feed_says_what_the_changelog_says(tmp_path: Path) -> None:
    whole = feed(tmp_path, SITE)
    entries = whole.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Version 2026.12, 1 December 2026",
        "Version 2026.11, 26 November 2026",
        "Version 2026.11, 21 November 2026",
    ]
    assert [entry.findtext(f"{ATOM}content") for entry in entries] == [
        "<p>A <em>new</em> table of <code>events</code>.</p>\n",
        "<ul>\n<li>Six chapters &amp; more.</li>\n</ul>\n",
        "<p>The first edition.</p>\n",
    ]
    assert whole.findtext(f"{ATOM}updated") == "2026-12-01T00:00:00Z"


def test_names_stay_when_the_address_or_the_text_changes(tmp_path: Path) -> None:
    before = [element.text for element in feed(tmp_path, "").iter(f"{ATOM}id")]
    assert before == [element.text for element in feed(tmp_path, SITE).iter(f"{ATOM}id")]
    # What readers of feeds have seen already.
    assert before[2] == "urn:uuid:a0c390b3-57fa-5fb5-bff7-70fa7e5f766f"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Changelog\n\n## 2026.11\n", "no edition"),
        ("### 1 May 2026\n", "'### 1 May 2026': expected: below a version"),
        ("## 2026.5\n### 1 May 2026\n### 2 May 2026\n", "'### 2 May 2026': expected.*earlier"),
    ],
)
def test_a_changelog_that_makes_no_feed_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        changes.entries.__wrapped__(written(tmp_path, text))


def test_the_book_has_the_day_of_its_first_edition() -> None:
    assert changes.first(ROOT) == date(2026, 11, 21)


def test_every_entry_of_the_feed_leads_to_its_heading(site: Path) -> None:
    whole = ET.parse(site / changes.FEED).getroot()
    page = (site / "book/changes.html").read_text("utf-8")
    links = [str(link.get("href")) for link in whole.findall(f"{ATOM}entry/{ATOM}link")]
    assert links
    for link in links:
        assert f'id="{link.partition("#")[2]}"' in page
