"""The tables of the chapter on the migrant stock as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from analysis.precision import Interval
from analysis.stock.estimates import (
    ANY,
    COVERED,
    MIXED,
    MIXED_ANY,
    OF_A_58_98,
    OUTSIDE_AFTER,
    OUTSIDE_BEFORE,
    REVISION_2003,
    SUPPOSED,
    UNNAMED,
    triangle,
)
from analysis.words import MILLION

Formats = dict[str, str | Callable[..., str]]

PERIODS = {
    REVISION_2003: "2003 revision",
    OF_A_58_98: "report of 2003, edition not named",
    MIXED: "mixed: 2003 revision and report of 2003",
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
    return {each: "report of 2003" if each == UNNAMED else each for each in known}


def ends(intervals: Iterable[Interval | None], quantity: str) -> pd.DataFrame:
    """Intervals as two columns of numbers, missing where there is none."""
    pairs = [(None, None) if each is None else (each.lo, each.hi) for each in intervals]
    return pd.DataFrame(pairs, columns=heads(quantity), dtype="float64")


def heads(quantity: str) -> list[str]:
    """The heads of the two columns of `ends`."""
    return [f"Lowest {quantity}", f"Highest {quantity}"]


SHARES: Formats = {"Year": "d", **dict.fromkeys(heads("share, per cent"), ".3f")}
TOTALS: Formats = {"Year": "d", **dict.fromkeys(heads("total, millions"), ".1f")}
WITH_VIEW = "Governments with the view"
VIEWS: Formats = {WITH_VIEW: ",.0f"}
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


def rate_names(editions: Iterable[str]) -> dict[str, str]:
    """What each rate is called: of each edition, of mixed ones, of world population."""
    own = {
        each: "report of 2003, as stated" if each == UNNAMED else f"{each} revision"
        for each in editions
    }
    return {**own, "mixed": "mixed editions",
            "population": "world population"}  # fmt: skip


def rate_data(rates: Mapping[str, Interval], mixed: Interval, population: Interval) -> pd.DataFrame:
    """The growth rates in the order drawn, in per cent a year."""
    drawn = [*rates.values(), mixed, population]
    names = list(rate_names(rates).values())
    return pd.DataFrame({"Edition": names}).join(ends(drawn, "growth, % a year"))


def views(ranges: pd.DataFrame) -> pd.DataFrame:
    """The result of `estimates.views` under words that say how many were counted."""
    words = {
        COVERED: "2003: of {} States covered",
        SUPPOSED: "1975: of {}, as for policies of 1976",
        ANY: "1975: of any number up to {}",
    }
    counted = ranges["counted"].items()
    return ranges.set_axis([words[str(key)].format(number) for key, number in counted])


def view_data(ranges: pd.DataFrame) -> pd.DataFrame:
    """The result of `views`; formats: `VIEWS`."""
    fits = zip(ranges["fewest"], ranges["most"], strict=True)
    return pd.DataFrame(
        {"Year and Governments counted": ranges.index, WITH_VIEW: [Interval(*f) for f in fits]}
    )
