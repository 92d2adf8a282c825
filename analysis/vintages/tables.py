"""The tables of the chapter on revisions by country as readers see them: names, heads, units."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import pandas as pd

from analysis import migrants
from analysis.vintages import revisions
from analysis.vintages.revisions import DECADES, LEVELS, Step

Formats = dict[str, str | Callable[..., str]]

HEADS = {level: f"Percentile {100 * level:.0f}, %" for level in LEVELS} | {0.5: "Median, %"}
TIMES = "Highest to lowest"
DISTRIBUTION: Formats = {"Editions": str, "Year": "d", **dict.fromkeys(HEADS.values(), ",.1f")}
LARGEST: Formats = {TIMES: ",.1f"}
MOVED, SHARE = "Revision, thousands", "Share of gross revision, %"
REVISION: Formats = {"Earlier edition": "d", "Later edition": "d", MOVED: ",.0f", SHARE: ".1f"}
# Classes of the size of a change: the per cent by which the larger figure exceeds the smaller.
CHANGES = ((0, 10), (10, 30), (30, None))


def distribution(*since: int) -> pd.DataFrame:
    """How far the editions from each of some on differ over countries; formats `DISTRIBUTION`."""
    last = max(migrants.editions())
    own = {f"{first} to {last}": revisions.distribution(first) for first in since}
    heads = ["Countries", "Alike in all", *HEADS.values()]
    shown = pd.concat(own, names=["Editions", "Year"]).set_axis(heads, axis="columns")
    return shown.reset_index()


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
        Columns `earlier` and `later` (editions), `name`, `persons` and `others` (whether the row
        is a sum).
    """
    revision = revisions.revised(known, step.earlier, step.later)
    top = revision.loc[revision.abs().nlargest(revisions.TOP).index].sort_values(ascending=False)
    rest = revision.drop(top.index)
    names = migrants.areas()["name"].loc[top.index]
    sums = {"Others, raised": rest[rest > 0].sum(), "Others, lowered": rest[rest < 0].sum()}
    return pd.DataFrame({
        "earlier": step.earlier, "later": step.later,
        "name": [*names, *sums], "persons": [*top, *sums.values()],
        "others": [False] * len(top) + [True] * len(sums),
    })  # fmt: skip


def revision_data(known: pd.DataFrame, steps: Iterable[Step]) -> pd.DataFrame:
    """What `figures.decomposition` draws; formats `REVISION`."""
    parts = [
        pd.DataFrame({
            "Earlier edition": rows["earlier"], "Later edition": rows["later"],
            "Country or area": rows["name"],
            MOVED: rows["persons"] / 1e3, SHARE: 100 * rows["persons"].abs() / step.gross,
        })
        for step in steps
        for rows in [ranked(known, step)]
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def direction_data(edition: int) -> pd.DataFrame:
    """How many changes of an edition kept their direction, by decade and size of change."""
    rows = []
    for first, last in DECADES:
        known = revisions.changes(edition, first, last)
        excess = known["change"].map(revisions.per_cent_of)
        for least, below in CHANGES:
            own = known[(excess >= least) & (excess < (below or math.inf))]
            kept = int(own["kept"].sum())
            rows.append((f"{first}/{last}", least, below, kept, len(own) - kept))
    heads = ["Change", "Change from, %", "Change below, %", "Direction kept", "Reversed"]
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
