"""No figure is typed into prose: it is quoted with a link to the ledger, or computed by a cell.

Looked at: the Markdown of chapters and pages, and the text of string literals in code cells and in
the modules of `analysis` (a sentence that a cell shows must get its numbers from values). Digits
and number words are figures unless they belong to a date, a document's symbol, a place in a
document, a name or a term of the book's own apparatus; the few others stand in
`typed_figures.csv`, each with its reason, and an entry that matches nothing fails too.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest

from analysis.tables import load

ROOT = Path(__file__).resolve().parent.parent
REVIEWED = Path(__file__).with_name("typed_figures.csv")
# What these say is for programmers: errors, number words to be recognised, a typeface's name.
NO_READERS = {
    ROOT / "analysis" / name
    for name in (
        "tables.py",
        "precision.py",
        "statements.py",
        "exhibits.py",
        "drawings.py",
        "style.py",
    )
}
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"hundred|thousand|million|billion|half|halves|thirds?|quarters?|dozen|twofold|"
    r"one-(?:half|third|quarter|fifth|tenth|in-\w+))"
)
FIGURE = re.compile(rf"(?<![\w/.-])\d[\d,.]*\d?%?|\b{WORD}(?:-{WORD})?\b", re.IGNORECASE)

NOT_PROSE = [
    r"```.*?```",  # code
    r"<!--.*?-->",
    r"<[^>]+>",  # tags and their attributes
    # The build holds these against the ledger and the references (tests/test_links.py).
    r"\[[^]]*\]\((?:ledger|references)\.md#[^)]*\)",
    r"\{[\w:]+\}`[^`]*`",  # roles of pages that are no notebooks
    r"`[^`]*`",
    r"\$\$.*?\$\$",
    r"\$[^$]*\$",
    r"\]\([^)]*\)",  # link targets
    r"https?://\S+",
    r"^:\w[^:\n]*:.*$",  # options of directives
    r"^\d+\. ",  # enumeration marks
]
NOT_FIGURES = [
    *map(re.escape, load("documents")["document_id"]),
    rf"\b\d{{1,2}}(?:\s*(?:and|to|–|-)\s*\d{{1,2}})? {MONTH}(?: \d{{4}})?",
    rf"{MONTH} \d{{4}}",
    r"\b(?:1[6-9]|20)\d\d(?:s\b|[–/-](?:(?:1[6-9]|20)\d\d|\d\d)\b)?",
    r"\b\d{4}-\d\d(?:-\d\d)?\b",
    r"\b[A-Z]+(?:/[A-Z0-9.]+)+(?:/\d+)*",  # A/58/98
    r"\b(?:resolutions? )?\d\d/\d{2,3}\b(?: and \d\d/\d{2,3}\b)?",
    r"(?i:\b(?:op\. )?(?:paras?\.?|pp?\.|notes?|arts?\.|articles?|annex(?:es)?|appendix|tables?|"
    r"figures?|chapters?|chap\.|sections?|slides?|No\.|Nos\.?|element|version|column|row|item|"
    r"RT|round table|recommendation|equation)\s*\(?[\dIVX]+[\d.a-z()-]*"
    r"(?:(?:,| and|–|-| to)\s*\d+[\d.]*)*)",
    r"\bGRCP[  ]?\d\b",
    r"\b(?:5\+5|Group of 77|2030 Agenda|M49|C97|C143|SDG [\d.]+|WPP \d+|ISO \d+|Python 3\.\d+|"
    r"CC BY 4\.0|CC0(?: 1\.0)?|BSD-3-Clause|WCAG 2\.2|PDF/UA-1|3-?Clause|EU-?15|UTF-8)\b",
    r"\(\d+\)",
]


def _is_typed(text: str) -> Iterator[tuple[str, str]]:
    for pattern in NOT_PROSE:
        text = re.sub(pattern, " ", text, flags=re.DOTALL | re.MULTILINE)
    for pattern in NOT_FIGURES:
        text = re.sub(pattern, " ", text)
    for match in FIGURE.finditer(text):
        start, end = match.span()
        yield match.group(), " ".join(text[max(0, start - 40) : end + 40].split())


def _literals(source: str) -> Iterator[str]:
    """Text that code may show: literals with a space in them, docstrings apart."""
    tree = ast.parse(source)
    skipped = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            skipped.add(id(body[0].value))
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            skipped.update(id(part) for part in ast.walk(node.format_spec))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and " " in text.strip() and id(node) not in skipped:
            yield text


@cache
def typed() -> list[tuple[str, str, str]]:
    """All typed figures of the project: file, figure, context."""
    found = []
    for path in sorted((ROOT / "book").glob("*.md")):
        found += [(path.name, *hit) for hit in _is_typed(path.read_text(encoding="utf-8"))]
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            texts = [cell.source] if cell.cell_type == "markdown" else _literals(cell.source)
            found += [(path.name, *hit) for text in texts for hit in _is_typed(text)]
    for path in sorted({*(ROOT / "analysis").rglob("*.py")} - NO_READERS):
        for text in _literals(path.read_text(encoding="utf-8")):
            found += [(path.relative_to(ROOT).as_posix(), *hit) for hit in _is_typed(text)]
    return found


@cache
def reviewed() -> list[dict[str, str]]:
    """The reviewed exceptions: file, context that holds the figure, reason."""
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _allowed(file: str, context: str) -> bool:
    return any(row["file"] == file and row["context"] in context for row in reviewed())


def test_no_figure_is_typed_into_prose() -> None:
    loose = [f"{f}: {figure!r} in “{c}”" for f, figure, c in typed() if not _allowed(f, c)]
    assert not loose, "\n" + "\n".join(loose)


def test_every_reviewed_exception_is_used_and_has_a_reason() -> None:
    for row in reviewed():
        assert len(row["reason"]) > 10, row
        used = any(file == row["file"] and row["context"] in c for file, _, c in typed())
        assert used, f"nothing matches {row}"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("There were 175 million migrants.", ["175", "million"]),
        ("Some twenty-two States and 24 per cent.", ["twenty-two", "24"]),
        ("About two-thirds spoke; 77% replied.", ["two-thirds", "77%"]),
        ("[175 million](ledger.md#world-migrant-stock-2000-a-58-98) in 2000, A/58/98.", []),
        ("[175 million](sources.ipynb) in 2000", ["175", "million"]),
        ("Resolution 58/208 of 23 December 2003; GRCP 7 on 10 and 11 October 2017.", []),
        ("See A/59/325, paras 53 and 54, note 4 and Appendix 2.", []),
    ],
)
def test_the_rule_knows_a_figure_from_a_date_or_a_place(text: str, figures: list[str]) -> None:
    assert [figure for figure, _ in _is_typed(text)] == figures
