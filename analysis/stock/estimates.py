"""The world's migrant stock: growth, share of population, vintages, and views on immigration.

Estimates are intervals (`precision.Interval`, persons), never points: a total stated to the
million allows half a million either way. Each estimate carries its edition, and a rate that
takes its two ends from two editions is always marked as mixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import count, product

import pandas as pd

from analysis.migrants import BANK, SOVIET_UNION, growth_outside, growth_rate, world
from analysis.precision import Interval, as_interval, compatible_counts, hull
from analysis.statements import stated

RECORD = "world_migrant_stock_by_revision"
POPULATION = "world_population"
EARLY = "migrant_stock_early_editions"
POLICIES = "government_policies_immigration"
LATER = ("migrant_stock", "migrant_stock_areas", BANK)  # by country, and the World Bank's world
STOCK_1960 = "world-migrant-stock-1960-a-59-325"
STOCK_1990 = "world-migrant-stock-1990-a-58-98"
STOCK_2000 = "world-migrant-stock-2000-a-58-98"
STOCK_2000_LATER = "world-migrant-stock-2000-a-59-325"
SHARE = "world-migrant-stock-share-a-58-98"
HIGH_1975 = "governments-immigration-too-high-1975-a-59-325"
HIGH_2003 = "governments-immigration-too-high-2003-a-59-325"
STATES_2003 = "world-population-policies-states-a-59-325"

# Of the report of 2002, by its notice: the total of 2000, and how many more than in 1990.
NOTICE = "2002-world-2000-pdr-notice", "2002-world-increase-since-1990-2000-pdr-notice"
# A/59/325, para. 4, names the 2003 revision as its source; A/58/98, para. 1, names none.
UNNAMED = "unnamed"
STATED_EDITION = {STOCK_1960: "2003", STOCK_1990: UNNAMED, STOCK_2000: UNNAMED,
                  STOCK_2000_LATER: "2003"}  # fmt: skip
LONG_VINTAGE = "WPP 2017"  # the only vintage in the record that reaches back to 1960
PERIODS = REVISION_2003, OF_A_58_98, MIXED, MIXED_ANY, OUTSIDE_BEFORE, OUTSIDE_AFTER = (
    "revision-2003", "a-58-98", "mixed", "mixed-any", "outside-before", "outside-after",
)  # fmt: skip
VIEWS = COVERED, SUPPOSED, ANY = ("covered", "supposed", "any")
UNIT = {"unit": 1, "thousand": 10**3, "million": 10**6}


def middle(interval: Interval) -> float:
    """The midpoint: the number as printed, for a rounded figure."""
    return (interval.lo + interval.hi) / 2


def implied_whole(part: Interval, share: Interval) -> Interval:
    """The whole that a part and its share of 1 imply; same unit as the part."""
    return part / share


def estimates(record: pd.DataFrame) -> pd.DataFrame:
    """Every estimate of the world total: those that the documents state and those of the record.

    Args:
        record: the table `world_migrant_stock_by_revision`.

    Returns:
        Columns `year`, `edition` (`UNNAMED` for A/58/98), `stock` (Interval, persons),
        `precision` (the rounding unit, persons) and `source`, in order of edition and year.
    """
    rows: list[tuple[int, str, Interval, int, str]] = []
    for statement_id, edition in STATED_EDITION.items():
        total = stated(statement_id)
        unit = int(total.interval.width)
        rows.append((year_of(statement_id), edition, total.interval, unit, total.cite))
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
    """The estimates by year (rows) and edition (columns) in millions, with the digits published."""
    cells = known.assign(
        millions=[
            Decimal(format(middle(stock) / 1e6, ".0f" if unit == UNIT["million"] else ".1f"))
            for stock, unit in zip(known["stock"], known["precision"], strict=True)
        ]
    )
    columns = list(dict.fromkeys(known["edition"]))
    return cells.pivot(index="year", columns="edition", values="millions")[columns]


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
        year, reference = year_of(statement_id), stated(statement_id).interval
        changes = revisions(known, year, reference)
        size = changes["change"].map(lambda change: abs(middle(change)))
        moved = changes.iloc[int(size.argmax())]
        rounding = reference.width / 2
        totals = sorted(of_year(known, year).values(), key=middle)
        rows.append({
            "year": year, "stock": reference, **moved[["edition", "change", "relative"]],
            "rounding": rounding, "times": abs(moved["change"]) / rounding,
            "gap": totals[-1] - totals[0],
        })  # fmt: skip
    return pd.DataFrame(rows)


def report_of_2002(early: pd.DataFrame) -> dict[int, Interval]:
    """The world totals of the report of 2002, which A/58/98, para. 4, names, by its notice.

    Args:
        early: the table `migrant_stock_early_editions`.

    Returns:
        Year to total (persons). That of 1990 is the total of 2000 less "some" so many millions, a
        hedge that is read as one unit either way.
    """
    persons, unit = early.set_index("early_id")["persons"], UNIT["million"]
    total, more = (int(persons[row]) for row in NOTICE)
    in_2000 = Interval(total - unit / 2, total + unit / 2)
    return {1990: in_2000 - Interval(more - unit, more + unit), 2000: in_2000}


def areas_in_both(early: pd.DataFrame) -> pd.DataFrame:
    """The areas that the editions of 2002 and 2003 give under one name for 2000.

    Returns:
        Index: area; `earlier`, `later` (persons) and `agree`: whether the later figure, finer,
        rounds to the earlier one.
    """
    rows = early[(early["year"] == 2000) & early["level"].str.startswith("major area")]
    rows = rows.dropna(subset=["persons"]).drop_duplicates(["edition", "entity"])
    both = rows.pivot(index="entity", columns="edition", values="persons")[[2002, 2003]].dropna()
    both = both.set_axis(["earlier", "later"], axis=1)
    half = UNIT["million"] / 2
    return both.assign(agree=(both["earlier"] - both["later"]).abs() <= half)


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


def views(policies: pd.DataFrame) -> pd.DataFrame:
    """How many Governments viewed immigration as too high, by how many were counted.

    Args:
        policies: the table `government_policies_immigration`.

    Returns:
        Index: one of `VIEWS`: of 2003, if all States covered were counted; of 1975, if as many
        were as for policies of 1976, and if any number up to that of 2003 were. `year`, `counted`,
        and `fewest` and `most` that fit the stated share.
    """
    before, after = stated(HIGH_1975).share, stated(HIGH_2003).share
    states = stated(STATES_2003).count
    of_1976 = policies[policies["year"] == 1976]
    supposed = int(of_1976["denominator"].dropna().iloc[0])
    cases = (
        (COVERED, 2003, after, [states]),
        (SUPPOSED, 1975, before, [supposed]),
        (ANY, 1975, before, range(1, states + 1)),
    )
    rows = {}
    for case, year, share, counted in cases:
        fits = counts_by_denominator(share, counted).dropna()
        rows[case] = (year, counted[-1], int(fits["fewest"].min()), int(fits["most"].max()))
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["year", "counted", "fewest", "most"]
    )


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
    """Stock against population, period by period: the documents' totals, and constant borders.

    Returns:
        Index: one of `PERIODS`, by the editions of the two ends. `first`, `last` (years), `start`,
        `end` (Interval, persons), `rate` (Interval, per cent a year), `population_rate` (Interval,
        of the same part of the world; by `LONG_VINTAGE` for the whole) and `excess` (their
        difference). `MIXED_ANY` spans every 1990 total on record; the last two, outside the former
        Soviet Union, span the editions by country, and the population before 1990 is missing.
    """
    ends = {
        REVISION_2003: (STOCK_1960, STOCK_2000_LATER),
        OF_A_58_98: (STOCK_1990, STOCK_2000),
        MIXED: (STOCK_1960, STOCK_1990),
    }
    rows = []
    for first, last in ends.values():
        years = year_of(first), year_of(last)
        start, end = stated(first).interval, stated(last).interval
        rows.append((*years, start, end, growth_rate(start, end, years[1] - years[0])))
    any_edition = hull(of_year(known, 1990).values())
    rate = hull(rates(known, 1960, 1990)["rate"])
    rows.append((1960, 1990, stated(STOCK_1960).interval, any_edition, rate))
    people: list[Interval | None] = [
        as_interval(population_growth(population, first, last)[LONG_VINTAGE])
        for first, last, *_ in rows
    ]
    outside = growth_outside()
    start, turn, end = (hull(outside[column]) for column in ("start", "turn", "end"))
    rows.append((1960, 1990, start, turn, hull(outside["before"])))
    rows.append((1990, 2000, turn, end, hull(outside["after"])))
    people += [None, hull(population_growth_outside())]
    frame = pd.DataFrame(rows, PERIODS, columns=["first", "last", "start", "end", "rate"])
    excess = [
        None if other is None else rate - other
        for rate, other in zip(frame["rate"], people, strict=True)
    ]
    return frame.assign(population_rate=people, excess=excess)


def population_growth_outside() -> list[float]:
    """Growth of population outside the former Soviet Union, 1990 to 2000, in each edition."""
    people = world([SOVIET_UNION])["population"].unstack().dropna(subset=[1990, 2000])
    return [growth_rate(row[1990], row[2000], 10).lo for _, row in people.iterrows()]


def year_of(statement_id: str) -> int:
    """The year that a stated total is about."""
    return int(stated(statement_id).reference_date)
