"""The packages of the lock are shared out whole, and a share that fails is told."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tools import install
from tools.notebooks import ROOT
from tools.supply.lock import packages

LOCK = """# made by hand
numpy==2.0.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via pandas
setuptools==80.0 \\
    --hash=sha256:cc
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:dd
"""


def test_each_line_of_the_lock_is_in_one_share_and_setuptools_alone_in_the_first() -> None:
    lock = ROOT / "requirements.txt"
    shares = install.shared_out(packages(lock), 8)
    lines = [
        line
        for line in lock.read_text(encoding="utf-8").splitlines()
        if not re.match(r"\s*#", line)
    ]
    assert sorted("".join(shares).splitlines()) == sorted(lines)
    assert re.findall(r"^([\w.-]+)==", shares[0], re.MULTILINE) == ["setuptools"]
    sizes = [len(re.findall("==", share)) for share in shares[1:]]
    assert len(sizes) == 8
    assert max(sizes) - min(sizes) < 5


def test_a_package_keeps_its_marker_and_hashes(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(LOCK, encoding="utf-8")
    first, *others = install.shared_out(packages(tmp_path / "lock.txt"), 8)
    assert first == "setuptools==80.0 \\\n    --hash=sha256:cc\n"
    assert others == [
        "numpy==2.0.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n",
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:dd\n",
    ]


PIP = "import sys; text = open(sys.argv[-1]).read(); sys.exit('no numpy' if 'numpy' in text else 0)"


@pytest.mark.parametrize(
    ("lock", "code", "told"),
    [
        (LOCK, 1, "no numpy\n"),
        (LOCK.replace("numpy", "pandas"), 0, ""),
        ("# nothing\n", 1, "requirements.txt: no package; expected: lines such as numpy==2.0.0\n"),
    ],
)
def test_a_share_that_fails_fails_the_command_with_what_pip_says(
    lock: str, code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "requirements.txt"
    path.write_text(lock, encoding="utf-8")
    monkeypatch.setattr(install, "PIP", [sys.executable, "-c", PIP])
    monkeypatch.setattr(sys, "argv", ["install", str(path)])
    assert install.main() == code
    assert capsys.readouterr().err == told
