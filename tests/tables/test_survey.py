"""The tables of the chapter on the survey: what the list and the record give, counted again."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pandas as pd
import pytest

from analysis.precision import Interval
from analysis.survey import replies, tables

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_of_replies_is_counted_beside_what_the_report_says() -> None:
    """Of A/58/98, para. 42: 46 States, 47 Governments, 15 of the Union, 25 and 22 either way."""
    listed = rows("stated/conference_survey_replies.csv")
    states = [row for row in listed if row["member_state"] == "true"]
    shown = tables.reconciliation()
    assert list(shown) == ["What is counted", "From the list", "Stated"]
    assert shown.fillna(-1).to_numpy().tolist() == [
        ["Member States named in the list", len(states), -1],
        ["Member States that Greece replied for, itself included",
         len(rows("record/eu_members_2003.csv")), 15],
        ["Member States that replied",
         sum(int(row["member_states_represented"]) for row in states), 46],
        ["Non-member States that replied: the Holy See", len(listed) - len(states), -1],
        ["Governments that replied",
         sum(int(row["governments_represented"]) for row in listed), 47],
        ["Governments in favour and with reservations, added up", 25 + 22, 47],
        ["Letters that all these replies came in", len(listed), -1],
    ]  # fmt: skip


def test_a_letter_reached_the_members_of_its_day() -> None:
    """Between those at the ends of the year before and of its own; 46 replied to that of 2003."""
    members = {
        int(row["year"]): int(row["member_states_end_of_year"])
        for row in rows("record/un_membership_by_year.csv")
    }
    sent = [row["letter_date"] for row in rows("stated/conference_survey_rounds.csv")]
    shown = tables.rounds()
    assert shown["Letter sent"].tolist() == sent
    for row, day in zip(shown.to_dict("records"), sent, strict=True):
        year = int(day[:4])
        pool = Interval(members[year - 1], members[year])
        assert row["Member States on that day"] == pool
        rate = row["Response rate, per cent"]
        if year == 2003:
            assert row["Replied"] == 46
            ends = (100 * 46 / pool.hi, 100 * 46 / pool.lo)
        else:  # any or none of the answers to three letters may have been to this one
            assert pd.isna(row["Replied"])
            ends = (0, 41.5)  # a stated share of 41 per cent
        assert (rate.lo, rate.hi) == pytest.approx(ends)


def test_shares_of_one_letter_and_of_several_are_per_cent() -> None:
    known = pd.DataFrame(
        [(True, 1, 0.1, 0.4, 0.25), (False, 1, 0.24, 0.24, math.nan),
         (True, 3, 0.4, 0.41, math.nan), (False, 3, 0.24, 0.72, 0.56)],
        columns=["earlier", "letters", "lo", "hi", "independent"],
    )  # fmt: skip
    shown = tables.letters(known)
    assert list(shown) == [
        "Years", "Basis", "Least, per cent", "Most, per cent", "At random, per cent",
    ]  # fmt: skip
    assert shown[["Years", "Basis"]].to_numpy().tolist() == [
        ["1995–1999", "one letter, on average"], ["2003", "one letter"],
        ["1995–1999", "any of 3 letters"], ["2003", "any of 3 such letters"],
    ]  # fmt: skip
    shares = shown.iloc[:, 2:].fillna(-1).to_numpy().tolist()
    assert shares == [
        pytest.approx(each)
        for each in ([10, 40, 25], [24, 24, -1], [40, 41, -1], [24, 72, 56])
    ]  # fmt: skip


def test_regions_and_cases_are_per_cent_under_the_words_of_their_assumptions() -> None:
    regions = tables.regions(
        {replies.NOTHING: Interval(0.126, 0.89), replies.ALIKE: Interval(0.5, 0.6)}
    )
    assert regions.to_numpy().tolist() == [
        ["Nothing is assumed", pytest.approx(12.6), pytest.approx(89)],
        ["The silent leaned as the replies", 50, 60],
    ]
    assert list(regions) == [
        "Assumption", "Least in favour, per cent", "Most in favour, per cent",
    ]  # fmt: skip
    table = pd.DataFrame(
        {"joining": [Interval(71, 72)], "share": [Interval(0.5, 0.75)],
         "favour": [Interval(24, 25)], "reserve": [Interval(21, 22)], "silent": [145]},
        [replies.TURNING],
    )  # fmt: skip
    assert tables.cases(table).to_dict("records") == [
        {
            "Case": "What makes a majority", "Replied in favour": Interval(24, 25),
            "Replied with reservations": Interval(21, 22), "Silent": 145,
            "Silent taken as in favour": Interval(71, 72),
            "In favour, per cent of Member States": Interval(50, 75),
        }
    ]  # fmt: skip


def test_the_lean_is_told_by_position_and_unit() -> None:
    known = pd.DataFrame(
        [
            (replies.FAVOUR, replies.LETTER, 11, 22, 1),
            (replies.RESERVE, replies.GOVERNMENT, 25, 22, 15),
        ],
        columns=["bloc", "unit", "favour", "reserve", "bloc_units"],
    )
    shown = tables.leaning(known)
    assert list(shown) == [
        "Position of the Union", "Unit", "In favour", "With reservations", "The Union's units",
    ]  # fmt: skip
    assert shown.to_numpy().tolist() == [
        ["in favour", "letters", 11, 22, 1], ["with reservations", "Governments", 25, 22, 15],
    ]  # fmt: skip
