"""What stakes and a group's known position say about positions that the report does not give.

The report gives totals: how many replies favoured a conference and how many had reservations. Which
State favoured is not known, nor the side of the letter that stands for the European Union (the
*bloc*) or of the Holy See. So a bound here is the widest over every way of giving the replies to
the States that sent them, the bloc's as one, and over every position of the silent that the
assumption allows.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from analysis.nonresponse import Lean, worst_case
from analysis.precision import Interval, hull
from analysis.respondents import stakes
from analysis.statements import stated
from analysis.tables import load

POSITIONS = FAVOUR, RESERVE = "favour", "reserve"
ASSUMPTIONS = NOTHING, NO_MORE, NO_LESS = "nothing", "silent-no-more", "silent-no-less"

REPLIED = "conference-survey-member-states-a-58-98"
IN_FAVOUR = "conference-survey-in-favour-a-58-98-para-43"
RESERVATIONS = "conference-survey-reservations-a-58-98-para-47"
BLOC = "eu-member-states-2003-a-58-98"
MEMBERS = "c6-g77-2003"  # a row of `public_facts`


def governments() -> Lean:
    """The lean of all Governments that replied, the Holy See included, as stated."""
    return Lean(stated(IN_FAVOUR).count, stated(RESERVATIONS).count)


# --- If silence depends on stakes ----------------------------------------------------------------


def by_stock(edition: int) -> pd.DataFrame:
    """The Member States by quarter of the migrants that they hosted, lowest first.

    Returns:
        Index: the quarter; columns `single` (replies apart from the bloc's), `bloc`, `silent`.
    """
    states = stakes.units(stakes.STATE, edition)
    heard = np.select([states["bloc"], states["replied"]], ["bloc", "single"], "silent")
    table = pd.crosstab(states[stakes.BY_STOCK], heard)
    return table.loc[list(stakes.QUARTERS), ["single", "bloc", "silent"]]


def as_their_like(groups: pd.DataFrame, favour: int, bloc: str) -> Interval:
    """How many in favour, if the silent of each group favour as often as the replies of it.

    Each reply of a group then speaks for as many silent as there are to a reply; they are most, or
    fewest, if the replies in favour are those that speak for most, or for fewest.

    Args:
        groups: as of `by_stock`.
        favour: replies in favour, the bloc's included.
        bloc: the position of the bloc, one of `POSITIONS`.

    Raises:
        ValueError: no positions fit the counts, or a group has silent members and no reply.
    """
    replied = groups["single"] + groups["bloc"]
    if mute := groups.index[replied == 0].tolist():
        raise ValueError(f"group {mute[0]}: the silent cannot be compared with replies: none came")
    speaks_for = groups["silent"] / replied
    joint = groups["bloc"] if bloc == FAVOUR else 0 * groups["bloc"]
    others = favour - int(joint.sum())
    if not 0 <= others <= groups["single"].sum():
        raise ValueError(f"no positions fit {favour} in favour, bloc {bloc}")
    each = np.sort(np.repeat(speaks_for, groups["single"]))
    known = favour + float((speaks_for * joint).sum())
    return Interval(known + each[:others].sum(), known + each[len(each) - others :].sum())


def bounds(groups: pd.DataFrame, favour: int, bloc: str, assumption: str) -> Interval:
    """The least and the largest share of all in favour that the counts and an assumption allow.

    `NO_MORE` and `NO_LESS` say that within each group the silent favoured no more, or no less, than
    those who replied: monotone selection (Manski and Pepper, "Monotone Instrumental Variables: With
    an Application to the Returns to Schooling", *Econometrica* 68, 2000). One end is then that of
    `as_their_like`, the other that of no assumption.

    Args:
        groups, favour, bloc: as of `as_their_like`.
        assumption: one of `ASSUMPTIONS`.
    """
    size, silent = int(groups.to_numpy().sum()), int(groups["silent"].sum())
    free = worst_case(Lean(favour, size - silent - favour), size)
    if assumption == NOTHING:
        return free
    alike = as_their_like(groups, favour, bloc) / size
    ends = (alike.lo, free.hi) if assumption == NO_LESS else (free.lo, alike.hi)
    return Interval(*ends)


@cache
def region(assumption: str) -> Interval:
    """The share of all Member States in favour that an assumption allows.

    Over both positions of the bloc and of the Holy See, and over every edition of the estimates.

    Args:
        assumption: one of `ASSUMPTIONS`.
    """
    return hull(_over_positions(by_stock(each), assumption) for each in stakes.editions())


def pooled(assumption: str) -> Interval:
    """The same if no account is taken of stakes: the silent are compared with all the replies."""
    groups = by_stock(stakes.latest())  # their sum is the same in every edition
    return _over_positions(groups.sum().to_frame().T, assumption)


def _over_positions(groups: pd.DataFrame, assumption: str) -> Interval:
    lean = governments()
    sides = product((lean.favour, lean.favour - 1), POSITIONS)  # without the Holy See, or with it
    return hull(bounds(groups, favour, bloc, assumption) for favour, bloc in sides)


# --- If a group's position is known --------------------------------------------------------------


def group_members() -> Interval:
    """How many who wrote for themselves were of the Group of 77; one membership is unsettled."""
    settled = load("group_of_77")["member_2003"]
    return Interval(float(settled.sum()), float(settled.sum() + settled.isna().sum()))


def against_the_call() -> Interval:
    """Fewest members of the Group of 77 that wrote and did not favour, if the bloc did.

    The bloc's are then among those in favour, which leaves the others no more than the rest.
    """
    left = governments().favour - stated(BLOC).count
    members = group_members()
    return Interval(max(0.0, members.lo - left), max(0.0, members.hi - left))


def group_at_the_united_nations() -> int:
    """Member States in the Group of 77 in 2003, at least: Palestine may be counted with them."""
    facts = load("public_facts").set_index("fact_id")["value"]
    return int(facts[MEMBERS]) - 1
