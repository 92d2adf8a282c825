"""What is read of mutmut's results: counts by module, and the kinds of what was missed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.corrupt.score import Score
from tools.mutation import __main__ as command
from tools.mutation import rerun
from tools.mutation.results import Tried, kind, read, together

LISTED = """
    analysis.days.x_period__mutmut_1: killed
    analysis.days.x_period__mutmut_2: survived
    analysis.days.xǁDaysǁlength__mutmut_1: timeout
    analysis.days.x_never__mutmut_1: no tests
    analysis.days.x_period__mutmut_3: not checked
    analysis.words.x_span__mutmut_1: check was interrupted by user
"""


def test_mutants_are_counted_by_module() -> None:
    assert read(LISTED.splitlines()) == {
        "analysis.days": Tried(
            5, 4, 2, ("analysis.days.x_period__mutmut_2", "analysis.days.x_never__mutmut_1")
        ),
        "analysis.words": Tried(1, 1, 1),
    }


def test_a_status_that_is_not_known_is_told() -> None:
    with pytest.raises(ValueError, match=r"analysis\.days: status 'dreamt'; expected one of: "):
        read(["    analysis.days.x_period__mutmut_1: dreamt"])


def test_modules_are_summed_to_one() -> None:
    found = read(LISTED.splitlines())
    assert together(found.values()) == Tried(
        6, 5, 3, ("analysis.days.x_period__mutmut_2", "analysis.days.x_never__mutmut_1")
    )


def test_a_share_has_wilsons_interval() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, and 0 of 20."""
    assert Tried(900, 263, 81).interval() == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Tried(900, 20, 0).interval() == pytest.approx((0, 0.1611), abs=5e-5)


def test_each_mutant_is_as_likely_to_be_drawn_as_another() -> None:
    """Of 900 mutants of one module and 100 of another, 50 drawn 200 times: 45 and 5 a draw."""
    listed = [
        f"    analysis.{module}.x_a__mutmut_{n}: not checked"
        for module, size in (("large", 900), ("small", 100))
        for n in range(size)
    ]
    draws = [command.draw(listed, 50, seed) for seed in range(200)]
    assert all(len(set(each)) == 50 for each in draws)
    small = sum(name.startswith("analysis.small.") for each in draws for name in each)
    assert 900 < small < 1100  # a standard deviation is 29
    assert command.draw(listed, 50, 1) == draws[1] != draws[2]
    assert len(command.draw(listed, 2000, 1)) == 1000


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("return a < b", "return a <= b", "comparison"),
        ("x = 2 * y", "x = 3 * y", "number"),
        ("x = a + b", "x = a - b", "operator"),
        ("return a and b", "return a or b", "logic"),
        ("flag = True", "flag = False", "logic"),
        ("raise ValueError('no')", "raise ValueError('XXnoXX')", "text"),
        ("f(a, b=1)", "f(a, )", "argument"),
        ("y = f(a)", "y = None", "nothing"),
        ("sorted(a, key=len", "sorted(a, key=None", "nothing"),
    ],
)
def test_what_a_mutant_changed(before: str, after: str, expected: str) -> None:
    diff = f"--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n def f():\n-    {before}\n+    {after}\n"
    assert kind(diff) == expected


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["nowhere"], "no such module of analysis: nowhere"),
     (["days", "--ends", "x"], "--ends 'x'; expected digits, such as 37"),
     (["--sample", "0"], "--sample 0; expected a number from 1, and no --ends"),
     (["--sample", "9", "--ends", "3"], "expected a number from 1, and no --ends"),
     ([], "expected modules, such as precision stock.tables, or --sample")],
)  # fmt: skip
def test_a_wrong_argument_is_told(
    arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["mutation", *arguments])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code != 0
    assert told in capsys.readouterr().err


def test_without_mutmut_it_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "days"])
    monkeypatch.setenv("PATH", "")
    assert command.main() == 1
    assert "`make mutants` installs it" in capsys.readouterr().err


LINES = [*(f"    analysis.days.x_a__mutmut_{n}: killed" for n in (1, 2, 3, 4)),
         "    analysis.words.x_b__mutmut_1: survived"]  # fmt: skip
DIFF = "-    return 2\n+    return 3\n"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What a mutmut is asked that has five mutants, one of them missed."""
    log: list[tuple[str, ...]] = []

    def stub(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        log.append(arguments)
        told = {"results": "\n".join(LINES), "show": DIFF}.get(arguments[0], "")
        return subprocess.CompletedProcess(arguments, 0, told)

    monkeypatch.setattr(command, "mutmut", stub)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(command, "PLACE", tmp_path)
    monkeypatch.setattr(command, "_compared", lambda mutant, notebooks: True)
    monkeypatch.setattr(command, "FILE", tmp_path / "score.json")
    return log


def test_a_sample_is_drawn_of_what_was_made(
    asked: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["mutation", "--sample", "5", "--seed", "7"])
    assert command.main() == 0
    made, drawn = (arguments[3:] for arguments in asked if arguments[0] == "run")
    assert len(made) == 1
    assert sorted(drawn) == [line.split()[0].strip(":") for line in LINES]
    # Wilson's interval of 4 in 5.
    told = capsys.readouterr().out
    assert "4 of 5 noticed by tests and 0 by notebooks, drawn from 5 mutants (seed 7)" in told
    assert "80.0%, 95% interval 37.6% to 96.4%" in told
    own = Score.read(tmp_path / "score.json").sample
    assert (own["made"], own["tried"], own["noticed"], own["missed"]) == (5, 5, 4, {"number": 1})
    assert (own["least"], own["most"]) == (0.3755, 0.9638)
    settings = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert {"analysis/days.py", "analysis/survey/replies.py"} <= set(
        tomllib.loads(settings)["tool"]["mutmut"]["only_mutate"]
    )


def notebook(root: Path, name: str, modules: str) -> None:
    (root / "book").mkdir(exist_ok=True)
    content = {"metadata": {"inputs": {"modules": modules}}, "cells": []}
    (root / "book" / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")


def test_notebooks_notice_what_they_show_otherwise(tmp_path: Path) -> None:
    """Of three mutants one changes what is shown, one does not, and no notebook has the third."""
    notebook(tmp_path, "audit", "analysis.words 1a, analysis.audit.tables 2b")
    notebook(tmp_path, "stock", "analysis.words 1a, analysis.stock.figures 3c")
    first, second, third = (f"analysis.{module}.x_a__mutmut_1"
                            for module in ("stock.figures", "audit.tables", "lost"))  # fmt: skip
    tried = []

    def same(mutant: str, notebooks: Sequence[str]) -> bool:
        tried.append((mutant, *notebooks))
        return mutant != first

    assert rerun.unlike([first, second, third], tmp_path, same) == [first]
    stock, audit = "book/stock.ipynb", "book/audit.ipynb"
    assert tried == [(first, stock), ("", stock), (second, audit)]
    assert rerun.using("analysis.words", tmp_path) == [audit, stock]
    with pytest.raises(RuntimeError, match=r"of book/stock\.ipynb one differs; expected: a fresh"):
        rerun.unlike([first], tmp_path, lambda mutant, notebooks: False)


def test_noticed_elsewhere_is_missed_no_more() -> None:
    tried = Tried(9, 5, 3, ("one", "other"))
    assert tried.but(["other", "third"]) == Tried(9, 5, 4, ("one",))


def test_a_module_has_a_score_of_its_own(
    asked: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "days", "words", "--ends", "37"])
    assert command.main() == 0
    assert asked[0][3:] == ("analysis.days.x*__mutmut_*[37]", "analysis.words.x*__mutmut_*[37]")
    code = Score.read(tmp_path / "score.json").code
    assert [code[f"analysis.{name}"]["noticed"] for name in ("days", "words")] == [4, 0]


def test_a_run_that_fails_writes_no_score(
    asked: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "days"])
    monkeypatch.setattr(command, "_run", lambda names, workers: 1)
    assert command.main() == 1
    assert not (tmp_path / "score.json").exists()


def test_tests_of_the_analysis_alone_are_run() -> None:
    chosen = set(command.of_the_analysis())
    assert {"tests/test_precision.py", "tests/figures/test_stock.py"} <= chosen
    assert not chosen & {"tests/test_house.py", "tests/test_notebooks.py", "tests/test_prose.py"}


def test_the_score_of_code_adds_up() -> None:
    score = Score.read()
    for name, own in {**score.code, **({"sample": score.sample} if score.sample else {})}.items():
        assert own["noticed"] + sum(own["missed"].values()) == own["tried"] <= own["made"], name
