"""A notebook's prose is plain CommonMark: any reader of notebooks shows it as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from analysis.tables import load
from tools.exhibits import exhibits
from tools.notebooks import ROOT, notebooks

PLAIN = MarkdownIt("commonmark")
IDS = {*load("statements")["statement_id"], *(e.exhibit_id for e in exhibits(ROOT))}
# What only MyST reads: roles, attributes, directives, targets and lists of definitions.
FOREIGN = re.compile(r"\{[\w:.#-]+\}|^:::|^```\{|^\([\w-]+\)=$|^: ", re.MULTILINE)

FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Every Markdown cell and every output in Markdown, with the number of the cell."""
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells, start=1):
        if cell.cell_type == "markdown":
            yield number, cell.source
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):
                yield number, output.data["text/markdown"]


def faults(text: str) -> list[str]:
    """What a reader of CommonMark would see that was not meant for readers, and broken links."""
    # Formulas are TeX between dollars, which every reader of notebooks sets.
    page = BeautifulSoup(PLAIN.render(FORMULA.sub("", text)), "html.parser")
    found = [f"seen: {mark}" for mark in FOREIGN.findall(page.get_text())]
    found += [f"code in {name}" for code in page.select("code[class]") if (name := code["class"])]
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", page.get_text()))
    found += [f"an id: {word}" for word in sorted(words & IDS)]
    for link in page.find_all("a"):
        target = str(link["href"])
        file = target.partition("#")[0]
        if file and "://" not in target and not (ROOT / "book" / file).is_file():
            found.append(f"leads to no file: {target}")
    return found


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_prose_is_commonmark(path: Path) -> None:
    told = [f"cell {n}: {fault}" for n, text in prose(path) for fault in faults(text)]
    assert told == []


@pytest.mark.parametrize(
    "text",
    [
        "See {stated}`world-migrant-stock-2000-a-58-98`.",
        "{.findings}\n1. One",
        ":::{note}\nx\n:::",
        "```{ledger}\n```",
        "(place)=\n\n# A heading",
        "term\n: its meaning",
        "The row world-migrant-stock-2000-a-58-98.",
        "[Findings](findings)",
    ],
)
def test_what_only_the_book_would_read_is_found(text: str) -> None:
    assert faults(text)


def test_plain_prose_has_no_fault() -> None:
    link = "[175 million](ledger.md#world-migrant-stock-2000-a-58-98)"
    assert faults(f"There were {link}, growing by $r$.\n\n- *a*: b\n") == []
