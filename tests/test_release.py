"""A release: what must agree before, and bytes that depend on nothing but content."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tools import changes
from tools.edition import Edition
from tools.release import __main__ as command
from tools.release import making, packages, ready

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2001, 2, 3)
CITATION = """version: "2001.02"
date-released: "2001-02-03"
preferred-citation: {version: "2001.02", year: 2001, month: 2}
"""
FILES = {
    "CHANGELOG.md": "# Changelog\n\n## 2001.02\n\n### 3 February 2001\n\nThe first.\n",
    "CITATION.cff": CITATION,
    ".zenodo.json": json.dumps({"version": "2001.02", "publication_date": "2001-02-03"}),
    "pyproject.toml": '[project]\nversion = "2001.02"\n',
    "data/datapackage.json": json.dumps({"version": "2001.02"}),
    "README.md": "*The title*. Version 2001.02. More.\n",
    "ERRATA.md": "Wrong since version 2001.01, mended on 3 February 2001: it was 4.\n",
}


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{w}_{k}": "somebody" for w in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **who})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A committed project whose files agree."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    changes.entries.cache_clear()
    return tmp_path


def alter(project: Path, name: str, old: str, new: str) -> list[str]:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    git(project, "commit", "--quiet", "--all", "--message", "Alter")
    changes.entries.cache_clear()
    return ready.problems(project, "2001.02")


def test_files_that_agree_may_be_released(project: Path) -> None:
    assert ready.problems(project, "2001.02") == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("CITATION.cff", '"2001.02"', '"2001.01"', "CITATION.cff: version: '2001.01'"),
        ("CITATION.cff", '{version: "2001.02"', '{version: "2"',
         "CITATION.cff: preferred-citation: version: '2'"),
        ("CITATION.cff", "02-03", "02-02", "CITATION.cff: date-released: 2001-02-02"),
        ("CITATION.cff", "month: 2", "month: 1",
         "CITATION.cff: preferred-citation: year and month"),
        (".zenodo.json", "2001.02", "2001.01", ".zenodo.json: version: '2001.01'"),
        (".zenodo.json", "02-03", "02-04", ".zenodo.json: publication_date: 2001-02-04"),
        ("pyproject.toml", "2001.02", "2001.2", "pyproject.toml: project: version: '2001.2'"),
        ("data/datapackage.json", "2001.02", "2000.1", "data/datapackage.json: version: '2000.1'"),
        ("README.md", "2001.02", "2001.01", "README.md: the citation: '2001.01'"),
        ("CHANGELOG.md", "2001.02", "2001.03", "CHANGELOG.md: the latest version: '2001.03'"),
        ("ERRATA.md", "3 February", "4 February", "ERRATA.md: mended on 2001-02-04"),
    ],
)  # fmt: skip
def test_a_place_that_says_another_version_or_day_is_told(
    project: Path, name: str, old: str, new: str, told: str
) -> None:
    (line,) = alter(project, name, old, new)
    assert line.startswith(f"{told}; expected: ")


def test_a_version_is_named_by_the_month_of_its_day(project: Path) -> None:
    assert "VERSION: '2001.03'; expected: '2001.02', by the day of CHANGELOG.md" in (
        ready.problems(project, "2001.03")
    )


@pytest.mark.parametrize("name", ["README.md", "new.txt"])
def test_what_is_not_committed_is_told(project: Path, name: str) -> None:
    (project / name).write_text("Version 2001.02.", encoding="utf-8")
    assert ready.problems(project, "2001.02") == [
        f"{name}: not committed; expected: a tree without changes"
    ]


def test_the_version_and_the_day_stand_wherever_a_release_looks_for_them() -> None:
    """The project's own files agree at any time, and not only on the day of a release."""
    version = Edition.of(ROOT).version
    assert [*ready._versions(ROOT, version), *ready._days(ROOT, version)] == []


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one module, to be packed."""
    folder = tmp_path_factory.mktemp("packed") / "a"
    folder.mkdir()
    (folder / "one.py").write_text("ONE = 1\n", encoding="utf-8")
    settings = '[project]\nname = "one"\nversion = "1"\n[tool.setuptools]\npy-modules = ["one"]\n'
    backend = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    (folder / "pyproject.toml").write_text(backend + settings, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_packages_of_another_checkout_have_the_same_bytes(module: Path) -> None:
    other = module.with_name("b")
    shutil.copytree(module, other)
    # A later checkout, by somebody with other habits.
    os.utime(other / "one.py", (1e9, 1e9))
    (other / "one.py").chmod(0o600)
    (other / "pyproject.toml").chmod(0o664)
    one, two = ({**_packed(folder)} for folder in (module, other))
    assert sorted(one) == ["one-1-py3-none-any.whl", "one-1.tar.gz"]
    assert one == two


@pytest.mark.slow
def test_what_is_packed_again_is_whole(module: Path, tmp_path: Path) -> None:
    for name, content in _packed(module).items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "one-1-py3-none-any.whl") as wheel:
        assert wheel.testzip() is None
        assert wheel.read("one.py") == b"ONE = 1\n"
        assert wheel.namelist()[-1] == "one-1.dist-info/RECORD"
        assert {entry.date_time[:3] for entry in wheel.infolist()} == {(2001, 2, 3)}
    with tarfile.open(tmp_path / "one-1.tar.gz") as source:
        found = source.extractfile("one-1/one.py")
        assert found is not None
        assert found.read() == b"ONE = 1\n"
        assert {"one-1/PKG-INFO", "one-1/pyproject.toml"} <= set(source.getnames())


def _packed(project: Path) -> dict[str, bytes]:
    target = project.with_name(f"{project.name}-made")
    target.mkdir(exist_ok=True)
    return packages.built(project, target, DAY)


def test_the_checksums_are_those_of_other_programs(tmp_path: Path) -> None:
    # `printf abc | sha256sum`, which is the example of FIPS 180-2, appendix B.1.
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert making.sums({"b": b"abc", "a": b"abc"}).decode() == f"{abc}  a\n{abc}  b\n"


def test_what_is_not_the_same_is_told_by_file() -> None:
    assert making.differing("0  a\n1  b\n2  c\n", "0  a\n9  b\n3  d\n") == [
        "b: 1; made again: 9",
        "c: 2; made again: not made",
        "d: not released; made again: 3",
    ]
    assert making.differing("0  a\n", "0  a\n") == []


def test_a_release_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "release"
    command.write({"a": b"1", "b": b"2"}, folder)
    with pytest.raises(OSError, match="missing") as caught:
        command.write({"a": b"3", "missing/b": b"4"}, folder)
    assert caught.value.filename == str(folder / "missing" / "b")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"1", "b": b"2"}
    assert list(folder.parent.iterdir()) == [folder]


Made = Callable[[Path], dict[str, bytes]]


@pytest.mark.parametrize(("again", "code"), [(b"same", 0), (b"other", 1)])
def test_a_check_compares_with_what_was_released(
    again: bytes, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(content: bytes) -> Made:
        return lambda root: {"a": content, "SHA256SUMS": making.sums({"a": content})}

    command.write(made(b"same")(ROOT), tmp_path / "release")
    monkeypatch.setattr(making, "made", made(again))
    assert command.check(tmp_path / "release") == code


def test_a_check_of_nothing_is_told_on_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.release", "--check", str(tmp_path)])
    assert command.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path / 'SHA256SUMS'}: No such file or directory; expected: ")


def test_a_version_outside_a_clone_is_told_on_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> list[str]:
        told = "fatal: not a git repository"
        raise subprocess.CalledProcessError(128, ["git", "status"], stderr=f"{told}\n")

    monkeypatch.setattr(sys, "argv", ["tools.release", "2026.11"])
    monkeypatch.setattr(command.ready, "problems", failing)
    assert command.main() == 1
    assert capsys.readouterr().err == (
        "git: fatal: not a git repository; expected: a clone of the project\n"
    )
