"""The plugin that tells mutmut which tests can notice a change, with a stand-in for mutmut."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, set[str]]]:
    """The plugin, and the functions that mutmut notes as called."""
    called: set[str] = set()
    state = ModuleType("mutmut.state")
    state.__dict__["state"] = lambda: SimpleNamespace(_stats=called)
    monkeypatch.setitem(sys.modules, "mutmut", ModuleType("mutmut"))
    monkeypatch.setitem(sys.modules, "mutmut.state", state)
    yield importlib.import_module("tools.mutation.touched"), called
    del sys.modules["tools.mutation.touched"]


def test_each_test_answers_for_what_its_file_has_called_before_it(
    plugin: tuple[Any, set[str]],
) -> None:
    touched, called = plugin
    one, other = SimpleNamespace(path=Path("one.py")), SimpleNamespace(path=Path("other.py"))
    reading = touched.pytest_make_collect_report(one)
    next(reading)
    called.add("listed")  # while the file is read
    with pytest.raises(StopIteration) as ended:
        reading.send("report")
    assert ended.value.value == "report"
    assert called == set()
    for function in ("first", "second"):
        touched.pytest_runtest_setup(one)
        called.add(function)
        touched.pytest_runtest_teardown(one)
        assert called >= {"listed", function}
    assert "first" in called
    called.clear()  # as mutmut does between tests
    touched.pytest_runtest_setup(other)
    called.add("third")
    touched.pytest_runtest_teardown(other)
    assert called == {"third"}


def test_caches_of_the_analysis_are_emptied_where_a_file_begins(
    plugin: tuple[Any, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    touched, _ = plugin
    asked: list[int] = []
    module = ModuleType("analysis.made_up")
    monkeypatch.setitem(sys.modules, "analysis.made_up", module)
    module.__dict__["kept"] = kept = cache(lambda number: asked.append(number))
    for path in ("one.py", "one.py", "other.py"):
        touched.pytest_runtest_setup(SimpleNamespace(path=Path(path)))
        kept(1)
    assert asked == [1, 1]
