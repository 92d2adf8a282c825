"""The steps of `make test` and `make check`: all of them run, and one that fails is shown."""

from __future__ import annotations

import sys

import pytest

from tools import prove


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that ran, of which that of the links alone fails."""
    log: list[str] = []

    def step(name: str, module: list[str]) -> bool:
        log.append(name)
        return name != "imports"

    monkeypatch.setattr(prove, "step", step)
    monkeypatch.setattr(prove.wellformed, "refused", lambda: False)
    return log


@pytest.mark.parametrize(
    ("arguments", "stages"), [([], [prove.FIRST, prove.SECOND]), (["--quick"], [prove.QUICK])]
)
def test_all_steps_run_even_if_one_fails(
    arguments: list[str], stages: list[dict[str, list[str]]], ran: list[str],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["tools.prove", *arguments])
    assert prove.main() == 1
    assert sorted(ran) == sorted(name for stage in stages for name in stage)
    assert capsys.readouterr().out.endswith("== something FAILS; see above\n")


def test_the_quick_run_says_what_it_leaves_out(
    ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.prove", "--quick"])
    monkeypatch.setattr(prove, "QUICK", {"lint": ["ruff"]})
    assert prove.main() == 0
    assert "`make test` adds rerunning the notebooks" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["tools.prove"])
    monkeypatch.setattr(prove, "FIRST", {})
    assert prove.main() == 0
    assert capsys.readouterr().out.endswith("== everything holds\n")


def test_nothing_is_proved_of_files_that_cannot_be_read(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.prove"])
    monkeypatch.setattr(prove.wellformed, "refused", lambda: True)
    assert prove.main() == 1
    assert ran == []


def test_a_step_shows_what_its_program_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove.step("version", ["json.tool", "--help"])
    assert prove.step("data package", ["json.tool", "--help"])
    assert not prove.step("wrong", ["json.tool", "nowhere.json"])
    told = capsys.readouterr().out
    assert told.count("== version: holds") == 1
    assert told.count("positional arguments:") == 1  # a data package that holds says nothing
    assert "== wrong: FAILS" in told
    assert "can't open 'nowhere.json'" in told
