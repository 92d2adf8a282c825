"""The drawing that is offered has its type as text, where and as long as it was drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import drawings
from analysis.style import PAGE
from tools.lettering import lettered

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn() -> Figure:
    figure, axes = PAGE.canvas(height=3)
    axes.plot([1990, 2000], [1, 2])
    axes.set_title("A bold title, long enough")
    axes.text(1992, 1.2, "two lines &\nof text < three", rotation=90)
    axes.text(1996, 1.2, "in italics, and not short", style="italic")
    figure.draw_without_rendering()
    return figure


@pytest.fixture(scope="module")
def texts(drawn: Figure) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(lettered(drawings.svg(drawn, "x"), "T & t", "What is seen."))
    return {text.text or "": text for text in root.iter(f"{SVG}text")}


def test_every_line_of_a_drawing_stands_as_text(
    drawn: Figure, texts: dict[str, ElementTree.Element]
) -> None:
    written = [t.get_text() for t in drawn.findobj(Text) if isinstance(t, Text)]
    lines = {line for text in written for line in text.split("\n") if " " in line}
    assert lines <= set(texts)
    assert {"1990", "2000", "two lines &", "of text < three"} <= set(texts)


def test_text_is_as_long_as_it_was_drawn(
    drawn: Figure, texts: dict[str, ElementTree.Element]
) -> None:
    # On a screen letters are moved to whole dots, which lengthens a line by a twentieth.
    drawn.draw_without_rendering()
    for words in ("A bold title, long enough", "in italics, and not short"):
        text = next(t for t in drawn.findobj(Text) if isinstance(t, Text) and t.get_text() == words)
        width = text.get_window_extent().width * 72 / drawn.dpi
        assert float(texts[words].attrib["textLength"]) == pytest.approx(width, rel=0.08)


def test_text_keeps_its_face_its_size_and_its_turn(
    texts: dict[str, ElementTree.Element],
) -> None:
    assert "font-weight:600" in texts["A bold title, long enough"].attrib["style"]
    assert "font-style:italic" in texts["in italics, and not short"].attrib["style"]
    assert re.search(r"font-size:10\.5px$", texts["1990"].attrib["style"])
    assert "rotate(-90)" in texts["two lines &"].attrib["transform"]


def test_the_drawing_says_what_it_is_and_shows(drawn: Figure) -> None:
    svg = lettered(drawings.svg(drawn, "x"), "T & t", "What is seen.")
    root = ElementTree.fromstring(svg)
    named = root.attrib["aria-labelledby"].split()
    told = {each.attrib["id"]: each.text for each in root if "id" in each.attrib}
    assert [told[name] for name in named] == ["T & t", "What is seen."]
    # Letters are outlines no more.
    assert not re.search(r'href="#f\d', svg)
