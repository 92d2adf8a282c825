"""Conventions: worked examples by hand or from print, limits, and agreement with the record."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import treaties
from analysis.conventions import figures, participation, ratifications, tables
from analysis.conventions.findings import findings
from analysis.days import Days, period
from analysis.precision import Interval
from analysis.tables import load
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


# --- entry into force ----------------------------------------------------------------------


def test_ninetieth_day_by_the_calendar() -> None:
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
    frame = pd.DataFrame({"entry": [0.0, 0, 3, 7], "time": [2.0, 5, 6, 6], "event": [1, 1, 0, 1]})
    frame["prior"] = frame["entry"] >= frame["time"]
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
    # Timor-Leste: Member from 2002, party on 7 May 2003; adoption on 28 July 1951.
    assert frame.loc["TLS", "entry"] == pytest.approx(50.43, abs=0.01)
    assert frame.loc["TLS", "time"] == pytest.approx(51.78, abs=0.01)
    assert frame.loc["FRA", "entry"] == 0
    # Switzerland was a party long before it was a Member.
    assert frame.loc["CHE", "prior"]


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


def test_exact_sets_add_up_to_the_states_bound() -> None:
    first, last = ratifications.overlap_days()
    sets = participation.shared_sets((first, last))
    for key, day in (("earlier", first), ("later", last)):
        for instrument_id in NAMES:
            bound = treaties.count_on(treaties.deposits(instrument_id), day)
            assert sets.loc[sets[instrument_id], key].sum() == bound
        # Members bound by any, the Holy See, and Members bound by none.
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


def test_signatories_equal_the_depositary_s_totals() -> None:
    # The sources of `treaty_totals` give 117 and 112 signatories, the European Union included.
    sources = load("treaty_totals").set_index("total_id")["source"]
    for total_id, said in (("trafficking-protocol-2024-04-20", 117),
                           ("smuggling-protocol-2024-04-26", 112)):  # fmt: skip
        assert f"{said} signatories" in sources[total_id]
        rows = treaties.actions(total_id.rsplit("-2024")[0], organisations=True)
        assert rows["signature_date"].notna().sum() == said


def test_membership_agrees_with_the_table_of_years() -> None:
    table = load("un_membership_by_year").set_index("year")["member_states_end_of_year"]
    gaps = {
        int(y): int(n) - treaties.membership(pd.Timestamp(f"{y}-12-31")) for y, n in table.items()
    }
    assert all(gap == 0 for year, gap in gaps.items() if year >= 2000)
    # Before, the table has the seats of Yugoslavia and Czechoslovakia, which are not counted here.
    assert {gap for year, gap in gaps.items() if year < 2000} <= {1, 2}


def test_shares_lie_between_nought_and_one_and_end_at_the_plain_count() -> None:
    for instrument_id in NAMES:
        frame = participation.diffusion(instrument_id)
        assert frame["share"].between(0, 1).all()
        assert (frame["parties"].diff().dropna() >= 0).all()
        codes = treaties.actions(instrument_id).query("action != 'signature only'")["iso3"]
        assert frame["parties"].iloc[-1] == codes.notna().sum()


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


def test_acts_add_up_to_the_states_bound() -> None:
    acts = ratifications.acts_by(pd.Timestamp("2004-09-22"))
    assert (acts[list(treaties.DEPOSITS)].sum(axis=1) == acts["bound"]).all()
    assert (acts["members"] <= acts["bound"]).all()


def test_totals_beyond_the_record_are_not_compared() -> None:
    checks = ratifications.record_check().set_index("total_id")
    assert pd.isna(checks.loc["trafficking-protocol-2024-04-20", "agrees"])
    assert checks["agrees"].dropna().all()


def test_ilo_totals_hold_what_is_stated_and_nothing_dated_by_state() -> None:
    totals = ratifications.ilo_totals()
    said = totals[totals["source"].str.startswith("A/59/325")]
    assert said.set_index("instrument_id")["parties"].to_dict() == {"ilo-c97": 42, "ilo-c143": 18}
    assert not load("treaty_actions")["instrument_id"].isin(list(ratifications.ILO)).any()


def test_findings_are_complete_and_serialise() -> None:
    found = findings()
    assert len({finding.finding_id for finding in found}) == len(found)
    assert all(finding.chapter == "conventions" for finding in found)
    assert sum(finding.front for finding in found) <= 3
    assert all("nan" not in finding.sentence.lower() for finding in found)
    assert json.dumps([finding.as_record() for finding in found])


def test_every_reading_of_a_stated_count_has_its_words() -> None:
    shown = tables.stated_counts()
    assert shown[["Instrument", "If it counts"]].notna().all(axis=None)
    assert not shown.duplicated(["Instrument", "If it counts"]).any()
    drawn = tables.running_counts(
        treaties.adopted("icrmw"), END, treaties.Window(Days(END, END)), 26, 100.0
    )
    lines = drawn.groupby("Counted")["States"].size()
    assert {"Migrant Workers Convention: States bound", "Smuggling Protocol: signatures"} <= set(
        lines.index
    )
    assert not drawn["Counted"].str.contains("ratifications alone|both Protocols").any()


# --- pictures and tables -------------------------------------------------------------------


def test_no_line_is_drawn_beyond_its_end() -> None:
    curve = participation.waiting(participation.spells("refugee-convention"))
    times, shares = figures._joined(curve, 13.0)
    assert times.max() == 13.0
    assert shares[-1] == pytest.approx(100 * participation.share_by(curve, 13.0))
    assert len(times) == len(shares)


def test_curves_stop_where_the_record_stops() -> None:
    frame = tables.reached({}, pd.Timestamp("2004-12-22")).groupby("Instrument")["Day"].max()
    assert (frame["Refugee Convention"].year, frame["Refugee Convention"].month) == (2013, 6)
    assert {NAMES[i]: treaties.complete_to(i) for i in NAMES} == frame.to_dict()


def test_every_signatory_is_a_dot() -> None:
    frame = participation.lags("icrmw")
    stacked = figures._stacked(frame)
    assert len(stacked) == len(frame)
    assert not stacked.duplicated(["bin", "height"]).any()
