"""A file is written whole or not at all, and those who work for a runner end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import book, replace
from tools.inputs import ROOT
from tools.notebooks import Failure, Problem, _summary, _together
from tools.pdf import shelf

posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals are those of POSIX")


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    replace.whole(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_where_there_is_no_room_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    code = (
        "import resource, signal, sys; from pathlib import Path; from tools import replace\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "replace.whole(Path(sys.argv[1]), 'x' * 100_000)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert "File too large" in result.stderr
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


# A worker of a runner, and a command whose reads are traced: each tells its number and goes on.
WORKER = (
    "import os, time; from functools import partial\n"
    "from concurrent.futures import ProcessPoolExecutor\n"
    "from tools.leaving import leave_with\n"
    "if __name__ == '__main__':\n"
    "    with ProcessPoolExecutor(1, initializer=partial(leave_with, os.getpid())) as pool:\n"
    "        print(pool.submit(os.getpid).result(), flush=True)\n"
    "        pool.submit(time.sleep, 60).result()"
)
TRACED = (
    "import subprocess, sys, tools\n"
    "command = [sys.executable, '-m', 'tools.traced', sys.argv[1], 'slow:make']\n"
    "subprocess.run(command)"
)
STEP = TRACED.replace("'tools.traced', sys.argv[1], 'slow:make'", "'tools.leaving', 'slow'")
SLOW = (
    "import os, time\ndef make():\n    print(os.getpid(), flush=True)\n    time.sleep(60)\n"
    "if __name__ == '__main__':\n    make()\n"
)


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="asks /proc who is alive")
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("code", [WORKER, TRACED, STEP])
def test_workers_end_with_a_runner_that_is_stopped(
    tmp_path: Path, code: str, signal_: signal.Signals
) -> None:
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    path = os.pathsep.join(map(str, (ROOT, tmp_path)))
    runner = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "record.json")], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": path},
        # What starts the tests may have all of them ignore an interruption.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert runner.stdout is not None
    worker = int(runner.stdout.readline())
    assert _alive(worker)
    if signal_ == signal.SIGINT:  # from a terminal: all are told
        os.killpg(runner.pid, signal.SIGINT)
    else:
        runner.send_signal(signal_)
    said = runner.communicate()[1]
    assert said == ("Stopped.\n" if signal_ == signal.SIGINT else "")
    until = time.monotonic() + 20
    while _alive(worker) and time.monotonic() < until:
        time.sleep(0.2)
    assert not _alive(worker)


def test_what_a_printing_that_was_killed_has_left_goes_with_the_next_build(tmp_path: Path) -> None:
    for name in ("annex.part", "the-figures-behind-the-dialogue.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
    shelf.clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_cause_is_told_once_with_all_that_it_made_stale() -> None:
    stale = [Problem(f"{name}.ipynb", "stale: ", "table t changed") for name in ("a", "b")]
    assert _together(stale[:1]) == "a.ipynb: stale: table t changed"
    assert _together(stale) == "2 notebooks: stale: table t changed (a, b)"


def test_one_error_is_told_once_and_how_to_see_the_rest() -> None:
    failures = [Failure(f"{name}.ipynb", "cell 2: ", "E: x", "long") for name in ("b", "a")]
    assert list(_summary(failures, whole=False)) == [
        "FAILED a.ipynb and 1 more notebooks: cell 2: E: x",
        "`python -m tools.notebooks a --whole` shows the rest",
    ]
    assert "long" in list(_summary(failures, whole=True))
    assert list(_summary([], whole=False)) == []


@pytest.mark.parametrize("left", ["", '{"stock.ipynb": "a', "[1]", "null"])
def test_a_note_of_what_was_built_that_is_half_written_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: str
) -> None:
    (tmp_path / book.LAST).parent.mkdir(parents=True)
    (tmp_path / book.LAST).touch()
    monkeypatch.setattr(book, "SITE", tmp_path)
    monkeypatch.setattr(book, "BUILT", tmp_path / "pages.json")
    (tmp_path / "pages.json").write_text('{"stock.ipynb": "abc"}', encoding="utf-8")
    assert book._built() == {"stock.ipynb": "abc"}
    (tmp_path / "pages.json").write_text(left, encoding="utf-8")
    assert book._built() == {}


@posix
def test_a_score_that_finds_no_room_is_told_in_a_line_and_leaves_the_old_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "trust.json"
    path.write_text("old", encoding="utf-8")
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from tools.corrupt.score import Score\nfrom tools.replace import unwritten\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "score, path = Score.read(), Path(sys.argv[1])\n"
        "free = resource.getrlimit(resource.RLIMIT_FSIZE)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, free[1]))\n"
        "try:\n    score.write(path)\n"
        "except OSError as error:\n"
        # What measures the tests writes at the end.
        "    resource.setrlimit(resource.RLIMIT_FSIZE, free)\n"
        "    sys.exit(unwritten(path, error))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 1
    told = f"{path}: File too large; expected: room for it, and leave to write\n"
    assert result.stderr == told
    assert [each.read_text(encoding="utf-8") for each in tmp_path.iterdir()] == ["old"]
