"""Borders and areas: every headline number counted again, straight from the files."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis import migrants
from analysis.borders import areas, figures, tables, world
from analysis.borders.findings import findings
from analysis.findings import Finding
from analysis.precision import Interval, as_interval, hull
from analysis.style import PAGE, PHONE, Sheet
from analysis.tables import PACKAGE

RECORD = PACKAGE.parent / "record"
EDITIONS = ("2008", "2015", "2017", "2019", "2020", "2024")
WITH_POPULATION = EDITIONS[1:]
SOVIET = {"Soviet Union"}
ALL = {*SOVIET, "Yugoslavia", "Czechoslovakia"}
Totals = dict[tuple[str, str], float]


def rows(name: str) -> list[dict[str, str]]:
    with (RECORD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def counted(former: frozenset[str], field: str = "persons") -> Totals:
    """Edition and year to the sum over the successor States, by the csv module."""
    codes = {row["m49"] for row in rows("migrant_stock_areas") if row["formerly"] in former}
    totals: Totals = defaultdict(float)
    for row in rows("migrant_stock"):
        if row["m49"] in codes and row[field]:
            totals[row["edition"], row["year"]] += float(row[field])
    return totals


@cache
def whole(field: str = "persons") -> Totals:
    """Edition and year to the world, that of 2008 being the World Bank's."""
    totals = {
        (row["edition"], row["year"]): float(row[field])
        for row in rows("migrant_stock")
        if row["m49"] == "900" and row[field]
    }
    if field == "persons":
        bank = [row for row in rows("migrant_stock_1960_2010") if row["aggregate"] == "world"]
        totals |= {("2008", row["year"]): float(row["persons"]) for row in bank}
    return totals


def rest(edition: str, year: str, former: set[str], field: str = "persons") -> float:
    return whole(field)[edition, year] - counted(frozenset(former), field)[edition, year]


def share(edition: str, year: str, former: set[str]) -> float:
    return rest(edition, year, former) / rest(edition, year, former, "population_thousands") / 10


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    return world.by_rule()


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    return {finding.finding_id: finding for finding in findings()}


def value(finding: Finding) -> Interval:
    assert finding.value is not None
    return as_interval(finding.value)


# With and without successor States ---------------------------------------------------------------


def test_the_edition_of_2019_as_counted_outside_the_book() -> None:
    """Figures counted before the code was written, by another program."""
    soviet = counted(frozenset(SOVIET))
    assert [round(soviet["2019", year] / 1e6, 1) for year in ("1990", "2000")] == [29.5, 25.9]
    assert [round(share("2019", year, SOVIET), 2) for year in ("1990", "2000")] == [2.45, 2.52]
    table = world.decade(world.by_rule()).loc[world.OUTSIDE, 2019]
    assert round(table["stock_growth"].lo, 1) == 1.8
    assert round(table["population_growth"].lo, 1) == 1.5
    assert (round(table["share_first"].lo, 2), round(table["share_last"].lo, 2)) == (2.45, 2.52)


@pytest.mark.parametrize("edition", WITH_POPULATION)
@pytest.mark.parametrize(("rule", "former"), [("no-soviet-union", SOVIET), ("no-successors", ALL)])
def test_shares_and_growth_are_those_of_the_files(
    known: pd.DataFrame, edition: str, rule: str, former: set[str]
) -> None:
    row = world.decade(known).loc[rule, int(edition)]
    first, last = (share(edition, year, former) for year in ("1990", "2000"))
    assert row["share_first"].lo == row["share_first"].hi == pytest.approx(first)
    assert row["change"].lo == pytest.approx(last - first)
    grown = math.log(rest(edition, "2000", former) / rest(edition, "1990", former)) * 10
    assert row["stock_growth"].lo == pytest.approx(grown)


def test_only_the_soviet_union_turns_the_direction() -> None:
    for edition in WITH_POPULATION:
        for former, rises in ((SOVIET, True), (ALL, True), (set(), False), (ALL - SOVIET, False)):
            assert (share(edition, "2000", former) > share(edition, "1990", former)) is rises


def test_the_edition_of_2008_is_set_over_each_later_population(known: pd.DataFrame) -> None:
    own = known[(known["rule"] == world.OUTSIDE) & (known["year"] == 1990)].set_index("vintage")
    own = own[own["edition"] == 2008]["share"]
    for edition in WITH_POPULATION:
        people = rest(edition, "1990", SOVIET, "population_thousands")
        assert own[int(edition)] == pytest.approx(rest("2008", "1990", SOVIET) / people / 10)
    assert len(own) == len(WITH_POPULATION)


def test_a_change_stays_within_edition_and_vintage() -> None:
    columns = ["rule", "edition", "vintage", "year", "share"]
    data = [("r", 1, 1, 1990, 2.0), ("r", 1, 1, 2000, 2.5), ("r", 1, 2, 1990, 3.0),
            ("r", 1, 2, 2000, 3.1)]  # fmt: skip
    moved = world.change_since(pd.DataFrame(data, columns=columns))
    assert moved.set_index("year").at[1990, "change"] == Interval(0, 0)
    assert moved.set_index("year").at[2000, "change"].lo == pytest.approx(0.1)
    assert moved.set_index("year").at[2000, "change"].hi == pytest.approx(0.5)


def test_every_successor_state_has_a_stock_whenever_the_share_is_taken() -> None:
    codes = {row["m49"] for row in rows("migrant_stock_areas") if row["formerly"] in SOVIET}
    assert len(codes) == 15
    for year in ("1990", "2000"):
        there = {
            (r["edition"], r["m49"]) for r in rows("migrant_stock") if r["year"] == year
        }  # fmt: skip
        assert {(edition, code) for edition in EDITIONS for code in codes} <= there


def test_a_state_that_was_never_dissolved_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="no former State 'Prussia' in the record; expected: Sov"):
        migrants.world(["Prussia"])


# Back to 1960 ------------------------------------------------------------------------------------


def test_without_the_soviet_union_no_border_lifts_the_series() -> None:
    series = migrants.outside_soviet_union()
    assert series[1985] == whole()["2008", "1985"]
    assert series[1990] == rest("2008", "1990", SOVIET)
    assert list(series.index) == list(range(1960, 2011, 5))
    assert world.gap_of_1990() == as_interval(counted(frozenset(SOVIET))["2008", "1990"])


def test_the_steepest_five_years_end_where_the_series_may_be_joined() -> None:
    """The chapter says so of 1985 to 1990; ratios order the periods as growth rates do."""
    bank = {row["year"]: float(row["persons"]) for row in rows("migrant_stock_1960_2010")
            if row["aggregate"] == "world" and int(row["year"]) < 1990}  # fmt: skip
    bank |= {str(y): rest("2008", str(y), SOVIET) for y in range(1990, 2011, 5)}
    ratio = {year: bank[str(year + 5)] / bank[str(year)] for year in range(1960, 2010, 5)}
    assert max(ratio, key=lambda year: ratio[year]) == 1985


def test_totals_are_read_off_a_fact_as_rounded() -> None:
    assert world.millions_of("s1-ozden-2011") == {
        1960: Interval(91.5e6, 92.5e6), 2000: Interval(164.5e6, 165.5e6),
    }  # fmt: skip
    assert world.millions_of("s5-ussr-census-1959")[1959].hi == pytest.approx(208.85e6)
    with pytest.raises(ValueError, match="s3-ussr-rule: expected totals with years, not"):
        world.millions_of("s3-ussr-rule")


def test_what_borders_made_by_hand(found: dict[str, Finding]) -> None:
    assert world.stated_growth() == Interval(153.5e6 - 76.5e6, 154.5e6 - 75.5e6)
    soviet, every = (
        [counted(frozenset(former))[edition, "1990"] for edition in EDITIONS]
        for former in (SOVIET, ALL)
    )
    # At most so many from outside: the total stated for 1960, rounded up, less the rest of 1960.
    outside = 76.5e6 - whole()["2008", "1960"]
    borders = value(found["borders-growth-1960-1990"])
    assert (borders.lo, borders.hi) == (pytest.approx(min(soviet) - outside), max(every))
    # 3.8 per cent of 82 million, each as rounded, is less than that and so within.
    before = world.migrants_before()
    assert before.lo == pytest.approx(0.0375 * 81.5e6)
    assert before.hi == pytest.approx(outside)


def test_the_edition_of_2003_gives_more_in_the_former_soviet_union_than_any_later_one() -> None:
    early = {row["early_id"]: row for row in rows("migrant_stock_early_editions")}
    stated_2003 = int(early["2003-former-ussr-2000-iom-2005"]["persons"])
    assert stated_2003 > max(counted(frozenset(SOVIET))[edition, "2000"] for edition in EDITIONS)


def test_the_pace_did_not_change_outside_the_soviet_union(found: dict[str, Finding]) -> None:
    start = whole()["2008", "1960"]
    gaps = []
    for edition in EDITIONS:
        turn, end = rest(edition, "1990", SOVIET), rest(edition, "2000", SOVIET)
        gaps.append(100 * (math.log(end / turn) / 10 - math.log(turn / start) / 30))
    # The turn may be a seam: before it the pace was slower, by the World Bank's own rows.
    earlier = 100 * math.log(whole()["2008", "1985"] / start) / 25
    assert world.pace_until(1985) == pytest.approx(earlier)
    assert (
        earlier
        < 1.51
        < 1.75
        < min(
            100 * math.log(rest(e, "2000", SOVIET) / rest(e, "1990", SOVIET)) / 10 for e in EDITIONS
        )
    )
    change = value(found["borders-pace"])
    assert (change.lo, change.hi) == (pytest.approx(min(gaps)), pytest.approx(max(gaps)))
    assert change.lo < 0 < change.hi


def test_the_share_of_1960_is_between_two_censuses() -> None:
    own = world.shares_since_1960()
    people = next(
        float(row["population_thousands"]) * 1e3
        for row in rows("world_population")
        if row["year"] == "1960"
    )
    outside, persons = own[world.BANK_OUTSIDE][1960], whole()["2008", "1960"]
    assert outside.lo == pytest.approx(100 * persons / (people - 208.75e6))
    assert outside.hi == pytest.approx(100 * persons / (people - 241.75e6))
    assert own[world.OZDEN][1960].lo == pytest.approx(100 * 91.5e6 / people)
    assert own[world.STATED][1960].hi < outside.lo < outside.hi < own[world.OZDEN][1960].lo


# By area -----------------------------------------------------------------------------------------


def test_an_area_without_the_soviet_union_is_the_sum_of_its_other_countries() -> None:
    listed = {row["m49"]: row for row in rows("migrant_stock_areas")}
    region = {code for code, row in listed.items() if row["within"] == "908"}  # Europe
    europe = {code for code, row in listed.items() if row["within"] in region}
    others = {code for code in europe if listed[code]["formerly"] not in SOVIET}
    total = sum(
        int(row["persons"])
        for row in rows("migrant_stock")
        if (row["edition"], row["year"]) == ("2024", "1990") and row["m49"] in others
    )
    left = areas.shares(migrants.SOVIET_UNION).set_index(["m49", "edition", "year"])
    assert left.loc[(908, 2024, 1990), "persons"] == total
    assert areas.shares().set_index(["m49", "edition", "year"]).loc[(908, 2024, 1990)].persons > (
        total
    )


def test_a_direction_is_open_where_editions_differ() -> None:
    columns = ["m49", "edition", "year", "share"]
    data = [(m49, edition, year, level)
            for m49, ends in {1: (2, 3), 2: (0.5, 0.1), 3: (0.5, 3)}.items()
            for edition, last in zip((1, 2), ends, strict=True)
            for year, level in ((1990, 1.0), (2000 + edition, last))]  # fmt: skip
    way = areas.directions(pd.DataFrame(data, columns=columns))
    assert way["way"].tolist() == ["rises", "falls", "open"]
    assert way.loc[3, ["low", "high"]].tolist() == [-0.5, 2]


def test_every_edition_agrees_where_the_share_rose_in_the_nineties() -> None:
    stock = [row for row in rows("migrant_stock") if row["population_thousands"]]
    level = {
        (r["m49"], r["edition"], r["year"]): int(r["persons"]) / float(r["population_thousands"])
        for r in stock
    }
    for area, rises in {"903": False, "904": False, "905": True, "908": True, "909": False,
                        "935": False, "901": True, "902": False}.items():  # fmt: skip
        for edition in WITH_POPULATION:
            assert (level[area, edition, "2000"] > level[area, edition, "1990"]) is rises


def test_the_share_fell_for_good_in_one_area_alone(found: dict[str, Finding]) -> None:
    level = {
        (r["m49"], r["edition"], r["year"]): int(r["persons"]) / float(r["population_thousands"])
        for r in rows("migrant_stock") if r["population_thousands"]
    }  # fmt: skip
    changes = {
        area: [(level[area, e, e] - level[area, e, "1990"]) / 10 for e in WITH_POPULATION]
        for area in ("903", "904", "905", "908", "909", "935")
    }
    assert [area for area, own in changes.items() if max(own) < 0] == ["903"]
    fall = value(found["borders-areas"])
    assert (fall.lo, fall.hi) == (
        pytest.approx(-max(changes["903"])), pytest.approx(-min(changes["903"])),
    )  # fmt: skip
    assert found["borders-areas"].sentence.startswith("Africa's share")


def test_only_one_host_keeps_its_place() -> None:
    """The caption says so; ranks by the file, in every edition, in 1990, 2000 and its last year."""
    country = {r["m49"] for r in rows("migrant_stock_areas") if r["level"] == "country or area"}
    places: dict[str, set[int]] = defaultdict(set)
    for edition in EDITIONS:
        for year in ("1990", "2000", "2010" if edition == "2008" else edition):
            own = [row for row in rows("migrant_stock") if row["m49"] in country]
            own = [row for row in own if (row["edition"], row["year"]) == (edition, year)]
            own.sort(key=lambda row: -int(row["persons"]))
            for place, row in enumerate(own, 1):
                places[row["m49"]].add(place)
    largest = {code for code, own in places.items() if min(own) <= 10}
    assert set(areas.hosts().index.astype(str)) == largest
    assert [code for code in largest if len(places[code]) == 1] == ["840"]


def test_the_hosts_that_left_the_list_by_the_file() -> None:
    level = {row["m49"]: row for row in rows("migrant_stock_areas")}

    def largest(year: str) -> list[str]:
        own = [r for r in rows("migrant_stock") if (r["edition"], r["year"]) == ("2024", year)]
        own = [row for row in own if level[row["m49"]]["level"] == "country or area"]
        own.sort(key=lambda row: -int(row["persons"]))
        return [level[row["m49"]]["name"] for row in own[:10]]

    gone = set(largest("1990")) - set(largest("2024"))
    assert set(areas.left_the_list()) == gone
    assert len(gone) == 4
    table = areas.hosts()
    assert table.iloc[0][0, "name"] == "United States of America"
    assert {name for year in ("1990", "2000", "2024") for name in largest(year)} <= set(
        table[0, "name"]
    )


# What is shown -----------------------------------------------------------------------------------


def test_tables_span_every_edition(known: pd.DataFrame) -> None:
    decade = tables.decade(world.decade(known)).set_index("Counted")
    assert list(decade.index) == list(tables.RULES.values())
    without = decade.loc[tables.RULES[world.OUTSIDE]]
    own = [math.log(rest(e, "2000", SOVIET) / rest(e, "1990", SOVIET)) * 10 for e in EDITIONS]
    assert without["Stock, % a year"].lo == pytest.approx(min(own))
    assert without["Stock, % a year"].hi == pytest.approx(max(own))
    shown = tables.shares(known)
    years = {
        int(e): sum(edition == e and year >= "1990" for edition, year in whole()) for e in EDITIONS
    }
    assert shown.groupby("Edition").size().to_dict() == years
    own = shown[(shown["Edition"] == 2019) & (shown["Year"] == 2019)].iloc[0]
    assert own["World, millions"] == pytest.approx(whole()["2019", "2019"] / 1e6)
    assert own["Without, share %"].lo == pytest.approx(share("2019", "2019", SOVIET))
    series = tables.totals(world.since_1960())
    assert set(series["Series"]) == set(tables.SERIES.values())
    level = {
        (int(r["edition"]), int(r["year"])): int(r["persons"]) / float(r["population_thousands"])
        for r in rows("migrant_stock")
        if r["m49"] == "903" and r["population_thousands"]
    }
    africa = tables.area_shares(areas.shares()).set_index("Area").loc[["Africa"]]
    cells = africa[list(tables.AREAS)].itertuples(index=False)
    assert {(e, y): 10 * share for e, y, share in cells} == pytest.approx(level)
    assert tables.hosts(areas.hosts()).iloc[0]["Rank, 1990"].lo == 1


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_figures_draw_a_line_for_every_edition(known: pd.DataFrame, sheet: Sheet) -> None:
    moved = world.change_since(known)
    own = moved[moved["rule"] == world.OUTSIDE]
    drawn = figures.change({"one": own, "other": own}, sheet=sheet)
    paths = [np.asarray(line.get_xydata()) for line in drawn.axes[0].lines]
    lines = [path for path in paths if len(path) > 2]
    assert len(lines) == len(EDITIONS)
    last = max(path[-1].tolist() for path in lines)
    assert last == [2024, pytest.approx(share("2024", "2024", SOVIET)
                                        - share("2024", "1990", SOVIET))]  # fmt: skip


def test_findings_are_graded_and_one_is_for_the_front(found: dict[str, Finding]) -> None:
    assert [name for name, each in found.items() if each.front] == ["borders-growth-1960-1990"]
    for each in found.values():
        assert each.grade in ("recorded", "conditional")
        assert each.records


def test_the_share_of_the_nineties_over_all_editions(found: dict[str, Finding]) -> None:
    changes = [share(e, "2000", SOVIET) - share(e, "1990", SOVIET) for e in WITH_POPULATION]
    changes += [
        (rest("2008", "2000", SOVIET) / rest(e, "2000", SOVIET, "population_thousands")
         - rest("2008", "1990", SOVIET) / rest(e, "1990", SOVIET, "population_thousands")) / 10
        for e in WITH_POPULATION
    ]  # fmt: skip
    gain = value(found["borders-share-1990s"])
    assert (gain.lo, gain.hi) == (pytest.approx(min(changes)), pytest.approx(max(changes)))
    grown = value(found["borders-growth-1990s"])
    people = [10 * math.log(rest(e, "2000", SOVIET, "population_thousands")
                            / rest(e, "1990", SOVIET, "population_thousands"))
              for e in WITH_POPULATION]  # fmt: skip
    assert grown.lo > max(people)
    assert f"({min(people):.2f} to {max(people):.2f})" in found["borders-growth-1990s"].sentence
    lost = value(found["borders-successors-1990s"])
    soviet = counted(frozenset(SOVIET))
    falls = hull(soviet[e, "1990"] - soviet[e, "2000"] for e in EDITIONS)
    assert lost == falls
