"""The tables of the chapter on the migrant stock: made of numbers by hand, and of the record."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis.precision import Interval
from analysis.stock import estimates, tables

RECORD = Path(__file__).resolve().parents[2] / "data" / "record"
MILLION = 1_000_000


def millions(lo: float, hi: float) -> Interval:
    return Interval(lo * MILLION, hi * MILLION)


def test_growth_is_in_millions_and_says_which_years_and_editions() -> None:
    row = (1990, 2000, millions(153.5, 154.5), millions(174.5, 175.5), Interval(1.2, 1.4),
           Interval(1.38, 1.38), Interval(-0.18, 0.02))  # fmt: skip
    columns = ["first", "last", "start", "end", "rate", "population_rate", "excess"]
    periods = pd.DataFrame([row], [estimates.OF_A_58_98], columns)
    assert tables.growth(periods).to_dict("records") == [
        {
            "Period": "1990–2000", "Editions": "report of 2003, edition not named",
            "Start, millions": Interval(153.5, 154.5), "End, millions": Interval(174.5, 175.5),
            "Stock, % a year": Interval(1.2, 1.4), "Population, % a year": Interval(1.38, 1.38),
            "Difference, points": Interval(-0.18, 0.02),
        }
    ]  # fmt: skip
    assert set(tables.PERIODS) == set(estimates.PERIODS)


def test_every_total_of_the_record_stands_in_its_year_and_edition() -> None:
    """With the digits of its source: 155 million has none behind the point."""
    record = pd.read_csv(RECORD / "world_migrant_stock_by_revision.csv")
    shown = tables.estimates(estimates.estimates(record)).set_index("Year")
    with (RECORD / "world_migrant_stock_by_revision.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        cell = shown.at[int(row["year"]), row["revision"]]
        persons = Decimal(row["persons"] or 0) or Decimal(row["millions"]) * MILLION
        place = Decimal(1) if row["stated_precision"] == "million" else Decimal("0.1")
        assert str(cell) == str((persons / MILLION).quantize(place)), row["stock_id"]
    assert shown["report of 2003"].dropna().to_dict() == {1990: Decimal(154), 2000: Decimal(175)}
    assert shown["2003"].dropna()[1960] == Decimal(76)  # A/59/325, para. 4
    # The totals of the documents: of 1990 and 2000 in one, of 1960 and 2000 in the other.
    assert shown.notna().sum().sum() == len(rows) + 4


def test_shares_end_with_the_band() -> None:
    one = pd.DataFrame(
        {"year": [1990, 2000], "edition": ["unnamed", "2015"], "vintage": ["WPP 2002", "WPP 2017"],
         "share": [Interval(2.9, 2.95), Interval(2.8, 2.8)]}
    )  # fmt: skip
    shown = tables.share_data([one.iloc[:1], one.iloc[1:]], "rounds to 3", Interval(2.5, 3.5))
    assert shown["Year"].tolist()[:2] == [1990, 2000]
    assert shown["Year"].isna().tolist() == [False, False, True]
    assert shown["Edition of the stock"].tolist() == ["report of 2003", "2015", "rounds to 3"]
    assert shown["Edition of the population"].tolist()[:2] == ["WPP 2002", "WPP 2017"]
    assert shown["Lowest share, per cent"].tolist() == [2.9, 2.8, 2.5]
    assert shown["Highest share, per cent"].tolist() == [2.95, 2.8, 3.5]


def test_a_total_that_no_edition_has_is_missing() -> None:
    totals = {1990: {"2003": Interval(153.5, 154.5)}, 2000: {"2015": Interval(172.7, 172.7)}}
    shown = tables.revision_data(totals, {"2003": "2003", "2015": "the 2015 revision"})
    assert shown[["Year", "Edition"]].to_numpy().tolist() == [
        [1990, "2003"], [1990, "the 2015 revision"], [2000, "2003"], [2000, "the 2015 revision"],
    ]  # fmt: skip
    assert shown["Lowest total, millions"].fillna(-1).tolist() == [153.5, -1, -1, 172.7]
    assert shown["Highest total, millions"].fillna(-1).tolist() == [154.5, -1, -1, 172.7]


def test_the_largest_change_is_in_millions_and_in_roundings() -> None:
    row = {
        "year": 2000, "stock": millions(174.5, 175.5), "edition": "2015",
        "change": millions(-2.5, -1.5), "relative": Interval(-1.6, -1.03), "rounding": MILLION / 2,
        "times": Interval(3.6, 5.6), "gap": millions(4.5, 5.5), "other": 9,
    }  # fmt: skip
    assert tables.largest_revisions(pd.DataFrame([row])).to_dict("records") == [
        {
            "Year": 2000, "As stated, millions": Interval(174.5, 175.5), "Furthest edition": 2015,
            "Change, millions": Interval(-2.5, -1.5), "Change, %": Interval(-1.6, -1.03),
            "Rounding either way, millions": 0.5,
            "Change as multiple of rounding": Interval(3.6, 5.6),
            "Highest less lowest edition, millions": Interval(4.5, 5.5),
        }
    ]  # fmt: skip


def test_rates_are_named_by_what_they_compare() -> None:
    own = {"unnamed": Interval(1.2, 1.4), "2015": Interval(1.25, 1.25)}
    shown = tables.rate_data(own, Interval(0.9, 1.6), Interval(1.3, 1.4))
    assert shown.to_numpy().tolist() == [
        ["report of 2003, as stated", 1.2, 1.4], ["2015 revision", 1.25, 1.25],
        ["mixed editions", 0.9, 1.6], ["world population", 1.3, 1.4],
    ]  # fmt: skip
    assert list(shown) == ["Edition", "Lowest growth, % a year", "Highest growth, % a year"]


def test_views_say_of_how_many_governments() -> None:
    ranges = pd.DataFrame(
        {"year": [2003, 1975, 1975], "counted": [194, 156, 194], "fewest": [43, 10, 1],
         "most": [44, 11, 14]},
        [estimates.COVERED, estimates.SUPPOSED, estimates.ANY],
    )  # fmt: skip
    shown = tables.view_data(tables.views(ranges))
    assert shown["Year and Governments counted"].tolist() == [
        "2003: of 194 States covered", "1975: of 156, as for policies of 1976",
        "1975: of any number up to 194",
    ]  # fmt: skip
    assert shown["Governments with the view"].tolist() == [
        Interval(43, 44), Interval(10, 11), Interval(1, 14),
    ]  # fmt: skip
