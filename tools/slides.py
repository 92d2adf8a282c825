"""A figure as a picture for slides: title, subtitle, drawing, source and licence in one PNG."""

from __future__ import annotations

import base64
import io
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageColor

from analysis.drawings import COLOURS
from analysis.style import FONTS, INK, PAPER, QUIET
from tools.edition import Edition
from tools.exhibits import Placed
from tools.kept import key, versions
from tools.pdf.library import pango_version, weasyprint

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
        tools.pdf.library.LibraryMissingError: what lays out the words is not installed.
    """
    import pypdfium2  # as WeasyPrint, only where a slide is made

    fonts = _fonts()
    style = weasyprint().CSS(string=STYLE, base_url=f"{FONTS.as_uri()}/", font_config=fonts)
    html = weasyprint().HTML(string=page(figure, book), base_url=f"{FONTS.as_uri()}/")
    sheet = pypdfium2.PdfDocument(html.write_pdf(stylesheets=[style], font_config=fonts))[0]
    drawn = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, PAPER)).getbbox()
    assert box is not None, "a slide has a title"
    whole = drawn.crop((0, 0, WIDTH, box[3] + MARGIN * WIDTH // SHEET[0]))
    made = io.BytesIO()
    _in_few_colours(whole).save(made, format="PNG")
    return made.getvalue()


def _in_few_colours(whole: Image.Image) -> Image.Image:
    """The picture with a palette; the paper, at its corner, keeps its exact colour."""
    few = whole.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette, paper = few.getpalette(), few.getpixel((0, 0))
    assert palette is not None, "it has just been given one"
    assert isinstance(paper, int), "the number of a colour in the palette"
    palette[3 * paper : 3 * paper + 3] = ImageColor.getrgb(PAPER)
    few.putpalette(palette)
    return few


def made_from(figure: Placed, book: Edition) -> str:
    """A digest of all that the slide of a figure depends on; arguments as of `slide`.

    Raises:
        tools.pdf.library.LibraryMissingError: Pango is not installed.
    """
    return key(page(figure, book), _common())


@cache
def _common() -> str:
    """The same for all slides: the code, the faces, and what lays out, draws and packs."""
    faces = [path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))]
    libraries = versions("weasyprint", "pydyf", "fonttools", "pypdfium2", "pillow")
    return key(Path(__file__).read_bytes(), STYLE, *faces, libraries, f"pango {pango_version()}")


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
