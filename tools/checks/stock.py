"""Estimates of the migrant stock: sums, editions against each other, and against population."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from analysis import migrants
from analysis.tables import load
from tools.verify.problems import problem

STOCK, TOTALS, EARLY, BANK = (
    "migrant_stock", "world_migrant_stock_by_revision", "migrant_stock_early_editions",
    "migrant_stock_1960_2010",
)  # fmt: skip
LEFT_OUT = "population_left_out"
WORLD, LEAST_DEVELOPED, KEYS = 900, 941, ["edition", "year"]
LESS_DEVELOPED, WITHOUT_CHINA, EASTERN_ASIA = 902, 948, 906
SUB_SAHARAN, FOUR_REGIONS, SUDAN = 947, [910, 911, 913, 914], 729
CHINA = [156, 344, 446, 158]  # with Hong Kong, Macao and, where it has a row, Taiwan
# The edition whose list of least developed countries the World Bank's release has.
BANK_LIST = 2015
# Areas that are others put together, by the codes of the UN Statistics Division.
COMPOUND = {
    917: (908,), 918: (905,), 921: (5500, 5501), 1829: (905, 908),
    1830: (904,), 1831: (5500, 5501), 1832: (906, 920), 1833: (912, 922), 1836: (927,),
}  # fmt: skip
BELOW_NORTHERN_AFRICA = 1834
DIFFERENCE = {1835: (909, 927), BELOW_NORTHERN_AFRICA: (903, 912)}
# How much more a place without a row has after some years.
GROWN = 1.3
# Editions that print the population by the revision of 2019, and how far apart, in thousands.
SAME_REVISION, REPRINTED = (2019, 2020), 0.02
# How a rounded figure is rounded.
UNITS = {
    "unit": 1, "thousand": 1_000, "hundredth of a million": 10_000,
    "tenth of a million": 100_000, "million": 1_000_000,
}  # fmt: skip
# A country's figure for one year, from one edition to the next: no revision went further, but for
# stocks of a few thousand, which a single census can multiply.
FURTHEST, SMALL = 14.0, 20_000
ROUNDED_APART = 2017
EXACT = 0.0005  # thousands of persons: half of the last digit


def _row(table: pd.DataFrame, **cells: object) -> int:
    held = pd.Series(True, index=table.index)
    for field, value in cells.items():
        held &= table[field] == value
    return int(table.index[held][0])


def _exact(sums: pd.DataFrame) -> set[int]:
    """Editions that add people up before they round them: most of their wholes are exact."""
    exact = (sums["stated"] - sums["parts"]).abs() < 0.5
    return set(exact.groupby(level="edition").mean().loc[lambda share: share > 0.5].index)


def _slack(measure: str, numbers: int, rows: pd.MultiIndex) -> pd.Series:
    """By edition and year, how far a whole may lie from so many numbers: migrants are whole."""
    exact = rows.get_level_values("edition").isin(_exact(migrants.sums("population")))
    return pd.Series(EXACT, rows).where(exact | (measure == "persons"), (numbers + 2) * EXACT)


def parts_make_the_whole() -> Iterator[str]:
    """Countries and areas are cut from one workbook, so that their sums are exact."""
    table, found = load(STOCK), migrants.sums()
    for (edition, year, m49), row in found[found["stated"] != found["parts"]].iterrows():
        index = _row(table, edition=edition, year=year, m49=m49)
        told = f"{row['parts']:.0f}, the sum of its parts in {year} by the edition of {edition}"
        yield problem(STOCK, index, "persons", table["persons"][index], told)


def least_developed(edition: int, of: int) -> pd.Series:
    """Migrants by year in the countries of an edition that another one lists as least developed."""
    stock, areas = load(STOCK), load("migrant_stock_areas")
    listed = areas.loc[(areas["least_developed_to"] >= of).fillna(False), "m49"]
    own = stock[(stock["edition"] == edition) & stock["m49"].isin(listed)]
    return own.groupby("year")["persons"].sum()


def least_developed_countries_make_their_group() -> Iterator[str]:
    """The countries that an edition counts among the least developed make its group of them."""
    table = load(STOCK)
    for edition, own in table[table["m49"] == LEAST_DEVELOPED].groupby("edition"):
        made = least_developed(edition, edition)
        for index, row in own[own["persons"] != own["year"].map(made)].iterrows():
            told = f"{made[row['year']]}, the least developed countries of migrant_stock_areas"
            yield problem(STOCK, int(index), "persons", row["persons"], told)


def areas_that_are_others_together() -> Iterator[str]:
    """Some areas are others put together, or less another; the same workbook gives both."""
    table = load(STOCK)
    for measure in ("persons", "population_thousands"):
        wide = table.pivot(index=KEYS, columns="m49", values=measure).astype("Float64")
        made = {whole: wide[list(parts)].sum(axis=1, min_count=len(parts))
                for whole, parts in COMPOUND.items() if {whole, *parts} <= set(wide)}  # fmt: skip
        made |= {whole: wide[a] - wide[b] for whole, (a, b) in DIFFERENCE.items()
                 if {whole, a, b} <= set(wide)}  # fmt: skip
        slack = _slack(measure, 2, wide.index)
        for whole, expected in made.items():
            apart = ((wide[whole] - expected).abs() > slack).fillna(False)
            for edition, year in wide.index[apart]:
                index = _row(table, edition=edition, year=year, m49=whole)
                parts = " and ".join(map(str, COMPOUND.get(whole, DIFFERENCE.get(whole, ()))))
                told = f"{expected[edition, year]:.10g}, what areas {parts} make"
                yield problem(STOCK, index, measure, table[measure][index], told)


def less_developed_without_china() -> Iterator[str]:
    """The less developed regions but for China are without its regions, and without Taiwan.

    That has a row, or is what the countries of Eastern Asia lack of its people.
    """
    table = load(STOCK)
    for measure, name, unit in (
        ("persons", "persons", 1),
        ("population_thousands", "population", 1e3),
    ):
        wide = table.pivot(index=KEYS, columns="m49", values=measure).astype(float)
        if not {WITHOUT_CHINA, LESS_DEVELOPED, *CHINA} <= set(wide):
            continue
        found = migrants.sums(name).xs(EASTERN_ASIA, level="m49")
        lacking = (found["stated"] - found["parts"]).reindex(wide.index) / unit
        expected = wide[LESS_DEVELOPED] - wide.reindex(columns=CHINA).sum(axis=1) - lacking
        # Of people, those of Eastern Asia's countries are added up first.
        slack = _slack(name, len(CHINA) + 5, wide.index)
        apart = ((wide[WITHOUT_CHINA] - expected).abs() > slack) & wide[WITHOUT_CHINA].notna()
        for edition, year in apart.index[apart]:
            index = _row(table, edition=edition, year=year, m49=WITHOUT_CHINA)
            told = f"{expected[edition, year]:.3f}, the less developed regions without China"
            yield problem(STOCK, index, measure, table[measure][index], told)


def sub_saharan_africa() -> Iterator[str]:
    """Sub-Saharan Africa is four regions, and in all years of some editions Sudan as well.

    The edition of 2015 has the migrants with Sudan and the population without.
    """
    table = load(STOCK)
    for measure in ("persons", "population_thousands"):
        wide = table.pivot(index=KEYS, columns="m49", values=measure).astype(float)
        if not {SUB_SAHARAN, *FOUR_REGIONS, SUDAN} <= set(wide):
            continue
        four = wide[FOUR_REGIONS].sum(axis=1)
        made = pd.DataFrame({"without": four, "with": four + wide[SUDAN]})
        given = wide[SUB_SAHARAN].dropna()
        slack = _slack(measure, len(FOUR_REGIONS) + 1, given.index)
        fits = made.loc[given.index].sub(given, axis=0).abs().le(slack, axis=0)
        most = fits.groupby("edition").transform("sum")
        sudan = most["with"] > most["without"]
        for edition, year in given.index[~fits["with"].where(sudan, fits["without"])]:
            index = _row(table, edition=edition, year=year, m49=SUB_SAHARAN)
            how = "with" if sudan[edition, year] else "without"
            told = f"{made.at[(edition, year), how]:.3f}, four regions {how} Sudan"
            yield problem(STOCK, index, measure, table[measure][index], told)


def areas_of_one_part_have_its_name() -> Iterator[str]:
    """An area that is one other alone, under the code of a second list, is named like it."""
    areas = load("migrant_stock_areas")
    names = areas.set_index("m49")["name"]
    for index, m49 in areas["m49"].items():
        parts = COMPOUND.get(m49, ())
        if len(parts) == 1 and names[m49] != (expected := names.get(parts[0])):
            told = f"{expected}, the name of {parts[0]}, which it is"
            yield problem("migrant_stock_areas", int(index), "name", names[m49], told)


def areas_of_several_parts_have_their_names() -> Iterator[str]:
    """An area that is others together, or one less another, has no word in its name but theirs."""
    areas = load("migrant_stock_areas")
    names = areas.set_index("m49")["name"]
    joined = {whole: parts for whole, parts in COMPOUND.items() if len(parts) > 1}
    for index, m49 in areas["m49"].items():
        parts = joined.get(m49) or DIFFERENCE.get(m49, ())
        if not parts or not {*parts} <= set(names.index):
            continue
        given = str(names[m49])
        own = {*re.findall(r"[\w-]+", " and ".join(names[list(parts)])), "excluding"}
        # What is left of Africa has the name that it has under another code.
        alike = m49 == BELOW_NORTHERN_AFRICA and given == names.get(SUB_SAHARAN)
        if not (alike or set(re.findall(r"[\w-]+", given)) <= own):
            told = f"a name of the words of {' and '.join(names[list(parts)])}"
            yield problem("migrant_stock_areas", int(index), "name", given, told)


def every_area_in_every_year() -> Iterator[str]:
    """An area that an edition has is in each of its years from the first one that it has."""
    table = load(STOCK)
    level = load("migrant_stock_areas").set_index("m49")["level"]
    first = table.index.min()
    for edition, own in table.groupby("edition"):
        years = sorted(set(own["year"]))
        for m49, rows in own.groupby("m49")["year"]:
            listed = sorted(set(rows))
            wanted = years if level.get(m49) != "country or area" else years[-len(listed) :]
            for year in sorted(set(wanted) - set(listed)):
                told = f"a row for the year {year}, as the edition of {edition} has for other areas"
                yield problem(STOCK, int(rows.index[0]) if len(rows) else first, "m49", m49, told)


def populations_of_an_area_in_every_year() -> Iterator[str]:
    """An edition has the population of an area in each of its years, or in none."""
    table = load(STOCK)
    missing = table["population_thousands"].isna()
    some = (~missing).groupby([table["edition"], table["m49"]]).transform("any")
    for index in table.index[missing & some]:
        edition = table["edition"][index]
        told = f"a number, which the edition of {edition} has of the area for other years"
        yield problem(STOCK, int(index), "population_thousands", None, told)


def editions_of_an_area_are_near() -> Iterator[str]:
    """From one edition to the next no country's figure for a year was multiplied."""
    table = load(STOCK).sort_values(["m49", "year", "edition"])
    for field, furthest, small in (("persons", FURTHEST, SMALL), ("population_thousands", 1.6, 60)):
        rows = table.dropna(subset=field)
        before = rows.groupby(["m49", "year"])[field].shift()
        ratio = rows[field].astype(float) / before.astype(float)
        far = (ratio > furthest) | (ratio < 1 / furthest)
        large = (rows[field] > small) & (before > small)
        for index in rows.index[(far & large).fillna(False)]:
            told = f"within {furthest:g} times of {before[index]} of the edition before"
            yield problem(STOCK, int(index), field, table[field][index], told)


def population_adds_up() -> Iterator[str]:
    """An area has the people of its countries, or more where a place has no row in an edition.

    A place without a row grows as people do; once it has a row, it is missing no more. Of some
    editions the places are known with their people.
    """
    table, found = load(STOCK), migrants.sums("population")
    places = load(LEFT_OUT)
    known = places.groupby(["edition", "year", "within"])["population_thousands"].sum() * 1000
    complete = found.index.get_level_values("edition").isin(places["edition"])
    regions = found.index.get_level_values("m49").isin(places["within"])
    found.loc[complete & regions, "parts"] += known.reindex(found.index[complete & regions])
    found["gap"] = (found["stated"] - found["parts"]).round()
    # Where each number is rounded to the person, the whole is as well.
    exact = found.index.get_level_values("edition").isin(_exact(found))
    found["rounded"] = ((found["rows"] + 1) / 2).where(~exact, 0.0)
    for _, own in found.groupby(level=["edition", "m49"]):
        # Places without a row are missing in several years; an error stands in one or two.
        most = math.inf if (own["gap"] > own["rounded"]).sum() > 2 else 0.0
        for (edition, year, m49), row in own.iterrows():
            if -row["rounded"] <= row["gap"] <= max(most, row["rounded"]):
                most = max(row["gap"], 0.0) * GROWN
                continue
            index = _row(table, edition=edition, year=year, m49=m49)
            told = f"{row['parts'] / 1000:.3f}, the sum of its parts, or what was left out before"
            if (edition, year, m49) in known.index:
                told = f"{row['parts'] / 1000:.3f}, the sum of its parts and of {LEFT_OUT}"
            given = table["population_thousands"][index]
            yield problem(STOCK, index, "population_thousands", given, told)


def places_without_a_row_are_alike() -> Iterator[str]:
    """What one edition leaves out of a region, another does: as near to it in all such years.

    Such are the years in which both have rows for the same of its places. None is further from the
    other edition than three times the median year, but for rounding. Of some editions the places
    are known.
    """
    table, found = load(STOCK), migrants.sums("population")
    left = (found["stated"] - found["parts"]).where(lambda gap: gap > found["rows"])
    wide, places = left.unstack("edition"), found["rows"].unstack("edition")
    wide = wide.drop(columns=load(LEFT_OUT)["edition"].unique(), errors="ignore")
    for earlier, later in combinations(sorted(wide), 2):
        apart = (wide[later] / wide[earlier] - 1).abs().dropna()
        more = (places[later] - places[earlier]).reindex(apart.index)
        apart = apart[more == more.groupby("m49").transform(lambda each: each.mode()[0])]
        rounded = (places[later] / wide[later]).reindex(apart.index)
        most = 3 * apart.groupby("m49").transform("median") + rounded
        for year, m49 in apart.index[apart > most]:
            index = _row(table, edition=later, year=year, m49=m49)
            before = wide.at[(year, m49), earlier] / 1000
            told = f"its parts and what they leave out, in the edition of {earlier} {before:.3f}"
            given = table["population_thousands"][index]
            yield problem(STOCK, index, "population_thousands", given, told)


def populations_of_one_revision() -> Iterator[str]:
    """Editions that print one revision of the population have one number for a country and year."""
    table, areas = load(STOCK), load("migrant_stock_areas").set_index("m49")["level"]
    countries = table[table["m49"].map(areas) == "country or area"]
    wide = countries.pivot(index=["m49", "year"], columns="edition", values="population_thousands")
    first, second = SAME_REVISION
    apart = (wide[second] - wide[first]).abs().dropna() > REPRINTED
    # An area that an edition draws otherwise, such as China with its regions, is apart throughout.
    drawn = apart.groupby("m49").transform("sum") > 2
    for m49, year in apart.index[apart & ~drawn]:
        index = _row(table, edition=first, year=year, m49=m49)
        told = f"{wide.at[(m49, year), second]}, as the edition of {second} has, or near it"
        yield problem(STOCK, index, "population_thousands", wide.at[(m49, year), first], told)


def population_of_every_year() -> Iterator[str]:
    """An area whose population an edition has for a year has it for all later ones."""
    table = load(STOCK)
    rows = table.sort_values(["edition", "m49", "year"])
    had = rows["population_thousands"].notna().groupby([rows["edition"], rows["m49"]]).cummax()
    for index in rows.index[had & rows["population_thousands"].isna()]:
        told = "a population, as the edition has for the area in earlier years"
        yield problem(STOCK, int(index), "population_thousands", None, told)


def more_people_than_migrants() -> Iterator[str]:
    """Migrants are a part of the population, but for one small island of early editions."""
    table = load(STOCK)
    over = table["persons"] > table["population_thousands"] * 1000
    crowded = table[over.fillna(False)].groupby("m49").size()
    for index in table.index[over.fillna(False)]:
        # An exception stands in several years and editions; an error in one row.
        if crowded[table["m49"][index]] < 3:
            told = f"at most {table['population_thousands'][index]} thousand, the population"
            yield problem(STOCK, int(index), "persons", table["persons"][index], told)


def the_world_of_the_bank() -> Iterator[str]:
    """Income groups make the World Bank's world, and so do the countries of the edition of 2008."""
    table = load(BANK)
    wide = table.pivot(index="year", columns="aggregate", values="persons")
    made = wide["high-income"] + wide["low-and-middle-income"]
    # A row that is missing is told below.
    for year in wide.index[(wide["world"] != made) & wide.notna().all(axis=1)]:
        index = _row(table, aggregate="world", year=year)
        told = f"{made[year]}, high-income with low-and-middle-income"
        yield problem(BANK, index, "persons", table["persons"][index], told)
    made = least_developed(migrants.BANK_EDITION, BANK_LIST)
    for year, persons in made[made != wide["least-developed"].reindex(made.index)].items():
        index = _row(table, aggregate="least-developed", year=year)
        told = f"{persons}, the countries that the edition of {BANK_LIST} lists as least developed"
        yield problem(BANK, index, "persons", table["persons"][index], told)
    least = wide["least-developed"] / wide["low-and-middle-income"]
    step = wide["least-developed"] / wide["least-developed"].shift()
    near = least.between(0.1, 0.3) & step.fillna(1).between(0.8, 1.35)
    for year in wide.index[~near & wide.notna().all(axis=1)]:
        index = _row(table, aggregate="least-developed", year=year)
        told = "a tenth to three tenths of low-and-middle-income, near the five years before"
        yield problem(BANK, index, "persons", table["persons"][index], told)
    own = migrants.countries(2008).groupby("year")["persons"].sum()
    world = wide["world"].reindex(own.index)
    for year in own.index[(own != world) & world.notna()]:
        index = _row(table, aggregate="world", year=year)
        told = f"{own[year]}, the countries of the edition of 2008"
        yield problem(BANK, index, "persons", table["persons"][index], told)
    for aggregate, rows in table.groupby("aggregate"):
        for index in rows.index[rows["year"].diff() < 0]:
            told = f"after {table['year'][index - 1]}, the year above"
            yield problem(BANK, int(index), "year", table["year"][index], told)
        for year in sorted(set(table["year"]) - set(rows["year"])):
            told = f"a row for {year}, as other aggregates have"
            yield problem(BANK, int(rows.index[0]), "aggregate", aggregate, told)
    years = sorted(set(table["year"]))
    for earlier, year in pairwise(years):
        if year - earlier != 5:
            yield problem(BANK, _row(table, year=year), "year", year, "five years apart")


def totals_of_the_world() -> Iterator[str]:
    """The world of each edition, carried over from another table of it, is the same."""
    table, stock = load(TOTALS), load(STOCK)
    world = stock[stock["m49"] == WORLD].set_index(KEYS)["persons"]
    for row in table.itertuples():
        key = (row.revision, row.year)
        if key in world.index:
            unit = UNITS[str(row.stated_precision)]
            if abs(row.millions * 1e6 - world[key]) > max(unit, 1000) / 2:
                told = f"{world[key] / 1e6:.3f} of migrant_stock, rounded"
                yield problem(TOTALS, row.Index, "millions", row.millions, told)
            if pd.notna(row.persons) and row.persons != world[key]:
                told = f"{world[key]} of migrant_stock"
                yield problem(TOTALS, row.Index, "persons", row.persons, told)
        if pd.isna(row.persons) != (row.stated_precision == "million"):
            told = "persons where more than a million is stated, else nothing"
            yield problem(TOTALS, row.Index, "persons", row.persons, told)
        elif pd.notna(row.persons) and round(row.persons / 1e6, 3) != row.millions:
            told = f"{row.persons / 1e6:.3f}, the persons in millions"
            yield problem(TOTALS, row.Index, "millions", row.millions, told)
        elif row.stated_precision == "million" and row.millions != round(row.millions):
            yield problem(TOTALS, row.Index, "millions", row.millions, "whole millions, as stated")
        elif row.stated_precision == "thousand" and row.persons % 1000:
            yield problem(TOTALS, row.Index, "persons", row.persons, "whole thousands, as stated")
        elif row.stated_precision == "unit" and row.persons % 1000 == 0:
            told = "thousand, for a number that ends with three noughts"
            yield problem(TOTALS, row.Index, "stated_precision", row.stated_precision, told)
    listed = set(zip(table["revision"], table["year"], strict=True))
    whole = table.groupby("revision").size()
    for edition, year in sorted(set(world.index) - listed):
        if whole.get(edition, 0) > 3:
            told = f"a row for {year}, as migrant_stock has"
            yield problem(TOTALS, _row(table, revision=edition), "revision", edition, told)
    early = load(EARLY)
    early = early[(early["entity"] == "World") & early["persons"].notna()]
    for row in table.itertuples():
        same = early[(early["edition"] == row.revision) & (early["year"] == row.year)]
        for other in same.itertuples():
            unit = max(UNITS[str(row.stated_precision)], UNITS[str(other.stated_precision)])
            if abs(row.millions * 1e6 - other.persons) > unit:
                told = f"{other.persons / 1e6:g}, as {other.early_id} of {EARLY}"
                yield problem(TOTALS, row.Index, "millions", row.millions, told)


def population_of_the_world() -> Iterator[str]:
    """The population of the world is the one that the workbook of the same vintage prints."""
    table, stock = load("world_population"), load(STOCK)
    world = stock[stock["m49"] == WORLD].set_index(KEYS)["population_thousands"]
    editions = {f"WPP {edition}": edition for edition in set(stock["edition"])}
    carried = set()
    for row in table.itertuples():
        key = (editions.get(str(row.vintage)), row.year)
        carried.add(key)
        # The copy of 2017 holds persons in single precision; the others were carried over as is.
        expected = world.get(key, row.population_thousands)
        if key[0] == ROUNDED_APART:
            expected = float(np.float32(expected * 1000)) / 1000
        if abs(expected - row.population_thousands) > EXACT:
            told = f"{expected:.3f}, as migrant_stock or the precision of the copy has it"
            yield problem("world_population", row.Index, "population_thousands",
                          row.population_thousands, told)  # fmt: skip
        if key not in world.index and not (
            0.5 < row.population_thousands / world.min() < 0.6 if row.year == 1960 else False
        ):
            told = f"a year that the edition of {str(row.vintage)[-4:]} has"
            yield problem("world_population", row.Index, "year", row.year, told)
    for edition in (2015, 2019):
        for year in sorted(set(stock[stock["edition"] == edition]["year"])):
            if (edition, year) not in carried:
                told = f"a row for {year}, as migrant_stock has"
                index = _row(table, vintage=f"WPP {edition}")
                yield problem("world_population", index, "vintage", f"WPP {edition}", told)


CHECKS = (
    parts_make_the_whole, least_developed_countries_make_their_group,
    areas_that_are_others_together, less_developed_without_china, sub_saharan_africa,
    areas_of_one_part_have_its_name, areas_of_several_parts_have_their_names,
    every_area_in_every_year,
    populations_of_an_area_in_every_year,
    editions_of_an_area_are_near, population_adds_up, population_of_every_year,
    populations_of_one_revision, places_without_a_row_are_alike, more_people_than_migrants,
    the_world_of_the_bank, totals_of_the_world, population_of_the_world,
)  # fmt: skip
