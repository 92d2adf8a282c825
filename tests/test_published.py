"""Addresses on the web: from the environment, else the settings, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools.notebooks import ROOT
from tools.published import ADDRESS, REPOSITORY, REVISION, Published

HUB = "https://hub.example.org"


@pytest.fixture(autouse=True)
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ADDRESS, REPOSITORY, REVISION):
        monkeypatch.delenv(name, raising=False)


def settings(folder: Path, url: str = "", base: str = "") -> Path:
    content = {
        "repository": {"url": url, "branch": "main"},
        "launch_buttons": {"binderhub_url": f"{HUB}/"},
        "sphinx": {"config": {"html_baseurl": base}},
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


def test_nowhere_is_nowhere(tmp_path: Path) -> None:
    found = Published.of(settings(tmp_path))
    assert (found.book, found.repository) == ("", "")
    assert found.launch("book/stock.ipynb") == ""


# The forms are those of the documentation of BinderHub and of links in use.
@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://github.com/some/book", "gh/some/book"),
        ("https://github.com/some/book.git", "gh/some/book"),
        ("https://gitlab.com/some/group/book/", "gl/some%2Fgroup%2Fbook"),
        ("https://git.example.org/book", "git/https%3A%2F%2Fgit.example.org%2Fbook"),
    ],
)
def test_a_notebook_is_launched_from_its_repository(tmp_path: Path, url: str, source: str) -> None:
    found = Published.of(settings(tmp_path, url))
    wanted = f"{HUB}/v2/{source}/main?urlpath=lab/tree/book/stock.ipynb"
    assert found.launch("book/stock.ipynb") == wanted


def test_the_environment_says_it_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = settings(tmp_path, "https://github.com/some/book", "https://old.example.org/")
    assert Published.of(folder).book == "https://old.example.org/"
    monkeypatch.setenv(ADDRESS, "https://new.example.org/book")
    monkeypatch.setenv(REPOSITORY, "https://github.com/other/book")
    monkeypatch.setenv(REVISION, "2026.11")
    found = Published.of(folder)
    assert found.book == "https://new.example.org/book/"
    assert "/gh/other/book/2026.11?" in found.launch("book/stock.ipynb")


def test_what_is_no_address_of_the_web_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        ValueError, match=r"_config\.yml: 'git@host:some/book': expected an address"
    ):
        Published.of(settings(tmp_path, "git@host:some/book"))
    monkeypatch.setenv(ADDRESS, "book.example.org")
    with pytest.raises(ValueError, match=f"{ADDRESS}: 'book.example.org': expected"):
        Published.of(settings(tmp_path))


def test_the_workflow_that_publishes_says_all_of_it() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    assert [set(s["env"]) for s in steps if "env" in s] == [{ADDRESS, REPOSITORY, REVISION}]
