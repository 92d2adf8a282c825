"""Turns between processes: one waits for the living, and not for the dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.turns import turn

ROOT = Path(__file__).resolve().parent.parent
HOLD = "import sys, time; from pathlib import Path; from tests.turns import turn\n"
HOLD += "with turn(Path(sys.argv[1])): print('held', flush=True); time.sleep(float(sys.argv[2]))"


def holder(lock: Path, seconds: float) -> subprocess.Popen[str]:
    """A process that has the turn for some time."""
    command = [sys.executable, "-c", HOLD, str(lock), str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.slow
def test_a_process_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with holder(lock, 600) as process:
        process.kill()
        process.wait()
    assert lock.is_file()
    with turn(lock):  # 600 seconds would outlast the patience of whoever runs this
        pass


@pytest.mark.slow
def test_a_process_that_lives_is_waited_for(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with holder(lock, 0.5) as process:
        assert process.poll() is None
        with turn(lock):
            assert process.wait(5) == 0
