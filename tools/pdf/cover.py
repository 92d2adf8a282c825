"""Cover, imprint and metadata of the printed book."""

from __future__ import annotations

from html import escape

from tools.edition import Edition
from tools.pdf.volumes import BOOK, VOLUMES, Volume

LICENCES = {
    "CC-BY-4.0": "Text and figures: Creative Commons Attribution 4.0 (CC BY 4.0)",
    "CC0-1.0": "Data: Creative Commons Zero 1.0 (CC0 1.0)",
    "BSD-3-Clause": "Code: BSD 3-Clause",
}


def titled(edition: Edition, volume: Volume) -> str:
    """The title of a volume; that of the book is the edition's own."""
    return edition.title if volume == BOOK else f"{edition.title}: {volume.key}"


def metadata(edition: Edition, volume: Volume) -> str:
    """The head of the document; WeasyPrint writes it into the PDF's metadata."""
    named = [
        ("author", edition.author),
        ("description", edition.abstract),
        ("keywords", ", ".join(edition.keywords)),
        # Always the date of edition, so that the same input gives the same bytes.
        ("dcterms.created", edition.released.isoformat()),
        ("dcterms.modified", edition.released.isoformat()),
    ]
    tags = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in named)
    title = escape(
        f"{edition.title}: {edition.subtitle}" if volume == BOOK else titled(edition, volume)
    )
    return f'<meta charset="utf-8"><title>{title}</title>{tags}'


def cover(edition: Edition, volume: Volume) -> str:
    """The first page."""
    kind = f'<p class="volume">{volume.name}: {escape(volume.holds)}</p>' * (volume != BOOK)
    return (
        '<section class="cover" id="cover">'
        f'<p class="title">{escape(edition.title)}</p>'
        f'<p class="subtitle">{escape(edition.subtitle)}</p>{kind}'
        f'<p class="edition">Version {escape(edition.version)}<br>{edition.dated}</p></section>'
    )


def imprint(edition: Edition, volume: Volume) -> str:
    """The page behind the cover."""
    others = "".join(
        f"<li>{other.name}: {escape(other.holds)} (<code>{other.file}</code>)</li>"
        for other in VOLUMES.values()
        if other != volume
    )
    cite = (
        f"{escape(edition.author)} ({edition.released.year}). "
        f"<cite>{escape(edition.whole_title)}</cite>. Version {escape(edition.version)}."
    )
    url = escape(edition.address)
    place = f' <a href="{url}">{url}</a>' if url else ""
    licences = "".join(f"<li>{escape(LICENCES.get(name, name))}</li>" for name in edition.licences)
    return (
        f'<section class="imprint"><p class="abstract">{escape(edition.abstract)}</p>'
        f'<p class="terms"><strong>Printed beside it</strong></p><ul>{others}</ul>'
        f"<p><strong>Cite as</strong><br>{cite}{place}</p>"
        "<p>A figure or table is cited by its number before that: “Figure 1.1 in”. The end of the "
        "annex names the files that hold its data and its drawing.</p>"
        f'<p class="terms"><strong>Licences</strong></p><ul>{licences}</ul>'
        "<p>The documents that are quoted belong to their publishers, the United Nations and "
        "the International Organization for Migration. The typefaces, Source Serif 4, Source "
        "Sans 3 and Source Code Pro, are under the SIL Open Font License 1.1.</p>"
        f"<p>Version {escape(edition.version)}, {edition.dated}.</p></section>"
    )
