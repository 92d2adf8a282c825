"""A check: a rule that the tables must keep, with the name under which its catches are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Check(NamedTuple):
    """What a rule is called, and what yields a line for each cell or row that breaks it."""

    name: str
    run: Callable[[], Iterable[str]]

    @classmethod
    def of(cls, run: Callable[[], Iterable[str]]) -> Check:
        """A rule that is a function without arguments, called as the function is."""
        return cls(run.__name__.replace("_", " "), run)
