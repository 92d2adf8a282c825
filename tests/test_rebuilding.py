"""A build makes what changed and nothing else, and leaves what a build from nothing makes.

A small command is traced first; then the book is built in a copy by several processes with other
sentences, and again when the sentences are as they were: it must be the book built at once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tools import book, stored, traced
from tools.bench import floors
from tools.kept import Kept, key
from tools.notebooks import ROOT
from tools.pdf import shelf

# --- Things that are kept by what they are made from -------------------------------------------


def test_a_key_tells_every_part_and_their_borders() -> None:
    keys = [key("ab", "c"), key("a", "bc"), key("abc"), key("c", "ab"), key(b"ab", "c")]
    assert len(set(keys)) == 4
    assert keys[0] == keys[4]


def test_what_is_kept_is_had_by_its_key_alone_and_goes_when_nobody_asks(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    assert kept.get("one") is None
    assert kept.put("one", b"1") == kept.get("one") == b"1"
    kept.put("two", b"2")
    later = Kept(tmp_path / "kept")
    assert later.get("one") == b"1"
    assert later.get("three") is None
    later.tidy()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["one"]


@pytest.mark.parametrize("damaged", [b"", b"1", b"[]", bytes(100)])
def test_what_is_kept_but_not_whole_is_made_again(tmp_path: Path, damaged: bytes) -> None:
    kept = Kept(tmp_path)
    kept.put("one", b"a picture")
    (tmp_path / "one").write_bytes(damaged)
    assert kept.get("one") is None
    (tmp_path / "two").mkdir()
    assert kept.get("two") is None
    kept.put("one", b"a picture")
    (tmp_path / "one").write_bytes((tmp_path / "one").read_bytes()[:-1])
    assert kept.get("one") is None


# --- What was built and is not as it was left ---------------------------------------------------


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of what was made: a page, the front, and what Sphinx remembers of them."""
    site, remembered = tmp_path / "html", tmp_path / ".doctrees"
    for path in (site / "book" / "stock.html", site / shelf.FRONT, remembered / "environment"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"a {shelf.BEGIN}no PDF{shelf.END} b", encoding="utf-8")
    for name, place in {"BUILD": tmp_path, "SITE": site, "REMEMBERED": remembered}.items():
        monkeypatch.setattr(book, name, place)
    monkeypatch.setattr(book, "MADE", tmp_path / "made.json")
    book.MADE.write_text(json.dumps(book._made()), encoding="utf-8")
    return tmp_path


def test_printing_and_what_others_add_are_no_damage(made: Path) -> None:
    printed = f"a {shelf.BEGIN}<a>PDF</a>{shelf.END} b"
    (made / "html" / shelf.FRONT).write_text(printed, encoding="utf-8")
    (made / "html" / "brief.pdf").write_bytes(b"%PDF")
    assert book._stands()


@pytest.mark.parametrize(
    "name", ["html/book/stock.html", "html/book/index.html", ".doctrees/environment"]
)
@pytest.mark.parametrize("damage", ["missing", "", "a"])
def test_a_file_that_is_not_as_it_was_left_is_no_longer_what_was_made(
    made: Path, name: str, damage: str
) -> None:
    assert book._stands()
    (made / name).unlink()
    if damage != "missing":
        (made / name).write_text(damage, encoding="utf-8")
    assert not book._stands()


@pytest.mark.parametrize("note", ["", "[1]", "null", "{}", '{"html/book/stock.html": "'])
def test_a_note_of_what_was_made_that_is_damaged_vouches_for_nothing(made: Path, note: str) -> None:
    (made / "made.json").write_text(note, encoding="utf-8")
    assert not book._stands()


# --- What a command read ------------------------------------------------------------------------

COMMAND = """
import sys
from pathlib import Path

def main():
    from words import GREETING
    Path(sys.argv[1]).write_text(GREETING + Path("data/name.txt").read_text())
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one command, `greet:main`, which was run."""
    files = {
        "greet.py": COMMAND, "words.py": "GREETING = 'Hail '\n", "unused.py": "", "data/name.txt":
        "Caesar", "data/other.txt": "", "book/page.md": "# A page\n", "LICENSES/one.txt": "",
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (time.time() - 10,) * 2)
    (tmp_path / "project" / "analysis" / "fonts").mkdir(parents=True)
    return tmp_path / "project"


def run(project: Path, *arguments: str) -> None:
    code = "from pathlib import Path; from tools import traced; traced.main(Path.cwd())"
    subprocess.run(
        [sys.executable, "-B", "-c", code, "record.json", "greet:main", *arguments], cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(project), str(ROOT)])}, check=True,
    )  # fmt: skip


def told(project: Path, *arguments: str) -> list[str]:
    return traced.changed(project / "record.json", ["greet:main", *arguments], project)


def test_a_command_that_was_never_run_has_made_nothing(small: Path) -> None:
    assert told(small, "out.txt") == ["it was not made yet"]


@pytest.mark.parametrize("record", ["", "[1]", "null", "{}", '{"files": 1}', '{"files'])
def test_a_record_that_is_damaged_says_nothing_of_what_was_made(small: Path, record: str) -> None:
    (small / "record.json").write_text(record, encoding="utf-8")
    assert told(small, "out.txt") == ["it was not made yet"]


def test_each_change_of_what_a_command_read_is_told_and_no_other(small: Path) -> None:
    run(small, "out.txt")
    assert (small / "out.txt").read_text() == "Hail Caesar"
    assert told(small, "out.txt") == []
    for unread in ("unused.py", "data/other.txt"):
        (small / unread).write_text("X = 1\n")
    assert told(small, "out.txt") == []
    for read, text in {"data/name.txt": "Brutus", "words.py": "GREETING = 'Ave '\n"}.items():
        before = (small / read).read_text()
        (small / read).write_text(text)
        assert told(small, "out.txt") == [read]
        (small / read).write_text(before)
    (small / "data/name.txt").unlink()
    assert told(small, "out.txt") == ["data/name.txt"]


PART = """
import sys
from pathlib import Path

def main():
    rest = Path(sys.argv[1])
    if not rest.exists():
        rest.write_text(Path("data/name.txt").read_text())
"""


def test_what_was_read_for_a_part_that_stands_is_still_known_when_another_is_made(
    small: Path,
) -> None:
    (small / "greet.py").write_text(PART)
    os.utime(small / "greet.py", (1, 1))
    run(small, "out.txt")
    run(small, "out.txt")  # reads no data, since what it made of them stands
    (small / "data/name.txt").write_text("Brutus")
    assert told(small, "out.txt") == ["data/name.txt"]


def test_other_arguments_settings_and_new_files_are_changes(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(small, "out.txt")
    assert told(small, "elsewhere.txt") == ["arguments"]
    (small / "book" / "new.css").write_text("")
    assert told(small, "out.txt") == ["names"]
    monkeypatch.setenv("BOOK_ADDRESS", "https://figures.example/")
    assert told(small, "out.txt") == ["environment", "names"]


def test_nothing_is_recorded_where_a_file_changed_meanwhile_or_the_command_failed(
    small: Path,
) -> None:
    run(small, "out.txt")
    ahead = time.time() + 60
    os.utime(small / "words.py", (ahead, ahead))
    run(small, "out.txt")
    assert told(small, "out.txt") == ["it was not made yet"]
    os.utime(small / "words.py", (1, 1))
    run(small, "out.txt")
    with pytest.raises(subprocess.CalledProcessError):
        run(small, "no/such/folder.txt")
    assert told(small, "out.txt") == ["it was not made yet"]


# --- What others take of a page -----------------------------------------------------------------


def _page(**changes: Any) -> dict[str, Any]:
    exhibit = {"title": "Up", "rows": [["1"]], "phone": "<svg/>", "marks": {}, **changes}
    kind = "application/vnd.figures.exhibit+json"
    output = {"data": {kind: exhibit, "image/svg+xml": "<svg/>"}, "output_type": "display_data"}
    prose = "# Title\n\nA sentence.\n"
    return {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": prose},
            {"cell_type": "code", "metadata": {}, "source": "x", "outputs": [output]},
        ],
        "metadata": {"inputs": {"loaded": "events abc", "cells": "0 abc"}},
    }


def _handed_on(folder: Path, page: dict[str, Any], name: str) -> str:
    (folder / name).write_text(json.dumps(page))
    return stored.handed_on(folder / name)


@pytest.mark.parametrize(
    ("place", "old", "new", "same"),
    [
        ("cells", "A sentence.", "Another one.", True),
        ("cells", "<svg/>", "<svg><path/></svg>", True),  # the drawing for the page itself
        ("cells", "# Title", "# Another title", False),
        ("cells", "A sentence.", "A heading\\n===", False),
        ("cells", "A sentence.", "(target)=", False),
        ("cells", "A sentence.", "```{note}", False),
        ("cells", '"Up"', '"Down"', False),
        ("cells", '[["1"]]', '[["2"]]', False),
        ("metadata", "events abc", "events abc, dates abc", False),
        ("metadata", "0 abc", "0 def", True),
    ],
)
def test_others_take_headings_targets_and_exhibits_of_a_page_and_no_sentences(
    tmp_path: Path, place: str, old: str, new: str, same: bool
) -> None:
    page = _page()
    text = json.dumps(page[place])
    assert old in text
    other = {**page, place: json.loads(text.replace(old, new))}
    before, after = _handed_on(tmp_path, page, "a.ipynb"), _handed_on(tmp_path, other, "b.ipynb")
    assert (before == after) is same


def test_of_a_glossary_others_take_every_word(tmp_path: Path) -> None:
    for name, same in {"glossary.md": False, "methods.md": True}.items():
        path = tmp_path / name
        path.write_text("# Words\n\nshare\n  A part of a whole.\n")
        before = stored.handed_on(path)
        path.write_text("# Words\n\nshare\n  A part.\n")
        assert (stored.handed_on(path) == before) is same


# --- The book ------------------------------------------------------------------------------------

SENTENCE = "A sentence that will go again."
# Every build of Sphinx in a process that imports this has two processes to read and write with. Two
# extensions that Jupyter Book brings do not say whether that is safe; those of the book must.
IN_PARALLEL = """
from sphinx.application import Sphinx

begin, ask = Sphinx.__init__, Sphinx.is_parallel_allowed

def allowed(self, kind):
    for each in self.extensions.values():
        if each.parallel_read_safe is None:
            each.parallel_read_safe = True
    return ask(self, kind)

Sphinx.__init__ = lambda self, *given, **named: begin(self, *given, **{**named, "parallel": 2})
Sphinx.is_parallel_allowed = allowed
"""


def _said_more(page: Path) -> None:
    """Put the sentence at the end of a page, or of the first paragraph of a notebook."""
    if page.suffix == ".md":
        page.write_text(f"{page.read_text('utf-8')}\n{SENTENCE}\n", encoding="utf-8")
        return
    notebook = nbformat.read(page, as_version=4)
    prose = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    prose.source += f"\n\n{SENTENCE}"
    nbformat.write(notebook, page)


PRINTED = re.compile(f"{shelf.BEGIN}.*?{shelf.END}".encode(), re.DOTALL)


def _site(folder: Path) -> dict[str, bytes]:
    """The files of a site, but for what printing puts there and what tells two builds apart."""
    return {
        path.relative_to(folder).as_posix(): PRINTED.sub(b"", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (".buildinfo", "objects.inv")
        if path.suffix not in (".pdf", ".part")
    }


def test_pages_read_and_written_by_several_processes_and_one_by_one_are_those_built_at_once(
    site: Path, tmp_path: Path
) -> None:
    copy = floors.project(ROOT, tmp_path / "project")
    kept = site.parent / "kept"
    shutil.copytree(kept / "slides", copy / "_build" / "kept" / "slides")
    (tmp_path / "patch").mkdir()
    (tmp_path / "patch" / "sitecustomize.py").write_text(IN_PARALLEL)
    edited = [copy / "book" / name for name in ("methods.md", "timeline.ipynb")]
    before = [page.read_bytes() for page in edited]
    for page in edited:
        _said_more(page)

    def build(*first: Path) -> None:
        path = os.pathsep.join(map(str, [*first, copy]))
        result = subprocess.run(
            [sys.executable, "-m", "tools.book"], cwd=copy, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert result.returncode == 0, result.stderr

    build(tmp_path / "patch")
    built = copy / "_build" / "html"
    for page in edited:
        assert SENTENCE in (built / "book" / f"{page.stem}.html").read_text(encoding="utf-8")
    untouched = (built / "book" / "stock.html").stat().st_mtime_ns
    for page, content in zip(edited, before, strict=True):
        page.write_bytes(content)
    build()
    assert (built / "book" / "stock.html").stat().st_mtime_ns == untouched, "written needlessly"
    now, at_once = _site(built), _site(site)
    assert sorted(now) == sorted(at_once)
    assert [name for name, content in now.items() if at_once[name] != content] == []
