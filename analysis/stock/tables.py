"""The tables of the chapter on the migrant stock as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.precision import Interval


def ends(intervals: Iterable[Interval | None], quantity: str) -> pd.DataFrame:
    """Intervals as two columns of numbers, missing where there is none."""
    pairs = [(None, None) if each is None else (each.lo, each.hi) for each in intervals]
    return pd.DataFrame(pairs, columns=heads(quantity), dtype="float64")


def heads(quantity: str) -> list[str]:
    """The heads of the two columns of `ends`."""
    return [f"Lowest {quantity}", f"Highest {quantity}"]


def share_data(shares: Iterable[pd.DataFrame], stated: str, rounded: Interval) -> pd.DataFrame:
    """The shares that are drawn, and last the band: all that rounds to the stated share.

    Args:
        shares: rows of `analysis.stock.shares`, series by series.
        stated: the words for the band.
        rounded: its ends, in per cent.
    """
    columns = {"year": "Year", "edition": "Edition of the stock",
               "vintage": "Edition of the population"}  # fmt: skip
    drawn = pd.concat(shares)[[*columns, "share"]]
    rows = [*drawn.itertuples(index=False, name=None),
            (None, stated, None, rounded)]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*columns.values(), "share"]).astype({"Year": "Int64"})
    return table.drop(columns="share").join(ends(table["share"], "share, per cent"))


def revision_data(
    totals: Mapping[int, Mapping[str, Interval]], editions: Iterable[str]
) -> pd.DataFrame:
    """The totals in millions by year in every edition, missing where the record has none."""
    rows = [(year, edition, known.get(edition)) for year, known in totals.items()
            for edition in editions]  # fmt: skip
    table = pd.DataFrame(rows, columns=["Year", "Edition", "total"])
    return table.drop(columns="total").join(ends(table["total"], "total, millions"))


def rate_data(rates: Mapping[str, Interval | None]) -> pd.DataFrame:
    """The growth rates in the order drawn; missing for editions without one."""
    table = pd.DataFrame({"Edition": list(rates)})
    return table.join(ends(rates.values(), "growth, % a year"))
