"""Citations in prose: links to the references, `[Manski 2003](references.md#manski2003)`.

The key must be in the bibliography, and what the words name must be its year, its authors or in its
title. The link leads to the entry and tells what it says.
"""

from __future__ import annotations

import re
from typing import Any, cast

import links
from docutils import nodes
from pybtex.plugin import find_plugin
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation

from analysis.markup import permalink

REFERENCES = "book/references"
PLAIN = find_plugin("pybtex.backends", "plaintext")()
NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w-]+")
logger = logging.getLogger(__name__)


class Citations(SphinxPostTransform):
    """Check the links to references and lead each to its entry."""

    default_priority = 5  # before MyST looks for what links lead to

    def run(self, **kwargs: Any) -> None:
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        known = {citation.key: citation for citation in domain.citations}
        for node, key in links.to_page(self.document, REFERENCES):
            words = node.astext()
            if problem := _problem(known.get(key), key, words):
                where = links.where(node, self.env.docname)
                logger.warning("%s: %s", where, problem, location=node, type="references")
                node.replace_self(nodes.Text(words))
                continue
            page = self.app.builder.get_relative_uri(self.env.docname, REFERENCES)
            target = f"{page}#{known[key].citation_id}"
            tip = known[key].formatted_entry.text.render(PLAIN)
            node.replace_self(
                nodes.reference("", words, internal=True, refuri=target, reftitle=tip)
            )


def _problem(citation: Citation | None, key: str, words: str) -> str:
    if citation is None:
        return f"no entry {key!r} in references.bib"
    entry = citation.entry
    people = [str(person) for person in entry.persons["author"]]
    told = " ".join([*people, entry.fields["title"], entry.fields.get("number", "")])
    year, names = entry.fields["year"], NAME.findall(words)
    if year not in words or not names or not all(name in told for name in names):
        return f"the link says “{words}”; expected: names and the year of {key!r}: {told}, {year}"
    return ""


def _link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the link to each entry at its end."""
    for entry in doctree.findall(nodes.citation) if docname == REFERENCES else ():
        (key,) = entry["ids"]
        link = f" {permalink(key, f'the reference {key}')}"
        entry.children[-1].append(nodes.raw("", link, format="html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform and the links."""
    app.add_post_transform(Citations)
    app.connect("doctree-resolved", _link)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
