"""The rules of the house: imports one way, notebooks of one manner, dependencies with reasons."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from analysis.exhibits import MIME
from analysis.register import CHAPTERS
from analysis.tables import describe, names
from tools.contents import reading_order, title
from tools.edition import Edition
from tools.notebooks import notebooks, problem
from tools.picture import PICTURE, drawing

ROOT = Path(__file__).resolve().parent.parent


def _contracts_hold(root: Path) -> tuple[bool, str]:
    """Whether the imports of a tree keep its contracts, and what is said."""
    result = subprocess.run(
        [sys.executable, "-m", "tools.imports"], cwd=root, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
    )  # fmt: skip
    return result.returncode == 0, result.stdout + result.stderr


AGAINST = {
    "survey/replies.py": "analysis.stock.estimates",  # a chapter another chapter
    "words.py": "analysis.audit.pairs",  # the ground a chapter
    "precision.py": "analysis.statements",  # a floor the one above
    "stock/estimates.py": "analysis.stock.tables",  # what is computed what is shown
    "style.py": "tools.notebooks",  # the analysis how the book is made
}


def test_each_import_against_the_contracts_is_found(tmp_path: Path) -> None:
    for folder in ("analysis", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("fonts"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _contracts_hold(tmp_path)[0]
    for module, wanted in AGAINST.items():
        path = tmp_path / "analysis" / module
        path.write_text(f"{path.read_text('utf-8')}\nimport {wanted}\n", encoding="utf-8")
    held, told = _contracts_hold(tmp_path)
    assert not held
    for module, wanted in AGAINST.items():
        name = f"analysis.{module.removesuffix('.py').replace('/', '.')}"
        assert re.search(rf"{re.escape(name)} -> {re.escape(wanted)}\b", told), (name, wanted)


SHOWN = {"__init__", "figures", "findings", "tables"}
COMPUTATIONS = [p for p in sorted(ROOT.glob("analysis/*/*.py")) if p.stem not in SHOWN]
ID = re.compile(r"[-_]?[a-z0-9][A-Za-z0-9]*([-_][a-z0-9]+)*")


def _keys(tree: ast.AST) -> set[str]:
    """The texts that code compares with, looks up by, or files under."""
    nodes: list[ast.AST] = []
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                nodes += [left, *others]
            case ast.Subscript(slice=index):
                nodes.append(index)
            case ast.Dict(keys=keys):
                nodes += [key for key in keys if key]
    constants = (c.value for n in nodes for c in ast.walk(n) if isinstance(c, ast.Constant))
    return {text for text in constants if isinstance(text, str) and re.search("[A-Za-z]", text)}


@pytest.mark.parametrize("path", COMPUTATIONS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_no_computation_has_a_reader_s_label_as_its_key(path: Path) -> None:
    fields = [field for name in names() for field in describe(name)["schema"]["fields"]]
    codes = {str(v) for field in fields for v in field.get("constraints", {}).get("enum", [])}
    keys = _keys(ast.parse(path.read_text(encoding="utf-8")))
    assert {key for key in keys if not ID.fullmatch(key)} <= codes


def test_a_label_as_a_key_would_be_found() -> None:
    code = "a[x == 'States bound'], b['Nothing is assumed'], {'Mechanisms': 1}, c in ('Held', 'id')"
    assert _keys(ast.parse(code)) == {"States bound", "Nothing is assumed", "Mechanisms", "Held",
                                      "id"}  # fmt: skip


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_a_notebook_is_run_fresh_and_of_the_house_manner(path: Path) -> None:
    assert problem(path) is None
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 15, f"a long cell: {cell.source[:80]}"


def _outputs(cells: list[nbformat.NotebookNode], kind: str) -> list[Any]:
    """What the cells show of one MIME type."""
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [output.data[kind] for output in outputs if kind in output.get("data", {})]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_asks_answers_shows_and_says_what_would_change(name: str) -> None:
    cells = nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4).cells
    first, last_heading = cells[0].source, ""
    assert first.startswith("# ")
    assert "**Question.**" in first
    assert _outputs(cells, "text/markdown")[0].startswith("**Answer.** "), (
        "the answer is computed and comes first"
    )
    shown = _outputs(cells, MIME)
    assert len(shown) >= 2
    for exhibit in shown:
        assert exhibit["sources"]
        assert exhibit["rows"]
        if exhibit["kind"] == "figure":
            assert len(exhibit["alt"].split()) >= 8, f"alt text is no sentence: {exhibit['alt']}"
            assert exhibit["alt"].endswith(".")
            said = exhibit["title"].casefold().split()
            runs = [" ".join(said[n : n + 7]) for n in range(max(1, len(said) - 6))]
            assert not [run for run in runs if run in exhibit["alt"].casefold()], "title said twice"
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            last_heading = cell.source.splitlines()[0]
    assert last_heading == "## What would change the answer"


def test_every_room_is_a_chapter_of_the_register_in_reading_order() -> None:
    rooms = {path.parent.name for path in ROOT.glob("analysis/*/findings.py")}
    assert list(CHAPTERS) == [page.name for page in reading_order(ROOT) if page.name in rooms]
    assert rooms == set(CHAPTERS)


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_front_page_calls_a_chapter_by_its_title(name: str) -> None:
    assert title(ROOT, f"book/{name}").partition(":")[0] == CHAPTERS[name].title


def test_every_direct_dependency_says_what_it_is_for() -> None:
    for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement, _, reason = line.partition("#")
            assert requirement.strip()
            assert len(reason.strip()) > 5, f"{requirement}: no reason"


def test_every_direct_dependency_is_used() -> None:
    text = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("analysis", "tools", "tests", "book/_ext", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ""} and path.is_file() and path != Path(__file__)
    ) + (ROOT / "Makefile").read_text(encoding="utf-8")
    used_as = {
        "beautifulsoup4": "bs4", "jupyter-book": "jupyter_book", "pytest-xdist": '"-n"',
        "ipykernel": "kernel_name", "setuptools": "no-build-isolation",
        "pyyaml": "import yaml", "pillow": "from PIL", "import-linter": "importlinter",
        "markdown-it-py": "markdown_it", "citeproc-py": "import citeproc",
    }  # fmt: skip
    for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines():
        name = line.partition("#")[0].strip().split("=")[0].split(">")[0].split("[")[0].strip()
        if name:
            assert used_as.get(name, name.replace("-", "_")) in text, f"{name} is not used"


def test_the_reading_order_and_the_files_agree() -> None:
    listed = {page.docname for page in reading_order(ROOT)}
    there = {f"book/{p.stem}" for p in (ROOT / "book").iterdir() if p.suffix in {".md", ".ipynb"}}
    assert listed == there


def test_the_versions_agree() -> None:
    version = Edition.of(ROOT).version
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f'"version": "{version}"' in (ROOT / "data/datapackage.json").read_text("utf-8")


def test_the_readme_shows_the_figure_that_the_book_draws() -> None:
    assert PICTURE.relative_to(ROOT).as_posix() in (ROOT / "README.md").read_text(encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawing(), "run `python -m tools.picture`"
