"""Revisions of countries' migrant stock: their size, their sum, their basis, and directions kept.

A revision is a later edition's figure less an earlier one's, for the same country and year. The
measures are those of revision analysis (McKenzie and Gamba, *Interpreting the results of revision
analyses*): relative mean absolute revision and signs that stay the same. They are taken over the
countries of one year, where revision analysis takes them over the months of one series.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import migrants

YEARS = (1990, 2000, 2010)
DECADES = ((1990, 2000), (2000, 2010))
LEVELS = (0.25, 0.5, 0.75, 0.9)
TOP = 6
KEPT = 0.9  # the share of countries that must keep their direction
FEWEST = 10  # countries; of fewer, a share of nine in ten says nothing
REFUGEES = "R"  # the mark of a type of data that refugees were added


def triangle(year: int) -> pd.DataFrame:
    """The revision triangle of a year: countries and areas by edition, in persons.

    Args:
        year: the year that the figures are about.

    Returns:
        Index `m49`, a column per edition; missing where an edition gives no figure. Nought, which
        the edition of 2017 prints for Curaçao before 2010, is no figure.
    """
    frame = migrants.countries()
    own = frame[(frame["year"] == year) & (frame["persons"] > 0)]
    return own.pivot(index="m49", columns="edition", values="persons").astype("float64")


def codes(year: int) -> pd.DataFrame:
    """The types of data behind `triangle`: index `m49`, a column per edition; 2008 has none.

    An edition gives a country one code for all years.
    """
    frame = migrants.countries()
    own = frame[frame["year"] == year]
    return own.pivot(index="m49", columns="edition", values="type_of_data")


# --- How far a figure moved ----------------------------------------------------------------------


def spread(known: pd.DataFrame) -> pd.DataFrame:
    """How far the editions differ on each country that at least two of them give.

    Args:
        known: `triangle`, as in all functions below that take `known`.

    Returns:
        Index `m49`; `lowest` and `highest` (persons, of any edition), `ratio` (highest to lowest).
    """
    known = known[known.notna().sum(axis="columns") > 1]
    lowest, highest = known.min(axis="columns"), known.max(axis="columns")
    return pd.DataFrame({"lowest": lowest, "highest": highest, "ratio": highest / lowest})


def quantiles(values: pd.Series) -> list[float]:
    """The quantiles at `LEVELS`: values that occur (inverse of the distribution function)."""
    return [float(value) for value in np.quantile(values, LEVELS, method="inverted_cdf")]


def distribution(since: int, years: Iterable[int] = YEARS) -> pd.DataFrame:
    """How far the editions from one on differ over countries, by year.

    Returns:
        Index: the years; `countries`, `unrevised` (of them, alike in all these editions), and a
        column per level: that quantile of the excess of the highest over the lowest, per cent.
    """
    ratios = {year: spread(triangle(year).loc[:, since:])["ratio"] for year in years}
    rows = [
        (len(ratio), int((ratio == 1).sum()), *quantiles(100 * (ratio - 1)))
        for ratio in ratios.values()
    ]
    return pd.DataFrame(rows, list(ratios), columns=["countries", "unrevised", *LEVELS])


def most_revised(known: pd.DataFrame, *, least: float, count: int) -> pd.DataFrame:
    """The countries that editions differ on most by ratio, with the figure of each edition.

    Args:
        known: `triangle`.
        least: persons; countries below it in every edition are left out.
        count: how many to return.

    Returns:
        Index `m49`, `name`, `ratio` and a column per edition (persons), largest ratio first.
    """
    moved = spread(known)
    top = moved[moved["highest"] >= least].nlargest(count, "ratio")
    names = migrants.areas()["name"].loc[top.index]
    return pd.DataFrame({"name": names, "ratio": top["ratio"]}).join(known)


def editions_of(name: str) -> pd.DataFrame:
    """Every figure of a country: years by edition, in persons.

    Raises:
        ValueError: no country or area is called so; the message has the nearest names.
    """
    frame = migrants.countries()
    own = frame[frame["name"] == name]
    if own.empty:
        near = get_close_matches(name, sorted(set(frame["name"])), n=3, cutoff=0.4)
        raise ValueError(f"no country or area {name!r}; expected a name such as {near}")
    return own[own["persons"] > 0].pivot(index="year", columns="edition", values="persons")


# --- The world's revision ------------------------------------------------------------------------


class Step(NamedTuple):
    """The world's revision for a year between two editions, taken apart; persons.

    Attributes:
        earlier, later: the editions.
        countries: how many both give a figure.
        moved: how many of them the later edition changed.
        up, down: the sum of the revisions above and below nought.
        listed: persons in countries that the later edition alone gives, less those that the
            earlier one alone gives.
        relative: the gross revision over the earlier edition's stock of the same countries (the
            relative mean absolute revision).
        top: the share of the gross revision that the largest `TOP` revisions make up.
    """

    earlier: int
    later: int
    countries: int
    moved: int
    up: float
    down: float
    listed: float
    relative: float
    top: float

    @property
    def gross(self) -> float:
        """The sum of all revisions without regard to sign."""
        return self.up - self.down

    @property
    def net(self) -> float:
        """The sum of all revisions, which is what the world's total shows of them."""
        return self.up + self.down


def revised(known: pd.DataFrame, earlier: int, later: int) -> pd.Series:
    """Each country's revision between two editions that both have it, in persons."""
    pair = known[[earlier, later]].dropna()
    return pair[later] - pair[earlier]


def step(known: pd.DataFrame, earlier: int, later: int) -> Step:
    """The revision between two editions, country by country and in sum."""
    revision = revised(known, earlier, later)
    sizes = revision.abs().sort_values(ascending=False)
    alone = known.loc[~known.index.isin(revision.index), [earlier, later]].sum()
    return Step(
        earlier, later, len(revision), int((sizes > 0).sum()),
        up=float(revision[revision > 0].sum()), down=float(revision[revision < 0].sum()),
        listed=float(alone[later] - alone[earlier]),
        relative=float(sizes.sum() / known.loc[revision.index, earlier].sum()),
        top=float(sizes.iloc[:TOP].sum() / sizes.sum()),
    )  # fmt: skip


def largest_steps(known: pd.DataFrame, count: int = 2) -> list[Step]:
    """The steps from edition to edition with the largest gross revision, in order of edition."""
    every = [step(known, *pair) for pair in pairwise(known.columns)]
    largest = sorted(every, key=lambda each: each.gross)[-count:]
    return sorted(largest, key=lambda each: each.later)


# --- What the figures rest on --------------------------------------------------------------------


def basis(known: pd.DataFrame, types: pd.DataFrame, earlier: int, later: int) -> pd.DataFrame:
    """Revisions of countries whose type of data changed between two editions, and of the others.

    The codes say what a figure rests on in an edition. They are no causes: a code may change
    because the estimate did, or beside it.

    Args:
        known: `triangle`.
        types: `codes` of the same year.
        earlier, later: the editions.

    Returns:
        Index: whether the code changed; `countries`, `moved` (figures that changed), `gross`
        (persons) and `share` (of the gross revision of both rows).

    Raises:
        ValueError: one of the editions has no codes.
    """
    for edition in (earlier, later):
        if types[edition].isna().all():
            raise ValueError(f"the edition of {edition} gives no types of data; expected one with")
    sizes = revised(known, earlier, later).abs()
    changed = (types[earlier] != types[later]).reindex(sizes.index).astype(bool)
    table = pd.DataFrame({
        "countries": sizes.groupby(changed).size(),
        "moved": (sizes > 0).groupby(changed).sum(),
        "gross": sizes.groupby(changed).sum(),
    })  # fmt: skip
    return table.assign(share=table["gross"] / table["gross"].sum())


def marked(types: pd.DataFrame, earlier: int, later: int) -> int:
    """How many countries' codes changed by the mark for refugees alone, to or from none."""
    pair = types[[earlier, later]].dropna()
    bare = pair.apply(lambda code: code.str.removesuffix(f" {REFUGEES}"))
    return int(((pair[earlier] != pair[later]) & (bare[earlier] == bare[later])).sum())


# --- Whether a change over ten years survives ----------------------------------------------------


def directions(start: pd.DataFrame, end: pd.DataFrame, edition: int) -> pd.DataFrame:
    """What later editions make of the change between two years that an edition gives.

    Only countries that this and all later editions give for both years; none without a change.

    Args:
        start, end: `triangle` of the two years.
        edition: the edition whose change is followed.

    Returns:
        Index `m49`; `change` (log of the ratio of the two years), `kept` (whether it has the same
        sign in every later edition) and `moved` (the furthest that a later edition's change is
        from it, in logs).
    """
    change = np.log(end / start).loc[:, edition:].dropna()
    own, later = change[edition], change.drop(columns=edition)
    kept = np.sign(later).eq(np.sign(own), axis="index").all(axis="columns")
    moved = later.sub(own, axis="index").abs().max(axis="columns")
    table = pd.DataFrame({"change": own, "kept": kept, "moved": moved})
    return table[table["change"] != 0]


def changes(edition: int, first: int, last: int) -> pd.DataFrame:
    """The result of `directions` for the change between two years that an edition gives."""
    return directions(triangle(first), triangle(last), edition)


class Threshold(NamedTuple):
    """The least change that most countries kept, as log of a ratio, and how many had as much."""

    change: float
    countries: int


def threshold(
    change: Sequence[float], kept: Sequence[bool], *, share: float = KEPT, fewest: int = FEWEST
) -> Threshold | None:
    """The least size such that enough of all changes of that size or more kept their direction.

    An empirical rule about the editions on record, not a confidence limit.

    Args:
        change: log of a ratio for each country.
        kept: whether later editions kept its sign.
        share: how many must have, of all countries with as large a change.
        fewest: how many countries there must be with as large a change.

    Returns:
        None where no size will do.
    """
    table = pd.DataFrame({"size": np.abs(change), "kept": kept}).sort_values(
        "size", ascending=False, ignore_index=True
    )
    table["countries"] = np.arange(1, len(table) + 1)
    table["held"] = table["kept"].cumsum() / table["countries"]
    # Changes of one size stand or fall together.
    table = table.drop_duplicates("size", keep="last")
    enough = table[(table["held"] >= share) & (table["countries"] >= fewest)]
    if enough.empty:
        return None
    least = enough.iloc[-1]
    return Threshold(float(least["size"]), int(least["countries"]))


def per_cent_of(change: float) -> float:
    """A log change without its sign, as the per cent by which the larger exceeds the smaller."""
    return 100 * float(np.expm1(abs(change)))
