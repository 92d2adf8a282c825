"""The pages of the book in reading order, from `_toc.yml`, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools import stored


@dataclass(frozen=True)
class Page:
    """One page of the book.

    `docname` is its path in the site without the suffix (`book/stock`); `part` the caption above
    it, empty for the first page; `number` that of the chapter, empty outside the numbered parts;
    `notebook` says whether code made the page.
    """

    docname: str
    part: str
    number: str
    notebook: bool

    @property
    def name(self) -> str:
        """The last part of the docname, which is unique in the book (`stock`)."""
        return self.docname.rsplit("/", 1)[-1]


@cache
def reading_order(root: Path) -> tuple[Page, ...]:
    """All pages of the book.

    Args:
        root: the folder that holds `_toc.yml`.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return tuple(
        Page(docname, part, number, (root / f"{docname}.ipynb").is_file())
        for docname, part, number in _places(toc)
    )


def _places(toc: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield toc["root"], "", ""
    chapter = 0
    for part in toc.get("parts", [toc]):
        numbered = bool(part.get("numbered"))
        for page in part.get("chapters", []):
            chapter += numbered
            yield page["file"], part.get("caption", ""), str(chapter) if numbered else ""


def title(root: Path, docname: str) -> str:
    """A page's title: its first heading.

    Raises:
        ValueError: the page has no heading.
    """
    path = root / docname
    if path.with_suffix(".ipynb").is_file():
        cells = stored.notebook(path.with_suffix(".ipynb"))["cells"]
        text = "\n".join(stored.source(cell) for cell in cells if cell["cell_type"] == "markdown")
    else:
        text = path.with_suffix(".md").read_text(encoding="utf-8")
    if heading := re.search(r"^# (.+)$", text, re.MULTILINE):
        return heading.group(1).strip()
    raise ValueError(f"{docname}: no heading; expected: a line that begins with '# '")
