"""Conventions: worked examples by hand or from print, limits, and agreement with the record."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analysis import treaties
from analysis.conventions import figures, participation, ratifications, tables
from analysis.conventions.findings import findings
from analysis.days import Days, period
from analysis.precision import Interval
from analysis.style import PAGE, PAPER, PHONE, RULE, Sheet
from analysis.tables import PACKAGE, load
from analysis.treaties import NAMES


def days(*dates: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(dates)))


END = pd.Timestamp("2010-12-31")


# --- windows -------------------------------------------------------------------------------


def test_a_window_runs_from_the_deposit_that_makes_the_count_to_the_eve_of_the_next() -> None:
    found = treaties.window(days("2001-01-10", "2001-03-01", "2002-05-05"), Interval(2, 2), END)
    assert found == treaties.Window(Days(pd.Timestamp("2001-03-01"), pd.Timestamp("2002-05-04")))


def test_a_count_passed_over_on_one_day_has_no_window() -> None:
    # Two deposits on a day lead from 1 to 3: the record never showed 2.
    dates = days("2001-01-10", "2001-03-01", "2001-03-01")
    assert treaties.window(dates, Interval(2, 2), END) is None


def test_the_last_count_lasts_to_the_end_of_the_record_and_says_so() -> None:
    found = treaties.window(days("2001-01-10"), Interval(1, 1), END)
    assert found == treaties.Window(Days(pd.Timestamp("2001-01-10"), END), ended=False)


def test_deposits_after_the_record_ends_are_not_seen() -> None:
    assert treaties.window(days("2011-01-01"), Interval(1, 1), END) is None
    assert treaties.window(pd.Series([], dtype="datetime64[s]"), Interval(1, 1), END) is None


def test_a_count_of_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="nought"):
        treaties.window(days("2001-01-10"), Interval(0, 3), END)


@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        ("2004-09-22", "2004-12-22", 5),  # 22, 23, 24, 25 and 26 September
        ("2004-06-18", "2004-06-18", 1),
        ("2004-09-27", "2004-12-22", 0),
        ("2003-01-01", "2003-12-31", 0),
        ("2004-01-01", "2004-12-31", 101),  # 13 in June, 31, 31 and 26
    ],
)
def test_shared_days_count_both_ends(first: str, last: str, shared: int) -> None:
    held = Days(pd.Timestamp("2004-06-18"), pd.Timestamp("2004-09-26"))
    assert held.shared(period(f"{first}/{last}")) == shared


@given(st.lists(st.dates(pd.Timestamp("1990-01-01").date(), END.date()), min_size=1, max_size=30),
       st.integers(1, 30))  # fmt: skip
def test_the_count_is_as_stated_inside_a_window_and_not_on_its_eve(dates: list, count: int) -> None:
    series = pd.Series(pd.to_datetime(dates))
    found = treaties.window(series, Interval(count, count), END)
    if found is None:
        assert count not in {treaties.count_on(series, day) for day in series}
        return
    assert treaties.count_on(series, found.days.first) == count
    assert treaties.count_on(series, found.days.last) == count
    assert treaties.count_on(series, found.days.first - treaties.DAY) < count
    assert not found.ended or treaties.count_on(series, found.days.last + treaties.DAY) > count


# --- both readings, counted again from the tables with nothing of the code under test ------


def rows(name: str) -> list[dict[str, str]]:
    with (PACKAGE.parent / "record" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def deposited(instrument_id: str) -> list[tuple[date, str, str]]:
    """Day, act and code (of a Member) or name of each State's deposit."""
    return sorted(
        (date.fromisoformat(row["action_date"]), row["action"], row["iso3"] or row["participant"])
        for row in rows("treaty_actions")
        if row["instrument_id"] == instrument_id
        and row["action_date"]
        and row["participant"] != "European Union"
    )


def bound_from(instrument_id: str, day: date, act: str) -> date:
    """From when a deposit binds, by the treaties' articles; entries into force as published."""
    if instrument_id == "icrmw":
        force = date(2003, 7, 1)
        # Art. 87(2): three months on from any day is three months later, and the month following
        # begins one month after that month did.
        months = day.year * 12 + day.month - 1 + 4
        return force if day < force else date(months // 12, months % 12 + 1, 1)
    # Trafficking Protocol, art. 17; Smuggling Protocol, art. 22; Refugee Convention, art. 43; its
    # Protocol, art. VIII: entry into force, decisive deposit, days that a later State waits.
    force, decisive, wait = {
        "trafficking-protocol": (date(2003, 12, 25), date(2003, 9, 26), 30),
        "smuggling-protocol": (date(2004, 1, 28), date(2003, 10, 30), 30),
        "refugee-convention": (date(1954, 4, 22), date(1954, 1, 22), 90),
        "refugee-protocol": (date(1967, 10, 4), date(1967, 10, 4), 0),
    }[instrument_id]
    if day <= decisive or act == "succession":
        return max(force, day)
    return max(force, day + timedelta(days=wait))


def both(instrument_id: str, day: date) -> tuple[int, int]:
    """States that had deposited by a day, and States for which the treaty was then in force."""
    found = deposited(instrument_id)
    return (
        sum(on <= day for on, _, _ in found),
        sum(bound_from(instrument_id, on, act) <= day for on, act, _ in found),
    )


@pytest.mark.parametrize(
    ("instrument_id", "counts"),
    [("icrmw", (26, 25)), ("trafficking-protocol", (72, 67)), ("smuggling-protocol", (62, 59))],
)
def test_deposits_and_force_on_the_first_possible_day(
    instrument_id: str, counts: tuple[int, int]
) -> None:
    assert both(instrument_id, date(2004, 9, 22)) == counts
    shown = ratifications.acts_by(pd.Timestamp("2004-09-22")).loc[instrument_id]
    assert (shown["deposited"], shown["in_force"]) == counts


@pytest.mark.parametrize("instrument_id", list(NAMES))
def test_a_treaty_is_in_force_for_each_state_when_its_article_says(instrument_id: str) -> None:
    end = treaties.complete_to(instrument_id).date()
    acts = [found for found in deposited(instrument_id) if found[0] <= end]
    known = {code: bound_from(instrument_id, day, act) for day, act, code in acts}
    names = treaties.actions(instrument_id).set_index("participant")["iso3"]
    found = treaties.in_force(instrument_id)
    codes = names.reindex(found.index).fillna(pd.Series(names.index, index=names.index))
    assert dict(zip(codes, found.dt.date, strict=True)) == known


def test_a_deposit_that_others_have_dated_takes_force_when_they_say() -> None:
    # Netherlands Tractatenblad 2007, 71: deposited 9 March 2004, in force 8 April 2004.
    assert treaties.in_force("trafficking-protocol")["Algeria"] == pd.Timestamp("2004-04-08")


def test_the_stated_number_day_by_day() -> None:
    possible = [date(2004, 9, 22) + timedelta(days=n) for n in range(92)]
    assert possible[-1] == date(2004, 12, 22)
    by_day = {day: both("icrmw", day) for day in possible}
    met = date(2004, 10, 27)  # the coordination meeting's first day
    expected = [
        (sum(counts[k] == 26 for counts in by_day.values()),
         sum(counts[k] == 26 for day, counts in by_day.items() if day <= met))
        for k in (0, 1)
    ]  # fmt: skip
    assert expected == [(5, 5), (83, 27)]
    shown = ratifications.stated_counts().set_index(["counted", "instrument_id"])
    held = shown.xs("icrmw", level="instrument_id")[["days_inside", "days_inside_assumed"]]
    readings = [ratifications.DEPOSITED, ratifications.IN_FORCE]
    assert [tuple(held.loc[counted]) for counted in readings] == expected
    assert set(shown["days"]) == {92}
    assert set(shown["days_assumed"]) == {36}
    force = shown.loc[(ratifications.IN_FORCE, "icrmw")]
    assert (force["first"], force["last"]) == (
        pd.Timestamp("2004-10-01"), pd.Timestamp("2004-12-31"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event_id", "first", "last", "counts"),
    [
        ("hld-2006", date(2006, 9, 14), date(2006, 9, 15), (34, 34)),
        ("hld-2013", date(2013, 10, 3), date(2013, 10, 4), (47, 46)),
        ("grcp-7", date(2017, 10, 10), date(2017, 10, 11), (51, 51)),
    ],
)
def test_the_convention_at_the_meetings(
    event_id: str, first: date, last: date, counts: tuple[int, int]
) -> None:
    signed = [row for row in rows("treaty_actions") if row["instrument_id"] == "icrmw"]
    waiting = [
        {
            row["participant"]
            for row in signed
            if "" < row["signature_date"] <= str(day) and not "" < row["action_date"] <= str(day)
        }
        for day in (first, last)
    ]
    assert both("icrmw", first) == both("icrmw", last) == counts
    assert waiting[0] == waiting[1]
    shown = ratifications.at_meetings().set_index("event_id").loc[event_id]
    assert shown["day"].date() == first
    assert (shown["deposited"], shown["in_force"]) == counts
    assert set(shown["open"]) == waiting[0]


@pytest.mark.parametrize(
    ("instrument_id", "at_start", "at_end", "years"),
    [
        ("refugee-convention", date(1980, 6, 18), date(1980, 4, 23), 28.9),
        ("refugee-protocol", date(1981, 5, 22), date(1980, 10, 30), 14.3),
        ("trafficking-protocol", date(2006, 2, 9), date(2006, 2, 6), 5.2),
        ("smuggling-protocol", date(2006, 9, 14), date(2006, 9, 7), 5.8),
        ("icrmw", None, None, None),
    ],
)
def test_a_majority_is_counted_among_the_members_of_the_day(
    instrument_id: str, at_start: date | None, at_end: date | None, years: float | None
) -> None:
    record = {row["instrument_id"]: row for row in rows("instruments")}[instrument_id]
    adopted = date.fromisoformat(record["adopted"])
    end = date.fromisoformat(record["complete_to"])
    since = {row["iso3"]: int(row["un_member_since"]) for row in rows("un_members")}
    acted = {code: day for day, _, code in deposited(instrument_id) if code in since}
    first = []
    for shift in (0, 1):
        new_years = {date(year + shift, 1, 1) for year in since.values()}
        for day in sorted({*acted.values(), *new_years}):
            members = {code for code, year in since.items() if year + shift <= day.year}
            there = sum(code in members and on <= day for code, on in acted.items())
            if adopted <= day <= end and 2 * there > len(members):
                first.append(day)
                break
    assert first == [day for day in (at_start, at_end) if day]
    shown = participation.majorities().loc[instrument_id]
    assert [d.date() for d in shown[["day", "day_year_end"]].dropna()] == first
    if years:
        assert round((first[0] - adopted).days / 365.25, 1) == years == round(shown["years"], 1)
    else:
        assert pd.isna(shown["years"])


def test_no_two_readings_of_the_stated_number_hold_on_one_day() -> None:
    shown = ratifications.stated_counts().set_index(["counted", "instrument_id"])
    one, other = (shown.loc[(counted, "icrmw")]
                  for counted in (ratifications.DEPOSITED, ratifications.IN_FORCE))  # fmt: skip
    assert one["last"] < other["first"]


def test_every_rule_of_the_table_is_known_and_has_its_article() -> None:
    record = load("instruments").set_index("instrument_id").loc[list(NAMES)]
    assert set(record["first_rule"]) | set(record["later_rule"]) <= set(treaties.RULES)
    fields = ["later_after", "first_article", "later_article", "rules_source"]
    assert record[fields].notna().all(axis=None)


# --- entry into force ----------------------------------------------------------------------


def test_days_after_a_deposit_by_the_calendar() -> None:
    # From 9 March: 22 days of March and 8 of April are thirty.
    assert treaties.thirtieth_day(pd.Timestamp("2004-03-09")) == pd.Timestamp("2004-04-08")
    # From 26 September: 4 days of September, 31, 30 and 25 are ninety.
    assert treaties.ninetieth_day(pd.Timestamp("2003-09-26")) == pd.Timestamp("2003-12-25")
    # A leap year: 29 days of January, 29 of February, 31 of March and 1 April.
    assert treaties.ninetieth_day(pd.Timestamp("2004-01-02")) == pd.Timestamp("2004-04-01")


@pytest.mark.parametrize(
    ("deposit", "force"),
    [
        ("2003-03-14", "2003-07-01"),  # three months end on 14 June; the month following is July
        ("2003-03-01", "2003-07-01"),  # they end on 1 June itself; the month following is July
        ("2003-11-30", "2004-03-01"),  # they end on the last day of a February of 29 days
    ],
)
def test_first_day_of_the_month_after_three_months(deposit: str, force: str) -> None:
    assert treaties.months_then_first(pd.Timestamp(deposit)) == pd.Timestamp(force)


def test_the_decisive_deposit_and_its_limits() -> None:
    dates = days("2003-01-02", "2001-01-01", "2002-01-01")
    assert treaties.decisive_deposit(dates, 2) == pd.Timestamp("2002-01-01")
    for required in (0, 4):
        with pytest.raises(ValueError, match="3 recorded"):
            treaties.decisive_deposit(dates, required)


def test_entry_into_force_agrees_with_record_and_documents_to_the_day() -> None:
    force = ratifications.entry_into_force()
    assert (force["computed"] == force["recorded"]).all()
    assert force.loc["icrmw", "agrees"] is True
    assert force.loc["icrmw", "stated"].count("A/59/325") == 2


# --- survival ------------------------------------------------------------------------------


def test_the_estimate_matches_a_published_example() -> None:
    # Bewick, Cheek and Ball, "Statistics review 12: Survival analysis", Critical Care 8 (2004),
    # 389, table 2 (treatment 2); the censored times are those marked +.
    frame = pd.DataFrame({"time": [1.0, 1, 4, 5, 6, 9, 9, 22], "event": [1, 1, 1, 1, 0, 1, 0, 1]})
    curve = participation.waiting(frame)
    assert list(curve.surv_times) == [1, 4, 5, 9, 22]
    assert list(curve.surv_prob) == pytest.approx([0.75, 0.625, 0.5, 0.333, 0.0], abs=5e-4)
    assert participation.share_by(curve, 8.9) == pytest.approx(0.5)
    # One half had gone by 5, more than one half only by 9.
    assert participation.median_time(curve) == 9


def test_delayed_entry_by_hand() -> None:
    # At risk are those with entry < t <= time (Klein and Moeschberger 2003, sect. 4.6): at 2 the
    # first two States (one joins), at 5 the second and the third (one joins), at 6 the third.
    frame = pd.DataFrame({"entry": [0.0, 0, 3], "time": [2.0, 5, 6], "event": [1, 1, 0]})
    curve = participation.waiting(frame)
    assert list(curve.n_risk) == [2, 2]
    assert list(curve.surv_prob) == pytest.approx([1 / 2, 1 / 4])
    assert participation.median_time(curve) == 5


def test_nobody_joined_everybody_joined_and_a_single_state() -> None:
    nobody = participation.waiting(pd.DataFrame({"time": [3.0, 3.0], "event": [0, 0]}))
    assert participation.median_time(nobody) is None
    assert participation.share_by(nobody, 3) == 0
    everybody = participation.waiting(pd.DataFrame({"time": [1.0, 2.0], "event": [1, 1]}))
    assert participation.share_by(everybody, 2) == 1
    single = participation.waiting(pd.DataFrame({"time": [4.0], "event": [1]}))
    assert participation.median_time(single) == 4
    assert participation.share_by(single, 3.9) == 0


@pytest.mark.parametrize("instrument_id", list(NAMES))
def test_without_late_entry_the_estimate_is_the_plain_share(instrument_id: str) -> None:
    # All are censored on the same last day, so Kaplan-Meier reduces to a proportion.
    frame = participation.spells(instrument_id, late_entry=False)
    curve = participation.waiting(frame)
    assert len(frame) == len(load("un_members"))
    assert participation.share_by(curve, 99) == pytest.approx(frame["event"].mean())


def test_a_state_admitted_late_enters_late() -> None:
    frame = participation.spells("refugee-convention").set_index("iso3")
    # Timor-Leste: Member from 2002, deposit of 7 May 2003; adoption on 28 July 1951.
    assert frame.loc["TLS", "entry"] == pytest.approx(50.43, abs=0.01)
    assert frame.loc["TLS", "time"] == pytest.approx(51.78, abs=0.01)
    assert frame.loc["FRA", "entry"] == 0


def test_states_that_deposited_before_admission_are_at_risk_from_adoption() -> None:
    since = {row["iso3"]: int(row["un_member_since"]) for row in rows("un_members")}
    for instrument_id in NAMES:
        early = {code for day, _, code in deposited(instrument_id)
                 if day < date(since.get(code, 0) or 1, 1, 1)}  # fmt: skip
        frame = participation.spells(instrument_id).set_index("iso3")
        assert set(frame.index[frame["prior"]]) == early
        assert (frame.loc[frame["prior"], "entry"] == 0).all()
    convention = participation.spells("refugee-convention")
    assert sorted(convention.loc[convention["prior"], "iso3"]) == [
        "AUT", "CHE", "DEU", "ITA", "LIE", "MCO", "TUV",
    ]  # fmt: skip


def test_the_medians_of_the_model_with_early_depositors_kept() -> None:
    # By hand from the table: the product over days of deposit of 1 less those that deposit over
    # those at risk, until it is below one half.
    for instrument_id, expected in (("refugee-convention", 15.1), ("refugee-protocol", 11.5)):
        record = {row["instrument_id"]: row for row in rows("instruments")}[instrument_id]
        start = date.fromisoformat(record["adopted"])
        acted = {code: day for day, _, code in deposited(instrument_id)}
        risk = []
        for row in rows("un_members"):
            admitted = max(start, date(int(row["un_member_since"]), 1, 1))
            day = acted.get(row["iso3"], date.max)
            risk.append((start if day <= admitted else admitted, day))
        left = 1.0
        for day in sorted({day for _, day in risk}):
            left *= 1 - sum(d == day for _, d in risk) / sum(e < day <= d for e, d in risk)
            if left < 0.5:
                break
        assert round((day - start).days / 365.25, 1) == expected
        assert round(participation.speed().loc[instrument_id, "median"], 1) == expected


def test_the_median_wait_of_signatories_is_a_plain_count() -> None:
    # No signatory's wait is cut off before the median, so more than half waited no longer.
    for instrument_id, row in participation.signature_lags().iterrows():
        waits = participation.lags(str(instrument_id))
        assert waits.loc[waits["event"] == 0, "time"].min() > row["median"] or waits["event"].all()
        ended = ((waits["event"] == 1) & (waits["time"] <= row["median"])).sum()
        assert ended > len(waits) / 2 >= ended - (waits["time"] == row["median"]).sum()


# --- overlap -------------------------------------------------------------------------------


def test_jaccard_by_hand_and_at_its_limits() -> None:
    one, other = pd.Series([True, True, False, False]), pd.Series([True, False, True, False])
    assert participation.jaccard(one, other) == pytest.approx(1 / 3)
    assert participation.jaccard(one, one) == 1
    assert participation.jaccard(one, ~one) == 0
    assert participation.jaccard(one & False, one & False) is None


def test_no_overlap_is_drawn_after_the_record_ends() -> None:
    end = treaties.last_common_day()
    assert len(participation.holdings(end)) > 0
    with pytest.raises(ValueError, match="record ends"):
        participation.holdings(end + treaties.DAY)


def test_exact_sets_add_up_to_the_deposits() -> None:
    first, last = ratifications.overlap_days()
    sets = participation.shared_sets((first, last))
    for key, day in (("earlier", first), ("later", last)):
        for instrument_id in NAMES:
            count = treaties.count_on(treaties.deposits(instrument_id), day)
            assert sets.loc[sets[instrument_id], key].sum() == count
        # Members that had deposited for any, the Holy See, and Members that had for none.
        assert sets[key].sum() == treaties.membership(day) + 1


# --- the record ----------------------------------------------------------------------------


@pytest.mark.parametrize("instrument_id", list(NAMES))
def test_nothing_is_read_beyond_the_record(instrument_id: str) -> None:
    end = treaties.complete_to(instrument_id)
    rows = treaties.actions(instrument_id)
    assert rows[["action_date", "signature_date"]].max().max() <= end
    assert participation.diffusion(instrument_id)["day"].max() == end
    known = load("treaty_actions").query("instrument_id == @instrument_id")
    later = set(known.loc[known["action_date"] > end, "participant"])
    assert not later & set(treaties.deposits(instrument_id).index)


def test_an_instrument_without_dated_actions_is_refused() -> None:
    with pytest.raises(KeyError, match="ilo-c97"):
        treaties.actions("ilo-c97")


def test_organisations_are_counted_only_on_demand() -> None:
    alone = set(treaties.deposits("trafficking-protocol").index)
    both = set(treaties.deposits("trafficking-protocol", organisations=True).index)
    assert both - alone == {"European Union"}


def test_shares_lie_between_nought_and_one_and_end_at_the_plain_count() -> None:
    for instrument_id in NAMES:
        frame = participation.diffusion(instrument_id)
        assert frame["share"].between(0, 1).all()
        assert (frame["states"].diff().dropna() >= 0).all()
        codes = treaties.actions(instrument_id).query("action != 'signature only'")["iso3"]
        assert frame["states"].iloc[-1] == codes.notna().sum()


# --- what the documents say ----------------------------------------------------------------


def test_a_state_has_signed_all_on_the_day_of_its_last_signature() -> None:
    both = ratifications.signed_all(ratifications.PROTOCOLS)
    signatures = [treaties.signatures(i) for i in ratifications.PROTOCOLS]
    assert set(both.index) == set(signatures[0].index) & set(signatures[1].index)
    assert all(both[s] == max(each[s] for each in signatures) for s in both.index)


def test_the_record_around_the_stated_counts() -> None:
    # Read off the depositary's list: the 26th deposit is Libya's, of 18 June 2004, and the 27th
    # Türkiye's, of 27 September 2004.
    row = ratifications.stated_counts().iloc[0]
    assert (row["first"], row["last"]) == (pd.Timestamp("2004-06-18"), pd.Timestamp("2004-09-26"))
    assert (row["at_earliest"], row["at_latest"], row["days_inside"]) == (26, 27, 5)


def test_acts_add_up_to_the_deposits_and_force_lags_behind() -> None:
    acts = ratifications.acts_by(pd.Timestamp("2004-09-22"))
    assert (acts[list(treaties.DEPOSITS)].sum(axis=1) == acts["deposited"]).all()
    assert (acts["in_force"] <= acts["deposited"]).all()
    assert (acts["in_force_share"] <= acts["deposited_share"]).all()
    assert acts.loc["icrmw", "deposited_share"] == 26 / 191
    assert acts.loc["icrmw", "in_force_share"] == 25 / 191


def test_totals_beyond_the_record_are_not_compared() -> None:
    checks = ratifications.record_check().set_index("total_id")
    assert pd.isna(checks.loc["trafficking-protocol-2024-04-20", "agrees"])
    within = checks["agrees"].dropna()
    # The record had passed 115 deposits for the Smuggling Protocol before 2009 began; the same
    # publication's total for the Trafficking Protocol is one of spring 2009.
    assert within.index[~within].tolist() == ["smuggling-protocol-2009"]
    # This total holds a deposit of its own day, so it cannot be of States it was in force for.
    assert checks.loc["trafficking-protocol-2008-09-26", "first"] == pd.Timestamp("2008-09-26")


def test_ilo_totals_hold_what_is_stated_and_nothing_dated_by_state() -> None:
    totals = ratifications.ilo_totals()
    said = totals[totals["source"].str.startswith("A/59/325")]
    assert said.set_index("instrument_id")["parties"].to_dict() == {"ilo-c97": 42, "ilo-c143": 18}
    assert not load("treaty_actions")["instrument_id"].isin(list(ratifications.ILO)).any()


def test_convention_no_97_by_hand() -> None:
    """41 at the end of 1998, the former Yugoslavia perhaps among them; 54 in 2024, none withdrawn.

    Madagascar registered between; nine of the 54 registered, or succeeded, after 2004.
    """
    path = PACKAGE.parent / "record/ilo_c97_parties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["party_in_2024"] == "true"]
    assert len(rows) == 39
    later = {r["participant"] for r in rows if (r["registered"] or r["in_force_from"]) > "2005"}
    assert later == {
        "Albania", "Armenia", "Comoros", "Congo", "Kyrgyzstan", "Moldova", "Montenegro", "Morocco",
        "Philippines",
    }  # fmt: skip
    since = [r["participant"] for r in rows if "1999" <= r["registered"] < "2005"]
    assert since == ["Madagascar"]
    for day in ("2004-09-22", "2004-12-22"):
        assert ratifications.c97_total(pd.Timestamp(day)) == Interval(41 - 1 + 1, 54 - 9)
    found = {f.finding_id: f for f in findings()}
    assert "41 to 45" in found["conventions-ilo-totals"].sentence
    assert "15 of its parties are undated" in found["conventions-ilo-totals"].detail
    assert found["conventions-ilo-totals"].confidence == "medium (ilo_c97_parties)"
    assert found["conventions-ilo-c143"].grade == "not in our sources"


def test_findings_are_complete_and_serialise() -> None:
    found = findings()
    assert len({finding.finding_id for finding in found}) == len(found)
    assert all(finding.chapter == "conventions" for finding in found)
    assert sum(finding.front is not None for finding in found) <= 3
    assert all("nan" not in finding.full.lower() for finding in found)
    assert json.dumps([finding.as_record() for finding in found])


def test_every_reading_of_a_stated_count_has_its_words() -> None:
    shown = tables.stated_counts()
    assert shown[["Instrument", "If it counts"]].notna().all(axis=None)
    assert not shown.duplicated(["Instrument", "If it counts"]).any()


def test_the_strips_are_the_days_one_after_another() -> None:
    """25, 26 and 27 deposits, as the record counts them on each day; no gap between stretches."""
    first, last = pd.Timestamp("2004-06-01"), pd.Timestamp("2005-01-31")
    strips = ratifications.standing(first, last)
    dates = {"deposited": treaties.deposits("icrmw"), "in-force": treaties.in_force("icrmw")}
    assert set(strips["counted"]) == set(dates)
    for counted, own in strips.groupby("counted"):
        days = [day for row in own.itertuples() for day in pd.date_range(row.first, row.last)]
        assert days == list(pd.date_range(first, last))
        for row in own.itertuples():
            assert {int((dates[counted] <= d).sum()) for d in (row.first, row.last)} == {row.states}
        assert own["states"].tolist() == [25, 26, 27]


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_what_is_as_stated_is_drawn_in_colour(sheet: Sheet) -> None:
    days = pd.Timestamp("2004-09-22"), pd.Timestamp("2004-12-22")
    strips = ratifications.standing(pd.Timestamp("2004-06-01"), pd.Timestamp("2005-01-31"))
    bars = ratifications.protocols_on(days[0])
    shown = tables.windows(strips, bars, days[0])
    assert shown.notna().all(axis=None)
    upper, lower = figures.windows(strips, bars, 26, 100.0, days, sheet=sheet).axes
    faces = [to_hex(patch.get_facecolor()) for patch in upper.patches]
    assert [face != RULE for face in faces] == strips["states"].eq(26).tolist()
    filled = [to_hex(patch.get_facecolor()) != PAPER for patch in lower.patches]
    assert filled == bars["states"].gt(100).tolist()
    assert filled == [True, False, False] * 2


# --- pictures and tables -------------------------------------------------------------------


def test_no_line_is_drawn_beyond_its_end() -> None:
    curve = participation.by_age("refugee-convention")
    years, shares = figures._steps(curve, 13.0)
    assert years.max() == 13.0
    assert len(years) == len(shares)
    assert shares[-1] == 100 * curve.loc[curve["years"] <= 13.0, "share"].iloc[-1]


def test_curves_stop_where_the_record_stops() -> None:
    frame = tables.reached({}, pd.Timestamp("2004-12-22")).groupby("Instrument")["Day"].max()
    assert (frame["Refugee Convention"].year, frame["Refugee Convention"].month) == (2013, 6)
    assert {NAMES[i]: treaties.complete_to(i) for i in NAMES} == frame.to_dict()


def test_waits_are_told_apart_by_the_calendar() -> None:
    with (PACKAGE.parent / "record/treaty_actions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["signature_date"]]
    signed = [row for row in rows if row["participant"] != "European Union"]
    waited = participation.waits()
    for instrument_id, counts in waited.iterrows():
        own = [row for row in signed if row["instrument_id"] == instrument_id]
        days = [date.fromisoformat(row["action_date"]) - date.fromisoformat(row["signature_date"])
                for row in own if row["action_date"]]  # fmt: skip
        years = [each.days / 365.25 for each in days]
        assert counts.tolist() == [
            sum(year < 2 for year in years), sum(2 <= year < 5 for year in years),
            sum(5 <= year < 10 for year in years), sum(year >= 10 for year in years),
            len(own) - len(days),
        ]  # fmt: skip


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_each_instrument_is_a_whole_bar(sheet: Sheet) -> None:
    axes = figures.lags(participation.waits(), sheet=sheet).axes[0]
    widths: dict[float, list[float]] = {}
    for bar in [patch for patch in axes.patches if isinstance(patch, Rectangle)]:
        widths.setdefault(bar.get_y(), []).append(bar.get_width())
    shares = tables.waits().groupby("Instrument", sort=False)["% of signatories"].apply(list)
    assert list(widths.values()) == [pytest.approx(each) for each in shares]
