"""What the Dialogue of 2006 answered to each preference of 2003, by a rule that can be argued with.

A preference is taken apart into what it asks for; the table `preference_answers` has the words of
the proposal, of the decision and of accounts of the Dialogue that grant a part, or refuse it by
putting something else in its place. The verdict rests on the decision, and where it is silent on
the accounts; the proposal is shown and decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Set
from functools import cache

import pandas as pd

from analysis.preferences.hedges import FAVOUR, RESERVE, ROLE
from analysis.tables import load

ANSWERS = "preference_answers"
STAGES = PROPOSED, DECIDED, HELD = "proposed", "decided", "held"
VERDICTS = MET, PARTLY, NOT_MET, SILENT = "met", "partly", "not-met", "not-comparable"
SIDES = (FAVOUR, RESERVE, ROLE)


def verdict(parts: Collection[str], granted: Set[str], refused: Set[str]) -> str:
    """The verdict on a preference with these parts.

    Met if every part is granted, partly if some are, not if none is and one or more are refused;
    not comparable if nothing is either, or nothing was asked for.
    """
    if granted:
        return MET if granted == set(parts) else PARTLY
    return NOT_MET if refused else SILENT


def decisive(clear: bool = False, *, given: str = ANSWERS) -> pd.DataFrame:
    """The answers on which verdicts rest: one for each part that has any.

    Args:
        clear: whether doubtful answers are left out, as by a reader who sees no answer in them.
        given: the table of answers, reconciled or of one reading.
    """
    table = load(given).dropna(subset=["preference_id"])
    table = table[table["stage"] != PROPOSED]
    if clear:
        table = table[table["certainty"] == "clear"]
    order = table["stage"].map(STAGES.index)
    return table.assign(order=order).sort_values("order").drop_duplicates(["preference_id", "part"])


def verdicts(given: str = ANSWERS) -> pd.DataFrame:
    """The preferences with `verdict`, `clear` (without doubtful answers) and `side`.

    `side` is that of the Governments on a conference, or `ROLE` for a role of the United Nations.
    `asks` says whether the preference asks for anything that could be granted.

    Args:
        given: as in `decisive`.
    """
    return _verdicts(given).copy(deep=False)


@cache
def _verdicts(given: str) -> pd.DataFrame:
    table = load("preferences")
    side = table["base"].where(table["subject"] != ROLE, ROLE)
    found = {
        name: _judged(table, decisive(clear, given=given))
        for name, clear in (("verdict", False), ("clear", True))
    }
    return table.assign(side=side, asks=table["parts"].notna(), **found)


def met(given: str = ANSWERS) -> list[int]:
    """How many wishes about a conference were met: the fewer and the more of two ways to count.

    The ways are with and without doubtful answers.

    Args:
        given: as in `decisive`.
    """
    table = verdicts(given)
    return sorted(map(int, tally(table[table["side"] != ROLE]).loc[MET]))


def days() -> int:
    """How many days the Dialogue of 2006 took, by the table `events`."""
    dialogue = load("events").set_index("event_id").loc["hld-2006"]
    return (pd.Timestamp(dialogue["date_end"]) - pd.Timestamp(dialogue["date"])).days + 1


def _judged(table: pd.DataFrame, answers: pd.DataFrame) -> list[str]:
    judged = []
    for row in table.fillna({"parts": ""}).itertuples():
        own = answers[answers["preference_id"] == row.preference_id]
        granted, refused = (set(own["part"][own["reading"] == r]) for r in ("grants", "refuses"))
        judged.append(verdict([p for p in row.parts.split("; ") if p], granted, refused))
    return judged


def tally(table: pd.DataFrame) -> pd.DataFrame:
    """How many preferences that ask for something got each verdict.

    Args:
        table: the result of `verdicts`, or a part of it.

    Returns:
        Index: `VERDICTS`; columns `read` (with doubtful answers) and `clear` (without).
    """
    asking = table[table["asks"]]
    counted = {
        name: asking[column].value_counts().reindex(VERDICTS, fill_value=0)
        for name, column in (("read", "verdict"), ("clear", "clear"))
    }
    return pd.DataFrame(counted)
