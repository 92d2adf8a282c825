"""Revisions of countries' migrant stock: their size, their sum, their basis, and directions kept.

A revision is a later edition's figure less an earlier one's, for the same country and year. The
measures are those of revision analysis (McKenzie and Gamba, *Interpreting the results of revision
analyses*): relative mean absolute revision and signs that stay the same. They are taken over the
countries of one year, where revision analysis takes them over the months of one series.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import migrants

YEARS = (1990, 2000)
DECADES = ((1990, 2000), (2000, 2010))
SIZES = SMALL, MIDDLE, LARGE = "small", "middle", "large"
ALL, WEIGHTED = "all", "weighted"
EDGES = (0, 1e5, 1e6, np.inf)  # persons, between the sizes of stock
LEVELS = (0.25, 0.5, 0.75, 0.9)
TOP = 10
KEPT = 0.9  # the share of countries that must keep their direction
FEWEST = 10  # countries; of fewer, a share of nine in ten says nothing
# Places that editions may have counted in the row of another before they had their own: South
# Sudan in that of Sudan, Montenegro in that of Serbia, and Curaçao and Sint Maarten in that of
# Bonaire, Sint Eustatius and Saba, which has more migrants than inhabitants until 2019.
PARTS = {728: 729, 499: 688, 531: 535, 534: 535}


def triangle(year: int, *, joined: bool = False) -> pd.DataFrame:
    """The revision triangle of a year: countries and areas by edition, in persons.

    Args:
        year: the year that the figures are about.
        joined: whether the places of `PARTS` are counted with the row that may have held them.

    Returns:
        Index `m49`, a column per edition; missing where an edition gives no figure. Nought, which
        the edition of 2017 prints for Curaçao before 2010, is no figure.
    """
    frame = migrants.countries()
    own = frame[(frame["year"] == year) & (frame["persons"] > 0)]
    code = own["m49"].replace(PARTS) if joined else own["m49"]
    return (
        own.assign(m49=code)
        .pivot_table(index="m49", columns="edition", values="persons", aggfunc="sum")
        .astype("float64")
    )


def codes(year: int) -> pd.DataFrame:
    """The types of data behind `triangle`: index `m49`, a column per edition; 2008 has none."""
    frame = migrants.countries()
    own = frame[frame["year"] == year]
    return own.pivot(index="m49", columns="edition", values="type_of_data")


def size_of(persons: pd.Series) -> pd.Series:
    """The size of stock, one of `SIZES`, for each number of persons."""
    return pd.cut(persons, EDGES, right=False, labels=list(SIZES))


# --- How far a figure moved ----------------------------------------------------------------------


def spread(known: pd.DataFrame) -> pd.DataFrame:
    """How far the editions differ on each country that at least two of them give.

    Args:
        known: `triangle`, as in all functions below that take `known`.

    Returns:
        Index `m49`; `lowest` and `highest` (persons, of any edition), `ratio` (highest to lowest),
        `latest` (persons, of the last edition that has it) and `size` (of that; one of `SIZES`).
    """
    known = known[known.notna().sum(axis="columns") > 1]
    lowest, highest = known.min(axis="columns"), known.max(axis="columns")
    latest = known.ffill(axis="columns").iloc[:, -1]
    return pd.DataFrame({
        "lowest": lowest, "highest": highest, "ratio": highest / lowest, "latest": latest,
        "size": size_of(latest),
    })  # fmt: skip


def quantiles(values: pd.Series, weights: pd.Series | None = None) -> list[float]:
    """The quantiles at `LEVELS`, each a value that occurs (inverse of the distribution function).

    Args:
        values: one per country.
        weights: as many; without them every country counts alike.
    """
    found = np.quantile(values, LEVELS, method="inverted_cdf", weights=weights)
    return [float(value) for value in found]


def distribution(known: pd.DataFrame) -> pd.DataFrame:
    """The ratio of `spread` over countries: by size of stock, of all, and of all by migrants.

    Returns:
        Index: `SIZES`, `ALL` and `WEIGHTED` (a country counts by the latest edition's stock);
        `countries`, `unrevised` (of them, alike in every edition), and a column per level.
    """
    moved = spread(known)
    groups = {size: moved[moved["size"] == size] for size in SIZES} | {ALL: moved, WEIGHTED: moved}
    rows = [
        (len(own), int((own["ratio"] == 1).sum()),
         *quantiles(own["ratio"], own["latest"] if name == WEIGHTED else None))
        for name, own in groups.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, list(groups), columns=["countries", "unrevised", *LEVELS])


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


# --- Whether a change over ten years survives ----------------------------------------------------


def directions(start: pd.DataFrame, end: pd.DataFrame, edition: int) -> pd.DataFrame:
    """What later editions make of the change between two years that an edition gives.

    Only countries that this and all later editions give for both years; none without a change.

    Args:
        start, end: `triangle` of the two years.
        edition: the edition whose change is followed.

    Returns:
        Index `m49`; `change` (log of the ratio of the two years), `kept` (whether it has the same
        sign in every later edition), `moved` (the furthest that a later edition's change is from
        it, in logs) and `size` (of the stock in the last year; one of `SIZES`).
    """
    change = np.log(end / start).loc[:, edition:].dropna()
    own, later = change[edition], change.drop(columns=edition)
    kept = np.sign(later).eq(np.sign(own), axis="index").all(axis="columns")
    moved = later.sub(own, axis="index").abs().max(axis="columns")
    table = pd.DataFrame({
        "change": own, "kept": kept, "moved": moved,
        "size": size_of(end.loc[own.index, edition]),
    })  # fmt: skip
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
