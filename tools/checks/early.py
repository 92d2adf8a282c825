"""Figures of the early editions of the migrant stock, which reports and lists have kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis import migrants
from analysis.tables import load
from tools.checks.declared import slug, words
from tools.checks.stock import EARLY, STOCK, UNITS, least_developed
from tools.verify.problems import problem

# The edition whose populations lie nearest to those that early editions divided by, by year, and
# the share by which populations were revised since.
INTERPOLATED, REVISED = 2017, 0.065
# How many times more or less later editions have: single censuses move countries, not regions.
FURTHEST = {"country": 1.6, "area": 1.2}
AREAS = 6  # Major areas of the world.
LIST = ["edition", "reported_by", "year", "level"]  # What the rows of one list share.
SIXTIES = 2003  # The edition whose major areas are those of the 1960s.
# Levels of entities that are no area of today, by the first word of their names.
LEVELS = {"World:": "world", "From": "origin-destination group", "High-income": "income group"}


def early_figures() -> Iterator[str]:
    """A figure of an early edition is as round as it says and its id says what it is."""
    table = load(EARLY)
    for row in table.itertuples():
        if pd.isna(row.persons) != pd.isna(row.stated_precision):
            told = "a precision where persons are stated, and only there"
            yield problem(EARLY, row.Index, "stated_precision", row.stated_precision, told)
        elif pd.notna(row.persons) and row.persons % UNITS[str(row.stated_precision)]:
            told = f"a multiple of a {row.stated_precision}"
            yield problem(EARLY, row.Index, "persons", row.persons, told)
        elif pd.notna(row.persons):
            yield from _rounder(table, row)
        entity = str(row.entity).replace("(excluding former USSR)", "without USSR")
        stem = slug(f"{row.edition}-{entity.replace(chr(39), '')}-{row.year}-{row.reported_by}")
        if row.early_id not in (stem, f"{stem}-share", f"{stem}-percent"):
            yield problem(EARLY, row.Index, "early_id", row.early_id, stem)
        if not str(row.early_id).endswith(("-share", "-percent")) and pd.isna(row.persons):
            yield problem(EARLY, row.Index, "persons", row.persons, "persons, as the id says")
        for ending, field in (
            ("-share", "share_of_world_stock"),
            ("-percent", "share_of_population"),
        ):
            if str(row.early_id).endswith(ending) and pd.isna(getattr(row, field)):
                yield problem(EARLY, row.Index, field, None, "a share, as the id says")
        if pd.notna(row.share_female) and not 20 <= row.share_female <= 60:
            yield problem(EARLY, row.Index, "share_female", row.share_female, "20 to 60 per cent")


def _finest(persons: int) -> str:
    return next(name for name, unit in reversed(UNITS.items()) if persons % unit == 0)


def _rounder(table: pd.DataFrame, row: Any) -> Iterator[str]:
    """Figures of one list are as fine; the precision of one alone is that of its number."""
    list_of = ["edition", "reported_by", "level"]
    same = table[table[list_of].eq([getattr(row, field) for field in list_of]).all(axis=1)]
    stated = same["stated_precision"].dropna()
    usual = stated.mode()[0] if len(stated) > 1 else _finest(row.persons)
    if row.stated_precision != usual:
        told = f"{usual}, as {'its list has' if len(stated) > 1 else 'the number is'}"
        yield problem(EARLY, row.Index, "stated_precision", row.stated_precision, told)


def early_figures_against_others() -> Iterator[str]:
    """Two reports of one figure of an edition have one number, and shares fit their numbers."""
    table = load(EARLY)
    keys = ["edition", "entity", "year"]
    counted = table.dropna(subset="persons")
    world = counted[counted["entity"] == "World"].sort_values("persons")
    world = world.groupby(["edition", "year"])[["persons", "stated_precision"]].last()
    for _, own in counted.groupby(keys):
        finest = own.loc[own["stated_precision"].map(UNITS).idxmin()]
        for row in own.itertuples():
            # A rounder figure is the finer one rounded, so that of two alike neither differs.
            slack = UNITS[row.stated_precision] / 2 if finest["persons"] % (
                UNITS[row.stated_precision]) else 0  # fmt: skip
            if abs(row.persons - finest["persons"]) > slack:
                told = f"{finest['persons']} of {finest['early_id']}, within its rounding"
                yield problem(EARLY, row.Index, "persons", row.persons, told)
    for row in counted.itertuples():
        whole = world["persons"].get((row.edition, row.year))
        if whole is not None and row.persons > whole:
            told = f"{whole} or less, the world's"
            yield problem(EARLY, row.Index, "persons", row.persons, told)
    world = _wholes(counted, world)
    best = counted.groupby(keys)[["persons", "stated_precision"]].first()
    for row in table.dropna(subset="share_of_world_stock").itertuples():
        if (row.edition, row.year) not in world.index or (
            (row.edition, row.entity, row.year) not in best.index
        ):
            continue
        whole = world.loc[(row.edition, row.year)]
        own = best.loc[(row.edition, row.entity, row.year)]
        share = 100 * own["persons"] / whole["persons"]
        # Half of the last digit of the share, and what the rounding of both numbers allows.
        slack = 0.5 if row.share_of_world_stock.is_integer() else 0.06
        slack += 50 * UNITS[own["stated_precision"]] / whole["persons"]
        slack += share * UNITS[whole["stated_precision"]] / 2 / whole["persons"]
        if abs(share - row.share_of_world_stock) > slack:
            told = f"{share:.1f}, its persons in the world's"
            yield problem(EARLY, row.Index, "share_of_world_stock", row.share_of_world_stock, told)
    yield from _against_later(table)


def _wholes(counted: pd.DataFrame, world: pd.DataFrame) -> pd.DataFrame:
    """The world's persons by edition and year; where none are stated, the sum of its areas."""
    parts = counted[counted["level"] == "major area of the 1960s"]
    sums = parts.groupby(["edition", "year"]).agg(
        persons=("persons", "sum"), stated_precision=("stated_precision", "first"),
        areas=("entity", "nunique"),
    )  # fmt: skip
    whole = sums[sums["areas"] == sums["areas"].max()].drop(columns="areas")
    return pd.concat([world, whole[~whole.index.isin(world.index)]])


def early_shares_of_areas() -> Iterator[str]:
    """A share of the world's stock is near that of the first later edition by country."""
    stock, areas = load(STOCK), load("migrant_stock_areas")
    stock = stock[stock["edition"] >= 2015].drop_duplicates(["m49", "year"])
    world = stock[stock["m49"] == 900].set_index("year")["persons"]
    named = stock.merge(areas[["m49", "name"]], on="m49").drop_duplicates(["name", "year"])
    known = named.set_index(["name", "year"])["persons"]
    for row in load(EARLY).dropna(subset="share_of_world_stock").itertuples():
        if row.edition == SIXTIES or (row.entity, row.year) not in known.index:
            continue
        later = 100 * known[row.entity, row.year] / world[row.year]
        if abs(row.share_of_world_stock - later) > max(2.5, 0.3 * later):
            told = f"near {later:.1f}, as later editions have"
            yield problem(EARLY, row.Index, "share_of_world_stock", row.share_of_world_stock, told)


def early_parts_within_their_areas() -> Iterator[str]:
    """A major area has no smaller share than those of its countries that an edition has make."""
    table = load(EARLY).drop_duplicates(["edition", "entity", "year", "persons"])
    areas = migrants.areas()
    of_area = areas.dropna(subset="iso3").set_index("name")["major_area"].map(areas["name"])
    counted = table.dropna(subset="persons")
    world = counted[counted["entity"] == "World"].groupby(["edition", "year"])["persons"].max()
    best = counted.sort_values("persons").drop_duplicates(["edition", "entity", "year"])
    made = best.groupby(["edition", best["entity"].map(of_area), "year"])["persons"].sum()
    for row in table.dropna(subset="share_of_world_stock").itertuples():
        key = (row.edition, row.entity, row.year)
        if row.level != "major area" or key not in made.index:
            continue
        least = 100 * made[key] / world[row.edition, row.year]
        # Half a point for the rounding of the share, as much for that of the numbers.
        if row.share_of_world_stock + 1 < least:
            told = f"{least:.1f} or more, what its countries have in the world's"
            yield problem(EARLY, row.Index, "share_of_world_stock", row.share_of_world_stock, told)


def early_shares_make_the_whole() -> Iterator[str]:
    """Shares that a report gives for all major areas make a hundred, within their rounding."""
    table = load(EARLY).dropna(subset="share_of_world_stock")
    for _, own in table.groupby(["edition", "year", "reported_by", "level"]):
        shares = own["share_of_world_stock"]
        # A whole number may have been rounded to the unit, any other was to a tenth.
        slack = sum(0.5 if share == round(share) else 0.05 for share in shares)
        areas = own["level"].iloc[0].startswith("major area")
        if areas and len(own) >= AREAS and abs(shares.sum() - 100) > slack + 1e-9:
            index = int(own.index[-1])
            told = f"shares that make 100; those of its list make {shares.sum():.1f}"
            yield problem(EARLY, index, "share_of_world_stock", shares.iloc[-1], told)


def _against_later(table: pd.DataFrame) -> Iterator[str]:
    """An area's figure is near that of a later edition, between its years."""
    stock, areas = load(STOCK), load("migrant_stock_areas")
    stock = stock[stock["edition"] == INTERPOLATED].merge(areas[["m49", "name"]], on="m49")
    later = {name: own.drop_duplicates("year").sort_values("year")
             for name, own in stock.groupby("name")}  # fmt: skip
    for row in table.dropna(subset="persons").itertuples():
        own = later.get(row.entity)
        # Areas of the 1960s had other borders.
        if own is None or row.edition == SIXTIES or row.year < own["year"].min():
            continue
        near = np.interp(row.year, own["year"].to_numpy(float), own["persons"].to_numpy(float))
        times = FURTHEST["country" if row.level == "country or area" else "area"]
        if not 1 / times < row.persons / near < times:
            told = f"within {times:g} times of {near:.0f}, as the edition of {INTERPOLATED} has it"
            yield problem(EARLY, row.Index, "persons", row.persons, told)


def early_groups_make_the_whole() -> Iterator[str]:
    """More and less developed regions make the world; the least developed are those by country."""
    table = load(EARLY).dropna(subset="persons")
    pairs = table[table["entity"].isin(["More developed regions", "Less developed regions"])]
    for key, own in pairs.groupby(["edition", "year"]):
        of_the_same = table[["edition", "year"]].eq([*key]).all(axis=1)
        world = table[of_the_same & (table["entity"] == "World")]
        if len(own) != 2 or world.empty:
            continue
        made = own["persons"].sum()
        slack = sum(UNITS[each] for each in [*own["stated_precision"], *world["stated_precision"]])
        for index, persons in world["persons"].items():
            if abs(persons - made) > slack / 2:
                told = f"near {made}, more and less developed regions together"
                yield problem(EARLY, int(index), "persons", persons, told)
    for row in table[table["entity"] == "Least developed countries"].itertuples():
        made = least_developed(row.edition, row.edition)[row.year]
        if abs(row.persons - made) > UNITS[str(row.stated_precision)] / 2:
            told = f"{made}, the countries that its edition counts among them, rounded"
            yield problem(EARLY, row.Index, "persons", row.persons, told)


def early_shares_of_population() -> Iterator[str]:
    """A share of the population is the persons in the people of the year, between later years."""
    table, stock, areas = load(EARLY), load(STOCK), load("migrant_stock_areas")
    stock = stock[stock["edition"] == INTERPOLATED].dropna(subset="population_thousands")
    people = stock.merge(areas[["m49", "name"]], on="m49").sort_values("year")
    people = people.drop_duplicates(["name", "year"])
    rows = table.dropna(subset=["share_of_population", "persons"])
    shares = {row.Index: _share(row, people[people["name"] == row.entity])
              for row in rows.itertuples() if row.entity in set(people["name"])}  # fmt: skip
    for row in rows[rows.index.isin(shares)].itertuples():
        fitting, told = [shares[row.Index]], f"by the population of {row.year}"
        if "does not fit" in words(row.note):
            same = rows[LIST].eq(rows.loc[row.Index, LIST]).all(axis=1)
            fitting = [shares[i] for i in rows.index[same] if i in shares and i != row.Index]
            told = "of another area of its list, as its note has it displaced"
        if not any(abs(row.share_of_population - s) <= 0.05 + REVISED * s for s in fitting):
            told = f"near {' or '.join(f'{share:.1f}' for share in fitting)}, {told}"
            yield problem(EARLY, row.Index, "share_of_population", row.share_of_population, told)


def _share(row: Any, own: pd.DataFrame) -> float:
    """The persons of a row in the people of its year, by the years around it; per cent."""
    whole = np.interp(row.year, own["year"].to_numpy(float), own["population_thousands"])
    return float(0.1 * row.persons / whole)


def early_levels() -> Iterator[str]:
    """An entity has the level that its name has in the areas; those of 2003 are of the 1960s."""
    areas = load("migrant_stock_areas").drop_duplicates("name").set_index("name")["level"]
    for row in load(EARLY).itertuples():
        if row.edition == SIXTIES:
            expected = "major area of the 1960s"
        elif row.entity in areas.index:
            expected = areas[row.entity]
        else:
            first = str(row.entity).partition(" ")[0]
            expected = LEVELS.get(first, "a level for what begins so")
        if row.level != expected:
            yield problem(EARLY, row.Index, "level", row.level, f"{expected}, by its name")


def early_shares_are_whole_columns() -> Iterator[str]:
    """A report that gives a share for entities of a level gives it for all of them."""
    table = load(EARLY)
    shares = table["early_id"].str.endswith("-share")
    for _, own in table.groupby(["edition", "reported_by", "level", "year", shares]):
        for field in ("share_of_world_stock", "share_of_population", "share_female"):
            told = own[field].notna()
            few = 1 if own["level"].iloc[0] == "development group" else 2
            if len(own) - 1 <= told.sum() < len(own) and len(own) > few:
                for index in own.index[~told]:
                    yield problem(EARLY, int(index), field, None, "a share, as its neighbours have")


def shares_of_women() -> Iterator[str]:
    """The world's share of women is that of its two parts together; of a part, near the whole."""
    table = load(EARLY).dropna(subset="share_female")
    for _, own in table.groupby(["edition", "year", "reported_by"]):
        parts = own[own["entity"].isin(["More developed regions", "Less developed regions"])]
        world = own[own["entity"] == "World"]
        if len(parts) == 2 and len(world):
            women = (parts["persons"] * parts["share_female"]).sum() / parts["persons"].sum()
            index = int(world.index[0])
            if abs(women - world["share_female"][index]) > 0.1:
                told = f"{women:.1f}, its two parts together"
                yield problem(EARLY, index, "share_female", world["share_female"][index], told)


CHECKS = (
    early_figures, early_figures_against_others, early_shares_of_areas,
    early_parts_within_their_areas,
    early_shares_make_the_whole, early_groups_make_the_whole, early_shares_of_population,
    early_levels, early_shares_are_whole_columns, shares_of_women,
)  # fmt: skip
