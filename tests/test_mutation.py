"""What is read of mutmut's results: counts by module, and the kinds of what was missed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.corrupt.score import Score
from tools.mutation import __main__ as command
from tools.mutation import chosen, trial
from tools.mutation.results import Tried, counted, kind, together

OUTCOMES = {
    "analysis.days.x_period__mutmut_1": "killed",
    "analysis.days.x_period__mutmut_2": "survived",
    "analysis.days.xǁDaysǁlength__mutmut_1": "timeout",
    "analysis.days.x_never__mutmut_1": "no tests",
    "analysis.words.x_span__mutmut_1": "killed",
}
NAMES = [*OUTCOMES, "analysis.days.x_period__mutmut_3"]
BY_MODULE = {
    "analysis.days": Tried(
        5, 4, 2, ("analysis.days.x_period__mutmut_2", "analysis.days.x_never__mutmut_1")
    ),
    "analysis.words": Tried(1, 1, 1),
}  # fmt: skip


def test_mutants_are_counted_by_module() -> None:
    assert counted(NAMES, OUTCOMES) == BY_MODULE


def test_modules_are_summed_to_one() -> None:
    assert together(BY_MODULE.values()) == Tried(
        6, 5, 3, ("analysis.days.x_period__mutmut_2", "analysis.days.x_never__mutmut_1")
    )


def test_a_share_has_wilsons_interval() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, and 0 of 20."""
    assert Tried(900, 263, 81).interval() == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Tried(900, 20, 0).interval() == pytest.approx((0, 0.1611), abs=5e-5)


def test_each_mutant_is_as_likely_to_be_drawn_as_another() -> None:
    """Of 900 mutants of one module and 100 of another, 50 drawn 200 times: 45 and 5 a draw."""
    names = [
        f"analysis.{module}.x_a__mutmut_{n}"
        for module, size in (("large", 900), ("small", 100))
        for n in range(size)
    ]
    draws = [command.draw(names, 50, seed) for seed in range(200)]
    assert all(len(set(each)) == 50 for each in draws)
    small = sum(name.startswith("analysis.small.") for each in draws for name in each)
    assert 900 < small < 1100  # a standard deviation is 29
    assert command.draw(names, 50, 1) == draws[1] != draws[2]
    assert len(command.draw(names, 2000, 1)) == 1000


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
     (["--sample", "0"], "--sample: '0'; expected: a number from 1"),
     (["--sample", "9", "--ends", "3"], "--sample 9; expected no --ends beside it"),
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


MUTANTS = [*(f"analysis.days.x_a__mutmut_{n}" for n in (1, 2, 3, 4)),
           "analysis.words.x_b__mutmut_1"]  # fmt: skip
DIFF = "-    return 2\n+    return 3\n"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The mutants that are tried, of a mutmut that makes five; the last of them is missed."""
    log: list[str] = []

    def python(options: list[str], place: Path, given: str = "") -> int:
        with command.results().open("a", encoding="utf-8") as file:
            for mutant, tests in json.loads(given or "[]"):
                log.extend([mutant] if mutant else [])
                missed = mutant in ("", MUTANTS[-1])
                file.write(f"{mutant or tests[0]}\t{'survived' if missed else 'killed'}\n")
        return 0

    printed = {"results": "\n".join(f"    {name}: not checked" for name in MUTANTS), "show": DIFF}
    monkeypatch.setattr(command, "mutmut", lambda first, *others: printed[first])
    monkeypatch.setattr(command, "_python", python)
    monkeypatch.setattr(command, "results", lambda: tmp_path / "tried.txt")
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(command, "PLACE", tmp_path)
    monkeypatch.setattr(command, "FILE", tmp_path / "score.json")
    return log


def test_a_sample_is_drawn_of_what_was_made(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["mutation", "--sample", "5", "--seed", "7"])
    assert command.main() == 0
    assert sorted(asked) == MUTANTS
    # Wilson's interval of 4 in 5.
    told = capsys.readouterr().out
    assert "4 of 5 noticed, drawn from 5 mutants (seed 7)" in told
    assert "80.0%, 95% interval 37.6% to 96.4%" in told
    own = Score.read(tmp_path / "score.json").sample
    assert (own["made"], own["tried"], own["noticed"], own["missed"]) == (5, 5, 4, {"number": 1})
    assert (own["least"], own["most"]) == (0.3755, 0.9638)
    settings = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert {"analysis/days.py", "analysis/survey/replies.py"} <= set(
        tomllib.loads(settings)["tool"]["mutmut"]["only_mutate"]
    )


def test_a_run_that_was_cut_off_goes_on(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tried.txt").write_text("".join(f"{m}\tkilled\n" for m in MUTANTS[1:4]), "utf-8")
    monkeypatch.setattr(sys, "argv", ["mutation", "--sample", "5", "--seed", "7"])
    assert command.main() == 0
    assert sorted(asked) == [MUTANTS[0], MUTANTS[4]]


def test_a_module_has_a_score_of_its_own(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "days", "words", "--ends", "13"])
    assert command.main() == 0
    assert asked == [MUTANTS[0], MUTANTS[2], MUTANTS[4]]
    code = Score.read(tmp_path / "score.json").code
    assert [code[f"analysis.{name}"]["noticed"] for name in ("days", "words")] == [2, 0]


def test_a_test_that_fails_without_a_mutant_ends_the_run(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "tried.txt").write_text("tests/test_days.py\tkilled\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["mutation", "days"])
    assert command.main() == 1
    assert capsys.readouterr().err == "fail without a mutant: tests/test_days.py\n"
    assert asked == []
    assert not (tmp_path / "score.json").exists()


def test_what_fails_to_run_writes_no_score(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["mutation", "days"])
    monkeypatch.setattr(command, "_python", lambda *given: 3)
    assert command.main() == 3
    assert not (tmp_path / "score.json").exists()


def test_a_module_is_tried_by_the_tests_that_import_it_and_by_what_is_shown() -> None:
    own = chosen.tests("analysis.stock.figures")
    assert set(own[:3]) == {
        "tests/test_stock.py", "tests/figures/test_stock.py", "tests/tables/test_stock.py",
    }  # fmt: skip
    assert own[-1] == "tests/test_shown.py::test_a_notebook_shows_what_it_computes[stock]"
    words = chosen.tests("analysis.words")
    assert words[0] == "tests/test_words.py"
    assert sum("[" in test for test in words) > 10
    assert not set(words) & {"tests/test_house.py", "tests/test_notebooks.py"}


def test_a_mutant_is_tried_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the exit codes of pytest: all pass, one fails, none was found; and one never ends."""
    codes = {"alike": 0, "other": 1, "alone": 5}

    def run(mutant: str, tests: Sequence[str]) -> int:
        if mutant == "endless":
            os.kill(os.getpid(), signal.SIGKILL)
        return codes[mutant]

    monkeypatch.setattr(trial, "run", run)
    mutants = [(name, ["tests/a.py"]) for name in (*codes, "endless")]
    assert dict(trial.tried(mutants, workers=2)) == {
        "alike": "survived", "other": "killed", "alone": "no tests", "endless": "timeout",
    }  # fmt: skip


def test_the_score_of_code_adds_up() -> None:
    score = Score.read()
    for name, own in {**score.code, **({"sample": score.sample} if score.sample else {})}.items():
        assert own["noticed"] + sum(own["missed"].values()) == own["tried"] <= own["made"], name
