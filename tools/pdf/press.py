"""Typeset a volume as a tagged PDF (PDF/UA-1) with WeasyPrint."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from tools.leaving import leave_with
from tools.pdf.document import Document
from tools.pdf.floating import MARK
from tools.pdf.library import weasyprint
from tools.pdf.volumes import target
from tools.replace import naming

STYLE = Path(__file__).with_name("print.css")


class Printed(NamedTuple):
    """A finished PDF: how many pages it has, on which each id stands, what WeasyPrint warned of."""

    length: int
    pages: dict[str, int]
    warnings: list[str]


class Apart:
    """A volume that a process of its own typesets, while others are merged and typeset.

    On which pages its ids stand is known before its file is written.

    Args:
        document: the volume.
        site: the folder that its images are found in.
        path: the file to write.
    """

    def __init__(self, document: Document, site: Path, path: Path) -> None:
        self.document = document
        # A new Python, not a copy of this one, which may be typesetting.
        self._process = ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=partial(leave_with, os.getpid())
        )
        self._laid_out = self._process.submit(_lay_out, document, site)
        self._written = self._process.submit(_write_at_last, document, path)

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown(cancel_futures=True)

    @property
    def pages(self) -> dict[str, int]:
        """On which page each id stands: waits for the layout."""
        return self._laid_out.result().pages

    @property
    def printed(self) -> Printed:
        """The finished PDF: waits for its file."""
        laid_out = self._laid_out.result()
        return laid_out._replace(warnings=laid_out.warnings + self._written.result())


# What a process has laid out and not yet written.
LAID_OUT: list[Any] = []


def typeset(document: Document, site: Path, path: Path) -> Printed:
    """Write the PDF of a volume in this process; arguments as for `Apart`."""
    printed = _lay_out(document, site)
    return printed._replace(warnings=printed.warnings + _write(document, path))


def _lay_out(document: Document, site: Path) -> Printed:
    with _Warnings() as warnings, _uncollected():
        laid_out = _rendered(document.html, site)
    LAID_OUT.append(laid_out)
    pages: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, 1):
        for name in page.anchors:
            pages.setdefault(name, number)  # a section that goes on has its anchor on every page
    return Printed(len(laid_out.pages), pages, warnings.lines)


def _write(document: Document, path: Path) -> list[str]:
    """Write what was laid out; returns what WeasyPrint warned of."""
    with _Warnings() as warnings, _uncollected(), _pages_listed_once(), naming(path):
        LAID_OUT.pop().write_pdf(
            str(path), finisher=lambda _, pdf: _describe(pdf, document), pdf_variant="pdf/ua-1"
        )
    return warnings.lines


def measure(html: str, site: Path) -> tuple[dict[str, float], float]:
    """The heights of the marked blocks of a document, and of what a page holds, in pixels."""
    block_level = weasyprint().formatting_structure.boxes.BlockLevelBox
    with _uncollected():
        # Heights are nowhere else to be had.
        boxes = [page._page_box for page in _rendered(html, site).pages]
    heights: dict[str, float] = {}
    for box in (box for page in boxes for box in page.descendants()):
        mark = None if box.element is None else box.element.get(MARK)
        if mark is not None and isinstance(box, block_level):
            heights[mark] = heights.get(mark, 0.0) + box.margin_height()
    return heights, max(page.height for page in boxes)


def _write_at_last(document: Document, path: Path) -> list[str]:
    try:
        return _write(document, path)
    finally:
        forget()


def _rendered(html: str, site: Path) -> Any:
    style, fonts = _style()
    source = weasyprint().HTML(string=html, base_url=f"{site}/")
    return source.render(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


@cache
def _style() -> tuple[Any, Any]:
    """The style sheet and the typefaces that it names, which are the same for all volumes."""
    module = weasyprint()
    fonts = module.text.fonts.FontConfiguration()
    return module.CSS(filename=str(STYLE), font_config=fonts), fonts


def forget() -> None:
    """Let go of the style sheet and the typefaces, which WeasyPrint cannot free as Python ends."""
    _style.cache_clear()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage: a volume is millions of objects, all in use until it is written."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _pages_listed_once() -> Iterator[None]:
    """Keep the list of pages, which is made anew for each tag: pages times tags, not tags."""
    import pydyf

    listed = pydyf.PDF.page_references
    kept: dict[int, Any] = {}

    def page_references(pdf: Any) -> Any:
        count = len(pdf.pages["Kids"])
        if count not in kept:
            kept[count] = listed.fget(pdf)
        return kept[count]

    pydyf.PDF.page_references = property(page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = listed


class _Warnings(logging.Handler):
    """Collect the log of WeasyPrint instead of showing it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def __enter__(self) -> _Warnings:
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self]
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("weasyprint").handlers = []


def _describe(pdf: Any, document: Document) -> None:
    """Say in the PDF what WeasyPrint leaves out: where links lead, what table heads head."""
    import pydyf

    for item in list(pdf.objects):
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("Subtype") == "/Link" and "Dest" in item:
            name = item["Dest"].string
            item["Contents"] = pydyf.String(document.labels.get(name, name))
        elif item.get("Subtype") == "/Link":
            _lead(item, document)
        elif item.get("S") == "/TH":
            group = _parent(pdf, _parent(pdf, item))
            item["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
        elif item.get("S") == "/LI":
            # Paragraphs of an item stand in the tree where the item's body should.
            for kid in _kids(pdf, item):
                if kid["S"] not in ("/Lbl", "/LBody"):
                    kid["S"] = "/LBody"
        elif item.get("S") == "/Figure" and _alt(item) in document.formulas:
            item["S"] = "/Formula"


def _lead(item: Any, document: Document) -> None:
    """Make a link into another volume one that readers of PDF follow into its file."""
    import pydyf

    found = target(item["A"]["URI"].string)
    if found is None:
        return
    volume, name = found
    place = document.places[name]
    item["Contents"] = pydyf.String(f"{place.label} ({place.words})")
    item["A"] = pydyf.Dictionary(
        {"Type": "/Action", "S": "/GoToR", "F": pydyf.String(volume.file), "D": pydyf.String(name)}
    )


def _alt(item: Any) -> str:
    # Without one, WeasyPrint has complained already.
    return item["Alt"].string if "Alt" in item else ""


def _kids(pdf: Any, item: Any) -> list[Any]:
    found = [pdf.objects[int(kid.split()[0])] for kid in item["K"] if isinstance(kid, bytes)]
    return [kid for kid in found if "S" in kid]


def _parent(pdf: Any, item: Any) -> Any:
    return pdf.objects[int(item["P"].split()[0])]
