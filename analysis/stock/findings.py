"""What the chapter on the migrant stock found, as sentences that hold computed numbers."""

from __future__ import annotations

import pandas as pd

from analysis import migrants
from analysis.findings import Claim, Finding
from analysis.migrants import growth_rate
from analysis.precision import Interval, compatible_counts, hull
from analysis.statements import stated
from analysis.stock import estimates
from analysis.stock.estimates import (
    EARLY,
    HIGH_1975,
    HIGH_2003,
    POLICIES,
    POPULATION,
    RECORD,
    SHARE,
    STATES_2003,
    STOCK_1960,
    STOCK_1990,
    STOCK_2000,
    STOCK_2000_LATER,
    UNNAMED,
    middle,
    rates,
    year_of,
)
from analysis.tables import load
from analysis.words import billions, either, millions, span, whole_millions


def findings() -> list[Finding]:
    """The chapter's findings, computed from the documents' figures and the record."""
    known, population = estimates.estimates(load(estimates.RECORD)), load(estimates.POPULATION)
    return [*_growth(known, population), *_share(known, population), *_vintages(known), *_views()]


def _growth(known: pd.DataFrame, population: pd.DataFrame) -> list[Finding]:
    growth = estimates.growth_by_period(known, population)["rate"]
    long, decade = growth[estimates.REVISION_2003], growth[estimates.OF_A_58_98]
    mixed, spread = growth[estimates.MIXED], growth[estimates.MIXED_ANY]
    rate, how = "per cent a year", ("exponential growth", (growth_rate,))
    return [
        Finding(
            "stock-growth-1960-2000", "stock", "Growth of the migrant stock, 1960 to 2000",
            f"From 1960 to 2000 the stated total grew by {span(long)} per cent a year, new borders "
            "included; both totals are of the 2003 revision.",
            long, rate, "1960/2000", (STOCK_1960, STOCK_2000_LATER), *how, "bounded",
        ),
        Finding(
            "stock-growth-1990-2000", "stock", "Growth of the migrant stock, 1990 to 2000",
            f"From 1990 to 2000 the migrant stock grew by {span(decade)} per cent a year, as far "
            "as the rounding of the totals lets one tell.",
            decade, rate, "1990/2000", (STOCK_1990, STOCK_2000), *how, "bounded",
        ),
        Finding(
            "stock-growth-1960-1990", "stock", "Growth of the migrant stock, 1960 to 1990",
            f"Growth from 1960 to 1990 may mix editions: {span(mixed)} per cent a year if the "
            f"total of A/58/98 is also that of the 2003 revision, {span(spread)} if any 1990 total "
            "on record may be.",
            spread, rate, "1960/1990", (STOCK_1960, STOCK_1990),
            "hull over editions", (rates, hull), "conditional", (RECORD,), _of_years(1990),
        ),
    ]  # fmt: skip


def _share(known: pd.DataFrame, population: pd.DataFrame) -> list[Finding]:
    table = estimates.shares(known[known["edition"] == UNNAMED], population)
    by_vintage = table.pivot(index="vintage", columns="year", values="share")
    then, now = hull(by_vintage[1990]), hull(by_vintage[2000])
    # Within a vintage only: two vintages of population would mix editions once more.
    fall = hull(by_vintage[2000] - by_vintage[1990])
    outside = migrants.world([migrants.SOVIET_UNION])
    share = (outside["persons"] / outside["population"]).unstack().dropna(subset=[1990, 2000])
    rose = "rose" if (share[2000] > share[1990]).all() else "did not rise in every edition"
    implied = estimates.implied_whole(stated(STOCK_2000).interval, stated(SHARE).share)
    published = hull(estimates.populations(population, 2000).values())
    return [
        Finding(
            "stock-share-fell", "stock", "The share of migrants in world population, as stated",
            f"By the stated totals migrants were {span(then)} per cent of world population in 1990 "
            f"and {span(now)} in 2000; outside the former Soviet Union their share {rose}.",
            fall, "percentage points", "1990/2000", (STOCK_1990, STOCK_2000),
            "stated totals over each vintage", (estimates.shares, migrants.world), "recorded",
            (POPULATION, *estimates.LATER),
            {POPULATION: population[population["year"].isin([1990, 2000])]},
        ),
        Finding(
            "stock-implied-population", "stock", "The world population that the share implies",
            f"A share of {stated(SHARE).figure} implies a world population of "
            f"{billions(implied)} in 2000; the published {billions(published)} lies within, and "
            f"the share of 1990, {span(then)} per cent, would round alike.",
            implied, "persons", "2000", (STOCK_2000, SHARE),
            "interval division", (estimates.implied_whole,), "recorded", (POPULATION,),
            {POPULATION: population[population["year"].isin([1990, 2000])]},
        ),
    ]  # fmt: skip


def _vintages(known: pd.DataFrame) -> list[Finding]:
    found = []
    for statement_id, row in zip(
        (STOCK_1990, STOCK_2000), estimates.largest_revisions(known).to_dict("records"), strict=True
    ):
        side = "lower" if middle(row["change"]) < 0 else "higher"
        found.append(Finding(
            f"stock-revision-{row['year']}", "stock", f"Revision of the total for {row['year']}",
            f"The total for {row['year']} is {millions(abs(row['change']))} "
            f"({span(abs(row['relative']), '.1f')} per cent) {side} in the "
            f"{row['edition']} revision than in A/58/98, {span(row['times'], '.1f')} times what "
            "rounding leaves open either way.",
            row["change"], "persons", str(row["year"]), (statement_id,),
            "furthest edition on record", (estimates.largest_revisions,), "recorded",
            (RECORD,), _of_years(row["year"]),
            front=_claim() if statement_id == STOCK_2000 else None,
        ))  # fmt: skip
    early = load(EARLY)
    of_2002 = estimates.report_of_2002(early)
    stated_in = {1990: stated(STOCK_1990).interval, 2000: stated(STOCK_2000).interval}
    fits = all(total.meets(stated_in[year]) for year, total in of_2002.items())
    agree = "agree" if fits else "do not both agree"
    more = middle(of_2002[2000]) - middle(of_2002[1990])
    pairs = rates(known, 1990, 2000)
    decade = pairs.loc[pairs["start_edition"] == UNNAMED, "rate"].iloc[0]
    later = pairs[~pairs["mixed"] & (pairs["rate"].map(lambda rate: rate.width) < decade.width / 2)]
    return [
        *found,
        Finding(
            "stock-growth-by-edition", "stock", "Growth in the 1990s, edition by edition",
            f"Revisions moved both totals together: the editions published to the person give "
            f"{span(hull(later['rate']))} per cent a year for 1990 to 2000, within what the stated "
            f"totals allow ({span(decade)}); totals from different editions could "
            f"give anything from {span(hull(pairs['rate']))}.",
            hull(later["rate"]), "per cent a year", "1990/2000", (STOCK_1990, STOCK_2000),
            "every pair of editions", (rates,), "recorded", (RECORD,), _of_years(1990, 2000),
        ),
        Finding(
            "stock-edition-a-58-98", "stock", "The edition behind the totals of A/58/98",
            f"Both totals of A/58/98 {agree} with the report of 2002 that its para. 4 names: "
            f"{whole_millions(middle(of_2002[2000]))} in 2000, some {whole_millions(more)} more "
            "than in 1990.",
            of_2002[1990], "persons", "1990", (STOCK_1990, STOCK_2000),
            "the totals beside those of a notice", (estimates.report_of_2002,), "recorded",
            (EARLY,), {EARLY: early[early["early_id"].isin(estimates.NOTICE)]},
        ),
    ]  # fmt: skip


def _claim() -> Claim:
    """The stated total for 2000 beside later editions."""
    later = _by_country()
    return Claim(
        f"{stated(STOCK_2000).linked} people were international migrants in {year_of(STOCK_2000)}.",
        "revised since",
        f"{millions(hull(later))} in {year_of(STOCK_2000)}, by the editions of {later.index.min()} "
        f"to {later.index.max()}.",
    )


def _by_country() -> pd.Series:
    """The world's total for 2000 by the editions whose countries sum to it; persons."""
    world = migrants.stock().query("m49 == @migrants.WORLD")
    own = world[world["year"] == year_of(STOCK_2000)]
    return own.set_index("edition")["persons"].astype(float)


def answer() -> str:
    """The chapter's answer for the front page."""
    return (
        f"{millions(hull(_by_country()))} in {year_of(STOCK_2000)}: "
        f"the stated {stated(STOCK_2000).figure} holds, and so does {stated(SHARE).figure} of all "
        "people."
    )


def _of_years(*years: int) -> dict[str, pd.DataFrame]:
    rows = load(RECORD)
    return {RECORD: rows[rows["year"].isin(years)]}


def _views() -> list[Finding]:
    before, after = stated(HIGH_1975).share, stated(HIGH_2003).share
    states = stated(STATES_2003).count
    fits = compatible_counts(after, states)
    needed = estimates.denominator_for(fits[0], before)
    number = Interval(fits[0], fits[-1])
    policies = load(POLICIES)
    of_1976 = policies[policies["year"] == 1976]
    known = of_1976.dropna(subset=["denominator"]).iloc[0]
    supposed = compatible_counts(before, int(known["denominator"]))
    early = Interval(float(of_1976["per_cent_low"].min()), float(of_1976["per_cent_high"].max()))
    late = policies[policies["year"] == 2001]
    later = Interval(float(late["per_cent_low"].min()), float(late["per_cent_high"].max()))
    return [
        Finding(
            "stock-too-high-2003", "stock", "Governments that viewed immigration as too high, 2003",
            f"If {stated(HIGH_2003).figure} is a share of all {states} States covered, "
            f"{either(fits)} Governments viewed immigration as too high in 2003; a view "
            "is not a policy.",
            number, "Governments", "2003", (HIGH_2003, STATES_2003),
            "integers that fit a rounded share", (compatible_counts,),
            "conditional",
        ),
        Finding(
            "stock-too-high-1975", "stock", "Governments that viewed immigration as too high, 1975",
            "How many Governments viewed immigration as too high in 1975 is not in our sources; of "
            f"the {known['denominator']} counted for policies of 1976, "
            f"{stated(HIGH_1975).with_unit} would be {either(supposed)}.",
            None, "Governments", "1975", (HIGH_1975,),
            "integers that fit a rounded share", (compatible_counts,), "not in our sources",
            (POLICIES,), {POLICIES: policies[policies["policy_id"] == known["policy_id"]]},
        ),
        Finding(
            "stock-policy-or-view", "stock", "Policies to lower immigration, beside views",
            f"Governments with a policy to lower immigration rose from {span(early, '.0f')} per "
            f"cent in 1976 to {span(later, '.0f')} in 2001; those that viewed it as too high from "
            f"{stated(HIGH_1975).figure} in 1975 to {stated(HIGH_2003).figure} in 2003.",
            later, "per cent of Governments", "1976/2001", (HIGH_1975, HIGH_2003),
            "publications side by side", (), "recorded", (POLICIES,),
            {POLICIES: policies[policies["year"].isin([1976, 2001])]},
        ),
        Finding(
            "stock-too-high-rise", "stock", "More Governments with that view in 2003 than in 1975",
            f"More Governments viewed immigration as too high in 2003 ({either(fits)} of "
            f"{states}, if all are counted) than in 1975, unless {needed} or more were counted "
            f"then: of fewer, {stated(HIGH_1975).with_unit} is below {fits[0]}.",
            needed, "Governments", "1975/2003", (HIGH_1975, HIGH_2003, STATES_2003),
            "tipping point", (estimates.denominator_for,), "conditional",
        ),
    ]  # fmt: skip
