"""What the book says of itself: cover, imprint and metadata, from CITATION.cff and _config.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import yaml

from tools.published import Published

PARTS = {
    "CC-BY-4.0": "Text and figures: Creative Commons Attribution 4.0 (CC BY 4.0)",
    "CC0-1.0": "Data: Creative Commons Zero 1.0 (CC0 1.0)",
    "BSD-3-Clause": "Code: BSD 3-Clause",
}


@dataclass(frozen=True)
class Edition:
    """One edition of the book.

    `released` is the date of edition; `address` where it is published, empty if nowhere.
    """

    title: str
    subtitle: str
    authors: tuple[str, ...]
    version: str
    released: date
    licences: tuple[str, ...]
    abstract: str
    keywords: tuple[str, ...]
    language: str
    address: str

    @classmethod
    def of(cls, root: Path) -> Edition:
        """Read from the project's files.

        Raises:
            KeyError: CITATION.cff lacks a field.
        """
        cff = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
        config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
        settings = config["sphinx"]["config"]
        title, _, subtitle = cff["title"].partition(": ")
        return cls(
            title=title,
            subtitle=_dashed(subtitle[:1].upper() + subtitle[1:]),
            authors=tuple(_name(author) for author in cff["authors"]),
            version=str(cff["version"]),
            released=date.fromisoformat(str(cff["date-released"])),
            licences=tuple(cff["license"]),
            abstract=" ".join(cff["abstract"].split()),
            keywords=tuple(cff["keywords"]),
            language=settings["language"],
            address=Published.of(root).book,
        )

    @property
    def dated(self) -> str:
        """The date as readers write it: 21 November 2026."""
        return f"{self.released.day} {self.released:%B %Y}"

    def metadata(self) -> str:
        """The head of the document; WeasyPrint writes it into the PDF's metadata."""
        named = [
            *(("author", author) for author in self.authors),
            ("description", self.abstract),
            ("keywords", ", ".join(self.keywords)),
            # Always the date of edition, so that the same input gives the same bytes.
            ("dcterms.created", self.released.isoformat()),
            ("dcterms.modified", self.released.isoformat()),
        ]
        tags = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in named)
        title = f"{self.title}: {self.subtitle}" if self.subtitle else self.title
        return f'<meta charset="utf-8"><title>{escape(title)}</title>{tags}'

    def cover(self) -> str:
        """The first page."""
        return (
            '<section class="cover" id="cover">'
            f'<p class="title">{escape(self.title)}</p>'
            f'<p class="subtitle">{escape(self.subtitle)}</p>'
            f'<p class="edition">Version {escape(self.version)}<br>{self.dated}</p></section>'
        )

    def imprint(self) -> str:
        """The page behind the cover."""
        authors = escape(", ".join(self.authors))
        title = escape(f"{self.title}: {self.subtitle[:1].lower()}{self.subtitle[1:]}")
        cite = f"{authors} ({self.released.year}). <cite>{title}</cite>. Version {self.version}."
        url = escape(self.address)
        place = f' <a href="{url}">{url}</a>' if url else ""
        licences = "".join(f"<li>{escape(PARTS.get(name, name))}</li>" for name in self.licences)
        return (
            f'<section class="imprint"><p class="abstract">{escape(self.abstract)}</p>'
            f"<p><strong>Cite as</strong><br>{cite}{place}</p>"
            f'<p class="terms"><strong>Licences</strong></p><ul>{licences}</ul>'
            "<p>The documents that are quoted belong to their publishers, the United Nations and "
            "the International Organization for Migration. The typefaces, Source Serif 4, Source "
            "Sans 3 and Source Code Pro, are under the SIL Open Font License 1.1.</p>"
            f"<p>Version {escape(self.version)}, {self.dated}.</p></section>"
        )


def _name(author: dict[str, str]) -> str:
    return author.get("name") or f"{author.get('given-names', '')} {author['family-names']}".strip()


def _dashed(text: str) -> str:
    """Years with a dash between them, as type has it."""
    return re.sub(r"(\d{4})-(\d{4})", r"\1–\2", text)
