"""The brief: the rows of the front page, each part of the book with a figure, and how to verify.

Its sentences are those of the register, as the site offers it, and of the built front page; none is
written here.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from bs4 import Tag
from markdown_it import MarkdownIt

from analysis.findings import VERDICTS
from analysis.register import CHAPTERS
from analysis.words import capital
from tools.contents import Page, reading_order
from tools.edition import Edition
from tools.exhibits import DOWNLOADS, FOLDER, Placed
from tools.pdf.chapters import Chapter
from tools.pdf.exhibits import anchor
from tools.pdf.tags import classes, soup, text

COMMAND = "make test"
# A drawing for phones no higher than so many times its width stands beside the answers of its part.
TALLEST = 1.1
# Findings of a chapter whose sentences follow its answer.
MORE = 2
MARKDOWN = MarkdownIt("commonmark")
# The file of the findings among the downloads, and one of them.
FINDINGS = "findings.json"
Record = Mapping[str, Any]


def article(
    root: Path, site: Path, edition: Edition, chapters: list[Chapter], known: Mapping[str, Placed]
) -> Tag:
    """The brief, its links still to be led into the other volumes.

    Args:
        root: the folder that holds `_toc.yml`.
        site: the built site, which offers the findings.
        edition: what is printed.
        chapters: the pages of the site, the front page first.
        known: the exhibits by their ids in print.
    """
    opening = chapters[0]
    # To compute them again takes longer than to print the brief.
    found = json.loads((site / DOWNLOADS / FINDINGS).read_text(encoding="utf-8"))
    html = (
        f'<section class="page brief" id="brief"><h1>{escape(edition.title)}</h1>'
        f'<p class="subtitle">{escape(edition.subtitle)}. '
        f"<span>Brief, version {escape(edition.version)}.</span></p>{_lead(opening)}"
        f"{_claims(found, {chapter.page.name: chapter.number for chapter in chapters})}"
        f"{_opening_figure(opening, known)}{_parts(root, found, known)}"
        f"{_check(edition)}{_cite(edition)}</section>"
    )
    made = soup(html).find("section")
    assert isinstance(made, Tag)
    return made


def _lead(opening: Chapter) -> str:
    """The paragraphs of the front page before its first section, but for the subtitle."""
    heading = opening.article.find("h1")
    assert heading is not None, "a page has a heading"
    own = [tag for tag in heading.find_next_siblings("p") if not _is_subtitle(tag)]
    copies = [copy.copy(tag) for tag in own]
    for tag in (tag for each in copies for tag in each.find_all(id=True)):
        del tag["id"]
    return "".join(map(str, copies))


def _is_subtitle(paragraph: Tag) -> bool:
    whole = paragraph.find("em")
    place = "code-place" in classes(paragraph)
    return place or (whole is not None and text(whole) == text(paragraph))


def _claims(found: list[Record], numbers: Mapping[str, str]) -> str:
    """The rows of the front page, with the numbers of the chapters that show more."""
    front = [(finding["chapter"], finding["front"]) for finding in found if finding["front"]]
    heads = "".join(
        f'<th scope="col">{h}</th>' for h in ("They said", "Does it hold?", "Say", "See")
    )
    rows = "".join(_row(claim, chapter, numbers[chapter]) for chapter, claim in front)
    used = {claim["verdict"] for _, claim in front}
    meanings = ". ".join(f"<em>{capital(v)}</em>: {m}" for v, m in VERDICTS.items() if v in used)
    return (
        f'<table class="claims"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<p class="meanings">{meanings}.</p>'
    )


def _row(claim: Mapping[str, str], chapter: str, number: str) -> str:
    return (
        f'<tr><th scope="row">{_inline(claim["said"])}</th><td>{capital(claim["verdict"])}</td>'
        f"<td>{_inline(claim['instead'])}</td>"
        f'<td class="named"><a href="#{chapter}">Chapter {number}</a></td></tr>'
    )


def _inline(markdown: str) -> str:
    """CommonMark of a sentence as HTML; links to pages become links to their ids in print."""
    html = MARKDOWN.renderInline(markdown)
    return re.sub(r'<a href="(\w+)\.(?:md|ipynb)#?([^"]*)">', _link, html)


def _link(found: re.Match[str]) -> str:
    page, fragment = found.groups()
    kind = ' class="stated"' if page == "ledger" and fragment else ""
    return f'<a{kind} href="#{page}{"." if fragment else ""}{fragment}">'


def _opening_figure(opening: Chapter, known: Mapping[str, Placed]) -> str:
    """The first figure of the front page, as wide as the page; empty if it has none."""
    figures = (known[str(tag["id"])] for tag in opening.exhibits)
    first = next((figure for figure in figures if figure.kind == "figure"), None)
    return "" if first is None else _drawn(first, ".page.svg")


def _parts(root: Path, found: list[Record], known: Mapping[str, Placed]) -> str:
    """Each part of the book that has chapters: a figure, their questions, what they found."""
    asked = [page for page in reading_order(root) if page.name in CHAPTERS]
    html = []
    for caption, group in groupby(asked, key=lambda page: page.part):
        pages = list(group)
        names = {page.docname for page in pages}
        figure = choose([e for e in known.values() if e.docname in names])
        html.append(
            f'<section class="group"><h2>{escape(caption)}</h2>{_drawn(figure, ".phone.svg")}'
            f"{''.join(_answer(page, found) for page in pages)}</section>"
        )
    return "".join(html)


def choose(exhibits: list[Placed]) -> Placed:
    """The first figure that is no taller than can stand beside answers, else the flattest."""
    figures = [exhibit for exhibit in exhibits if exhibit.kind == "figure"]
    fitting = (figure for figure in figures if _height(figure) <= TALLEST)
    return next(fitting, min(figures, key=_height))


def _height(figure: Placed) -> float:
    """The height of the drawing for phones in terms of its width."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', figure.phone)
    assert box is not None, "matplotlib gives every drawing a size"
    width, height = map(float, box.groups())
    return height / width


def _answer(page: Page, found: list[Record]) -> str:
    _, question, room = CHAPTERS[page.name]
    own = [finding["sentence"] for finding in found if finding["chapter"] == page.name]
    more = " ".join(own[:MORE])
    link = f'<a href="#{page.name}">Chapter {page.number}</a>'
    return (
        f'<h3>{_inline(question)}</h3><p class="answer">{_inline(room.answer())}</p>'
        f'<p>{_inline(more)} <span class="see">{link}</span></p>'
    )


def _drawn(figure: Placed, end: str) -> str:
    return (
        f'<figure class="drawn"><img src="{FOLDER}/{figure.exhibit_id}{end}" '
        f'alt="{escape(figure.alt)}"><figcaption class="named">'
        f'<a href="#{anchor(figure)}">{figure.number}</a> '
        f"{escape(figure.title)}.</figcaption></figure>"
    )


def _check(edition: Edition) -> str:
    """Where each stated figure can be looked up, and the command that proves the book."""
    url = f"{edition.address.rstrip('/')}/book/ledger.html"
    place = f'<a href="{escape(url)}">{escape(url)}</a>' if edition.address else "book/ledger.html"
    return (
        '<section class="check"><h2>How to verify</h2>'
        "<p>A linked figure is <em>stated</em>: a document says it, and the link leads to its row "
        f'in the <a href="#ledger">ledger</a>, with document, place and phrase; on the site: '
        f"{place}. Any other figure is <em>found</em>: computed by code that you can run. In a "
        "copy of the project one command reruns every chapter and compares what it shows with "
        f"what is printed:</p><pre>{COMMAND}</pre>"
        '<p>More in <a href="#verify">Read and verify</a>.</p></section>'
    )


def _cite(edition: Edition) -> str:
    return (
        '<section class="check"><h2>How to cite</h2>'
        f"<p>{escape(edition.author)} ({edition.released.year}). "
        f"<cite>{escape(edition.whole_title)}</cite>. Version {escape(edition.version)}, "
        f"{edition.dated}. Text and figures CC BY 4.0, data CC0 1.0, code BSD-3-Clause.</p>"
        "</section>"
    )
