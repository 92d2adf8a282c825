"""What several tests share: the built site, used as it is if fresh, else built once for all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.turns import turn
from tools import wellformed
from tools.book import LAST

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "_build" / "html"
INPUTS = ("book", "analysis", "data", "tools")
SETTINGS = ("_config.yml", "_toc.yml", "pyproject.toml", "CITATION.cff")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Run no test over files that cannot be read: each would tell of them in its own way."""
    if not hasattr(session.config, "workerinput") and (found := wellformed.problems()):
        raise pytest.UsageError("\n".join(found))


def _inputs() -> Iterator[Path]:
    for folder in INPUTS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
    yield from (ROOT / name for name in SETTINGS)


def _fresh(site: Path) -> bool:
    last = site / LAST
    return last.is_file() and last.stat().st_mtime > max(p.stat().st_mtime for p in _inputs())


def _build(target: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    command = [
        sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(ROOT),
        "--path-output", str(target), "-n", "-W", "--keep-going", "--quiet",
    ]  # fmt: skip
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode:
        pytest.fail(f"the strict build of the book fails:\n{result.stderr}", pytrace=False)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the built site as slow, before any is chosen by its marks."""
    for item in items:
        if "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def kept() -> list[str]:
    """The paths of the files of the project: all but git's own and what `.gitignore` names."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [".git", *(line.strip("/") for line in ignored)]

    def within(folder: Path) -> Iterator[str]:
        for path in folder.iterdir():
            place = path.relative_to(ROOT).as_posix()
            if any(fnmatch(path.name, p) or fnmatch(place, p) for p in patterns):
                continue
            if path.is_dir():
                yield from within(path)
            else:
                yield place

    return sorted(within(ROOT))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built pages."""
    if _fresh(BUILT):
        return BUILT
    # With pytest-xdist each worker has a folder of its own below one that they share; the worker
    # that has the first turn builds, the others wait for its result.
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp().parent if parallel else tmp_path_factory.mktemp("site")
    target, done, begun = shared / "site", shared / "site.done", shared / "site.begun"
    with turn(shared / "site.lock"):
        if not begun.exists():
            begun.touch()
            _build(target)
            done.touch()
    if not done.exists():
        pytest.fail("the book was not built; see the failure of the worker that tried")
    return target / "_build" / "html"


@pytest.fixture(scope="session")
def built(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the site by its path, parsed once for all who read and do not change it."""
    found = {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if "embed" not in path.parts  # each whole in itself; see test_embed.py
    }
    assert len(found) > 5, "the site has hardly any pages"
    return found


@pytest.fixture(scope="session")
def chapters(built: dict[str, BeautifulSoup]) -> dict[str, BeautifulSoup]:
    """Those of them that are pages of the book, by their paths."""
    return {name: page for name, page in built.items() if name.startswith("book/")}
