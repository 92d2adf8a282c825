"""A drawing as bytes and text that are the same on every machine, and small enough to keep."""

from __future__ import annotations

import base64
import io
import re
import warnings
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS = 144  # per inch: twice what a plain screen shows
COLOURS = 128  # flat colours and their smoothed edges; more cannot be told apart
# What holds places on the sheet, where a hundredth of a point is finer than any screen or press;
# factors of scale may be small numbers and stay as they are.
PLACES = re.compile(r' (?:d|x|y)="[^"]*"|translate\([^)]*\)')
DECIMALS = re.compile(r"\d+\.\d+")
COMMANDS = re.compile(r"(?<=[\d. ]) ?([A-Zz]) ?")
# A letter of type: every one names its face, and is moved along its line.
LETTER = re.compile(r'(?<=")(#?)([A-Z][\w.]*(?:-[A-Z]\w*)?)-([0-9a-f]+)(?=")')
# Names of groups, which nothing refers to, and spaces within styles.
NAMED = re.compile(r'(?<=<g) id="[A-Za-z0-9_]+"')
STYLED = re.compile(r'(?<= style=")[^"]*')
SPACED = re.compile("([:;]) ")
MOVED = re.compile(r'(<use xlink:href="#[^"]+") transform="translate\(([-\d.]+) 0\)"')


def svg(drawing: Figure, name: str) -> str:
    """The drawing as one line of SVG; its layout holds for all that is drawn of it later.

    Args:
        drawing: a finished figure.
        name: makes element ids stable from run to run and distinct from figure to figure.

    Raises:
        UserWarning: its typeface lacks a sign.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph .* missing")
        # `savefig` would walk through the drawing once more before, to crop what is not cropped.
        told = dict.fromkeys(("Date", "Creator", "Format"))
        FigureCanvasSVG(drawing).print_svg(buffer, metadata=told)
    drawing.set_layout_engine("none")
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.S)
    # Type is drawn as outlines, so white space between elements shows nowhere.
    text = re.sub(r"\s*\n\s*", " ", text).replace("> <", "><").strip()
    text = STYLED.sub(lambda style: SPACED.sub(r"\1", style[0]), NAMED.sub("", text))
    text = MOVED.sub(r'\1 x="\2"', PLACES.sub(_short, text))
    faces = list(dict.fromkeys(letter[2] for letter in LETTER.finditer(text)))
    return LETTER.sub(lambda m: f"{m[1]}f{faces.index(m[2])}-{m[3]}", text)


def _short(place: re.Match[str]) -> str:
    text = DECIMALS.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), place[0])
    return COMMANDS.sub(r"\1", text) if text.startswith(" d=") else text


def png(drawing: Figure) -> tuple[str, int, int]:
    """The drawing as PNG in base64, and its width and height in CSS pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    small, drawn = io.BytesIO(), drawing.dpi
    drawing.dpi = DOTS
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    size = canvas.get_width_height()
    picture = Image.frombytes("RGBA", size, bytes(canvas.buffer_rgba())).convert("RGB")
    drawing.dpi = drawn
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(small, format="PNG")
    width, height = (round(dots * 96 / DOTS) for dots in picture.size)
    return base64.b64encode(small.getvalue()).decode("ascii"), width, height
