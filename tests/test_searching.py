"""What the search looks through: places with addresses that lead to them, and their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from searching import NAME, Place, places

from analysis.statements import ledger
from tools.queries import QUERIES

PAGE = """
<article><section id="stock"><h1>1. Stock<a class="headerlink" href="#stock">#</a></h1>
<p>How many?</p>
<section id="since"><h2>Since then</h2><p>It grew.</p>
<figure class="exhibit" id="lines"><figcaption>Figure 1.1. It grew.</figcaption>
<details><table><tr><td>Moldova</td><td>2000</td></tr></table></details></figure></section>
<table><tr id="row-1"><th><a class="permalink" href="#row-1">#</a> 175 million</th>
<td>A/58/98</td></tr></table>
<dl><dt id="term-share">share</dt><dd>A part of a whole.</dd></dl></section></article>
"""


def test_every_kind_of_place_is_found_with_its_own_words() -> None:
    assert list(places("book/stock.html", PAGE)) == [
        Place("book/stock.html#stock", "1. Stock", "section", "1. Stock How many?"),
        Place("book/stock.html#since", "Since then · 1. Stock", "section", "Since then It grew."),
        Place("book/stock.html#lines", "Figure 1.1. It grew.", "exhibit", "Moldova"),
        Place("book/stock.html#row-1", "175 million", "entry", "A/58/98"),
        Place("book/stock.html#term-share", "share", "term", "A part of a whole."),
    ]


ASKED: dict[str, dict[str, object]] = {
    "editions": {"years": [1990, 2000], "before": "lookup", "countries": {"Chad": [[1], [2]]}},
    "status": {
        "before": "windows",
        "instruments": [
            ["Protocol", "2026-01-01", {"Chad": ["2001-01-01", "2002-01-01", None],
                                        "Malta": ["2001-01-01", None, None]}],
            ["Convention", "2026-01-01", {"Chad": [None, "2003-01-01", None]}],
        ],
    },
}  # fmt: skip
LOOKED_UP = {
    "editions": [("country=Chad#lookup", "Chad: migrants",
                  "International migrants in 1990, 2000, in every edition.")],
    "status": [("state=Chad#windows", "Chad: conventions", "Deposited: Protocol, Convention."),
               ("state=Malta#windows", "Malta: conventions", "Deposited: nothing.")],
}  # fmt: skip


@pytest.mark.parametrize("kind", ASKED)
def test_the_countries_that_a_page_can_be_asked_for_are_places(kind: str) -> None:
    data = json.dumps({"kind": kind, **ASKED[kind]})
    html = f'<article><script type="application/json" id="asked">{data}</script></article>'
    assert list(places("p.html", html)) == [
        Place(f"p.html?{address}", title, "country", text)
        for address, title, text in LOOKED_UP[kind]
    ]


def test_a_page_without_text_has_no_places() -> None:
    assert list(places("x.html", "<main></main>")) == []


def test_every_place_of_the_built_book_is_there(
    site: Path, built: dict[str, BeautifulSoup]
) -> None:
    script = (site / "_static" / NAME).read_text("utf-8")
    found = json.loads(script.removeprefix("const PLACES = ").rstrip().removesuffix(";"))
    ids: dict[str, set[str]] = {}
    for address, title, _, _ in found:
        page, _, anchor = address.partition("#")
        page = page.partition("?")[0]
        if page not in ids:
            ids[page] = {str(tag["id"]) for tag in built[page].find_all(id=True)}
        assert anchor in ids[page], address
        assert title, address
    rows = [address for address, _, kind, _ in found if kind == "row"]
    assert {address.partition("#")[2] for address in rows} >= set(ledger()["statement_id"])


def test_what_the_search_is_asked_for_is_there_to_be_found(site: Path) -> None:
    script = (site / "_static" / NAME).read_text("utf-8")
    found = json.loads(script.removeprefix("const PLACES = ").rstrip().removesuffix(";"))
    addresses = [address for address, *_ in found]
    wanted = {start for starts in QUERIES.values() for start in starts}
    assert [
        start for start in sorted(wanted) if not any(a.startswith(start) for a in addresses)
    ] == []


def test_of_a_country_its_migrants_come_before_its_treaties(site: Path) -> None:
    script = (site / "_static" / NAME).read_text("utf-8")
    found = json.loads(script.removeprefix("const PLACES = ").rstrip().removesuffix(";"))
    titles = [title for _, title, kind, _ in found if kind == "country"]
    both = ["Germany: migrants", "Germany: conventions"]
    assert [title for title in titles if title in both] == both
