"""What the book says of itself, wherever it says it, from its own files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from tools.published import Published


@dataclass(frozen=True)
class Edition:
    """One edition of the book.

    `author` names all authors in one line; `released` is the date of edition; `licences` are SPDX
    identifiers, the names of the files in LICENSES, since CITATION.cff may name only one; `address`
    is where it is published, empty if nowhere.
    """

    title: str
    subtitle: str
    author: str
    version: str
    released: date
    licences: tuple[str, ...]
    abstract: str
    keywords: tuple[str, ...]
    language: str
    address: str

    @classmethod
    @cache
    def of(cls, root: Path) -> Edition:
        """The edition that a folder of the project holds.

        Raises:
            KeyError: a file lacks a field.
            ValueError: the address is not one of the web.
        """
        cff = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
        config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        # CITATION.cff is plain ASCII; readers get a dash between years.
        whole = re.sub(r"(\d{4})-(\d{4})", r"\1–\2", cff["title"])
        title, _, subtitle = whole.partition(": ")
        return cls(
            title=title,
            subtitle=subtitle[:1].upper() + subtitle[1:],
            author=", ".join(map(_name, cff["authors"])),
            version=str(cff["version"]),
            released=date.fromisoformat(str(cff["date-released"])),
            licences=tuple(sorted(text.stem for text in (root / "LICENSES").iterdir())),
            abstract=" ".join(cff["abstract"].split()),
            keywords=tuple(cff["keywords"]),
            language=config["sphinx"]["config"]["language"],
            address=Published.of(root).book,
        )

    @property
    def whole_title(self) -> str:
        """Title and subtitle in one line, as a citation has them."""
        return f"{self.title}: {self.subtitle[:1].lower()}{self.subtitle[1:]}"

    @property
    def dated(self) -> str:
        """The date as readers write it: 21 November 2026."""
        return f"{self.released.day} {self.released:%B %Y}"


def _name(author: dict[str, str]) -> str:
    return author.get("name") or f"{author.get('given-names', '')} {author['family-names']}".strip()
