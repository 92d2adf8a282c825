"""A drawing for editors of pictures and screen readers: type as text, title and words inside.

The drawings of the book have outlines for letters, so that they look alike everywhere; matplotlib
says before each line of outlines what it reads. Here the line stands as text in its place, kept to
its length where the reader's computer lacks the face.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from html import escape, unescape

from PIL import ImageFont

from analysis.style import FONTS

FACES = (
    "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
)
# How the faces of the drawings are asked for.
WEIGHTS = {
    "source-sans-3-400-normal": "",
    "source-sans-3-600-normal": ";font-weight:600",
    "source-sans-3-400-italic": ";font-style:italic",
}
REGULAR = next(iter(WEIGHTS))
UNITS = 100  # the size at which matplotlib sets letters before it scales them
LINE = re.compile(
    r'<!-- (?P<text>[^<]*) --><g (?:style="(?P<style>[^"]*)" )?transform="(?P<place>[^"]*?) ?'
    r'scale\((?P<scale>[\d.]+) -[\d.]+\)">(?P<letters>(?:<defs>.*?</defs>)?(?:<use [^>]*/>)*)</g>'
)
LAST = re.compile(r'<use xlink:href="#(f\d+)-[^>]*? x="([\d.]+)"[^>]*/>$')
FIRST = re.compile(r'<use xlink:href="#(f\d+)-')


def lettered(svg: str, title: str, description: str) -> str:
    """The drawing with text as text, and with what it is and shows for those who do not see it.

    Args:
        svg: as `analysis.drawings` makes it.
        title, description: plain text.
    """
    faces = _faces(svg)
    text = LINE.sub(lambda found: _line(found, faces), svg)
    head = re.sub(r' (role|aria-label)="[^"]*"', "", text[: text.index(">")])
    words = f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>'
    head += f' role="img" aria-labelledby="title desc" font-family="{FACES}" xml:space="preserve">'
    return head + words + text[text.index(">") + 1 :] + "\n"


def _line(found: re.Match[str], faces: Mapping[str, str]) -> str:
    size = UNITS * float(found["scale"])
    text, first = _read(found), FIRST.search(found["letters"])
    face = faces.get(first[1], REGULAR) if first else REGULAR
    length = _length(face, text) * size / UNITS
    style = f"{found['style'] or 'fill:#000'};font-size:{size:.4g}px{WEIGHTS[face]}"
    return (
        f'<text style="{style}" transform="{found["place"]}" textLength="{length:.5g}" '
        f'lengthAdjust="spacingAndGlyphs">{escape(text, quote=False)}</text>'
    )


def _faces(svg: str) -> dict[str, str]:
    """By its mark in the drawing, the face whose last letters stand where they were drawn."""
    apart: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(WEIGHTS, 0.0))
    for found in LINE.finditer(svg):
        if last := LAST.search(found["letters"]):
            for face in WEIGHTS:
                away = _length(face, _read(found)[:-1]) - float(last[2])
                apart[last[1]][face] += abs(away)
    return {mark: min(known, key=known.__getitem__) for mark, known in apart.items()}


def _read(found: re.Match[str]) -> str:
    return unescape(found["text"]).replace("- -", "--")


def _length(face: str, text: str) -> float:
    return float(_font(face).getlength(text)) * UNITS / 1000


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    # Large, so that the rounding of its metrics to pixels does not show.
    return ImageFont.truetype(FONTS / f"{face}.ttf", 1000, layout_engine=ImageFont.Layout.BASIC)
