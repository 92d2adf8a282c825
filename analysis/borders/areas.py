"""Migrants by major area and development group, and the countries that host most of them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis import migrants
from analysis.migrants import SPLIT

MORE_DEVELOPED, LESS_DEVELOPED = 901, 902
RISES, FALLS, OPEN = "rises", "falls", "open"
TOP = 10


def shares(without: str | None = None) -> pd.DataFrame:
    """Stock and share of population of every major area and of the two development groups.

    Args:
        without: a former State whose successor States are left out.

    Returns:
        One row per area, edition and year: `m49`, `name`, `edition`, `year`, `persons`, `share`
        (per cent); of the editions with areas.
    """
    frame, keys = migrants.stock(), ["m49", "edition", "year"]
    groups = frame["m49"].isin([MORE_DEVELOPED, LESS_DEVELOPED])
    own = frame[groups | (frame["level"] == migrants.MAJOR_AREA)].set_index(keys)
    gone = frame[(frame["formerly"] == without) & (frame["edition"] != migrants.BANK_EDITION)]
    group = gone["development"].map({"more developed": MORE_DEVELOPED,
                                     "less developed": LESS_DEVELOPED})  # fmt: skip
    for area in (gone["major_area"], group):
        parts = gone.assign(m49=area).groupby(keys)[["persons", "population"]].sum()
        own.loc[parts.index, ["persons", "population"]] -= parts
    own = own.assign(share=100 * own["persons"] / own["population"]).reset_index()
    return own[[*keys[:1], "name", *keys[1:], "persons", "share"]]


def latest(known: pd.DataFrame) -> pd.Series:
    """The last year of each edition."""
    return known.groupby("edition")["year"].max()


def directions(known: pd.DataFrame, first: int = SPLIT, last: int | None = None) -> pd.DataFrame:
    """Which way the share of each area went, and whether the editions agree.

    Args:
        known: the result of `shares`.
        last: a year, or none for the last of each edition.

    Returns:
        Index `m49`; `low`, `high` (change in percentage points, over the editions) and `way`: one
        of `RISES`, `FALLS`, or `OPEN` where editions differ.
    """
    start = known[known["year"] == first].set_index(["m49", "edition"])["share"]
    until = known["year"] == (known["edition"].map(latest(known)) if last is None else last)
    change = known[until].set_index(["m49", "edition"])["share"] - start
    spread = change.groupby("m49").agg(low="min", high="max")
    way = pd.Series(OPEN, spread.index)
    way[spread["low"] > 0], way[spread["high"] < 0] = RISES, FALLS
    return spread.assign(way=way)


def ranks(year: int | None = None) -> pd.DataFrame:
    """The rank of each country by its stock, the largest first.

    Args:
        year: a year, or none for the last of each edition.

    Returns:
        Index `m49`; `name`, `best` and `worst` rank over the editions, `last` (in the newest
        edition) and `persons` (in that).
    """
    own = migrants.countries()
    own = own[own["year"] == (own["edition"].map(latest(own)) if year is None else year)]
    own = own.assign(rank=own.groupby("edition")["persons"].rank(ascending=False, method="min"))
    table = own.groupby("m49").agg(name=("name", "first"), best=("rank", "min"),
                                   worst=("rank", "max"))  # fmt: skip
    newest = own[own["edition"] == max(migrants.editions())].set_index("m49")
    table = table.join(newest[["rank", "persons"]].rename(columns={"rank": "last"}))
    return table.astype({"best": int, "worst": int, "last": "Int64"})


def hosts(years: Collection[int | None] = (SPLIT, 2000, None)) -> pd.DataFrame:
    """The countries that are among the `TOP` hosts of one of the years in some edition.

    Returns:
        Index `m49`, by rank in the newest edition's last year; columns in pairs: (year, what), the
        last year as 0, what as in `ranks`.
    """
    tables = {year or 0: ranks(year) for year in years}
    listed = {code for own in tables.values() for code in own.index[own["best"] <= TOP]}
    table = pd.concat(tables, axis="columns").loc[sorted(listed)]
    return table.sort_values((0, "last"))


def left_the_list() -> list[str]:
    """Hosts among the `TOP` of 1990 and not of the last year, by the newest edition."""
    first, last = ranks(SPLIT), ranks()
    gone = first.index[(first["last"] <= TOP) & (last["last"].reindex(first.index) > TOP)]
    return first.loc[gone].sort_values("last")["name"].tolist()
