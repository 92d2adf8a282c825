"""Link the first use of each glossary term on a page, and explain acronyms where they stand.

Authors write plain words; the glossary page is the only place where terms and acronyms are listed.
A term is linked once a page, at its first use in running text; an acronym becomes `<abbr>` with its
expansion wherever it stands in text or in an exhibit.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

GLOSSARY = "book/glossary"
ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]")
SKIPPED = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.raw, nodes.term)


@cache
def entries(page: Path) -> dict[str, str]:
    """Every term of the glossary page with its first paragraph, as plain text."""
    found = {}
    for block in re.findall(r"```\{glossary\}\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
        for entry in re.split(r"\n\s*\n(?=\S)", block.strip()):
            term, _, definition = entry.partition("\n")
            found[term.strip()] = " ".join(definition.split())
    return found


@cache
def acronyms(page: Path) -> dict[str, str]:
    """Those entries whose term is an acronym, with their expansions."""
    return {term: text for term, text in entries(page).items() if ACRONYM.fullmatch(term)}


@cache
def _acronym_pattern(page: Path) -> re.Pattern[str]:
    longest_first = sorted(acronyms(page), key=len, reverse=True)
    # Not inside a document's symbol or a longer name such as IMR2006-II.
    return re.compile(rf"(?<![\w/-])({'|'.join(map(re.escape, longest_first))})(?=s?(?![\w/-]))")


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or docname == GLOSSARY:
        return
    page = Path(app.srcdir) / f"{GLOSSARY}.md"
    uri = app.builder.get_relative_uri(docname, GLOSSARY)
    ids = cast(StandardDomain, app.env.get_domain("std")).objects
    targets = {term: f"{uri}#{ids['term', term][1]}" for term in entries(page)}
    waiting = {t: d for t, d in entries(page).items() if t not in acronyms(page)}
    for text in list(doctree.findall(nodes.Text)):
        if not _inside(text, SKIPPED) and isinstance(text.parent, nodes.TextElement):
            pieces = _pieces(str(text), page, waiting, targets)
            if len(pieces) > 1:
                text.parent.replace(text, pieces)
    for raw in list(doctree.findall(nodes.raw)):
        if raw.get("format") == "html" and "<table" in raw.astext():
            html = explain(raw.astext(), page)
            raw.replace_self(nodes.raw("", html, format="html"))


def _inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def _pieces(
    text: str, page: Path, waiting: dict[str, str], targets: dict[str, str]
) -> list[nodes.Node]:
    for term in sorted(waiting, key=len, reverse=True):
        match = re.search(rf"\b{re.escape(term)}s?\b", text, re.IGNORECASE)
        if match:
            definition = waiting.pop(term)
            link = nodes.reference("", match.group(), internal=True, refuri=targets[term])
            link["classes"].append("term")
            link["reftitle"] = definition
            before, after = text[: match.start()], text[match.end() :]
            return [
                *_pieces(before, page, waiting, targets),
                link,
                *_pieces(after, page, waiting, targets),
            ]
    out: list[nodes.Node] = []
    last = 0
    for match in _acronym_pattern(page).finditer(text):
        out += [nodes.Text(text[last : match.start()]), _abbreviation(match.group(), page)]
        last = match.end()
    return [node for node in [*out, nodes.Text(text[last:])] if node.astext()]


def _abbreviation(acronym: str, page: Path) -> nodes.abbreviation:
    return nodes.abbreviation("", acronym, explanation=acronyms(page)[acronym])


def explain(html: str, page: Path) -> str:
    """Mark acronyms in the text of a table or an exhibit; tags and scripts stay as they are."""
    parts = re.split(r"(<script.*?</script>|<[^>]+>)", html, flags=re.DOTALL)
    for index in range(0, len(parts), 2):
        parts[index] = _acronym_pattern(page).sub(
            lambda m: f'<abbr title="{escape(acronyms(page)[m.group()])}">{m.group()}</abbr>',
            parts[index],
        )
    return "".join(parts)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with a late priority: links and exhibits are complete by then."""
    app.connect("doctree-resolved", _link, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
