"""The three PDFs: they hold all that the pages show, stay within their margins and are tagged."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
import zlib
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from bs4 import BeautifulSoup, Tag

from analysis.register import CHAPTERS, front
from tests.turns import turn
from tools.contents import reading_order
from tools.edition import Edition
from tools.exhibits import Placed
from tools.notebooks import ROOT
from tools.pdf import __main__ as command
from tools.pdf import chapters, volumes
from tools.pdf.__main__ import print_book
from tools.pdf.brief import COMMAND, choose
from tools.pdf.document import Document, labelled, merge
from tools.pdf.floating import Block, mark, order, settle
from tools.pdf.formulas import spoken
from tools.pdf.library import LIBRARIES, LibraryMissingError
from tools.pdf.press import Apart, typeset
from tools.pdf.shelf import BEGIN, DOWNLOADS, END, FRONT, empty, partial, put
from tools.pdf.tables import measure
from tools.pdf.volumes import ANNEX, BOOK, BRIEF, VOLUMES, Place, Volume

MM = 72 / 25.4
# Left, bottom, right, top of what may be printed on: upright, and on its side (print.css).
UPRIGHT = (20, 17, 20, 19)
BROAD = (20, 20, 20, 24)
BRIEFLY = (21, 18, 21, 17)
# A screen's controls, code, and what print says in other words (titles above a figure's data).
UNPRINTED = (
    "script, style, button, form, nav, math, .headerlink, .permalink, .needs-script, .cell_input, "
    "details.code, .exhibit-downloads, .exhibit-cite, .exhibit-embed, .exhibit-tools > summary, "
    ".exhibit-documents, .exhibit-fold > summary, caption.unseen, #printed, .card-picture"
)
# What print adds to a link into another volume.
ELSEWHERE = re.compile(r"\((?:brief|book|annex)(?:,page\d+)?\)")
BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, tr, figcaption, caption, pre, div.citation, summary"


def _is_fresh(site: Path) -> bool:
    inputs = [*(site / "book").glob("*.html"), *(ROOT / "tools" / "pdf").glob("*.*")]
    targets = [site / volume.file for volume in VOLUMES.values()]
    made = [target.stat().st_mtime for target in targets if target.is_file()]
    return len(made) == len(targets) and min(made) > max(p.stat().st_mtime for p in inputs)


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
    """The site with its PDFs: used as they are if fresh, else printed once for all workers."""
    with turn(site.parent / "printing.lock"):
        if not _is_fresh(site):
            with _library():
                print_book(ROOT, site)
    return site


@pytest.fixture(scope="session")
def pdfs(printed: Path) -> Iterator[dict[Volume, pypdfium2.PdfDocument]]:
    """The PDFs, opened."""
    documents = {v: pypdfium2.PdfDocument(printed / v.file) for v in VOLUMES.values()}
    yield documents
    for document in documents.values():
        document.close()


@pytest.fixture(params=list(VOLUMES.values()), ids=list(VOLUMES))
def volume(request: pytest.FixtureRequest) -> Volume:
    """Each of the three."""
    made: Volume = request.param
    return made


@pytest.fixture
def path(volume: Volume, printed: Path) -> Path:
    """Its file."""
    return printed / volume.file


@pytest.fixture
def pdf(volume: Volume, pdfs: dict[Volume, pypdfium2.PdfDocument]) -> pypdfium2.PdfDocument:
    """The same, opened."""
    return pdfs[volume]


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
    return ELSEWHERE.sub("", re.sub(r"[\s\u00ad\u200b\ufffe\u0002-]", "", text))


def _room(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the page within its margins, in points."""
    width, height = page.get_size()
    brief = page.pdf.get_metadata_value("Title").endswith(f": {BRIEF.key}")
    upright = BRIEFLY if brief else UPRIGHT
    left, bottom, right, top = (m * MM for m in (BROAD if width > height else upright))
    return left, bottom, width - right, height - top


def _body(page: pypdfium2.PdfPage) -> str:
    """What is printed between the running heads."""
    left, bottom, right, top = _room(page)
    return str(page.get_textpage().get_text_bounded(left - 9, bottom - 3, right + 9, top + 3))


def _runs_on(text: str, pages: list[str]) -> bool:
    """Whether a squeezed text breaks off on a page and all the rest of it stands on the next.

    Read back, a page tells what stands beside something else last, wherever it is.
    """
    for page, following in pairwise(pages):
        # As much of its beginning as the page has, and what is left.
        here = bisect(range(1, len(text) + 1), 0, key=lambda n: text[:n] not in page)
        if here and any(text[end:] in following for end in range(here, max(0, here - 3), -1)):
            return True
    return False


def test_nothing_that_the_pages_show_is_missing(
    pages: dict[str, Tag], pdfs: dict[Volume, pypdfium2.PdfDocument]
) -> None:
    # The data of a figure stand in the annex, wherever the figure does.
    bodies = [_squeezed(_body(page)) for volume in (BOOK, ANNEX) for page in pdfs[volume]]
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


def test_headings_are_bookmarks_in_order(
    pages: dict[str, Tag], pdfs: dict[Volume, pypdfium2.PdfDocument]
) -> None:
    shown: dict[Volume, list[str]] = {BOOK: [], ANNEX: []}
    for name, page in pages.items():
        headings = page.find_all(["h1", "h2", "h3"])
        shown[volumes.of(Path(name).name)] += [_squeezed(heading.text) for heading in headings]
    for volume, expected in shown.items():
        marks = iter([_squeezed(mark.get_title()) for mark in pdfs[volume].get_toc()])
        assert expected
        assert [heading for heading in expected if heading not in marks] == []


def test_every_exhibit_is_drawn_and_listed(
    pages: dict[str, Tag], pdfs: dict[Volume, pypdfium2.PdfDocument]
) -> None:
    whole = {v: _squeezed("".join(_body(page) for page in pdfs[v])) for v in (BOOK, ANNEX)}
    numbers = {
        _squeezed(tag.text): whole[volumes.of(Path(name).name)]
        for name, page in pages.items()
        for tag in page.select(".exhibit-number")
    }
    assert len(numbers) > 20
    # Once in the list of figures and tables, without the full stop; once above the exhibit.
    counts = {n: (text.count(n), text.count(n.rstrip("."))) for n, text in numbers.items()}
    assert [n for n, (own, bare) in counts.items() if own < 1 or bare < 2] == []


def test_every_exhibits_files_are_named(
    printed: Path, pdfs: dict[Volume, pypdfium2.PdfDocument]
) -> None:
    whole = _squeezed("".join(_body(page) for page in pdfs[ANNEX]))
    listed = whole.rpartition("Filesoftheexhibits")[2]
    line = r"(?:Figure|Table)[\d.]+([a-z][a-z0-9]*)\.csv((?:,\.[a-z]+)*)"
    named = {
        f"{stem}{ending}"
        for stem, more in re.findall(line, listed)
        for ending in (".csv", *more.split(",")[1:])
    }
    files = [path.name for path in (printed / "_static" / "exhibits").glob("*.[cps]*")]
    shown = {_squeezed(name) for name in files if name.count(".") == 1}
    assert {Path(name).suffix for name in shown} == {".csv", ".png", ".svg"}
    assert named == shown


def test_how_to_cite_an_exhibit_is_said_once(
    pdfs: dict[Volume, pypdfium2.PdfDocument],
) -> None:
    for volume in (BOOK, ANNEX):
        texts = [_squeezed(_body(page)) for page in pdfs[volume]]
        said = [n for n, text in enumerate(texts) if "iscitedbyitsnumberbeforethat" in text]
        assert said == [1]  # on the page behind the cover


def test_the_brief_has_four_pages_and_all_answers(
    pdfs: dict[Volume, pypdfium2.PdfDocument],
) -> None:
    whole = _squeezed("".join(_body(page) for page in pdfs[BRIEF]))
    assert len(pdfs[BRIEF]) == 4
    for chapter in CHAPTERS.values():
        assert _squeezed(chapter.question) in whole
        assert _squeezed(chapter.room.answer()) in whole
        # After the answer come sentences of findings: three in all.
        assert sum(_squeezed(f.sentence) in whole for f in chapter.room.findings()) >= 2
    for claim in [finding.front for finding in front() if finding.front is not None]:
        assert _squeezed(re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", claim.said)) in whole
        assert _squeezed(claim.instead) in whole
    assert _squeezed(COMMAND) in whole


def _drawn(name: str, width: int, height: int, kind: str = "figure") -> Placed:
    phone = f'<svg viewBox="0 0 {width} {height}"></svg>'
    return Placed(
        exhibit_id=name, kind=kind, title="What", sources=("A list",), fields=(), rows=[],
        shown=[], phone=phone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ({"tall": (100, 200), "flat": (100, 80), "flatter": (100, 50)}, "flat"),
        ({"tallest": (100, 300), "tall": (100, 120)}, "tall"),
    ],
)
def test_a_part_shows_its_first_figure_that_fits(
    sizes: dict[str, tuple[int, int]], chosen: str
) -> None:
    table = _drawn("table", 100, 10, kind="table")
    drawn = [table, *(_drawn(name, *size) for name, size in sizes.items())]
    assert choose(drawn).exhibit_id == chosen


def test_the_book_has_about_eighty_pages(pdfs: dict[Volume, pypdfium2.PdfDocument]) -> None:
    # What an evening reads and a stapler holds; a chapter has five or six.
    assert len(pdfs[BOOK]) <= 84


def test_pages_of_the_book_less_than_half_full_end_a_chapter(
    pdfs: dict[Volume, pypdfium2.PdfDocument],
) -> None:
    pdf = pdfs[BOOK]
    # A chapter begins on a page of its own, so that the one before it may be short.
    begun = {mark.get_dest().get_index() for mark in pdf.get_toc() if mark.level <= 1}
    sparse = _sparse(pdf)
    # One may precede a drawing that needs a page, where no text follows that could go before it.
    assert len([number for number in sparse if number + 1 not in begun]) <= 1
    assert len(sparse) <= len(CHAPTERS) / 2


FIGURE, TABLE = Block("whole", 60, "figure"), Block("long", 50, "table")
TEXT, HEADING = Block("text", 30), Block("heading", 10)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        # A page holds 100: the figure would leave half of the first empty, and text fills it.
        ([HEADING, TEXT, TEXT, FIGURE, TEXT, TEXT], [0, 1, 2, 4, 3, 5]),
        # It fits, or hardly anything stays empty.
        ([TEXT, FIGURE, TEXT], [0, 1, 2]),
        ([TEXT, TEXT, TEXT, Block("text", 5), FIGURE, TEXT], [0, 1, 2, 3, 4, 5]),
        # Its section ends: the next may go on before it, if its heading does not end the page.
        ([TEXT, HEADING, TEXT, FIGURE, HEADING, TEXT], [0, 1, 2, 4, 5, 3]),
        ([TEXT, TEXT, TEXT, FIGURE, HEADING, TEXT], [0, 1, 2, 3, 4, 5]),
        # A table may pass, another figure may not and waits in its turn.
        ([TEXT, TEXT, FIGURE, TABLE, TEXT], [0, 1, 3, 2, 4]),
        ([TEXT, TEXT, FIGURE, FIGURE, TEXT], [0, 1, 2, 4, 3]),
    ],
)
def test_text_fills_the_page_before_a_figure(blocks: list[Block], expected: list[int]) -> None:
    assert order(blocks, 100) == expected


def test_a_moved_figure_keeps_its_place_in_the_tree() -> None:
    html = "<section><h1>One</h1><p>a</p><div>{}</div><section><p>b</p></section></section>"
    figure = '<figure data-kind="figure"><p>drawn</p></figure>'
    article = BeautifulSoup(html.format(figure), "html.parser").section
    assert article is not None
    (blocks,) = chapters_marked = mark([article])
    assert [tag.name for tag in blocks] == ["h1", "p", "figure", "p"]
    settle(chapters_marked, {"0": 10, "1": 40, "2": 60, "3": 60}, 100)
    assert str(article) == html.format("").replace("<p>b</p>", f"<p>b</p>{figure}")


def test_room_of_a_table_goes_where_it_saves_lines() -> None:
    words = "a word after a word " * 12
    cells = [["What", "Said", "Of which"], ["x" * 16, "short", words], ["y" * 16, "short", words]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    table = BeautifulSoup(f"<table>{rows}</table>", "html.parser").table
    assert table is not None
    measure(table, 100)
    widths = [float(w) for w in re.findall(r"width:([\d.]+)%", str(table.colgroup))]
    # The first two columns keep their longest words, and the sentence has all the rest.
    assert widths[2] > 60
    assert widths[0] >= 20


def _sparse(pdf: pypdfium2.PdfDocument) -> list[int]:
    """The pages, from 0, that have nothing on the lower half of their room."""
    found = []
    for number, page in enumerate(pdf):
        _, bottom, _, top = _room(page)
        height = page.get_size()[1]
        lower = page.render(scale=0.5, grayscale=True).to_pil()
        half = (0, (height - (bottom + top) / 2) / 2, lower.width, (height - bottom) / 2)
        darkest, _ = lower.crop(half).getextrema()
        found += [number] * (darkest > 200)
    return found


def test_the_type_of_the_book_can_be_read(pdfs: dict[Volume, pypdfium2.PdfDocument]) -> None:
    sizes: dict[str, set[float]] = {"of the page": set(), "of a drawing": set()}
    for page in pdfs[BOOK]:
        for part in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            size, matrix = ctypes.c_float(), part.get_matrix()
            pdfium.FPDFTextObj_GetFontSize(part, size)
            scale = max(abs(matrix.b), abs(matrix.d))
            # The page is laid out in pixels of 0.75 points, a drawing in a measure of its own.
            kind = "of the page" if abs(scale - 0.75) < 1e-6 else "of a drawing"
            sizes[kind].add(round(size.value * scale, 1))
    assert min(sizes["of the page"]) >= 7.5
    assert min(sizes["of a drawing"]) >= 6.5


def test_no_part_of_the_brief_has_more_than_three_answers() -> None:
    parts = Counter(page.part for page in reading_order(ROOT) if page.name in CHAPTERS)
    assert max(parts.values()) <= 3


def test_links_between_the_pdfs_arrive(pdfs: dict[Volume, pypdfium2.PdfDocument]) -> None:
    found = set()
    for volume, pdf in pdfs.items():
        data = _unpacked(Path(pdf._input))
        remote = re.findall(rb"/S\s*/GoToR\s*/F\s*\(([^)]+)\)\s*/D\s*\(([^)]+)\)", data)
        found |= {(volume.key, file.decode(), name.decode()) for file, name in remote}
    files = {volume.file: pdfs[volume] for volume in VOLUMES.values()}
    ways = {(source, file) for source, file, _ in found}
    assert ways >= {
        (BRIEF.key, BOOK.file),
        (BRIEF.key, ANNEX.file),
        (BOOK.key, ANNEX.file),
        (ANNEX.key, BOOK.file),
    }
    lost = [
        (file, name)
        for _, file, name in sorted(found)
        if not pdfium.FPDF_GetNamedDestByName(files[file], name.encode())
    ]
    assert lost == []


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
    for heading in pdf.get_toc():
        place = heading.get_dest()
        index, top = place.get_index(), place.get_view()[1][1]
        if top - lowest[index] < 30:  # points: the heading and a line below it
            alone.append(f"page {index + 1}: {heading.get_title()}")
    assert alone == []


def test_only_the_books_own_typefaces(path: Path) -> None:
    names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", _unpacked(path)))
    assert names
    assert {n for n in names if not n.startswith((b"Source", b"STIX"))} == set()


def test_each_pdf_says_what_it_is(path: Path, volume: Volume, pdf: pypdfium2.PdfDocument) -> None:
    edition, told = Edition.of(ROOT), pdf.get_metadata_dict()
    assert told["Title"].startswith(edition.title)
    assert told["Title"].endswith(edition.subtitle if volume == BOOK else f": {volume.key}")
    assert told["Author"] == edition.author
    assert told["CreationDate"].startswith(f"D:{edition.released:%Y%m%d}")
    data = _unpacked(path)
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


def _merged(folder: Path) -> Document:
    pages = chapters.read(folder, folder, Edition.of(ROOT), {})
    return merge(BOOK, pages, {}, Edition.of(ROOT), {})


def test_pages_are_joined_by_links_and_freed_of_code(tmp_path: Path) -> None:
    document = _merged(_small_site(tmp_path))
    assert document.dangling == []
    assert '<code><a href="#two.b">two</a></code>' in document.html
    assert "x = 1" not in document.html
    assert document.labels["two.b"] == "Two"


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    folder = _small_site(tmp_path, '<h1>One</h1><a href="two.html#none">x</a>')
    assert _merged(folder).dangling == ["one: #two.none"]


def test_a_page_without_an_article_is_named(tmp_path: Path) -> None:
    folder = _small_site(tmp_path)
    (folder / "book" / "two.html").write_text("<p>bare</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"two\.html: no <article"):
        _merged(folder)


def test_a_link_into_another_volume_names_it(tmp_path: Path) -> None:
    one = (
        '<h1>One</h1><p><a href="two.html#b">it</a> and '
        '<a class="stated" href="two.html#b">175 million</a></p>'
    )
    folder = _small_site(tmp_path, one)
    pages = chapters.read(folder, folder, Edition.of(ROOT), {})
    articles = [chapter.article for chapter in pages]
    assert labelled(articles)["two.b"] == "Two"
    pages = [chapter for chapter in pages if chapter.page.name == "one"]
    document = merge(BOOK, pages, {}, Edition.of(ROOT), {"two.b": Place(ANNEX, "Two", 12)})
    assert '<a href="annex:two.b">it</a><span class="elsewhere"> (annex, page 12)</span>' in (
        document.html
    )
    # A stated figure is told by its document and place, on every page many times.
    assert '<a class="stated" href="annex:two.b">175 million</a></p>' in document.html


def test_the_pdfs_are_offered_once_they_are_there(tmp_path: Path) -> None:
    for page, html in {DOWNLOADS: empty(), FRONT: f"{BEGIN}none{END}"}.items():
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).write_text(f"<h1>Page</h1>{html}<p>after</p>", encoding="utf-8")
        assert ".pdf" not in (tmp_path / page).read_text(encoding="utf-8")
    for size in (1_250_000, 3_000_000):  # printed again, the new size is told
        for volume in VOLUMES.values():
            partial(volume, tmp_path).write_bytes(b"%" * size)
        made = put(dict.fromkeys(VOLUMES.values(), 7), tmp_path)
        assert [path.stat().st_size for path in made] == [size] * 3
        for page in (DOWNLOADS, FRONT):
            html = (tmp_path / page).read_text(encoding="utf-8")
            assert all(f'<a href="../{volume.file}"' in html for volume in VOLUMES.values())
            assert html.count("7 pages") == 3
            assert html.startswith("<h1>Page</h1>")
            assert html.endswith("<p>after</p>")
        downloads = (tmp_path / DOWNLOADS).read_text(encoding="utf-8")
        assert f"(7 pages, {size / 1e6:.1f} MB)" in downloads


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    document = _merged(_small_site(tmp_path))
    with _library():
        assert typeset(document, tmp_path, tmp_path / "1.pdf").warnings == []
    assert typeset(document, tmp_path, tmp_path / "2.pdf").pages["two.b"] == 5
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.slow
def test_a_process_of_its_own_gives_the_same_bytes(tmp_path: Path) -> None:
    document = _merged(_small_site(tmp_path))
    with _library():
        printed = typeset(document, tmp_path, tmp_path / "1.pdf")
    with Apart(document, tmp_path, tmp_path / "2.pdf") as apart:
        assert apart.pages == printed.pages
        assert apart.printed == printed
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.slow
def test_a_file_that_a_process_of_its_own_cannot_write_is_named(tmp_path: Path) -> None:
    document = _merged(_small_site(tmp_path))
    with _library():
        typeset(document, tmp_path, tmp_path / "1.pdf")
    with (
        Apart(document, tmp_path, tmp_path / "nowhere" / "2.pdf") as apart,
        pytest.raises(FileNotFoundError) as told,
    ):
        assert apart.printed
    assert told.value.filename == str(tmp_path / "nowhere" / "2.pdf")


@pytest.mark.slow
def test_a_picture_without_alternative_text_is_told(tmp_path: Path) -> None:
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    document = _merged(_small_site(tmp_path, f'<h1>One</h1><p><img src="{dot}"></p>'))
    with _library():
        told = typeset(document, tmp_path, tmp_path / "1.pdf").warnings
    assert any("alt" in line for line in told)


@pytest.mark.slow
def test_a_site_that_is_not_there_is_told_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> list[Path]:
        raise FileNotFoundError(2, "No such file or directory", "nowhere/book/index.html")

    monkeypatch.setattr(sys, "argv", ["tools.pdf", "--site", "nowhere"])
    monkeypatch.setattr(command, "print_book", failing)
    assert command.main() == 1
    assert capsys.readouterr().err == (
        "nowhere/book/index.html: No such file or directory; expected: a site that `make book` "
        "built, of a project\n"
    )


def test_a_volume_whose_process_was_killed_is_told_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def killed(*_: object) -> list[Path]:
        raise BrokenProcessPool

    monkeypatch.setattr(sys, "argv", ["tools.pdf", "--site", str(tmp_path)])
    monkeypatch.setattr(command, "print_book", killed)
    assert command.main() == 1
    assert capsys.readouterr().err == (
        "a process that typeset a volume was ended from outside; expected: room in memory\n"
    )


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
