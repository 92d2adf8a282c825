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
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.nonresponse import Lean
from analysis.precision import Interval, hull
from analysis.respondents import stakes
from analysis.statements import stated
from analysis.tables import load

POSITIONS = FAVOUR, RESERVE = "favour", "reserve"
ASSUMPTIONS = NOTHING, FALLS, RISES, NO_MORE, NO_LESS = (
    "nothing", "support-falls", "support-rises", "silent-no-more", "silent-no-less",
)  # fmt: skip

REPLIED = "conference-survey-member-states-a-58-98"
IN_FAVOUR = "conference-survey-in-favour-a-58-98-para-43"
RESERVATIONS = "conference-survey-reservations-a-58-98-para-47"
BLOC = "eu-member-states-2003-a-58-98"
MEMBERS = "c6-g77-2003"  # a row of `public_facts`


def governments() -> Lean:
    """The lean of all Governments that replied, the Holy See included, as stated."""
    return Lean(stated(IN_FAVOUR).count, stated(RESERVATIONS).count)


# --- If support depends on stakes ----------------------------------------------------------------


def by_stakes(edition: int, grouping: str) -> pd.DataFrame:
    """The Member States by quarter of what they had at stake, lowest first.

    Returns:
        Index: the quarter; columns `single` (replies apart from the bloc's), `bloc`, `silent`.
    """
    states = stakes.units(stakes.STATE, edition)
    heard = np.select([states["bloc"], states["replied"]], ["bloc", "single"], "silent")
    table = pd.crosstab(states[grouping], heard)
    return table.loc[list(stakes.QUARTERS), ["single", "bloc", "silent"]]


def bounds(groups: pd.DataFrame, favour: int, bloc: str, assumption: str) -> Interval:
    """The least and the largest share of all in favour that the counts and an assumption allow.

    `FALLS` and `RISES` say that the share in favour is monotone in stakes, which then are a
    monotone instrumental variable (Manski and Pepper, "Monotone Instrumental Variables: With an
    Application to the Returns to Schooling", *Econometrica* 68, 2000). `NO_MORE` and `NO_LESS`
    say that within each group the silent favoured no more, or no less, than those who replied: the
    monotone selection of the same paper. All are linear in the numbers in favour, so that the
    bounds are two integer programmes.

    Args:
        groups: as of `by_stakes`, lowest stakes first.
        favour: replies in favour, the bloc's included.
        bloc: the position of the bloc, one of `POSITIONS`.
        assumption: one of `ASSUMPTIONS`.

    Raises:
        ValueError: no positions fit the counts and the assumption.
    """
    count = len(groups)
    single, joint, silent = (groups[name].to_numpy(float) for name in ("single", "bloc", "silent"))
    known = joint if bloc == FAVOUR else np.zeros(count)
    # The unknowns: replies in favour apart from the bloc's, then the silent in favour, by group.
    of_replies, of_silent = np.eye(2 * count)[:count], np.eye(2 * count)[count:]
    all_replies = LinearConstraint(of_replies.sum(axis=0), *[favour - known.sum()] * 2)
    sign = -1 if assumption in (FALLS, NO_MORE) else 1
    if assumption in (FALLS, RISES):
        size = single + joint + silent
        steps = sign * np.diff((of_replies + of_silent) / size[:, None], axis=0)
        order = [LinearConstraint(steps, -sign * np.diff(known / size), np.inf)]
    elif assumption in (NO_MORE, NO_LESS):
        gaps = of_silent * (single + joint)[:, None] - of_replies * silent[:, None]
        order = [LinearConstraint(sign * gaps, sign * silent * known, np.inf)]
    else:
        order = []
    ends: list[float] = []
    for direction in (1, -1):
        found = milp(
            np.full(2 * count, float(direction)),
            integrality=np.repeat([1, 0], count),  # a reply favours or not; of the silent, a share
            bounds=Bounds(np.zeros(2 * count), np.concatenate([single, silent])),
            constraints=[all_replies, *order],
            options={"mip_rel_gap": 0.0},  # the ends themselves, not within a tolerance of them
        )
        if not found.success:
            raise ValueError(f"no positions fit {favour} in favour, bloc {bloc}, {assumption}")
        ends.append(float((direction * found.fun + known.sum()) / groups.to_numpy().sum()))
    return Interval(ends[0], ends[1])


@cache
def region(grouping: str, assumption: str) -> Interval:
    """The share of all Member States in favour that an assumption allows.

    Over both positions of the bloc and of the Holy See, and over every edition of the estimates.

    Args:
        grouping: quarters by one of the measures of `stakes`.
        assumption: one of `ASSUMPTIONS`.
    """
    measure = stakes.STOCK if grouping == stakes.BY_STOCK else stakes.SHARE
    groups = (by_stakes(edition, grouping) for edition in stakes.editions(measure))
    return hull(_over_positions(each, assumption) for each in groups)


@cache
def pooled(assumption: str) -> Interval:
    """The same if no account is taken of stakes: the silent are compared with all the replies."""
    groups = by_stakes(stakes.latest(), stakes.BY_STOCK)  # their sum is the same in every edition
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


def among(part: int, rest: int, favour: int) -> Interval:
    """How many of a part favour if `favour` of the part and the rest do.

    The bounds on a cell of a table with known margins (Fréchet; Duncan and Davis, "An Alternative
    to Ecological Correlation", *American Sociological Review* 18, 1953).

    Raises:
        ValueError: more favour than there are, or fewer than none.
    """
    if not 0 <= favour <= part + rest:
        raise ValueError(f"{favour} in favour do not fit {part} and {rest} others")
    return Interval(max(0, favour - rest), min(part, favour))


def bloc_and_group() -> pd.DataFrame:
    """How many of the Group of 77 that wrote may have favoured, for either side of the bloc.

    Returns:
        One row per side and number of members: `bloc`, `group`, `least`, `most` in favour.
    """
    lean, bloc, counts = governments(), stated(BLOC).count, group_members()
    rows = []
    for side, group in product(POSITIONS, (int(counts.lo), int(counts.hi))):
        others = lean.replied - bloc - group
        known = among(group, others, lean.favour - bloc * (side == FAVOUR))
        rows.append((side, group, int(known.lo), int(known.hi)))
    return pd.DataFrame(rows, columns=["bloc", "group", "least", "most"]).drop_duplicates()


def against_the_call() -> Interval:
    """Least members of the Group of 77 that wrote and did not favour, if the bloc was in favour."""
    rows = bloc_and_group().query("bloc == @FAVOUR")
    return hull(Interval(gap, gap) for gap in (rows["group"] - rows["most"]).astype(float))


def group_at_the_united_nations() -> int:
    """Member States in the Group of 77 in 2003, at least: Palestine may be counted with them."""
    facts = load("public_facts").set_index("fact_id")["value"]
    return int(facts[MEMBERS]) - 1
