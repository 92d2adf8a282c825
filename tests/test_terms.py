"""Terms link to the glossary once a page; a chapter explains every acronym where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import terms
from bs4 import BeautifulSoup

from analysis.register import CHAPTERS

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "book" / "glossary.md"
PAGES = ("index", *CHAPTERS)
LOOKS_LIKE_ONE = re.compile(r"(?<![\w/.-])[A-Z]{2,}s?(?![\w/-])")
# Titles of slides in capitals, misprints that the audit quotes, numerals and a database's name.
NOT_ACRONYMS = set(
    "THE GLOBAL MIGRATION GROUP VIEWS ON CONSULTATIVE FORUM BELGIUM PROPOSAL GENESIS OF DIALOGUE "
    "PREPARATORY PROCESS FOR HIGH LEVEL INTERNATIONAL AND DEVELOPMENT HLD SPECIAL REPRESENTATIVE "
    "BY CALLED COMBATING COOPERATION EXPRESSED MEMBER MIGRANTS PERSONS PREVENTING SMUGGLING STATES "
    "STRENGTHENED TRAFFICKING "
    "SECRETARY GENERAL ROLE UN SYSTEM AT NORMLEX II III VIII GMC IFRs IN UNDER RES".split()
)


def test_the_glossary_is_in_order_and_without_doubles() -> None:
    blocks = re.findall(r"```\{glossary\}\n(.*?)```", GLOSSARY.read_text("utf-8"), re.DOTALL)
    for block in blocks:
        heads = [line for line in block.splitlines() if line and not line.startswith(" ")]
        assert heads == sorted(set(heads), key=str.lower)


def test_acronyms_are_told_from_terms() -> None:
    known = terms.acronyms(GLOSSARY)
    assert known["IOM"] == "International Organization for Migration"
    assert "EaPPMA" in known
    assert "accession" not in known
    assert terms.entries(GLOSSARY)["denominator"] == "What a share is a share of."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<td>RCPs and ILO</td>", 2),
        ('<a title="ILO">x</a>', 0),
        ("<td>IMR2006-II, A/CONF</td>", 0),
        ('<script type="application/ld+json">{"name": "IOM"}</script>', 0),
    ],
)
def test_only_text_is_marked(html: str, expected: int) -> None:
    assert terms.explain(html, GLOSSARY).count("<abbr") == expected


@pytest.mark.parametrize("name", PAGES)
def test_every_acronym_of_a_chapter_is_explained(site: Path, name: str) -> None:
    page = BeautifulSoup((site / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
    article = page.find("article") or page.find("main")
    assert article is not None
    known = set(terms.acronyms(GLOSSARY))
    for tag in article.select("code, pre, script, .stated, figure .exhibit-cite"):
        tag.decompose()
    explained = {tag.get_text() for tag in article.find_all("abbr")}
    found = {token.removesuffix("s") for token in LOOKS_LIKE_ONE.findall(article.get_text(" "))}
    loose = found - known - {word.removesuffix("s") for word in NOT_ACRONYMS}
    assert not loose, f"in no glossary: {sorted(loose)}"
    unexplained = (found & known) - explained - NOT_ACRONYMS
    # Words within links and headings take their explanation from the text beside them.
    for tag in article.select("a, h1, h2, h3, h4"):
        tag.decompose()
    left = set(LOOKS_LIKE_ONE.findall(article.get_text(" ")))
    assert not unexplained & left, f"never explained: {sorted(unexplained & left)}"


@pytest.mark.parametrize("name", PAGES)
def test_a_term_is_linked_once_a_page(chapters: dict[str, BeautifulSoup], name: str) -> None:
    page = chapters[f"book/{name}.html"]
    links = [str(tag["href"]) for tag in page.select("a.term")]
    assert len(links) == len(set(links))
