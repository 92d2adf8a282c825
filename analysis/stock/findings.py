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
            "stock-growth-1960-2000", "stock",
            "The stated migrant stock more than doubled from 1960 to 2000",
            f"From 1960 to 2000 the stated total grew by {span(long)} per cent a year, new borders "
            "included.",
            long, rate, "1960/2000", (STOCK_1960, STOCK_2000_LATER), *how, "bounded",
            detail="Both totals are of the 2003 revision.",
        ),
        Finding(
            "stock-growth-1990-2000", "stock",
            "Rounding leaves little doubt about growth in the 1990s",
            f"From 1990 to 2000 the stated migrant stock grew by {span(decade)} per cent a year.",
            decade, rate, "1990/2000", (STOCK_1990, STOCK_2000), *how, "bounded",
        ),
        Finding(
            "stock-growth-1960-1990", "stock",
            "Growth before 1990 depends on the edition of its end",
            f"Growth from 1960 to 1990 was {span(spread)} per cent a year, if any total for 1990 "
            "on record may be its end.",
            spread, rate, "1960/1990", (STOCK_1960, STOCK_1990),
            "hull over editions", (rates, hull), "conditional", (RECORD,), _of_years(1990),
            detail="The total for 1960 is of the 2003 revision. If the total of the report of 2003 "
            f"for 1990 is as well, the rate is {span(mixed)}.",
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
            "stock-share-fell", "stock",
            "As stated, the share of migrants fell slightly in the 1990s",
            f"By the stated totals the share of migrants in world population fell by "
            f"{span(abs(fall))} percentage points from 1990 to 2000.",
            fall, "percentage points", "1990/2000", (STOCK_1990, STOCK_2000),
            "stated totals over each vintage", (estimates.shares, migrants.world), "recorded",
            (POPULATION, *estimates.LATER),
            {POPULATION: population[population["year"].isin([1990, 2000])]},
            detail=f"It was {span(then)} per cent in 1990 and {span(now)} in 2000. Outside the "
            f"former Soviet Union it {rose}.",
        ),
        Finding(
            "stock-implied-population", "stock",
            "The stated share fits the stated total, and tells little more",
            f"A share of {stated(SHARE).figure} implies a world population of "
            f"{billions(implied)} in 2000.",
            implied, "persons", "2000", (STOCK_2000, SHARE),
            "interval division", (estimates.implied_whole,), "recorded", (POPULATION,),
            {POPULATION: population[population["year"].isin([1990, 2000])]},
            detail=f"The published {billions(published)} lies within. The share of 1990, "
            f"{span(then)} per cent, would round alike.",
        ),
    ]  # fmt: skip


def _vintages(known: pd.DataFrame) -> list[Finding]:
    found = []
    for statement_id, row in zip(
        (STOCK_1990, STOCK_2000), estimates.largest_revisions(known).to_dict("records"), strict=True
    ):
        side = "lower" if middle(row["change"]) < 0 else "higher"
        found.append(Finding(
            f"stock-revision-{row['year']}", "stock",
            f"Revision moved the total for {row['year']} further than rounding leaves open",
            f"The {row['edition']} revision puts the total for {row['year']} "
            f"{millions(abs(row['change']))} {side} than the report of 2003.",
            row["change"], "persons", str(row["year"]), (statement_id,),
            "furthest edition on record", (estimates.largest_revisions,), "recorded",
            (RECORD,), _of_years(row["year"]),
            detail=f"That is {span(abs(row['relative']), '.1f')} per cent, and "
            f"{span(row['times'], '.1f')} times what rounding leaves open either way.",
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
            "stock-growth-by-edition", "stock",
            "Within one edition, growth in the 1990s hardly differs",
            f"The editions published to the person give {span(hull(later['rate']))} per cent a "
            "year for 1990 to 2000.",
            hull(later["rate"]), "per cent a year", "1990/2000", (STOCK_1990, STOCK_2000),
            "every pair of editions", (rates,), "recorded", (RECORD,), _of_years(1990, 2000),
            detail=f"That is within what the stated totals allow, {span(decade)}. Totals from "
            f"different editions could give anything from {span(hull(pairs['rate']))}.",
        ),
        Finding(
            "stock-edition-a-58-98", "stock",
            f"The totals of the report {agree} with the edition of 2002",
            f"By a notice, the edition of 2002 had {whole_millions(middle(of_2002[2000]))} "
            f"migrants in 2000, some {whole_millions(more)} more than in 1990.",
            of_2002[1990], "persons", "1990", (STOCK_1990, STOCK_2000),
            "the totals beside those of a notice", (estimates.report_of_2002,), "recorded",
            (EARLY,), {EARLY: early[early["early_id"].isin(estimates.NOTICE)]},
            detail=f"The totals of the report of 2003, which names that edition, {agree} with it.",
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
            "stock-too-high-2003", "stock",
            "The number of Governments for 2003 rests on who was counted",
            f"If {stated(HIGH_2003).figure} is a share of all {states} States covered, "
            f"{either(fits)} Governments viewed immigration as too high in 2003.",
            number, "Governments", "2003", (HIGH_2003, STATES_2003),
            "integers that fit a rounded share", (compatible_counts,), "conditional",
            detail="A view is not a policy.",
        ),
        Finding(
            "stock-too-high-1975", "stock",
            "How many Governments 1975 counted is not in our sources",
            "How many Governments viewed immigration as too high in 1975 is not in our sources.",
            None, "Governments", "1975", (HIGH_1975,),
            "integers that fit a rounded share", (compatible_counts,), "not in our sources",
            (POLICIES,), {POLICIES: policies[policies["policy_id"] == known["policy_id"]]},
            detail=f"Of the {known['denominator']} counted for policies of 1976, "
            f"{stated(HIGH_1975).with_unit} would be {either(supposed)}.",
        ),
        Finding(
            "stock-policy-or-view", "stock",
            "Policies to lower immigration became more widespread than the view",
            f"Governments with a policy to lower immigration rose from {span(early, '.0f')} per "
            f"cent in 1976 to {span(later, '.0f')} in 2001.",
            later, "per cent of Governments", "1976/2001", (HIGH_1975, HIGH_2003),
            "publications side by side", (), "recorded", (POLICIES,),
            {POLICIES: policies[policies["year"].isin([1976, 2001])]},
            detail=f"Those that viewed it as too high rose from {stated(HIGH_1975).figure} in 1975 "
            f"to {stated(HIGH_2003).figure} in 2003.",
        ),
        Finding(
            "stock-too-high-rise", "stock",
            "More Governments viewed immigration as too high in 2003 than in 1975",
            f"Only if {needed} or more Governments were counted in 1975 could as many have viewed "
            "immigration as too high as in 2003.",
            needed, "Governments", "1975/2003", (HIGH_1975, HIGH_2003, STATES_2003),
            "tipping point", (estimates.denominator_for,), "conditional",
            detail=f"In 2003 they were {either(fits)} of {states}, if all were counted. Of fewer "
            f"than {needed}, {stated(HIGH_1975).with_unit} is below {fits[0]}.",
        ),
    ]  # fmt: skip
