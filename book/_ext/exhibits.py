"""Put the exhibits on the pages, write their files and let the text refer to them.

What a page shows is made from the data that `analysis.exhibits` leaves in the notebook beside the
pictures and the HTML for other readers. In prose a link to an exhibit, `[totals](#stock-growth)` or
`[totals](stock.ipynb#stock-growth)`, becomes its number.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import folding
import links
from docutils import nodes
from exhibit_html import render
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from analysis.exhibits import MIME
from tools.edition import Edition
from tools.exhibits import FOLDER, Placed
from tools.exhibits import exhibits as placed
from tools.kept import Kept
from tools.notebooks import ROOT
from tools.pdf.library import LibraryMissingError
from tools.slides import made_from, slide

logger = logging.getLogger(__name__)


class Output:
    """Read the outputs of a notebook: of an exhibit's, the data alone (see pyproject.toml)."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """The nodes for one MIME type of an output; `None` leaves it to MyST-NB."""
        if data.mime_type == MIME:
            return [folding.ExhibitNode(exhibit=data.content["exhibit_id"])]
        return [] if "exhibit" in data.output_metadata else None


def of(env: Any) -> dict[str, Placed]:
    """The book's exhibits by id, all known before a page is read; no page adds any."""
    if not hasattr(env, "exhibits"):
        env.exhibits = {}
    found: dict[str, Placed] = env.exhibits
    return found


def _collect(app: Sphinx) -> None:
    of(app.env).clear()
    for exhibit in placed(Path(app.srcdir)):
        if exhibit.exhibit_id in of(app.env):
            where = of(app.env)[exhibit.exhibit_id].docname
            logger.warning(
                "two exhibits are named %r; the other is in %s", exhibit.exhibit_id, where,
                location=exhibit.docname,
            )  # fmt: skip
        of(app.env)[exhibit.exhibit_id] = exhibit


class Numbers(SphinxTransform):
    """Turn links to exhibits into their numbers, and let links to rows of tables arrive."""

    default_priority = 400  # before MyST looks for what links lead to

    def apply(self, **kwargs: Any) -> None:
        known = of(self.env)
        pages = {exhibit.docname for exhibit in known.values()}
        found = [pair for page in sorted(pages) for pair in links.to_page(self.document, page)]
        rows = {key: exhibit for exhibit in known.values() for key in exhibit.keys}
        for node, place in [*links.within(self.document), *found]:
            if exhibit := known.get(place):
                node.replace_self(_reference(exhibit, place, exhibit.number))
            elif exhibit := rows.get(place):
                node.replace_self(_reference(exhibit, place, node.astext()))


def _reference(exhibit: Placed, place: str, text: str) -> nodes.reference:
    """A link to the exhibit or to a row of it; `refuri` is completed when the page is written."""
    node = nodes.reference("", text, internal=True, refuri=exhibit.docname)
    node["classes"].append("exhibit-reference")
    node["exhibit"] = place
    return node


def _finish(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in doctree.findall(nodes.reference):
        if "exhibit" in node:
            page = app.builder.get_relative_uri(docname, node["refuri"])
            node["refuri"] = f"{page}#{node['exhibit']}"
    book = Edition.of(ROOT)
    for place in list(doctree.findall(folding.ExhibitNode)):
        exhibit = of(app.env)[place["exhibit"]]
        before, after = render(exhibit, book, up="../" * docname.count("/"))
        place.replace_self(
            [
                nodes.raw("", before, format="html"),
                *folding.folded(exhibit.title, place.children),
                nodes.raw("", after, format="html"),
            ]
        )


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    # Files of an exhibit that an earlier build had and the book has no more would be published.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for exhibit in of(app.env).values():
        for end, content in exhibit.files.items():
            (folder / f"{exhibit.exhibit_id}{end}").write_bytes(content)
        if exhibit.answers:
            (folder / f"{exhibit.exhibit_id}.js").write_text(exhibit.answers, encoding="utf-8")
    figures = [each for each in of(app.env).values() if each.kind == "figure"]
    _slides(folder, figures, Kept(Path(app.outdir).parent / "kept" / "slides"))


def _slides(folder: Path, figures: Sequence[Placed], kept: Kept) -> None:
    """Pictures for slides, where the libraries of the printed book are installed."""
    book = Edition.of(ROOT)
    try:
        keys = [made_from(figure, book) for figure in figures]
        lacking = [pair for pair in zip(figures, keys, strict=True) if kept.get(pair[1]) is None]
        with ProcessPoolExecutor() as pool:
            made = pool.map(partial(slide, book=book), [figure for figure, _ in lacking])
            for (_, key), picture in zip(lacking, made, strict=True):
                kept.put(key, picture)
    except LibraryMissingError as error:
        logger.info("pictures of figures are small ones, without words: %s", error)
        return
    for figure, key in zip(figures, keys, strict=True):
        (folder / f"{figure.exhibit_id}.png").write_bytes(kept.get(key) or b"")
    kept.tidy()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register collection, numbering, rendering and the files."""
    app.add_node(folding.ExhibitNode)
    app.add_transform(Numbers)
    app.connect("builder-inited", _collect)
    app.connect("doctree-resolved", _finish)
    app.connect("build-finished", _write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
