"""The directive `citation`: how to cite the book, its chapters or its data, with BibTeX.

Everything comes from CITATION.cff and the data package through `tools.cite`, so that the page and
the files for reference managers say the same.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tools import cite

PAGE = "book/cite"
KINDS = ("book", "chapter", "data")


class Citation(SphinxDirective):
    """Put the citations of one kind of work here: `book`, `chapter` or `data`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        kind = self.arguments[0]
        if kind not in KINDS:
            raise self.error(f"citation of {kind!r}: expected one of: {', '.join(KINDS)}")
        works = cite.works(str(self.config.html_baseurl))
        html = "\n".join(citation(work) for work in works if work.kind == kind)
        return [nodes.raw("", html, format="html")]


def citation(work: cite.Work) -> str:
    """The sentence to copy, and the BibTeX entry folded below it."""
    subject = escape(work.title if work.kind == "chapter" else f"the {work.kind}")
    return (
        f'<p class="citation">{escape(work.text)}</p>\n'
        f'<details class="bibtex"><summary>BibTeX of {subject}</summary>'
        f'<div class="highlight"><pre>{escape(cite.bibtex(work))}</pre></div></details>'
    )


def _outdated(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """Read the page anew whatever changed: it holds the titles of all chapters."""
    return [PAGE] if PAGE in env.found_docs else []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and the page that holds it."""
    app.add_directive("citation", Citation)
    app.connect("env-get-outdated", _outdated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
