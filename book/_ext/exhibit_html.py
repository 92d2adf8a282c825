"""What a page shows of an exhibit: caption above, drawing or table, sources, data, downloads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from typing import Any

from bs4 import BeautifulSoup, Tag

FILES = "_static/exhibits"
# Cut out before the HTML is parsed: HTML parsers fold the case that SVG's element names need.
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
# Up to this width of the screen the drawing for phones is shown.
PHONE = "(max-width: 32rem)"
# A cell of so many characters gets room on a narrow screen, where its table scrolls.
LONG = 40


@dataclass
class Exhibit:
    """One exhibit as the notebook holds it, with its place and number in the book.

    `drawings` are SVGs by the end of their file's name: for the page and for a phone, none for a
    table; `rows` are the data as a file holds them: full precision, no thousands separators.
    """

    exhibit_id: str
    kind: str
    docname: str
    number: str
    caption: str
    drawings: dict[str, str]
    png: bytes
    rows: list[list[str]]


@dataclass(frozen=True)
class Book:
    """What a citation says of the book; `address` is empty until it is published somewhere."""

    title: str
    author: str
    year: str
    version: str
    address: str

    @classmethod
    def of(cls, config: Any) -> Book:
        """From the book's settings and the version of its package."""
        year = str(config.copyright).split(",")[0].strip()
        number = version("figures-behind-the-dialogue")
        return cls(config.html_title, config.author, year, number, config.html_baseurl)


def _parts(html: str) -> tuple[Tag, dict[str, str]]:
    """The exhibit's element without its drawings, and these."""
    tag = BeautifulSoup(SVG.sub("<svg></svg>", html), "html.parser").find("figure")
    assert isinstance(tag, Tag), "analysis.exhibits writes one <figure> per exhibit"
    return tag, dict(zip((".svg", ".phone.svg"), SVG.findall(html), strict=False))


def read(html: str, png: bytes, docname: str) -> Exhibit:
    """The exhibit in a notebook's output, not yet numbered."""
    tag, drawings = _parts(html)
    rows = [
        [str(cell.get("data-value", cell.get_text())) for cell in row.find_all(["th", "td"])]
        for row in tag.find_all("tr")
    ]
    caption = tag.find("figcaption") or tag.find("caption")
    text = caption.get_text().split(".", 1)[1].strip() if caption else ""
    return Exhibit(str(tag["id"]), str(tag["data-kind"]), docname, "", text, drawings, png, rows)


def render(html: str, exhibits: dict[str, Exhibit], book: Book, *, up: str) -> str:
    """The exhibit as the page shows it.

    Args:
        html: what the notebook holds.
        exhibits: all of the book, numbered.
        book: for the citation.
        up: the way from the page to the site's root, such as `../`.
    """
    tag, drawings = _parts(html)
    exhibit = exhibits[str(tag["id"])]
    for template in tag.find_all("template"):
        template.decompose()
    if isinstance(place := tag.find("svg"), Tag):
        place.replace_with(_soup(_picture(exhibit, drawings, up)))
    for cell in tag.select("[data-value]"):
        del cell["data-value"]
    for cell in tag.select("tbody :is(td, th)"):
        if len(cell.get_text()) > LONG:
            cell["class"] = " ".join([*map(str, cell.get("class") or []), "long"])
    # A row that goes on with the last one's subject has no head of its own.
    for head in tag.select('th[scope="row"]'):
        if not head.get_text(strip=True):
            head.name = "td"
            del head["scope"]
    # The page's script gives the keyboard a stop only where something does scroll.
    for scroll in tag.find_all(class_="exhibit-scroll"):
        del scroll["tabindex"]
    tag.insert(0, _caption(tag, exhibit))
    data = tag.find("details", class_="exhibit-data")
    folded = str(data.extract()) if isinstance(data, Tag) else ""
    tools = folded + _downloads(exhibit, up) + _citation(exhibit, book)
    tag.append(_soup(f'<div class="exhibit-tools">{tools}</div>'))
    return str(tag)


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _caption(tag: Tag, exhibit: Exhibit) -> Tag:
    """The caption, taken out to stand above, where a wide table cannot carry it away."""
    caption = tag.find("figcaption") or tag.find("caption")
    assert isinstance(caption, Tag), "analysis.exhibits captions every exhibit"
    caption.extract()
    caption.name = "figcaption"
    caption["id"] = f"{exhibit.exhibit_id}-caption"
    number = caption.find(class_="exhibit-number")
    if isinstance(number, Tag):
        number.string = f"{exhibit.number}."
    for table in tag.find_all("table"):
        if exhibit.kind == "table":
            table["aria-labelledby"] = caption["id"]
        else:
            unseen = f'<caption class="unseen">Data of {exhibit.number}</caption>'
            table.insert(0, _soup(unseen))
    return caption


def _picture(exhibit: Exhibit, drawings: dict[str, str], up: str) -> str:
    alt = re.search(r'aria-label="([^"]*)"', drawings[".svg"])
    assert alt is not None, "analysis.exhibits labels every drawing"
    page, phone = (_place(exhibit, drawings, end, up) for end in (".svg", ".phone.svg"))
    return (
        f'<picture><source media="{PHONE}" srcset="{phone[0]}" {phone[1]}/>'
        f'<img src="{page[0]}" alt="{alt.group(1)}" {page[1]} loading="lazy"/></picture>'
    )


def _place(exhibit: Exhibit, drawings: dict[str, str], end: str, up: str) -> tuple[str, str]:
    """Where a drawing's file is, and its size, which keeps the page from jumping when it comes."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawings[end])
    assert box is not None, "matplotlib gives every drawing a size"
    width, height = (round(float(points) * 4 / 3) for points in box.groups())
    return f"{up}{FILES}/{exhibit.exhibit_id}{end}", f'width="{width}" height="{height}"'


def _downloads(exhibit: Exhibit, up: str) -> str:
    kinds = ["csv", "svg", "png"] if exhibit.kind == "figure" else ["csv"]
    path = f"{up}{FILES}/{exhibit.exhibit_id}"
    links = [
        f'<a href="{path}.{kind}" download aria-label="{kind.upper()} of {exhibit.number}">'
        f"{kind.upper()}</a>"
        for kind in kinds
    ]
    if exhibit.kind == "figure":
        links.append(f'<a href="{path}.svg" aria-label="Enlarge {exhibit.number}">Enlarge</a>')
    return f'<p class="exhibit-downloads">{" ".join(links)}</p>'


def _citation(exhibit: Exhibit, book: Book) -> str:
    # The caption's first sentence serves as the title; "A/58/98, para. 1" does not end one.
    title = re.split(r"(?<=[a-z0-9)%])\.\s+(?=[A-Z])", exhibit.caption, maxsplit=1)[0].rstrip(".")
    page = f" {book.address.rstrip('/')}/{exhibit.docname}.html#{exhibit.exhibit_id}"
    text = (
        f"{escape(book.author)} ({book.year}). “{escape(title)}.” {exhibit.number} in "
        f"<cite>{escape(book.title)}</cite>, version {book.version}."
        f"{escape(page) if book.address else ''}"
    )
    return (
        f'<details class="exhibit-cite"><summary aria-label="Cite {exhibit.number}">Cite'
        f"</summary><p>{text}</p></details>"
    )
