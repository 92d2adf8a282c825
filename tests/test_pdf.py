"""The printed book: it holds all that the pages show, stays within its margins and is tagged."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag

from tools.contents import reading_order
from tools.edition import Edition
from tools.notebooks import ROOT
from tools.pdf.__main__ import print_book
from tools.pdf.document import merge
from tools.pdf.formulas import spoken
from tools.pdf.press import LIBRARIES, LibraryMissingError, typeset
from tools.pdf.shelf import NAME, PAGE, empty, put

MM = 72 / 25.4
# Left, bottom, right, top of what may be printed on: upright, and on its side (print.css).
UPRIGHT = (24, 24, 22, 26)
BROAD = (20, 20, 20, 24)
# A screen's controls, code, and what print says in other words (titles above a figure's data).
UNPRINTED = (
    "script, style, button, form, nav, math, .headerlink, .needs-script, .cell_input, "
    "details.code, .exhibit-downloads, .exhibit-cite, .exhibit-data summary, caption.unseen, "
    "#printed"
)
BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, tr, figcaption, caption, pre, div.citation, summary"
PATIENCE = 600  # seconds that a parallel worker waits for another's printing


def _is_fresh(target: Path, site: Path) -> bool:
    inputs = [*(site / "book").glob("*.html"), *(ROOT / "tools" / "pdf").glob("*.*")]
    return target.is_file() and target.stat().st_mtime > max(p.stat().st_mtime for p in inputs)


@contextmanager
def _library() -> Iterator[None]:
    """Skip where the system lacks Pango, with the sentence that says how to install it."""
    try:
        yield
    except LibraryMissingError as error:
        # No Python package brings Pango, and `make test` is to hold on a machine without it. The
        # workflow installs it on Linux, so that these tests are never skipped everywhere.
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def printed(site: Path) -> Path:
    """The PDF of the built site: used as it is if fresh, else printed once for all workers."""
    target, lock = site / NAME, site / ".printing"
    until = time.monotonic() + PATIENCE
    while not _is_fresh(target, site) and time.monotonic() < until:
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(0.5)
            continue
        try:
            with _library():
                return print_book(ROOT, site)
        finally:
            lock.rmdir()
    if not _is_fresh(target, site):
        pytest.fail(f"nobody printed the book; is {lock} left from a run that was cut off?")
    return target


@pytest.fixture(scope="session")
def pdf(printed: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, opened."""
    document = pypdfium2.PdfDocument(printed)
    yield document
    document.close()


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Tag]:
    """The articles of the built pages in reading order, by docname, with what print shows."""
    found = {}
    for page in reading_order(ROOT):
        html = (site / f"{page.docname}.html").read_text(encoding="utf-8")
        article = BeautifulSoup(html, "html.parser").select_one("article.bd-article")
        assert article is not None, page.docname
        for tag in article.select(UNPRINTED):
            tag.decompose()
        for quotation in article.find_all("q"):
            quotation.replace_with(f"“{quotation.text}”")
        found[page.docname] = article
    return found


def _squeezed(text: str) -> str:
    """Without spaces and whatever marks the end of a printed line."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\u0002-]", "", text)


def _room(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the page within its margins, in points."""
    width, height = page.get_size()
    left, bottom, right, top = (m * MM for m in (BROAD if width > height else UPRIGHT))
    return left, bottom, width - right, height - top


def _body(page: pypdfium2.PdfPage) -> str:
    """What is printed between the running heads."""
    left, bottom, right, top = _room(page)
    return str(page.get_textpage().get_text_bounded(left - 9, bottom - 3, right + 9, top + 3))


def _runs_on(text: str, pages: list[str]) -> bool:
    """Whether a squeezed text begins at the end of a page and goes on somewhere on the next.

    Read back, a page tells the marks of its lists last and what floats first.
    """
    for page, following in pairwise(pages):
        rest = re.sub(r"(?:\d+\.|•)+$", "", page)
        start = rest.rfind(text[:20])
        if start >= 0 and text.startswith(rest[start:]) and text[len(rest) - start :] in following:
            return True
    return False


def test_nothing_that_the_pages_show_is_missing(
    pages: dict[str, Tag], pdf: pypdfium2.PdfDocument
) -> None:
    bodies = [_squeezed(_body(page)) for page in pdf]
    whole = "".join(bodies)
    blocks = [(name, block) for name, page in pages.items() for block in page.select(BLOCKS)]
    # A block with blocks in it is looked for by its own parts.
    leaves = [(n, b) for n, b in blocks if b.name == "tr" or not (b.select(BLOCKS) or b.img)]
    assert len(leaves) > 1000
    missing = [
        f"{n}: {b.get_text(' ')[:90]}"
        for n, b in leaves
        if (text := _squeezed(b.text)) not in whole and not _runs_on(text, bodies)
    ]
    if missing:
        pytest.fail(f"{len(missing)} of {len(leaves)}:\n" + "\n".join(missing[:40]), pytrace=False)


def test_headings_are_bookmarks_in_order(pages: dict[str, Tag], pdf: pypdfium2.PdfDocument) -> None:
    shown = [
        _squeezed(heading.text)
        for page in pages.values()
        for heading in page.find_all(["h1", "h2", "h3"])
    ]
    marks = iter([_squeezed(mark.get_title()) for mark in pdf.get_toc()])
    missing = [heading for heading in shown if heading not in marks]
    assert shown
    assert not missing


def test_every_exhibit_is_drawn_and_listed(
    pages: dict[str, Tag], pdf: pypdfium2.PdfDocument
) -> None:
    whole = _squeezed("".join(_body(page) for page in pdf))
    numbers = [
        _squeezed(tag.text) for page in pages.values() for tag in page.select(".exhibit-number")
    ]
    assert len(numbers) == len(set(numbers)) > 20
    # Once in the list of figures and tables, without the full stop; once above the exhibit.
    assert [n for n in numbers if whole.count(n) < 1 or whole.count(n.rstrip(".")) < 2] == []
    # Print says how to cite each in its own words.
    assert [n for n in numbers if f"Citeas{n.rstrip('.')}in" not in whole] == []


def test_every_exhibits_files_are_named(site: Path, pdf: pypdfium2.PdfDocument) -> None:
    whole = _squeezed("".join(_body(page) for page in pdf))
    files = sorted(path.name for path in (site / "_static" / "exhibits").glob("*.[cps]*"))
    printed = [name for name in files if not name.endswith(".phone.svg")]
    assert {Path(name).suffix for name in printed} == {".csv", ".png", ".svg"}
    assert [name for name in printed if _squeezed(name) not in whole] == []


def test_no_text_crosses_the_margins(pdf: pypdfium2.PdfDocument) -> None:
    crossing = []
    for number, page in enumerate(pdf, 1):
        left, _, right, _ = _room(page)
        text = page.get_textpage()
        for index in range(text.count_rects()):
            box = text.get_rect(index)
            if box[0] < left - 1.5 or box[2] > right + 1.5:
                crossing.append(f"page {number}: {text.get_text_bounded(*box)[:60]}")
    assert crossing == []


def test_no_heading_or_caption_ends_a_page(pdf: pypdfium2.PdfDocument) -> None:
    alone = []
    lowest = {}
    for number, page in enumerate(pdf):
        _, bottom, _, _ = _room(page)
        text = page.get_textpage()
        boxes = (text.get_rect(index) for index in range(text.count_rects()))
        lowest[number] = min((box[1] for box in boxes if box[1] > bottom - 3), default=0.0)
        last = _body(page).strip().splitlines()[-1:]
        if last and re.match(r"(Figure|Table) [\d.]+\. ", last[0]):
            alone.append(f"page {number + 1}: {last[0]}")
    for mark in pdf.get_toc():
        place = mark.get_dest()
        index, top = place.get_index(), place.get_view()[1][1]
        if top - lowest[index] < 30:  # points: the heading and a line below it
            alone.append(f"page {index + 1}: {mark.get_title()}")
    assert alone == []


def test_only_the_books_own_typefaces(printed: Path) -> None:
    names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", _unpacked(printed)))
    assert names
    assert {n for n in names if not n.startswith((b"Source", b"STIX"))} == set()


def test_the_pdf_says_what_it_is(printed: Path, pdf: pypdfium2.PdfDocument) -> None:
    edition, told = Edition.of(ROOT), pdf.get_metadata_dict()
    assert told["Title"].startswith(edition.title)
    assert told["Author"] == edition.author
    assert told["CreationDate"].startswith(f"D:{edition.released:%Y%m%d}")
    data = _unpacked(printed)
    assert re.search(rb"pdfuaid:part[^0-9]{1,3}1\b", data)
    assert b"/Marked true" in data
    assert b"/DisplayDocTitle true" in data
    assert re.search(rb"/Lang\s*\(" + edition.language.encode(), data)


def _unpacked(path: Path) -> bytes:
    """The file's bytes, and those of its compressed streams."""
    data = path.read_bytes()
    unpacked = [data]
    for found in re.finditer(rb"stream\r?\n", data):
        # What is not compressed is in the bytes already.
        with suppress(zlib.error):
            unpacked.append(zlib.decompressobj().decompress(data[found.end() :]))
    return b"\n".join(unpacked)


# A site of two pages, made here, for what the book itself must not have.
TOC = """
format: jb-book
root: book/one
parts:
  - caption: Part
    chapters:
      - file: book/two
"""
ONE = '<h1 id="a">One</h1><p>See <a href="two.html#b"><code>two</code></a>.</p>'
TWO = '<h1 id="b">Two<a class="headerlink" href="#b">#</a></h1><div class="cell_input">x = 1</div>'


def _small_site(folder: Path, one: str = ONE) -> Path:
    (folder / "book").mkdir()
    (folder / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name, html in {"one": one, "two": TWO}.items():
        page = f'<article class="bd-article">{html}</article>'
        (folder / "book" / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


def test_pages_are_joined_by_links_and_freed_of_code(tmp_path: Path) -> None:
    folder = _small_site(tmp_path)
    document = merge(folder, folder, Edition.of(ROOT))
    assert document.dangling == []
    assert '<code><a href="#two.b">two</a></code>' in document.html
    assert "x = 1" not in document.html
    assert document.labels["two.b"] == "Two"


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    folder = _small_site(tmp_path, '<h1>One</h1><a href="two.html#none">x</a>')
    assert merge(folder, folder, Edition.of(ROOT)).dangling == ["one: #two.none"]


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    folder = _small_site(tmp_path)
    (folder / "book" / "two.html").write_text("<p>bare</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"two\.html: no <article"):
        merge(folder, folder, Edition.of(ROOT))


def test_the_printed_book_is_offered_once_it_is_there(tmp_path: Path) -> None:
    page, fresh = tmp_path / PAGE, tmp_path / "printing.part"
    page.parent.mkdir()
    page.write_text(f"<h1>Downloads</h1>{empty()}<p>after</p>", encoding="utf-8")
    assert NAME not in page.read_text(encoding="utf-8")
    for size in (1_250_000, 3_000_000):  # printed again, the new size is told
        fresh.write_bytes(b"%" * size)
        assert put(fresh, tmp_path).stat().st_size == size
        html = page.read_text(encoding="utf-8")
        assert f'<a href="../{NAME}"' in html
        assert f"({size / 1e6:.1f} MB)" in html
        assert html.startswith("<h1>Downloads</h1>")
        assert html.endswith("<p>after</p>")


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    folder = _small_site(tmp_path)
    document = merge(folder, folder, Edition.of(ROOT))
    with _library():
        assert typeset(document, folder, tmp_path / "1.pdf") == []
    typeset(document, folder, tmp_path / "2.pdf")
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.slow
def test_a_picture_without_alternative_text_is_told(tmp_path: Path) -> None:
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    folder = _small_site(tmp_path, f'<h1>One</h1><p><img src="{dot}"></p>')
    document = merge(folder, folder, Edition.of(ROOT))
    with _library():
        told = typeset(document, folder, tmp_path / "1.pdf")
    assert any("alt" in line for line in told)


@pytest.mark.slow
def test_a_missing_library_gets_one_clear_sentence(tmp_path: Path) -> None:
    # As on a system without Pango: nothing can be loaded.
    code = (
        "import cffi, sys\n"
        "def none(self, *names): raise OSError('no such library')\n"
        "cffi.FFI.dlopen = none\n"
        "from tools.pdf.__main__ import main\n"
        f"sys.argv = ['pdf', '--site', {str(tmp_path)!r}]\n"
        "sys.exit(main())"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1
    assert LIBRARIES in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<math><mfrac><mn>1</mn><mi>t</mi></mfrac></math>", "1/t"),
        ("<math><msub><mi>P</mi><mn>0</mn></msub><mo>=</mo><mi>x</mi></math>", "P_0 = x"),
        ("<math><msqrt><mi>n</mi><mo>−</mo><mn>1</mn></msqrt></math>", "square root of (n − 1)"),
        (
            "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac></math>",
            "(a + b)/c",
        ),
    ],
)
def test_a_formula_reads_as_a_line_of_text(mathml: str, text: str) -> None:
    assert spoken(mathml) == text
