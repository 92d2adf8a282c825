"""The downloads page: what there is to download and what every table of the data package holds.

The directive `downloads` stands for one part of the page: `first` (what most readers want),
`files` (the whole), `print` (the PDF), `tables` (those of one folder of the package) or
`notebooks`. The files are made by `tools.downloads` in a process of its own while the pages are
read; the page lists what it made.
"""

from __future__ import annotations

import os
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import Any

import exhibits
import table_html
from addresses import launch
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from analysis.jsonld import dataset
from analysis.markup import script
from analysis.tables import describe, names
from tools import RefusedError, traced
from tools import downloads as made
from tools.contents import reading_order
from tools.exhibits import DOWNLOADS
from tools.notebooks import ROOT
from tools.pdf import shelf
from tools.uses import uses

PAGE = "book/downloads"
FOLDER = DOWNLOADS
MAKING = "tools.downloads:main"
# The process that makes the files of a folder, while it runs.
RUNNING: dict[Path, subprocess.Popen[str]] = {}


class DownloadsNode(nodes.General, nodes.Element):
    """Stands for a part of the page until the files are made and the exhibits numbered."""


class Downloads(SphinxDirective):
    """Put a part of the page here; the argument names it."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [DownloadsNode(part=self.arguments[0], folder=" ".join(self.arguments[1:]))]


def _start(app: Sphinx) -> None:
    folder, record = Path(app.outdir) / FOLDER, Path(app.outdir).parent / "kept" / "downloads.json"
    # From the project on, so that a folder which moves with all that is in it stays fresh.
    target = os.path.relpath(folder, ROOT)
    arguments = [MAKING, target, "--address", str(app.config.html_baseurl)]
    if app.builder.format != "html":
        return
    if not traced.changed(record, arguments) and _there(folder):
        return
    record.unlink(missing_ok=True)  # all of them are made anew
    RUNNING[folder] = subprocess.Popen(
        [sys.executable, "-m", "tools.traced", str(record), *arguments],
        cwd=ROOT, text=True, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


def _there(folder: Path) -> bool:
    """Whether every file is as it was made."""
    try:
        sums = (folder / made.CHECKSUMS).read_text(encoding="utf-8").splitlines()
        listed = [line.split("  ", 1) for line in sums]
        return all(made.checksum((folder / name).read_bytes()) == known for known, name in listed)
    except OSError:
        return False


def _wait(app: Sphinx) -> None:
    process = RUNNING.pop(Path(app.outdir) / FOLDER, None)
    if process is None:
        return
    told = process.communicate()[1]
    if process.returncode == traced.REFUSED:
        raise RefusedError(told.strip())
    if process.returncode:
        raise ExtensionError(f"the downloads could not be made:\n{told}")


def files(folder: Path, address: str, site: str) -> str:
    """The files that hold the whole, with their sizes, as HTML.

    Args:
        folder: where they are.
        address: the way from the page to that folder.
        site: the address of the book, or the way from the page to its root.
    """
    rows = [
        f'<tr><th scope="row"><a href="{address}/{name}" download>{name}</a></th>'
        f"<td>{escape(file.holds)}</td>"
        f'<td class="num">{size((folder / name).read_bytes())}</td></tr>'
        for name, file in made.WHOLE.items()
    ]
    where = made.publication(site)
    described = script({"@context": "https://schema.org", **dataset(where)})
    return (
        table_html.table("downloads-whole", ("File", "What it holds", "Size"), rows, {"Size"})
        + f"<p>The checksums of all files, those of single tables included: "
        f'<a href="{address}/{made.CHECKSUMS}" download>{made.CHECKSUMS}</a>.</p>'
        f'<script type="application/ld+json">{described}</script>'
    )


def first(folder: Path, address: str) -> str:
    """The two files that serve most readers, as HTML."""
    chosen = {made.ZIP: "Every table as CSV, for programs", made.XLSX: "Every table, for Excel"}
    items = [
        f'<li><a href="{address}/{name}" download>{text}</a> '
        f"({Path(name).suffix[1:].upper()}, {size((folder / name).read_bytes())})</li>"
        for name, text in chosen.items()
    ]
    return f'<ul class="downloads-first">{"".join(items)}</ul>'


def size(content: bytes) -> str:
    """A size for readers, in thousands of bytes."""
    return f"{max(1, round(len(content) / 1000)):,} kB"


def notebooks(app: Sphinx) -> str:
    """Each executed notebook, with a link to launch it if the project is published, as HTML."""
    items = []
    for page in [page for page in reading_order(Path(app.srcdir)) if page.notebook]:
        title = escape(app.env.titles[page.docname].astext())
        file = f'<a href="../_sources/{page.docname}.ipynb" download>{page.name}.ipynb</a>'
        start = f"Launch {title} in Binder"
        address = launch(app, page.docname)
        link = f' (<a href="{escape(address)}" rel="external">{start}</a>)' if address else ""
        items.append(f"<li>{file}: {title}{link}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _used(app: Sphinx) -> dict[str, str]:
    """For each table, the chapters and exhibits that use it, as HTML."""
    numbered = exhibits.of(app.env)
    found = {}
    for name, chapters in uses().items():
        links = []
        for page in reading_order(Path(app.srcdir)):
            if page.name in chapters:
                title = escape(app.env.titles[page.docname].astext())
                numbers = [
                    f'<a href="{page.name}.html#{i}">{numbered[i].number}</a>'
                    for i in chapters[page.name]
                    if i in numbered
                ]
                chapter = f'<a href="{page.name}.html">{title}</a>'
                links.append(chapter + (f" ({', '.join(numbers)})" if numbers else ""))
        found[name] = "; ".join(links)
    return found


def _part(app: Sphinx, node: DownloadsNode) -> str:
    folder, address = Path(app.outdir) / FOLDER, f"../{FOLDER}"
    if node["part"] == "files":
        return files(folder, address, str(app.config.html_baseurl) or "../")
    if node["part"] == "notebooks":
        return notebooks(app)
    if node["part"] == "print":
        return shelf.empty()
    if node["part"] == "first":
        return first(folder, address)
    used = _used(app)
    tables = [
        table for table in map(describe, names()) if table["path"].startswith(f"{node['folder']}/")
    ]
    sections = "\n".join(
        table_html.section(table, used.get(table["name"], ""), f"{address}/data")
        for table in tables
    )
    return (
        f"{table_html.listing(tables, f'{address}/data')}\n"
        f'<details class="data-dictionaries"><summary>Dictionaries, sources and use of these '
        f"{len(tables)} tables</summary>\n{sections}\n</details>"
    )


def _complete(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(DownloadsNode)):
        _wait(app)
        node.replace_self(nodes.raw("", _part(app, node), format="html"))


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the page anew whatever changed, since any chapter may use a table."""
    if app.parallel > 1:  # none but the process that started it can wait for it
        _wait(app)
    return [PAGE] if PAGE in env.found_docs else []


def _end(app: Sphinx, error: Exception | None) -> None:
    # Where no page asked for the files, the process must still be seen to its end.
    _wait(app)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, the making of the files and the parts that take its place."""
    app.add_node(DownloadsNode)
    app.add_directive("downloads", Downloads)
    app.connect("builder-inited", _start)
    app.connect("env-updated", _rewrite)
    app.connect("doctree-resolved", _complete)
    app.connect("build-finished", _end)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
