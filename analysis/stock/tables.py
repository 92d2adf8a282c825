"""The tables of the chapter on the migrant stock as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from analysis.precision import Interval
from analysis.stock.estimates import (
    MIXED,
    MIXED_ANY,
    OF_A_58_98,
    OUTSIDE_AFTER,
    OUTSIDE_BEFORE,
    REVISION_2003,
    UNNAMED,
    triangle,
)
from analysis.words import MILLION

Formats = dict[str, str | Callable[..., str]]

PERIODS = {
    REVISION_2003: "2003 revision",
    OF_A_58_98: "A/58/98, edition not named",
    MIXED: "mixed: 2003 revision and A/58/98",
    MIXED_ANY: "mixed: 2003 revision and any",
    OUTSIDE_BEFORE: "2008 and any, without the Soviet Union",
    OUTSIDE_AFTER: "each, without its successor States",
}
GROWTH: Formats = {
    "Start, millions": ".1f",
    "End, millions": ".1f",
    "Stock, % a year": ".2f",
    "Population, % a year": ".2f",
    "Difference, points": ".2f",
}
LARGEST: Formats = {
    "Year": "d",
    "As stated, millions": ".1f",
    "Furthest edition": "d",
    "Change, millions": ".1f",
    "Change, %": ".2f",
    "Rounding either way, millions": ".1f",
    "Change as multiple of rounding": ".1f",
    "Highest less lowest edition, millions": ".1f",
}


def editions(known: Iterable[str]) -> dict[str, str]:
    """Each edition and its name for readers, in the order given."""
    return {each: "A/58/98 (not named)" if each == UNNAMED else each for each in known}


def ends(intervals: Iterable[Interval | None], quantity: str) -> pd.DataFrame:
    """Intervals as two columns of numbers, missing where there is none."""
    pairs = [(None, None) if each is None else (each.lo, each.hi) for each in intervals]
    return pd.DataFrame(pairs, columns=heads(quantity), dtype="float64")


def heads(quantity: str) -> list[str]:
    """The heads of the two columns of `ends`."""
    return [f"Lowest {quantity}", f"Highest {quantity}"]


SHARES: Formats = {"Year": "d", **dict.fromkeys(heads("share, per cent"), ".3f")}
TOTALS: Formats = {"Year": "d", **dict.fromkeys(heads("total, millions"), ".1f")}
RATES: Formats = dict.fromkeys(heads("growth, % a year"), ".3f")


def growth(periods: pd.DataFrame) -> pd.DataFrame:
    """The result of `estimates.growth_by_period`; its formats are `GROWTH`."""
    years = [f"{first}–{last}" for first, last in zip(periods["first"], periods["last"],
                                                      strict=True)]  # fmt: skip
    shown = _in_millions(periods.drop(columns=["first", "last"]), ["start", "end"])
    shown = shown.set_axis(list(GROWTH), axis=1)
    shown.insert(0, "Period", years)
    shown.insert(1, "Editions", [PERIODS[key] for key in periods.index])
    return shown.reset_index(drop=True)


def estimates(known: pd.DataFrame) -> pd.DataFrame:
    """Every estimate in millions, a row per year and a column per edition."""
    return triangle(known).rename(columns=editions(known["edition"])).reset_index(names="Year")


def share_data(shares: Iterable[pd.DataFrame], stated: str, rounded: Interval) -> pd.DataFrame:
    """The shares that are drawn, and last the band: all that rounds to the stated share.

    Args:
        shares: rows of `analysis.stock.estimates.shares`, series by series.
        stated: the words for the band.
        rounded: its ends, in per cent.
    """
    columns = {"year": "Year", "edition": "Edition of the stock",
               "vintage": "Edition of the population"}  # fmt: skip
    drawn = pd.concat(shares)[[*columns, "share"]]
    drawn["edition"] = drawn["edition"].map(editions(drawn["edition"]))
    rows = [*drawn.itertuples(index=False, name=None),
            (None, stated, None, rounded)]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*columns.values(), "share"]).astype({"Year": "Int64"})
    return table.drop(columns="share").join(ends(table["share"], "share, per cent"))


def revision_data(
    totals: Mapping[int, Mapping[str, Interval]], names: Mapping[str, str]
) -> pd.DataFrame:
    """The totals in millions by year in every edition, missing where the record has none.

    Args:
        totals: year to edition to total in millions.
        names: every edition and its name.
    """
    rows = [(year, name, known.get(edition)) for year, known in totals.items()
            for edition, name in names.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=["Year", "Edition", "total"])
    return table.drop(columns="total").join(ends(table["total"], "total, millions"))


def largest_revisions(moved: pd.DataFrame) -> pd.DataFrame:
    """The result of `estimates.largest_revisions`; its formats are `LARGEST`."""
    columns = ["year", "stock", "edition", "change", "relative", "rounding", "times", "gap"]
    shown = _in_millions(moved[columns], ["stock", "change", "rounding", "gap"])
    return shown.astype({"edition": int}).set_axis(list(LARGEST), axis=1)


def _in_millions(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The same with columns of persons, plain or as intervals, turned into millions."""
    return table.assign(**{name: table[name].map(lambda each: each / MILLION) for name in columns})


def rate_data(
    stated: Interval,
    editions: Mapping[str, Interval],
    absent: Iterable[str],
    mixed: Interval,
    population: Interval,
) -> pd.DataFrame:
    """The growth rates in the order drawn, in per cent a year; missing for editions without one."""
    rates = {
        "A/58/98, as stated": stated,
        **{f"{edition} revision": rate for edition, rate in editions.items()},
        f"other editions ({', '.join(absent)})": None,
        "start and end from different editions": mixed,
        "world population": population,
    }
    return pd.DataFrame({"Edition": list(rates)}).join(ends(rates.values(), "growth, % a year"))


def view_data(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The counts that fit each share, by the number of Governments counted.

    Args:
        before, after: `estimates.counts_by_denominator` for 1975 and for 2003.
    """
    columns = ["Governments counted", "1975, fewest", "1975, most", "2003, fewest", "2003, most"]
    return before.merge(after, on="denominator").set_axis(columns, axis=1)
