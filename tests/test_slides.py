"""A figure's picture for slides says what it shows, where it is from and what may be done."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tools import slides
from tools.edition import Edition
from tools.exhibits import exhibits
from tools.notebooks import ROOT
from tools.pdf.library import LibraryMissingError, weasyprint

# No Python package brings Pango, and without it the book offers the smaller pictures instead.
try:
    weasyprint()
except LibraryMissingError as missing:
    pytest.skip(str(missing), allow_module_level=True)

FIGURE = next(exhibit for exhibit in exhibits(ROOT) if exhibit.exhibit_id == "stock-share")
BOOK = replace(Edition.of(ROOT), address="https://figures.example/")


def test_a_slide_is_wide_and_no_higher_than_what_it_holds() -> None:
    picture = Image.open(io.BytesIO(slides.slide(FIGURE, BOOK))).convert("L")
    assert picture.size[0] == 2000
    # Ink reaches down to the margin below the last line, and not into it.
    low = picture.point(lambda light: 255 * (light < 200)).getbbox()
    assert low is not None
    assert 60 <= picture.size[1] - low[3] <= 120


def test_a_slide_holds_title_subtitle_source_licence_and_address() -> None:
    pdf = weasyprint().HTML(string=slides.page(FIGURE, BOOK)).write_pdf()
    text = "".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())
    for words in (FIGURE.title, FIGURE.subtitle, FIGURE.number, "A/58/98", BOOK.title,
                  "CC BY 4.0", BOOK.address):  # fmt: skip
        assert "".join(words.split()) in text, words


def test_every_picture_that_the_site_offers_is_wide_and_those_for_previews_are_not(
    site: Path,
) -> None:
    offered = [p for p in (site / "_static" / "exhibits").glob("*.png") if p.name.count(".") == 1]
    assert offered
    for path in offered:
        small = path.with_suffix(".small.png")
        assert (Image.open(path).size[0], Image.open(small).size[0]) == (2000, 1036)
