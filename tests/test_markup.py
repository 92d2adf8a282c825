"""Text of the data is text: no mark in it becomes an element, a role or a script."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analysis import markup

HOSTILE = [
    "<script>alert(1)</script>", "</script><script>", "<!--<script>", "<img src=x onerror=y>",
    "{abbr}`x (y)`", "{{ title }}", "```{raw} html", "$x^2$", "$$x$$", "**b**", "_i_", "`c`",
    "[a](javascript:x)", "![a](b)", "<https://a.b>", "# head", "- item", "1. item", "1) item",
    "> quote", "| a | b |", "---", "===", "+++", "% comment", ":::{note}", "(label)=", "&lt;",
    "~~s~~", "^up^", "=SUM(A1)", "\\", "a\\", "* x", "+ x", "'\" onclick=x", "a]b[c",
]  # fmt: skip
texts = st.lists(st.sampled_from([*HOSTILE, "word", " "]), min_size=1, max_size=4).map("".join)
TEXTS = texts.map(str.strip).filter(bool)


@settings(deadline=None)
@given(TEXTS)
def test_text_in_commonmark_shows_as_it_is(text: str) -> None:
    said = f"Said: {markup.plain(text)}."
    assert markup.prose(said) == said
    shown = BeautifulSoup(MarkdownIt("commonmark").render(said), "html.parser")
    assert [tag.name for tag in shown.find_all(True)] == ["p"]
    assert shown.get_text().strip() == f"Said: {text}."


@settings(deadline=None)
@given(TEXTS)
def test_text_that_begins_an_item_begins_nothing_else(text: str) -> None:
    shown = BeautifulSoup(MarkdownIt("commonmark").render(f"- {markup.plain(text)}"), "html.parser")
    assert [tag.name for tag in shown.find_all(True)] == ["ul", "li"]
    assert shown.get_text().strip() == text


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "a <b>c</b>", "![a](b.png)", "[a](javascript:x)", "[a](data:x)",
    "{abbr}`x`", "{{ title }}", "$x$", ":::{note}", "% gone", "# head", "```\ncode\n```", "> quote",
    "<https://a.b>x<i>", "[a](http://insecure)",
])  # fmt: skip
def test_prose_that_is_more_than_prose_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"in prose: .*expected: "):
        markup.prose(text)


@pytest.mark.parametrize("text", [
    "**Answer.** [175 million](ledger.md#world-migrant-stock-2000-a-58-98) of *them*.",
    "- a\n- b", "1. a\n\n   b [c](stock.ipynb)", "Read [1.2](#stock-growth) with `code`.",
])  # fmt: skip
def test_prose_is_let_through(text: str) -> None:
    assert markup.prose(text) == text


@settings(deadline=None)
@given(TEXTS)
def test_cells_captions_and_scripts_hold_text_alone(text: str) -> None:
    table = markup.table([{"name": text}, {"name": "b"}], [[text, text], ["", text]])
    shown = BeautifulSoup(table, "html.parser")
    known = {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag.name for tag in shown.find_all(True)} <= known
    assert text in [cell.get_text() for cell in shown.select("td, th")]
    sources = BeautifulSoup(markup.sources([f"x {text}"], "md"), "html.parser")
    assert [tag.name for tag in sources.find_all(True)] == ["p"]
    script = markup.script({"name": text})
    assert "<" not in script
    assert json.loads(script) == {"name": text}
