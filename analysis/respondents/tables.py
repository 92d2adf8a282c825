"""The tables of the chapter on who replied, as readers see them: names, heads, units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.precision import Interval
from analysis.respondents import positions, stakes
from analysis.words import listing, number

# What stands for the ids of the modules beside.
PARTS = {"states": "Member States", "population": "Population", stakes.STOCK: "Migrants"}
HEARD = {
    "others": "Own letters",
    "bloc": "European Union’s letter",
    "silent": "Silent",
}
UNITS = {stakes.STATE: "States", stakes.LETTER: "letters"}
GROUPINGS = {
    stakes.BY_STOCK: "Migrants hosted, quartile",
    stakes.BY_SHARE: "Migrants as a share of the population, quartile",
    "development": "Development group",
    "continent": "M49 region",
}
QUARTERS = {
    stakes.FOURTH: "Highest",
    stakes.THIRD: "Upper middle",
    stakes.SECOND: "Lower middle",
    stakes.FIRST: "Lowest",
}
CONTRASTS = {
    stakes.STOCK: "Migrants hosted",
    stakes.SHARE: "Migrants as a share of the population",
    stakes.DEVELOPED: "More developed States",
}
ASSUMPTIONS = {
    positions.NOTHING: "Nothing is assumed",
    positions.NO_MORE: "No more than those of like stakes",
    positions.NO_LESS: "No less than those of like stakes",
}
POOLED = {
    positions.NO_MORE: "No more than all that replied",
    positions.NO_LESS: "No less than all that replied",
}

LEAST_P = 0.001  # of those that the tables tell apart
Formats = dict[str, str | Callable[..., str]]
SHARES: Formats = dict.fromkeys(["Per cent", "Editions from", "Editions to"], ".1f")
RATES: Formats = {"Replied, per cent": ".1f"}
BOUNDS: Formats = dict.fromkeys(["Least in favour, per cent", "Most in favour, per cent"], ".1f")


def p_value(value: float) -> str:
    """A p-value for a table, to three decimal places."""
    return f"{value:.3f}" if value >= LEAST_P else f"below {LEAST_P}"


POINTS, ODDS, MORE = "Difference, points", "Odds ratio", "Has more, % of pairs"
ADJUSTED, BY_STATES = "p, adjusted", "p by States, adjusted"
TESTS: Formats = {POINTS: partial(number, form=".1f"), ODDS: ".2f", MORE: ".1f",
                  ADJUSTED: p_value, BY_STATES: p_value}  # fmt: skip


def parts() -> pd.DataFrame:
    """How much of each whole replied, in the latest edition and over all; formats: `SHARES`."""
    every = pd.concat({edition: stakes.parts(edition) for edition in stakes.editions()})
    every = 100 * every.rename_axis(["edition", "whole"]).stack().rename_axis(
        ["edition", "whole", "heard"]
    )  # fmt: skip
    spread = every.groupby(level=["whole", "heard"]).agg(["min", "max"])
    rows = [
        (PARTS[one], HEARD[how], every[stakes.latest(), one, how], *spread.loc[(one, how)])
        for one in PARTS for how in HEARD
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Of all", "Heard", *SHARES])


def groups() -> pd.DataFrame:
    """Replies by group, by States and by letters, in the latest edition; formats: `RATES`."""
    rows = []
    for grouping, title in GROUPINGS.items():
        for unit, plural in UNITS.items():
            for row in stakes.replies(unit, stakes.latest(), grouping).itertuples():
                name = QUARTERS.get(row.Index, str(row.Index).capitalize())
                rows.append((title, name, plural, row.replied, row.asked, 100 * row.rate))
    return pd.DataFrame(rows, columns=["By", "Group", "Counted", "Replied", "Asked", *RATES])


def tests(family: pd.DataFrame) -> pd.DataFrame:
    """The result of `chance.family`, by letters; of those by States the p-value.

    Formats: `TESTS`.
    """
    by_unit = {unit: own.set_index("contrast") for unit, own in family.groupby("unit")}
    letters = by_unit[stakes.LETTER]
    counted = {
        "Replied": "replied", "Asked": "asked",
        "Others replied": "replied_others", "Others asked": "asked_others",
    }  # fmt: skip
    return pd.DataFrame({
        "Tested": [CONTRASTS.get(name, name) for name in letters.index],
        **{head: letters[column].astype("Int64") for head, column in counted.items()},
        POINTS: 100 * letters["difference"], ODDS: letters["odds_ratio"],
        MORE: 100 * letters["superiority"], ADJUSTED: letters["adjusted"],
        BY_STATES: by_unit[stakes.STATE]["adjusted"],
    }).reset_index(drop=True)  # fmt: skip


def bounds(known: Mapping[str, Interval]) -> pd.DataFrame:
    """Readers' assumptions and the regions that they leave; formats: `BOUNDS`."""
    rows = [(name, 100 * each.lo, 100 * each.hi) for name, each in known.items()]
    return pd.DataFrame(rows, columns=["The silent favoured", *BOUNDS])


def regions() -> dict[str, Interval]:
    """The regions by assumption, those that take no account of stakes beside those that do."""
    known = {}
    for assumption, name in ASSUMPTIONS.items():
        if assumption in POOLED:
            known[POOLED[assumption]] = positions.pooled(assumption)
        known[name] = positions.region(assumption)
    return known


def hosts() -> str:
    """The largest hosts, in a sentence: who wrote, who was heard through Greece, who was silent."""
    largest = stakes.largest_hosts(stakes.latest())
    named = {how: listing(own["name"]) for how, own in largest.groupby("letter")}
    replied = int(largest["replied"].sum())
    return (
        f"Of the {len(largest)} largest hosts, {replied} replied: {named['own']} by letters of "
        f"their own, {named['proxy']} through Greece. Silent were {named['silent']}."
    )
