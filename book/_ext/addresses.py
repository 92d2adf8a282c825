"""Give the pages what `tools.published` knows: the book's address, those that launch chapters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from tools.published import Published


def launch(app: Sphinx, docname: str) -> str:
    """The address that launches a page's notebook; empty if there is none."""
    path = Path(f"{docname}.ipynb")
    if not (Path(app.srcdir) / path).is_file():
        return ""
    return Published.of(Path(app.srcdir)).launch(path.as_posix())


def _settle(app: Sphinx, config: Config) -> None:
    config.html_baseurl = Published.of(Path(app.srcdir)).book


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    context["launch"] = launch(app, pagename)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the address, before canonical links are made of it, and the links to launch."""
    app.connect("config-inited", _settle)
    app.connect("html-page-context", _context)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
