"""A census with silent members, and two lists of one group: what the counts alone allow.

Where everybody on a closed list was asked there is no sampling error: what the silent ones leave
open is bounded, not estimated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import pandas as pd

from analysis.precision import Interval, compatible_denominators


def possible_totals(count: int, share: Interval) -> list[int]:
    """The numbers asked of which `count` makes the stated share (the granularity test).

    Args:
        count: entities that answered, at least 1.
        share: the response rate as an interval of shares of 1, above nought.

    Raises:
        ValueError: a share that reaches down to nought bounds no total.
    """
    if share.lo <= 0:
        raise ValueError(f"a share from {share.lo} sets no upper bound on the number asked")
    return compatible_denominators(count, share, range(count, math.floor(count / share.lo) + 2))


def allocations(
    answered: Mapping[str, int], total: int, at_least: Mapping[tuple[str, ...], int]
) -> pd.DataFrame:
    """Every way in which `total` entities asked can be shared out among the types.

    Args:
        answered: replies by type; nobody answers unasked, so each is a lower bound.
        total: entities asked.
        at_least: further lower bounds, on groups of types together.

    Returns:
        One row per possible allocation, one column per type: entities asked.

    Raises:
        ValueError: no allocation meets the bounds.
    """
    slack = total - sum(answered.values())
    extra = [e for e in product(range(max(slack, 0) + 1), repeat=len(answered)) if sum(e) == slack]
    rows = pd.DataFrame(extra, columns=list(answered), dtype="int64") + pd.Series(answered)
    for group, floor in at_least.items():
        rows = rows[rows[list(group)].sum(axis=1) >= floor]
    if rows.empty:
        raise ValueError(f"{total} entities asked cannot meet the replies {dict(answered)}")
    return rows.reset_index(drop=True)


def rate_bounds(answered: Mapping[str, int], asked: pd.DataFrame) -> pd.DataFrame:
    """Bounds on the number asked and on the response rate of each type.

    Returns:
        Index: type. `answered`, `asked_low`, `asked_high` (entities), `rate_low`, `rate_high`
        (shares of 1; missing for a type of which nobody need have been asked).
    """
    table = pd.DataFrame({"answered": pd.Series(answered)})
    table["asked_low"], table["asked_high"] = asked.min(), asked.max()
    table["rate_low"] = table["answered"] / table["asked_high"].where(lambda n: n > 0)
    table["rate_high"] = table["answered"] / table["asked_low"].where(lambda n: n > 0)
    return table


def two_lists(attended: int, answered: int) -> pd.DataFrame:
    """Every overlap that two list lengths allow.

    Returns:
        One row per possible overlap, widest first: `answered_only`, `both`, `attended_only`,
        `either` (mechanisms).
    """
    both = pd.Series(range(min(attended, answered), -1, -1))
    return pd.DataFrame(
        {
            "answered_only": answered - both,
            "both": both,
            "attended_only": attended - both,
            "either": attended + answered - both,
        }
    )
