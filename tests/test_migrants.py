"""The country-level migrant stock adds up, and says where a published workbook does not."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from analysis import migrants
from analysis.tables import PACKAGE, load

RECORD = PACKAGE.parent / "record"

# Areas whose population is more than that of their countries, because the workbook counts a
# place in the area that has no row of its own: Taiwan; South Sudan, Montenegro, Curaçao and
# Sint Maarten before they were listed; in the edition of 2024 places that the stock leaves out.
WITHOUT_A_ROW = {
    2015: {"Eastern Asia", "Eastern Africa", "Southern Europe", "Caribbean"},
    2017: {"Eastern Asia", "Eastern Africa", "Southern Europe", "Caribbean"},
    2019: {"Eastern Africa", "Southern Europe", "Caribbean"},
    2020: {"Eastern Asia", "Eastern Africa", "Southern Europe", "Caribbean"},
    2024: {"Southern Europe", "Caribbean"},
}


def test_countries_sum_to_areas_and_areas_to_the_world() -> None:
    """Exactly, per edition and year, whichever way the groups cut."""
    found = migrants.sums()
    assert found[found["stated"] != found["parts"]].empty
    wholes = 1 + 6 + 21 + 2  # the world, major areas, regions within them, development groups
    per_edition = found.reset_index().groupby("edition")["m49"].nunique()
    assert per_edition.to_dict() == dict.fromkeys((2015, 2017, 2019, 2020, 2024), wholes)


def test_each_whole_is_checked_in_every_year() -> None:
    listed = load("migrant_stock").query("m49 == 900")
    found = migrants.sums().reset_index().groupby(["edition", "year"]).size()
    assert set(found.index) == set(zip(listed["edition"], listed["year"], strict=True))


def test_population_breaks_its_sums_only_where_a_place_has_no_row() -> None:
    found = migrants.sums("population").reset_index()
    # Half a thousand for each part: the workbooks print thousands to one or three decimals.
    broken = found[(found["stated"] - found["parts"]).abs() > 1_000]
    levels = migrants.areas()
    regions = broken[broken["m49"].map(levels["level"]) == "region"]
    names = regions["m49"].map(levels["name"])
    got = {int(e): set(group) for e, group in names.groupby(regions["edition"])}
    assert got == WITHOUT_A_ROW
    assert (broken["stated"] > broken["parts"]).all()


def test_the_edition_of_2008_is_the_world_bank_s_world() -> None:
    own = migrants.countries(2008).groupby("year")["persons"].sum()
    world = load("migrant_stock_1960_2010").query("aggregate == 'world'").set_index("year")
    assert own.index.tolist() == [1990, 1995, 2000, 2005, 2010]
    assert own.to_dict() == world["persons"].reindex(own.index).to_dict()


def test_the_sums_agree_with_a_count_of_the_file() -> None:
    """The same sums by the csv module, straight from the files."""
    with (RECORD / "migrant_stock_areas.csv").open(encoding="utf-8", newline="") as file:
        level = {row["m49"]: row["level"] for row in csv.DictReader(file)}
    total: dict[tuple[str, str], int] = defaultdict(int)
    world: dict[tuple[str, str], int] = {}
    with (RECORD / "migrant_stock.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["edition"], row["year"]
            if level[row["m49"]] == "country or area":
                total[key] += int(row["persons"])
            elif row["m49"] == "900":
                world[key] = int(row["persons"])
    assert world == {key: value for key, value in total.items() if key[0] != "2008"}


@pytest.mark.parametrize(
    ("name", "area"),
    [("Canada", "Northern America"), ("Germany", "Europe"), ("Japan", "Asia"), ("Guam", "Oceania")],
)
def test_a_country_lies_in_its_major_area(name: str, area: str) -> None:
    known = migrants.areas()
    code = known.loc[known["name"] == name, "major_area"].item()
    assert known.at[code, "name"] == area


def test_the_successor_states_are_counted() -> None:
    """Fifteen republics of the Soviet Union; six of Yugoslavia as listed; two of Czechoslovakia."""
    known = migrants.areas()
    assert known["formerly"].value_counts().to_dict() == {
        "Soviet Union": 15, "Yugoslavia": 6, "Czechoslovakia": 2,
    }  # fmt: skip
    assert set(known["formerly"].dropna()) == set(migrants.FORMER_STATES)


def test_an_unknown_edition_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="no edition of 2013 by country; expected one of: 2008"):
        migrants.countries(2013)
