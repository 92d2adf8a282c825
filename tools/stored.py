"""The notebooks as they are stored, read once however many ask for them.

Other pages and the downloads take something of a page: its headings and whatever else has a mark of
Markdown or MyST, its exhibits without their drawings. Plain sentences they do not take.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tools import inputs

Notebook = dict[str, Any]
PAGES = (".ipynb", ".md")
# Pages that others quote whole: what is a term or a reference stands on them.
QUOTED = ("glossary.md", "references.md")
# A line that may hold a heading, a target, a directive, a title or a row that is linked to.
MARKED = re.compile(r"^\s*(#|\(|:|`|~|<|\||\[)|[{}]|^\s*(=+|-+)\s*$")
EXHIBIT = "exhibit+json"  # the end of the MIME type of an exhibit
DRAWN = ("phone", "marks")  # of an exhibit, the drawing for phones and where its marks are


def notebook(path: Path) -> Notebook:
    """The JSON of a notebook, which nobody may change; `tools.wellformed` says if it is one."""
    return _read(path, path.stat().st_mtime_ns)


def source(cell: dict[str, Any]) -> str:
    """The text of a cell, which is stored in lines."""
    return _joined(cell["source"])


def shown(output: dict[str, Any], kind: str) -> str:
    """What an output has of a MIME type, stored in lines as well; empty if nothing."""
    return _joined(output["data"].get(kind, ""))


def is_page(path: Path) -> bool:
    """Whether a file is a page of the book."""
    return path.suffix in PAGES and path.parent.name == "book"


def handed_on(path: Path) -> str:
    """What others than the page itself may take of it, as text.

    Raises:
        OSError: it cannot be read.
    """
    if path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
        return text if path.name in QUOTED else _marked(text)
    read = notebook(path)
    prose = [source(cell) for cell in read["cells"] if cell["cell_type"] == "markdown"]
    outputs = [output for cell in read["cells"] for output in cell.get("outputs", [])]
    record = inputs.record(read)
    asked = {kind: sorted(record.get(kind, {})) for kind in ("loaded", "modules")}
    return json.dumps([list(map(_marked, prose)), list(map(_given, outputs)), asked])


def _marked(text: str) -> str:
    lines = text.split("\n")
    # A line of signs makes a heading of the one above it.
    return "\n".join(
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if MARKED.search(line) or re.fullmatch(r"\s*(=+|-+)\s*", after)
    )


def _given(output: dict[str, Any]) -> list[Any]:
    data = output.get("data", {})
    told = [
        {name: value for name, value in data[kind].items() if name not in DRAWN}
        for kind in sorted(data)
        if kind.endswith(EXHIBIT)
    ]
    return [_marked(_joined(data.get("text/markdown", ""))), *told]


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


@cache
def _read(path: Path, changed: int) -> Notebook:
    return json.loads(path.read_text(encoding="utf-8"))
