"""What is read of mutmut's results: counts by module, and the kinds of what was missed."""

from __future__ import annotations

import sys

import pytest

from tools.corrupt.score import Score
from tools.mutation import __main__ as command
from tools.mutation.results import Tried, kind, read

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
     (["days", "--ends", "x"], "--ends 'x'; expected digits, such as 37")],
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


def test_tests_of_the_analysis_alone_are_run() -> None:
    chosen = set(command.of_the_analysis())
    assert {"tests/test_precision.py", "tests/figures/test_stock.py"} <= chosen
    assert not chosen & {"tests/test_house.py", "tests/test_notebooks.py", "tests/test_prose.py"}


def test_the_score_of_code_adds_up() -> None:
    for name, own in Score.read().code.items():
        assert own["noticed"] + sum(own["missed"].values()) == own["tried"] <= own["made"], name
