"""A plugin of pytest for mutmut: which tests can notice a change of a function.

mutmut notes the functions that each test calls. What a file keeps for its tests is called by the
first of them alone, or while pytest collects the file: a fixture of the module, a list of findings,
a cache of the analysis. So each test answers for all that its file has called before it, and the
caches are emptied where a file begins.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest
from mutmut.state import state

CALLED: defaultdict[Path, set[str]] = defaultdict(set)
LAST: list[Path] = []


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Note what a file of tests calls while it is read."""
    _forget()
    before = set(state()._stats)
    report = yield
    CALLED[collector.path] |= state()._stats - before
    state()._stats.clear()
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Empty the caches where a file begins."""
    if [item.path] != LAST:
        LAST[:] = [item.path]
        _forget()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let the test answer for what its file has called."""
    CALLED[item.path] |= state()._stats
    state()._stats |= CALLED[item.path]


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("analysis."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
