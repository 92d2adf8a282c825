"""What archives read of the book: the files are of the forms that their loaders take."""

from __future__ import annotations

import copy
import importlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import cite
from tools.edition import Edition

ROOT = Path(__file__).resolve().parent.parent
ZENODO, CITATION = ".zenodo.json", "CITATION.cff"
SCHEMAS = {ZENODO: "zenodo.json", CITATION: "citation.json"}
BOOKS = {"book", "section", "report"}


@cache
def validator(name: str) -> Any:
    # By name, since it comes without types.
    jsonschema = importlib.import_module("jsonschema")
    path = ROOT / "tests" / "schemas" / SCHEMAS[name]
    kind = jsonschema.Draft7Validator
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def read(name: str) -> dict[str, Any]:
    # JSON is YAML too; a day stays text where it is quoted, as the format asks.
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def problems(name: str, content: Any) -> Iterator[str]:
    for error in validator(name).iter_errors(content):
        place = " ".join(map(str, error.absolute_path)) or "the whole"
        yield f"{name}: {place}: {error.message}"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_for_archives_is_of_the_form_that_its_loader_takes(name: str) -> None:
    assert list(problems(name, read(name))) == []


GONE = object()


def changed(content: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """A copy with another value at a place, or without it."""
    *way, last = (int(part) if part.isdigit() else part for part in place.split("/"))
    found: Any = (whole := copy.deepcopy(content))
    for part in way:
        found = found[part]
    if value is GONE:
        del found[last]
    else:
        found[last] = value
    return whole


# What people get wrong in such files; the first of each is of zenodo/zenodo#2515.
FAULTS: list[tuple[str, str, Any]] = [
    (ZENODO, "license", ["CC-BY-4.0", "BSD-3-Clause", "CC0-1.0"]),
    (ZENODO, "license", "CC BY 4.0"),
    (ZENODO, "license", "https://creativecommons.org/licenses/by/4.0/"),
    (ZENODO, "license", "CC-BY-4.0 AND CC0-1.0"),
    (ZENODO, "upload_type", "book"),
    (ZENODO, "publication_type", "monograph"),
    (ZENODO, "publication_type", GONE),
    (ZENODO, "publication_date", "27 November 2026"),
    (ZENODO, "publication_date", "2026-02-30"),
    (ZENODO, "publication_date", 20261127),
    (ZENODO, "creators", "The contributors"),
    (ZENODO, "creators", []),
    (ZENODO, "creators/0/name", GONE),
    (ZENODO, "creators/0/ORCID", "0000-0002-1825-0097"),
    (ZENODO, "creators/0/orcid", "https://orcid.org/0000-0002-1825-0097"),
    (ZENODO, "keywords", "migration, development"),
    (ZENODO, "language", "en"),
    (ZENODO, "access_right", "public"),
    (ZENODO, "version", 2026.11),
    (ZENODO, "related_identifiers", [{"identifier": "10.5281/1", "relation": "supplements"}]),
    (ZENODO, "abstract", "Of another format."),
    (ZENODO, "description", GONE),
    (CITATION, "license", ["CC-BY-4.0", "BSD-3-Clause", "CC0-1.0"]),
    (CITATION, "license", "CC BY 4.0"),
    (CITATION, "type", "book"),
    (CITATION, "authors", []),
    (CITATION, "authors/0", {"given-names": "A"}),
    (CITATION, "authors/0", {"name": "A", "family-names": "B"}),
    (CITATION, "date-released", "27 November 2026"),
    (CITATION, "date-released", "2026-02-30"),
    (CITATION, "keywords", "migration"),
    (CITATION, "cff-version", "1.3.0"),
    (CITATION, "message", GONE),
    (CITATION, "publication_date", "2026-11-27"),
    (CITATION, "preferred-citation/type", "monograph"),
    (CITATION, "preferred-citation/month", 13),
    (CITATION, "preferred-citation/authors", GONE),
    (CITATION, "preferred-citation/version", 2026.11),
]


@pytest.mark.parametrize(("name", "place", "value"), FAULTS)
def test_a_fault_is_told_with_its_place(name: str, place: str, value: Any) -> None:
    told = list(problems(name, changed(read(name), place, value)))
    assert told
    *way, last = place.split("/")
    # A field that is missing or unknown is told of what it belongs to.
    assert any(" ".join(way) in line and last in line for line in told), told


def test_an_embargo_ends_on_a_day() -> None:
    closed = changed(read(ZENODO), "access_right", "embargoed")
    (told,) = problems(ZENODO, closed)
    assert "'embargo_date' is a required property" in told
    assert list(problems(ZENODO, {**closed, "embargo_date": "2027-01-31"})) == []


def test_a_day_that_is_no_text_is_told() -> None:
    """YAML makes a date of a day without quotes, which the format's schema refuses."""
    content = changed(read(CITATION), "date-released", yaml.safe_load("2026-11-27"))
    (told,) = problems(CITATION, content)
    assert "date-released" in told


def test_a_book_is_filed_as_a_book_under_one_licence() -> None:
    zenodo, citation = read(ZENODO), read(CITATION)
    assert zenodo["upload_type"] == "publication"
    assert zenodo["publication_type"] in BOOKS
    assert zenodo["access_right"] == "open"
    # The format knows software and data alone; what is to be cited says of what kind it is.
    assert citation["type"] == "dataset"
    assert citation["preferred-citation"]["type"] in BOOKS
    assert {zenodo["license"], citation["license"], citation["preferred-citation"]["license"]} == {
        cite.LICENCE
    }
    for licence in Edition.of(ROOT).licences:
        assert licence in zenodo["notes"]
        assert licence in citation["message"]


def test_what_archives_read_is_what_is_cited() -> None:
    zenodo, citation, book = read(ZENODO), read(CITATION), cite.works()[0]
    preferred, released = citation["preferred-citation"], citation["date-released"]
    for key in ("title", "authors", "version"):
        assert preferred[key] == citation[key]
    assert (preferred["year"], preferred["month"]) == tuple(map(int, released.split("-")[:2]))
    assert zenodo["title"] == book.title
    assert zenodo["creators"] == [{"name": book.author}]
    assert zenodo["description"] == f"<p>{' '.join(citation['abstract'].split())}</p>"
    assert zenodo["publication_date"] == released
    for key in ("version", "license", "keywords"):
        assert zenodo[key] == citation[key], key
