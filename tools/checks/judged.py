"""The discrepancies as two judgements and their table of differences have them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.audit.judged import CODED, DIFFERENCES, JUDGEMENTS
from analysis.tables import load
from tools.checks.declared import words
from tools.checks.judgements import DISCREPANCIES
from tools.verify.problems import problem


def discrepancies_are_judged_twice() -> Iterator[str]:
    """What is judged again has both judgements; the second alone gives its reason."""
    judged = load(JUDGEMENTS)
    have = set(zip(judged["discrepancy_id"], judged["reading"], strict=True))
    for row in judged.itertuples():
        other = "B" if row.reading == "A" else "A"
        if (row.discrepancy_id, other) not in have:
            told = f"a discrepancy that has judgement {other} as well"
            yield problem(JUDGEMENTS, row.Index, "discrepancy_id", row.discrepancy_id, told)
        if pd.isna(row.reason) != (row.reading == "A"):
            told = "a reason of judgement B, and of no other"
            yield problem(JUDGEMENTS, row.Index, "reason", row.reason, told)


def discrepancies_as_judged() -> Iterator[str]:
    """What both judgements have, or what a row of differences resolves, is in the table."""
    rows, judged, listed = load(DISCREPANCIES), load(JUDGEMENTS), load(DIFFERENCES)
    told = {(r.discrepancy_id, r.field): r for r in listed.itertuples()}
    sides = {r: judged[judged["reading"] == r].set_index("discrepancy_id") for r in "AB"}
    at = {(r.discrepancy_id, r.reading): r.Index for r in judged.itertuples()}
    for index, name in rows["discrepancy_id"].items():
        if any(name not in side.index for side in sides.values()):
            continue  # Not judged again.
        for field in CODED:
            a, b = (words(side.at[name, field]) for side in sides.values())
            entry, given = told.get((name, field)), words(rows.at[index, field])
            if (a != b) != (entry is not None):
                expected = f"{a}, as judgement A, or a row of {DIFFERENCES}"
                yield problem(JUDGEMENTS, at[name, "B"], field, b, expected)
                continue
            if entry is not None:
                for side, read in (("value_a", a), ("value_b", b)):
                    if getattr(entry, side) != read:
                        expected = f"{read}, as judged"
                        yield problem(
                            DIFFERENCES, entry.Index, side, getattr(entry, side), expected
                        )
            expected = a if entry is None else entry.resolved
            if given != expected:
                yield problem(
                    DISCREPANCIES, int(str(index)), field, given, f"{expected}, as judged"
                )


CHECKS = (discrepancies_are_judged_twice, discrepancies_as_judged)
