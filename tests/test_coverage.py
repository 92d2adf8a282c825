"""Coverage against counts by hand: shares of migrants, largest hosts, who joined, bounds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis import treaties
from analysis.coverage import figures, joiners, shares, tables
from analysis.coverage.findings import findings
from analysis.coverage.shares import ACTS, DEPOSITED, IN_FORCE
from analysis.precision import Interval, as_interval
from analysis.style import PAGE, PHONE
from analysis.tables import PACKAGE
from analysis.treaties import NAMES

RECORD = PACKAGE.parent / "record"
REPORT = date(2004, 9, 22)
REPORT_DAY = pd.Timestamp(REPORT)
FOUND = {finding.finding_id: finding for finding in findings()}

# --- The same figures by the csv module, straight from the files ---------------------------------


def rows(name: str) -> Iterator[dict[str, str]]:
    with (RECORD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def m49() -> dict[str, str]:
    listed = (r for r in rows("migrant_stock_areas") if r["level"] == "country or area")
    return {row["iso3"]: row["m49"] for row in listed if row["iso3"]}


@cache
def stock() -> dict[tuple[str, str], dict[str, int]]:
    """Persons by country or area, for each edition and year."""
    known = {r["m49"]: r["level"] for r in rows("migrant_stock_areas")}
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows("migrant_stock"):
        if known[row["m49"]] == "country or area":
            key = row["edition"], row["year"]
            found.setdefault(key, {})[row["m49"]] = int(row["persons"])
    return found


def deposits(instrument_id: str) -> dict[str, date]:
    """Days of deposit by M49 code; signatures are none, and organisations have no code."""
    return {
        m49()[row["iso3"]]: date.fromisoformat(row["action_date"])
        for row in rows("treaty_actions")
        if row["instrument_id"] == instrument_id and row["action_date"] and row["iso3"]
    }


def per_cent(states: set[str], edition: str, year: str) -> float:
    own = stock()[edition, year]
    return 100 * sum(own.get(state, 0) for state in states) / sum(own.values())


def around_2004(states: set[str]) -> tuple[float, float]:
    found = [
        per_cent(states, edition, year)
        for edition, year in product({edition for edition, _ in stock()}, ("2000", "2005"))
    ]
    return min(found), max(found)


def four_months_on(day: date) -> date:
    """The first of the month after a period of three months (art. 87(2))."""
    months = day.year * 12 + day.month - 1 + 4
    return date(months // 12, months % 12 + 1, 1)


def close(interval: float | Interval | None, ends: tuple[float, float]) -> bool:
    assert interval is not None
    got = as_interval(interval)
    return (got.lo, got.hi) == pytest.approx(ends, abs=1e-9)


def test_the_migrant_workers_convention_in_2004() -> None:
    days = deposits("icrmw")
    joined = {state for state, day in days.items() if day <= REPORT}
    bound = {
        state
        for state, day in days.items()
        # Those that deposited before it entered into force were bound when it did.
        if day < date(2003, 7, 1) or four_months_on(day) <= REPORT
    }
    assert (len(joined), len(bound)) == (26, 25)
    assert close(FOUND["coverage-migrant-workers"].value, around_2004(joined))
    assert close(FOUND["coverage-migrant-workers-in-force"].value, around_2004(bound))
    assert 2.9 < around_2004(joined)[0] < 3.1, "about three in a hundred"


def test_the_trafficking_protocol_in_2004_and_2013() -> None:
    days = deposits("trafficking-protocol")
    joined = {state for state, day in days.items() if day <= REPORT}
    found = shares.states("trafficking-protocol", DEPOSITED, REPORT_DAY)
    assert shares.report_day() == REPORT_DAY
    assert len(joined) == 72
    assert {str(state) for state in found} == joined
    assert close(shares.spread(shares.shares(found, REPORT_DAY)) * 100, around_2004(joined))
    assert all(29 < end < 31 for end in around_2004(joined))
    # Entry into force on 25 December 2003; a later State from the thirtieth day.
    bound = {s for s, d in days.items() if d + timedelta(30) <= REPORT}
    in_force = shares.states("trafficking-protocol", IN_FORCE, REPORT_DAY)
    assert {str(state) for state in in_force} == bound

    joined = {state for state, day in days.items() if day <= date(2013, 6, 30)}
    passed = (date(2013, 6, 30) - date(2010, 6, 30)) / (date(2015, 6, 30) - date(2010, 6, 30))
    line = shares.over_time("trafficking-protocol").set_index("day").loc["2013-06-30"]
    by_hand = []
    for edition in ("2015", "2017", "2019", "2020", "2024"):
        one, other = stock()[edition, "2010"], stock()[edition, "2015"]
        own = [sum(each.get(state, 0) for state in joined) for each in (one, other)]
        world = [sum(each.values()) for each in (one, other)]
        share = [(1 - passed) * first + passed * last for first, last in (own, world)]
        by_hand.append(share[0] / share[1])
    assert line[["lo", "hi"]].tolist() == pytest.approx([min(by_hand), max(by_hand)])
    assert line["share"] == pytest.approx(by_hand[-1])
    assert all(0.88 < share < 0.89 for share in by_hand)


def test_none_of_the_largest_hosts_had_deposited_for_the_migrant_workers_convention() -> None:
    members = {row["m49"] for row in rows("un_members") if int(row["un_member_since"]) <= 2004}
    joined = {state for state, day in deposits("icrmw").items() if day <= REPORT}
    for edition, year in product({edition for edition, _ in stock()}, ("2000", "2005")):
        own = {state: n for state, n in stock()[edition, year].items() if state in members}
        largest = sorted(own, key=lambda state: own[state], reverse=True)[:20]
        assert not joined & set(largest), (edition, year)
        drawn = shares.largest_hosts(int(edition), int(year)).index
        assert [str(state) for state in drawn] == largest
    assert FOUND["coverage-largest-hosts"].value == Interval(0, 0)
    # The next day but four Türkiye deposited, which is not among them; one of them has since.
    later = set(deposits("icrmw")) & {str(s) for s in shares.largest_hosts(2024, 2005).index}
    assert later == {m49()["CIV"]}


def test_who_joined_is_what_a_count_of_the_files_gives() -> None:
    development = {row["m49"]: row["development"] for row in rows("migrant_stock_areas")}
    members = {row["m49"] for row in rows("un_members") if int(row["un_member_since"]) <= 2004}
    days = deposits("icrmw")
    table = joiners.by_group(REPORT_DAY).query("instrument_id == 'icrmw'")
    for group in ("less developed", "more developed"):
        own = {state for state in members if development[state] == group}
        row = table[(table["grouping"] == "development") & (table["group"] == group)].iloc[0]
        earlier = sum(days.get(state, date.max) <= REPORT for state in own)
        counts = (len(own), earlier, len(own & set(days)))
        assert (row["states"], row["earlier"], row["later"]) == counts


def test_the_quartile_where_migrants_weigh_most() -> None:
    members = {row["m49"] for row in rows("un_members") if int(row["un_member_since"]) <= 2004}
    weight = {
        row["m49"]: int(row["persons"]) / float(row["population_thousands"])
        for row in rows("migrant_stock")
        if (row["edition"], row["year"]) == ("2024", "2005") and row["m49"] in members
    }
    assert len(weight) == 191
    ranked = sorted(weight, key=lambda state: weight[state])
    days = set(deposits("icrmw"))
    table = joiners.by_group(REPORT_DAY).query("instrument_id == 'icrmw' and grouping == 'weight'")
    lowest, highest = table.set_index("group").loc[["1", "4"], "later"]
    assert (lowest, highest) == (len(days & set(ranked[:48])), len(days & set(ranked[-48:])))
    sizes = table["states"].tolist()
    assert sum(sizes) == 191
    assert max(sizes) - min(sizes) <= 1


def test_members_without_any_deposit() -> None:
    for day, count in ((REPORT, 39), (date(2013, 6, 30), 18)):
        members = {
            row["m49"] for row in rows("un_members") if int(row["un_member_since"]) <= day.year
        }
        for instrument_id in NAMES:
            members -= {s for s, d in deposits(instrument_id).items() if d <= day}
        found = joiners.without(pd.Timestamp(day))
        assert {str(state) for state in found.index} == members
        assert len(members) == count


def test_parties_to_the_ilo_convention_known_by_name_in_2004() -> None:
    known = {
        row["iso3"]
        for row in rows("ilo_c97_parties")
        if row["party_in_2024"] == "true"
        and "" < (row["registered"] or row["in_force_from"]) <= REPORT.isoformat()
    }
    assert len(known) == 30
    least = around_2004({m49()[code] for code in known})[0]
    found = joiners.partly_known().query("instrument_id == 'ilo-c97'").iloc[0]
    assert (found["total"], found["named"]) == (42, 30)
    assert 100 * found["share"].lo == pytest.approx(least)
    # What the title says needs no upper bound.
    assert least > as_interval(FOUND["coverage-migrant-workers"].value or 0).hi


# --- The method ----------------------------------------------------------------------------------

MADE_UP = pd.DataFrame({2000: [10.0, 30.0, 60.0], 2005: [30.0, 20.0, 150.0]}, index=[1, 2, 3])


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One edition of a world of three countries."""
    monkeypatch.setattr(shares, "_stock", lambda edition: MADE_UP)
    monkeypatch.setattr("analysis.migrants.editions", lambda: [1])
    names = pd.DataFrame({"name": ["a", "b", "c"]}, index=[1, 2, 3])
    monkeypatch.setattr(shares, "members", lambda day: names)


def test_a_share_between_two_estimates_by_hand(made_up: None) -> None:
    halfway = pd.Timestamp("2002-12-30")  # 913 of 1,826 days after mid-2000
    found = shares.shares(pd.Index([1]), halfway).loc[1]
    # Halfway 20 of 150 persons; before 10 of 100, after 30 of 200.
    assert found.tolist() == pytest.approx([20 / 150, 0.1, 0.15])
    assert shares.spread(shares.shares(pd.Index([1]), halfway)) == Interval(0.1, 0.15)
    at_estimate = shares.shares(pd.Index([1]), pd.Timestamp("2005-06-30")).loc[1]
    assert at_estimate.tolist() == pytest.approx([0.15] * 3)


def test_bounds_by_hand(made_up: None) -> None:
    day = pd.Timestamp("2000-06-30")
    one = pd.Index([1])
    for others, most in ((0, 0.1), (1, 0.7), (2, 1.0)):
        assert close(shares.bounds(one, others, day), (0.1, most))


def test_a_day_outside_the_estimates_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="edition of 2008: 2013-06-30 is outside its estimates; "):
        shares.weights(2008, pd.Timestamp("2013-06-30"))
    assert shares.covering(pd.Timestamp("2013-06-30")) == [2015, 2017, 2019, 2020, 2024]


@pytest.mark.parametrize("instrument_id", NAMES)
def test_a_share_lies_between_those_of_the_estimates_around_it(instrument_id: str) -> None:
    for act, day in product(ACTS, ("1997-03-01", "2004-09-22", "2012-11-30")):
        when = pd.Timestamp(day)
        found = shares.shares(shares.states(instrument_id, act, when), when)
        ends = found[["before", "after"]]
        assert (found["line"] >= ends.min(axis=1) - 1e-12).all()
        assert (found["line"] <= ends.max(axis=1) + 1e-12).all()


def test_force_never_runs_ahead_of_deposits_and_starts_with_the_treaty() -> None:
    for instrument_id in NAMES:
        days = shares.acts(instrument_id)
        assert (days[IN_FORCE] >= days[DEPOSITED]).all()
        assert days.index.is_unique
    eve, day = pd.Timestamp("2003-06-30"), pd.Timestamp("2003-07-01")
    assert shares.states("icrmw", IN_FORCE, eve).empty
    assert len(shares.states("icrmw", IN_FORCE, day)) > 0, "in force from 1 July 2003"


def test_a_line_jumps_on_the_day_of_a_deposit() -> None:
    line = shares.over_time("trafficking-protocol").set_index("day")["share"]
    eve, day = line[:"2005-11-03"].iloc[-2:]
    assert deposits("trafficking-protocol")["840"] == date(2005, 11, 3)
    alone = as_interval(FOUND["coverage-one-deposit"].value or 0)
    others = [s for s, on in deposits("trafficking-protocol").items() if on == date(2005, 11, 3)]
    assert others == ["840"]
    assert alone.lo - 0.1 < 100 * (day - eve) < alone.hi + 0.1


def test_a_participant_is_found_by_code_or_by_name() -> None:
    given = pd.DataFrame(
        {"participant": ["Mexico", "Holy See", "European Union"], "iso3": ["MEX", None, None]}
    )
    found = shares.own_rows(given)
    assert found.isna().tolist() == [False, False, True]
    assert found[:2].tolist() == [484, 336]


# --- The record ----------------------------------------------------------------------------------


def test_later_deposits_are_later_and_the_better_day_is_kept() -> None:
    ends = {i: treaties.complete_to(i).date().isoformat() for i in NAMES}
    for row in rows("treaty_actions_later"):
        assert ends[row["instrument_id"]] < row["earliest"] <= row["latest"], row["action_id"]
    found = joiners.later_deposits().set_index("participant")["day"]
    assert found["Angola"] == pd.Timestamp("2014-09-19"), "the list of 2014 has the 9th"
    assert "Afghanistan" in found.index


def test_the_whole_of_a_published_total_is_more_and_less_developed() -> None:
    whole = {r["instrument_id"]: int(r["parties"]) for r in rows("treaty_totals")
             if r["as_of"] == "2009"}  # fmt: skip
    parts: dict[str, int] = dict.fromkeys(whole, 0)
    for row in rows("treaty_totals_by_group"):
        if row["m49"] in ("901", "902"):
            parts[row["instrument_id"]] += int(row["parties"])
    assert parts == whole
    assert set(whole) == set(NAMES)


def test_the_published_total_that_the_record_does_not_show() -> None:
    checks = joiners.published_groups()
    missed = checks[~checks["agrees"]]
    assert missed[["instrument_id", "group"]].values.tolist() == [
        ["smuggling-protocol", "less developed"]
    ]
    development = {row["m49"]: row["development"] for row in rows("migrant_stock_areas")}
    days = deposits("smuggling-protocol")
    own = [day for s, day in days.items() if development[s] == "less developed"]
    assert sum(day < date(2009, 1, 1) for day in own) > missed["parties"].item()


# --- What readers see ----------------------------------------------------------------------------


def test_what_the_prose_says_without_a_number() -> None:
    usa = shares.spread(shares.shares(pd.Index([840]), REPORT_DAY))
    gap = as_interval(FOUND["coverage-equal-counts"].value or 0)
    assert 100 * usa.lo > gap.hi / 2, "most of the difference is the United States"
    assert 840 not in shares.acts("refugee-convention").index
    assert 840 in shares.acts("refugee-protocol").index
    table = joiners.by_group(REPORT_DAY)
    rates = (table["later"] / table["states"]).set_axis(
        pd.MultiIndex.from_frame(table[["instrument_id", "grouping", "group"]])
    )
    trafficking, workers = rates["trafficking-protocol"], rates["icrmw"]
    assert (
        trafficking["development", "more developed"] > trafficking["development", "less developed"]
    )
    assert trafficking["weight", "4"] > trafficking["weight", "1"]
    sizes = table.query("instrument_id == 'icrmw'").set_index(["grouping", "group"])["states"]
    less, more = (sizes["development", f"{group} developed"] for group in ("less", "more"))
    heavy = sizes["weight", "4"] - sizes["within", "4"]
    assert heavy / more > sizes["within", "4"] / less, "migrants weigh more in more developed"
    assert workers["within", "4"] < workers["within"].drop("4").min() / 2


def test_what_the_titles_say_of_most_and_few() -> None:
    # Ten years after the Protocols were adopted, on 15 November 2000, and at the record's end.
    for instrument_id in ("trafficking-protocol", "smuggling-protocol"):
        joined = {s for s, day in deposits(instrument_id).items() if day <= date(2010, 6, 30)}
        assert all(per_cent(joined, e, "2010") > 50 for e, y in stock() if y == "2010")
    joined = {s for s, day in deposits("icrmw").items() if day <= date(2024, 6, 30)}
    assert len(joined) == 59
    assert per_cent(joined, "2024", "2024") < 20
    assert close(FOUND["coverage-migrant-workers-latest"].value,
                 (per_cent(joined, "2024", "2024"),) * 2)  # fmt: skip


def test_the_front_page_says_what_was_counted() -> None:
    front = FOUND["coverage-migrant-workers"].front
    assert front is not None
    assert front.said.startswith("[26](ledger.md#")
    for words in ("The 26 had deposited", "3 to 4 per cent", "none of the 20 largest hosts"):
        assert words in front.instead


def test_bounds_in_words_are_rounded_away_from_the_share() -> None:
    # To the nearest, 16.75 would be 16.8 or 17 "or more", which the record does not show.
    assert tables.outwards(Interval(0.16754, 0.69961)) == Interval(16.7, 70.0)
    for finding_id in ("coverage-c97", "coverage-trafficking-latest"):
        finding = FOUND[finding_id]
        least, *most = re.findall(r"\d+\.\d", finding.sentence)
        share = as_interval(finding.value or 0)
        assert share.lo - 0.1 < float(least) <= share.lo
        assert all(share.hi <= float(end) < share.hi + 0.1 for end in most)


def test_tables_hold_what_readers_are_told() -> None:
    days = tables.on_days()
    at_report = days[days["On"] == REPORT_DAY].set_index("Instrument")
    assert at_report["States that had deposited"].tolist() == [142, 142, 26, 72, 62]
    assert at_report.loc["Migrant Workers Convention", "Of the 20 largest hosts"] == Interval(0, 0)
    assert days["Instrument"].tolist() == [name for name in NAMES.values() for _ in range(2)]
    hosts = tables.hosts()
    assert hosts["Host"].tolist()[:3] == ["United States", "Russian Federation", "Germany"]
    time = tables.over_time()
    known = time.dropna()
    assert known["Deposited, %"].between(known["least, %"], known["greatest, %"]).all()
    bounded = time[time["Deposited, %"].isna()]
    assert bounded["Instrument"].tolist() == ["Trafficking Protocol", "Smuggling Protocol"]
    assert set(tables.joined()["Sorted by"]) == set(tables.GROUPINGS.values())


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_the_figures_draw_what_they_are_given(sheet: figures.Sheet) -> None:
    table = joiners.by_group(REPORT_DAY)
    ends = dict.fromkeys(NAMES, 2013)
    drawing = figures.joined(table, 2004, ends, sheet=sheet)
    dots = np.asarray(drawing.axes[0].lines[1].get_xdata(), dtype=float)
    own = table[(table["instrument_id"] == "icrmw") & table["grouping"].isin(figures.ROWS)]
    assert np.sort(dots) == pytest.approx(np.sort(100 * own["later"] / own["states"]))

    largest = shares.largest_hosts(2024, 2005)
    names = {int(state): tables.short_name(int(state)) for state in largest.index}
    acts = {i: shares.acts(i) for i in NAMES}
    last = {i: treaties.complete_to(i) for i in NAMES}
    drawing = figures.hosts(names, acts, last, REPORT_DAY, sheet=sheet)
    years = [t.get_text() for t in drawing.axes[0].texts if t.get_text().isdigit()]
    given = tables.hosts().filter(like="deposited").stack().dropna()
    assert sorted(years) == sorted(f"{day.year}" for day in given)

    lines = {i: shares.over_time(i) for i in NAMES}
    drawing = figures.over_time(lines, joiners.latest_bounds(), [], REPORT_DAY, sheet=sheet)
    drawn = [line for line in drawing.axes[0].lines if len(np.atleast_1d(line.get_xdata())) > 2]
    for line, frame in zip(drawn, lines.values(), strict=True):
        known = dict(zip(frame["day"].dt.date, 100 * frame["share"], strict=True))
        days, shown = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
        points = zip(pd.to_datetime(days).date, shown, strict=True)
        assert all(known[day] == pytest.approx(share) for day, share in points)
        assert days[-1] == frame["day"].iloc[-1].to_datetime64()
