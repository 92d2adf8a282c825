"""The survey of Governments of 2003: who replied, how they leaned, what silence leaves open.

In March 2003 the Secretariat asked every Member State of the United Nations whether a conference
on migration and development should be convened (A/58/98, paras. 40-47). Three units must be kept
apart, for each gives another count: a *Government* that replied (the Holy See included), a
*Member State* among them, and a *letter* (one letter, from Greece, spoke for all members of the
European Union: here, the *bloc*). The report gives totals only. No State's position is known, the
bloc's and the Holy See's included, so both positions of each are carried through.
"""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pandas as pd

from analysis.days import period
from analysis.inquiry import YEAR, members
from analysis.nonresponse import (
    Lean,
    any_if_independent,
    any_letter,
    bounded_difference,
    one_if_independent,
    one_letter,
    tipping_point,
    worst_case,
)
from analysis.precision import Interval, hull
from analysis.statements import stated
from analysis.tables import load

POSITIONS = FAVOUR, RESERVE = "favour", "reserve"
UNITS = GOVERNMENT, LETTER = "government", "letter"
# Examples of how far the silent may differ from the replies, as shares of 1.
GAPS = {"within-25-points": 0.25, "within-10-points": 0.10}
ASSUMPTIONS = NOTHING, NO_MORE, NO_LESS, GROUPS_ALIKE, *_, ALIKE = (
    "nothing", "silent-no-more", "silent-no-less", "silent-as-group", *GAPS, "silent-as-replies",
)  # fmt: skip
# What the silent are taken to say: nothing, what the replies said, just enough for a majority.
CASES = OPEN, LIKE_REPLIES, TURNING = "open", "like-replies", "turning"

REPLIED = "conference-survey-member-states-a-58-98"
GOVERNMENTS = "conference-survey-governments-a-58-98"
IN_FAVOUR = "conference-survey-in-favour-a-58-98-para-43"
RESERVATIONS = "conference-survey-reservations-a-58-98-para-47"
BLOC = "eu-member-states-2003-a-58-98"
SHARE = "conference-survey-response-share-2003-a-58-98"
POOLED = "conference-survey-response-share-1995-a-58-98"
LETTERS = "conference-survey-previous-rounds-a-58-98"


# --- Who replied ---------------------------------------------------------------------------------


def governments() -> Lean:
    """The lean of all Governments that replied, the Holy See included, as stated."""
    return Lean(stated(IN_FAVOUR).count, stated(RESERVATIONS).count)


def member_states(holy_see: str) -> Lean:
    """The lean of the Member States alone, given the position of the Holy See."""
    lean = governments()
    return Lean(lean.favour - (holy_see == FAVOUR), lean.reserve - (holy_see == RESERVE))


def reconciliation() -> pd.DataFrame:
    """The counts of A/58/98, para. 42, rebuilt from its list.

    Returns:
        Index: what is counted, by id; `counted`, `stated` (missing where the report has no total).
    """
    listed = load("conference_survey_replies")
    states = listed.query("member_state")
    rows = [
        ("listed", len(states), None),
        ("bloc", len(load("eu_members_2003")), stated(BLOC).count),
        ("member-states", int(states["member_states_represented"].sum()), stated(REPLIED).count),
        ("non-members", len(listed) - len(states), None),
        ("governments", int(listed["governments_represented"].sum()), stated(GOVERNMENTS).count),
        ("both-sides", governments().replied, stated(GOVERNMENTS).count),
        ("letters", len(listed), None),
    ]
    table = pd.DataFrame(rows, columns=["what", "counted", "stated"]).set_index("what")
    return table.astype({"stated": "Int64"})


# --- How many replied, letter by letter ----------------------------------------------------------


def response_rate() -> float:
    """Unit response rate of 2003, Member States (AAPOR, *Standard Definitions*, RR1), of 1."""
    return stated(REPLIED).count / len(members())


def rounds() -> pd.DataFrame:
    """One row per letter: Member States on its day, replies, bounds of the unit response rate.

    The membership of the day lies between those of the ends of the year before and of that year.
    """
    year_end = load("un_membership_by_year").set_index("year")["member_states_end_of_year"]
    table = load("conference_survey_rounds")
    year = table["letter_date"].map(lambda date: period(date).first.year)
    alone = (table["response_pool"] == str(YEAR)).astype(bool)
    least, most = (year_end[years].to_numpy() for years in (year - 1, year))
    replies = stated(REPLIED).count
    return pd.DataFrame({
        "letter": table["letter_date"],
        "members_least": least,
        "members_most": most,
        "replies": pd.Series(replies, table.index, dtype="Int64").where(alone),
        # One letter of several may have been answered by none of those that answered any, or all.
        "rate_lo": np.where(alone, replies / most, 0.0),
        "rate_hi": np.where(alone, replies / least, stated(POOLED).share.hi),
    })  # fmt: skip


def comparison() -> pd.DataFrame:
    """The two stated response shares on one footing.

    Returns:
        `earlier` (of 1995 to 1999, or of 2003), `letters` (how many a State may have answered),
        `lo`, `hi`, `independent` (if each was answered at random; missing for a stated share).
    """
    pooled, letters, rate = stated(POOLED).share, stated(LETTERS).count, response_rate()
    once, ever = one_letter(pooled, letters), any_letter(rate, letters)
    middle = one_if_independent(pooled, letters)
    rows = [
        (True, 1, once.lo, once.hi, (middle.lo + middle.hi) / 2),
        (False, 1, rate, rate, math.nan),
        (True, letters, pooled.lo, pooled.hi, math.nan),
        (False, letters, ever.lo, ever.hi, any_if_independent(rate, letters)),
    ]
    return pd.DataFrame(rows, columns=["earlier", "letters", "lo", "hi", "independent"])


# --- What silence leaves open --------------------------------------------------------------------


def alike_within(states: pd.DataFrame, favour: int, bloc_position: str, column: str) -> Interval:
    """The share in favour if the silent of each group leaned as the replies of that group did.

    Weighting classes (Little and Rubin, *Statistical Analysis with Missing Data*, 2019, ch. 3),
    but with unknown positions: the bounds put the replies in favour where each speaks for the
    fewest and for the most States. The bloc moves as one.

    Args:
        states: one row per State, with `replied`, `bloc` and the column of groups.
        favour: replies in favour, the bloc's included.
    """
    groups = states.groupby(column)["replied"]
    if not groups.any().all():
        raise ValueError(f"a group of {column!r} has no reply to stand for its silent States")
    weight = states[column].map(groups.size() / groups.sum()).astype(float)
    together = weight[states["bloc"]] if bloc_position == FAVOUR else weight.iloc[:0]
    single = np.sort(weight[states["replied"] & ~states["bloc"]])
    left = favour - len(together)
    if not 0 <= left <= len(single):
        raise ValueError(f"{favour} replies in favour do not fit with the bloc: {bloc_position}")
    least, most = single[:left].sum(), single[len(single) - left :].sum()
    return hull((together.sum() + represented) / len(states) for represented in (least, most))


def identification() -> dict[str, Interval]:
    """The region for the share of all Member States in favour under each assumption.

    Returns:
        One of `ASSUMPTIONS` to a region of shares of 1, from no assumption to the strongest; each
        covers both positions of the Holy See and the bloc.
    """
    states = members()
    leans = [member_states(position) for position in POSITIONS]
    shares = hull(lean.share for lean in leans)
    whole = hull(worst_case(lean, len(states)) for lean in leans)
    alike = hull(
        alike_within(states, lean.favour, bloc, "un_regional_group")
        for lean, bloc in product(leans, POSITIONS)
    )
    near = (
        hull(bounded_difference(lean, len(states), gap) for lean in leans) for gap in GAPS.values()
    )
    return {
        NOTHING: whole,
        NO_MORE: Interval(whole.lo, shares.hi, whole.lo_closed, shares.hi_closed),
        NO_LESS: Interval(shares.lo, whole.hi, shares.lo_closed, whole.hi_closed),
        GROUPS_ALIKE: alike,
        **dict(zip(GAPS, near, strict=True)),
        ALIKE: shares,
    }


def cases() -> pd.DataFrame:
    """What all Member States may have said, by what the silent are taken to say.

    Returns:
        Index: one of `CASES`. States, both positions of the Holy See covered: `favour` and
        `reserve`, Member States that replied so; `silent`; `joining`, how many of the silent are
        taken to favour; and `share`, of 1, of all Member States in favour.
    """
    size, leans = len(members()), [member_states(position) for position in POSITIONS]
    silent = size - stated(REPLIED).count
    tips = [tipping_point(lean, size) for lean in leans]
    joining = {
        OPEN: Interval(0, silent),
        LIKE_REPLIES: hull(silent * lean.share for lean in leans),
        TURNING: hull(tips),
    }
    turned = hull((lean.favour + tip) / size for lean, tip in zip(leans, tips, strict=True))
    regions = identification()
    shares = {OPEN: regions[NOTHING], LIKE_REPLIES: regions[ALIKE], TURNING: turned}
    table = pd.DataFrame({"joining": joining, "share": shares}).loc[list(CASES)]
    for side in ("favour", "reserve"):
        table[side] = [hull(getattr(lean, side) for lean in leans)] * len(table)
    return table.assign(silent=silent)


# --- One letter for many -------------------------------------------------------------------------


def by_letters(lean: Lean, bloc_position: str, size: int) -> Lean:
    """A lean recounted so that `size` Governments behind one letter count once.

    A letter is taken to state one position; the report does not say that its senders were divided.
    """
    if not 1 <= size <= (lean.favour if bloc_position == FAVOUR else lean.reserve):
        raise ValueError(f"{size} Governments ({bloc_position}) do not fit in {lean}")
    extra = size - 1
    if bloc_position == FAVOUR:
        return Lean(lean.favour - extra, lean.reserve)
    return Lean(lean.favour, lean.reserve - extra)


def leaning() -> pd.DataFrame:
    """The lean by Governments and by letters under either position of the bloc.

    Returns:
        Columns bloc, unit, favour, reserve, and bloc_units: how many of the units are the bloc's.
    """
    lean, size = governments(), stated(BLOC).count
    rows = []
    for position in POSITIONS:
        letters = by_letters(lean, position, size)
        rows.append((position, GOVERNMENT, lean.favour, lean.reserve, size))
        rows.append((position, LETTER, letters.favour, letters.reserve, 1))
    return pd.DataFrame(rows, columns=["bloc", "unit", "favour", "reserve", "bloc_units"])
