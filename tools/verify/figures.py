"""Check a statement against itself: the value that its words write is the value recorded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import partial

import pandas as pd

from analysis.precision import parse
from tools.verify.problems import problem

# A share in words is recorded to four decimals.
TOLERANCE = 5e-5
# The words before or after a figure that settle its qualifier; the first that fits decides.
HEDGES = (
    ("at-least", r"\bat least $", r"^ or more\b"),
    ("at-most", r"\b(?:limited to|no more than|at most) $", r"^ or fewer\b"),
    ("up-to", r"\bup to $", None),
    ("more-than", r"\b(?:more than|over) $", None),
    ("about", r"(?i:\b(?:about|some|approximately|nearly) )$", None),
)


def figure_span(phrase: str, figure: str) -> tuple[int, int] | None:
    """Where the figure stands in its phrase, as a whole word; `None` unless exactly once."""
    found = list(re.finditer(rf"(?<![\w.,]){re.escape(figure)}(?!\w)", phrase))
    return found[0].span() if len(found) == 1 else None


def hedge(phrase: str, figure: str) -> str | None:
    """The qualifier that the words around a figure ask for; `None` where nothing hedges it."""
    span = figure_span(phrase, figure)
    assert span, "checked before"
    for qualifier, before, after in HEDGES:
        if re.search(before, phrase[: span[0]]) or (after and re.search(after, phrase[span[1] :])):
            return qualifier
    return "about" if re.match(r"(?i:nearly|virtually|almost) ", figure) else None


def problems(statements: pd.DataFrame) -> Iterator[str]:
    """One line per statement whose words and numbers disagree; needs no source text."""
    for row in statements.itertuples():
        phrase, figure = str(row.phrase), str(row.figure)
        tell = partial(problem, "statements", row.Index)
        if figure_span(phrase, figure) is None:
            yield tell("figure", figure, f"a figure that its phrase has once, “{phrase}”")
            continue
        try:
            value, upper = parse(figure)
        except ValueError as error:
            yield tell("figure", figure, f"a figure that can be read; {error}")
            continue
        for field, read in (("value", value), ("value_upper", upper)):
            if not _same(read, getattr(row, field)):
                told = f"{'nothing' if read is None else f'{read:g}'}, as “{figure}” reads"
                yield tell(field, getattr(row, field), told)
        if (asked := hedge(phrase, figure)) not in (None, row.qualifier):
            yield tell("qualifier", row.qualifier, f"{asked}, as “{phrase}” asks for")
        if (row.qualifier == "range") != (upper is not None):
            told = "range" if upper is not None else "no range, for a figure of one value"
            yield tell("qualifier", row.qualifier, told)


def _same(read: float | None, recorded: float) -> bool:
    if read is None:
        return math.isnan(recorded)
    return math.isclose(read, recorded, rel_tol=0, abs_tol=TOLERANCE)
