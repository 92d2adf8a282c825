"""Write what the search page looks through: every place of the book that a reader may want.

A place is a section, an exhibit, a row of the ledger or of another table that can be linked to, a
term of the glossary, a document, or a country to be looked up, with the address that leads to it.
It is a script, not JSON, so that it loads from a folder as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import asking
from bs4 import BeautifulSoup, NavigableString, Tag
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from analysis import treaties
from analysis.tables import load
from tools.kept import Kept, key, versions

NAME = "search-data.js"
# What a page shows beside its words.
LINKS = {"headerlink", "permalink", "ledger-link"}
# What is no place of its own, or is one and has a row to itself: by tags and by classes.
APART = {"section", "details", "table", "dl", "script"}, {"turn", "unseen"}
COUNTRY = "country"  # the kind of a place that readers look up
LEDGER, DOWNLOADS = "book/ledger.html", "book/downloads.html"
LEVELS = ("h1", "h2", "h3", "h4")
DATA = 300  # characters of the words in an exhibit's data, each once
NUMERAL = re.compile(r"[-+−–\d.,%()]+")


class Place(NamedTuple):
    """One thing to be found: where it is, what it is called, its kind and its words."""

    address: str
    title: str
    kind: str
    text: str


def places(page: str, html: str) -> Iterator[Place]:
    """The places of one page, in order.

    Args:
        page: its address in the site, such as `book/stock.html`.
        html: the page as built.
    """
    article = BeautifulSoup(html, "html.parser").find("article")
    if article is None:
        return
    if data := article.find("script", id="asked"):
        yield from countries(page, json.loads(data.get_text()))
    # Each element is looked at, which takes a tenth of the time that selectors of CSS do.
    for link in [tag for tag in article.find_all(True) if _has(tag, LINKS)]:
        link.decompose()
    every = article.find_all(True)
    apart = {id(tag) for tag in every if _is_apart(tag)}
    name = _words(article.h1)
    for tag in every:
        if not (_is_exhibit(tag) or (tag.name in ("section", "tr", "dt") and tag.has_attr("id"))):
            continue
        match tag.name:
            case "section":
                if heading := _words(_heading(tag)):
                    title = heading if heading == name else f"{heading} · {name}"
                    kind = "data" if "data-table" in tag.get_attribute_list("class") else "section"
                    yield Place(f"{page}#{tag['id']}", title, kind, _own(tag, apart))
            case "figure":
                yield Place(f"{page}#{tag['id']}", _words(tag.figcaption), "exhibit", _data(tag))
            case "tr":
                kind = {LEDGER: "row", DOWNLOADS: "data"}.get(page, "entry")
                yield Place(f"{page}#{tag['id']}", _words(tag.th), kind, _row(tag))
            case _:
                meaning = tag.find_next_sibling("dd")
                yield Place(f"{page}#{tag['id']}", _words(tag), "term", _words(meaning))


def _words(tag: object) -> str:
    """The text of an element, its cells and blocks set apart."""
    return " ".join(tag.get_text(" ").split()) if isinstance(tag, Tag) else ""


def _has(tag: Tag, classes: set[str]) -> bool:
    return not classes.isdisjoint(tag.get_attribute_list("class"))


def _is_exhibit(tag: Tag) -> bool:
    return tag.name == "figure" and _has(tag, {"exhibit"})


def _is_apart(tag: Tag) -> bool:
    names, classes = APART
    return tag.name in names or _has(tag, classes) or _is_exhibit(tag)


def _heading(section: Tag) -> Tag | None:
    """The heading of a section, which stands in it, or in an element that adds to it."""
    for child in section.find_all(True, recursive=False):
        if child.name in LEVELS:
            return child
        if _has(child, {"heading"}) and (found := child.find(LEVELS, recursive=False)):
            return found
    return None


def _data(figure: Tag) -> str:
    """The notes of an exhibit, then the words of its data; figures are found in the ledger."""
    notes = " ".join(_words(note) for note in figure.find_all(class_="exhibit-note"))
    words = dict.fromkeys(w for w in _words(figure.table).split() if not NUMERAL.fullmatch(w))
    return f"{notes} {' '.join(words)}".strip()[:DATA]


def _row(row: Tag) -> str:
    """What a row holds beside its head; of the ledger not the last cell, which lists its uses."""
    _, *cells = row.find_all(["th", "td"], recursive=False)
    return " ".join(_words(cell) for cell in (cells[:-1] if len(cells) > 1 else cells))


def _own(section: Tag, apart: Collection[int]) -> str:
    """The text of a section without that of the elements in it that are set apart."""
    return " ".join(" ".join(_texts(section, apart)).split())


def _texts(tag: Tag, apart: Collection[int]) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if id(child) not in apart:
                yield from _texts(child, apart)
        elif type(child) is NavigableString:  # and no comment
            yield child


def documents() -> Iterator[Place]:
    """The documents by their symbols, which lead to what is said of them."""
    for row in load("documents").astype(object).fillna("").itertuples():
        name = row.symbol or row.document_id
        dates = " to ".join(dict.fromkeys(filter(None, (row.date_earliest, row.date_latest))))
        text = "; ".join(filter(None, (row.body, row.kind, dates)))
        yield Place("book/sources.html#sources-documents", f"{name}: {row.title}", "document", text)


def instruments() -> Iterator[Place]:
    """The treaties by their short names and their titles."""
    known = load("instruments").set_index("instrument_id")
    for instrument_id, name in treaties.NAMES.items():
        row = known.loc[instrument_id]
        dates = f"adopted {row.adopted:%Y-%m-%d}, in force {row.entry_into_force:%Y-%m-%d}"
        place = "book/conventions.html#the-migrant-workers-convention-reached-the-fewest"
        yield Place(place, f"{name}: {row.title}", "treaty", f"{dates}; {row.adopted_by}")


def countries(page: str, asked: asking.Asked) -> Iterator[Place]:
    """The countries that readers may look up on a page: their migrants, or what they signed."""
    if asked["kind"] == "editions":
        told = f"International migrants in {', '.join(map(str, asked['years']))}, in every edition."
        for name in asked["countries"]:
            address = f"{page}?{urlencode({'country': name})}#{asked['before']}"
            yield Place(address, f"{name}: migrants", COUNTRY, told)
    if asked["kind"] == "status":
        acts: dict[str, list[str]] = {}
        for instrument, _, states in asked["instruments"]:
            for state, (_, deposited, _) in states.items():
                acts.setdefault(state, [])
                acts[state] += [instrument] if deposited else []
        for state, deposits in sorted(acts.items()):
            address = f"{page}?{urlencode({'state': state})}#{asked['before']}"
            told = f"Deposited: {', '.join(deposits) or 'nothing'}."
            yield Place(address, f"{state}: conventions", COUNTRY, told)


def _of_page(site: Path, page: str, kept: Kept) -> list[list[str]]:
    """The places of a page, searched for anew where it or the code that searches changed."""
    html = (site / page).read_text(encoding="utf-8")
    made_from = key(
        Path(__file__).read_bytes(), versions("beautifulsoup4", "soupsieve"), page, html
    )
    if (known := kept.get(made_from)) is None:
        known = kept.put(made_from, json.dumps(list(places(page, html))).encode())
    return json.loads(known)


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield "search", {}, "search.html"


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    kept = Kept(site.parent / "kept" / "places")
    pages = [f"{name}.html" for name in sorted(app.env.titles)]
    found = [place for page in pages for place in _of_page(site, page, kept)]
    kept.tidy()
    every = [*found, *documents(), *instruments()]
    # Countries last, as they all say the same; of one its migrants, which are asked for more often.
    every.sort(key=lambda place: (place[2] == COUNTRY, "?state=" in place[0]))
    rows = json.dumps(every, ensure_ascii=False, separators=(",", ":"))
    text = f"const PLACES = {rows};\n"
    (site / "_static" / NAME).write_text(text, encoding="utf-8")


def _unindexed(app: Sphinx) -> None:
    """Let Sphinx make no index of its own, whose words no page here looks through."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it after those that change the pages."""
    app.connect("builder-inited", _unindexed)
    app.connect("html-collect-pages", _page)
    app.connect("build-finished", _write, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
