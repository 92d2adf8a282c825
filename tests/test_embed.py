"""Figures for other people's pages: whole in one file, and a snippet that any page can hold."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import embedding
import jinja2
import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tools import embed
from tools.edition import Edition
from tools.exhibits import exhibits
from tools.page_checks import id_problems, outline_problems

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://book.example/dialogue/"
FIGURES = [exhibit for exhibit in exhibits(ROOT) if exhibit.kind == "figure"]
WEIGHT = 450_000  # bytes of one page
# Attributes by which a page asks for something.
ASKING = ("src", "srcset", "data", "action", "poster", "background")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        figure.exhibit_id: BeautifulSoup(
            (site / embed.PAGES / f"{figure.exhibit_id}.html").read_text("utf-8"), "html.parser"
        )
        for figure in FIGURES
    }


def test_every_figure_has_a_page_and_nothing_else_has(site: Path) -> None:
    there = {path.stem for path in (site / embed.PAGES).glob("*.html")}
    assert there == {figure.exhibit_id for figure in FIGURES}


def test_a_page_asks_nothing_of_anyone(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        for tag in page.find_all(True):
            assert not [a for a in ASKING if tag.get(a)], (name, tag.name)
            reference = str(tag.get("href") or tag.get("xlink:href") or "#")
            assert tag.name == "a" or reference.startswith("#"), (name, tag.name, reference)
        assert "url(" not in re.sub(r"url\(#", "", str(page)), name
        assert "@import" not in str(page)


def test_the_policy_allows_the_page_s_own_script_alone(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        (script,) = page.find_all("script")
        digest = base64.b64encode(hashlib.sha256(script.get_text().encode()).digest()).decode()
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None
        assert str(policy["content"]).split("; ") == [
            "default-src 'none'", "style-src 'unsafe-inline'", f"script-src 'sha256-{digest}'",
        ]  # fmt: skip


def test_a_page_says_what_it_shows_whence_and_under_which_licence(
    site: Path, pages: dict[str, BeautifulSoup]
) -> None:
    for figure in FIGURES:
        page = pages[figure.exhibit_id]
        text = page.get_text(" ")
        assert figure.title in text
        assert page.select_one(".exhibit-source") is not None
        assert page.select_one('a[rel~="license"]') is not None
        assert [tag.get("aria-label") for tag in page.select("[role=img]")] == [figure.alt] * 2
        ways = [str(a["href"]) for a in page.select("a[href]") if "//" not in str(a["href"])]
        assert f"../{figure.docname}.html#{figure.exhibit_id}" in ways
        for way in ways:
            path, _, place = way.partition("#")
            assert f'id="{place}"' in (site / embed.PAGES / path).read_text("utf-8"), way
        assert list(id_problems(page)) == []
        assert list(outline_problems(page)) == []


def test_a_page_is_light(site: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (site / embed.PAGES).iterdir()}
    assert max(sizes.values()) < WEIGHT, max(sizes, key=sizes.__getitem__)


@pytest.mark.parametrize("site", ["", SITE])
def test_a_snippet_frames_the_figure_s_page(site: str) -> None:
    figure = replace(FIGURES[0], title='A "quoted" <title> & more')
    page = BeautifulSoup(embed.snippet(figure, site), "html.parser")
    frame, script = page.find_all(True)
    assert (frame.name, script.name) == ("iframe", "script")
    assert frame["src"] == f"{site or embed.SOMEWHERE}embed/{figure.exhibit_id}.html"
    assert frame["title"] == figure.title
    assert int(str(frame["height"])) > embed.REST
    assert "src" not in script.attrs


def test_the_page_offers_the_snippet_that_it_means(chapters: dict[str, BeautifulSoup]) -> None:
    for figure in FIGURES[:5]:
        page = chapters[f"{figure.docname}.html"]
        code = page.select_one(f"#{figure.exhibit_id} .exhibit-embed code")
        assert code is not None
        assert code.get_text() == embed.snippet(figure, Edition.of(ROOT).address)


def test_the_answer_to_oembed_is_what_its_specification_asks() -> None:
    """oEmbed 1.0, 2.3.4: what every answer has, and what one of type "rich" has besides."""
    figure = FIGURES[0]
    answer: dict[str, Any] = embed.oembed(figure, replace(Edition.of(ROOT), address=SITE))
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert isinstance(answer["width"], int)
    assert isinstance(answer["height"], int)
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert frame is not None
    assert frame["src"] == f"{SITE}embed/{figure.exhibit_id}.html"
    # A thumbnail has its width and height, those of the picture.
    assert answer["thumbnail_url"] == f"{SITE}_static/exhibits/{figure.exhibit_id}.small.png"
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == _pixels(figure.png)
    assert all(answer[name] for name in ("title", "author_name", "provider_name", "provider_url"))


@pytest.mark.parametrize("address", ["", SITE])
def test_a_page_leads_a_consumer_to_the_answer_once_there_is_an_address(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """oEmbed 1.0, 4: a link of this type in the head of the page leads to the answer."""
    edition = replace(Edition.of(ROOT), address=address)
    monkeypatch.setattr(embedding, "Edition", SimpleNamespace(of=lambda root: edition))
    app: Any = SimpleNamespace(
        config=SimpleNamespace(html_baseurl=address),
        env=SimpleNamespace(exhibits={figure.exhibit_id: figure for figure in FIGURES[:2]}),
        builder=SimpleNamespace(format="html"),
        outdir=tmp_path,
    )
    (tmp_path / embed.PAGES).mkdir()
    embedding._answers(app, None)
    loader = jinja2.FileSystemLoader(ROOT / "book" / "_templates")
    for name, context, template in embedding._pages(app):
        made = jinja2.Environment(loader=loader).get_template(template)
        page = BeautifulSoup(made.render(context, edition=edition, language="en"), "html.parser")
        ways = [str(a["href"]) for a in page.select('head link[type="application/json+oembed"]')]
        assert ways == ([f"{SITE}{name}.json"] if address else [])
        for way in ways:
            answer = json.loads((tmp_path / way.removeprefix(SITE)).read_text(encoding="utf-8"))
            assert answer["title"] == context["figure"].title
    assert len(list((tmp_path / embed.PAGES).iterdir())) == (2 if address else 0)


def _pixels(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size
