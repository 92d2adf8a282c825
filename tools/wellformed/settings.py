"""What the book is told of itself: `_config.yml`, `_toc.yml`, CITATION.cff, the references.

What Jupyter Book, Sphinx and readers of citations ask of these files is theirs to check; here it is
what the project's own code takes from them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.errors import capture
from pybtex.exceptions import PybtexError

from analysis import files
from analysis.files import TableError
from tools.published import Published

CONFIG, TOC, CITATION, REFERENCES = "_config.yml", "_toc.yml", "CITATION.cff", "book/references.bib"
# What the page of references and the links to it need of an entry.
ENTRY = ("author", "title", "year")
Wanted = tuple[str, Callable[[Any], bool], str]


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list_of_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_words, value))


def _authors(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_author, value))


def _author(value: Any) -> bool:
    return isinstance(value, dict) and _words(value.get("name") or value.get("family-names"))


def _day(value: Any) -> bool:
    try:
        dt.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


# Where each setting stands, whether a value of it will do, and what is expected.
SETTINGS: dict[str, list[Wanted]] = {
    CONFIG: [
        ("sphinx.config.language", _words, "a language such as en-GB"),
        ("sphinx.config.extensions", _list_of_words, "a list of names"),
        ("execute.execute_notebooks", lambda v: v == "off", "'off': outputs are those committed"),
        ("bibtex_bibfiles", _list_of_words, "a list of files"),
    ],
    TOC: [("root", _words, "the first page, such as book/index")],
    CITATION: [
        ("title", _words, "a title"),
        ("authors", _authors, "a list with a name or family-names each"),
        ("version", _words, "a version in quotation marks, such as '2026.11'"),
        ("date-released", _day, "a day such as 2026-11-21"),
        ("abstract", _words, "a text"),
        ("keywords", _list_of_words, "a list of words"),
    ],
}


def problems(root: Path) -> list[str]:
    """What is wrong with the settings of a folder, a line each."""
    found: list[str] = []
    for name, wanted in SETTINGS.items():
        try:
            settings = _read(root / name, name)
            told = [*_unfit(settings, wanted), *(_pages(settings, root) if name == TOC else ())]
            found += [f"{name}: {line}" for line in told]
        except TableError as error:
            found.append(str(error))
    if not found:
        found += _address(root)
    return found + list(_references(root / REFERENCES))


def _address(root: Path) -> Iterator[str]:
    """What is wrong with where the book is said to be published, here or in the environment."""
    try:
        Published.of(root)
    except ValueError as error:
        yield str(error)


def _read(path: Path, shown: str) -> dict[str, Any]:
    try:
        text = files.text(path, shown)
        if told := files.unseen(text):
            raise TableError(f"{shown}: {told}")
        settings = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = f"row {mark.line + 1}: " if mark else ""
        told = " ".join(str(getattr(error, "problem", None) or error).split())
        raise TableError(f"{shown}: {row}{told}; expected: YAML") from None
    if not isinstance(settings, dict):
        raise TableError(f"{shown}: {type(settings).__name__}; expected: settings by their names")
    return settings


def _unfit(settings: Any, wanted: list[Wanted]) -> Iterator[str]:
    for place, fits, expected in wanted:
        value = settings
        for part in place.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if not fits(value):
            yield f"field {place!r}: value {files.shortened(value)}: expected: {expected}"


def _pages(toc: dict[str, Any], root: Path) -> Iterator[str]:
    """What is wrong with the list of pages: its form, a page that is missing or listed twice."""
    listed = [toc["root"]] if _words(toc.get("root")) else []
    for part in toc.get("parts", [toc]) or [None]:
        pages = part.get("chapters") if isinstance(part, dict) else None
        if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
            shown = files.shortened(part)
            yield f"field 'parts': value {shown}: expected: a part with a list of chapters"
            return
        listed += [page.get("file") for page in pages]
    for page, times in Counter(map(str, listed)).items():
        if not any((root / f"{page}{end}").is_file() for end in (".ipynb", ".md")):
            yield f"field 'file': value {page!r}: expected: a page, {page}.ipynb or {page}.md"
        elif times > 1:
            yield f"field 'file': value {page!r}: stands {times} times; expected: once"


def _references(path: Path) -> Iterator[str]:
    """What is wrong with the bibliography: its form, or what an entry lacks."""
    try:
        text = files.text(path, REFERENCES)
        if amiss := files.unseen(text):
            raise TableError(f"{REFERENCES}: {amiss}")
    except TableError as error:
        yield str(error)
        return
    with capture() as told:
        try:
            entries = Parser().parse_string(text).entries
        except (PybtexError, BibliographyDataError) as error:
            told, entries = [error], {}
    for fault in told:
        row = getattr(fault, "lineno", None)
        place = f"{REFERENCES}: row {row}" if row else REFERENCES
        yield f"{place}: {' '.join(str(fault.args[0]).split())}; expected: BibTeX"
    for key, entry in entries.items():
        given = {*entry.fields, *entry.persons}
        for name in ENTRY:
            if name not in given:
                yield f"{REFERENCES}: entry {key!r}: field {name!r}: missing; expected: {name}"
    if not told and not entries:
        yield f"{REFERENCES}: row 1: no entry; expected: BibTeX"
