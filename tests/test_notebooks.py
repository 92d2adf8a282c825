"""Stale means stale: each change of an input makes those notebooks stale that use it, and no other.

A small project with two notebooks is run once; each test changes a copy of it.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
import pytest

from analysis.tables import names
from tools import inputs
from tools.inputs import ROOT
from tools.notebooks import notebooks, problem, run

MODULES = {
    "analysis/__init__.py": '"""The package."""\nUNIT = "persons"\n',
    "analysis/stock/__init__.py": "from analysis.stock.estimates import total\n",
    "analysis/stock/estimates.py": '''"""What is estimated."""
from analysis.tables import load


def total(table: str) -> int:
    """The sum of a table."""
    from analysis.stock import late  # only when it is needed

    return late.added(load(table)["persons"], f"{table}")
''',
    "analysis/stock/late.py": "def added(values, name):\n    return int(values.sum())\n",
    "analysis/stock/figures.py": """import mpmath

from analysis.tables import describe, names

try:
    from analysis.stock import fast
except ImportError:
    fast = None


def drawn(total):
    known = "rates" in names()
    return [describe("letters")["title"], known, str(mpmath.mpf(total))]
""",
    "analysis/register.py": "from analysis.stock import total\n\n\ndef front():\n"
    "    return f\"{total('stocks')} counted\"\n",
    "analysis/unused.py": "UNUSED = 1\n",
}
CELLS = {
    "chart": [
        "from analysis.stock import figures, total",
        'stock = total("stocks") + total("letters")',
        "figures.drawn(stock)",
    ],
    "front": ["from analysis.register import front", "front()"],
}
TABLES = {
    "stocks": "year,persons\n2000,175\n2005,191\n",
    "letters": "year,persons\n2003,47\n",
    "years": "year,persons\n2000,1\n2003,1\n2005,1\n",
}


def _resource(name: str) -> dict[str, object]:
    integer = [{"name": field, "type": "integer", "title": field} for field in ("year", "persons")]
    schema: dict[str, object] = {"fields": integer, "primaryKey": ["year"]}
    if name != "years":
        reference = {"resource": "years", "fields": ["year"]}
        schema["foreignKeys"] = [{"fields": ["year"], "reference": reference}]
    return {
        "name": name, "type": "table", "path": f"{name}.csv", "title": name, "format": "csv",
        "scheme": "file", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


@pytest.fixture(scope="module")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for path, text in MODULES.items():
        _write(root / path, text)
    for name in ("files.py", "tables.py"):
        shutil.copy(ROOT / "analysis" / name, root / "analysis")
    shutil.copy(ROOT / "requirements.txt", root)
    _write(root / "analysis" / "fonts" / "face.ttf", "outlines\n")
    package = {"name": "small", "resources": [_resource(name) for name in TABLES]}
    _write(root / "data" / "datapackage.json", json.dumps(package, indent=1))
    for name, rows in TABLES.items():
        _write(root / "data" / f"{name}.csv", rows)
    for name, code in CELLS.items():
        cells = [nbformat.v4.new_markdown_cell("# Title"), *map(nbformat.v4.new_code_cell, code)]
        _write(root / "book" / f"{name}.ipynb", "")
        nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "book" / f"{name}.ipynb")
    with pytest.MonkeyPatch.context() as patch, ProcessPoolExecutor(len(CELLS)) as pool:
        patch.setenv("PYTHONPATH", str(root))
        told = list(pool.map(partial(run, root=root), sorted((root / "book").iterdir())))
    assert told == [None, None]
    return root


@pytest.fixture
def project(run_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run_once, tmp_path / "project"))


def stale(root: Path) -> dict[str, str]:
    """What is told of each notebook that is not fresh."""
    told = {path.stem: problem(path, root) for path in sorted((root / "book").glob("*.ipynb"))}
    return {name: str(line) for name, line in told.items() if line}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    _write(path, text.replace(old, new, 1))


def test_a_run_leaves_nothing_but_its_record(project: Path) -> None:
    assert stale(project) == {}
    for name, code in CELLS.items():
        path = project / "book" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        assert [cell.source for cell in notebook.cells[1:]] == code
        counts = [cell.execution_count for cell in notebook.cells[1:]]
        assert counts == list(range(1, len(code) + 1))
        assert "_recorder" not in path.read_text(encoding="utf-8")
        assert len(notebook.metadata["inputs"]) <= 7
    assert "'366 counted'" in (project / "book" / "front.ipynb").read_text(encoding="utf-8")


def test_a_notebook_that_shows_what_it_showed_keeps_its_date(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its date Sphinx would build its page, and a rerun of all would have all pages built."""
    monkeypatch.setenv("PYTHONPATH", str(project))
    path = project / "book" / "front.ipynb"
    os.utime(path, (1, 1))
    assert run(path, project) is None
    assert path.stat().st_mtime == 1
    edit(path, "'366 counted'", "'nothing'")
    os.utime(path, (1, 1))
    assert run(path, project) is None
    assert path.stat().st_mtime > 1


# --- Code --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n# A remark.\n",
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace('"""The sum of a table."""', '"""Another word for it."""'),
        lambda text: text.replace("added(load", "added(\n        load").replace(
            '"persons"', "'persons'"
        ),
        lambda text: '"""A docstring, new or in place of the old."""\n' + text,
    ],
    ids=["comment", "blank lines", "docstring", "layout", "first docstring"],
)
def test_words_and_layout_stale_none(project: Path, change: Callable[[str], str]) -> None:
    before = {path: path.read_bytes() for path in (project / "analysis").rglob("*.py")}
    for path, content in before.items():
        _write(path, change(content.decode()))
    assert any(path.read_bytes() != content for path, content in before.items())
    assert stale(project) == {}


def test_line_ends_stale_none(project: Path) -> None:
    for path in project.rglob("*"):
        if path.suffix in {".py", ".csv", ".json", ".txt", ".ttf"}:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert b"\r\n" in (project / "data/stocks.csv").read_bytes()
    assert stale(project) == {}


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("stock/figures.py", "total))", "total + 1))", {"chart"}),
        ("stock/estimates.py", '"persons"', '"year"', {"chart", "front"}),
        ("register.py", "counted", "estimated", {"front"}),
        ("unused.py", "1", "2", set()),
        ("stock/late.py", ".sum()", ".max()", {"chart", "front"}),  # imported within a function
        ("stock/__init__.py", "total", "late, total", {"chart", "front"}),
        ("__init__.py", "persons", "people", {"chart", "front"}),
        ("stock/estimates.py", 'f"{table}"', 'f"{table}s"', {"chart", "front"}),
        ("tables.py", 'dtype="string"', 'dtype="str"', {"chart", "front"}),
    ],
)
def test_a_changed_module_stales_those_that_import_it(
    project: Path, path: str, old: str, new: str, expected: set[str]
) -> None:
    edit(project / "analysis" / path, old, new)
    told = stale(project)
    assert set(told) == expected
    for name, line in told.items():
        what = f"analysis/{path} changed since it ran"
        assert line == f"{name}.ipynb: stale: {what}; run `make notebooks`"


def test_a_module_that_goes_stales_those_that_imported_it(project: Path) -> None:
    (project / "analysis/stock/figures.py").rename(project / "analysis/stock/drawings.py")
    assert set(stale(project)) == {"chart"}
    assert "module analysis.stock.figures changed" in stale(project)["chart"]


def test_a_module_that_moves_is_a_change_for_it_may_look_about_itself(project: Path) -> None:
    (project / "analysis/register").mkdir()
    shutil.move(project / "analysis/register.py", project / "analysis/register/__init__.py")
    assert set(stale(project)) == {"front"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("analysis/stock/figures/__init__.py", {"chart"}),  # a package goes before a module
        ("analysis/register/__init__.py", {"front"}),
        ("book/analysis.py", {"chart", "front"}),  # the notebook's folder goes before all
        ("book/statistics.py", {"chart", "front"}),
        ("analysis/stock/fast.py", {"chart"}),  # looked for in vain until now
        ("analysis/stock/new.py", set()),
        ("analysis/mpmath.py", set()),  # not what `import mpmath` finds
    ],
)
def test_a_new_module_stales_those_that_would_import_it(
    project: Path, path: str, expected: set[str]
) -> None:
    _write(project / path, "")
    assert set(stale(project)) == expected


def test_a_module_that_cannot_be_parsed_is_a_change_and_no_error(project: Path) -> None:
    _write(project / "analysis/register.py", "def front(:")
    assert set(stale(project)) == {"front"}


def test_a_file_that_a_package_carries_counts(project: Path) -> None:
    _write(project / "analysis/fonts/face.ttf", "other outlines")
    assert set(stale(project)) == {"chart", "front"}
    assert "analysis/fonts/face.ttf changed" in stale(project)["front"]


def test_a_new_file_in_a_package_counts_where_the_package_is_imported(project: Path) -> None:
    _write(project / "analysis/other/__init__.py", "")
    _write(project / "analysis/other/face.ttf", "")
    _write(project / "analysis/fonts/.face.ttf.swp", "")
    assert stale(project) == {}
    _write(project / "analysis/fonts/semibold.ttf", "")
    assert set(stale(project)) == {"chart", "front"}


def test_code_from_elsewhere_is_refused(project: Path) -> None:
    report = {"modules": {"analysis.stock": "/other/analysis/stock.py"}, "vain": [], "tables": {}}
    with pytest.raises(RuntimeError, match=r"analysis\.stock was imported from /other"):
        inputs.asked_for(report, project)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("return", "return None"),
        ("x = 1", "x = True"),
        ("x = 1", "x = 1.0"),
        ("x = ['', 'a']", "x = ['a']"),
        ("x = 'é'", "x = 'e'"),
        ("x = f'{y}'", "x = f'{y!r}'"),
        ("x = f'{y}'", "x = f'{y:.1f}'"),
        ("x = {**y}", "x = {None: y}"),
        ("def f(a, /, b): 0", "def f(a, b): 0"),
        ("def f(*, a, b=1): 0", "def f(*, a=1, b): 0"),
        ("x = y[1:]", "x = y[:1]"),
        ("if a:\n    b\nc", "if a:\n    b\n    c"),
        ("x = 'say'", "'say'"),
    ],
)
def test_different_code_has_different_states(one: str, other: str) -> None:
    assert inputs.code(one) != inputs.code(other)


# --- Tables ------------------------------------------------------------------------------------


def _package(root: Path, change: Callable[[dict[str, dict[str, object]]], object]) -> None:
    path = root / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    tables = {table["name"]: table for table in package["resources"]}
    change(tables)
    _write(path, json.dumps({**package, "resources": list(tables.values())}))


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("stocks", "175", "176", {"chart", "front"}),
        ("letters", "47", "48", {"chart"}),
        ("years", "2003,1", "2003,2", set()),  # read by the check of foreign keys alone
    ],
)
def test_a_changed_cell_stales_the_readers_of_its_table(
    project: Path, table: str, old: str, new: str, expected: set[str]
) -> None:
    edit(project / "data" / f"{table}.csv", old, new)
    assert set(stale(project)) == expected
    assert all(f"stale: table {table} changed" in line for line in stale(project).values())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda tables: tables["letters"].update(title="Letters"), {"chart"}),  # `describe`
        (lambda tables: tables["stocks"].update(title="Stocks"), set()),
        (lambda tables: tables["stocks"]["schema"]["fields"][1].update(type="number"), None),
        (lambda tables: tables["stocks"]["schema"]["fields"][1].update(title="P"), set()),
        (lambda tables: tables.update(other=_resource("other")), set()),
        (lambda tables: tables.update(rates=_resource("rates")), {"chart"}),  # `in names()`
        (lambda tables: tables.pop("letters"), {"chart"}),
    ],
    ids=["title read", "title", "type", "field's title", "new", "new, asked for", "gone"],
)
def test_a_changed_description_stales_those_that_it_can_move(
    project: Path,
    change: Callable[[dict[str, dict[str, object]]], object],
    expected: set[str] | None,
) -> None:
    _package(project, change)
    assert set(stale(project)) == (set(CELLS) if expected is None else expected)


def test_a_schema_in_a_file_of_its_own_counts(project: Path) -> None:
    def split(tables: dict[str, dict[str, object]]) -> None:
        for name, table in tables.items():
            _write(project / f"data/{name}.json", json.dumps(table["schema"]))
            table["schema"] = f"{name}.json"

    _package(project, split)
    assert stale(project) == {}
    edit(project / "data/stocks.json", '"integer"', '"number"')
    assert set(stale(project)) == {"chart", "front"}


def test_a_broken_package_is_a_change_and_no_error(project: Path) -> None:
    _write(project / "data" / "datapackage.json", "{")
    assert set(stale(project)) == {"chart", "front"}


def test_no_other_word_than_a_table_name_could_be_one() -> None:
    assert [name for name in names() if not inputs.TABLE_NAME.fullmatch(name)] == []


# --- Libraries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("mpmath", {"chart"}),
        ("pandas", {"chart", "front"}),
        ("numpy", {"chart", "front"}),  # through pandas
        ("sphinx", set()),
        ("ruff", set()),
        ("weasyprint", set()),
    ],
)
def test_a_version_counts_where_the_library_is_imported(
    project: Path, library: str, expected: set[str]
) -> None:
    edit(project / "requirements.txt", f"\n{library}==", f"\n{library}==99.")
    told = stale(project)
    assert set(told) == expected
    assert all(f"stale: {library} in requirements.txt changed" in line for line in told.values())


def test_a_new_library_counts_where_it_was_looked_for(project: Path) -> None:
    lock = project / "requirements.txt"
    _write(lock, lock.read_text(encoding="utf-8") + "gmpy2==2.2.1\nsomething==1.0\n")
    assert set(stale(project)) == {"chart"}  # mpmath computes with gmpy2 where it is there


# --- The notebook itself -----------------------------------------------------------------------


def _notebook(root: Path, change: Callable[[nbformat.NotebookNode], object]) -> dict[str, str]:
    path = root / "book" / "chart.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    return stale(root)


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[2].update(source=cells[2].source + "\nstock += 1"),
        lambda cells: cells[2].update(cell_type="raw"),
        lambda cells: cells[2].metadata.update(tags=["hide-cell"]),
        lambda cells: cells.insert(2, nbformat.v4.new_code_cell("1", execution_count=2)),
        lambda cells: cells.pop(2),
    ],
    ids=["source", "type", "tags", "put in", "taken out"],
)
def test_a_changed_cell_stales_its_notebook(
    project: Path, change: Callable[[list[nbformat.NotebookNode]], object]
) -> None:
    assert _notebook(project, lambda notebook: change(notebook.cells)) == {
        "chart": "chart.ipynb: stale: code cell 1 changed since it ran; run `make notebooks`"
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[0].update(source="# Another title"),
        lambda cells: cells.insert(2, nbformat.v4.new_markdown_cell("Between.")),
        lambda cells: cells.pop(0),
    ],
    ids=["source", "put in", "taken out"],
)
def test_a_sentence_stales_none_for_no_output_follows_from_it(
    project: Path, change: Callable[[list[nbformat.NotebookNode]], object]
) -> None:
    assert _notebook(project, lambda notebook: change(notebook.cells)) == {}


def _as_jupyter_saves(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata["kernelspec"] = {"display_name": "Mine", "name": "mine"}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    notebook.metadata["toc-autonumbering"] = False
    for number, cell in enumerate(reversed(notebook.cells)):
        cell.id = f"id-{number}"
        cell.metadata.update(trusted=True, editable=True, collapsed=False)
        if cell.cell_type == "code":
            cell.execution_count = 7 + number
            cell.metadata["execution"] = {"iopub.status.busy": "2026-11-26T09:00:00Z"}
            cell.outputs = [nbformat.v4.new_output("stream", text="printed")]


def test_what_jupyter_adds_does_not_count(project: Path) -> None:
    assert _notebook(project, _as_jupyter_saves) == {}


def test_a_stripped_a_failed_and_an_unrecorded_notebook_are_each_found_out(project: Path) -> None:
    def told(**changes: object) -> str:
        return _notebook(project, lambda notebook: notebook.cells[1].update(changes))["chart"]

    assert "cell 1 has not been run" in told(execution_count=None)
    error = nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])
    assert "cell 1 shows an error" in told(execution_count=1, outputs=[error])
    assert _notebook(project, lambda notebook: notebook.cells[1].update(outputs=[])) == {}
    unrecorded = _notebook(project, lambda notebook: notebook.metadata.clear())
    assert "was not recorded" in unrecorded["chart"]
    _write(project / "book" / "chart.ipynb", '{\n"cells": [\n<<<<<<< ours\n')
    assert "chart.ipynb: line 3: expected: JSON" in stale(project)["chart"]


def test_a_cell_that_fails_is_told_on_one_line_and_nothing_is_written(project: Path) -> None:
    path = project / "book" / "chart.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "{}['key']"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    assert str(run(path, project)) == "FAILED chart.ipynb: cell 1: KeyError: 'key'"
    assert path.read_bytes() == before


def test_many_changes_are_told_in_one_line(project: Path) -> None:
    edit(project / "analysis/stock/figures.py", "total))", "total + 1))")
    edit(project / "data/letters.csv", "47", "48")
    what = "analysis/stock/figures.py and 1 more changed since it ran"
    assert stale(project)["chart"] == f"chart.ipynb: stale: {what}; run `make notebooks`"


# --- The ten notebooks -------------------------------------------------------------------------

# Ways to reach an input that a run does not record, and the modules whose use of one is recorded.
BUILT_IN = {"open", "exec", "eval", "__import__", "__doc__"}
WAYS_IN = BUILT_IN | set(
    "read_text read_bytes read_csv read_excel read_json read_table glob rglob iterdir listdir "
    "scandir environ getenv urlopen now today utcnow import_module getdoc getsource PACKAGE".split()
)
MAY = {
    "analysis.checked": {"read_text", "read_bytes"},  # digests of tables that are recorded
    "analysis.files": {"read_bytes"},
    "analysis.tables": {"read_csv", "PACKAGE"},
    "analysis.style": {"glob", "environ"},
}


def _code() -> Iterator[tuple[str, str]]:
    """The code that runs for the notebooks: their cells and the modules that they import."""
    modules: set[str] = set()
    for path in notebooks():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        modules |= inputs.record(notebook)["modules"].keys()
        cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        yield path.name, "\n".join("".join(cell["source"]) for cell in cells)
    for name in sorted(modules):
        source = inputs.source(name)
        assert source
        yield name, source.read_text(encoding="utf-8")


def _words(text: str) -> Iterator[str]:
    """The attributes, imported names and built-in functions that code uses."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name
        elif isinstance(node, ast.Name) and node.id in BUILT_IN:
            yield node.id


def test_nothing_reaches_an_input_that_a_run_does_not_record() -> None:
    used = {where: set(_words(text)) & WAYS_IN for where, text in _code()}
    assert {where: words for where, words in used.items() if words - MAY.get(where, set())} == {}


def test_no_notebook_shows_a_warning_whose_line_number_a_remark_would_move() -> None:
    for path in notebooks():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        assert [o for o in outputs if o.get("name") == "stderr"] == [], path.name


def test_no_notebook_depends_on_all_names_of_tables() -> None:
    records = {p.stem: inputs.record(json.loads(p.read_text("utf-8"))) for p in notebooks()}
    assert [name for name, record in records.items() if "*" in record["named"]] == []


def test_a_remark_in_every_module_stales_none_of_the_ten(tmp_path: Path) -> None:
    for name in ("analysis", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    for path in (tmp_path / "analysis").rglob("*.py"):
        _write(path, re.sub("^", "# A remark.\n", path.read_text(encoding="utf-8")))
    assert [problem(path, tmp_path) for path in notebooks()] == [None] * len(notebooks())
