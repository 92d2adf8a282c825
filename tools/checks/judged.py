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
    """Each has two judgements; the second alone gives its reason."""
    known, judged = load(DISCREPANCIES)["discrepancy_id"], load(JUDGEMENTS)
    have = set(zip(judged["discrepancy_id"], judged["reading"], strict=True))
    for index, name in known.items():
        for missing in (reading for reading in "AB" if (name, reading) not in have):
            told = f"an id of which {JUDGEMENTS} has judgement {missing}"
            yield problem(DISCREPANCIES, int(str(index)), "discrepancy_id", name, told)
    for row in judged.itertuples():
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
            continue  # Told above.
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
