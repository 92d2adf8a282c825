"""What the system refuses, and words that no command knows, are told in one line."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import tools
from tools import book, covered, prove, replace, traced
from tools.bench import __main__ as bench
from tools.corrupt import __main__ as corrupt
from tools.inputs import ROOT
from tools.mutation import __main__ as mutation
from tools.pdf import __main__ as pdf
from tools.release import __main__ as release
from tools.replace import whole

posix = pytest.mark.skipif(os.name != "posix", reason="links and make are those of POSIX")
FULL = "No space left on device; expected: room for it, and leave to read and write"


def ran(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What becomes of a Python that finds the project's tools and what lies in a folder."""
    path = os.pathsep.join(map(str, (ROOT, cwd)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("open('/none/such')", "/none/such: No such file or directory; expected: that it is there"),
        ("raise PermissionError(13, 'Permission denied', 'a')", "a: Permission denied; expected: "),
        ("raise OSError(28, 'No space left on device')", f"a file: {FULL}"),
        ("import nosuch", "nosuch: no such module; expected: the packages of requirements.txt"),
    ],
)
def test_what_the_system_refuses_is_told_in_a_line(code: str, told: str) -> None:
    result = ran("-c", f"import tools\n{code}")
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(told)


@pytest.mark.parametrize("code", ["import tools.nosuch", "raise OSError('odd')", "1 / 0"])
def test_a_fault_of_the_code_keeps_its_traceback(code: str) -> None:
    assert "Traceback" in ran("-c", f"import tools\n{code}").stderr


def caused(error: Exception, by: BaseException, told: bool) -> Exception:
    """An error that came of another, or while another was dealt with."""
    setattr(error, "__cause__" if told else "__context__", by)
    return error


@pytest.mark.parametrize("told", [True, False])
def test_the_cause_is_found_behind_what_others_made_of_it(told: bool) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "a.html")
    missed = FileNotFoundError(errno.ENOENT, "No such file or directory", "b.html")
    line = f"a.html: {FULL}"
    assert tools.cause(caused(RuntimeError("no book"), full, told)) == line
    assert tools.cause(caused(RuntimeError("no book"), tools.RefusedError(line), told)) == line
    assert tools.cause(caused(KeyError("b"), missed, told)) == ""


def test_a_traced_command_that_finds_no_room_says_no_more_than_that(tmp_path: Path) -> None:
    code = "def make():\n    try:\n        raise OSError(28, 'No space left on device', 'a.html')\n"
    code += "    except OSError as error:\n        raise RuntimeError('no book') from error\n"
    (tmp_path / "full.py").write_text(code, encoding="utf-8")
    result = ran("-m", "tools.traced", "record.json", "full:make", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (traced.REFUSED, f"a.html: {FULL}\n")
    assert not (tmp_path / "record.json").exists()


@pytest.mark.parametrize(("code", "told"), [(traced.REFUSED, "c\n"), (1, "a\nb\nc\n")])
def test_a_build_that_is_refused_a_file_tells_of_that_alone(
    code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name in ("SITE", "BUILT"):
        monkeypatch.setattr(book, name, tmp_path / name)
    result = subprocess.CompletedProcess("", code, "", "a\n\nb\nc\n")
    monkeypatch.setattr(book.subprocess, "run", lambda *_, **__: result)
    assert book._make(False, []) == code
    assert capsys.readouterr().err == told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
def test_a_file_for_which_there_is_no_room_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space") as caught:
        whole(tmp_path / "a", "x")
    assert tools.refused(caught.value) == f"{tmp_path / 'a'}: {FULL}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("free", "told"), [(0, "a file on the disk of {}"), (10**9, "a file")])
def test_of_a_file_without_a_name_the_disk_is_told_if_it_is_full(
    free: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = {Path.cwd(): 10**9, tmp_path: free}
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tools.shutil, "disk_usage", lambda path: SimpleNamespace(free=room[path]))
    error = OSError(errno.ENOSPC, "No space left on device")
    assert tools.refused(error) == f"{told.format(tmp_path)}: {FULL}"


def test_a_folder_that_is_a_file_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("old", encoding="utf-8")
    with pytest.raises(NotADirectoryError) as caught:
        whole(tmp_path / "folder" / "a", "x")
    assert caught.value.filename == str(tmp_path / "folder" / "a")
    assert (tmp_path / "folder").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("main", "step", "words"),
    [
        (pdf.main, "tools.pdf.__main__.print_book", ["--site", "README.md"]),
        (release.main, "tools.release.__main__.release", ["2026.11"]),
    ],
)
def test_a_full_disk_is_not_taken_for_a_file_that_is_missing(
    main: Callable[[], int], step: str, words: list[str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(step, full)
    monkeypatch.setattr(sys, "argv", ["command", *words])
    assert main() == 1
    assert capsys.readouterr().err == f"a file: {FULL}\n"


@pytest.mark.parametrize(
    ("main", "words", "path"),
    [
        (prove.main, [], ROOT / "_build"),
        (bench.main, [], bench.FILE),
        (release.main, ["2026.11"], release.FOLDER),
        (covered.main, [], covered.FILE),
        (mutation.main, ["--sample", "1"], mutation.FILE),
        (corrupt.main, ["documents"], corrupt.FILE),
        (corrupt.main, ["--survivors", "missed.txt"], Path("missed.txt")),
    ],
)
def test_where_nothing_may_be_written_no_long_work_is_begun(
    main: Callable[[], int], words: list[str], path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def closed(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(replace.tempfile, "TemporaryFile", closed)
    # Whatever else could be amiss is not.
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(release.ready, "problems", lambda *_: [])
    monkeypatch.setattr(corrupt, "absent", lambda *_: "")
    monkeypatch.setattr(sys, "argv", ["command", *words])
    try:
        assert main() == 1
    except OSError as error:  # which `tools` tells of where a command does not
        print(tools.refused(error), file=sys.stderr)
    assert capsys.readouterr().err.startswith(f"{path}: Read-only file system; expected: room")


# --- Releases -----------------------------------------------------------------------------------


def test_what_a_release_that_was_killed_has_left_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "release.part").mkdir()
    (tmp_path / "release.part" / "a.zip").write_bytes(b"half")
    monkeypatch.setattr(release, "FOLDER", tmp_path / "release")
    monkeypatch.setattr(sys, "argv", ["tools.release", "--check", str(tmp_path)])
    assert release.main() == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("told", ["git: fatal", ""])
def test_a_step_of_a_release_tells_by_itself_why_it_failed(
    told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> int:
        raise subprocess.CalledProcessError(1, ["python"], stderr=told or None)

    monkeypatch.setattr(release, "release", failing)
    monkeypatch.setattr(sys, "argv", ["tools.release", "2026.11"])
    assert release.main() == 1
    assert len(capsys.readouterr().err.splitlines()) == bool(told)


def test_a_version_that_is_empty_is_asked_for_like_any_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release.ready, "problems", lambda _, version: [f"VERSION: {version!r}"])
    monkeypatch.setattr(sys, "argv", ["tools.release", ""])
    assert release.main() == 1
    assert capsys.readouterr().err == "VERSION: ''\n"


# --- Words that a command does not know ---------------------------------------------------------

SILENT = "imports library picture spreadsheets supply wellformed".split()


@pytest.mark.slow
@pytest.mark.parametrize("command", [*SILENT, "traced", "traced a b"])
def test_a_word_that_no_command_knows_is_refused(command: str, tmp_path: Path) -> None:
    result = ran("-m", *f"tools.{command}".split(), *(["surplus"] * (command in SILENT)))
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith(f"{command.split()[0]}.py: error: ") or (
        "__main__.py: error: " in result.stderr
    )
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--survivors", "."], "'.': expected: a file in a folder"), (["--tables", "no"], "'no'")],
)
def test_a_wrong_word_is_told_before_anything_is_tried_and_without_all_names(
    words: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.corrupt", *words])
    with pytest.raises(SystemExit):
        corrupt.main()
    *usage, last = capsys.readouterr().err.splitlines()
    assert told in last
    assert "un_members" not in "".join(usage)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["downloads", ""], "'': no name; expected: a folder, or the name of a new one"),
        (["downloads", "a/b"], "'a/b': Not a directory; expected: a folder"),
        (["downloads", "c", "--address", "ftp://x"], "'ftp://x': expected an address that begins"),
        (["downloads", "c", "--address", "http://[x"], "'http://[x': expected an address"),
        (["downloads", "c", "--address", "https://"], "'https://': expected an address"),
        (["downloads", str(ROOT)], "the project's own; expected: another folder"),
        (["browse", "--shots", ""], "'': no name; expected: a folder"),
        (["seen", "--shots", ""], "'': no name; expected: a folder"),
        (["mutation", "precision", "--workers", "0"], "'0'; expected: a number from 1"),
        (["mutation", "precision", "--workers", "-3"], "'-3'; expected: a number from 1"),
        (["mutation", "precision", "--ends", "²"], "--ends '²'; expected digits"),
        (["mutation.trial", "a", "x"], "'x'; expected: a number from 1"),
        (["mutation.trial", "a"], "the following arguments are required: workers"),
        (["mutation.trial", "a", "1"], "expected: JSON, as tools.mutation gives it"),
    ],
)
def test_a_value_that_no_command_can_use_is_told_before_anything_is_done(
    command: list[str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    result = ran("-m", f"tools.{command[0]}", *command[1:], cwd=tmp_path)
    assert result.returncode == 2
    assert told in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("given", ["ftp://x", "x", "http://[x"])
@pytest.mark.parametrize("command", [["downloads", "new"], ["spreadsheets"]])
def test_an_address_in_the_environment_that_is_none_of_the_web_is_told_in_a_line(
    given: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_ADDRESS", given)
    result = ran("-m", f"tools.{command[0]}", *command[1:], cwd=tmp_path)
    expected = "expected an address that begins with https://, or nothing"
    assert (result.returncode, result.stderr) == (1, f"BOOK_ADDRESS: {given!r}: {expected}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_book_that_stands_needs_no_leave_to_write(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "a")

    for name, value in {
        "wellformed.refused": lambda: False, "notebooks": list, "unfit": lambda _: [],
        "_pages": dict, "_built": lambda: {"a": "b"}, "_stands": lambda: True,
        "traced.changed": lambda *_: [], "Path.touch": denied,
    }.items():  # fmt: skip
        monkeypatch.setattr(f"tools.book.{name}", value)
    assert book.build() == 0
    assert capsys.readouterr().out.startswith("The book: ")


# --- The environment ----------------------------------------------------------------------------

PYTHON = """#!/bin/sh
echo "$@" >> "{log}"
[ "$2" = venv ] || exit 0
for folder do :; done
mkdir -p "$folder/bin" && rm -f "$folder/bin/python" && cp "$0" "$folder/bin/python"
"""


@posix
@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize(
    ("state", "code", "asked"),
    [
        ("nothing", 0, "-m venv --clear .venv"),
        ("link", 0, "-m venv --clear {place}/else where"),
        ("python gone", 0, "-m venv --clear {place}/a project/.venv"),
        ("half made", 0, "-m venv {place}/a project/.venv"),
        ("cut off", 0, "-m venv --clear {place}/a project/.venv"),
        ("file", 2, ""),
        ("dangling link", 2, ""),
    ],
)
def test_an_environment_is_made_whatever_is_in_its_place_or_one_line_says_what_to_do(
    state: str, code: int, asked: str, tmp_path: Path
) -> None:
    project, python, log = tmp_path / "a project", tmp_path / "python", tmp_path / "log"
    project.mkdir()
    python.write_text(PYTHON.format(log=log), encoding="utf-8")
    python.chmod(0o755)
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    there = project / ".venv"
    if state in ("python gone", "half made", "cut off"):
        (there / "bin").mkdir(parents=True)
        gone = state == "python gone"
        (there / "bin" / "python").symlink_to(tmp_path / "none" if gone else python)
        if gone:
            (there / ".installed").touch()
        elif state == "cut off":
            (there / ".installing").touch()
    elif state == "link":
        (tmp_path / "else where").mkdir()
        there.symlink_to(tmp_path / "else where")
    elif state == "file":
        there.touch()
    elif state == "dangling link":
        there.symlink_to(tmp_path / "none")
    result = subprocess.run(
        ["make", f"PYTHON='{python}'", ".venv/.installed"], cwd=project, capture_output=True,
        text=True,
    )  # fmt: skip
    assert result.returncode == code, result.stderr
    assert (there / ".installed").is_file() == (code == 0)
    assert not (there / ".installing").exists()
    if code:
        told = ".venv: neither a folder nor a link to one; expected: that you remove it"
        assert result.stderr.splitlines()[0] == told
    else:
        assert asked.format(place=tmp_path) in log.read_text(encoding="utf-8").splitlines()
