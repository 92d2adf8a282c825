"""What readers are spared: sentences said twice, and sentences that are walls of numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

WORDS = 8  # a shorter sentence may recur by chance
# An opening answer may say in the same words what its section then shows.
TWICE_ON_A_PAGE = 10
# An interval is two numbers; a comparison of two, with their years, is six. More is for an exhibit.
NUMBERS = 10
# Names of documents and places in them are no numbers to take in.
NAMES = re.compile(
    r"[A-Z]+(?:/[A-Z]+)*/\d+(?:/\d+)*|paras? \d+(?:(?:,| and| to) \d+)*|No\. \d+|pp?\. \d+"
)
# Pages that list: each entry stands for itself.
LISTS = {"changes", "downloads", "ledger", "findings", "sources", "references", "search"}


def sentences(html: str) -> Iterator[str]:
    """The sentences of a page's prose: its paragraphs and list items, without exhibits and code."""
    article = BeautifulSoup(html, "html.parser").select_one("article")
    if article is None:
        return
    for apart in article.select("details, table, script, figure, .admonition"):
        apart.decompose()
    for block in article.select("p, li"):
        if block.name == "p" or not block.find("p"):
            text = " ".join(block.get_text().split())
            yield from re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“])", text)


@pytest.fixture(scope="module")
def prose(site: Path) -> dict[str, list[str]]:
    """Page to its sentences, of the pages that are read through."""
    paths = [path for path in sorted(site.glob("book/*.html")) if path.stem not in LISTS]
    return {path.stem: list(sentences(path.read_text("utf-8"))) for path in paths}


def test_sentences_of_a_page_are_found_once_each() -> None:
    items = "<ul><li>Three.</li><li><p>Four.</p></li></ul>"
    page = f"<article><p>One is 1. Two are 2.</p>{items}</article>"
    assert list(sentences(page)) == ["One is 1.", "Two are 2.", "Three.", "Four."]


def test_no_two_pages_say_a_thing_in_the_same_words(prose: dict[str, list[str]]) -> None:
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for page, texts in prose.items():
        for text in texts:
            if len(text.split()) >= WORDS:
                said[text][page] += 1
    assert len(said) > 500
    shared = {text: list(pages) for text, pages in said.items() if len(pages) > 1}
    assert shared == {}
    repeated = [text for text, pages in said.items() if max(pages.values()) > 1]
    assert len(repeated) <= TWICE_ON_A_PAGE, repeated


def test_no_sentence_is_a_wall_of_numbers(prose: dict[str, list[str]]) -> None:
    walls = [
        f"{page}: {count} numbers in “{text}”"
        for page, texts in prose.items()
        for text in texts
        if (count := len(re.findall(r"\d[\d,.]*", NAMES.sub("", text)))) > NUMBERS
    ]
    assert walls == [], "\n".join(walls)
