"""The world's migrant stock: growth, share of population, vintages, and views on immigration.

Estimates are intervals (`precision.Interval`, persons), never points: a total stated to the
million allows half a million either way. Each estimate carries its edition, and a rate that
takes its two ends from two editions is always marked as mixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import count, product

import pandas as pd
from mpmath import iv

from analysis.findings import Finding
from analysis.precision import Interval, as_interval, compatible_counts, hull
from analysis.statements import stated
from analysis.tables import load

RECORD = "world_migrant_stock_by_revision"
POPULATION = "world_population"
STOCK_1960 = "world-migrant-stock-1960-a-59-325"
STOCK_1990 = "world-migrant-stock-1990-a-58-98"
STOCK_2000 = "world-migrant-stock-2000-a-58-98"
STOCK_2000_LATER = "world-migrant-stock-2000-a-59-325"
SHARE = "world-migrant-stock-share-a-58-98"
HIGH_1975 = "governments-immigration-too-high-1975-a-59-325"
HIGH_2003 = "governments-immigration-too-high-2003-a-59-325"
STATES_2003 = "world-population-policies-states-a-59-325"

# A/59/325, para. 4, names the 2003 revision as its source; A/58/98, para. 1, names none.
UNNAMED = "not named"
STATED_EDITION = {STOCK_1960: "2003", STOCK_1990: UNNAMED, STOCK_2000: UNNAMED,
                  STOCK_2000_LATER: "2003"}  # fmt: skip
LONG_VINTAGE = "WPP 2017"  # the only vintage in the record that reaches back to 1960
UNIT = {"unit": 1, "thousand": 10**3, "million": 10**6}


def span(interval: Interval, spec: str = ".2f") -> str:
    """An interval in words, "1.21 to 1.34"; one number where both ends print alike."""
    ends = [format(end, spec).replace("-", "−") for end in (interval.lo, interval.hi)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def either(numbers: range) -> str:
    """Neighbouring counts in words: "40 or 41", "12 to 15", "none"."""
    if not numbers:
        return "none"
    join = " or " if len(numbers) == 2 else " to "
    return join.join(str(n) for n in dict.fromkeys((numbers[0], numbers[-1])))


def millions(persons: Interval) -> str:
    """Persons in words, "1.9 to 2.9 million"."""
    return f"{in_millions(persons)} million"


def in_millions(persons: Interval | float) -> str:
    """Persons as a cell of a column headed in millions, "174.5 to 175.5"."""
    return span(as_interval(persons) / 1e6, ".1f")


def billions(persons: Interval) -> str:
    """Persons in words, "4.99 to 7.02 billion"."""
    return f"{span(persons / 1e9)} billion"


def middle(interval: Interval) -> float:
    """The midpoint: the number as printed, for a rounded figure."""
    return (interval.lo + interval.hi) / 2


def magnitude(interval: Interval) -> Interval:
    """The absolute values of an interval's numbers."""
    ends = sorted((abs(interval.lo), abs(interval.hi)))
    return Interval(0.0 if 0 in interval else ends[0], ends[1])


def growth_rate(start: Interval | float, end: Interval | float, years: float) -> Interval:
    """Annualised exponential growth rate r = ln(P1 / P0) / t, in per cent a year.

    Source: Preston, Heuveline and Guillot, *Demography* (2001) (mean annualised
    growth rate). Each end enters once, so the interval is the exact range.

    Raises:
        ValueError: a population or a period that is not above nought.
    """
    if years <= 0:
        raise ValueError(f"a growth rate needs a period longer than nought, not {years} years")
    for population in (as_interval(start), as_interval(end)):
        if population.lo <= 0:
            raise ValueError(f"a growth rate needs populations above nought, not {population.lo}")
    return (as_interval(end) / start).apply(iv.log) / years * 100


def steady_level(start: Interval, end: Interval, years_before: float, years: float) -> Interval:
    """The level at a date between two others that makes the growth rate constant throughout.

    Exponential interpolation P0^(1-w) * P1^w, w the share of the period gone by.
    """
    weight = years_before / years
    logs = start.apply(iv.log) * (1 - weight) + end.apply(iv.log) * weight
    return logs.apply(iv.exp)


def implied_whole(part: Interval, share: Interval) -> Interval:
    """The whole that a part and its share of 1 imply; same unit as the part."""
    return part / share


def estimates(record: pd.DataFrame) -> pd.DataFrame:
    """Every estimate of the world total: those that the documents state and those of the record.

    Args:
        record: the table `world_migrant_stock_by_revision`.

    Returns:
        Columns `year`, `edition` (`not named` for A/58/98), `stock` (Interval, persons),
        `precision` (the rounding unit, persons) and `source`, in order of edition and year.
    """
    rows: list[tuple[int, str, Interval, int, str]] = []
    for statement_id, edition in STATED_EDITION.items():
        total = stated(statement_id)
        unit = int(total.interval.width)
        rows.append((_year(statement_id), edition, total.interval, unit, total.cite))
    # `persons` is empty where the source gives no more than a number of millions.
    persons = record["persons"].astype("float64").fillna(record["millions"] * 1e6)
    for year, edition, value, precision, source in zip(
        record["year"], record["revision"].astype(str), persons, record["stated_precision"],
        record["source"], strict=True,
    ):  # fmt: skip
        unit = UNIT[precision]
        half = 0 if unit == 1 else unit / 2
        rows.append((int(year), edition, Interval(value - half, value + half), unit, source))
    frame = pd.DataFrame(rows, columns=["year", "edition", "stock", "precision", "source"])
    # A/58/98 is older than the report that names the 2003 revision, so it comes first.
    order = frame["edition"].replace(UNNAMED, "0")
    rank = pd.MultiIndex.from_arrays([order, frame["year"]]).argsort()
    return frame.iloc[rank].reset_index(drop=True)


def of_year(known: pd.DataFrame, year: int) -> dict[str, Interval]:
    """Edition to estimate for one year, from the result of `estimates`."""
    rows = known[known["year"] == year]
    return dict(zip(rows["edition"], rows["stock"], strict=True))


def populations(table: pd.DataFrame, year: int) -> dict[str, float]:
    """Vintage to mid-year world population (persons), from the table `world_population`."""
    rows = table[table["year"] == year]
    return dict(zip(rows["vintage"], rows["population_thousands"] * 1e3, strict=True))


def triangle(known: pd.DataFrame) -> pd.DataFrame:
    """The estimates by year (rows) and edition (columns) in millions, as precise as published."""
    cells = known.assign(
        text=[
            format(middle(stock) / 1e6, ",.0f" if unit == UNIT["million"] else ",.1f")
            for stock, unit in zip(known["stock"], known["precision"], strict=True)
        ]
    )
    columns = list(dict.fromkeys(known["edition"]))
    return cells.pivot(index="year", columns="edition", values="text")[columns]


def shares(known: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Each estimate as a share of each vintage's world population of its year.

    Returns:
        Columns `year`, `edition`, `vintage`, `share` (Interval, per cent).
    """
    rows = [
        (year, edition, vintage, stock / persons * 100)
        for year, edition, stock in zip(
            known["year"], known["edition"], known["stock"], strict=True
        )
        for vintage, persons in populations(population, year).items()
    ]
    return pd.DataFrame(rows, columns=["year", "edition", "vintage", "share"])


def rates(known: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Growth between two years for every pair of editions that have them, mixed ones marked.

    Returns:
        Columns `start_edition`, `end_edition`, `rate` (Interval, per cent a year), `mixed`.
    """
    pairs = product(of_year(known, first).items(), of_year(known, last).items())
    rows = [
        (one, other, growth_rate(start, end, last - first), one != other)
        for (one, start), (other, end) in pairs
    ]
    return pd.DataFrame(rows, columns=["start_edition", "end_edition", "rate", "mixed"])


def revisions(known: pd.DataFrame, year: int, reference: Interval) -> pd.DataFrame:
    """How far each recorded edition moved a year's estimate from the one that a document states.

    Returns:
        Columns `edition`, `stock`, `change` (Interval, persons), `relative` (Interval, per cent),
        `outside` (no number fits both the stated figure and the edition), in order of edition.
    """
    rows = [
        (edition, stock, stock - reference, (stock / reference - 1) * 100,
         not stock.meets(reference))
        for edition, stock in of_year(known, year).items()
        if edition != UNNAMED and edition != "2003"
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["edition", "stock", "change", "relative", "outside"])


def largest_revisions(known: pd.DataFrame) -> pd.DataFrame:
    """For each total that A/58/98 states, the edition furthest from it, by the printed figures.

    Returns:
        Columns `year`, `stock` (as stated), `edition`, `change` and `relative` as in `revisions`,
        `rounding` (half the rounding unit, persons), `times` (size of the change in units of
        `rounding`; Interval), `gap` (highest less lowest total of any edition; Interval, persons).
    """
    rows = []
    for statement_id in (STOCK_1990, STOCK_2000):
        year, reference = _year(statement_id), stated(statement_id).interval
        changes = revisions(known, year, reference)
        size = changes["change"].map(lambda change: abs(middle(change)))
        moved = changes.iloc[int(size.argmax())]
        rounding = reference.width / 2
        totals = sorted(of_year(known, year).values(), key=middle)
        rows.append({
            "year": year, "stock": reference, **moved[["edition", "change", "relative"]],
            "rounding": rounding, "times": magnitude(moved["change"]) / rounding,
            "gap": totals[-1] - totals[0],
        })  # fmt: skip
    return pd.DataFrame(rows)


def counts_by_denominator(share: Interval, denominators: Sequence[int]) -> pd.DataFrame:
    """The fewest and the most Governments out of each number that fit a rounded share.

    Returns:
        Columns `denominator`, `fewest`, `most`; missing where no whole number fits.
    """
    rows = []
    for denominator in denominators:
        fits = compatible_counts(share, denominator)
        rows.append((denominator, *((fits[0], fits[-1]) if fits else (None, None))))
    return pd.DataFrame(rows, columns=["denominator", "fewest", "most"]).astype("Int64")


def denominator_for(number: int, share: Interval) -> int:
    """The smallest number of Governments of which `number` or more can be the rounded share."""
    for denominator in count(max(1, math.ceil(number / share.hi) - 1)):
        fits = compatible_counts(share, denominator)
        if fits and fits[-1] >= number:
            return denominator
    raise AssertionError("unreachable: the search has no end")


def population_growth(table: pd.DataFrame, first: int, last: int) -> dict[str, float]:
    """World population growth (per cent a year) in every vintage that has both years."""
    start, end = populations(table, first), populations(table, last)
    return {
        vintage: middle(growth_rate(start[vintage], end[vintage], last - first))
        for vintage in start
        if vintage in end
    }


def growth_by_period(known: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Stock against world population, period by period, as the documents' totals allow.

    Returns:
        Columns `period`, `editions`, `start`, `end` (Interval, persons), `rate` (Interval, per
        cent a year), `population_rate` (vintage `LONG_VINTAGE`), `excess` (their difference).
        The last row spans every 1990 total on record.
    """
    ends = {
        "2003 revision": (STOCK_1960, STOCK_2000_LATER),
        "A/58/98, edition not named": (STOCK_1990, STOCK_2000),
        "mixed: 2003 revision and A/58/98": (STOCK_1960, STOCK_1990),
    }
    rows = []
    for editions, (first, last) in ends.items():
        years = [_year(first), _year(last)]
        start, end = stated(first).interval, stated(last).interval
        rate = growth_rate(start, end, years[1] - years[0])
        rows.append((years, editions, start, end, rate))
    any_edition = hull(of_year(known, 1990).values())
    rate = hull(rates(known, 1960, 1990)["rate"])
    rows.append(([1960, 1990], "mixed: 2003 revision and any", start, any_edition, rate))
    frame = pd.DataFrame(rows, columns=["years", "editions", "start", "end", "rate"])
    of_population = [population_growth(population, *y)[LONG_VINTAGE] for y in frame.pop("years")]
    periods = [f"{y[0]}–{y[1]}" for y, *_ in rows]
    frame.insert(0, "period", periods)
    excess = [rate - other for rate, other in zip(frame["rate"], of_population, strict=True)]
    return frame.assign(population_rate=of_population, excess=excess)


def _year(statement_id: str) -> int:
    return int(stated(statement_id).reference_date)


def findings() -> list[Finding]:
    """The chapter's findings, computed from the documents' figures and the record."""
    known, population = estimates(load(RECORD)), load(POPULATION)
    return [*_growth(known, population), *_share(known, population), *_vintages(known), *_views()]


def _growth(known: pd.DataFrame, population: pd.DataFrame) -> list[Finding]:
    long, decade, mixed, spread = growth_by_period(known, population)["rate"]
    steady = steady_level(
        stated(STOCK_1960).interval, stated(STOCK_2000_LATER).interval,
        _year(STOCK_1990) - _year(STOCK_1960), _year(STOCK_2000_LATER) - _year(STOCK_1960),
    )  # fmt: skip
    lowest = hull(of_year(known, 1990).values()).lo
    rate, method = "per cent a year", "exponential growth, analysis.stock.growth_rate"
    return [
        Finding(
            "stock-growth-1960-2000", "stock", "Growth of the migrant stock, 1960 to 2000",
            f"From 1960 to 2000 the migrant stock grew by {span(long)} per cent a year, both "
            "totals being of the 2003 revision.",
            long, rate, "1960/2000", (STOCK_1960, STOCK_2000_LATER), method, "bounded",
        ),
        Finding(
            "stock-growth-1990-2000", "stock", "Growth of the migrant stock, 1990 to 2000",
            f"From 1990 to 2000 the migrant stock grew by {span(decade)} per cent a year, as far "
            "as the rounding of the totals lets one tell.",
            decade, rate, "1990/2000", (STOCK_1990, STOCK_2000), method, "bounded",
        ),
        Finding(
            "stock-growth-1960-1990", "stock", "Growth of the migrant stock, 1960 to 1990",
            f"Growth from 1960 to 1990 mixes editions: {span(mixed)} per cent a year if the total "
            f"of A/58/98 is also that of the 2003 revision, {span(spread)} if any 1990 total on "
            "record may be.",
            spread, rate, "1960/1990", (STOCK_1960, STOCK_1990),
            "hull over editions, analysis.stock.rates", "conditional", (RECORD,),
        ),
        Finding(
            "stock-slowdown", "stock", "Slower growth after 1990",
            "Growth slowed after 1990 whichever edition is used: an even pace would need "
            f"{millions(steady)} migrants in 1990, and no edition on record allows fewer than "
            f"{millions(as_interval(lowest))}.",
            steady, "persons", "1990", (STOCK_1960, STOCK_1990, STOCK_2000_LATER),
            "exponential interpolation, analysis.stock.steady_level", "recorded", (RECORD,),
        ),
    ]  # fmt: skip


def _share(known: pd.DataFrame, population: pd.DataFrame) -> list[Finding]:
    table = shares(known[known["edition"] == UNNAMED], population)
    by_vintage = table.pivot(index="vintage", columns="year", values="share")
    then, now = hull(by_vintage[1990]), hull(by_vintage[2000])
    # Within a vintage only: two vintages of population would mix editions once more.
    fall = hull(by_vintage[2000] - by_vintage[1990])
    stock = rates(known[known["edition"] == UNNAMED], 1990, 2000)["rate"].iloc[0]
    people = hull(map(as_interval, population_growth(population, 1990, 2000).values()))
    implied = implied_whole(stated(STOCK_2000).interval, stated(SHARE).share)
    published = hull(map(as_interval, populations(population, 2000).values()))
    return [
        Finding(
            "stock-share-fell", "stock", "The share of migrants in world population, 1990 to 2000",
            f"Migrants became more numerous and yet a smaller share: {span(then)} per cent of "
            f"world population in 1990, {span(now)} in 2000, as world population grew faster "
            f"({span(people)} per cent a year) than the stock "
            f"({span(stock)}).",
            fall, "percentage points", "1990/2000", (STOCK_1990, STOCK_2000),
            "stated totals over each vintage, analysis.stock.shares", "recorded", (POPULATION,),
            front=True,
        ),
        Finding(
            "stock-implied-population", "stock", "The world population that the share implies",
            f"A share of {stated(SHARE).figure} implies a world population of "
            f"{billions(implied)} in 2000; the published {billions(published)} lies within, and "
            f"the share of 1990, {span(then)} per cent, would round alike.",
            implied, "persons", "2000", (STOCK_2000, SHARE),
            "interval division, analysis.stock.implied_whole", "recorded", (POPULATION,),
        ),
    ]  # fmt: skip


def _vintages(known: pd.DataFrame) -> list[Finding]:
    found = []
    for statement_id, row in zip(
        (STOCK_1990, STOCK_2000), largest_revisions(known).to_dict("records"), strict=True
    ):
        side = "lower" if middle(row["change"]) < 0 else "higher"
        found.append(Finding(
            f"stock-revision-{row['year']}", "stock", f"Revision of the total for {row['year']}",
            f"The total for {row['year']} is {millions(magnitude(row['change']))} "
            f"({span(magnitude(row['relative']), '.1f')} per cent) {side} in the "
            f"{row['edition']} revision than in A/58/98, {span(row['times'], '.1f')} times what "
            "rounding leaves open either way.",
            row["change"], "persons", str(row["year"]), (statement_id,),
            "furthest edition on record, analysis.stock.largest_revisions", "recorded",
            (RECORD,), front=row["year"] == 2000,
        ))  # fmt: skip
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
            "every pair of editions, analysis.stock.rates", "recorded", (RECORD,),
        ),
        Finding(
            "stock-edition-a-58-98", "stock", "The edition behind the totals of A/58/98",
            "The texts do not say which edition the totals of A/58/98 come from; the total for "
            "2000 agrees, as rounded, with the 2003 revision that A/59/325 names.",
            None, "edition", "2003", (STOCK_1990, STOCK_2000, STOCK_2000_LATER),
            "reading of A/58/98, paras 1 and 4, and A/59/325, para. 4", "not identified",
        ),
    ]  # fmt: skip


def _views() -> list[Finding]:
    before, after = stated(HIGH_1975).share, stated(HIGH_2003).share
    states = stated(STATES_2003).count
    fits = compatible_counts(after, states)
    table = counts_by_denominator(before, range(1, states + 1))
    gap = int(table.loc[table["fewest"].isna(), "denominator"].max())
    needed = denominator_for(fits[0], before)
    number = Interval(fits[0], fits[-1])
    return [
        Finding(
            "stock-too-high-2003", "stock", "Governments that viewed immigration as too high, 2003",
            f"If {stated(HIGH_2003).figure} is a share of all {states} States covered, "
            f"{either(fits)} Governments viewed immigration as too high in 2003; a view "
            "is not a policy.",
            number, "Governments", "2003", (HIGH_2003, STATES_2003),
            "integers that fit a rounded share, analysis.precision.compatible_counts",
            "conditional",
        ),
        Finding(
            "stock-too-high-1975", "stock", "Governments that viewed immigration as too high, 1975",
            "How many Governments viewed immigration as too high in 1975 is not known: the "
            f"denominator is not given, and every one from {gap + 1} to {states} fits "
            f"{stated(HIGH_1975).with_unit}.",
            None, "Governments", "1975", (HIGH_1975,),
            "granularity test, analysis.stock.counts_by_denominator", "not identified",
        ),
        Finding(
            "stock-too-high-rise", "stock", "More Governments with that view in 2003 than in 1975",
            f"More Governments viewed immigration as too high in 2003 ({either(fits)} of "
            f"{states}, if all are counted) than in 1975, unless {needed} or more were counted "
            f"then: of fewer, {stated(HIGH_1975).with_unit} is below {fits[0]}.",
            needed, "Governments", "1975/2003", (HIGH_1975, HIGH_2003, STATES_2003),
            "tipping point, analysis.stock.denominator_for", "conditional",
        ),
    ]  # fmt: skip
