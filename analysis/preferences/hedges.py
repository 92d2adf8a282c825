"""How many Governments may hold a preference that a hedge such as "several" reports.

A hedge is a set of counts, not a count: what the word allows, out of the group that it speaks of.
The table `hedges` has the rule for each word, once. Where the report lets a word speak of either of
two groups, the set covers both. "Most" is more than half (Barwise and Cooper, *Generalized
quantifiers and natural language*, 1981); for words such as "many" no number is fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.precision import Interval, compatible_counts
from analysis.statements import stated
from analysis.tables import load

IN_FAVOUR = "conference-survey-in-favour-a-58-98-para-43"
RESERVATIONS = "conference-survey-reservations-a-58-98-para-47"
GOVERNMENTS = "conference-survey-governments-a-58-98"
YEAR = 2003
NO_HEDGE = "none"
FAVOUR, RESERVE = "in-favour", "not-in-favour"
ROLE = "role-of-un"
KINDS = ["type-43-1", "type-43-3", "type-43-4"]  # kinds of conference that a hedge goes with


def bases() -> dict[str, range]:
    """The groups that hedges speak of, and how many Governments each may have."""
    sizes = {
        FAVOUR: stated(IN_FAVOUR).count,
        RESERVE: stated(RESERVATIONS).count,
        "replied": stated(GOVERNMENTS).count,
        "member-states": int((load("un_members")["un_member_since"] <= YEAR).sum()),
    }
    most = load("hedges").set_index("hedge").loc["most"]
    part = allowed(most, sizes[RESERVE])
    return {**{name: range(n, n + 1) for name, n in sizes.items()}, "part-of-not-in-favour": part}


def allowed(rule: Any, size: int, *, candid: bool = False) -> range:
    """The counts out of `size` that a hedge allows.

    Args:
        rule: its row of the table `hedges`.
        candid: whether the writer is taken to call a majority by that name. Then a weaker word
            denies one (Grice, *Logic and Conversation*, 1975): an assumption, no meaning of it.
    """
    if pd.notna(rule["share_above"]):
        return compatible_counts(Interval(rule["share_above"], 1, lo_closed=False), size)
    most = size if pd.isna(rule["at_most"]) else int(rule["at_most"])
    if candid and rule["understates_majority"]:
        most = min(most, size // 2)
    return range(int(rule["at_least"]), most + 1)


def counts() -> pd.DataFrame:
    """The preferences, each with the counts that its hedge allows.

    Returns:
        The table `preferences` with `fewest` and `most` over every group that the words admit, and
        `likely`, the most where the nearest group is meant and the writer was candid. All three
        are missing where no word says how many.
    """
    rules, groups = load("hedges").set_index("hedge"), bases()
    table = load("preferences")
    rows = []
    for row in table.itertuples():
        if row.hedge == NO_HEDGE:
            rows.append((pd.NA, pd.NA, pd.NA))
            continue
        rule = rules.loc[row.hedge]
        named = [row.base] if pd.isna(row.base_also) else [row.base, row.base_also]
        sets = [allowed(rule, size) for name in named for size in groups[name]]
        near = allowed(rule, max(groups[row.base]), candid=True)
        rows.append((min(s[0] for s in sets), max(s[-1] for s in sets), near[-1]))
    found = pd.DataFrame(rows, columns=["fewest", "most", "likely"], dtype="Int64")
    return table.join(found)


def shared(fewest: Sequence[int], size: int) -> int:
    """How many of a group must hold all of several preferences, each held by so many at least.

    The lower bound of Fréchet (1935): what the counts exceed the group by cannot lie apart.
    """
    return max(0, sum(fewest) - (len(fewest) - 1) * size)


def both_majorities() -> tuple[int, int]:
    """How many in favour must share the two wishes of a majority, by whom the second speaks of.

    First if it speaks of those in favour, as the first wish does; then if of all that replied, when
    as many of its holders as can be are among those with reservations.
    """
    rule, size = load("hedges").set_index("hedge").loc["majority"], bases()
    groups = {name: max(size[name]) for name in (FAVOUR, RESERVE, "replied")}
    own = allowed(rule, groups[FAVOUR])[0]
    rest = max(0, allowed(rule, groups["replied"])[0] - groups[RESERVE])
    return shared([own, own], groups[FAVOUR]), shared([own, rest], groups[FAVOUR])


def apart(sets: Sequence[range], size: int) -> list[range]:
    """The counts left to each of several sets if no member of a group of `size` is in two.

    Raises:
        ValueError: the smallest counts together are more than the group.
    """
    least = sum(s[0] for s in sets)
    if least > size:
        raise ValueError(f"{least} members at least do not fit apart into a group of {size}")
    return [range(s[0], min(s[-1], size - (least - s[0])) + 1) for s in sets]


def kinds() -> list[range]:
    """How many in favour may have named each of `KINDS`, if each of them named one kind."""
    rules, size = load("hedges").set_index("hedge"), max(bases()[FAVOUR])
    hedged = load("preferences").set_index("preference_id").loc[KINDS, "hedge"]
    return apart([allowed(rules.loc[hedge], size) for hedge in hedged], size)


def holders_of_roles() -> pd.Series:
    """How many roles of the United Nations are stated to be a view, implied, or asserted."""
    table = load("preferences")
    roles = table[table["subject"] == ROLE]["attribution"]
    return roles.value_counts().reindex(["stated", "implied", "own"], fill_value=0)
