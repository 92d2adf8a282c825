"""The tables of the chapter on borders as readers see them: names, heads, units."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.borders import world
from analysis.precision import Interval, hull
from analysis.words import span

Formats = dict[str, str | Callable[..., str]]

RULES = {
    world.PUBLISHED: "all States",
    world.OUTSIDE: "all but the Soviet Union's successors",
    world.NO_SUCCESSORS: "all but every former State's successors",
}
SERIES = {
    world.STATED: "stated: A/59/325; 1990 from A/58/98",
    world.BANK: "2008 edition, whole world",
    world.BANK_OUTSIDE: "2008 edition, without the Soviet Union",
    world.OZDEN: "Özden et al.",
    world.DRAFT: "Özden et al., earlier draft",
}
DECADE: Formats = dict.fromkeys(
    ("Stock, % a year", "Population, % a year", "Share 1990, %", "Share 2000, %", "Change, points"),
    span,
)
SHARES: Formats = {
    "Edition": "d",
    "Year": "d",
    "World, millions": ".1f",
    "World, share %": span,
    "Without, millions": ".1f",
    "Without, share %": span,
}
TOTALS: Formats = {"Year": "d", "Lowest, millions": ".1f", "Highest, millions": ".1f"}
AREAS: Formats = {"Edition": "d", "Year": "d", "Migrants, % of population": ".2f"}
HOSTS: Formats = {f"{year}, millions": ".1f" for year in ("1990", "2000", "2024")}


def decade(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `world.decade` over all editions, for `RULES`; formats: `DECADE`."""
    over = table.groupby("rule").agg(hull).loc[list(RULES)].set_axis(list(DECADE), axis=1)
    return over.rename(RULES).rename_axis("Counted").reset_index()


def shares(known: pd.DataFrame) -> pd.DataFrame:
    """The result of `world.by_rule`, the whole world beside the former Soviet Union left out.

    Formats: `SHARES`.
    """
    own = known.groupby(["rule", "edition", "year"], sort=False)
    table = own.agg(persons=("persons", "first"), share=("share", hull))
    pair = table.loc[[world.PUBLISHED]].droplevel("rule").join(
        table.loc[[world.OUTSIDE]].droplevel("rule"), suffixes=("", "_without")
    )  # fmt: skip
    pair[["persons", "persons_without"]] /= 1e6
    columns = ["persons", "share", "persons_without", "share_without"]
    shown = pair[columns].reset_index()
    return shown.set_axis(list(SHARES), axis=1)


def totals(series: pd.DataFrame) -> pd.DataFrame:
    """The result of `world.since_1960`; formats: `TOTALS`."""
    ends = [(i.lo / 1e6, i.hi / 1e6) for i in series["persons"]]
    shown = pd.DataFrame(ends, columns=list(TOTALS)[1:])
    shown.insert(0, "Year", series["year"])
    shown.insert(0, "Series", series["series"].map(SERIES))
    return shown


def area_shares(known: pd.DataFrame) -> pd.DataFrame:
    """The result of `areas.shares`, edition by edition; formats: `AREAS`."""
    return known[["name", "edition", "year", "share"]].set_axis(["Area", *AREAS], axis=1)


def hosts(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `areas.hosts`: ranks over all editions; formats: `HOSTS`."""
    names = {1990: "1990", 2000: "2000", 0: "last year"}
    shown = {"Country": table[1990, "name"].str.partition(" (")[0]}
    for year, head in names.items():
        ranks = list(map(Interval, table[year, "best"], table[year, "worst"]))
        shown[f"Rank, {head}"] = pd.Series(ranks, table.index)
    for head, year in zip(HOSTS, names, strict=True):
        shown[head] = table[year, "persons"] / 1e6
    return pd.DataFrame(shown).astype(dict.fromkeys(HOSTS, float)).reset_index(drop=True)
