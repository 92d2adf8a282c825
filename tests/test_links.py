"""Links to figures, exhibits and references are completed, or they fail the build."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.exhibits import MIME, Exhibit
from analysis.statements import stated

# Each builds a small book.
pytestmark = pytest.mark.slow

KNOWN = "world-migrant-stock-2000-a-58-98"
SERIES = "governments-immigration-too-high-1975-a-59-325"
BIB = (
    "@book{manski2003, author = {Manski, Charles F.}, title = {Partial}, publisher = {S}, "
    "address = {N}, year = {2003}}"
)
PAGES = {
    "ledger": "# Ledger",
    "references": "# References\n\n```{bibliography}\n:all:\n:style: plain\n```",
}


def build(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Build a book of a chapter and what it may lead to, as strictly as the real one.

    The chapter is a notebook with an exhibit; its second cell holds the text.
    """
    book = folder / "book"
    book.mkdir()
    (folder / "conf.py").write_text(
        'extensions = ["sphinx_external_toc", "myst_nb", "sphinxcontrib.bibtex", "stated", '
        '"exhibits", "references"]\nnb_execution_mode = "off"\nhtml_baseurl = ""\n'
        'bibtex_bibfiles = ["book/references.bib"]\n',
        encoding="utf-8",
    )
    entries = "".join(f"  - file: book/{name}\n" for name in PAGES)
    toc = f"format: jb-book\nroot: book/chapter\nparts:\n- caption: Part\n  chapters:\n{entries}"
    (folder / "_toc.yml").write_text(toc, encoding="utf-8")
    for name, content in PAGES.items():
        (book / f"{name}.md").write_text(f"{content}\n", encoding="utf-8")
    (book / "references.bib").write_text(BIB, encoding="utf-8")
    (book / "chapter.ipynb").write_text(json.dumps(notebook(text)), encoding="utf-8")
    extensions = Path(__file__).resolve().parent.parent / "book" / "_ext"
    start = (
        f"import sys; sys.path.insert(0, {str(extensions)!r}); from sphinx.cmd.build import main"
    )
    return subprocess.run(
        [sys.executable, "-c", f"{start}; sys.exit(main(sys.argv[1:]))",
         "-n", "-W", "--keep-going", "-q", "-b", "html", str(folder), str(folder / "out")],
        text=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip


def notebook(text: str) -> dict[str, object]:
    fields = ({"name": "Year", "type": "integer"},)
    rows = [["1990"]]
    exhibit = Exhibit("some-table", "table", "A title", (KNOWN,), fields, rows, rows)
    output = {
        "output_type": "display_data",
        "metadata": {"exhibit": "some-table"},
        "data": {MIME: exhibit.as_record(), "text/html": "for other readers", "text/plain": "x"},
    }
    shown = {
        "cell_type": "code", "id": "c", "metadata": {}, "source": "x", "execution_count": 1,
        "outputs": [output],
    }  # fmt: skip
    prose = [
        {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
        for name, source in (("a", "# Chapter"), ("b", text))
    ]
    metadata = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [*prose, shown]}


def page(folder: Path) -> BeautifulSoup:
    html = (folder / "out" / "book" / "chapter.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def test_links_are_completed_and_an_exhibit_is_shown_once(tmp_path: Path) -> None:
    text = (
        f"There were [175 million](ledger.md#{KNOWN}), and [7 per\ncent](ledger.md#{SERIES}); see "
        "[the totals](#some-table) and [Manski (2003)](references.md#manski2003)."
    )
    result = build(tmp_path, text)
    assert result.returncode == 0, result.stderr
    built = page(tmp_path)
    first, second = built.select("p a.stated")[:2]
    assert first.get_text() == "175 million"
    assert first["href"] == f"ledger.html#{KNOWN}"
    assert str(first["title"]).startswith("A/58/98, para. 1: “")
    # The per cent sign stands only with the last of the series.
    assert stated(SERIES).figure == "7"
    assert second.get_text() == "7 per cent"
    number = built.select_one("a.exhibit-reference")
    assert isinstance(number, Tag)
    assert (number.get_text(), number["href"]) == ("Table 1", "#some-table")
    assert len(built.select("figure#some-table")) == 1
    assert "for other readers" not in built.get_text()
    reference = built.find("a", string="Manski (2003)")
    assert isinstance(reference, Tag)
    assert str(reference["href"]).startswith("references.html#")
    assert "Partial" in str(reference["title"])


WRONG = [
    ("[175 million](ledger.md#world-migrant-stock-2001)",
     "no statement 'world-migrant-stock-2001'"),
    (f"[157 million](ledger.md#{KNOWN})",
     "book/chapter.ipynb, cell 2: the link says “157 million”, but of "
     f"{KNOWN} the ledger says “175 million” (A/58/98, para. 1)"),
    ("[the totals](#no-such-figure)", "no-such-figure"),
    ("[Manski 2004](references.md#manski2003)", "the link says “Manski 2004”; expected"),
    ("[Mansky 2003](references.md#manski2003)", "the link says “Mansky 2003”; expected"),
    ("[Nobody 2003](references.md#nobody2003)", "no entry 'nobody2003' in references.bib"),
    ("[gone](gone.md)", "gone"),
]  # fmt: skip


def test_each_link_to_nothing_or_of_other_words_is_a_warning_and_fails_the_build(
    tmp_path: Path,
) -> None:
    result = build(tmp_path, "\n\n".join(text for text, _ in WRONG))
    assert result.returncode != 0
    warnings = [" ".join(line.split()) for line in result.stderr.splitlines() if "WARNING" in line]
    assert len(warnings) == len(WRONG), result.stderr
    for _, told in WRONG:
        assert len([line for line in warnings if told in line]) == 1, told
