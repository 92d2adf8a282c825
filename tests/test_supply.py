"""What `make audit` calls a problem: made-up packages, and a made-up answer of pip-audit."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tools.supply import __main__ as command
from tools.supply import advisories, licences
from tools.supply.licences import Allowed
from tools.supply.lock import Pinned, pinned

ROOT = Path(__file__).resolve().parent.parent
TABLE = Allowed(frozenset({"MIT", "BSD License", "Apache-2.0"}), {})
CLASSIFIER = "Classifier: License :: OSI Approved :: "


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose packages Python finds first."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return tmp_path


def make(folder: Path, *told: str, name: str = "made-up", version: str = "1.0") -> None:
    """Install a package that holds nothing but its metadata."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *told, ""]
    (info / "METADATA").write_text("\n".join(lines), encoding="utf-8")


def told(table: Allowed = TABLE, everywhere: bool = True) -> list[str]:
    pins = [Pinned("made-up", frozenset({"1.0"}), everywhere)]
    return list(licences.problems(pins, table))


@pytest.mark.parametrize(
    "lines",
    [
        ["License-Expression: MIT"],
        ["License-Expression: MIT AND Apache-2.0"],
        ["License-Expression: (MIT OR Apache-2.0) AND MIT"],
        [f"{CLASSIFIER}BSD License"],
        ["License: MIT"],
        # What comes first decides; the whole text of a licence often stands in the last.
        ["License-Expression: MIT", f"{CLASSIFIER}GNU General Public License (GPL)"],
        [f"{CLASSIFIER}BSD License", "License: Copyright (c) 2015, somebody"],
    ],
)
def test_a_package_under_allowed_licences_passes(installed: Path, lines: list[str]) -> None:
    make(installed, *lines)
    assert told() == []


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["License-Expression: AGPL-3.0-only"], "AGPL-3.0-only"),
        (["License-Expression: MIT AND GPL-2.0-only"], "GPL-2.0-only; MIT"),
        # Which of two was chosen is for the table to say.
        (["License-Expression: MIT OR GPL-2.0-only"], "GPL-2.0-only; MIT"),
        ([f"{CLASSIFIER}BSD License", f"{CLASSIFIER}Other License"], "BSD License; Other License"),
        (["License: MITE"], "MITE"),
        ([], "nothing"),
    ],
)
def test_any_other_is_told_in_one_line(installed: Path, lines: list[str], named: str) -> None:
    make(installed, *lines)
    assert told() == [
        f"made-up 1.0: licence: {named!r}; expected: a row of tools/supply/licences.csv"
    ]
    assert told(Allowed(TABLE.licences, {"made-up": named})) == []


def test_what_was_settled_is_asked_again_when_the_package_says_something_else(
    installed: Path,
) -> None:
    make(installed, "License-Expression: SSPL-1.0")
    assert told(Allowed(TABLE.licences, {"made-up": "Artistic-2.0"})) == [
        "made-up 1.0: licence: 'SSPL-1.0'; expected: a row of tools/supply/licences.csv"
    ]


def test_a_row_that_settles_nothing_is_told(installed: Path) -> None:
    make(installed, "License-Expression: MIT")
    assert told(Allowed(TABLE.licences, {"made-up": "MIT"})) == [
        "tools/supply/licences.csv: made-up: nothing to settle; expected: no such row"
    ]


def test_a_package_that_is_not_as_locked_is_told(installed: Path) -> None:
    assert told() == ["made-up: not installed; expected: 1.0, as locked"]
    assert told(everywhere=False) == []
    make(installed, "License-Expression: MIT", version="1.1")
    assert told() == ["made-up: 1.1 is installed; expected: 1.0, as locked"]


def test_a_lock_is_read_with_its_versions_and_markers(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "# made by hand\nplain==1.0 \\\n    --hash=sha256:00\n    # via other==9.9\n"
        "windows==2.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
        "split==3.0 ; python_full_version < '3.12'\nsplit==3.1 ; python_full_version >= '3.12'\n",
        encoding="utf-8",
    )
    assert pinned(lock) == [
        Pinned("plain", frozenset({"1.0"}), True),
        Pinned("windows", frozenset({"2.0"}), False),
        Pinned("split", frozenset({"3.0", "3.1"}), True),
    ]
    lock.write_text("plain>=1.0\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lock\.txt: no package; expected"):
        pinned(lock)


def test_every_package_of_the_lock_has_a_hash() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    parts = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []
    assert {part.partition("==")[0] for part in parts} == {
        pin.name for pin in pinned(ROOT / "requirements.txt")
    }


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",MIT,", "row 2: expected: what is said, and a reason"),
        ("one,,why", "row 2: expected: what is said, and a reason"),
        ("one,MIT,why\none,MIT,why", "row 3: one has a row already"),
    ],
)
def test_the_table_gives_a_reason_for_each(tmp_path: Path, row: str, expected: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(f"package,says,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=expected):
        licences.allowed(table)


def test_everything_that_the_lock_brings_is_allowed() -> None:
    pins = pinned(ROOT / "requirements.txt")
    assert list(licences.problems(pins, licences.allowed())) == []


# As pip-audit prints them with `--format json`.
WEAK = {
    "name": "made-up", "version": "1.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["1.1", "2.0"], "aliases": []}],
}  # fmt: skip
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
SKIPPED = {"name": "skipped", "skip_reason": "Dependency not found on PyPI"}


def test_a_known_vulnerability_is_told_with_what_mends_it() -> None:
    found = advisories.read([WEAK, SOUND, SKIPPED])
    assert found.problems == [
        "made-up 1.0: PYSEC-2026-1; mended in 1.1, 2.0",
        "skipped: not checked: Dependency not found on PyPI",
    ]
    assert not found.unchecked
    assert advisories.read([SOUND]) == advisories.Audit([])


def test_what_could_not_be_asked_is_not_taken_for_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert advisories.read([SKIPPED]).unchecked
    assert advisories.read([]).unchecked
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pip-audit is not there" in advisories.audit(tmp_path / "lock.txt").unchecked


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_an_audit_that_fails_is_told_by_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text("#!/bin/sh\necho first >&2\necho 'no route to host' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert advisories.audit(tmp_path / "lock.txt").unchecked == "no route to host"


def test_a_table_of_other_fields_is_told(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("package,licence\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"table\.csv: row 1: expected: package,says,reason"):
        licences.allowed(table)


@pytest.fixture
def audited(tmp_path: Path, installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock of one package that is there, and one that Windows alone needs; nobody to ask."""
    lock = tmp_path / "lock.txt"
    lock.write_text("made-up==1.0 \nwindows==2.0 ; sys_platform == 'win32'\n", encoding="utf-8")
    monkeypatch.setattr(command, "LOCK", lock)
    monkeypatch.setattr(command.licences, "allowed", lambda *_: TABLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    return lock


def test_an_audit_says_what_was_and_was_not_checked(
    audited: Path, installed: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    make(installed, "License-Expression: MIT")
    assert command.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "licences of 2 packages: 0 problems",
        "licences that are read on other systems only: windows",
        "vulnerabilities NOT checked: pip-audit is not there; `make audit` installs it where it "
        "may",
    ]
    make(installed, "License-Expression: MIT", name="windows", version="2.0")
    monkeypatch.setattr(advisories, "audit", lambda lock: advisories.read([WEAK, SOUND]))
    assert command.main() == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "licences of 2 packages: 0 problems",
        "vulnerabilities: 1 problems",
    ]
    assert told.err == "made-up 1.0: PYSEC-2026-1; mended in 1.1, 2.0\n"


def test_a_lock_that_cannot_be_read_is_told_in_one_line(
    audited: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    audited.unlink()
    assert command.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("lock.txt: No such file or directory; expected: the lock")


def test_an_audit_without_an_answer_in_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pip-audit"
    waiting = f'#!/bin/sh\nexec "{sys.executable}" -c "import time; time.sleep(9)"\n'
    program.write_text(waiting, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(advisories, "PATIENCE", 0.1)
    told = advisories.audit(tmp_path / "lock.txt").unchecked
    assert told == "pip-audit had no answer within 0.1 s"
