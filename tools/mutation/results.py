"""What mutmut found: of the mutants of each module, how many were noticed, and which were not."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from statsmodels.stats.proportion import proportion_confint

# A module that no test calls is missed as surely as one that none checks.
MISSED = ("survived", "no tests")
# What differs in a survivor, by the first token that is another.
COMPARISONS = {"<", ">", "<=", ">=", "==", "!=", "in", "is"}
LOGIC = {"and", "or", "not", "True", "False", "break", "continue", "return"}


@dataclass(frozen=True)
class Tried:
    """The mutants of a module.

    Attributes:
        made: all that there are. tried: those that were run.
        noticed: those that a test failed over, or that ended in no time.
        missed: the names of the others.
    """

    made: int = 0
    tried: int = 0
    noticed: int = 0
    missed: tuple[str, ...] = field(default=())

    def interval(self) -> tuple[float, float]:
        """From where to where the share noticed of all may lie, at 95 per cent (Wilson 1927)."""
        low, high = proportion_confint(self.noticed, self.tried, method="wilson")
        return float(low), float(high)


def counted(names: Iterable[str], outcomes: Mapping[str, str]) -> dict[str, Tried]:
    """By module, what became of the mutants.

    Args:
        names: of all that were made.
        outcomes: of those that were tried, as `tools.mutation.trial` has it.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition(".")[0], []).append(name)
    return {module: _tried(own, outcomes) for module, own in sorted(found.items())}


def _tried(names: list[str], outcomes: Mapping[str, str]) -> Tried:
    tried = [name for name in names if name in outcomes]
    missed = tuple(name for name in tried if outcomes[name] in MISSED)
    return Tried(len(names), len(tried), len(tried) - len(missed), missed)


def together(parts: Iterable[Tried]) -> Tried:
    """Those of several modules as one."""
    own = list(parts)
    missed = tuple(name for each in own for name in each.missed)
    made, tried, noticed = (
        sum(getattr(each, count) for each in own) for count in ("made", "tried", "noticed")
    )
    return Tried(made, tried, noticed, missed)


def kind(diff: str) -> str:
    """What a mutant changed, by the first token that differs in a unified diff."""
    old, new = (list(_tokens(diff, sign)) for sign in "-+")
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            return _kind(old[a:b], new[c:d])
    return "other"


def _kind(gone: list[str], come: list[str]) -> str:
    first = (gone or come)[0]
    if not come:
        return "argument"
    if come == ["None"]:
        return "nothing"
    if first[-1] in "\"'":
        return "text"
    if first[0].isdigit():
        return "number"
    if {*gone, *come} & COMPARISONS:
        return "comparison"
    return "logic" if {*gone, *come} & LOGIC else "operator"


def _tokens(diff: str, sign: str) -> Iterator[str]:
    marks = ("---", "+++")
    lines = [
        line[1:].strip()
        for line in diff.splitlines()
        if line.startswith(sign) and not line.startswith(marks)
    ]
    source = io.StringIO("\n".join(lines))
    try:
        for token in tokenize.generate_tokens(source.readline):
            if token.string.strip():
                yield token.string
    except tokenize.TokenError:  # The line is a part of a longer statement.
        return
