"""The measure of which code tests run: it fails with a test or below a bar, and says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import covered
from tools.corrupt.score import Score

ROOT = Path(__file__).resolve().parent.parent


SHARES = {"analysis": "95.0\n", "tools": "90.1\n", "book/_ext": "97.3\n"}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What coverage is asked, without that anything runs."""
    log: list[tuple[str, ...]] = []

    def stub(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        log.append(arguments)
        folder = arguments[1].removeprefix("--include=").removesuffix("/*")
        return subprocess.CompletedProcess(arguments, 0, SHARES.get(folder) if quiet else None)

    monkeypatch.setattr(covered, "ROOT", tmp_path)
    monkeypatch.setattr(covered, "FILE", tmp_path / "trust.json")
    monkeypatch.setattr(covered, "DATA", tmp_path / "data")
    monkeypatch.setattr(covered, "coverage", stub)
    monkeypatch.setattr(covered, "lay_out", lambda python: None)
    monkeypatch.setattr(covered, "SITE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(sys, "argv", ["tools.covered"])
    return log


def test_every_folder_of_code_has_a_bar_and_the_site_is_built_anew(
    asked: list[tuple[str, ...]], tmp_path: Path
) -> None:
    last = tmp_path / covered.LAST
    last.parent.mkdir()
    last.touch()
    assert covered.main() == 0
    assert not last.exists()
    assert [arguments[0] for arguments in asked] == ["run", "combine", *["report"] * 6]
    assert all(any((ROOT / folder).glob("*.py")) for folder in covered.BARS)
    score = Score.read(tmp_path / "trust.json")
    assert {**score.covered, "day": ""} == {
        "day": "", "analysis": 95.0, "tools": 90.1, "book/_ext": 97.3,
    }  # fmt: skip
    assert score.roles == Score.read().roles


def test_a_bar_that_is_not_reached_is_told(
    asked: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setitem(SHARES, "tools", "89.9\n")
    monkeypatch.setattr(sys, "argv", ["tools.covered", "--kept"])
    assert covered.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "data: No such file; expected: what a run without --kept has measured"
    covered.DATA.touch()
    assert covered.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "tools: 89.9 per cent; expected: 90"
    assert {arguments[0] for arguments in asked} == {"report"}


def test_a_test_that_fails_is_told_and_no_share_is_kept(
    asked: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    failed: subprocess.CompletedProcess[str] = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(covered, "coverage", lambda *arguments: failed)
    assert covered.main() == 1
    assert capsys.readouterr().out == "== a test FAILS; see above\n"
    assert not (tmp_path / "trust.json").exists()


def test_what_coverage_says_is_read(tmp_path: Path) -> None:
    told = covered.coverage("--version", quiet=True)
    assert told.returncode == 0
    assert told.stdout.startswith("Coverage.py, version ")


def test_without_coverage_it_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.covered"])
    monkeypatch.setenv("PATH", "")
    assert covered.main() == 1
    assert "`make coverage` installs it" in capsys.readouterr().err


def test_what_a_test_starts_is_measured_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another coverage, which tells what it is asked; no folder beside it is on the path."""
    library, place = tmp_path / "library", tmp_path / "place"
    (library / "coverage").mkdir(parents=True)
    (library / "beside.py").touch()
    (library / "coverage" / "__init__.py").write_text(
        "def process_startup():\n    print('measured')\n\n\n"
        "class Coverage:\n    current = staticmethod(lambda: Coverage())\n"
        "    save = lambda self: print('kept')\n", encoding="utf-8",
    )  # fmt: skip
    monkeypatch.setattr(covered, "PLACE", place)
    monkeypatch.setenv("PYTHONPATH", str(library))
    covered.lay_out(Path(sys.executable))
    monkeypatch.setenv("PYTHONPATH", str(place))
    code = "import importlib.util as u, keeping; print(u.find_spec('beside')); "
    code += "keeping.pytest_sessionfinish()"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["measured", "None", "kept"]
