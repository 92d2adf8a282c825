"""Take out of the built site what Sphinx and MyST-NB put into every site and no page here loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

UNUSED = (
    "basic.css", "pygments.css", "mystnb.*.css", "file.png", "minus.png", "plus.png",
    "documentation_options.js", "doctools.js", "sphinx_highlight.js", "language_data.js",
    "searchtools.js", "../searchindex.js",
)  # fmt: skip


def _prune(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    for pattern in UNUSED:
        for path in Path(app.outdir, "_static").glob(pattern):
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register it after those whose files it takes out."""
    app.connect("build-finished", _prune, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
