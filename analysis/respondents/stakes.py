"""What the Member States had at stake in 2000, set beside who replied in 2003.

Stakes are the migrants a State hosts, their share of its population, its development group and its
region. The unit is a Member State, or a *letter*: the European Union, which wrote once, is then one
correspondent with the migrants and the population of all its members.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis import migrants
from analysis.inquiry import members

YEAR = 2000
UNITS = STATE, LETTER = "state", "letter"
UNION = "EU"
LARGEST = 20
QUARTERS = FIRST, SECOND, THIRD, FOURTH = "first", "second", "third", "fourth"  # lowest to highest
MEASURES = STOCK, SHARE = "migrants", "share"
BY_STOCK, BY_SHARE = "stock_quarter", "share_quarter"
GROUPINGS = (BY_STOCK, BY_SHARE, "development", "continent")
DEVELOPED, LESS = "more developed", "less developed"
ORDER = {BY_STOCK: QUARTERS[::-1], BY_SHARE: QUARTERS[::-1], "development": (DEVELOPED, LESS)}
# Admitted after 2003, each with the Member State of 2003 whose territory it then was.
LATER_STATES = (("MNE", "SRB"), ("SSD", "SDN"))


def editions(measure: str = STOCK) -> list[int]:
    """The editions that have a measure by country; that of 2008 has no population."""
    every = migrants.editions()
    return [e for e in every if measure == STOCK or migrants.countries(e)["population"].any()]


def latest() -> int:
    """The edition that results are shown for; the others say how far they depend on it."""
    return migrants.editions()[-1]


@cache
def _units(unit: str, edition: int) -> pd.DataFrame:
    estimates = migrants.countries(edition).query("year == @YEAR").dropna(subset="iso3")
    state = estimates["iso3"].replace(dict(LATER_STATES))
    stakes = estimates.groupby(state)[["persons", "population"]].sum(min_count=1)
    groups = migrants.areas().dropna(subset="iso3").set_index("iso3")["development"]
    frame = members().set_index("iso3")[["name", "continent", "letter", "replied", "bloc"]]
    frame = frame.join(stakes.rename(columns={"persons": STOCK})).join(groups)
    if unit == LETTER:
        bloc = frame[frame["bloc"]]
        whole = bloc.iloc[[0]].assign(**bloc[[STOCK, "population"]].sum(min_count=1))
        frame = pd.concat([frame[~frame["bloc"]], whole.set_axis([UNION]).assign(name="EU")])
    frame[SHARE] = frame[STOCK] / frame["population"]
    return frame.assign(**{BY_STOCK: _quarter(frame[STOCK]), BY_SHARE: _quarter(frame[SHARE])})


def units(unit: str, edition: int) -> pd.DataFrame:
    """The correspondents with what they had at stake, by one edition of the estimates.

    Returns:
        Index `iso3` (the Union as `UNION`); columns `name`, `continent`, `development`, `letter`,
        `replied`, `bloc`, `migrants` and `population` (persons, 2000), `share` (of 1), and the
        quarters of the correspondents by either. A value that the edition lacks is missing.
    """
    return _units(unit, edition).copy(deep=False)


def _quarter(values: pd.Series) -> pd.Series:
    if values.isna().all():
        return values.astype(object)
    # A State without a figure (Nauru, in the edition of 2008) is among the smallest.
    ranks = values.rank(na_option="top")
    return pd.qcut(ranks, len(QUARTERS), labels=list(QUARTERS)).astype(object)


def parts(edition: int) -> pd.DataFrame:
    """How much of each whole replied by letters of its own, through Greece, or not at all.

    Returns:
        Index: `states`, `population`, `migrants`; columns: `others`, `bloc`, `silent`, shares of
        1. Of population and migrants the whole is that of all countries and areas, some of them
        no Member States.
    """
    states = units(STATE, edition)
    heard = states["bloc"].map({True: "bloc", False: "others"}).where(states["replied"], "silent")
    listed = migrants.countries(edition).query("year == @YEAR")
    whole = listed[["persons", "population"]].sum(min_count=1)
    counts = states.assign(states=1.0).groupby(heard)[["states", "population", STOCK]]
    wholes = {"states": len(states), "population": whole["population"], STOCK: whole["persons"]}
    return (counts.sum(min_count=1) / pd.Series(wholes)).T[["others", "bloc", "silent"]]


def replies(unit: str, edition: int, grouping: str) -> pd.DataFrame:
    """Replies by group.

    Returns:
        Index: the group; columns `replied`, `asked`, `rate` (of 1).
    """
    frame = units(unit, edition)
    table = frame.groupby(grouping)["replied"].agg(["sum", "size"])
    table = table.loc[list(ORDER.get(grouping, sorted(table.index)))]
    table = table.set_axis(["replied", "asked"], axis=1)
    return table.assign(rate=table["replied"] / table["asked"])


def largest_hosts(edition: int) -> pd.DataFrame:
    """The Member States that hosted most migrants in 2000, most first: as in `units`."""
    return units(STATE, edition).nlargest(LARGEST, STOCK)
