"""The migrant stock: methods against hand calculations, and what the sentences claim."""

from __future__ import annotations

import csv
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Patch

from analysis.findings import GRADES, Finding
from analysis.precision import Interval, as_interval, hull
from analysis.statements import stated
from analysis.stock import estimates, figures
from analysis.stock.findings import findings
from analysis.style import PAGE, PHONE, Sheet
from analysis.tables import PACKAGE, load

RECORD = pd.DataFrame(
    {
        "year": [1990, 2000, 1990, 2000, 2000],
        "revision": ["2015", "2015", "2005", "2008", "2005"],
        "persons": pd.array([152_563_212, 172_703_309, None, 173_000_000, None], dtype="Int64"),
        "millions": [152.563, 172.703, 155.0, 173.0, 176.0],
        "stated_precision": ["unit", "unit", "million", "thousand", "million"],
        "source": ["a", "a", "b", "c", "b"],
    }
)
POPULATION = pd.DataFrame(
    {
        "year": [1990, 2000, 1990],
        "population_thousands": [5_000_000.0, 6_000_000.0, 5_100_000.0],
        "vintage": ["one", "one", "other"],
    }
)


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    return estimates.estimates(load(estimates.RECORD))


@pytest.fixture(scope="module")
def population() -> pd.DataFrame:
    return load(estimates.POPULATION)


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    return {finding.finding_id: finding for finding in findings()}


def value(finding: Finding) -> Interval:
    assert finding.value is not None
    return as_interval(finding.value)


# Methods ----------------------------------------------------------------------------------------


def test_growth_rate_is_the_logarithm_of_the_ratio_by_year() -> None:
    # A doubling in ten years: ln 2 / 10; by four-figure tables ln 175 = 5.1648, ln 76 = 4.3307.
    assert estimates.growth_rate(100, 200, 10).lo == pytest.approx(6.9314718056)
    assert estimates.growth_rate(76, 175, 40).lo == pytest.approx(
        (5.1648 - 4.3307) / 40 * 100, abs=1e-3
    )
    assert estimates.growth_rate(50, 50, 7) == Interval(0, 0)


def test_growth_rate_of_intervals_has_its_ends_at_the_extreme_ratios() -> None:
    rate = estimates.growth_rate(Interval(153.5, 154.5), Interval(174.5, 175.5), 10)
    # Independent of the interval library: decimal logarithms with 28 digits.
    slow = (Decimal("174.5") / Decimal("154.5")).ln() * 10
    fast = (Decimal("175.5") / Decimal("153.5")).ln() * 10
    assert rate.lo == pytest.approx(float(slow), abs=1e-9)
    assert rate.hi == pytest.approx(float(fast), abs=1e-9)


@pytest.mark.parametrize(("start", "end", "years"), [(0, 1, 10), (1, 0, 10), (1, 2, 0), (1, 2, -5)])
def test_growth_rate_refuses_what_has_no_rate(start: float, end: float, years: float) -> None:
    with pytest.raises(ValueError, match=r"above nought|longer than nought"):
        estimates.growth_rate(start, end, years)


@given(
    st.floats(1, 1e9), st.floats(1, 1e9), st.floats(1, 1e9), st.integers(1, 99), st.integers(1, 99)
)
def test_rates_of_parts_weigh_up_to_the_rate_of_the_whole(
    first: float, between: float, last: float, before: int, after: int
) -> None:
    one = estimates.growth_rate(first, between, before).lo * before
    other = estimates.growth_rate(between, last, after).lo * after
    whole = estimates.growth_rate(first, last, before + after).lo * (before + after)
    assert one + other == pytest.approx(whole, abs=1e-6)


def test_implied_whole_divides_the_extremes() -> None:
    whole = estimates.implied_whole(Interval(174.5, 175.5), Interval(0.025, 0.035))
    assert (whole.lo, whole.hi) == (pytest.approx(4985.714286), pytest.approx(7020))


def test_the_middle_of_an_interval() -> None:
    assert estimates.middle(Interval(1, 4)) == 2.5


# Estimates by edition ---------------------------------------------------------------------------


def test_estimates_are_as_wide_as_their_source_rounds_them() -> None:
    own = estimates.estimates(RECORD).set_index(["edition", "year"])["stock"]
    assert own["2015", 1990] == Interval(152_563_212, 152_563_212)
    assert own["2005", 1990] == Interval(154.5e6, 155.5e6)
    assert own["2008", 2000] == Interval(172_999_500, 173_000_500)
    assert own[estimates.UNNAMED, 2000] == Interval(174.5e6, 175.5e6)


def test_the_triangle_keeps_editions_apart_and_holes_open() -> None:
    cells = estimates.triangle(estimates.estimates(RECORD))
    assert list(cells.columns) == [estimates.UNNAMED, "2003", "2005", "2008", "2015"]
    assert list(cells.loc[1990].fillna("").map(str)) == ["154", "", "155", "", "152.6"]
    assert list(cells.loc[2000].fillna("").map(str)) == ["175", "175", "176", "173.0", "172.7"]


def test_shares_by_hand() -> None:
    one = pd.DataFrame(
        {"year": [2000, 1980], "edition": ["x", "x"], "stock": [as_interval(180e6)] * 2}
    )
    table = estimates.shares(one, POPULATION)
    assert len(table) == 1, "a year without a population has no share"
    assert estimates.middle(table["share"].iloc[0]) == pytest.approx(3)


def test_population_growth_stays_within_a_vintage() -> None:
    growth = estimates.population_growth(POPULATION, 1990, 2000)
    assert growth == {"one": pytest.approx(math.log(6 / 5) * 10)}


def test_rates_pair_every_edition_and_mark_the_mixed() -> None:
    table = estimates.rates(estimates.estimates(RECORD), 1990, 2000)
    assert len(table) == 3 * 5
    single = table[~table["mixed"]].set_index("start_edition")["rate"]
    assert set(single.index) == {estimates.UNNAMED, "2005", "2015"}
    assert single["2015"].lo == pytest.approx(math.log(172_703_309 / 152_563_212) * 10)
    assert estimates.rates(estimates.estimates(RECORD), 1990, 1850).empty


def test_revisions_by_hand() -> None:
    table = estimates.revisions(estimates.estimates(RECORD), 2000, Interval(174.5e6, 175.5e6))
    rows = table.set_index("edition")
    assert list(rows.index) == ["2005", "2008", "2015"]
    change = rows.loc["2015", "change"]
    assert (change.lo, change.hi) == (pytest.approx(-2_796_691), pytest.approx(-1_796_691))
    assert rows.loc["2015", "relative"].lo == pytest.approx((172.703309 / 175.5 - 1) * 100)
    # 175.5 to 176.5 touches 174.5 to 175.5 at one number: no conflict.
    assert rows["outside"].to_dict() == {"2005": False, "2008": True, "2015": True}


def test_the_largest_revision_against_its_rounding() -> None:
    table = estimates.largest_revisions(estimates.estimates(RECORD)).set_index("year")
    assert list(table["edition"]) == ["2015", "2015"]
    times, gap = table.loc[2000, "times"], table.loc[2000, "gap"]
    assert (times.lo, times.hi) == (pytest.approx(3.593382), pytest.approx(5.593382))
    assert (gap.lo, gap.hi) == (pytest.approx(2_796_691), pytest.approx(3_796_691))


# Views on immigration ---------------------------------------------------------------------------


def test_counts_by_denominator_leave_gaps_where_nothing_fits() -> None:
    table = estimates.counts_by_denominator(Interval(0.065, 0.075), [13, 14, 100, 194])
    assert table["fewest"].tolist() == [pd.NA, 1, 7, 13]
    assert table["most"].tolist() == [pd.NA, 1, 7, 14]


@pytest.mark.parametrize(
    ("number", "percent"), [(3, 7), (40, 7), (1, 7), (12, 21), (0, 7), (5, 100)]
)
def test_denominator_for_agrees_with_brute_force(number: int, percent: int) -> None:
    share = Interval((percent - 0.5) / 100, (percent + 0.5) / 100)
    # The largest k with 200 k <= (2 p + 1) n, and at least the smallest: whole numbers only.
    brute = next(
        n
        for n in range(1, 2000)
        if any(abs(200 * k - 2 * percent * n) <= n for k in range(number, min(n, number + 60) + 1))
    )
    assert estimates.denominator_for(number, share) == brute


# What the chapter says --------------------------------------------------------------------------


def test_findings_are_distinct_graded_and_few_on_the_front(found: dict[str, Finding]) -> None:
    assert len(found) == len(findings())
    assert all(finding.grade in GRADES and finding.chapter == "stock" for finding in found.values())
    assert sum(finding.front is not None for finding in found.values()) == 1


def test_recorded_findings_and_only_those_that_need_it_name_the_record(
    found: dict[str, Finding],
) -> None:
    for finding in found.values():
        if finding.grade == "bounded":
            assert not finding.records
        if finding.grade == "recorded":
            assert finding.records


def test_the_share_fell_in_every_vintage(
    population: pd.DataFrame, found: dict[str, Finding]
) -> None:
    totals = {1990: (153.5e6, 154.5e6), 2000: (174.5e6, 175.5e6)}
    by_vintage = population.pivot(index="vintage", columns="year", values="population_thousands")
    for people in (by_vintage * 1e3)[[1990, 2000]].dropna().to_dict("records"):
        assert totals[1990][0] / people[1990] > totals[2000][1] / people[2000]
    assert value(found["stock-share-fell"]).hi < 0


def test_growth_slowed_as_stated_and_not_outside_the_soviet_union(
    known: pd.DataFrame, population: pd.DataFrame
) -> None:
    table = estimates.growth_by_period(known, population)["rate"]
    assert table[estimates.OF_A_58_98].hi < table[estimates.MIXED_ANY].lo
    assert table[estimates.OUTSIDE_BEFORE].meets(table[estimates.OUTSIDE_AFTER])


def test_growth_outside_the_soviet_union_by_hand(
    known: pd.DataFrame, population: pd.DataFrame
) -> None:
    table = estimates.growth_by_period(known, population)
    # The edition of 2008: 71,877,120 in 1960; 155,209,721 less 29,607,979 in 1990.
    highest = math.log((155_209_721 - 29_607_979) / 71_877_120) / 30 * 100
    assert table.at[estimates.OUTSIDE_BEFORE, "rate"].hi == pytest.approx(highest)
    assert table.at[estimates.OUTSIDE_BEFORE, "population_rate"] is None
    last = table.loc[estimates.OUTSIDE_AFTER]
    assert last["excess"].lo == pytest.approx(last["rate"].lo - last["population_rate"].hi)


def test_world_population_outgrew_the_stock_however_editions_are_mixed(
    known: pd.DataFrame, population: pd.DataFrame
) -> None:
    highest = hull(estimates.rates(known, 1990, 2000)["rate"]).hi
    assert highest < min(estimates.population_growth(population, 1990, 2000).values())


def test_the_stated_share_allows_the_published_population_and_the_share_of_1990(
    known: pd.DataFrame, population: pd.DataFrame, found: dict[str, Finding]
) -> None:
    implied = value(found["stock-implied-population"])
    assert all(p in implied for p in estimates.populations(population, 2000).values())
    stated_share = stated(estimates.SHARE).interval
    shares = estimates.shares(known[known["edition"].isin([estimates.UNNAMED, "2003"])], population)
    for year, share in zip(shares["year"], shares["share"], strict=True):
        inside = share.lo in stated_share and share.hi in stated_share
        assert inside == (year != 1960), "the share of 1960 stands astride the edge"


@pytest.mark.parametrize("year", [1990, 2000])
def test_revision_moves_more_than_rounding(known: pd.DataFrame, year: int) -> None:
    row = estimates.largest_revisions(known).set_index("year").loc[year]
    assert row["times"].lo > 1
    assert row["change"].hi < 0, "the sentence says lower"


def test_growth_within_each_precise_edition_lies_within_the_stated_one(
    found: dict[str, Finding],
) -> None:
    stated_rate, later = (
        value(found[name]) for name in ("stock-growth-1990-2000", "stock-growth-by-edition")
    )
    assert stated_rate.lo <= later.lo <= later.hi <= stated_rate.hi


def test_the_mixed_rate_contains_the_rate_under_its_assumption(found: dict[str, Finding]) -> None:
    assumed = estimates.growth_rate(Interval(75.5, 76.5), Interval(153.5, 154.5), 30)
    spread = value(found["stock-growth-1960-1990"])
    assert spread.lo <= assumed.lo <= assumed.hi <= spread.hi
    assert found["stock-growth-1960-1990"].grade == "conditional"


def test_what_the_texts_leave_open_stays_open(
    known: pd.DataFrame, found: dict[str, Finding]
) -> None:
    assert found["stock-too-high-1975"].value is None
    assert found["stock-too-high-1975"].grade == "not in our sources"
    # The 1990 total of the 2003 revision is in neither the documents nor the record.
    assert "2003" not in estimates.of_year(known, 1990)


def test_more_governments_with_that_view_in_2003(found: dict[str, Finding]) -> None:
    # By hand: 21 per cent of 194 is 39.77 to 41.71; 40 at 7.5 per cent needs 533.3 Governments.
    assert value(found["stock-too-high-2003"]) == Interval(40, 41)
    assert value(found["stock-too-high-rise"]) == Interval(534, 534)
    # 7 per cent of 150 is 9.75 to 11.25.
    assert found["stock-too-high-1975"].detail.endswith(" would be 10 or 11.")


def rows(name: str) -> list[dict[str, str]]:
    path = PACKAGE.parent / "record" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_report_of_2002_has_both_totals(found: dict[str, Finding]) -> None:
    """175 (174.5 to 175.5) less 21 (20 to 22) million is 152.5 to 155.5, and 154 lies within."""
    notice = [r for r in rows("migrant_stock_early_editions") if r["reported_by"] == "pdr-notice"]
    total, more = (int(r["persons"]) for r in notice)
    said = {r["page_id"]: r["says"] for r in rows("public_pages")}["pdr-notice-2003"]
    for number in (total, more):
        assert f"{number // 10**6} million" in said
    edition = found["stock-edition-a-58-98"]
    assert value(edition) == Interval(152_500_000, 155_500_000)
    assert (total, total - more) == (
        stated(estimates.STOCK_2000).value, stated(estimates.STOCK_1990).value,
    )  # fmt: skip
    assert (edition.grade, edition.confidence) == (
        "recorded", "medium (migrant_stock_early_editions)",
    )  # fmt: skip


def test_totals_of_2000_do_not_tell_2002_from_2003() -> None:
    """16.3, 5.9, 40.8 and 5.8 million round to 16, 6, 41 and 6; Europe and Asia moved borders."""
    both = estimates.areas_in_both(load(estimates.EARLY))
    assert set(both.index) == {
        "Africa", "Latin America and the Caribbean", "Northern America", "Oceania",
    }  # fmt: skip
    assert both["agree"].all()
    assert (both["later"] / 1e6).round().mul(1e6).eq(both["earlier"]).all()


def test_areas_are_compared_for_2000_alone_and_no_country_is_one() -> None:
    own = [("Alpha", "major area", 2000), ("Beta", "major area", 1990), ("Gamma", "country", 2000)]
    early = pd.DataFrame(
        [(edition, *row, 1e6) for row in own for edition in (2002, 2003)],
        columns=["edition", "entity", "level", "year", "persons"],
    )
    assert list(estimates.areas_in_both(early).index) == ["Alpha"]


def test_policies_are_not_views(found: dict[str, Finding]) -> None:
    of = {
        year: {int(r["per_cent_low"]) for r in rows("government_policies_immigration")
               if r["year"] == year}
        for year in ("1976", "2001")
    }  # fmt: skip
    assert of == {"1976": {6, 7}, "2001": {40}}
    finding = found["stock-policy-or-view"]
    assert "from 6 to 7 per cent in 1976 to 40 in 2001" in finding.sentence
    assert "from 7 in 1975 to 21 per cent in 2003" in finding.detail


def test_the_headlines_hold(known: pd.DataFrame) -> None:
    """More than doubled: 75.5 to 76.5 million, then 174.5 to 175.5. Policies: 40 against 21."""
    assert 174.5 / 76.5 > 2
    growth = estimates.growth_by_period(known, load(estimates.POPULATION))
    row = growth.loc[estimates.REVISION_2003]
    assert (row["start"].hi, row["end"].lo) == (76.5e6, 174.5e6)
    late = [r for r in rows("government_policies_immigration") if r["year"] == "2001"]
    assert all(int(r["per_cent_low"]) > stated(estimates.HIGH_2003).interval.hi for r in late)


def test_views_by_how_many_were_counted() -> None:
    """21 per cent of 194 is 39.77 to 41.71, 7 of 150 is 9.75 to 11.25, of 194 up to 14.55."""
    table = estimates.views(load(estimates.POLICIES))
    assert table.loc[estimates.COVERED].tolist() == [2003, 194, 40, 41]
    assert table.loc[estimates.SUPPOSED].tolist() == [1975, 150, 10, 11]
    assert table.loc[estimates.ANY].tolist() == [1975, 194, 1, 14]


def across(patch: Patch) -> tuple[float, float]:
    """From where to where a bar reaches, in the units of its axis."""
    low, high = patch.get_path().transformed(patch.get_patch_transform()).get_extents().intervalx
    return float(low), float(high)


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_a_bar_of_views_is_as_long_as_its_governments(sheet: Sheet) -> None:
    ranges = pd.DataFrame({"year": [2003, 1975], "fewest": [4, 1], "most": [5, 1]}, ["a", "b"])
    bars = figures.views(ranges, sheet=sheet).axes[0].patches
    assert [across(bar) for bar in bars] == [(3.5, 5.5), (0.5, 1.5)]


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_totals_are_bars_where_rounded_and_points_where_not(sheet: Sheet) -> None:
    totals = {1990: {"a": Interval(1.5, 2.5), "b": Interval(3, 3)}}
    totals[2000] = {"a": Interval(4.5, 5.5)}
    left, right = figures.revisions(totals, {"a": "A", "b": "B"}, sheet=sheet).axes
    band, bar = left.patches
    assert across(band) == across(bar) == (1.5, 2.5)
    assert [np.array(line.get_xdata()).tolist() for line in left.lines] == [[3.0]]
    assert "not on record" in [text.get_text() for text in right.texts]


def test_the_front_page_gives_the_total_of_every_edition_by_country() -> None:
    """Read from the file: the lowest and the highest total for 2000, in millions."""
    with (PACKAGE.parent / "record/migrant_stock.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    totals = [int(r["persons"]) for r in rows if (r["m49"], r["year"]) == ("900", "2000")]
    claim = next(f.front for f in findings() if f.finding_id == "stock-revision-2000")
    assert claim is not None
    assert f"{min(totals) / 1e6:.1f} to {max(totals) / 1e6:.1f} million" in claim.instead


def test_the_edition_left_out_of_the_largest_revision_stands_higher() -> None:
    """As the note of the table says: even without the places that the World Bank leaves out."""
    with (PACKAGE.parent / "record/migrant_stock_1960_2010.csv").open(encoding="utf-8") as file:
        world = {r["year"]: int(r["persons"]) for r in csv.DictReader(file)
                 if r["aggregate"] == "world"}  # fmt: skip
    assert world["2000"] > stated(estimates.STOCK_2000).interval.hi
