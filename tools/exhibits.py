"""The exhibits of the book as its notebooks hold them, numbered in reading order."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.exhibits import MIME, Exhibit
from analysis.statements import stated
from analysis.tables import describe, names
from tools import stored
from tools.cite import KEY
from tools.columns import described
from tools.contents import reading_order
from tools.edition import Edition
from tools.lettering import lettered
from tools.records import Cell, cell

FOLDER = "_static/exhibits"  # of their files in the site
DOWNLOADS = "_static/downloads"
WORKBOOK = f"{KEY}-exhibits.xlsx"  # of the data of all, among the downloads
SMALL = ".small.png"  # the drawing as the notebook has it
LICENCE = "CC-BY-4.0"


@dataclass(frozen=True)
class Placed(Exhibit):
    """An exhibit with its place in the book, and a figure's drawings.

    Attributes:
        docname: the page, such as `book/stock`.
        number: "Figure 1.2": the number of the chapter, then the position in it.
        svg: the drawing for the page.
        png: the same, for programs that show no SVG.
    """

    docname: str = ""
    number: str = ""
    svg: str = ""
    png: bytes = b""

    @property
    def cells(self) -> list[list[Cell]]:
        """The data as values of the types of their fields."""
        return [
            [cell(text, field, f"{self.exhibit_id}.csv: row {number}")
             for text, field in zip(row, self.fields, strict=True)]
            for number, row in enumerate(self.rows, start=2)
        ]  # fmt: skip

    @cached_property
    def answers(self) -> str:
        """The script that says what the marks of the drawings stand for; empty if none is known."""
        if not self.marks:
            return ""
        placed = {s: [list(map(int, mark)) for mark in self.marks[s]] for s in ("page", "phone")}
        known = {row for each in placed.values() for _, _, row, *_ in each}
        told = {int(row): cells for row, *cells in self.marks["told"]}
        rows = {row: told.get(row) or self.shown[row] for row in sorted(known)}
        answer = {"heads": [field["name"] for field in self.heads], "rows": rows, **placed}
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        return f'VALUES["{self.exhibit_id}"]={text};\n'

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The exhibit's files by the end of their names; one with two dots is not offered.

        The PNG is that of the notebook, where `tools.slides` makes no larger one.
        """
        text = io.StringIO()
        heads = [field["name"] for field in self.fields]
        csv.writer(text, lineterminator="\n").writerows([heads, *self.rows])
        made = {".csv": text.getvalue().encode()}
        if self.kind == "figure":
            made |= {".svg": lettered(self.svg, self.title, self.alt).encode(), ".png": self.png}
            made |= {".page.svg": self.svg.encode(), ".phone.svg": self.phone.encode()}
            made |= {SMALL: self.png}
        return made

    @property
    def documents(self) -> list[str]:
        """What the sources are in, without places: documents and tables, each once."""
        return list(dict.fromkeys(map(_document, self.sources)))


def _document(source: str) -> str:
    if source in names():
        return str(describe(source)["title"])
    return (source if " " in source else stated(source).cite).partition(", ")[0]


def in_notebook(path: Path) -> Iterator[dict[str, Any]]:
    """The outputs of a notebook that hold an exhibit, in order, as bundles by MIME type."""
    for source in stored.notebook(path)["cells"]:
        for output in source.get("outputs", []):
            if MIME in output.get("data", {}):
                # As they are stored, pictures and texts are lists of lines.
                texts = {
                    kind: stored.shown(output, kind) for kind in output["data"] if kind != MIME
                }
                yield {**texts, MIME: output["data"][MIME]}


def exhibits(root: Path) -> list[Placed]:
    """All exhibits of the book in reading order.

    Args:
        root: the folder that holds `_toc.yml`.
    """
    found = []
    unnumbered = {"figure": 0, "table": 0}
    for page in (page for page in reading_order(root) if page.notebook):
        counts = {"figure": 0, "table": 0} if page.number else unnumbered
        for bundle in in_notebook(root / f"{page.docname}.ipynb"):
            values = Exhibit.values(bundle[MIME])
            kind = values["kind"]
            counts[kind] += 1
            position = f"{page.number}.{counts[kind]}" if page.number else str(counts[kind])
            placed = Placed(
                **values,
                docname=page.docname,
                number=f"{kind.capitalize()} {position}",
                svg=bundle.get("image/svg+xml", ""),
                png=base64.b64decode(bundle.get("image/png", "")),
            )
            found.append(placed)
    return found


def package(found: Sequence[Placed], edition: Edition) -> dict[str, Any]:
    """The descriptor of a Frictionless Data Package that holds the exhibits' data as CSV."""
    return {
        "name": f"{KEY}-exhibits",
        "title": f"{edition.title}: data of the exhibits",
        "version": edition.version,
        "licenses": [{"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "contributors": [{"title": edition.author, "role": "author"}],
        "resources": [
            {
                "name": exhibit.exhibit_id,
                "path": f"{exhibit.exhibit_id}.csv",
                "profile": "tabular-data-resource",
                "title": f"{exhibit.number}. {exhibit.title}",
                "description": f"{exhibit.subtitle} {exhibit.notes}".strip(),
                "sources": [{"title": source} for source in exhibit.sources],
                "encoding": "utf-8",
                "schema": {"fields": list(described(exhibit.exhibit_id, exhibit.fields))},
            }
            for exhibit in found
        ],
    }
