"""What `make seen` calls a problem; JupyterLab itself is not opened here."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from tools.seen import drawing_problems, text_problems


def _cell(*bundles: dict[str, str], width: int | None = None) -> nbformat.NotebookNode:
    metadata = {"image/png": {"width": width}} if width else {}
    outputs = [
        nbformat.v4.new_output("display_data", data=data, metadata=metadata) for data in bundles
    ]
    return nbformat.v4.new_code_cell("show()", outputs=outputs)


def _drawing(shown: tuple[float, float], natural: tuple[int, int] = (1000, 500)) -> dict[str, Any]:
    return {"natural": natural, "shown": shown, "visible": True}


@pytest.mark.parametrize(
    ("drawings", "told"),
    [
        ([_drawing((600, 300))], []),
        ([], ["0 drawings seen, 1 stored"]),
        ([_drawing((600, 300)), _drawing((600, 300))], ["2 drawings seen, 1 stored"]),
        ([_drawing((0, 0), (0, 0))], ["a drawing that is not visible"]),
        ([_drawing((600, 300)) | {"visible": False}], ["a drawing that is not visible"]),
        ([_drawing((1000, 500))], ["a drawing 1000 x 500 pixels, not 600 x 300"]),
        ([_drawing((600, 400))], ["a drawing 600 x 400 pixels, not 600 x 300"]),
    ],
)
def test_a_drawing_is_visible_at_the_size_stored_with_it(
    drawings: list[dict[str, Any]], told: list[str]
) -> None:
    assert list(drawing_problems(_cell({"image/png": "…"}, width=600), drawings)) == told


def test_a_drawing_without_a_stored_size_has_its_own() -> None:
    cell = _cell({"image/png": "…"})
    assert not list(drawing_problems(cell, [_drawing((1000, 500))]))
    assert list(drawing_problems(cell, [_drawing((600, 300))]))


@pytest.mark.parametrize(
    "text",
    [
        "on behalf of the {stated}`eu-member-states-2003-a-58-98` States",
        "the method of {cite:t}`manski2003`",
        "language-{downloads} files``",
        ":::{note}",
        "(the-answer)=",
        "{.findings}",
        "image/svg+xml",
        "<Figure size 640x480 with 1 Axes>",
        "Cannot display an untrusted SVG. Maybe you need to run the cell?",
    ],
)
def test_markup_is_told(text: str) -> None:
    cell = nbformat.v4.new_markdown_cell(text)
    assert len(list(text_problems(cell, [], [f"Before.\n{text}\nAfter."]))) == 1


def test_prose_formulas_and_code_are_no_markup() -> None:
    text = "From 3.2 to 4.1 (per cent): `a = {1}` and \\frac{f}{N} < 1, 175 million."
    assert not list(text_problems(nbformat.v4.new_markdown_cell(text), [], [text]))


def test_plain_text_is_told_only_where_there_is_more() -> None:
    cell = _cell({"text/plain": "3"}, {"text/plain": "A line.", "text/html": "<p>A line.</p>"})
    shown = ["3", "A line."]
    assert not list(text_problems(cell, ["text/plain", "text/html"], shown))
    assert list(text_problems(cell, ["text/plain", "text/plain"], shown)) == [
        "plain text in place of text/html"
    ]
    assert list(text_problems(cell, ["text/html"], shown)) == ["1 outputs seen, 2 stored"]
