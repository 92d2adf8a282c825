"""Who replied: methods against examples worked elsewhere, then the numbers from the files.

Examples are worked by hand here or cited. The numbers of the findings are counted once more with
the csv module, straight from the tables.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.nonresponse import Lean, bounded_difference, worst_case
from analysis.precision import Interval, as_interval, hull
from analysis.respondents import chance, figures, positions, stakes, tables
from analysis.respondents.findings import findings
from analysis.statements import stated
from analysis.style import PAGE, PHONE, Sheet, faults
from analysis.tables import PACKAGE, load

DATA = PACKAGE.parent
LEAST_FAVOUR, MOST_FAVOUR = 24, 25  # Member States in favour, by the side of the Holy See


def rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ends(interval: Interval) -> tuple[float, float]:
    return interval.lo, interval.hi


# --- Chance --------------------------------------------------------------------------------------


def test_superiority_of_the_tortoise() -> None:
    """Six tortoises and six hares finish T H H H H H T T T T T H: tortoises win 11 of 36 pairs.

    The example of Wikipedia's "Mann-Whitney U test"; the p-value by all 924 orders.
    """
    finish = "THHHHHTTTTTH"
    speed = pd.Series(range(12, 0, -1), dtype=float)
    likely, p_value = chance.superiority(speed, pd.Series([who == "T" for who in finish]))
    assert likely == pytest.approx(11 / 36)
    wins = [
        sum(12 - place for place in tortoises) - 15  # the sum of their speeds less 1 + 2 + ... + 6
        for tortoises in combinations(range(12), 6)
    ]
    even = 18
    seen = abs(11 - even)
    as_uneven = sum(abs(won - 6 - even) >= seen for won in wins)
    assert p_value == pytest.approx(as_uneven / math.comb(12, 6))


def test_superiority_leaves_out_what_is_missing_and_refuses_ties() -> None:
    values = pd.Series([3.0, 1.0, np.nan, 2.0], name="migrants")
    assert chance.superiority(values, pd.Series([True, False, True, False]))[0] == 1.0
    with pytest.raises(ValueError, match="migrants: equal values"):
        chance.superiority(values.fillna(2.0), pd.Series([True, False, True, False]))


def test_contrast_of_the_lady_tasting_tea() -> None:
    # Fisher, The Design of Experiments (1935), ch. 2: 3 of 4 cups told aright, 34/70 two-sided.
    said = pd.Series([True, True, True, False, True, False, False, False])
    found = chance.contrast(said, pd.Series([True] * 4 + [False] * 4))
    assert found["p_value"] == pytest.approx(34 / 70)
    assert (found["replied"], found["asked"]) == (3, 4)
    assert (found["replied_others"], found["asked_others"]) == (1, 4)
    assert found["odds_ratio"] == pytest.approx(9.0)
    assert found["difference"] == pytest.approx(0.5)


def holm(p_values: list[float]) -> list[float]:
    """Step by step, as the rule is written."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, most = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        most = max(most, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = most
    return adjusted


def test_the_family_is_adjusted_as_holm_says() -> None:
    # Wikipedia, "Holm-Bonferroni method": 0.01, 0.04, 0.03 and 0.005 become 0.03, 0.06, 0.06, 0.02.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    for edition in stakes.editions(stakes.SHARE):
        family = chance.family(edition)
        assert len(family) == 2 * (2 + 1 + 5)  # two units; measures, development, regions
        assert family["adjusted"].tolist() == pytest.approx(holm(family["p_value"].tolist()))


def test_the_table_of_tests_has_letters_and_the_p_value_by_states() -> None:
    shown = tables.tests(chance.family(stakes.latest())).set_index("Tested")
    assert len(shown) == 2 + 1 + 5
    developed = shown.loc["More developed States"]
    counted = ["Replied", "Asked", "Others replied", "Others asked"]
    assert developed[counted].tolist() == [13, 33, 19, 144]
    assert shown.loc["Migrants hosted", counted].isna().all()
    assert developed[tables.ODDS] == pytest.approx((13 / 20) / (19 / 125))
    assert developed[tables.ADJUSTED] > 1e4 * developed[tables.BY_STATES]


def test_what_a_unit_tells_apart() -> None:
    tests = pd.DataFrame({"contrast": ["a", "b", "a", "b"], "unit": ["state"] * 2 + ["letter"] * 2,
                          "adjusted": [0.01, 0.01, 0.01, 0.2]})  # fmt: skip
    assert chance.told_apart(tests, "state") == ["a", "b"]
    assert chance.told_apart(tests, "letter") == ["a"]


def test_ridge_without_penalty_is_the_odds_ratio_and_with_much_none() -> None:
    # 3 of 4 against 1 of 4: odds of 3 and 1/3.
    replied, group = np.array([1, 1, 1, 0, 1, 0, 0, 0.0]), np.repeat([[1.0], [0.0]], 4, axis=0)
    assert chance.ridge(replied, group, spread=1e4)[1] == pytest.approx(math.log(9), abs=1e-3)
    assert chance.ridge(replied, group, spread=1e-4)[1] == pytest.approx(0.0, abs=1e-3)


def test_ridge_makes_the_penalised_score_nought() -> None:
    random = np.random.default_rng(7)
    raw, replied = random.normal(size=(60, 2)), random.integers(0, 2, 60).astype(float)
    centred = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    intercept, *slopes = chance.ridge(replied, raw, spread=0.5)
    per_deviation = np.array(slopes) * raw.std(axis=0)
    left = replied - 1 / (1 + np.exp(-(intercept + centred @ per_deviation)))
    assert left.sum() == pytest.approx(0.0, abs=1e-3)
    assert centred.T @ left - per_deviation / 0.5**2 == pytest.approx(np.zeros(2), abs=1e-3)


# --- Positions -----------------------------------------------------------------------------------

# Low stakes: one reply, three silent; high stakes: three replies, one silent. Three favour.
SMALL = pd.DataFrame({"single": [1, 3], "bloc": [0, 0], "silent": [3, 1]})


@pytest.mark.parametrize(
    ("assumption", "expected"),
    [
        (positions.NOTHING, (3 / 8, 7 / 8)),
        # Best: the low one favours and speaks for three, two of the high three for 2/3 of one.
        (positions.NO_MORE, (3 / 8, (3 + 3 + 2 / 3) / 8)),
        # Worst: the three of high stakes favour and speak for one.
        (positions.NO_LESS, (4 / 8, 7 / 8)),
    ],
)
def test_bounds_by_hand(assumption: str, expected: tuple[float, float]) -> None:
    found = positions.bounds(SMALL, 3, positions.RESERVE, assumption)
    assert ends(found) == pytest.approx(expected)


def test_bounds_move_the_bloc_as_one() -> None:
    joint = pd.DataFrame({"single": [1, 1], "bloc": [0, 2], "silent": [3, 1]})
    # The bloc and one other favour: if that one has high stakes, all four of them and no other.
    found = positions.bounds(joint, 3, positions.FAVOUR, positions.NO_LESS)
    assert found.lo == pytest.approx(4 / 8)
    with pytest.raises(ValueError, match="no positions fit 3 in favour, bloc reserve"):
        positions.bounds(joint, 3, positions.RESERVE, positions.NO_LESS)
    with pytest.raises(ValueError, match="group 0: the silent cannot be compared"):
        positions.as_their_like(joint.assign(single=[0, 2]), 2, positions.FAVOUR)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), min_size=1, max_size=3), st.data())
def test_an_assumption_never_widens_the_worst_case(
    sizes: list[tuple[int, int]], data: st.DataObject
) -> None:
    groups = pd.DataFrame([(s, 0, m) for s, m in sizes], columns=["single", "bloc", "silent"])
    replied, size = int(groups["single"].sum()), int(groups.to_numpy().sum())
    favour = data.draw(st.integers(0, replied))
    worst = worst_case(Lean(favour, replied - favour), size)
    none = positions.bounds(groups, favour, positions.RESERVE, positions.NOTHING)
    assert ends(none) == pytest.approx(ends(worst))
    for assumption in positions.ASSUMPTIONS:
        found = positions.bounds(groups, favour, positions.RESERVE, assumption)
        assert worst.lo - 1e-6 <= found.lo <= found.hi <= worst.hi + 1e-6


def test_one_group_is_the_comparison_with_all_replies() -> None:
    """Of 191, 24 or 25 of 46 favour: as the bounded difference of the ground has it, one-sided."""
    alike = hull(
        bounded_difference(Lean(each, 46 - each), 191, 0.0) for each in (LEAST_FAVOUR, MOST_FAVOUR)
    )
    assert positions.pooled(positions.NO_MORE).hi == pytest.approx(alike.hi)
    assert positions.pooled(positions.NO_LESS).lo == pytest.approx(alike.lo)
    assert ends(positions.pooled(positions.NOTHING)) == pytest.approx((24 / 191, 170 / 191))


# --- The chapter's data --------------------------------------------------------------------------


def heard() -> tuple[set[str], set[str], set[str]]:
    """Member States of 2003, those that replied, and the bloc, from the files."""
    members = {r["iso3"] for r in rows("record/un_members") if int(r["un_member_since"]) <= 2003}
    bloc = {r["iso3"] for r in rows("record/eu_members_2003")}
    wrote = {r["iso3"] for r in rows("stated/conference_survey_replies")} & members
    return members, wrote | bloc, bloc


def migrants_2000() -> dict[int, dict[str, int]]:
    """By edition and State of 2003, the migrants of 2000; territories by their own code."""
    codes = {
        r["m49"]: r["iso3"] or r["m49"]
        for r in rows("record/migrant_stock_areas") if r["level"] == "country or area"
    }  # fmt: skip
    then = {"MNE": "SRB", "SSD": "SDN"}
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows("record/migrant_stock"):
        if row["year"] == "2000" and row["m49"] in codes and row["persons"]:
            code = codes[row["m49"]]
            found[int(row["edition"])][then.get(code, code)] += int(row["persons"])
    return found


def finding(name: str) -> Interval:
    return as_interval(
        next(f.value for f in findings() if f.finding_id == f"respondents-{name}") or 0
    )


def test_the_share_of_the_worlds_migrants_in_every_edition() -> None:
    _, replied, _ = heard()
    assert len(replied) == stated(positions.REPLIED).count
    shares = [
        100 * sum(own.get(iso3, 0) for iso3 in replied) / sum(own.values())
        for own in migrants_2000().values()
    ]
    assert len(shares) == 6
    assert ends(finding("migrants-hosted")) == pytest.approx((min(shares), max(shares)))


def quarters(own: dict[str, int], units: set[str]) -> list[list[str]]:
    """Units from the least migrants to the most, cut where ranks pass quarters of the way."""
    order = sorted(units, key=lambda iso3: own.get(iso3, 0))
    cuts = [1 + (len(order) - 1) * k / 4 for k in range(5)]
    return [
        [iso3 for rank, iso3 in enumerate(order, 1) if (rank > low or low == 1) and rank <= high]
        for low, high in pairwise(cuts)
    ]


def test_replies_by_quartile_of_migrants_hosted() -> None:
    members, replied, bloc = heard()
    for edition, own in migrants_2000().items():
        counted = [
            (sum(iso3 in replied for iso3 in each), len(each)) for each in quarters(own, members)
        ]
        table = stakes.replies(stakes.STATE, edition, stakes.BY_STOCK).loc[list(stakes.QUARTERS)]
        assert list(zip(table["replied"], table["asked"], strict=True)) == counted
        union = {**own, "EU": sum(own[iso3] for iso3 in bloc)}
        letters = (members - bloc) | {"EU"}
        counted = [
            (sum(iso3 in replied or iso3 == "EU" for iso3 in each), len(each))
            for each in quarters(union, letters)
        ]
        table = stakes.replies(stakes.LETTER, edition, stakes.BY_STOCK).loc[list(stakes.QUARTERS)]
        assert list(zip(table["replied"], table["asked"], strict=True)) == counted


def test_replies_by_development_group() -> None:
    members, replied, bloc = heard()
    groups = {r["iso3"]: r["development"] for r in rows("record/migrant_stock_areas")}
    developed = {iso3 for iso3 in members if groups[iso3] == "more developed"}
    assert (len(developed & replied), len(developed)) == (27, 47)
    assert (len(replied - developed), len(members - developed)) == (19, 144)
    assert bloc <= developed
    gaps = [100 * (27 / 47 - 19 / 144), 100 * (13 / 33 - 19 / 144)]
    assert ends(finding("by-development")) == pytest.approx(sorted(gaps))


def test_the_bounds_against_every_allocation() -> None:
    """Each way of giving the replies in favour to the quartiles, with the silent as their like."""
    members, replied, bloc = heard()
    shares = []
    for own in migrants_2000().values():
        groups = quarters(own, members)
        size = [len(each) for each in groups]
        joint = [len(bloc.intersection(each)) for each in groups]
        single = [len(replied.intersection(each) - bloc) for each in groups]
        # Every number in favour in each quartile: an axis of the array each.
        favour = np.indices([n + 1 for n in single]).reshape(len(single), -1).T
        for with_bloc in (0, 1):
            own_side = favour + with_bloc * np.array(joint)
            own_side = own_side[np.isin(own_side.sum(axis=1), (LEAST_FAVOUR, MOST_FAVOUR))]
            alike = own_side @ (np.array(size) / (np.array(single) + np.array(joint)))
            shares += [*(100 * alike / len(members))]
    assert finding("no-less-than-their-like").lo == pytest.approx(min(shares))
    assert finding("no-more-than-their-like").hi == pytest.approx(max(shares))
    assert finding("no-less-than-their-like").hi == pytest.approx(100 * 170 / 191)
    assert finding("no-more-than-their-like").lo == pytest.approx(100 * 24 / 191)


def test_the_group_of_77_by_hand() -> None:
    """With the bloc among the 25 in favour ten others are, of 17 of the Group, or 18 with Malta."""
    members = [row["member_2003"] for row in rows("record/group_of_77")]
    assert (members.count("true"), members.count("")) == (17, 1)
    assert ends(finding("group-of-77")) == (17 - (25 - 15), 18 - (25 - 15))
    told = next(f for f in findings() if f.finding_id == "respondents-group-of-77").sentence
    assert "at least 7 or 8 of the Group of 77's 17 or 18 members" in told


def test_the_least_of_the_group_by_every_side() -> None:
    """Sides of 32 Governments with letters of their own, ten of them in favour beside the bloc."""
    group, others = 17, 47 - 15 - 17
    least = min(group - k for k in range(group + 1) if 0 <= 25 - 15 - k <= others)
    assert finding("group-of-77").lo == least


def test_the_record_of_the_group_names_who_wrote() -> None:
    _, replied, bloc = heard()
    record = rows("record/group_of_77")
    assert {row["iso3"] for row in record} == replied - bloc
    assert [row["iso3"] for row in record if not row["member_2003"]] == ["MLT"]
    fact = next(r for r in rows("record/public_facts") if r["fact_id"] == "c6-g77-2003")
    assert positions.group_at_the_united_nations() == int(fact["value"]) - 1
    for named in ("c1-g77-1994", "c2-g77-1997"):
        assert named in set(load("public_facts")["fact_id"])


def test_the_answer_the_captions_and_the_prose_hold() -> None:
    for edition in stakes.editions(stakes.SHARE):
        tests = chance.family(edition)
        assert chance.told_apart(tests, stakes.LETTER) == ["migrants", "more developed"]
        parts = stakes.parts(edition)[["others", "bloc"]].sum(axis=1)
        assert parts["migrants"] > 1.5 * parts["population"]
    assert finding("not-by-chance") == Interval(2, 2)
    for unit in stakes.UNITS:
        rates = stakes.replies(unit, stakes.latest(), stakes.BY_STOCK)["rate"]
        assert rates.is_monotonic_decreasing  # the highest quartile is first
    gaps = {unit: stakes.replies(unit, stakes.latest(), "development")["rate"].diff().iloc[-1]
            for unit in stakes.UNITS}  # fmt: skip
    assert gaps[stakes.STATE] < gaps[stakes.LETTER] < 0  # less developed States come last
    known = {name: ends(region) for name, region in tables.regions().items()}
    light = [known[name] for name in tables.POOLED.values()]
    assert light[0][1] < 0.55
    assert light[1][0] > 0.5
    assert all(lo < 0.5 < hi for name, (lo, hi) in known.items()
               if name not in tables.POOLED.values())  # fmt: skip
    assert set(tables.ASSUMPTIONS) == set(positions.ASSUMPTIONS)


def test_the_largest_hosts() -> None:
    members, replied, bloc = heard()
    for edition, own in migrants_2000().items():
        largest = sorted(members, key=lambda iso3: -own.get(iso3, 0))[: stakes.LARGEST]
        assert stakes.largest_hosts(edition).index.tolist() == largest
        assert len(replied.intersection(largest)) == 10
        assert len(bloc.intersection(largest)) == 5


def test_the_parts_of_a_whole_leave_out_what_is_no_member() -> None:
    for edition in stakes.editions():
        whole = stakes.parts(edition).sum(axis=1)
        assert whole["states"] == pytest.approx(1.0)
        assert 0.95 < whole["migrants"] < 1.0
    assert stakes.editions(stakes.SHARE) == [e for e in stakes.editions() if e != 2008]


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_the_figures_draw_what_they_are_given(sheet: Sheet) -> None:
    drawn = figures.regions({"One": Interval(0.1, 0.4), "Two": Interval(0.2, 0.9)}, sheet=sheet)
    bars = [
        bar.get_path().transformed(bar.get_patch_transform()).get_extents().intervalx
        for bar in drawn.axes[0].patches
    ]
    assert np.array(bars) == pytest.approx(np.array([[10.0, 40.0], [20.0, 90.0]]))
    dots = figures.groups(tables.groups(), sheet=sheet)
    rates = [line.get_xdata() for line in dots.axes[2].lines if line.get_marker() == "o"]
    expected = 100 * np.array([[27 / 47, 19 / 144], [13 / 33, 19 / 144]])
    assert np.array(rates) == pytest.approx(expected)
    assert not faults(figures.parts(tables.parts(), sheet=sheet))


def test_findings_are_of_this_chapter() -> None:
    for found in findings():
        assert found.chapter == "respondents"
