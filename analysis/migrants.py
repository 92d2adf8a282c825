"""The migrant stock of countries and areas, by edition of the United Nations estimates.

An edition is one consistent series: it revises the past together with the present. So a change
over time is taken within an edition and a revision between two, and every row says its edition.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import pandas as pd
from mpmath import iv

from analysis.precision import Interval, as_interval
from analysis.tables import load

BANK = "migrant_stock_1960_2010"
BANK_EDITION = 2008  # which the World Bank carries
SPLIT = 1990  # from here on the estimates count the successor States one by one
WORLD = 900
COUNTRY = "country or area"
MAJOR_AREA = "major area"
CROSSING = "development group"  # cuts across the areas, so its members are not its parts
FORMER_STATES = SOVIET_UNION, YUGOSLAVIA, CZECHOSLOVAKIA = (
    "Soviet Union", "Yugoslavia", "Czechoslovakia",
)  # fmt: skip


def areas() -> pd.DataFrame:
    """Countries, areas, regions and groups, one a row, as in the table `migrant_stock_areas`.

    Returns:
        Index `m49`; columns `iso3`, `name`, `level`, `within`, `development`, `formerly` and
        `major_area` (the code of the major area that a country or region lies in).
    """
    return _areas().copy()


@cache
def _areas() -> pd.DataFrame:
    frame = load("migrant_stock_areas").drop(columns=["source", "confidence"]).set_index("m49")
    # All go up at once, each to the first major area on its way to the world.
    place = pd.Series(frame.index, frame.index, dtype="Int64")
    while (below := place.notna() & (place.map(frame["level"]) != MAJOR_AREA)).any():
        place = place.where(~below, place.map(frame["within"]))
    return frame.assign(major_area=place)


@cache
def _stock() -> pd.DataFrame:
    frame = load("migrant_stock").merge(areas(), left_on="m49", right_index=True, how="left")
    frame["population"] = frame.pop("population_thousands") * 1e3
    return frame.reset_index(drop=True)


def stock() -> pd.DataFrame:
    """Every estimate of every edition, with what is known of its area.

    Returns:
        One row per edition, area and year: `edition`, `m49`, `year`, `persons` (international
        migrants), `population` (persons, as the same workbook prints it; missing in the edition
        of 2008), `type_of_data` and the columns of `areas`.
    """
    return _stock().copy(deep=False)


def countries(edition: int | None = None) -> pd.DataFrame:
    """The rows of `stock` for countries and areas, of one edition or of all.

    Raises:
        ValueError: there is no such edition.
    """
    return _countries(edition).copy(deep=False)


@cache
def _countries(edition: int | None) -> pd.DataFrame:
    frame = stock()
    if edition is not None and edition not in set(frame["edition"]):
        known = ", ".join(str(each) for each in sorted(set(frame["edition"])))
        raise ValueError(f"no edition of {edition} by country; expected one of: {known}")
    own = frame if edition is None else frame[frame["edition"] == edition]
    return own[own["level"] == COUNTRY].reset_index(drop=True)


def editions() -> list[int]:
    """The editions that the record has by country, oldest first."""
    return sorted(int(edition) for edition in load("migrant_stock_editions")["edition"])


def sums(measure: str = "persons") -> pd.DataFrame:
    """Every whole of an edition and year beside the sum of its parts.

    A region is the sum of its countries, a major area of its regions, the world of its major
    areas, and a development group of its countries.

    Args:
        measure: `persons` or `population`.

    Returns:
        Index `edition`, `year`, `m49`; columns `stated` (of the whole), `parts` (their sum) and
        `rows` (how many there are).
    """
    frame = stock()
    frame = frame[frame[measure].notna()]
    keys = ["edition", "year"]
    nested = frame[frame["level"] != CROSSING].groupby([*keys, "within"])[measure]
    named = {"more developed": 901, "less developed": 902}
    across = frame.assign(group=frame["development"].map(named))
    crossing = across.dropna(subset="group").groupby([*keys, "group"])[measure]
    parts = pd.concat(
        each.agg(parts="sum", rows="count").rename_axis([*keys, "m49"])
        for each in (nested, crossing)
    )
    stated = frame.set_index([*keys, "m49"])[measure].rename("stated")
    return pd.concat([stated, parts], axis="columns", join="inner").sort_index()


def _bank() -> pd.Series:
    """The World Bank's world by year, persons; before `SPLIT` without the Soviet Union."""
    world = load(BANK).query("aggregate == 'world'")
    return world.set_index("year")["persons"]


def world(without: Collection[str] = ()) -> pd.DataFrame:
    """The world at today's borders, less the successor States of the former States named.

    The edition of 2008 has no world of its own by country; the World Bank's stands for it.

    Returns:
        Index `edition`, `year`; columns `persons` and `population` (missing in the edition of
        2008) of what is kept, and `left_out` (persons in the successor States).

    Raises:
        ValueError: a name that is none of `FORMER_STATES`.
    """
    if strange := set(without) - set(FORMER_STATES):
        known = ", ".join(FORMER_STATES)
        raise ValueError(f"no former State {min(strange)!r} in the record; expected: {known}")
    return _world(frozenset(without)).copy(deep=False)


@cache
def _world(without: frozenset[str]) -> pd.DataFrame:
    frame, keys = stock(), ["edition", "year"]
    counted = ["persons", "population"]
    bank = _bank().loc[SPLIT:].to_frame().assign(population=float("nan"))
    bank.index = pd.MultiIndex.from_product([[BANK_EDITION], bank.index], names=keys)
    whole = pd.concat([bank, frame[frame["m49"] == WORLD].set_index(keys)[counted]])
    parts = frame[frame["formerly"].isin(without)].groupby(keys)[counted].sum()
    parts = parts.reindex(whole.index, fill_value=0)
    return (whole - parts).assign(left_out=parts["persons"]).astype("float64")


def outside_soviet_union() -> pd.Series:
    """The edition of 2008 from 1960 on, without the Soviet Union and then its successor States.

    Returns:
        Index `year`; persons.
    """
    later = world([SOVIET_UNION])["persons"].loc[BANK_EDITION]
    return pd.concat([_bank().loc[: SPLIT - 1].astype("float64"), later]).rename("persons")


def growth_rate(start: Interval | float, end: Interval | float, years: float) -> Interval:
    """Annualised exponential growth rate r = ln(P1 / P0) / t, in per cent a year.

    Source: Preston, Heuveline and Guillot, *Demography* (2001) (mean annualised
    growth rate). Each end enters once, so the interval is the exact range.

    Raises:
        ValueError: a population or a period that is not above nought.
    """
    if years <= 0:
        raise ValueError(f"a growth rate needs a period longer than nought, not {years} years")
    for population in (as_interval(start), as_interval(end)):
        if population.lo <= 0:
            raise ValueError(f"a growth rate needs populations above nought, not {population.lo}")
    return (as_interval(end) / start).apply(iv.log) / years * 100


def growth_outside() -> pd.DataFrame:
    """Growth of the stock outside the former Soviet Union before and after 1990.

    Before 1990 only the World Bank's series goes back; it is joined to the total of 1990 in each
    edition in turn. After it, both ends are of one edition.

    Returns:
        Index `edition`; `start` (1960), `turn` (1990) and `end` (2000), persons; `before` and
        `after` (Intervals, per cent a year).
    """
    own = world([SOVIET_UNION])["persons"].unstack()
    table = pd.DataFrame({"start": outside_soviet_union()[1960], "turn": own[SPLIT],
                          "end": own[2000]})  # fmt: skip
    before = [growth_rate(r.start, r.turn, SPLIT - 1960) for r in table.itertuples()]
    after = [growth_rate(r.turn, r.end, 2000 - SPLIT) for r in table.itertuples()]
    return table.assign(before=before, after=after)
