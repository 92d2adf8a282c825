"""A page of its own for each figure, whole in one file, for other people's pages to frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import exhibits
import page
from sphinx.application import Sphinx

from analysis import markup
from tools import embed
from tools.edition import Edition
from tools.exhibits import Placed
from tools.notebooks import ROOT

TEMPLATES = Path(__file__).parent.parent / "_templates"
TEMPLATE = "embed.html"


@cache
def part(name: str) -> str:
    """The style or the script that the pages have in common."""
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


@cache
def policy() -> str:
    """Nothing is asked of anyone; drawings have styles on their elements."""
    script = page.named(part("embed.js"))
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {script}"


def apart(svg: str) -> str:
    """A drawing whose ids differ from those of another on the same page."""
    return re.sub(r'(\bid="|href="#|url\(#)', r"\1phone-", svg)


def onward(html: str) -> str:
    """Links of a page of the book, followed from the frame: in a window of their own."""
    return html.replace('href="', 'target="_blank" rel="noopener" href="../book/')


def _figures(app: Sphinx) -> list[Placed]:
    return [each for each in exhibits.of(app.env).values() if each.kind == "figure"]


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    base = str(app.config.html_baseurl)
    for figure in _figures(app):
        told = {
            "figure": figure,
            "phone": apart(figure.phone),
            "source": onward(markup.sources(figure.sources, "html")),
            "back": f"../{figure.docname}.html#{figure.exhibit_id}",
            "style": part("embed.css"),
            "script": part("embed.js"),
            "policy": policy(),
            "oembed": embed.address(figure, base).replace(".html", ".json") if base else "",
        }
        yield f"{embed.PAGES}/{figure.exhibit_id}", told, TEMPLATE


def _answers(app: Sphinx, error: Exception | None) -> None:
    edition = Edition.of(ROOT)
    if error or app.builder.format != "html" or not edition.address:
        return
    for figure in _figures(app):
        text = json.dumps(embed.oembed(figure, edition), ensure_ascii=False)
        (Path(app.outdir) / embed.PAGES / f"{figure.exhibit_id}.json").write_text(text, "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the pages and the answers."""
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _answers)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
