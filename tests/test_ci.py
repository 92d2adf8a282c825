"""What `.ci/run` does where it may install and where not, with stand-ins for all that it calls."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.pdf.library import LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or BASH is None, reason="it is run by bash, on Linux"
)

TOLD = 'echo "$(basename "$0") $*" >> "$LOG"\n'
SET_UP = "make .venv/.installed"
BROWSED = ["python -m tools.browse", "python -m tools.seen"]


class Place:
    """A project whose commands do nothing but say so, on a system that has these alone."""

    def __init__(self, folder: Path) -> None:
        self.project, self.path, self.log = folder / "p", folder / "bin", folder / "log"
        for path in (self.project / ".ci", self.project / ".venv/bin", self.path):
            path.mkdir(parents=True)
        shutil.copy(ROOT / ".ci" / "run", self.project / ".ci")
        for name in ("bash", "dirname", "basename", "chmod"):
            (self.path / name).symlink_to(str(shutil.which(name)))
        self.has("make")
        self.has("timeout", 'shift; exec "$@"')
        self.has("../p/.venv/bin/python")

    def has(self, name: str, does: str = "", code: int = 0) -> None:
        program = self.path / name
        program.write_text(f"#!{BASH}\n{TOLD}{does}\nexit {code}\n", encoding="utf-8")
        program.chmod(0o755)

    def run(self) -> tuple[int, list[str], list[str]]:
        """The exit code, what was called and what was printed."""
        environment = {"PATH": str(self.path), "LOG": str(self.log)}
        command = [str(BASH), str(self.project / ".ci" / "run")]
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        called = [line for line in self.log.read_text().splitlines() if line[:7] != "timeout"]
        return result.returncode, called, result.stdout.splitlines()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_where_all_is_there_nothing_is_installed(place: Place) -> None:
    for name in ("dpkg-query", "apt-get", "chromium"):
        place.has(name)
    code, called, said = place.run()
    assert (code, called[1:], said) == (0, [SET_UP, "make test", *BROWSED], [])


def test_root_installs_what_is_missing_and_browses(place: Place) -> None:
    place.has("dpkg-query", code=1)
    place.has("id", "echo 0")
    shell = '"${0%/*}/chromium-headless-shell"'
    place.has("apt-get", f'if [ "$1" = install ]; then : > {shell}; chmod +x {shell}; fi')
    code, called, said = place.run()
    assert (code, said) == (0, [])
    assert [line for line in called if line.startswith("apt-get install")]
    assert called[-3:] == ["make test", *BROWSED]


@pytest.mark.parametrize(
    ("user", "reason"), [("0", "since apt-get failed"), ("1000", "for want of root or apt")]
)
def test_where_nothing_can_be_installed_one_line_says_so_and_the_rest_is_run(
    place: Place, user: str, reason: str
) -> None:
    place.has("dpkg-query", code=1)
    place.has("id", f"echo {user}")
    place.has("apt-get", code=100)
    code, called, said = place.run()
    assert code == 0
    assert called[-1] == "make test"
    assert [line.partition(":")[0] for line in said] == [
        f"== Not installed, {reason}",
        "== Not seen in a browser, for want of chromium",
    ]


@pytest.mark.parametrize("failing", ["tools.browse", "tools.seen"])
def test_a_check_that_fails_fails_the_run(place: Place, failing: str) -> None:
    for name in ("dpkg-query", "chromium"):
        place.has(name)
    place.has("../p/.venv/bin/python", f'[ "$2" != {failing} ] || exit 1')
    code, called, _ = place.run()
    assert code == 1
    assert called[-1] == f"python -m {failing}"


def test_the_documents_are_checked_where_they_are(place: Place) -> None:
    (place.project.parent / "shared" / "sources").mkdir(parents=True)
    place.has("dpkg-query")
    _, called, _ = place.run()
    assert called[-1] == "make verify SOURCES=../shared/sources"


def test_the_workflow_installs_the_same() -> None:
    """Of the libraries that print the book: those that the message for readers names."""
    (named,) = [part for part in LIBRARIES.split("`") if part.startswith("sudo apt ")]
    packages = named.split()[3:]
    for path in (".ci/run", ".github/workflows/book.yml"):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert " ".join(packages) in text, path
