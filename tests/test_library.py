"""The project as a library: what is built holds `analysis` with its data, and works by itself."""

from __future__ import annotations

import ast
import email
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import pytest
from setuptools import Distribution

from tools.library import __main__ as command
from tools.library.__main__ import alone
from tools.library.build import Library
from tools.release.packages import build

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# What programs read as a pattern, and what a shell or a configuration would expand; two of the
# characters are in no name on Windows.
AWKWARD = "-project [copy] 50% #1 & 'é'" + ("" if os.name == "nt" else " a?b*c")

LIBRARY = """
from analysis import tables
print(tables.PACKAGE)
print(len(tables.load("statements")), len(tables.names()))
"""


@pytest.fixture(scope="module")
def project(kept: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is kept, in a folder whose name is awkward."""
    folder = tmp_path_factory.mktemp("clone") / AWKWARD
    for path in kept:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def source(project: Path) -> Path:
    target = project.parent / "dist"
    target.mkdir()
    return build("build_sdist", project, target)


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    """The wheel, built from the source distribution as an installer would."""
    with tarfile.open(source) as bundle:
        bundle.extractall(source.parent, filter="data")
    unpacked = source.parent / source.name.removesuffix(".tar.gz")
    return build("build_wheel", unpacked, source.parent)


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    folder = wheel.parent / "installed"
    with zipfile.ZipFile(wheel) as bundle:
        bundle.extractall(folder)
    return folder


def _run(code: str, path: Path, cwd: Path) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.slow
def test_the_source_distribution_is_the_project_as_it_is_kept(
    source: Path, kept: list[str]
) -> None:
    with tarfile.open(source) as bundle:
        inside = {name.partition("/")[2] for name in bundle.getnames()}
    missing = [path for path in kept if path not in inside]
    assert not missing, f"not in the source distribution; see MANIFEST.in: {missing}"


@pytest.mark.slow
def test_the_wheel_holds_the_library_and_its_data_and_nothing_else(
    wheel: Path, kept: list[str]
) -> None:
    with zipfile.ZipFile(wheel) as bundle:
        inside = {name for name in bundle.namelist() if not name.endswith("/")}
        data = {name: bundle.read(name) for name in inside if name.startswith("analysis/data/")}
    assert {name.partition("/")[0] for name in inside} == {
        "analysis", f"figures_behind_the_dialogue-{SETTINGS['version']}.dist-info",
    }  # fmt: skip
    tables = [path for path in kept if path.startswith("data/")]
    assert {f"analysis/{path}" for path in tables} == set(data)
    assert all(data[f"analysis/{path}"] == (ROOT / path).read_bytes() for path in tables)
    assert {path for path in kept if path.startswith("analysis/")} <= inside


@pytest.mark.slow
def test_the_wheel_says_what_it_is_and_under_which_licences(installed: Path) -> None:
    (folder,) = installed.glob("*.dist-info")
    told = email.message_from_string((folder / "METADATA").read_text(encoding="utf-8"))
    assert told["License-Expression"] == SETTINGS["license"]
    licences = told.get_all("License-File") or []
    assert all((folder / "licenses" / name).read_text(encoding="utf-8") for name in licences)
    # Each licence of the expression by its own text, the letters' by that beside them.
    for name in SETTINGS["license"].split(" AND "):
        text = "OFL.txt" if name.startswith("OFL") else f"{name}.txt"
        assert any(licence.endswith(f"/{text}") for licence in licences), name
    assert told["Description-Content-Type"] == "text/markdown"
    assert told.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")
    assert not (folder / "entry_points.txt").exists(), "names modules that the wheel does not hold"


def _imported() -> Iterator[str]:
    """The distributions that the library imports, but for those that show it in a notebook."""
    known = packages_distributions()
    for path in (ROOT / "analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module]
            for top in {module.partition(".")[0] for module in modules}:
                if top not in sys.stdlib_module_names | {"analysis"}:
                    yield known[top][0].lower()


def test_the_library_needs_what_it_imports() -> None:
    needs = [*SETTINGS["dependencies"], *SETTINGS["optional-dependencies"]["notebook"]]
    assert {need.partition(">=")[0] for need in needs} == set(_imported())
    assert all(">=" in need for need in needs), "no lower bound"


@pytest.mark.slow
def test_the_installed_library_loads_its_own_data(installed: Path, tmp_path: Path) -> None:
    where, counts = _run(LIBRARY, installed, tmp_path)
    assert Path(where) == installed / "analysis" / "data" / "datapackage.json"
    assert counts == "{} {}".format(*_counted())


def _counted() -> tuple[int, int]:
    lines = (ROOT / "data/stated/statements.csv").read_text(encoding="utf-8").splitlines()
    tables = list((ROOT / "data").rglob("*.csv"))
    return len(lines) - 1, len(tables)


@pytest.mark.slow
def test_a_checkout_in_an_awkward_folder_loads_the_data_beside_it(
    project: Path, tmp_path: Path
) -> None:
    where, counts = _run(LIBRARY, project, tmp_path)
    assert Path(where) == project / "data" / "datapackage.json"
    assert counts == "{} {}".format(*_counted())


def test_the_book_registers_its_extension_without_being_installed() -> None:
    (folder,) = (ROOT / "book" / "_ext").glob("*.dist-info")
    read = folder.joinpath("entry_points.txt").read_text(encoding="utf-8")
    assert "exhibit = exhibits:Output" in read
    found = [point.value for point in entry_points(group="myst_nb.mime_renderers")]
    assert "exhibits:Output" in found


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("import json\nfrom analysis import tables\n", True),
        ("import json\n", False),  # tests something else
        ("from analysis import tables\nfrom tools import cite\n", False),
        ("import analysis.stock\nimport bs4\n", False),
        ("from analysis import tables\nROOT = __file__\n", False),
    ],
)
def test_a_test_is_run_by_itself_if_it_needs_the_library_alone(
    text: str, fit: bool, tmp_path: Path
) -> None:
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    chosen = list(alone(tmp_path.iterdir(), {"analysis", "json"}))
    assert chosen == [tmp_path / "test_it.py"] * fit


def test_a_build_carries_the_data_unless_it_is_editable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("analysis/__init__.py", "data/datapackage.json", "data/record/a.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    for editable in (True, False):
        step = Library(Distribution({"packages": ["analysis"], "script_name": "setup.py"}))
        step.build_lib, step.editable_mode = str(tmp_path / f"built-{editable}"), editable
        step.ensure_finalized()
        step.run()
    carried = {f"analysis/{name}" for name in ("data/datapackage.json", "data/record/a.csv")}
    there = {path.relative_to(tmp_path / "built-False").as_posix()
             for path in (tmp_path / "built-False").rglob("*.*")}  # fmt: skip
    assert there == {"analysis/__init__.py"} | carried
    assert not (tmp_path / "built-True" / "analysis" / "data").exists()
    listed = {Path(name).relative_to(tmp_path / "built-False").as_posix()
              for name in step.get_outputs()}  # fmt: skip
    assert carried < listed


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Builds that pack one file, and new environments whose Python only notes what it is asked."""
    log, there = tmp_path / "log", json.dumps(["analysis", "pytest", *sys.stdlib_module_names])

    def build(hook: str, project: Path, folder: Path) -> Path:
        if hook == "build_sdist":
            (folder / "a-1").mkdir()
            with tarfile.open(folder / "a-1.tar.gz", "w:gz") as bundle:
                bundle.add(folder / "a-1", "a-1")
            (folder / "a-1").rmdir()
            return folder / "a-1.tar.gz"
        assert project == folder / "a-1"
        assert project.is_dir()
        (folder / "a-1.whl").touch()
        return folder / "a-1.whl"

    def create(folder: Path, with_pip: bool) -> None:
        assert with_pip
        program(folder / "bin" / "python", f"""
case "$*" in
  *__file__*) echo {folder}/lib/analysis/__init__.py;;
  *find_spec*) echo '{there}';;
esac
[ "$3" != pytest ] || ls > {log}.tests
""")  # fmt: skip

    def program(path: Path, code: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$(basename $0) $*" >> {log}\n{code}', encoding="utf-8")
        path.chmod(0o755)

    monkeypatch.setattr(command, "build", build)
    monkeypatch.setattr(command.venv, "create", create)
    program(tmp_path / "bin" / "twine", "exit $(cat $(dirname $0)/code 2> /dev/null || echo 0)")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    return log


POSIX = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


@POSIX
def test_the_library_is_built_checked_installed_and_tried(
    packed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main() == 0
    asked = [line.split()[:5] for line in packed.read_text(encoding="utf-8").splitlines()]
    assert asked[0][:3] == ["twine", "check", "--strict"]
    assert asked[1] == ["python", "-I", "-m", "pip", "install"]
    assert asked[-1][:4] == ["python", "-I", "-m", "pytest"]
    # What needs pytest and the analysis alone, found by reading its imports.
    chosen = packed.with_name("log.tests").read_text(encoding="utf-8").split()
    assert "test_migrants.py" in chosen
    assert "test_bench.py" not in chosen
    told = capsys.readouterr().out
    assert told.startswith(f"{len(chosen)} of ")


@POSIX
def test_a_package_that_is_refused_or_another_library_ends_the_trial(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(command, "WHERE", "import json; print(json.__file__)")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(command, "_told", lambda *_: str(tmp_path / "elsewhere"))
    assert command.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"analysis is imported from {tmp_path / 'elsewhere'}; expected: empty"
    (tmp_path / "bin" / "code").write_text("3", encoding="utf-8")
    assert command.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "twine" in line
    assert line.endswith("returned non-zero exit status 3.")


def test_without_twine_it_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert command.main() == 1
    assert capsys.readouterr().err == "twine is not installed; `make library` brings it\n"
