"""The reading order and the edition: read once, for the pages, the print and the citations."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from tools.contents import Page, reading_order, title
from tools.edition import Edition
from tools.notebooks import ROOT
from tools.published import ADDRESS

TOC = """
format: jb-book
root: book/index
parts:
  - caption: Questions
    numbered: true
    chapters:
      - file: book/one
  - caption: Reference
    chapters:
      - file: book/words
  - caption: More
    numbered: true
    chapters:
      - file: book/two
"""


def test_chapters_are_numbered_through_the_parts_that_have_numbers(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "two.ipynb").touch()
    assert reading_order(tmp_path) == (
        Page("book/index", "", "", notebook=False),
        Page("book/one", "Questions", "1", notebook=False),
        Page("book/words", "Reference", "", notebook=False),
        Page("book/two", "More", "2", notebook=True),
    )
    assert reading_order(tmp_path)[-1].name == "two"


def test_a_book_may_have_no_parts(tmp_path: Path) -> None:
    toc = "format: jb-book\nroot: one\nchapters:\n- file: two\n"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    assert [page.docname for page in reading_order(tmp_path)] == ["one", "two"]


def test_a_page_without_a_heading_is_named(tmp_path: Path) -> None:
    (tmp_path / "bare.md").write_text("Words.\n## Not the first\n", encoding="utf-8")
    with pytest.raises(ValueError, match="bare: no heading"):
        title(tmp_path, "bare")


def test_the_edition_is_that_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    citation = {
        "title": "A book: on years, 1990-2000",
        "authors": [{"name": "Some office"}, {"given-names": "Ada", "family-names": "Writer"}],
        "version": "2001.02", "date-released": "2001-02-03", "license": "CC0-1.0",
        "abstract": "In\ntwo lines.", "keywords": ["years"],
    }  # fmt: skip
    config = {"sphinx": {"config": {"language": "en-GB"}}}
    (tmp_path / "LICENSES").mkdir()
    (tmp_path / "LICENSES" / "CC0-1.0.txt").touch()
    for name, content in {"CITATION.cff": citation, "_config.yml": config}.items():
        (tmp_path / name).write_text(yaml.safe_dump(content), encoding="utf-8")
    monkeypatch.setenv(ADDRESS, "https://book.example")
    edition = Edition.of(tmp_path)
    assert edition == Edition(
        title="A book", subtitle="On years, 1990–2000", author="Some office, Ada Writer",
        version="2001.02", released=date(2001, 2, 3), licences=("CC0-1.0",),
        abstract="In two lines.", keywords=("years",), language="en-GB",
        address="https://book.example/",
    )  # fmt: skip
    assert edition.whole_title == "A book: on years, 1990–2000"
    assert edition.dated == "3 February 2001"


def test_the_licences_are_told_alike() -> None:
    licences = Edition.of(ROOT).licences
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (told,) = re.findall(r'^license = "(.*)"$', project, re.MULTILINE)
    # The library carries the typeface of the figures, which has a licence of its own.
    assert set(told.split(" AND ")) == {*licences, "OFL-1.1"}
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert all(licence in citation["message"] for licence in licences)
    assert citation["license"] in licences
