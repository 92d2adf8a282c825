"""A figure as a picture for slides: title, subtitle, drawing, source and licence in one PNG."""

from __future__ import annotations

import base64
import io
from functools import cache
from html import escape
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from analysis.drawings import COLOURS
from analysis.style import FONTS, INK, PAPER, QUIET
from tools.edition import Edition
from tools.exhibits import Placed
from tools.pdf.press import weasyprint

WIDTH = 2000  # pixels
SHEET = (1000, 2000)  # CSS pixels: width, and a height that no figure reaches
MARGIN = 40  # CSS pixels
STYLE = f"""
@font-face {{ font-family: Source; font-weight: 400; src: url(source-sans-3-400-normal.ttf) }}
@font-face {{ font-family: Source; font-weight: 600; src: url(source-sans-3-600-normal.ttf) }}
@page {{ size: {SHEET[0]}px {SHEET[1]}px; margin: {MARGIN}px }}
body {{ margin: 0; font: 20px/1.35 Source, sans-serif; color: {INK}; background: {PAPER} }}
h1 {{ margin: 0; font-size: 32px; font-weight: 600; line-height: 1.2 }}
p {{ margin: 6px 0 0; color: {QUIET} }}
img {{ display: block; width: 100%; margin: 18px 0 14px }}
footer {{ font-size: 16px }}
"""


def slide(figure: Placed, book: Edition) -> bytes:
    """The PNG, as wide as `WIDTH` and as high as it needs.

    Args:
        figure: an exhibit with a drawing.
        book: whose title, address and licence stand below it.

    Raises:
        tools.pdf.press.LibraryMissingError: what lays out the words is not installed.
    """
    fonts = _fonts()
    style = weasyprint().CSS(string=STYLE, base_url=f"{FONTS.as_uri()}/", font_config=fonts)
    html = weasyprint().HTML(string=page(figure, book), base_url=f"{FONTS.as_uri()}/")
    sheet = pypdfium2.PdfDocument(html.write_pdf(stylesheets=[style], font_config=fonts))[0]
    drawn = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, PAPER)).getbbox()
    assert box is not None, "a slide has a title"
    whole = drawn.crop((0, 0, WIDTH, box[3] + MARGIN * WIDTH // SHEET[0]))
    made = io.BytesIO()
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(made, format="PNG", optimize=True)
    return made.getvalue()


def page(figure: Placed, book: Edition) -> str:
    """What stands on the slide, as HTML."""
    drawing = base64.b64encode(figure.svg.encode()).decode()
    subtitle = f"<p>{escape(figure.subtitle)}</p>" if figure.subtitle else ""
    place = f" {book.address}" if book.address else ""
    return (
        f"<h1>{escape(figure.title)}</h1>{subtitle}"
        f'<img src="data:image/svg+xml;base64,{drawing}">'
        f"<footer><p>Source: {escape('; '.join(figure.documents))}.</p>"
        f"<p>{figure.number} in “{escape(book.title)}” ({book.released.year}). CC BY 4.0."
        f"{escape(place)}</p></footer>"
    )


@cache
def _fonts() -> Any:
    return weasyprint().text.fonts.FontConfiguration()
