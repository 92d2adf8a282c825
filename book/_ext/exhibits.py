"""Number the exhibits, turn their drawings into files and offer their downloads.

`analysis.exhibits` writes one piece of HTML per exhibit into a notebook. Here each gets the number
"chapter.position" that the table of contents gives it, its inline drawing becomes an SVG file
(pages stay light, and drawings cannot clash), and links to CSV, SVG and PNG are added. The role
`` {exhibit}`id` `` refers to one by its number.
"""

from __future__ import annotations

import base64
import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

FILES = "_static/exhibits"
# Cut out before the HTML is parsed: HTML parsers fold the case that SVG's element names need.
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
logger = logging.getLogger(__name__)


@dataclass
class Exhibit:
    """One exhibit as the notebook holds it, with its place and number in the book."""

    exhibit_id: str
    kind: str
    docname: str
    caption: str
    svg: str
    png: bytes
    rows: list[list[str]]
    position: int = 0
    number: str = ""


@cache
def _of_notebook(path: Path) -> list[tuple[str, str]]:
    """The HTML and the PNG (base64) of each exhibit, in order."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            if 'class="exhibit"' in html:
                found.append((html, output["data"].get("image/png", "")))
    return found


def _collect(app: Sphinx) -> None:
    """Find all exhibits before the pages that refer to them are read."""
    app.env.exhibits = {}  # type: ignore[attr-defined]
    for path in sorted((Path(app.srcdir) / "book").glob("*.ipynb")):
        docname = f"book/{path.stem}"
        counts = {"figure": 0, "table": 0}
        for html, png in _of_notebook(path):
            exhibit = _exhibit(html, png, docname)
            counts[exhibit.kind] += 1
            exhibit.position = counts[exhibit.kind]
            if exhibit.exhibit_id in app.env.exhibits:  # type: ignore[attr-defined]
                logger.warning("two exhibits are named %r", exhibit.exhibit_id, location=docname)
            app.env.exhibits[exhibit.exhibit_id] = exhibit  # type: ignore[attr-defined]


def _number(app: Sphinx, env: Any) -> None:
    """Give the numbers once the table of contents has numbered the chapters."""
    for exhibit in env.exhibits.values():
        chapter = env.toc_secnumbers.get(exhibit.docname, {}).get("", ())
        parts = [*map(str, chapter), str(exhibit.position)]
        exhibit.number = f"{exhibit.kind.capitalize()} {'.'.join(parts)}"


def _parts(html: str) -> tuple[Tag, str]:
    """The exhibit's element without its drawing, and the drawing."""
    drawing = SVG.search(html)
    tag = BeautifulSoup(SVG.sub("<svg></svg>", html, count=1), "html.parser").find("figure")
    assert isinstance(tag, Tag), "analysis.exhibits writes one <figure> per exhibit"
    return tag, drawing.group() if drawing else ""


def _exhibit(html: str, png: str, docname: str) -> Exhibit:
    tag, svg = _parts(html)
    caption = tag.find("figcaption") or tag.find("caption")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")]
    text = caption.get_text().split(".", 1)[1].strip() if caption else ""
    return Exhibit(
        str(tag["id"]), str(tag["data-kind"]), docname, text, svg, base64.b64decode(png), rows
    )


class ExhibitRole(SphinxRole):
    """Refer to an exhibit by its number; an unknown id is a warning."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        exhibit = self.env.exhibits.get(self.text.strip())  # type: ignore[attr-defined]
        if exhibit is None:
            logger.warning(
                "no exhibit named %r", self.text, location=self.get_location(), type="exhibit"
            )
            return [nodes.strong(text=f"[unknown exhibit {self.text}]")], []
        node = nodes.reference("", "", internal=True, refuri=exhibit.docname)
        node["classes"].append("exhibit-reference")
        node["exhibit"] = exhibit.exhibit_id
        return [node], []


def _finish(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    exhibits: dict[str, Exhibit] = app.env.exhibits  # type: ignore[attr-defined]
    for node in doctree.findall(nodes.reference):
        if "exhibit" in node:
            page = app.builder.get_relative_uri(docname, node["refuri"])
            node["refuri"] = f"{page}#{node['exhibit']}"
            node += nodes.Text(exhibits[node["exhibit"]].number)
    for raw in list(doctree.findall(nodes.raw)):
        if 'class="exhibit"' in raw.astext() and raw.get("format") == "html":
            up = "../" * docname.count("/")
            html = _render(raw.astext(), exhibits, up)
            raw.replace_self(nodes.raw("", html, format="html"))


def _render(html: str, exhibits: dict[str, Exhibit], up: str) -> str:
    tag, drawing = _parts(html)
    exhibit = exhibits[str(tag["id"])]
    number = tag.find(class_="exhibit-number")
    if isinstance(number, Tag):
        number.string = f"{exhibit.number}."
    if isinstance(place := tag.find("svg"), Tag):
        place.replace_with(BeautifulSoup(_image(exhibit, drawing, up), "html.parser"))
    kinds = ["csv", "svg", "png"] if exhibit.kind == "figure" else ["csv"]
    links = " ".join(
        f'<a href="{up}{FILES}/{exhibit.exhibit_id}.{kind}" download '
        f'aria-label="Download {escape(exhibit.number)} as {kind.upper()}">{kind.upper()}</a>'
        for kind in kinds
    )
    line = f'<p class="exhibit-downloads">Download: {links}</p>'
    tag.append(BeautifulSoup(line, "html.parser"))
    return str(tag)


def _image(exhibit: Exhibit, drawing: str, up: str) -> str:
    alt = re.search(r'aria-label="([^"]*)"', drawing)
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert alt is not None, "analysis.exhibits gives every drawing a label"
    assert box is not None, "matplotlib gives every drawing a size"
    # Width and height keep the page from jumping when the drawing arrives.
    width, height = (round(float(points) * 4 / 3) for points in box.groups())
    return (
        f'<img src="{up}{FILES}/{exhibit.exhibit_id}.svg" alt="{alt.group(1)}" '
        f'width="{width}" height="{height}" loading="lazy"/>'
    )


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FILES
    folder.mkdir(parents=True, exist_ok=True)
    for exhibit in app.env.exhibits.values():  # type: ignore[attr-defined]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(exhibit.rows)
        target = folder / exhibit.exhibit_id
        target.with_suffix(".csv").write_text(text.getvalue(), encoding="utf-8")
        if exhibit.kind == "figure":
            target.with_suffix(".svg").write_text(exhibit.svg, encoding="utf-8")
            target.with_suffix(".png").write_bytes(exhibit.png)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register collection, numbering, rendering and the files."""
    app.add_role("exhibit", ExhibitRole())
    app.connect("builder-inited", _collect)
    app.connect("env-check-consistency", _number)
    app.connect("doctree-resolved", _finish)
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
