"""The tables of the chapter on revisions by country as readers see them: names, heads, units."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import pandas as pd

from analysis import migrants
from analysis.vintages import revisions
from analysis.vintages.revisions import (
    ALL,
    DECADES,
    EDGES,
    LARGE,
    LEVELS,
    MIDDLE,
    SMALL,
    WEIGHTED,
    Step,
)
from analysis.words import MILLION, number

Formats = dict[str, str | Callable[..., str]]

_LOW, _HIGH = number(EDGES[1]), f"{number(EDGES[2] / MILLION)} million"
SIZES = {SMALL: f"under {_LOW}", MIDDLE: f"{_LOW} to {_HIGH}", LARGE: f"{_HIGH} or more"}
GROUPS = {**SIZES, ALL: "all countries and areas", WEIGHTED: "the same, by migrants"}
HEADS = {level: f"Percentile {100 * level:.0f}, %" for level in LEVELS} | {0.5: "Median, %"}
TIMES = "Highest to lowest"
DISTRIBUTION: Formats = {"Year": "d", **dict.fromkeys(HEADS.values(), ",.1f")}
LARGEST: Formats = {TIMES: ",.1f"}
MOVED, SHARE = "Revision, thousands", "Share of gross revision, %"
REVISION: Formats = {"Earlier edition": "d", "Later edition": "d", MOVED: ",.0f", SHARE: ".1f"}
# Classes of the size of a change: the per cent by which the larger figure exceeds the smaller.
CHANGES = ((0, 10), (10, 30), (30, None))


def distribution(years: Iterable[int]) -> pd.DataFrame:
    """How far editions differ over countries; formats `DISTRIBUTION`."""
    parts = []
    for year in years:
        own = revisions.distribution(revisions.triangle(year))
        shown = pd.DataFrame({
            "Year": year, "Stock in the latest edition": [GROUPS[name] for name in own.index],
            "Countries": own["countries"].to_numpy(),
            "Alike in all editions": own["unrevised"].to_numpy(),
        })  # fmt: skip
        excess = 100 * (own[list(HEADS)] - 1)
        parts.append(shown.join(excess.rename(columns=HEADS).reset_index(drop=True)))
    return pd.concat(parts, ignore_index=True)


def largest(known: pd.DataFrame) -> pd.DataFrame:
    """The result of `revisions.most_revised`: persons by edition; formats `LARGEST`."""
    editions = migrants.editions()
    shown = known[["name", *editions, "ratio"]].astype(dict.fromkeys(editions, "Int64"))
    heads = ["Country or area", *(f"Edition of {edition}" for edition in editions), TIMES]
    return shown.set_axis(heads, axis="columns")


def ranked(known: pd.DataFrame, step: Step) -> pd.DataFrame:
    """A step's largest revisions by name, and the other countries' together, up and down.

    Args:
        known: `revisions.triangle`, that the step is of.
        step: `revisions.step`.

    Returns:
        Columns `name`, `persons` and `others` (whether the row is a sum).
    """
    revision = revisions.revised(known, step.earlier, step.later)
    top = revision.loc[revision.abs().nlargest(revisions.TOP).index].sort_values(ascending=False)
    rest = revision.drop(top.index)
    names = migrants.areas()["name"].loc[top.index]
    sums = {"Others, raised": rest[rest > 0].sum(), "Others, lowered": rest[rest < 0].sum()}
    return pd.DataFrame({
        "name": [*names, *sums], "persons": [*top, *sums.values()],
        "others": [False] * len(top) + [True] * len(sums),
    })  # fmt: skip


def revision_data(known: pd.DataFrame, steps: Iterable[Step]) -> pd.DataFrame:
    """What `figures.decomposition` draws; formats `REVISION`."""
    parts = [
        pd.DataFrame({
            "Earlier edition": step.earlier, "Later edition": step.later,
            "Country or area": rows["name"],
            MOVED: rows["persons"] / 1e3, SHARE: 100 * rows["persons"].abs() / step.gross,
        })
        for step in steps
        for rows in [ranked(known, step)]
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def direction_data(edition: int) -> pd.DataFrame:
    """How many changes of an edition kept their direction, by decade, stock and size of change."""
    rows = []
    for first, last in DECADES:
        known = revisions.changes(edition, first, last)
        excess = known["change"].map(revisions.per_cent_of)
        for size, words in SIZES.items():
            for least, below in CHANGES:
                within = (excess >= least) & (excess < (below or math.inf))
                own = known[within & (known["size"] == size)]
                kept = int(own["kept"].sum())
                rows.append((f"{first}–{last}", words, least, below, kept, len(own) - kept))
    heads = ["Change over", f"Stock in the edition of {edition}", "Change from, %",
             "Change below, %", "Direction kept", "Reversed"]  # fmt: skip
    return pd.DataFrame(rows, columns=heads).astype({"Change below, %": "Int64"})


def editions(country: str) -> pd.DataFrame:
    """Every figure of one country: a row per edition, a column per year, in persons."""
    known = revisions.editions_of(country).T
    known.columns = [str(year) for year in known.columns]
    return known.astype("Int64").reset_index(names="Edition")


def every_country(*years: int) -> pd.DataFrame:
    """Every country's figure of every edition, a row per country and year, for the downloads.

    Returns:
        `m49`, `iso3`, `name`, `year`, a column per edition, `lowest`, `highest` (persons) and
        `ratio`; empty where an edition gives no figure.
    """
    parts = []
    for year in years:
        known = revisions.triangle(year).astype("Int64")
        known.columns = [f"edition_{edition}" for edition in known.columns]
        lowest, highest = known.min(axis="columns"), known.max(axis="columns")
        ratio = (highest / lowest).round(4)
        parts.append(known.assign(year=year, lowest=lowest, highest=highest, ratio=ratio))
    table = migrants.areas()[["iso3", "name"]].join(pd.concat(parts), how="inner")
    table.insert(2, "year", table.pop("year"))
    return table.rename_axis("m49").sort_values(["m49", "year"]).reset_index()


def thresholds(edition: int, decade: tuple[int, int]) -> str:
    """The least change that most countries kept, by size of stock, in words."""
    known = revisions.changes(edition, *decade)
    parts = []
    for size, words in SIZES.items():
        own = known[known["size"] == size]
        least = revisions.threshold(own["change"], own["kept"])
        needed = "no size was enough"
        if least is not None:
            needed = f"{revisions.per_cent_of(least.change):.0f} per cent or more"
            needed += f" ({least.countries} of {len(own)})"
        parts.append(f"{words}, {needed}")
    return "; ".join(parts)
