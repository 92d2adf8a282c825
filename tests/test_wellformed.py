"""Whatever is wrong with a file is told on one line, by every command, before it begins."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import tables
from tools import wellformed
from tools.contents import reading_order
from tools.inputs import ROOT
from tools.wellformed import data, notebooks, settings, texts

Damage = Callable[[bytes], bytes]
TABLE = "data/stated/events.csv"
PARTS = ("path", "schema")


# The tables that are damaged; those that they refer to go with them.
KEPT = ("events", "statements", "un_membership_by_year", "treaty_actions")


def _referred_to(table: str) -> set[str]:
    keys = tables.describe(table)["schema"].get("foreignKeys", [])
    return {key["reference"]["resource"] or table for key in keys}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all that is checked but most of the tables and of the pages' content."""
    root = tmp_path_factory.mktemp("whole")
    (root / "book").mkdir()
    for name in ("_config.yml", "_toc.yml", "CITATION.cff", "book/references.bib"):
        shutil.copy(ROOT / name, root / name)
    for page in (page.docname for page in reading_order(ROOT)):
        (root / f"{page}.md").write_text("# A page\n", encoding="utf-8")
    shutil.copy(ROOT / "book/stock.ipynb", root / "book")
    described = json.loads(tables.PACKAGE.read_text(encoding="utf-8"))
    kept = set(KEPT)
    while more := {name for table in kept for name in _referred_to(table)} - kept:
        kept |= more
    described["resources"] = [r for r in described["resources"] if r["name"] in kept]
    for path in [resource[part] for resource in described["resources"] for part in PARTS]:
        (root / "data" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tables.PACKAGE.parent / path, root / "data" / path)
    text = json.dumps(described, indent=2, ensure_ascii=False)
    (root / "data" / tables.PACKAGE.name).write_text(text, encoding="utf-8")
    assert wellformed.problems(root) == []
    return root


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy", ignore=shutil.ignore_patterns("_build")))


def damage(root: Path, path: str, change: Damage) -> None:
    before = (root / path).read_bytes()
    after = change(before)
    assert after != before
    (root / path).write_bytes(after)


def line(number: int, change: Damage) -> Damage:
    """A change of one line of a file, from 1."""

    def changed(content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[number - 1] = change(lines[number - 1])
        return b"\n".join(lines)

    return changed


def swap(old: str, new: str) -> Damage:
    def swapped(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return swapped


# The row that is doubled, under another title.
FIRST = (ROOT / TABLE).read_text(encoding="utf-8").split("\n")[1].split(",")
DOUBLED = ",".join([*FIRST[:5], "Another title", *FIRST[6:]]).encode() + b"\n"


def prefixed(mark: str) -> Damage:
    return line(2, lambda row: mark.encode() + row)


TABLES: dict[str, tuple[Damage, list[str]]] = {
    "an extra comma": (line(2, lambda row: row + b","), ["row 2", "cells"]),
    "a short row": (line(2, lambda row: row.rsplit(b",", 1)[0]), ["row 2", "cells"]),
    "a long header": (line(1, lambda row: row + b",more"), ["row 1", "'more' is not in"]),
    "an empty line": (line(2, lambda row: b"\n" + row), ["row 2", "0 cells"]),
    "an unclosed quotation mark": (prefixed('"'), ["row 2", "quotation mark"]),
    "text after a quotation mark": (prefixed('"a"b'), ["row 2", "quotation mark"]),
    "semicolons": (lambda c: c.replace(b",", b";"), ["row 1", "is missing"]),
    "tabs": (lambda c: c.replace(b",", b"\t"), ["row 1", "is missing"]),
    "Latin-1": (lambda c: c + b"caf\xe9,", ["0xe9", "expected encoding: utf-8"]),
    "UTF-16": (lambda c: c.decode().encode("utf-16"), ["UTF-16", "expected encoding"]),
    "UTF-16 without a mark": (lambda c: c.decode().encode("utf-16-le"), ["row 1"]),
    "a byte order mark": (lambda c: b"\xef\xbb\xbf" + c, ["byte order mark"]),
    "NUL": (prefixed("\0"), ["row 2", "U+0000"]),
    "a bell": (prefixed("\a"), ["row 2", "U+0007"]),
    "an escape": (prefixed("\x1b[31m"), ["row 2", "U+001B"]),
    "a tab in a cell": (prefixed("a\t"), ["row 2", "U+0009"]),
    "delete": (prefixed("\x7f"), ["row 2", "U+007F"]),
    "a control character of C1": (prefixed("\x85"), ["row 2", "U+0085"]),
    "a carriage return alone": (prefixed("a\r"), ["row 2"]),
    "carriage returns for line ends": (lambda c: c.replace(b"\n", b"\r"), ["row 1"]),
    "a line end in a cell": (prefixed('"a\nb"'), ["row 2"]),
    "text turned right to left": (prefixed("\u202e"), ["U+202E", "RIGHT-TO-LEFT OVERRIDE"]),
    "an isolate": (prefixed("\u2066"), ["U+2066", "LEFT-TO-RIGHT ISOLATE"]),
    "a widthless space": (prefixed("\u200b"), ["U+200B", "ZERO WIDTH SPACE"]),
    "a soft hyphen": (prefixed("\u00ad"), ["U+00AD", "SOFT HYPHEN"]),
    "a line separator": (prefixed("\u2028"), ["U+2028", "LINE SEPARATOR"]),
    "a byte order mark in a cell": (prefixed("\ufeff"), ["row 2", "U+FEFF"]),
    "a private character": (prefixed("\ue000"), ["row 2", "U+E000"]),
    "a leading space": (prefixed(" "), ["row 2", "no space at either end"]),
    "a leading no-break space": (prefixed("\u00a0"), ["row 2", "no space at either end"]),
    "a trailing space": (line(2, lambda row: row + b" "), ["row 2", "no space at either end"]),
    "a header alone": (lambda c: c.split(b"\n")[0] + b"\n", ["row 2", "no row"]),
    "an empty file": (lambda c: b"", ["row 1", "the file is empty"]),
    "a column named twice": (line(1, lambda row: row.replace(b"note", b"source")), ["row 1"]),
    "a renamed column": (line(1, swap("event_id", "id")), ["'event_id' is missing"]),
    "columns in another order": (
        line(1, lambda row: b",".join(reversed(row.split(b",")))), ["columns out of order"],
    ),
    "no column of that name": (line(1, swap(",", ",,")), ["'' is not in the schema"]),
    "a doubled key": (lambda c: c + DOUBLED, ["field 'event_id'", "the same as in the row"]),
    "a merge that is not finished": (line(2, lambda row: b"<<<<<<< ours\n" + row), ["row 2: <<<"]),
    "a merge half finished": (line(2, lambda row: b"=======\n" + row), ["row 2: ====="]),
    "a formula": (prefixed("=1+"), ["row 2", "no spreadsheet takes for a formula"]),
    "a formula with a sign": (prefixed("-A1+"), ["row 2", "no spreadsheet"]),
    "a letter and its accent apart": (prefixed("e\u0301"), ["row 2", "NFC"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_malformed_table_is_told_on_one_line(copy: Path, kind: str) -> None:
    change, parts = TABLES[kind]
    damage(copy, TABLE, change)
    found = data.problems_of("events", copy / "data" / tables.PACKAGE.name)
    assert len(found) == 1, found
    for part in [TABLE, *parts]:
        assert part in found[0]
    assert found[0].isprintable()


VALUES = [
    ("record/un_membership_by_year", "1990,159", "1990,many", ["row 2", "'many'", "integer"]),
    ("record/un_membership_by_year", "1990,159", "1990,1_59", ["row 2", "'1_59'", "digits"]),
    ("record/un_membership_by_year", "1990,159", "1990,١٥٩", ["row 2", "digits"]),
    ("record/un_membership_by_year", "1990,159", "1990,+159", ["row 2", "'+159'"]),
    ("record/un_membership_by_year", "1990,159", "1990,159.0", ["row 2", "'159.0'"]),
    ("record/un_membership_by_year", "1990,159", '1990,"1,590"', ["row 2", "'1,590'"]),
    ("stated/statements", ",175000000,", ",NaN,", ["'NaN'", "number"]),
    ("stated/statements", ",175000000,", ",1.75e8,", ["'1.75e8'", "number"]),
    ("stated/statements", ",175000000,", ',"175,000,000",', ["'175,000,000'", "number"]),
    ("stated/statements", ",175000000,", ",17500000O,", ["'17500000O'", "number"]),
    ("stated/statements", ",GRCP7,", ",GRCP8,", ["'GRCP8'", "a row of the table documents"]),
    ("stated/statements", ",exact,", ",precise,", ["'precise'", "enum"]),
    ("record/treaty_actions", "1993-02-19", "1993-02-30", ["'1993-02-30'", "date"]),
    ("record/treaty_actions", "1993-02-19", "19/02/1993", ["'19/02/1993'", "date"]),
    ("record/treaty_actions", "1993-02-19", "1993-2-19", ["'1993-2-19'", "date"]),
]


@pytest.mark.parametrize(("table", "old", "new", "parts"), VALUES)
def test_a_bad_value_is_told_on_one_line(
    copy: Path, table: str, old: str, new: str, parts: list[str]
) -> None:
    damage(copy, f"data/{table}.csv", swap(old, new))
    found = data.problems_of(Path(table).name, copy / "data" / tables.PACKAGE.name)
    assert len(found) == 1, found
    for part in [f"data/{table}.csv: row ", "field ", "value ", "expected: ", *parts]:
        assert part in found[0]


def _gone(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


@pytest.mark.parametrize("path", [
    TABLE, "data/schemas/events.json", "data/datapackage.json", "_config.yml", "_toc.yml",
    "CITATION.cff", "book/references.bib",
])  # fmt: skip
@pytest.mark.parametrize("change", [_gone, _folder, _loop])
def test_a_file_that_is_none_is_told_on_one_line(
    copy: Path, path: str, change: Callable[[Path], None]
) -> None:
    change(copy / path)
    (found,) = data.problems(copy) if path.startswith("data") else settings.problems(copy)
    assert Path(path).name in found
    assert "expected: a file" in found


@pytest.mark.parametrize("path", ["analysis/days.py", "analysis/stock/figures.py"])
def test_code_that_may_not_be_read_are_told(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, _: Path(place) != ROOT / path)
    told = f"{path}: Permission denied; expected: a file that can be read"
    assert wellformed.problems(ROOT) == [told]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="no modes bind this user")
def test_a_file_that_may_not_be_read_is_told_on_one_line(copy: Path) -> None:
    (copy / TABLE).chmod(0)
    (found,) = wellformed.problems(copy)
    assert f"{TABLE}: Permission denied; expected: a file that can be read" in found


SETTINGS = [
    ("data/datapackage.json", lambda c: c[:-20], ["row ", "expected: JSON"]),
    ("data/datapackage.json", lambda c: b"[]", ["list", "expected: an object"]),
    ("data/datapackage.json", lambda c: b"", ["row 1", "expected: JSON"]),
    ("data/datapackage.json", swap('"resources"', '"tables"'), ["'resources'", "expected"]),
    ("data/datapackage.json", swap('"path": "stated', '"way": "stated'), ["'path'", "expected"]),
    ("data/datapackage.json", swap("stated/events.csv", "stated/event.csv"),
     ["stated/event.csv", "missing"]),
    ("data/datapackage.json", swap("schemas/events.json", "schemas/event.json"),
     ["schemas/event.json", "missing"]),
    ("data/schemas/events.json", lambda c: c.replace(b"\n", b"\n<<<<<<< ours\n", 1),
     ["schemas/events.json", "row 2", "merge"]),
    ("data/schemas/events.json", swap('"fields"', '"columns"'), ["events", "expected"]),
    ("data/schemas/events.json", swap('"type": "string"', '"type": "text"'), ["events", "type"]),
    ("data/schemas/events.json", swap('"type": "string",', ""), ["events", "type"]),
    ("data/schemas/events.json", swap('"name": "event_id"', '"name": "title"'), ["events"]),
    ("data/schemas/events.json", swap('"resource": "documents"', '"resource": "papers"'),
     ["papers"]),
    ("_config.yml", swap("execute:", "execute: ["), ["_config.yml: row", "YAML"]),
    ("_config.yml", swap("execute:", "\texecute:"), ["_config.yml: row", "YAML"]),
    ("_config.yml", lambda c: b"", ["_config.yml", "expected"]),
    ("_config.yml", swap('"off"', '"force"'), ["'force'", "expected: 'off'"]),
    ("_config.yml", swap("language: en-GB", "language:"), ["sphinx.config.language", "en-GB"]),
    ("_toc.yml", swap("book/stock", "book/stocks"), ["'book/stocks'", "expected: a page"]),
    ("_toc.yml", swap("book/stock", "book/audit"), ["'book/audit'", "2 times"]),
    ("_toc.yml", swap("root: ", "roof: "), ["'root'", "the first page"]),
    ("_toc.yml", swap("    chapters:", "    pages:"), ["'parts'", "chapters"]),
    ("_toc.yml", lambda c: b"- a\n- b\n", ["list", "expected: settings"]),
    ("CITATION.cff", swap('\nversion: "2026.11"', "\nversion: 2026.11"),
     ["'version'", "quotation marks"]),
    ("CITATION.cff", swap('date-released: "2026-11-', 'date-released: "2026-13-'),
     ["'date-released'", "a day"]),
    ("CITATION.cff", swap("authors:", "writers:"), ["'authors'"]),
    ("book/references.bib", lambda c: c.replace(b"}}\n", b"}\n", 1), ["references.bib", "BibTeX"]),
    ("book/references.bib", swap("year = {2003}", ""), ["'manski2003'", "'year'", "missing"]),
    ("book/references.bib", swap("{manski2007", "{manski2003"), ["manski2003"]),
    ("book/references.bib", lambda c: b"", ["no entry"]),
    ("book/stock.ipynb", lambda c: c[:-9], ["book/stock.ipynb: row", "expected: JSON"]),
    ("book/stock.ipynb", lambda c: b"{}", ["expected: a notebook"]),
    ("book/stock.ipynb", swap('"cell_type": "markdown"', '"cell_type": "text"'), ["cell 0"]),
    ("book/stock.ipynb", line(9, lambda row: b"<<<<<<< ours"), ["row 9", "merge"]),
    ("book/stock.ipynb", lambda c: c + b"\xff", ["0xff"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "change", "parts"), SETTINGS)
def test_a_malformed_description_is_told_on_one_line(
    copy: Path, path: str, change: Damage, parts: list[str]
) -> None:
    damage(copy, path, change)
    found = settings.problems(copy) + notebooks.problems(copy)
    found += data.problems(copy) if path.startswith("data") else []
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0]


TEXTS = ("book/trust.md", *texts.PLAIN, *texts.RECORDS, *texts.LISTS, texts.VERSION)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the texts alone."""
    root = tmp_path_factory.mktemp("project")
    for path in TEXTS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    assert texts.problems(root) == []
    return root


MALFORMED: dict[str, tuple[Damage, str]] = {
    "Latin-1": (lambda c: c + b"caf\xe9", "0xe9 is not UTF-8"),
    "UTF-16": (lambda c: c.decode().encode("utf-16"), "the mark of UTF-16"),
    "a byte order mark": (lambda c: b"\xef\xbb\xbf" + c, "a byte order mark"),
    "NUL": (lambda c: c.replace(b"\n", b"\n\0", 1), "row 2: U+0000, a control character"),
    "an escape": (lambda c: c.replace(b"\n", b"\n\x1b[31m", 1), "row 2: U+001B"),
    "text turned right to left": (
        lambda c: c.replace(b"\n", "\n\u202e".encode(), 1), "row 2: U+202E, RIGHT-TO-LEFT OVERRIDE",
    ),
    "a widthless space": (lambda c: c.replace(b"\n", "\n\u200b".encode(), 1), "row 2: U+200B"),
    "carriage returns": (lambda c: c.replace(b"\n", b"\r"), "row 1: a carriage return"),
    "a merge": (lambda c: c.replace(b"\n", b"\n<<<<<<< ours\n", 1), "row 2: <<<<<<<"),
    "nothing": (lambda c: b"", "row 1: the file is empty"),
    "blanks": (lambda c: b" \n \n", "row 1: the file is empty"),
}  # fmt: skip


@pytest.mark.parametrize("path", TEXTS)
def test_a_malformed_text_is_told_on_one_line(project: Path, path: str) -> None:
    whole = (project / path).read_bytes()
    for change, told in MALFORMED.values():
        (project / path).write_bytes(change(whole))
        (found,) = texts.problems(project)
        assert found.startswith(f"{path}: ")
        assert told in found
        assert "expected" in found
        assert found.isprintable()
    (project / path).unlink()
    (project / path).symlink_to("nowhere")
    assert texts.problems(project) == [
        f"{path}: the file is missing; expected: a file of this name"
    ]
    (project / path).unlink()
    (project / path).mkdir()
    assert texts.problems(project) == [f"{path}: Is a directory; expected: a file that can be read"]
    (project / path).rmdir()
    (project / path).write_bytes(whole)
    assert texts.problems(project) == []


@pytest.mark.parametrize(
    ("path", "change", "told"),
    [
        (".zenodo.json", lambda c: c[:-9], "expected: JSON"),
        ("book/trust.json", lambda c: b"[]", "expected: an object"),
        ("pyproject.toml", lambda c: b"[project\n" + c, "expected: TOML"),
        ("book/redirects.csv", lambda c: c.replace(b"from,", b"of,"), "expected: from, to"),
        ("book/columns.csv", line(2, lambda row: row + b",more"), "row 2: 5 cells"),
        ("tools/supply/licences.csv", line(2, lambda row: b'"' + row), "quotation mark closed"),
    ],
)
def test_a_text_that_is_not_what_it_is_for_is_told(
    project: Path, path: str, change: Damage, told: str
) -> None:
    whole = (project / path).read_bytes()
    (project / path).write_bytes(change(whole))
    (found,) = texts.problems(project)
    (project / path).write_bytes(whole)
    assert found.startswith(f"{path}: ")
    assert told in found


def test_a_text_that_may_not_be_read_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert "book/trust.md: Permission denied; expected: a file that can be read" in texts.problems(
        project
    )


@pytest.mark.parametrize("path", ["_config.yml", "CITATION.cff", "book/references.bib"])
def test_a_setting_has_no_character_that_nobody_sees(copy: Path, path: str) -> None:
    damage(copy, path, lambda c: c.replace(b"\n", "\u202e\n".encode(), 1))
    (found,) = settings.problems(copy)
    assert f"{path}: row 1: U+202E, RIGHT-TO-LEFT OVERRIDE; expected: " in found


def test_an_address_that_is_none_is_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_ADDRESS", "book.example")
    (line,) = wellformed.problems(copy)
    assert line.startswith("BOOK_ADDRESS: 'book.example': expected an address that begins with")


@pytest.mark.parametrize("path", ["book/stock.ipynb", "data/schemas/events.json"])
def test_a_description_has_no_character_that_nobody_sees(copy: Path, path: str) -> None:
    damage(copy, path, lambda c: c.replace(b'": "', '": "\u200b'.encode(), 1))
    found = notebooks.problems(copy) if path.endswith("ipynb") else data.problems(copy)
    assert len(found) == 1
    assert "U+200B, ZERO WIDTH SPACE; expected: text without it" in found[0]


def test_problems_beyond_the_first_are_counted(copy: Path) -> None:
    damage(copy, TABLE, lambda c: c.replace(b"\n", b",\n").replace(b",\n", b"\n", 1))
    found = data.problems_of("events", copy / "data" / tables.PACKAGE.name)
    assert len(found) == 6
    assert re.search(r"and \d+ more problems", found[-1])


def test_what_was_whole_is_checked_again_once_a_byte_changes(copy: Path) -> None:
    assert wellformed.problems(copy) == []
    assert wellformed.problems(copy) == []
    damage(copy, TABLE, line(2, lambda row: row + b","))
    assert wellformed.problems(copy)


COMMANDS = [
    ["tools.verify"], ["tools.book"], ["tools.notebooks"], ["tools.notebooks", "--check"],
    ["tools.prove", "--quick"], ["tools.wellformed"], ["pytest", "tests/test_words.py"],
]  # fmt: skip


@pytest.fixture(scope="module")
def broken(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a bad cell, for commands that must leave it as it is."""
    root = Path(shutil.copytree(whole, tmp_path_factory.mktemp("broken") / "project"))
    beside = (*texts.PLAIN, *texts.RECORDS, *texts.LISTS)
    folders = ("analysis", "tools", "tests")
    for name in (*folders, *(n for n in beside if not n.startswith(folders)), texts.VERSION):
        path = ROOT / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, root / name)
    table = root / "data/record/un_membership_by_year.csv"
    table.write_text(table.read_text("utf-8").replace("1990,159", "1990,many"), encoding="utf-8")
    return root


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_tells_of_a_bad_cell_once_and_begins_nothing(
    broken: Path, command: list[str]
) -> None:
    before = {path for path in broken.rglob("*") if "__pycache__" not in path.parts}
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=broken, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(broken), "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )  # fmt: skip
    assert result.returncode
    said = result.stdout + result.stderr
    told_of = [row for row in said.splitlines() if "un_membership_by_year.csv: row 2" in row]
    assert len(told_of) == 1, said
    assert "'many'" in told_of[0]
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 3, said
    made = {path for path in broken.rglob("*") if "__pycache__" not in path.parts} - before
    assert not {path for path in made if ".pytest_cache" not in path.parts}
