"""What the page template needs: contents, the page's own sections, its styles and scripts.

The styles in `book/_styles` stand in each page, so that its first look waits for one answer. A
style or script that bears a page's name (`ledger.css`, `ledger.js`) is that page's alone. Nothing
is loaded from anywhere else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tools.contents import Page, reading_order

BOOK = Path(__file__).parent.parent
STATIC = BOOK / "_static"
# Runs before anything is shown; a file of its own would keep every first look waiting for it.
FIRST = "mode.js"
STYLES = BOOK / "_styles"
STYLE = "book.css"
SCRIPTS = ("book.js",)
# Styles and scripts of what only some pages hold, and what tells of it.
ASKED = re.compile(r'\bid="asked"')
HELD = {
    "exhibits.css": re.compile(r'<(?:table|figure)\b|\b(?:permalink|citation|copy)\b|\bid="asked"'),
    "ask.css": ASKED, "address.js": ASKED, "asking.js": ASKED,
    "values.js": re.compile(r"\bdata-values="),
}  # fmt: skip
# A section deeper than this would crowd the contents.
DEPTH = 1


@cache
def first_script() -> str:
    """The one inline script, without its comments: it stands in every page."""
    text = (BOOK / "_templates" / FIRST).read_text(encoding="utf-8")
    return re.sub(r"^ *//.*\n", "", text, flags=re.MULTILINE).strip()


def named(text: str) -> str:
    """An inline script or style as a policy allows it: by its digest, and no other.

    Args:
        text: what stands between the tags, to the letter.
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def policy(scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """No origin but the book's own, and of inline scripts and styles those that are given."""
    # `file:` names what 'self' leaves open: browsers disagree on whether a page read from a folder
    # may load its neighbours.
    own = "'self' file:"
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", own, *map(named, scripts)]),
            " ".join(["style-src", own, *map(named, styles)]),
            *(f"{kind} {own}" for kind in ("img-src", "font-src", "form-action")),
            "connect-src 'self'",
            "base-uri 'none'",
        ]
    )


class Entry(NamedTuple):
    """One page in the contents."""

    docname: str
    title: str
    number: str


class Part(NamedTuple):
    """A group of pages below one caption, which the first page goes without."""

    caption: str
    entries: list[Entry]

    def holds(self, docname: str) -> bool:
        """Whether a page is one of them."""
        return any(entry.docname == docname for entry in self.entries)


def parts(app: Sphinx) -> list[Part]:
    """The contents: all pages in reading order, with titles and chapter numbers."""
    read = [page for page in reading_order(Path(app.srcdir)) if page.docname in app.env.titles]
    groups = groupby(read, key=lambda page: page.part)
    return [Part(part, [_entry(app, page) for page in pages]) for part, pages in groups]


def _entry(app: Sphinx, page: Page) -> Entry:
    front = page.docname == app.config.root_doc
    title = "Front page" if front else app.env.titles[page.docname].astext()
    return Entry(page.docname, title, page.number)


def _number_chapters_only(app: Sphinx, env: BuildEnvironment) -> None:
    """Sections go without numbers: "1.2" then means an exhibit, and nothing else."""
    for numbers in env.toc_secnumbers.values():
        for anchor in filter(None, numbers):
            numbers[anchor] = ()
    for toc in env.tocs.values():
        for reference in toc.findall(nodes.reference):
            if reference["anchorname"]:
                reference["secnumber"] = ()


def sections(toc: str) -> str:
    """The sections below the page's title, as a nested list; empty if there are none.

    Args:
        toc: Sphinx's contents of one page, whose first item is the title.
    """
    # No selector of CSS is used here: the first takes a fifth of a second to be prepared.
    title = BeautifulSoup(toc, "html.parser").li
    top = title.find("ul", recursive=False) if title else None
    if top is None:
        return ""
    for depth, nested in enumerate(_levels(top)):
        if depth >= DEPTH:
            nested.decompose()
    for tag in [top, *top.find_all(True)]:
        tag.attrs = {"href": tag["href"]} if tag.name == "a" else {}
    return str(top)


def _levels(listing: Tag) -> Iterator[Tag]:
    yield listing
    yield from listing.find_all("ul")


@cache
def style(static: str, *names: str) -> str:
    """Styles as they stand in a page, without comments and spaces between rules.

    Args:
        static: the folder of static files as the page names it, which the typefaces are in.
        names: the files in `book/_styles`, in order.
    """
    text = "\n".join((STYLES / name).read_text(encoding="utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r";?\s*([{};])\s*", r"\1", text).strip()
    return text.replace('url("fonts/', f'url("{static}fonts/')


@cache
def asset_digest(name: str) -> str:
    """A short digest that changes with the file, so that browsers never keep an old one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def _own(pagename: str, folder: Path, kind: str, of_all: Sequence[str]) -> list[str]:
    name = f"{pagename.rsplit('/', 1)[-1]}.{kind}"
    return [name] if (folder / name).is_file() and name not in of_all else []


def _context(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document
) -> None:
    # Sphinx gives entries of the bibliography a role that ARIA has deprecated.
    body = str(context.get("body", ""))
    context["body"] = body.replace('role="doc-biblioentry"', 'role="listitem"')
    context["parts"] = parts(app)
    context["page_sections"] = sections(context.get("toc", ""))
    static = f"{context['content_root']}_static/"
    held = [name for name, told in HELD.items() if told.search(body)]
    styles, scripts = ([n for n in held if n.endswith(kind)] for kind in (".css", ".js"))
    own = _own(pagename, STYLES, "css", [STYLE, *HELD])
    context["page_style"] = style(static, STYLE, *styles, *own)
    context["first_script"] = first_script()
    own = _own(pagename, STATIC, "js", [*SCRIPTS, *HELD])
    context["page_scripts"] = [*SCRIPTS, *scripts, *own]
    context["content_security_policy"] = policy([first_script()], [context["page_style"]])
    context["policy_without_script"] = policy()
    context["asset_digest"] = asset_digest


def _redirect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The folder's own index leads to the first page."""
    yield "index", {}, "redirect.html"


def _write_style(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        Path(app.outdir, "_static", STYLE).write_text(style("", STYLE), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the numbering, the context, the redirect and the style."""
    app.connect("env-check-consistency", _number_chapters_only)
    app.connect("html-page-context", _context)
    app.connect("html-collect-pages", _redirect)
    app.connect("build-finished", _write_style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
