"""What Governments wanted: rules against examples worked elsewhere, then the chapter's data.

Numbers of the chapter are counted once more here with the csv module, straight from the files.
"""

from __future__ import annotations

import csv
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from analysis.precision import as_interval
from analysis.preferences import answers, figures, hedges, tables, twice
from analysis.preferences.findings import findings
from analysis.statements import stated
from analysis.style import PAGE, PHONE, faults
from analysis.tables import PACKAGE, load

DATA = PACKAGE.parent
FOUND = {finding.finding_id: finding for finding in findings()}


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rule(hedge: str) -> Any:
    return load("hedges").set_index("hedge").loc[hedge]


# --- What a hedge allows -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hedge", "size", "least", "most"),
    [
        # Barwise and Cooper (1981): most A are B if more A are B than are not.
        ("majority", 25, 13, 25),  # 13 against 12
        ("most", 22, 12, 22),  # 11 against 11 is no majority
        ("most", 1, 1, 1),
        ("some", 22, 2, 22),
        ("one", 47, 1, 1),
    ],
)
def test_a_hedge_by_hand(hedge: str, size: int, least: int, most: int) -> None:
    assert hedges.allowed(rule(hedge), size) == range(least, most + 1)


def test_a_candid_writer_calls_no_majority_some() -> None:
    # 12 of 25 and 11 of 22 are not more than half; a majority keeps its name.
    assert hedges.allowed(rule("some"), 25, candid=True)[-1] == 12
    assert hedges.allowed(rule("many"), 22, candid=True)[-1] == 11
    assert hedges.allowed(rule("majority"), 25, candid=True)[-1] == 25


def test_every_rule_has_one_lower_limit_and_every_hedge_a_rule() -> None:
    used = {row["hedge"] for row in rows("stated/preferences.csv")} - {"none"}
    table = rows("readings/hedges.csv")
    assert {row["hedge"] for row in table} == used
    assert all(bool(row["at_least"]) != bool(row["share_above"]) for row in table)


def test_a_hedge_that_is_a_statement_of_the_ledger_allows_what_the_ledger_does() -> None:
    table = hedges.counts().dropna(subset=["statement_id", "fewest"])
    checked = 0
    for row in table.itertuples():
        statement = stated(str(row.statement_id))
        assert row.phrase[:9] in statement.phrase or statement.figure in row.wanted
        if statement.unit == "share":
            size = max(hedges.bases()[str(row.base)])
            assert row.fewest == min(n for n in range(size + 1) if n / size in statement.interval)
            checked += 1
        elif statement.unit == "States":
            assert row.fewest == row.most == statement.count
            checked += 1
    assert checked == 4


def test_no_count_is_sharper_than_any_group_that_the_words_admit() -> None:
    table = hedges.counts().set_index("preference_id")
    # A majority of 25 is 13 to 25, of 47 it is 24 to 47.
    assert table.loc["scope-44-1", ["fewest", "most"]].tolist() == [13, 47]
    # Many of the 22, or of those "most", which are 12 at least.
    assert table.loc["alternative-47-1", ["fewest", "most"]].tolist() == [2, 22]
    unhedged = table[table["hedge"] == "none"]
    assert len(unhedged) == 15
    assert unhedged[["fewest", "most", "likely"]].isna().all(axis=None)
    hedged = table.dropna(subset=["fewest"])
    assert (hedged["fewest"] <= hedged["likely"]).all()
    assert (hedged["likely"] <= hedged["most"]).all()


# --- What hedges allow together ------------------------------------------------------------------


def test_shared_by_hand() -> None:
    assert hedges.shared([13, 13], 25) == 1  # 26 places among 25
    assert hedges.shared([60, 70], 100) == 30
    assert hedges.shared([9, 9, 9], 10) == 7  # one is missing from each: three at most are
    assert hedges.shared([13, 2], 25) == 0


@given(st.integers(1, 8), st.data())
def test_shared_is_the_fewest_that_any_two_sets_have_in_common(size: int, data: Any) -> None:
    first, second = (data.draw(st.integers(0, size)) for _ in range(2))
    a, b = set(range(first)), set(range(size - second, size))  # pushed to opposite ends
    assert hedges.shared([first, second], size) == len(a & b)


def test_apart_by_hand() -> None:
    # 13, 2 and 2 of 25 leave 8: the first may have 21, the others 10.
    left = hedges.apart([range(13, 26), range(2, 26), range(2, 26)], 25)
    assert left == [range(13, 22), range(2, 11), range(2, 11)]
    assert hedges.apart([range(1, 2), range(0, 3)], 3) == [range(1, 2), range(0, 3)]
    with pytest.raises(ValueError, match="4 members at least do not fit apart into a group of 3"):
        hedges.apart([range(2, 4), range(2, 4)], 3)


def test_two_majorities_share_a_member_only_if_both_are_of_those_in_favour() -> None:
    # 13 + 13 - 25 = 1; of 24 of all 47, the 22 others leave 2, and 13 + 2 is less than 25.
    assert hedges.both_majorities() == (1, 0)


# --- Verdicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "granted", "refused", "expected"),
    [
        (["a", "b"], {"a", "b"}, set(), "met"),
        (["a", "b"], {"a"}, {"b"}, "partly"),
        (["a", "b"], {"a"}, set(), "partly"),
        (["a", "b"], set(), {"b"}, "not-met"),
        (["a"], set(), set(), "not-comparable"),
        ([], set(), set(), "not-comparable"),
    ],
)
def test_the_rule_of_the_verdict(
    parts: list[str], granted: set[str], refused: set[str], expected: str
) -> None:
    assert answers.verdict(parts, granted, refused) == expected


def test_every_answer_is_to_a_part_of_its_preference_and_one_a_stage() -> None:
    parts = {row["preference_id"]: row["parts"].split("; ")
             for row in rows("stated/preferences.csv")}  # fmt: skip
    table = rows("stated/preference_answers.csv")
    for row in table:
        wish = row["preference_id"] or "not-asked"
        assert row["answer_id"] == f"{wish}-{row['part']}-{row['stage']}"
        assert wish == "not-asked" or row["part"] in parts[wish]
    stages = {"A/60/205": "proposed", "A/RES/60/227": "decided"}
    assert all(row["stage"] == stages.get(row["document_id"], "held") for row in table)


def test_a_proposal_decides_nothing_and_an_account_only_where_the_decision_is_silent() -> None:
    decisive = answers.decisive()
    assert answers.PROPOSED not in set(decisive["stage"])
    decided = {(r["preference_id"], r["part"]) for r in rows("stated/preference_answers.csv")
               if r["stage"] == "decided"}  # fmt: skip
    held = decisive[decisive["stage"] == "held"]
    assert not decided & set(zip(held["preference_id"], held["part"], strict=True))
    assert len(held) > 0


def test_some_verdicts_by_hand() -> None:
    table = answers.verdicts().set_index("preference_id")
    # 14 and 15 September 2006: two days, within 2 to 10; not in 2004 or 2005.
    assert stated("proposed-conference-duration-a-58-98").interval.lo == answers.days() == 2
    assert table.loc["length-46-1", "verdict"] == "met"
    assert table.loc["timing-46-1", "verdict"] == "not-met"
    assert table.loc["outcome-45-1", ["verdict", "clear"]].tolist() == ["not-met", "not-met"]
    # Regional preparation was asked for, subregional passed over.
    assert table.loc["preparation-46-1", "verdict"] == "partly"


def test_the_verdicts_once_more_from_the_files() -> None:
    """Met, of the wishes about a conference: all parts granted by the decision, or by accounts."""
    given_ = rows("stated/preference_answers.csv")
    met = {"clear": 0, "read": 0}
    for row in rows("stated/preferences.csv"):
        if not row["parts"] or row["subject"] == "role-of-un":
            continue
        for way in met:
            own = [a for a in given_ if a["preference_id"] == row["preference_id"]
                   and (way == "read" or a["certainty"] == "clear")]  # fmt: skip
            good = 0
            for part in row["parts"].split("; "):
                at = {a["stage"]: a["reading"] for a in own if a["part"] == part}
                good += at.get("decided", at.get("held")) == "grants"
            met[way] += good == row["parts"].count(";") + 1
    value = as_interval(FOUND["preferences-met"].value or 0.0)
    assert (value.lo, value.hi) == (met["clear"], met["read"]) == (5, 10)


# --- The readings --------------------------------------------------------------------------------


def test_the_differences_are_exactly_those_between_the_readings() -> None:
    a, b = ({row["preference_id"]: row for row in rows(f"readings/preferences_{x}.csv")}
            for x in "ab")  # fmt: skip
    final = {row["preference_id"]: row for row in rows("stated/preferences.csv")}
    assert list(a) == list(b) == list(final)
    found = {(wish, field, a[wish][field], b[wish][field])
             for wish in final for field in twice.CODED
             if a[wish][field] != b[wish][field]}  # fmt: skip
    listed = rows("readings/preference_differences.csv")
    told = {(r["preference_id"], r["field"], r["value_a"], r["value_b"]) for r in listed}
    assert told == found
    for row in listed:
        kept = {"A": row["value_a"], "B": row["value_b"]}[row["kept"]]
        assert row["resolved"] == kept == final[row["preference_id"]][row["field"]]
        assert row["difference_id"] == f"{row['preference_id']}-{row['field']}".replace("_", "-")
    for wish, row in final.items():
        for field in twice.CODED:
            assert row[field] in (a[wish][field], b[wish][field])


def answers_of(path: str) -> dict[str, str]:
    """How each answer of a table is read, and how certain, by its id."""
    return {row["answer_id"]: f"{row['reading']}; {row['certainty']}" for row in rows(path)}


def test_the_differences_of_the_answers_are_exactly_those_between_the_readings() -> None:
    a, b = (answers_of(f"readings/preference_answers_{x}.csv") for x in "ab")
    final = answers_of("stated/preference_answers.csv")
    found = {(i, a.get(i, ""), b.get(i, "")) for i in {*a, *b} if a.get(i) != b.get(i)}
    listed = rows("readings/preference_answer_differences.csv")
    assert {(row["answer_id"], row["value_a"], row["value_b"]) for row in listed} == found
    for row in listed:
        values = {"A": row["value_a"], "B": row["value_b"]}
        assert row["resolved"] == final.get(row["answer_id"], "")
        assert row["resolved"] == values.get(row["kept"], row["resolved"])
        assert (row["kept"] == "neither") == (row["resolved"] not in values.values())
    # What both have alike stands, and nothing that neither found.
    differ = {row["answer_id"] for row in listed}
    assert {i: v for i, v in final.items() if i not in differ} == {
        i: v for i, v in a.items() if i not in differ
    }


def test_what_one_reader_doubts_is_doubtful_and_no_difference_reverses_an_answer() -> None:
    a, b = (answers_of(f"readings/preference_answers_{x}.csv") for x in "ab")
    for answer, value in answers_of("stated/preference_answers.csv").items():
        seen = {table[answer] for table in (a, b) if answer in table}
        assert value.partition(";")[0] in {each.partition(";")[0] for each in seen}
        assert "clear" not in value or seen == {value}
    # The consequence that the chapter tells of.
    assert a["scope-44-1-all-types-decided"] == "grants; doubtful"
    assert b["scope-44-1-all-types-decided"] == "grants; clear"


def test_each_reading_of_the_answers_keeps_to_the_parts_and_names_its_rows() -> None:
    parts = {row["preference_id"]: row["parts"].split("; ")
             for row in rows("stated/preferences.csv")}  # fmt: skip
    for reader in "ab":
        for row in rows(f"readings/preference_answers_{reader}.csv"):
            wish = row["preference_id"]
            own = f"{wish or 'not-asked'}-{row['part']}-{row['stage']}"
            assert row["reading_id"] == f"{reader}-{own}"
            assert not wish or (row["answer_id"] == own and row["part"] in parts[wish])


def test_the_answers_read_alike_once_more_from_the_files() -> None:
    """A part at a stage: 43 parts at three stages."""
    a, b = (
        {row["answer_id"]: row["reading"] for row in rows(f"readings/preference_answers_{x}.csv")}
        for x in "ab"
    )
    looked = [f"{row['preference_id']}-{part}-{stage}" for row in rows("stated/preferences.csv")
              if row["parts"] for part in row["parts"].split("; ")
              for stage in ("proposed", "decided", "held")]  # fmt: skip
    alike, opposed = twice.answered()
    assert alike.total == len(looked) == 43 * 3
    assert alike.count == sum(a.get(i) == b.get(i) for i in looked)
    assert opposed == sum({a.get(i), b.get(i)} == {"grants", "refuses"} for i in looked)


def test_kappa_of_what_was_decided_by_hand() -> None:
    """41 of 43 alike; A has 25 granted, 5 refused and 13 not found, B 27, 5 and 11.

    By chance (25 x 27 + 5 x 5 + 13 x 11) / 43^2 = 843 / 1849, so kappa is
    (41 x 43 - 843) / (43^2 - 843) = 920 / 1006.
    """
    coding = twice.codings()["answer-decided"]
    assert [coding["a"].tolist().count(code) for code in ("grants", "refuses", "")] == [25, 5, 13]
    assert [coding["b"].tolist().count(code) for code in ("grants", "refuses", "")] == [27, 5, 11]
    result = next(k for k in twice.kappas() if k.field == "answer-decided")
    assert (result.agreed.count, result.agreed.total) == (41, 43)
    assert result.kappa == pytest.approx(920 / 1006)


def test_the_verdicts_of_each_reading_by_hand() -> None:
    """B alone has all types clearly granted, and a world meeting refused outright."""
    a, b = (answers.verdicts(f"preference_answers_{x}").set_index("preference_id") for x in "ab")
    assert a.loc["scope-44-1", ["verdict", "clear"]].tolist() == ["met", "not-comparable"]
    assert b.loc["scope-44-1", ["verdict", "clear"]].tolist() == ["met", "met"]
    assert a.loc["alternative-47-2", ["verdict", "clear"]].tolist() == ["partly", "partly"]
    assert b.loc["alternative-47-2", ["verdict", "clear"]].tolist() == ["partly", "not-met"]
    assert twice.differing("verdict") == ["role-of-un-50-1", "role-of-un-51-2", "role-of-un-52-2"]


def test_a_preference_is_named_by_subject_paragraph_and_rank() -> None:
    seen: dict[str, int] = {}
    for row in rows("stated/preferences.csv"):
        stem = f"{row['subject']}-{row['place'].removeprefix('para. ')}"
        seen[stem] = seen.get(stem, 0) + 1
        assert row["preference_id"] == f"{stem}-{seen[stem]}"
        assert (row["hedge"] == "none") == (row["phrase"] == row["wanted"])


def test_kappa_of_the_second_group_by_hand() -> None:
    """24 of 32 alike; A has 26 empty, 5 of one code and 1 of another, B 20, 11 and 1.

    By chance (26 x 20 + 5 x 11 + 1 x 1) / 32^2 = 9/16, so kappa is (3/4 - 9/16) / (7/16) = 3/7.
    """
    a, b = ([row["base_also"] for row in rows(f"readings/preferences_{x}.csv")] for x in "ab")
    assert sorted(map(a.count, set(a))) == [1, 5, 26]
    assert sorted(map(b.count, set(b))) == [1, 11, 20]
    result = next(k for k in twice.kappas() if k.field == "base_also")
    assert result.kappa == pytest.approx(3 / 7)
    assert (result.agreed.count, result.agreed.total) == (24, 32)


# --- Findings and exhibits -----------------------------------------------------------------------


def test_the_roles_once_more_from_the_file() -> None:
    roles = [row["attribution"] for row in rows("stated/preferences.csv")
             if row["subject"] == "role-of-un"]  # fmt: skip
    said, implied, own = (roles.count(each) for each in ("stated", "implied", "own"))
    assert FOUND["preferences-roles"].value == own
    assert f"Of {said + implied + own} roles" in FOUND["preferences-roles"].sentence
    assert list(hedges.holders_of_roles()) == [said, implied, own]


def test_no_wish_is_sure_to_have_had_more_holders_than_the_smallest_majority() -> None:
    assert FOUND["preferences-holders"].value == 25 // 2 + 1


def test_the_table_of_answers_has_every_wish_that_asks_and_what_was_not_asked() -> None:
    table = tables.asked_and_got().set_index("Asked in 2003")
    asking = [row for row in rows("stated/preferences.csv")
              if row["parts"] and row["subject"] != "role-of-un"]  # fmt: skip
    others = {row["part"] for row in rows("stated/preference_answers.csv")
              if not row["preference_id"]}  # fmt: skip
    assert len(table) == len(asking) + len(others)
    assert table["Verdict"].iloc[-1] == tables.NOT_ASKED
    year = table.loc["The year 2004 or 2005 (several), para. 46"]
    assert year["Decided in 2005"] == "instead: “14 and 15 September 2006” (op. para. 1)"
    assert year["Verdict"] == "not met"


def test_the_figures_draw_what_they_are_given() -> None:
    wishes = hedges.counts().query("subject != @hedges.ROLE")
    table = answers.verdicts().query("asks")
    for sheet in (PAGE, PHONE):
        drawn = figures.counts(wishes, hedges.bases(), sheet=sheet)
        assert not faults(drawn)
        bars = [bar for bar in drawn.axes[0].patches if isinstance(bar, Rectangle)]
        certain = [b.get_width() for b in bars if b.get_height() == pytest.approx(figures.THICK)]
        assert sorted(certain) == sorted(wishes["fewest"].dropna())
        squares = figures.verdicts(table, sheet=sheet)
        assert not faults(squares)
        filled = [patch for axes in squares.axes for patch in axes.patches if not patch.get_hatch()]
        assert len(filled) == (table["verdict"] == table["clear"]).sum()
        assert sum(len(axes.patches) for axes in squares.axes) == len(table)


def test_the_parts_beside_the_verdicts_are_in_keeping_with_them() -> None:
    shown = tables.verdicts(answers.verdicts().query("asks"))
    whole = shown["Parts granted"] == shown["Parts"]
    assert (whole == (shown["Verdict"] == "met")).all()
    assert ((shown["Parts granted"] > 0) & ~whole == (shown["Verdict"] == "partly met")).all()


def test_a_preference_without_a_number_is_drawn_as_missing() -> None:
    shown = tables.counts(hedges.counts().query("subject != @hedges.ROLE"))
    assert shown["Fewest Governments"].isna().sum() == 2
    assert pd.isna(shown.loc[shown["Words"] == "", "Most Governments"]).all()
