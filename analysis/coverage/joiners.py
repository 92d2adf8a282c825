"""Which States join: deposits among the Member States by development, area and weight of migrants.

The Members of the first day are followed to the later one, so that what changes is what they did
and not who they were. Weight is the share of migrants in a State's population; its quarters hold
equal numbers of States. All Members are observed: a share is a count, and no sample.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis import migrants, treaties
from analysis.coverage.shares import (
    DEPOSITED,
    acts,
    bounds,
    latest_edition,
    members,
    mid_year,
    own_rows,
    report_day,
    states,
)
from analysis.days import period
from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import load
from analysis.treaties import NAMES

YEAR = 2005  # of the estimates by which States are sorted: the nearest to the report of 2004
QUARTERS = (1, 2, 3, 4)
DEVELOPMENT, WEIGHT, WITHIN, AREA = "development", "weight", "within", "area"
LESS = "less developed"
C97 = "ilo-c97"
GROUP_CODES = {901: "more developed", 902: LESS}  # as the table migrant_stock_areas numbers them
C97_STATED = "ilo-c97-ratifications-a-59-325"


def sorted_members(day: pd.Timestamp, edition: int | None = None) -> pd.DataFrame:
    """Members of a day with the groups that they fall into.

    Args:
        day: on which they were Members.
        edition: of the estimates; the latest if none is named.

    Returns:
        `members`, with `weight` (quarters from 1, the least, to 4; missing where the edition has no
        figure) and `within` (`weight` of the less developed).
    """
    frame = members(day)
    stock = migrants.countries(edition or latest_edition())
    stock = stock[stock["year"] == YEAR].set_index("m49")
    share = (stock["persons"] / stock["population"]).astype("float64").reindex(frame.index)
    frame["weight"] = pd.qcut(share, len(QUARTERS), labels=list(QUARTERS)).astype("Int64")
    frame["within"] = frame["weight"].where(frame["development"] == LESS)
    return frame


def by_group(first: pd.Timestamp, edition: int | None = None) -> pd.DataFrame:
    """How many of the Members of a day had deposited by then, and when the record ends.

    Returns:
        One row per grouping, group and instrument: `grouping`, `group`, `instrument_id`, `states`,
        `earlier`, `later` (counts of States).
    """
    frame = sorted_members(first, edition)
    rows = []
    for instrument_id in NAMES:
        earlier = frame.index.isin(states(instrument_id, DEPOSITED, first))
        end = treaties.complete_to(instrument_id)
        later = frame.index.isin(states(instrument_id, DEPOSITED, end))
        counted = frame.assign(earlier=earlier, later=later)
        for grouping in (DEVELOPMENT, WEIGHT, WITHIN, AREA):
            for group, own in counted.groupby(grouping):
                sums = own[["earlier", "later"]].sum()
                rows.append((grouping, str(group), instrument_id, len(own), *sums))
    columns = ["grouping", "group", "instrument_id", "states", "earlier", "later"]
    return pd.DataFrame(rows, columns=columns)


def by_weight(instrument_id: str, quarter: int, first: pd.Timestamp) -> Interval:
    """The share of a quarter by weight that had deposited at the end of the record, over editions.

    The edition of 2008 has no populations by country and is not among them.
    """
    joined = states(instrument_id, DEPOSITED, treaties.complete_to(instrument_id))
    found = []
    for edition in migrants.editions():
        if migrants.countries(edition)["population"].notna().any():
            weight = sorted_members(first, edition)["weight"]
            own = weight.index[weight.eq(quarter).fillna(False)]
            found.append(float(own.isin(joined).mean()))
    return Interval(min(found), max(found))


def without(day: pd.Timestamp) -> pd.DataFrame:
    """Members that had deposited for none of the instruments by a day; `members` in alphabet."""
    joined: set[int] = set()
    for instrument_id in NAMES:
        joined |= set(states(instrument_id, DEPOSITED, day))
    frame = members(day)
    return frame[~frame.index.isin(joined)].sort_values("name")


def without_since(day: pd.Timestamp) -> pd.DataFrame:
    """The same States, and whether any is known to have deposited for any instrument since.

    Returns:
        `without`, with `joined`: true if one is known; false if none was found, which is no proof.
    """
    frame, known = without(day), set()
    for instrument_id in NAMES:
        known |= set(named_parties(instrument_id, pd.Timestamp.max).dropna())
    return frame.assign(joined=frame.index.isin(known))


def later_deposits() -> pd.DataFrame:
    """Deposits after the end of the complete record, as far as any was found.

    Returns:
        `instrument_id`, `participant`, `iso3` and `day`, the last on which it can have been made.
    """
    listed = load("treaty_actions").rename(columns={"action_date": "day"})
    ends = listed["instrument_id"].map({i: treaties.complete_to(i) for i in NAMES})
    later = load("treaty_actions_later").rename(columns={"latest": "day"})
    # Where both have a deposit, the later table has the better day.
    both = pd.concat([later, listed[listed["day"] > ends]])
    both = both.drop_duplicates(["instrument_id", "participant"])
    return both[["instrument_id", "participant", "iso3", "day"]].reset_index(drop=True)


def named_parties(instrument_id: str, day: pd.Timestamp) -> pd.Series:
    """All that are known by name to have deposited by a day, beyond the complete record as well.

    Of ILO Convention No. 97 the day of registration counts, or that of force where it alone is
    known; former States are left out.

    Returns:
        M49 code by participant; missing for a regional organisation.
    """
    if instrument_id == C97:
        rows = load("ilo_c97_parties")
        registered = rows["registered"].fillna(rows["in_force_from"])
        return own_rows(rows[rows["party_in_2024"] & (registered <= day)])
    listed = treaties.actions(instrument_id, organisations=True)
    listed = listed[listed["action"].isin(treaties.DEPOSITS) & (listed["action_date"] <= day)]
    later = later_deposits().query("instrument_id == @instrument_id and day <= @day")
    return pd.concat([own_rows(listed), own_rows(later)])


def partly_known() -> pd.DataFrame:
    """What can be said of days for which there is a total, and not the name of every party.

    Returns:
        One row per total: `instrument_id`, `day` (the last that its date allows, or the last
        estimate), `total`, `named` (parties), `share` (an interval, by `bounds`), `source`.
    """
    return _partly_known().copy(deep=False)


@cache
def _partly_known() -> pd.DataFrame:
    said = stated(C97_STATED)
    rows = [(C97, report_day(), said.count, said.cite)]
    end = mid_year(max(migrants.countries(latest_edition())["year"]))
    for row in load("treaty_totals").itertuples():
        day = min(period(str(row.as_of)).last, end)
        if day >= report_day() and _incomplete(str(row.instrument_id), day):
            rows.append((str(row.instrument_id), day, int(row.parties), str(row.source)))
    found = []
    for instrument_id, day, total, source in rows:
        named = named_parties(instrument_id, day)
        share = bounds(pd.Index(named.dropna()), total - len(named), day)
        found.append((instrument_id, day, total, len(named), share, source))
    columns = ["instrument_id", "day", "total", "named", "share", "source"]
    return pd.DataFrame(found, columns=columns).sort_values(["instrument_id", "day"])


def latest_bounds() -> dict[str, tuple[pd.Timestamp, Interval]]:
    """The last of these days and shares for the instruments of which some parties lack a name."""
    frame = partly_known().query("named < total and instrument_id != @C97")
    last = frame.drop_duplicates("instrument_id", keep="last").set_index("instrument_id")
    return {i: (last.at[i, "day"], last.at[i, "share"]) for i in NAMES if i in last.index}


def _incomplete(instrument_id: str, day: pd.Timestamp) -> bool:
    if instrument_id in NAMES:
        return day > treaties.complete_to(instrument_id)
    return instrument_id == C97


def published_groups() -> pd.DataFrame:
    """Published totals of parties by development group, against the days of the record.

    The groups that the record knows, by country, are the more and the less developed.

    Returns:
        `instrument_id`, `group`, `parties`, and `agrees`: whether the record has that number on a
        day of the year that the total is for.
    """
    development = migrants.areas()["development"]
    rows = load("treaty_totals_by_group")
    rows = rows[rows["m49"].isin(list(GROUP_CODES))].reset_index(drop=True)
    agrees = []
    for row in rows.itertuples():
        year = period(str(row.as_of))
        days = acts(str(row.instrument_id))[DEPOSITED]
        own = days[days.index.map(development) == GROUP_CODES[int(row.m49)]]
        low, high = (treaties.count_on(own, day) for day in year)
        passed = {treaties.count_on(own, day) for day in own if year.holds(day)}
        agrees.append(int(row.parties) in {low, high, *passed})
    group = rows["m49"].map(GROUP_CODES)
    return rows[["instrument_id", "parties"]].assign(group=group, agrees=agrees)
