"""Citations: what CITATION.cff says, in forms that other programs read back."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import citeproc
import metadata
import pytest
import rispy
import yaml
from bs4 import BeautifulSoup, Tag
from citeproc.source.json import CiteProcJSON

from tools import cite
from tools.contents import reading_order

ROOT = Path(__file__).resolve().parent.parent
WORKS = cite.works()
SOURCE = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
CITED_ONLINE = "https://book.example"
Pages = dict[str, BeautifulSoup]


def plain(text: str) -> str:
    return text.replace("–", "-").replace("--", "-").replace("{", "").replace("}", "")


def test_the_book_its_numbered_chapters_and_its_data_can_be_cited() -> None:
    numbers = [page.number for page in reading_order(ROOT) if page.number]
    assert [work.kind for work in WORKS] == ["book", *["chapter"] * len(numbers), "data"]
    assert [work.number for work in WORKS[1:-1]] == numbers
    assert len({work.key for work in WORKS}) == len(WORKS)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_a_citation_names_author_year_title_and_version(work: cite.Work) -> None:
    for part in (SOURCE["authors"][0]["name"], str(SOURCE["date-released"])[:4], work.title,
                 f"Version {SOURCE['version']}"):  # fmt: skip
        assert part in work.text
    if work.kind == "chapter":
        assert plain(SOURCE["title"]) in plain(work.text)
    assert "http" not in work.text, "an address that nobody gave"


def test_a_sentence_by_hand() -> None:
    assert WORKS[1].text == (
        "The Figures behind the Dialogue contributors (2026). “Migrant stock.” Chapter 1 in The "
        "Figures behind the Dialogue: international migration and development at the United "
        "Nations, 2003–2017. Version 2026.11."
    )


def test_bibtex_is_read_back_by_another_program() -> None:
    # By name, since it comes without types.
    pybtex = importlib.import_module("pybtex.database")
    text = cite.files()[cite.BIBTEX].decode()
    entries = pybtex.parse_string(text, "bibtex").entries
    assert list(entries) == [work.key for work in WORKS]
    for work in WORKS:
        entry = entries[work.key]
        assert plain(entry.fields["title"]) == plain(work.title)
        assert entry.fields["year"] == str(work.date.year)
        # As a miscellaneous work Zotero would file the book as a document, without its version.
        kinds = {"book": "book", "chapter": "incollection", "data": "misc"}
        assert entry.type == kinds[work.kind]
        assert work.version in entry.fields["note" if work.kind == "data" else "edition"]
        # One author with a name in one piece, not people called "contributors".
        (author,) = entry.persons["author"]
        assert plain(str(author)) == work.author
        assert ("booktitle" in entry.fields) == (work.kind == "chapter")


def test_bibtex_prints_what_a_citation_needs(tmp_path: Path) -> None:
    """By pybtex's style `plain`, which spells the month out only where it is given by its name."""
    (tmp_path / "cited.bib").write_bytes(cite.files(CITED_ONLINE)[cite.BIBTEX])
    engine = importlib.import_module("pybtex").PybtexEngine()
    printed = engine.format_from_file(
        str(tmp_path / "cited.bib"), style="plain", output_backend="text"
    ).splitlines()
    assert len(printed) == len(WORKS)
    month = f"{WORKS[0].date:%B} {WORKS[0].date.year}"
    for work in cite.works(CITED_ONLINE):
        (line,) = [line for line in printed if line.endswith(f"URL: {work.address}.")]
        parts = [work.author, work.title, month]
        # That style prints no note of a chapter; BibTeX's own does.
        parts += {
            "book": [f"version {work.version} edition", f"Licence: {work.licence}"],
            "chapter": [work.book, f"chapter {work.number}", f"version {work.version} edition"],
            "data": [f"Version {work.version}", f"Licence: {work.licence}"],
        }[work.kind]
        assert all(part in line for part in parts), line


# BibTeX is no Python package; where there is none, pybtex above reads the same file.
@pytest.mark.skipif(not shutil.which("bibtex"), reason="BibTeX is not installed")
@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt"])
def test_bibtex_itself_misses_nothing(tmp_path: Path, style: str) -> None:
    (tmp_path / "cited.bib").write_bytes(cite.files(CITED_ONLINE)[cite.BIBTEX])
    asked = f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{cited}}\n"
    (tmp_path / "all.aux").write_text(asked, encoding="utf-8")
    told = subprocess.run(["bibtex", "all"], cwd=tmp_path, capture_output=True, text=True)
    # Debian has the program in one package and most of its styles in another.
    if "open style file" in told.stdout:
        pytest.skip(f"the style {style} is not installed")
    assert told.returncode == 0, told.stdout
    assert "Warning" not in told.stdout
    printed = " ".join((tmp_path / "all.bbl").read_text("utf-8").replace("~", " ").split())
    for work in WORKS:
        (entry,) = re.findall(rf"{{{work.key}}}(.*?)(?=\\bibitem|\\end)", printed)
        for part in (work.author, work.version, work.licence):
            assert part in entry, entry
        assert f"chapter {work.number}" in entry or work.kind != "chapter"


def test_ris_is_read_back_by_another_program() -> None:
    read = rispy.loads(cite.files(CITED_ONLINE)[cite.RIS].decode())
    for record, work in zip(read, cite.works(CITED_ONLINE), strict=True):
        kinds = {"book": "BOOK", "chapter": "CHAP", "data": "DATA"}
        assert record["type_of_reference"] == kinds[work.kind]
        assert (record["id"], record["title"]) == (work.key, work.title)
        assert [name.replace("\u00a0", " ") for name in record["authors"]] == [f"{work.author},"]
        assert (record["year"], record["date"]) == (str(work.date.year), f"{work.date:%Y/%m/%d}")
        assert record["edition"].split()[-1] == work.version
        number = f"Chapter {work.number}. " if work.number else ""
        assert record["notes"] == [f"{number}Licence: {work.licence}"]
        assert record["urls"] == [work.address]
        assert record.get("secondary_title", "") == work.book
        assert record.get("section", "") == work.number


def test_csl_is_printed_by_another_program() -> None:
    """In the style that citeproc-py brings, Harvard's of "Cite them right"."""
    items = json.loads(cite.files(CITED_ONLINE)[cite.CSL])
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    source = CiteProcJSON(items)
    printer = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        printer.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    works = cite.works(CITED_ONLINE)
    printed = {str(line).rpartition(": ")[2].rstrip("."): str(line)
               for line in printer.bibliography()}  # fmt: skip
    assert set(printed) == {work.address for work in works}
    for work in works:
        line = printed[work.address].replace("’", "'")
        assert line.startswith(f"{work.author} ({work.date.year}) ")
        assert work.title in line
        assert work.book in line
        # The style prints no version of a data set, and says of none that it is an edition.
        assert (f"Version {work.version}" in line) == (work.kind != "data")
        assert "edn" not in line


def test_csl_has_what_styles_print() -> None:
    items = json.loads(cite.files()[cite.CSL])
    assert [item["id"] for item in items] == [work.key for work in WORKS]
    book, chapter, data = items[0], items[1], items[-1]
    # Types and variables of the specification of CSL 1.0.2, appendices III and IV.
    assert [item["type"] for item in (book, chapter, data)] == ["book", "chapter", "dataset"]
    assert all(item["author"] == [{"literal": WORKS[0].author}] for item in items)
    assert chapter["container-title"] == book["title"]
    assert chapter["chapter-number"] == WORKS[1].number
    released = [int(part) for part in SOURCE["date-released"].split("-")]
    assert all(item["issued"] == {"date-parts": [released]} for item in items)
    # A bare number would be printed as that of an edition: "2026.11th ed."
    assert book["edition"] == f"Version {WORKS[0].version}"
    assert data["version"] == WORKS[0].version
    assert data["note"] == "Licence: CC0-1.0"
    assert "URL" not in book, "an address that nobody gave"


def test_what_bibtex_takes_for_commands_is_escaped() -> None:
    work = cite.Work("book", "k", "R & D_1, 50%", "A", WORKS[0].date, "1")
    assert r"R \& D\_1, 50\%" in cite.bibtex(work)


def test_ris_keeps_to_its_form() -> None:
    text = cite.files()[cite.RIS].decode()
    found = [record for record in text.split("\n\n") if record.strip()]
    assert len(found) == len(WORKS)
    for record, work in zip(found, WORKS, strict=True):
        lines = record.strip("\n").split("\n")
        # Two capitals or a capital and a digit, two spaces, a hyphen, a space.
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        assert lines[0].startswith("TY  - ")
        assert lines[-1] == "ER  - "
        tags = dict(line.split("  - ", 1) for line in lines)
        assert tags["TI"] == work.title
        assert tags["PY"] == str(work.date.year)
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["DA"])
        # Zotero sets a word of its own before the version of a data set.
        word = "" if work.kind == "data" else "Version "
        assert tags["ET"] == f"{word}{work.version}"
        assert tags["CR"] == work.licence
        # The number of a chapter in EndNote and a section in later JabRefs. Zotero has no field for
        # it and JabRef 3 drops it; both keep a note.
        assert tags.get("SE", "") == work.number
        number = f"Chapter {work.number}. " if work.number else ""
        assert tags["N1"] == f"{number}Licence: {work.licence}"


def test_ris_tells_jabref_the_author_the_book_and_the_month() -> None:
    """By the rules of JabRef's RisImporter: T2 is a journal and BT a book, and of several dates
    that of the first tag in this order counts, with the month if the value has one. Once for each
    line of the record it puts the last word of a name first, so that a name of several words comes
    out as two people; a space that does not break joins words to one.
    """
    for record, work in zip(tagged(), WORKS, strict=True):
        date = next(record[tag] for tag in ("Y1", "PY", "DA", "Y2") if tag in record)
        assert date.split("/")[:2] == [str(work.date.year), f"{work.date.month:02}"]
        assert record.get("BT", "") == work.book
        assert " " not in record["AU"]


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_ris_tells_zotero_of_a_body_and_not_of_a_person(work: cite.Work) -> None:
    """By the rules of Zotero's translator of RIS: what follows the first comma is a forename, and a
    name without one is a body's; DA is the date, and ET the version of a data set, else an edition.
    """
    (record,) = [record for record in tagged() if record["ID"] == work.key]
    last, _, forename = record["AU"].partition(",")
    assert (last.split("\u00a0"), forename.strip()) == (work.author.split(" "), "")
    assert dt.datetime.strptime(record["DA"], "%Y/%m/%d").date() == work.date
    assert (record["ET"] == work.version) == (work.kind == "data")
    # A word before a colon that ProCite knows would turn the note into another field.
    (word,) = re.findall(r"([A-Za-z,\s]+)\s*:", record["N1"])
    assert word.strip() == "Licence"


def tagged() -> list[dict[str, str]]:
    """The tags of each record as they stand."""
    records = cite.files()[cite.RIS].decode().strip("\n").split("\n\n")
    return [
        dict(line.split("  - ", 1) for line in record.strip("\n").split("\n")) for record in records
    ]


def test_an_address_is_cited_once_there_is_one() -> None:
    book, chapter, *_ = cite.works(CITED_ONLINE)
    assert book.text.endswith(" https://book.example/")
    assert chapter.address == "https://book.example/book/stock.html"
    assert f"url = {{{chapter.address}}}" in cite.bibtex(chapter)
    assert f"UR  - {chapter.address}\n" in cite.ris(chapter)


def test_the_readme_cites_the_book_alike() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").replace("*", "")
    assert WORKS[0].text in " ".join(readme.split())


# --- On the pages ------------------------------------------------------------------------------


def test_the_page_shows_every_citation_and_its_bibtex(chapters: Pages) -> None:
    page = chapters["book/cite.html"]
    shown = [p.get_text() for p in page.select("p.citation")]
    assert shown == [work.text for work in WORKS]
    assert [pre.get_text() for pre in page.select(".bibtex pre")] == list(map(cite.bibtex, WORKS))


def test_exhibits_and_pages_name_the_same_book(chapters: Pages) -> None:
    for page in chapters.values():
        for line in page.select(".exhibit-cite p"):
            assert line.get_text().startswith(f"{WORKS[0].author} ({WORKS[0].date.year}).")
            assert f"version {WORKS[0].version}" in line.get_text()
            book = line.select_one("cite")
            assert isinstance(book, Tag)
            assert WORKS[0].title.startswith(book.get_text())


def test_every_page_describes_itself_to_libraries_and_previews(chapters: Pages) -> None:
    for path, page in chapters.items():
        told = {
            str(m.get("name") or m.get("property")): str(m["content"])
            for m in page.select("meta[content]")
        }
        for name in ("description", "og:title", "og:description", "og:type", "citation_title"):
            assert told.get(name), f"{path}: no {name}"
        assert told["citation_author"] == WORKS[0].author
        assert told["citation_publication_date"] == str(WORKS[0].date.year)


def test_with_an_address_a_page_has_its_own_picture_and_one_address() -> None:
    drawing = SimpleNamespace(
        kind="figure", docname="book/stock", exhibit_id="stock-x", caption="What it shows."
    )
    config = SimpleNamespace(html_baseurl=f"{CITED_ONLINE}/")
    app: Any = SimpleNamespace(config=config, env=SimpleNamespace(exhibits={"stock-x": drawing}))
    address = f"{CITED_ONLINE}/book/stock.html"
    told = dict(metadata._addresses(app, "book/stock", {"pageurl": address}))
    assert told["og:url"] == told["citation_public_url"] == address
    assert told["og:image"] == f"{CITED_ONLINE}/_static/exhibits/stock-x.png"
    config.html_baseurl = ""
    assert metadata._addresses(app, "book/stock", {"pageurl": ""}) == []
