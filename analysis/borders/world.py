"""The world's migrant stock with and without the States that came of dissolved ones.

The estimates draw the borders of today back to 1990: who had moved within the Soviet Union before
it dissolved is counted as a migrant from that year on, and not in the years before.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis import migrants
from analysis.migrants import BANK_EDITION, SOVIET_UNION, SPLIT, growth_rate
from analysis.precision import Interval, hull
from analysis.statements import stated
from analysis.tables import load

RULES = {
    "published": (),
    "no-soviet-union": (SOVIET_UNION,),
    "no-yugoslavia": (migrants.YUGOSLAVIA,),
    "no-czechoslovakia": (migrants.CZECHOSLOVAKIA,),
    "no-successors": migrants.FORMER_STATES,
}
PUBLISHED, OUTSIDE, _, _, NO_SUCCESSORS = RULES
FACTS = "public_facts"
EARLY = "migrant_stock_early_editions"
TOTALS = "world_migrant_stock_by_revision"
CENSUSES = ("s5-ussr-census-1959", "s6-ussr-census-1970")
STOCK_1960 = "world-migrant-stock-1960-a-59-325"
STOCK_1990 = "world-migrant-stock-1990-a-58-98"
STOCK_2000 = "world-migrant-stock-2000-a-59-325"
LONG_VINTAGE = "WPP 2017"  # the only world population on record that reaches back to 1960
FIRST, TURN = 1960, 2000
SERIES = STATED, BANK, BANK_OUTSIDE, OZDEN, DRAFT = (
    "stated", "edition-of-2008", "outside-soviet-union", "s1-ozden-2011", "s2-ozden-draft",
)  # fmt: skip


# --- From 1990 on, edition by edition ------------------------------------------------------------


def by_rule() -> pd.DataFrame:
    """Stock and share of the world under each border rule.

    The edition of 2008 has no population; it is set over that of each later workbook in turn.

    Returns:
        One row per rule, edition, vintage (the workbook that the population is from) and year:
        `rule`, `edition`, `vintage`, `year`, `persons`, `population`, `share` (per cent).
    """
    tables = []
    for rule, left_out in RULES.items():
        world = migrants.world(left_out).reset_index()
        people = world.dropna(subset="population")[["edition", "year", "population"]]
        people = people.rename(columns={"edition": "vintage"})
        own = world.merge(people, on="year", suffixes=("_own", ""))
        same = own["edition"] == own["vintage"]
        tables.append(own[same | own["population_own"].isna()].assign(rule=rule))
    frame = pd.concat(tables).sort_values(["edition", "vintage", "year"], kind="stable")
    frame["share"] = 100 * frame["persons"] / frame["population"]
    columns = ["rule", "edition", "vintage", "year", "persons", "population", "share"]
    return frame[columns].reset_index(drop=True)


def decade(known: pd.DataFrame, first: int = SPLIT, last: int = TURN) -> pd.DataFrame:
    """Growth and change of share between two years, per rule and edition.

    Args:
        known: the result of `by_rule`.

    Returns:
        Index `rule`, `edition`; Intervals, wide only where several vintages serve an edition:
        `stock_growth`, `population_growth` (per cent a year), `share_first`, `share_last` (per
        cent), `change` (percentage points, within a vintage).
    """
    rows = []
    for (rule, edition), own in known.groupby(["rule", "edition"], sort=False):
        start, end = (own[own["year"] == year].set_index("vintage") for year in (first, last))
        grown = [
            hull(
                growth_rate(start.at[v, measure], end.at[v, measure], last - first)
                for v in start.index
            )
            for measure in ("persons", "population")
        ]
        ends = [hull(start["share"]), hull(end["share"]), hull(end["share"] - start["share"])]
        rows.append((rule, edition, *grown, *ends))
    columns = ["rule", "edition", "stock_growth", "population_growth", "share_first",
               "share_last", "change"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).set_index(["rule", "edition"])
    return table.loc[list(RULES)]


def change_since(known: pd.DataFrame, first: int = SPLIT) -> pd.DataFrame:
    """How far each share stands from that of a first year of the same edition and vintage.

    Args:
        known: the result of `by_rule`.

    Returns:
        Columns `rule`, `edition`, `year`, `change` (Interval, percentage points).
    """
    keys = ["rule", "edition", "vintage"]
    start = known[known["year"] == first].set_index(keys)["share"].rename("start")
    moved = known.join(start, on=keys)
    moved["change"] = moved["share"] - moved["start"]
    return moved.groupby(["rule", "edition", "year"])["change"].agg(hull).reset_index()


def successors(year: int, rule: str = OUTSIDE) -> Interval:
    """Migrants in the successor States that a rule leaves out, over all editions; persons."""
    return hull(migrants.world(RULES[rule])["left_out"].xs(year, level="year"))


def pace_until(last: int) -> float:
    """Growth of the World Bank's series from 1960 to a year before 1990, per cent a year."""
    series = migrants.outside_soviet_union()
    return growth_rate(series[FIRST], series[last], last - FIRST).lo


# --- Back to 1960 --------------------------------------------------------------------------------


def millions_of(fact_id: str) -> dict[int, Interval]:
    """The totals of a fact that reads "92m (1960); 165m (2000)": year to persons, as rounded."""
    value = load(FACTS).set_index("fact_id").at[fact_id, "value"]
    found = re.findall(r"([\d.]+)m\s\((\d{4})\)", value)
    if not found:
        raise ValueError(f"{FACTS}: {fact_id}: expected totals with years, not {value!r}")
    totals = {}
    for number, year in found:
        half = 0.5 * 10 ** -len(number.partition(".")[2])
        totals[int(year)] = Interval((float(number) - half) * 1e6, (float(number) + half) * 1e6)
    return totals


def since_1960() -> pd.DataFrame:
    """The world totals that reach back to 1960, beside that of the edition of 2008 from 1990 on.

    Returns:
        Columns `series` (of `SERIES`), `year`, `persons` (Interval).
    """
    world = migrants.world()["persons"].loc[BANK_EDITION]
    known = {
        STATED: {int(stated(s).reference_date): stated(s).interval
                 for s in (STOCK_1960, STOCK_1990, STOCK_2000)},
        BANK: world[world.index <= TURN],
        BANK_OUTSIDE: migrants.outside_soviet_union().loc[:TURN],
        OZDEN: millions_of(OZDEN),
        DRAFT: millions_of(DRAFT),
    }  # fmt: skip
    rows = [(name, year, hull([n])) for name, own in known.items() for year, n in own.items()]
    return pd.DataFrame(rows, columns=["series", "year", "persons"])


def stated_growth() -> Interval:
    """What the documents' totals grew by from 1960 to 1990, persons."""
    return stated(STOCK_1990).interval - stated(STOCK_1960).interval


def share_of_1970() -> pd.DataFrame:
    """The row of `EARLY` for the Soviet Union's share of the stock of 1970."""
    known = load(EARLY)
    return known[known["early_id"] == "2003-former-ussr-1970-iom-later-share"]


def total_of_1970() -> pd.DataFrame:
    """The row of `TOTALS` for the world in 1970, of the same edition."""
    known = load(TOTALS)
    return known[known["stock_id"] == "rev-2003-year-1970"]


def migrants_before() -> Interval:
    """Migrants in the Soviet Union while it was one State, as far as the record tells; persons.

    By its share of the stock of 1970, and as the stated total of 1960 less the world without it;
    the second takes in whatever else the two sources count differently.
    """
    percent = float(share_of_1970()["share_of_world_stock"].iloc[0])
    total = float(total_of_1970()["millions"].iloc[0])
    of_1970 = Interval(total - 0.5, total + 0.5) * Interval(percent - 0.05, percent + 0.05) * 1e4
    return hull([of_1970, stated(STOCK_1960).interval - migrants.outside_soviet_union()[FIRST]])


def made_by_borders() -> Interval:
    """Persons of the stock of 1990 whom new borders, and no move across one, made migrants.

    At most all who are counted in the successor States of the Soviet Union, Yugoslavia and
    Czechoslovakia. At least those in the Soviet Union's, if no more of them had come from outside
    it than the most that `migrants_before` allows; without that assumption none need be.
    """
    least = successors(SPLIT).lo - migrants_before().hi
    return Interval(least, successors(SPLIT, NO_SUCCESSORS).hi)


def _world_population() -> pd.Series:
    world = load("world_population")
    own = world[world["vintage"] == LONG_VINTAGE].set_index("year")["population_thousands"]
    return own * 1e3


def shares_since_1960() -> dict[str, dict[int, Interval]]:
    """The share of population in 1960 and 2000, per cent, by series.

    Outside the Soviet Union the population of 1960 is that of the world less a number between the
    censuses of 1959 and 1970; of 2000 the shares are those of every edition.

    Returns:
        `STATED`, `OZDEN`, `DRAFT` and `BANK_OUTSIDE` to year to share.
    """
    world, totals = _world_population(), since_1960()
    found: dict[str, dict[int, Interval]] = {}
    for name in (STATED, OZDEN, DRAFT):
        own = totals[totals["series"] == name].set_index("year")["persons"]
        found[name] = {year: own[year] / world[year] * 100 for year in (FIRST, TURN)}
    censuses = hull(total for fact in CENSUSES for total in millions_of(fact).values())
    rest = censuses * -1 + world[FIRST]
    known = by_rule()
    last = known[(known["rule"] == OUTSIDE) & (known["year"] == TURN)]["share"]
    start = Interval(*[migrants.outside_soviet_union()[FIRST]] * 2)
    found[BANK_OUTSIDE] = {FIRST: start / rest * 100, TURN: hull(last)}
    return found


def gap_of_1990() -> Interval:
    """Migrants of 1990 in the successor States of the Soviet Union, edition of 2008; persons."""
    left = migrants.world([SOVIET_UNION])["left_out"].loc[BANK_EDITION, SPLIT]
    return Interval(left, left)
