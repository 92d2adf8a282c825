"""The measure of which code tests run: it fails with a test or below a bar, and says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import covered


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What coverage is asked, without that anything runs."""
    log: list[tuple[str, ...]] = []

    def stub(*arguments: str) -> int:
        log.append(arguments)
        return 0

    monkeypatch.setattr(covered, "coverage", stub)
    monkeypatch.setattr(covered, "lay_out", lambda python: None)
    monkeypatch.setattr(covered, "SITE", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    return log


def test_every_folder_of_code_has_a_bar_and_the_site_is_built_anew(
    asked: list[tuple[str, ...]], tmp_path: Path
) -> None:
    last = tmp_path / covered.LAST
    last.parent.mkdir()
    last.touch()
    assert covered.main() == 0
    assert not last.exists()
    assert [arguments[0] for arguments in asked] == ["run", "combine", *["report"] * 3]
    assert asked[2] == ("report", "--include=analysis/*", "--skip-covered", "--fail-under=95")
    assert all(any((covered.ROOT / folder).glob("*.py")) for folder in covered.BARS)


@pytest.mark.parametrize("fails", ["run", "--include=book/_ext/*"])
def test_a_test_or_a_bar_that_fails_is_told(
    fails: str, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(covered, "coverage", lambda *arguments: 2 * (fails in arguments))
    assert covered.main() == 1
    assert "a test or a bar FAILS" in capsys.readouterr().out


def test_without_coverage_it_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
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
