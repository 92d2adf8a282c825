"""The reading order of the book and what each of its pages is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Page:
    """One page of the book: where it stands in the site, and the part that it belongs to.

    `docname` is the path in the site without its suffix (`book/stock`); `part` is empty for the
    first page. `notebook` says whether code made the page.
    """

    docname: str
    part: str
    notebook: bool

    @property
    def name(self) -> str:
        """What the page's ids are prefixed with; file names are unique in `book/`."""
        return self.docname.rsplit("/", 1)[-1]


def reading_order(root: Path) -> list[Page]:
    """The pages in the order of `_toc.yml`.

    Args:
        root: the folder that holds `_toc.yml`.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return [Page(name, part, (root / f"{name}.ipynb").is_file()) for name, part in _named(toc)]


def _named(toc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield toc["root"], ""
    for part in toc.get("parts", [toc]):
        for chapter in part.get("chapters", []):
            yield chapter["file"], part.get("caption", "")
