"""The tables of the chapter on conventions, counted again from the files of the record."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from analysis.conventions import tables
from analysis.treaties import NAMES
from analysis.words import long_date

RECORD = Path(__file__).resolve().parents[2] / "data" / "record"
DAY = date(2004, 9, 22)  # the first that A/59/325 can have
TITLES = {name: treaty for treaty, name in NAMES.items()}
YEAR = timedelta(days=365.2425)


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (RECORD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SINCE = {row["iso3"]: int(row["un_member_since"]) for row in rows("un_members")}
TREATIES = {row["instrument_id"]: row for row in rows("instruments")}


def members(day: date) -> set[str]:
    """Those admitted by a day, or later in its year, by code."""
    return {code for code, since in SINCE.items() if since <= day.year}


def acts(treaty: str, field: str = "action_date") -> Iterator[tuple[date, dict[str, str]]]:
    """The day of each act of a State, and its row."""
    for row in rows("treaty_actions"):
        own = row["instrument_id"] == treaty and row["participant"] != "European Union"
        if own and row[field]:
            yield date.fromisoformat(row[field]), row


def states(treaty: str, day: date) -> set[str]:
    """Who had deposited by a day, by code, or by name without one."""
    return {row["iso3"] or row["participant"] for on, row in acts(treaty) if on <= day}


@pytest.mark.parametrize("treaty", NAMES)
def test_every_act_of_a_day_is_counted(treaty: str) -> None:
    shown = tables.acts(pd.Timestamp(DAY)).set_index("Instrument").loc[NAMES[treaty]]
    made = Counter(row["action"] for on, row in acts(treaty) if on <= DAY)
    signed = [row for on, row in acts(treaty, "signature_date") if on <= DAY]
    waiting = [row for row in signed if not "" < row["action_date"] <= str(DAY)]
    heads = ["Signed", "of them not deposited", "Ratified", "Acceded", "Succeeded"]
    assert shown[heads].tolist() == [
        len(signed), len(waiting), made["ratification"], made["accession"], made["succession"],
    ]  # fmt: skip
    assert shown["Accepted or approved"] == made["acceptance"] + made["approval"]
    assert shown["Deposited by any act"] == len(states(treaty, DAY)) == sum(made.values())
    assert shown["Deposited, % of Members"] == pytest.approx(
        100 * len(states(treaty, DAY) & members(DAY)) / 191
    )
    # In force a month or more after the deposit: for the Convention see the report's own count.
    assert 0 <= shown["Deposited by any act"] - shown["In force for"] <= 5


def test_those_that_had_signed_and_not_deposited_are_named_at_each_meeting() -> None:
    shown = tables.meetings()
    days = [date(2006, 9, 14), date(2013, 10, 3), date(2017, 10, 10)]
    assert shown["Day"].tolist() == [pd.Timestamp(day) for day in days]
    for row, day in zip(shown.to_dict("records"), days, strict=True):
        names = {
            each["participant"]
            for on, each in acts("icrmw", "signature_date")
            if on <= day and not "" < each["action_date"] <= str(day)
        }
        assert set(row["Which"].split("; ")) == names
        assert row["Signed, not deposited"] == len(names)
        assert row["Signed"] == sum(on <= day for on, _ in acts("icrmw", "signature_date"))
        assert row["Deposited"] == len(states("icrmw", day))


@pytest.mark.parametrize("treaty", NAMES)
def test_the_deposit_that_brings_force_is_that_of_the_required_number(treaty: str) -> None:
    shown = tables.force().set_index("Instrument").loc[NAMES[treaty]]
    required = int(TREATIES[treaty]["instruments_required"])
    made = sorted((on, row["participant"]) for on, row in acts(treaty))
    decisive = made[required - 1][0]
    assert shown["Deposits required"] == required
    assert shown["Reached on"].date() == decisive
    assert shown["by"] == ", ".join(sorted(name for on, name in made if on == decisive))
    assert str(shown["In force, computed"].date()) == TREATIES[treaty]["entry_into_force"]
    assert shown["Recorded day differs by, days"] == 0
    assert shown["For a later State"].endswith(TREATIES[treaty]["later_article"])


@pytest.fixture(scope="module")
def by_age() -> pd.DataFrame:
    return tables.by_age()


@pytest.mark.parametrize("treaty", NAMES)
def test_shares_are_of_the_members_of_the_day(treaty: str, by_age: pd.DataFrame) -> None:
    own = by_age[by_age["Instrument"] == NAMES[treaty]]
    adopted = date.fromisoformat(TREATIES[treaty]["adopted"])
    end = date.fromisoformat(TREATIES[treaty]["complete_to"])
    last = own.iloc[-1]
    assert last["Years since adoption"] == pytest.approx((end - adopted) / YEAR, abs=1e-4)
    assert last["Members"] == len(members(end))
    assert last["Deposited"] == len(states(treaty, end) & members(end))
    share = 100 * last["Deposited"] / last["Members"]
    assert last["% of Members"] == pytest.approx(share, abs=1e-4)
    assert own["Estimate for States at risk, %"].between(0, 100).all()
    assert own["Estimate for States at risk, %"].max() > 10  # per cent, not a share of one


@pytest.mark.parametrize("treaty", NAMES)
def test_the_share_at_the_age_that_the_record_covers_for_all(treaty: str) -> None:
    """With all at risk from adoption the estimate is a plain share of the present Members."""
    ages = [date.fromisoformat(each["complete_to"]) - date.fromisoformat(each["adopted"])
            for name, each in TREATIES.items() if name in NAMES]  # fmt: skip
    age = min(ages) // YEAR
    adopted = date.fromisoformat(TREATIES[treaty]["adopted"])
    until = adopted.replace(year=adopted.year + age)
    reached = len(states(treaty, until) & members(until))
    counted = tables.majorities().set_index("Instrument").loc[NAMES[treaty]]
    share = counted[f"Deposited by {age} years, % of Members"]
    assert share == pytest.approx(100 * reached / len(members(until)))
    estimated = tables.speed().set_index("Instrument").loc[NAMES[treaty]]
    plain = estimated[f"All at risk from adoption: deposited by {age} years, %"]
    assert plain == pytest.approx(100 * len(states(treaty, until) & set(SINCE)) / len(SINCE))
    assert estimated[f"Deposited by {age} years, %"] >= plain


def test_a_majority_is_dated_and_its_count_is_more_than_half() -> None:
    shown = tables.majorities().set_index("Instrument")
    reached = shown["Majority first on"].dropna().map(pd.Timestamp.date)
    assert set(shown.index) - set(reached.index) == {NAMES["icrmw"]}
    for name, day in reached.items():
        eve = day - timedelta(1)
        now, before = (len(states(TITLES[str(name)], on) & members(on)) for on in (day, eve))
        assert (shown.at[name, "Deposited"], shown.at[name, "of Members"]) == (
            now, len(members(day)),
        )  # fmt: skip
        assert now > len(members(day)) / 2
        assert before <= len(members(eve)) / 2


def holders(day: date) -> dict[str, set[str]]:
    """Who had deposited for any, and for which."""
    held: dict[str, set[str]] = {}
    for treaty in NAMES:
        for state in states(treaty, day):
            held.setdefault(state, set()).add(treaty)
    return held


def days() -> tuple[date, date]:
    """The first day that A/59/325 can have, and the last that the record covers for all."""
    return DAY, min(date.fromisoformat(TREATIES[treaty]["complete_to"]) for treaty in NAMES)


def test_states_are_counted_by_all_that_they_had_deposited_for() -> None:
    shown = tables.sets()
    for day in days():
        held = holders(day)
        expected = Counter(frozenset(own) for own in held.values())
        expected[frozenset()] = len(members(day) - set(held))
        counted = {
            frozenset(treaty for treaty, name in NAMES.items() if row[name]): number
            for row, number in zip(
                shown.to_dict("records"), shown[f"States, {long_date(pd.Timestamp(day))}"],
                strict=True,
            )
        }  # fmt: skip
        assert {own: number for own, number in counted.items() if number} == expected
    assert not shown[list(NAMES.values())].iloc[-1].any()


def test_pairs_are_counted_and_divided() -> None:
    shown = tables.pairs().set_index("Pair")
    assert len(shown) == len(list(combinations(NAMES, 2)))
    for day in days():
        for one, other in combinations(NAMES, 2):
            both, either = (len(act) for act in (
                states(one, day) & states(other, day), states(one, day) | states(other, day),
            ))  # fmt: skip
            row = shown.loc[f"{NAMES[one]} and {NAMES[other]}"]
            assert (row[f"Both, {day.year}"], row[f"Either, {day.year}"]) == (both, either)
            assert row[f"Jaccard, {day.year}"] == pytest.approx(both / either)


def test_totals_of_the_labour_conventions_are_those_of_their_sources() -> None:
    shown = tables.ilo()
    recorded = Counter(
        (row["instrument_id"].replace("ilo-c", "No. "), row["as_of"], int(row["parties"]))
        for row in rows("treaty_totals")
        if row["instrument_id"].startswith("ilo-")
    )
    listed = Counter(
        zip(shown["ILO convention"], shown["As of"], shown["Ratifications"], strict=True)
    )
    assert recorded <= listed
    # The report of 2004 has a total of each, para. 20.
    own = listed - recorded
    assert {(convention, total) for convention, _, total in own} == {
        ("No. 97", 42),
        ("No. 143", 18),
    }
    assert sum(own.values()) == 2


def test_a_published_total_agrees_where_the_record_shows_it_on_its_day() -> None:
    shown = tables.check()
    for row in shown.to_dict("records"):
        treaty, (year, *rest) = TITLES[row["Instrument"]], row["As of"].split("-")
        first = date(int(year), 1, 1) if not rest else date.fromisoformat(row["As of"])
        last = date(int(year), 12, 31) if not rest else first
        made = [
            date.fromisoformat(each["action_date"])
            for each in rows("treaty_actions")
            if each["instrument_id"] == treaty and each["action_date"]
        ]
        if str(last) > TREATIES[treaty]["complete_to"]:
            assert row["Agrees"] == "beyond the record"
            continue
        counts = {
            sum(on <= first + timedelta(n) for on in made) for n in range((last - first).days + 1)
        }
        assert row["Agrees"] == ("yes" if row["Published as parties"] in counts else "no"), row
        if row["Agrees"] == "yes":
            held = row["Record shows this from"].date()
            assert sum(on <= held for on in made) == row["Published as parties"]
            assert sum(on < held for on in made) < row["Published as parties"]
            assert row["until"].date() >= first
    assert len(shown) == sum(row["instrument_id"] in NAMES for row in rows("treaty_totals"))


def test_fractions_and_days_have_formats_of_their_own() -> None:
    table = pd.DataFrame({"Day": [pd.Timestamp(DAY)], "Share": [0.5], "States": [7], "Name": ["x"]})
    assert tables.fractions(table, ".2f") == {"Share": ".2f", "Day": long_date}
