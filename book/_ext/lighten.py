"""Take out of the built site what no page loads: the theme's icons, scripts, styles and maps."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

FOLDERS = ("scripts", "styles", "vendor", "locales", "images")
FILES = (
    "basic.css", "check-solid.svg", "clipboard.min.js", "copy-button.svg", "copybutton.css",
    "copybutton.js", "copybutton_funcs.js", "design-tabs.js", "file.png", "minus.png",
    "mystnb.*.css", "play-solid.svg", "plus.png", "pygments.css", "sbt-webpack-macros.html",
    "sphinx-design.min.css", "sphinx-thebe.css", "sphinx-thebe.js", "togglebutton.css",
    "togglebutton.js", "webpack-macros.html",
)  # fmt: skip


def _prune(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for folder in FOLDERS:
        shutil.rmtree(static / folder, ignore_errors=True)
    for pattern in FILES:
        for path in static.glob(pattern):
            path.unlink()


def _no_live_code(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Remove the inline scripts that would fetch a kernel from elsewhere; none is offered."""
    for raw in list(doctree.findall(nodes.raw)):
        text = raw.astext()
        if "text/x-thebe-config" in text or "kernelName = " in text:
            raw.parent.remove(raw)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register both, after those whose work they undo."""
    app.connect("doctree-resolved", _no_live_code, priority=900)
    app.connect("build-finished", _prune, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
