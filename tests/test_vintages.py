"""Revisions by country: methods by hand, then every headline recomputed from the file itself.

The second half reads `migrant_stock.csv` with the csv module and computes with plain Python, so
that it shares neither code nor library with the chapter.
"""

from __future__ import annotations

import csv
import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import migrants
from analysis.precision import as_interval
from analysis.style import PAGE, PHONE, Sheet, faults
from analysis.tables import PACKAGE
from analysis.vintages import figures, revisions, tables
from analysis.vintages.findings import answer, findings

RECORD = PACKAGE.parent / "record"
FOUND = {finding.finding_id: finding for finding in findings()}
EDITIONS = (2008, 2015, 2017, 2019, 2020, 2024)


def ends(finding_id: str) -> tuple[float, float]:
    value = FOUND[finding_id].value
    assert value is not None
    return as_interval(value).lo, as_interval(value).hi


# --- Methods, by hand ----------------------------------------------------------------------------


def _known(**columns: Sequence[float | None]) -> pd.DataFrame:
    """A revision triangle: editions as `e1`, `e2`; a row per country."""
    frame = pd.DataFrame(columns, dtype="float64")
    return frame.set_axis([int(name[1:]) for name in columns], axis="columns")


def test_a_step_by_hand() -> None:
    # 100 to 80, 50 to 80, 10 unchanged; 5 listed anew, 2 no longer. McKenzie and Gamba, section
    # 3.6: the mean absolute revision in terms of the earlier estimates, here (50/3) / (160/3).
    known = _known(e1=[100, 50, 10, None, 2], e2=[80, 80, 10, 5, None])
    step = revisions.step(known, 1, 2)
    assert (step.countries, step.moved, step.up, step.down, step.listed) == (3, 2, 30, -20, 3)
    assert (step.net, step.gross, step.relative, step.top) == (10, 50, 0.3125, 1)


def test_the_top_is_of_the_largest_revisions_alone() -> None:
    # Twelve revisions of 1 and one of 8, all downward: the largest six hold 8 + 5 of 20.
    known = _known(e1=[10.0] * 13, e2=[9.0] * 12 + [2.0])
    step = revisions.step(known, 1, 2)
    assert step.top == pytest.approx(13 / 20)
    assert step.net == -step.gross == -20


def test_steps_are_ranked_by_what_they_moved_and_shown_in_order() -> None:
    known = _known(e1=[10, 10], e2=[10, 11], e3=[14, 7], e4=[13, 7], e5=[13, 30])
    assert [(s.earlier, s.later) for s in revisions.largest_steps(known)] == [(2, 3), (4, 5)]


def test_a_spread_by_hand() -> None:
    known = _known(e1=[10, None, 7, 3e6], e2=[20, 5, 7, 4e6], e3=[None, None, 7, 2e6])
    spread = revisions.spread(known)
    assert spread.index.tolist() == [0, 2, 3]  # the second has one edition, which is no spread
    assert spread["ratio"].tolist() == [2, 1, 2]
    assert spread["lowest"].tolist() == [10, 7, 2e6]


def test_quantiles_are_values_that_occur() -> None:
    # Hyndman and Fan (1996), definition 1: the smallest value with as large a share at or below.
    values = pd.Series([5.0, 1, 4, 2, 3, 6, 7, 8, 9, 10])
    assert revisions.quantiles(values) == [3, 5, 8, 9]


def test_a_basis_by_hand() -> None:
    known = _known(e1=[10, 20, 30, 40], e2=[11, 20, 33, None])
    types = pd.DataFrame({1: ["B", "B", "C", "B"], 2: ["B R", "B R", "C", "C"]})
    table = revisions.basis(known, types, 1, 2)
    assert table.loc[True, ["countries", "moved", "gross"]].tolist() == [2, 1, 1]
    assert table.loc[False, ["countries", "moved", "gross"]].tolist() == [1, 1, 3]
    assert table["share"].to_dict() == {True: 0.25, False: 0.75}


def test_the_mark_for_refugees_by_hand() -> None:
    # Gained, lost, gained by another type, changed in type, unchanged, and not in both editions.
    types = pd.DataFrame({1: ["B", "C R", "B", "C R", "I", None],
                          2: ["B R", "C", "C R", "B R", "I", "B R"]})  # fmt: skip
    assert revisions.marked(types, 1, 2) == 2


def test_an_edition_without_codes_is_one_clear_line() -> None:
    known, types = revisions.triangle(1990), revisions.codes(1990)
    with pytest.raises(ValueError, match="edition of 2008 gives no types of data"):
        revisions.basis(known, types, 2008, 2015)


def test_directions_by_hand() -> None:
    # Doubled and kept; doubled, then fell; unchanged at first; not in the last edition.
    start = _known(e1=[10, 10, 10, 10], e2=[10, 20, 10, 10], e3=[5, 10, 10, None])
    end = _known(e1=[20, 20, 10, 20], e2=[15, 10, 20, 20], e3=[20, 20, 10, 20])
    found = revisions.directions(start, end, 1)
    assert found.index.tolist() == [0, 1]
    assert found["kept"].tolist() == [True, False]
    assert found["moved"].tolist() == pytest.approx([math.log(2), math.log(4)])
    # A change that a later edition takes back to none has lost its direction.
    assert not revisions.directions(start, _known(e1=[20], e2=[10], e3=[10]), 1)["kept"].any()


def test_a_threshold_by_hand() -> None:
    # From the largest down: kept, kept, lost, kept, kept, lost. Of the five largest 4/5 kept.
    change, kept = [6, -5, 4, 3, -2, 1], [True, True, False, True, True, False]
    found = revisions.threshold(change, kept, share=0.8, fewest=1)
    assert found == (2, 5)
    assert revisions.threshold(change, kept, share=0.9, fewest=1) == (5, 2)
    assert revisions.threshold(change, kept, share=0.9, fewest=3) is None
    # Changes of one size stand or fall together: the tie at 4 has one of two.
    assert revisions.threshold([5, 4, -4], [True, True, False], share=0.9, fewest=1) == (5, 1)


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=20))
def test_a_threshold_holds_and_no_smaller_one_does(pairs: list[tuple[int, bool]]) -> None:
    change, kept = [c for c, _ in pairs], [k for _, k in pairs]

    def held(least: float) -> bool:
        own = [k for c, k in pairs if abs(c) >= least]
        return len(own) >= 3 and sum(own) >= 0.75 * len(own)

    found = revisions.threshold(change, kept, share=0.75, fewest=3)
    fits = [abs(c) for c in change if held(abs(c))]
    assert (found is None) == (not fits)
    if found is not None:
        assert found.change == min(fits)
        assert found.countries == sum(abs(c) >= found.change for c in change)


def test_a_rise_and_the_fall_that_undoes_it_are_of_one_size() -> None:
    assert revisions.per_cent_of(math.log(1.5)) == pytest.approx(50)
    assert revisions.per_cent_of(math.log(1 / 1.5)) == pytest.approx(50)


# --- The record, once more from the file ---------------------------------------------------------


@cache
def _file() -> tuple[dict[str, str], dict[tuple[int, int], dict[str, int]], dict[int, dict]]:
    """Names by code; persons by edition and year, then code; codes of data by edition."""
    with (RECORD / "migrant_stock_areas.csv").open(encoding="utf-8", newline="") as file:
        names = {row["m49"]: row["name"] for row in csv.DictReader(file)
                 if row["level"] == "country or area"}  # fmt: skip
    persons: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    types: dict[int, dict] = defaultdict(dict)
    with (RECORD / "migrant_stock.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["m49"] in names and int(row["persons"]) > 0:
                edition, year = int(row["edition"]), int(row["year"])
                persons[edition, year][row["m49"]] = int(row["persons"])
                types[edition][row["m49"]] = row["type_of_data"]
    return names, persons, types


def _ratios(year: int, editions: Sequence[int] = EDITIONS) -> list[float]:
    names, persons, _ = _file()
    every = [[persons[e, year][m] for e in editions if m in persons[e, year]] for m in names]
    return sorted(max(known) / min(known) for known in every if len(known) > 1)


def _moves(year: int, earlier: int, later: int) -> dict[str, int]:
    _, persons, _ = _file()
    one, other = persons[earlier, year], persons[later, year]
    return {m49: other[m49] - one[m49] for m49 in one if m49 in other}


@pytest.mark.parametrize(
    ("name", "figures"),
    [("Serbia", (99_269, 1_064_614)), ("Republic of Korea", (572_053, 18_499)),
     ("Sri Lanka", (458_841, 41_561))],
)  # fmt: skip
def test_the_figures_of_1990_of_three_countries(name: str, figures: tuple[int, int]) -> None:
    names, persons, _ = _file()
    code = next(m49 for m49, known in names.items() if known == name)
    assert (persons[2008, 1990][code], persons[2024, 1990][code]) == figures
    series = revisions.editions_of(name).loc[1990]
    assert (series[2008], series[2024]) == figures


def test_the_median_over_all_editions() -> None:
    for year, median in zip((1990, 2000), ends("vintages-median"), strict=True):
        ratios = _ratios(year)
        assert len(ratios) == 228
        assert 100 * (statistics.median_low(ratios) - 1) == pytest.approx(median)


def test_the_tail_since_the_edition_of_2015() -> None:
    tails = []
    for year, counted in ((1990, 228), (2000, 228), (2010, 232)):
        ratios = _ratios(year, EDITIONS[1:])
        assert len(ratios) == counted
        ratio = ratios[-(counted // 10) - 1]  # a tenth of the countries have as much or more
        assert (
            sum(each >= ratio for each in ratios)
            >= counted / 10
            > sum(each > ratio for each in ratios)
        )
        tails.append(100 * (ratio - 1))
    assert ends("vintages-tail") == pytest.approx((tails[0], tails[-1]))
    told = "by at least {:.0f} per cent for 1990, {:.0f} for 2000 and {:.0f} for 2010."
    assert FOUND["vintages-tail"].sentence.endswith(told.format(*tails))
    assert f" {tails[-1]:.0f} per cent or more for 2010" in answer()


def test_most_figures_hardly_moved_since_2015() -> None:
    """The chapter's answer says so of 1990, 2000 and 2010."""
    for year in (1990, 2000, 2010):
        ratios = _ratios(year, EDITIONS[1:])
        assert sum(ratio < 1.01 for ratio in ratios) > len(ratios) / 2


def test_the_most_revised_stock() -> None:
    names, persons, _ = _file()
    of_1990 = {m49: [persons[e, 1990][m49] for e in EDITIONS if m49 in persons[e, 1990]]
               for m49 in names}  # fmt: skip
    code = max(of_1990, key=lambda m49: max(of_1990[m49]) / min(of_1990[m49]))
    assert names[code] == "Republic of Korea"
    assert ends("vintages-widest") == (persons[2024, 1990][code], persons[2008, 1990][code])


def test_gross_and_net_of_the_latest_edition() -> None:
    moves = _moves(1990, 2020, 2024)
    assert ends("vintages-offsetting")[0] == sum(map(abs, moves.values())) == 6_987_761
    assert sum(moves.values()) == 70_409
    assert "7.0 million, and their sum by 0.07 million" in FOUND["vintages-offsetting"].sentence


@pytest.mark.parametrize("year", [1990, 2000, 2010])
def test_net_and_newly_listed_make_up_the_change_of_the_world(year: int) -> None:
    """The world's own row, which the workbooks print, moves by what the countries do."""
    frame = migrants.stock().query("m49 == @migrants.WORLD and year == @year")
    world = frame.set_index("edition")["persons"]
    known = revisions.triangle(year)
    for earlier, later in pairwise(EDITIONS[1:]):
        step = revisions.step(known, earlier, later)
        assert step.net + step.listed == world[later] - world[earlier]


def test_the_direction_and_the_concentration_of_two_editions() -> None:
    sizes = sorted(map(abs, _moves(1990, 2020, 2024).values()), reverse=True)
    assert ends("vintages-few")[0] == pytest.approx(100 * sum(sizes[:6]) / sum(sizes))
    moves = _moves(1990, 2008, 2015).values()
    lowered = -100 * sum(m for m in moves if m < 0) / sum(map(abs, moves))
    assert ends("vintages-one-way")[0] == pytest.approx(lowered)


def test_no_other_step_moved_as_much() -> None:
    for year in (1990, 2000):
        gross = {pair: sum(map(abs, _moves(year, *pair).values())) for pair in pairwise(EDITIONS)}
        assert set(sorted(gross, key=gross.__getitem__)[-2:]) == {(2008, 2015), (2020, 2024)}


def test_types_of_data_and_revisions() -> None:
    _, _, types = _file()
    moves = _moves(1990, 2020, 2024)
    changed = [m for m in moves if types[2020][m] != types[2024][m]]
    assert (len(changed), len(moves)) == (36, 228)
    share = 100 * sum(abs(moves[m]) for m in changed) / sum(map(abs, moves.values()))
    assert ends("vintages-basis")[0] == pytest.approx(share)
    quiet = _moves(1990, 2019, 2020)
    relabelled = [m for m in quiet if types[2019][m] != types[2020][m]]
    assert len(relabelled) == 71
    assert FOUND["vintages-basis-alone"].value == sum(quiet[m] != 0 for m in relabelled) == 1
    # All but one of them, and most of those of 2024, changed by the letter R and nothing else.
    known = revisions.codes(1990)
    for earlier, later, codes in ((2019, 2020, relabelled), (2020, 2024, changed)):
        bare = [m for m in codes if types[earlier][m].split(" R")[0]
                == types[later][m].split(" R")[0]]  # fmt: skip
        assert revisions.marked(known, earlier, later) == len(bare)


def test_a_country_has_one_type_of_data_for_all_years_of_an_edition() -> None:
    every: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (RECORD / "migrant_stock.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            every[row["edition"], row["m49"]].add(row["type_of_data"])
    assert {len(codes) for codes in every.values()} == {1}


def _kept(first: int, last: int, edition: int) -> dict[str, tuple[float, bool, float]]:
    """By code: the size of a change in per cent, whether it kept its sign, how far it moved."""
    _, persons, _ = _file()
    following = [e for e in EDITIONS if e >= edition]
    found = {}
    for m49 in persons[edition, first]:
        if all(m49 in persons[e, y] for e in following for y in (first, last)):
            ratio = [persons[e, last][m49] / persons[e, first][m49] for e in following]
            assert ratio[0] != 1
            away = [max(r / ratio[0], ratio[0] / r) for r in ratio[1:]]
            kept = all((r > 1) == (ratio[0] > 1) and r != 1 for r in ratio[1:])
            size = max(ratio[0], 1 / ratio[0])
            found[m49] = 100 * (size - 1), kept, 100 * (max(away) - 1)
    return found


def test_directions_of_the_first_edition() -> None:
    larger = []
    for first, last, kept in ((1990, 2000, 189), (2000, 2010, 161)):
        known = _kept(first, last, 2008)
        assert len(known) == 208
        assert sum(each for _, each, _ in known.values()) == kept
        larger.append(100 * sum(size > moved for size, _, moved in known.values()) / 208)
    assert FOUND["vintages-direction"].sentence == (
        "Of 208 changes from 1990 to 2000 in the edition of 2008, 189 kept their direction in "
        "every later edition; of those from 2000 to 2010, 161."
    )
    assert ends("vintages-direction") == pytest.approx((100 * 161 / 208, 100 * 189 / 208))
    assert ends("vintages-exceeds") == pytest.approx((min(larger), max(larger)))
    told = FOUND["vintages-exceeds"].sentence
    assert told.startswith(f"For {larger[0]:.0f} per cent")
    assert told.endswith(f"{larger[1]:.0f}.")


def test_the_rule_for_the_latest_decade_of_the_first_edition() -> None:
    known = sorted((size, kept) for size, kept, _ in _kept(2000, 2010, 2008).values())
    fits = [size for n, (size, _) in enumerate(known)
            if len(known) - n >= 10
            and sum(kept for _, kept in known[n:]) >= 0.9 * (len(known) - n)]  # fmt: skip
    assert FOUND["vintages-rule"].value == pytest.approx(min(fits))


# --- Places that editions treat apart ------------------------------------------------------------


def test_nought_is_no_figure() -> None:
    noughts = migrants.countries().query("persons == 0")
    assert set(zip(noughts["edition"], noughts["name"], strict=True)) == {(2017, "Curaçao")}
    assert revisions.triangle(1990).loc[531].dropna().index.tolist() == [2024]


def test_places_without_a_row_until_the_latest_edition() -> None:
    known = revisions.triangle(1990)
    alone = known[known.notna().sum(axis="columns") == 1].index
    names = migrants.areas()["name"]
    assert set(names[alone]) == {
        "Curaçao", "Montenegro", "Sint Maarten (Dutch part)", "South Sudan",
        "China, Taiwan Province of China",
    }  # fmt: skip
    # They are what the gross revision leaves out.
    assert revisions.step(known, 2020, 2024).listed == known.loc[alone, 2024].sum() == 859_497


def test_one_island_has_more_migrants_than_inhabitants_in_editions_up_to_2019() -> None:
    frame = migrants.countries().query("year < 2010 and persons > population")
    assert set(frame["name"]) == {"Bonaire, Sint Eustatius and Saba"}
    assert set(frame["edition"]) == {2015, 2017, 2019}


# --- What readers see ----------------------------------------------------------------------------


def test_the_captions_hold() -> None:
    shown = tables.distribution(2008, 2015).set_index(["Editions", "Year"])
    for editions in ("2008 to 2024", "2015 to 2024"):
        for head in ("Percentile 25, %", "Median, %", "Percentile 75, %", "Percentile 90, %"):
            own = shown.loc[editions, head]
            assert own.is_monotonic_increasing, head
        assert own[2010] > own[2000] > own[1990]
        assert shown.loc[editions, "Alike in all"].is_monotonic_decreasing
    data = tables.direction_data(2008)
    for column, order in (
        ("Change from, %", [least for least, _ in tables.CHANGES]),
        ("Change", ["2000/2010", "1990/2000"]),
    ):
        counts = data.groupby(column)[["Direction kept", "Reversed"]].sum().loc[order]
        lost = counts["Reversed"] / counts.sum(axis="columns")
        assert lost.is_monotonic_decreasing, column
    most = revisions.most_revised(revisions.triangle(1990), least=1e5, count=3)
    assert most["name"].tolist() == ["Republic of Korea", "Sri Lanka", "Serbia"]
    assert (most["ratio"] > 10).all()
    early, late = revisions.largest_steps(revisions.triangle(1990))
    assert -early.down > 2 * early.up
    assert abs(late.net) < 0.02 * late.gross
    assert late.gross == pytest.approx(early.gross, rel=0.1)


def test_tables_hold_what_was_counted() -> None:
    known = revisions.triangle(1990)
    for step in revisions.largest_steps(known):
        rows = tables.ranked(known, step)
        assert rows["persons"].sum() == step.net
        assert rows["persons"].abs().sum() == step.gross
        assert (~rows["others"]).sum() == revisions.TOP
    data = tables.direction_data(2008)
    totals = data.groupby("Change")[["Direction kept", "Reversed"]].sum()
    assert totals.sum(axis="columns").tolist() == [208, 208]
    assert totals["Direction kept"].tolist() == [189, 161]


def test_every_country_is_in_the_table_of_all() -> None:
    shown = tables.every_country(1990, 2000)
    names, persons, _ = _file()
    assert len(shown) == 2 * len(names)
    row = shown.set_index(["name", "year"]).loc[("Serbia", 1990)]
    assert (row["edition_2008"], row["lowest"], row["highest"]) == (99_269, 99_269, 1_064_614)
    assert row["ratio"] == round(1_064_614 / 99_269, 4)
    assert shown["edition_2024"].sum() == sum(
        sum(persons[2024, year].values()) for year in (1990, 2000)
    )


@pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
@pytest.mark.parametrize(
    "country",
    ["Germany", "Holy See", "Curaçao", "China, Taiwan Province of China", "Montenegro",
     "United States of America", max(migrants.countries()["name"], key=len)],
)  # fmt: skip
def test_any_country_can_be_looked_up(country: str, sheet: Sheet) -> None:
    """One edition alone, none before 2015, the longest name, the smallest and largest stock."""
    known = revisions.editions_of(country)
    drawing = figures.editions(known, country, migrants.editions(), sheet=sheet)
    assert faults(drawing) == []
    lines = [line for line in drawing.axes[0].lines if line.get_marker() == "o"]
    drawn = [list(np.asarray(line.get_ydata())) for line in lines]
    assert drawn == [known[edition].dropna().tolist() for edition in known]
    assert len(tables.editions(country)) == known.shape[1]


def test_an_unknown_country_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="no country or area 'South Korea'; expected a name"):
        revisions.editions_of("South Korea")


def test_findings_are_of_this_chapter() -> None:
    for finding in FOUND.values():
        assert finding.chapter == "vintages"


def test_what_needs_the_edition_of_2008_shows_its_confidence() -> None:
    later = {f"vintages-{name}" for name in ("tail", "offsetting", "few", "basis", "basis-alone")}
    for finding_id, finding in FOUND.items():
        sure = "high" if finding_id in later else "medium (migrant_stock_editions)"
        assert finding.confidence == sure, finding_id
