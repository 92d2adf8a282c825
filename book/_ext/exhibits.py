"""Number the exhibits, write their files and let the text refer to them.

`analysis.exhibits` writes one piece of HTML per exhibit into a notebook. Here each gets the number
"chapter.position" that the reading order gives it, and its drawings and data become files (pages
stay light, and two drawings cannot clash); `exhibit_html` writes what the page shows. The role
`` {exhibit}`id` `` refers to one by its number.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from exhibit_html import FILES, Book, Exhibit, read, render
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

logger = logging.getLogger(__name__)


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


def of(env: Any) -> dict[str, Exhibit]:
    """The book's exhibits by id, which Sphinx's environment carries from page to page."""
    if not hasattr(env, "exhibits"):
        env.exhibits = {}
    found: dict[str, Exhibit] = env.exhibits
    return found


def _collect(app: Sphinx) -> None:
    """Number all exhibits in reading order: the chapter's number, then the position in it."""
    exhibits = of(app.env)
    exhibits.clear()
    unnumbered = {"figure": 0, "table": 0}
    for docname, chapter in _reading_order(app.config.external_site_map):
        path = Path(app.srcdir) / f"{docname}.ipynb"
        if not path.is_file():
            continue
        counts = {"figure": 0, "table": 0} if chapter else unnumbered
        for html, png in _of_notebook(path):
            exhibit = read(html, base64.b64decode(png), docname)
            counts[exhibit.kind] += 1
            position = f"{chapter}.{counts[exhibit.kind]}" if chapter else counts[exhibit.kind]
            exhibit.number = f"{exhibit.kind.capitalize()} {position}"
            if exhibit.exhibit_id in exhibits:
                logger.warning("two exhibits are named %r", exhibit.exhibit_id, location=docname)
            exhibits[exhibit.exhibit_id] = exhibit


def _reading_order(toc: Any) -> Iterator[tuple[str, int]]:
    """Each page with its chapter number, 0 for a page outside the numbered parts."""
    yield toc.root.docname, 0
    chapter = 0
    for subtree in toc.root.subtrees:
        for item in subtree.items:
            chapter += bool(subtree.numbered)
            yield str(item), chapter if subtree.numbered else 0


class ExhibitRole(SphinxRole):
    """Refer to an exhibit by its number; an unknown id is a warning."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        exhibit = of(self.env).get(self.text.strip())
        if exhibit is None:
            logger.warning(
                "no exhibit named %r", self.text, location=self.get_location(), type="exhibit"
            )
            return [nodes.strong(text=f"[unknown exhibit {self.text}]")], []
        node = nodes.reference("", exhibit.number, internal=True, refuri=exhibit.docname)
        node["classes"].append("exhibit-reference")
        node["exhibit"] = exhibit.exhibit_id
        return [node], []


def _finish(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    exhibits = of(app.env)
    for node in doctree.findall(nodes.reference):
        if "exhibit" in node:
            page = app.builder.get_relative_uri(docname, node["refuri"])
            node["refuri"] = f"{page}#{node['exhibit']}"
    book = Book.of(app.config)
    for raw in list(doctree.findall(nodes.raw)):
        if 'class="exhibit"' in raw.astext() and raw.get("format") == "html":
            html = render(raw.astext(), exhibits, book, up="../" * docname.count("/"))
            raw.replace_self(nodes.raw("", html, format="html"))


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FILES
    folder.mkdir(parents=True, exist_ok=True)
    for exhibit in of(app.env).values():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(exhibit.rows)
        target = folder / exhibit.exhibit_id
        target.with_suffix(".csv").write_text(text.getvalue(), encoding="utf-8")
        if exhibit.kind == "figure":
            target.with_suffix(".png").write_bytes(exhibit.png)
        for end, drawing in exhibit.drawings.items():
            target.with_suffix(end).write_text(drawing, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register collection, numbering, rendering and the files."""
    app.add_role("exhibit", ExhibitRole())
    app.connect("builder-inited", _collect)
    app.connect("doctree-resolved", _finish)
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": True}
