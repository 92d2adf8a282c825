"""The tables of the chapter on who replied, as readers see them: names, heads, units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.precision import Interval
from analysis.respondents import chance, positions, stakes
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
    positions.FALLS: "Support falls as migrants hosted rise",
    positions.RISES: "Support rises with migrants hosted",
    positions.NO_MORE: "The silent favoured no more than replies of like stakes",
    positions.NO_LESS: "The silent favoured no less than replies of like stakes",
}
POOLED = {
    positions.NO_MORE: "The silent favoured no more than all replies",
    positions.NO_LESS: "The silent favoured no less than all replies",
}
POSITIONS = {positions.FAVOUR: "in favour", positions.RESERVE: "with reservations"}

LEAST_P = 0.001  # of those that the tables tell apart
Formats = dict[str, str | Callable[..., str]]
SHARES: Formats = dict.fromkeys(["Per cent", "Editions from", "Editions to"], ".1f")
RATES: Formats = {"Replied, per cent": ".1f"}
BOUNDS: Formats = dict.fromkeys(["Least in favour, per cent", "Most in favour, per cent"], ".1f")


def p_value(value: float) -> str:
    """A p-value for a table, to three decimal places."""
    return f"{value:.3f}" if value >= LEAST_P else f"below {LEAST_P}"


POINTS, ODDS, MORE = "Difference, points", "Odds ratio", "Has more, % of pairs"
EXACT, ADJUSTED = "p, exact", "p, adjusted"
TESTS: Formats = {POINTS: partial(number, form=".1f"), ODDS: ".2f", MORE: ".1f", EXACT: p_value,
                  ADJUSTED: p_value}  # fmt: skip


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
    """The result of `chance.family`; formats: `TESTS`."""
    counts = {side: family[[f"replied{side}", f"asked{side}"]] for side in ("", "_others")}
    shown = {
        head: [f"{a:.0f} of {b:.0f}" if pd.notna(a) else None for a, b in counts[side].to_numpy()]
        for side, head in (("", "Replied"), ("_others", "All others"))
    }
    return pd.DataFrame({
        "Tested": [CONTRASTS.get(name, name) for name in family["contrast"]],
        "Counted": family["unit"].map(UNITS),
        **shown,
        POINTS: 100 * family["difference"],
        ODDS: family["odds_ratio"],
        MORE: 100 * family["superiority"],
        EXACT: family["p_value"],
        ADJUSTED: family["adjusted"],
    })  # fmt: skip


def bounds(known: Mapping[str, Interval]) -> pd.DataFrame:
    """Readers' assumptions and the regions that they leave; formats: `BOUNDS`."""
    rows = [(name, 100 * each.lo, 100 * each.hi) for name, each in known.items()]
    return pd.DataFrame(rows, columns=["Assumption", *BOUNDS])


def regions() -> dict[str, Interval]:
    """The regions by assumption, those that take no account of stakes beside those that do."""
    known = {}
    for assumption, name in ASSUMPTIONS.items():
        if assumption in POOLED:
            known[POOLED[assumption]] = positions.pooled(assumption)
        known[name] = positions.region(stakes.BY_STOCK, assumption)
    return known


def bloc_and_group() -> pd.DataFrame:
    """The result of `positions.bloc_and_group`."""
    table = positions.bloc_and_group()
    favour = [Interval(row.least, row.most) for row in table.itertuples()]
    against = [Interval(row.group - row.most, row.group - row.least) for row in table.itertuples()]
    return pd.DataFrame({
        "The letter for the European Union": table["bloc"].map(POSITIONS),
        "Members of the Group of 77 that wrote": table["group"],
        "of them in favour": favour,
        "with reservations": against,
    })  # fmt: skip


def hosts() -> str:
    """The largest hosts, in a sentence: who wrote, who was heard through Greece, who was silent."""
    largest = stakes.largest_hosts(stakes.latest())
    named = {how: listing(own["name"]) for how, own in largest.groupby("letter")}
    replied = int(largest["replied"].sum())
    return (
        f"Of the {len(largest)} largest hosts, {replied} replied: {named['own']} by letters of "
        f"their own, {named['proxy']} through Greece. Silent were {named['silent']}."
    )


def odds() -> pd.DataFrame:
    """The odds ratios of `chance.odds` by unit, least and most over the editions."""
    every = pd.DataFrame([
        {"unit": unit, **chance.odds(unit, edition)}
        for unit in stakes.UNITS for edition in stakes.editions(stakes.SHARE)
    ])  # fmt: skip
    return every.groupby("unit").agg(["min", "max"])
