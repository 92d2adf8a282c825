"""Formulas for print: drawn from MathML as SVG, and read out as a line of text.

WeasyPrint does not lay out MathML. ziamath draws it with STIX Two Math, as outlines.
"""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import ziamath
from bs4 import BeautifulSoup, Tag

# Points; a little below the text's size, because STIX is wide beside Source Serif.
SIZE = 9.8
INK = "#1c2733"
ACCENTS = {"^": "hat", "¯": "bar", "‾": "bar", "~": "tilde", "→": "vector"}
WORDS = {"∏": "product", "∑": "sum", "≤": "≤", "−": "−"}
# SVG 1.1: outlines only, for the renderer does not follow the symbols of SVG 2.
ziamath.config.svg2 = False
ziamath.config.math.color = INK


def draw(page: BeautifulSoup, article: Tag) -> None:
    """Replace every formula of the article by an image of it."""
    for math in article.find_all("math"):
        math.replace_with(_image(page, math))


def _image(page: BeautifulSoup, math: Tag) -> Tag:
    markup = str(math)
    svg = ziamath.Math(markup, size=SIZE).svg()
    width, height, depth = _box(svg)
    # Sizes are in points of the type, whatever the renderer takes an SVG unit to be.
    place = f"width:{width:.3f}pt;height:{height:.3f}pt"
    if math.get("display") != "block":
        place += f";vertical-align:{-depth:.3f}pt"
    code = base64.b64encode(svg.encode()).decode()
    attributes = {
        "src": f"data:image/svg+xml;base64,{code}",
        "alt": spoken(markup),
        "style": place,
        "class": "formula-drawing",
    }
    return page.new_tag("img", attrs=attributes)


def _box(svg: str) -> tuple[float, float, float]:
    """Width, height and depth below the baseline, which ziamath draws at nought."""
    found = re.search(r'viewBox="\S+ (\S+) (\S+) (\S+)"', svg)
    assert found is not None, "ziamath gives every drawing a view box"
    top, width, height = (float(number) for number in found.groups())
    return width, height, top + height


def spoken(mathml: str) -> str:
    """A formula as one line of text, for those who do not see it.

    >>> spoken('<math><mfrac><mn>1</mn><mi>t</mi></mfrac></math>')
    '1/t'
    """
    return re.sub(r"\s+", " ", _line(ElementTree.fromstring(mathml))).strip()


def _line(element: ElementTree.Element) -> str:
    kind = element.tag.rsplit("}", 1)[-1]
    parts = [_line(child) for child in element]
    if kind in ("mi", "mn", "mo", "mtext"):
        text = element.text or ""
        return f" {text} " if kind == "mo" and text in "=<>≤≥∈−+∩∪|" and text else text
    if kind == "mspace":
        return " "
    shapes = {
        "mfrac": "{}/{}", "msub": "{}_{}", "msup": "{}^{}", "msubsup": "{}_{}^{}",
        "munder": "{}_{}", "munderover": "{}_{}^{}",
    }  # fmt: skip
    if kind in shapes:
        return shapes[kind].format(
            *[parts[0] if kind[:2] == "mu" else _group(parts[0])], *map(_group, parts[1:])
        )
    if kind == "mover":
        return f"{parts[0]}-{ACCENTS.get(parts[1], parts[1])}"
    if kind == "msqrt":
        return f"square root of ({''.join(parts)})"
    return "".join(parts)


def _group(text: str) -> str:
    text = text.strip()
    return text if re.fullmatch(r"[\w.∏∑-]*", text) else f"({text})"
