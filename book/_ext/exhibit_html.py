"""What a page shows of an exhibit: caption above, drawing or table, sources, data, downloads."""

from __future__ import annotations

import re
from html import escape

from filtering import narrowing

from analysis import markup
from tools import embed
from tools.edition import Edition
from tools.exhibits import DOWNLOADS, FOLDER, WORKBOOK, Placed

# Up to this width of the screen the drawing for phones is shown.
PHONE = "(max-width: 32rem)"


def render(exhibit: Placed, book: Edition, *, up: str) -> tuple[str, str]:
    """The exhibit as the page shows it: what comes before its code, and what after.

    Args:
        exhibit: numbered.
        book: for the citation.
        up: the way from the page to the site's root, such as `../`.
    """
    caption = f"{exhibit.exhibit_id}-caption"
    shown, data = _table(exhibit, caption), ""
    if exhibit.kind == "figure":
        data = f'<div class="exhibit-data">\n{shown}</div>'
        script = f"{up}{FOLDER}/{exhibit.exhibit_id}.js"
        asked = f' data-values="{script}"' if exhibit.answers else ""
        shown = f'<div class="exhibit-drawing"{asked}>{picture(exhibit, up)}</div>'
    notes = f'<p class="exhibit-note">{escape(exhibit.notes)}</p>\n' if exhibit.notes else ""
    shown = f"{shown}\n{notes}"
    if exhibit.folded:
        # Notes tell how to read what is folded.
        shown = markup.fold(shown, len(exhibit.shown))
    subtitle = escape(exhibit.subtitle)
    subtitle = subtitle and f' <span class="exhibit-subtitle">{subtitle}</span>'
    # The caption stands above, where a wide table cannot carry it away.
    shown = (
        f'<figure class="exhibit" id="{exhibit.exhibit_id}" data-kind="{exhibit.kind}">'
        f'<figcaption id="{caption}"><span class="exhibit-number">{exhibit.number}.</span> '
        f'<span class="exhibit-title">{escape(exhibit.title)}</span>{subtitle}</figcaption>\n'
        f"{shown}{_documents(exhibit)}\n"
        f'<details class="exhibit-tools"><summary>{_offered(exhibit)}'
        f'<span class="unseen"> of {exhibit.number}</span></summary>\n'
        f"{markup.sources(exhibit.sources, 'html')}\n{_downloads(exhibit, up)}"
        f"{markup.permalink(exhibit.exhibit_id, exhibit.number, 'Link')}"
        f"{_embedding(exhibit, book)}{_citation(exhibit, book)}{data}"
    )
    return shown, "</details></figure>"


def _documents(exhibit: Placed) -> str:
    """What the sources are in; their links stand behind the one control of the exhibit.

    Whoever moves by the keyboard then passes an exhibit in one step, however many its sources.
    """
    return f'<p class="exhibit-documents">Sources: {escape("; ".join(exhibit.documents))}.</p>'


def _offered(exhibit: Placed) -> str:
    data = "data, " if exhibit.kind == "figure" else ""
    return f"Places in the sources, {data}files, citation, code"


def _table(exhibit: Placed, caption: str) -> str:
    if exhibit.kind == "table":
        return markup.table(
            exhibit.heads, exhibit.shown, keys=exhibit.keys,
            attributes=f' aria-labelledby="{caption}"{narrowing(exhibit)}',
        )  # fmt: skip
    unseen = f'<caption class="unseen">Data of {exhibit.number}</caption>'
    table = markup.table(exhibit.heads, exhibit.shown, unseen)
    return table + markup.left_out(len(exhibit.shown), len(exhibit.rows))


def picture(exhibit: Placed, up: str) -> str:
    """The drawing, and for phones the other one."""
    path = f"{up}{FOLDER}/{exhibit.exhibit_id}"
    return (
        f'<picture><source media="{PHONE}" srcset="{path}.phone.svg" {size(exhibit.phone)}/>'
        f'<img src="{path}.page.svg" alt="{escape(exhibit.alt)}" {size(exhibit.svg)} '
        'loading="lazy"/>'
        "</picture>"
    )


def size(svg: str) -> str:
    """The drawing's size, which keeps the page from jumping when it comes."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None, "matplotlib gives every drawing a size"
    width, height = (round(float(points) * 4 / 3) for points in box.groups())
    return f'width="{width}" height="{height}"'


def _downloads(exhibit: Placed, up: str) -> str:
    path = f"{up}{FOLDER}/{exhibit.exhibit_id}"
    links = [
        f'<a href="{path}.{kind}" download aria-label="{kind.upper()} of {exhibit.number}">'
        f"{kind.upper()}</a>"
        for kind in (end.removeprefix(".") for end in exhibit.files)
        if "." not in kind
    ]
    links.insert(1, _workbook(exhibit, up))
    if exhibit.kind == "figure":
        links.append(f'<a href="{path}.page.svg" aria-label="Enlarge {exhibit.number}">Enlarge</a>')
    return f'<p class="exhibit-downloads">{" ".join(links)}</p>'


def _workbook(exhibit: Placed, up: str) -> str:
    """The link for spreadsheet programs, which turn text of a CSV file into dates and symbols."""
    told = f"For Excel: {exhibit.number} is the sheet {exhibit.exhibit_id}"
    return (
        f'<a href="{up}{DOWNLOADS}/{WORKBOOK}" download title="{told}" aria-label="XLSX. {told}">'
        "XLSX</a>"
    )


def _embedding(exhibit: Placed, book: Edition) -> str:
    if exhibit.kind != "figure":
        return ""
    html = escape(embed.snippet(exhibit, book.address))
    known = "" if book.address else f" In place of {embed.SOMEWHERE} put the address of this book."
    return (
        f'<details class="exhibit-embed"><summary aria-label="Embed {exhibit.number}">Embed'
        f"</summary><p>HTML for a page of your own.{known}</p><pre><code>{html}</code></pre>"
        '<button type="button" class="copy needs-script">Copy the HTML</button></details>'
    )


def _citation(exhibit: Placed, book: Edition) -> str:
    page = f" {book.address.rstrip('/')}/{exhibit.docname}.html#{exhibit.exhibit_id}"
    text = (
        f"{escape(book.author)} ({book.released.year}). “{escape(exhibit.title)}.” "
        f"{exhibit.number} in <cite>{escape(book.title)}</cite>, version {book.version}."
        f"{escape(page) if book.address else ''}"
    )
    return f'<p class="exhibit-cite">{text}</p>\n'
