"""The audit: relations recomputed by hand, conflicts found, discrepancies that must not vanish."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.audit import discrepancies, judged, pairs, relations, tables, verdicts
from analysis.audit.findings import findings
from analysis.precision import Interval, as_interval
from analysis.statements import stated
from analysis.tables import PACKAGE, TableError, load

DISCREPANCIES = load("discrepancies")
NUMERIC = DISCREPANCIES[DISCREPANCIES["numeric"]]


def relation(**given: object) -> dict[str, object]:
    """A relation with the fields that matter; the rest is missing."""
    return {**dict.fromkeys(load("relations").columns, pd.NA), "relation_id": "trial", **given}


# --- Verdicts


@pytest.mark.parametrize(
    ("figure", "computed", "verdict"),
    [
        (Interval(27, 27), Interval(27, 27), "reproduced"),
        (Interval(27, 27), Interval(28, 28), "inconsistent"),
        (Interval(23.5, 24.5), Interval(24.08, 24.08), "consistent"),
        (Interval(23.5, 24.5), Interval(24.6, 24.6), "inconsistent"),
        (Interval(23.5, 24.5), Interval(24.5, 24.5), "consistent"),
        # "more than 100" is not met by 100 itself.
        (Interval(100, 1e9, lo_closed=False), Interval(100, 100), "inconsistent"),
    ],
)
def test_verdict_follows_from_the_intervals(
    figure: Interval, computed: Interval, verdict: str
) -> None:
    assert relations.judge(figure, computed) == verdict


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_exact_figures_are_reproduced_or_fail_and_nothing_between(one: int, other: int) -> None:
    verdict = relations.judge(Interval(one, one), Interval(other, other))
    assert verdict == ("reproduced" if one == other else "inconsistent")


# --- Kinds of relations, by hand


def test_sum_of_statements_and_items() -> None:
    """1 + 12 + 7 + 4 + 3 = 27, as p. 11 of the report adds up; two named items make it 29."""
    kinds = ("global-processes", "rcps", "irfs", "un-rcs", "reos")
    parts = "; ".join(f"grcp7-survey-{kind}-grcp7" for kind in kinds)
    target = stated("grcp7-survey-respondents-grcp7")
    assert relations.computed(relation(kind="sum", operands=parts), target) == Interval(27, 27)
    more = relation(kind="sum", operands=f"{parts}; list_items[list_id=co-facilitators]")
    assert relations.computed(more, target) == Interval(29, 29)


def test_difference_and_share() -> None:
    target = stated("conference-survey-response-share-2003-a-58-98")
    rest = relation(kind="difference", operands="46; 22")
    assert relations.computed(rest, target) == Interval(24, 24)
    share = relations.computed(relation(kind="share", operands="46; 191"), target)
    assert share.lo == pytest.approx(24.0838, abs=1e-4)
    both = relations.computed(relation(kind="share", operands="46; 100; 91"), target)
    assert both.lo == pytest.approx(share.lo)


def test_whole_number_share_takes_the_only_number_that_fits() -> None:
    """27 of 35 is 77.14 per cent; 27 of 34 and of 36 round to 79 and 75."""
    target = stated("grcp7-survey-response-rate-grcp7")
    one = relation(kind="whole-number share", operands="grcp7-survey-respondents-grcp7")
    assert relations.computed(one, target).lo == pytest.approx(100 * 27 / 35)


def test_an_open_end_of_an_operand_stays_open() -> None:
    """More than 100 signed: at least that many is still more than 100."""
    target = stated("cis-conference-states-a-59-325")
    more = relation(kind="at least", operands="toc-protocols-signatories-a-59-325")
    assert 100 not in relations.computed(more, target)
    assert 101 in relations.computed(more, target)


def test_bounds_are_open_on_the_other_side() -> None:
    target = stated("cis-conference-states-a-59-325")
    least = relations.computed(relation(kind="at least", operands="12"), target)
    most = relations.computed(relation(kind="at most", operands="90"), target)
    assert (87 in least, 11 in least, 87 in most, 91 in most) == (True, False, True, False)


def test_capacity_is_whole_statements() -> None:
    """150 minutes and 165 minutes hold 63 statements of five minutes."""
    one = relation(
        kind="capacity",
        operands="10:30-13:00; 15:00-17:45; hld-2006-statement-time-limit-a-60-205",
    )
    spoke = stated("hld-2006-states-making-statements-hld-slides")
    assert relations.computed(one, spoke) == Interval(0, 63)


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("12", 12),
        ("compact_elements", 24),
        ("hld_participants[kind=observer]", 2),
        ("hld_participants[kind!=observer]", 193),
        ("un_membership_by_year/2003#member_states_end_of_year", 191),
        ("treaty_actions[instrument_id=icrmw&action_date<=1993-06-21]", 2),
        ("world_population/wpp-2017-year-2000#population_thousands*1000", 6145007104),
    ],
)
def test_operands_are_numbers_rows_and_sums(token: str, value: float) -> None:
    assert relations.quantity(token) == Interval(value, value)


@pytest.mark.parametrize(
    "token", ["un_membership_by_year/1066#member_states_end_of_year", "hld_participants[kin=x]"]
)
def test_an_operand_that_names_nothing_is_an_error(token: str) -> None:
    with pytest.raises(ValueError, match=re.escape(token)):
        relations.quantity(token)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="trial"):
        relations.computed(relation(kind="weekday"), stated("gcm-themes-grcp7-p-5"))
    with pytest.raises(ValueError, match="trial"):
        relations.computed_text(relation(kind="sum"))


# --- The calendar


@pytest.mark.parametrize(
    ("year", "opening"),
    [
        (2003, date(2003, 9, 16)),  # press release GA/10130, with the debate on 23 September
        (2007, date(2007, 9, 18)),  # site of the sixty-second session
        (2018, date(2018, 9, 18)),  # 1 September was a Saturday
    ],
)
def test_session_opens_as_the_public_pages_say(year: int, opening: date) -> None:
    assert relations.session_opening(year) == opening
    debate = relations.computed_text(relation(kind="general debate", operands=str(year)))
    assert date.fromisoformat(debate) - opening == pd.Timedelta(days=7)


@given(st.integers(2003, 2100))
def test_session_opens_on_a_tuesday_between_12_and_18_september(year: int) -> None:
    opening = relations.session_opening(year)
    assert (opening.weekday(), opening.month) == (1, 9)
    assert 12 <= opening.day <= 18


def test_entry_into_force_follows_the_rule_of_each_treaty() -> None:
    """Days that the record gives; the Migrant Workers Convention and the Protocols differ."""
    recorded = load("instruments").set_index("instrument_id")["entry_into_force"]
    for instrument_id in ("icrmw", "smuggling-protocol", "refugee-convention"):
        found = relations.computed_text(relation(kind="entry into force", operands=instrument_id))
        assert found == str(recorded[instrument_id].date())


def test_days_minutes_and_order() -> None:
    assert relations.days("2018-04-03..2018-04-06") == 4
    assert relations.days("2018-02-20..2018-02-20") == 1
    assert relations.length("09:30-10:30") == 60
    assert relations.in_order(["10:00-10:30", "10:30-13:00"])
    assert not relations.in_order(["10:00-10:30", "10:15-13:00"])
    assert not relations.in_order(["10:00-10:00"])
    assert relations.computed_text(relation(kind="weekday", operands="2006-09-14")) == "Thursday"


# --- The table of relations


def test_every_relation_is_worked_out_and_names_its_record() -> None:
    table = load("relations")
    results = relations.evaluate(table)
    assert set(results["relation_id"]) == set(table["relation_id"])
    assert set(results["verdict"]) <= set(relations.VERDICTS)
    for row in table.dropna(subset=["record"]).itertuples():
        assert len(load(str(row.record).partition("/")[0])) > 0


def test_a_number_that_no_statement_gives_stands_on_the_public_page_named() -> None:
    pages = load("public_pages").set_index("page_id")["says"]
    checked = 0
    for row in load("relations").to_dict("records"):
        if row["kind"] not in ("record", "duration") or pd.isna(row["record"]):
            continue
        says = pages[str(row["record"]).partition("/")[2]]
        for token in relations.operands(row):
            numbers = [token] if token.isdigit() else [d[8:] for d in token.split("..")]
            for number in numbers:
                assert re.search(rf"\b0?{int(number)}\b", says), (row["relation_id"], number)
                checked += 1
    assert checked > 10


def test_every_list_is_counted_once_per_item_and_by_some_relation() -> None:
    """That each item stands in its document is for the verifier: `phrase` is a quotation."""
    items = load("list_items")
    for name, rows in items.groupby("list_id"):
        assert rows["position"].tolist() == list(range(1, len(rows) + 1)), name
        assert not rows["phrase"].duplicated().any(), name
    counted = set(re.findall(r"list_items\[list_id=([a-z-]+)\]", " ".join(_operands())))
    assert counted == set(items["list_id"])


def _operands() -> list[str]:
    return load("relations")["operands"].tolist()


def test_assumed_relations_count_for_no_statement() -> None:
    """What an assumption of ours gives: 194 or 195, 24, 9, 12, 73 per cent, and so on."""
    assumed = verdicts.recomputed("assumed").set_index("relation_id")["computed"]
    assert assumed["participants-members-of-2006"] == "194"
    assert assumed["participants-members-of-2013"] == "195"
    assert assumed["survey-sides-and-member-states"] == "24"
    assert assumed["gmg-members-of-the-slides"] == "9"
    assert assumed["grcp7-highlights-counted"] == "12"
    used = " ".join(verdicts.ledger()["relations"]).split()
    assert not set(used) & set(assumed.index)


@pytest.mark.parametrize(
    ("given", "ground"),
    [
        ({"kind": "sum"}, "arithmetic"),
        ({"kind": "share", "record": "world_population"}, "outside"),
        ({"kind": "recount"}, "own-list"),
        ({"kind": "recount", "record": "treaty_actions"}, "outside"),
        ({"kind": "at most", "record": "un_membership_by_year"}, "bound"),
    ],
)
def test_a_relation_rests_on_the_record_on_arithmetic_or_on_a_list(
    given: dict[str, object], ground: str
) -> None:
    assert relations.ground(relation(**given)) == ground


# --- A verdict for every statement


def test_every_statement_of_the_ledger_has_one_line() -> None:
    table = verdicts.ledger()
    assert table["statement_id"].tolist() == load("statements")["statement_id"].tolist()
    assert set(table["verdict"]) <= set(relations.VERDICTS)
    assert set(table["checked_by"]) <= set(verdicts.CHECKS)
    unchecked = table["verdict"] == relations.UNCHECKED
    assert set(table.loc[unchecked, "reason"]) == set(verdicts.REASONS)
    assert (table.loc[~unchecked, "reason"] == "").all()
    assert (table.loc[unchecked, "relations"] == "").all()
    assert (table.loc[~unchecked, "checked_by"] != "nothing").all()


LISTED = "hld-participating-states-hld-page"
RESULTS_BY = verdicts._results_by.__wrapped__  # without its cache


def _with_results(monkeypatch: pytest.MonkeyPatch, *results: tuple[str, str]) -> None:
    """Verdict and ground of each recomputation of `LISTED`, kept apart from the real ones."""
    rows = [
        {"relation_id": f"trial-{i}", "statement_id": LISTED, "verdict": verdict, "ground": ground}
        for i, (verdict, ground) in enumerate(results)
    ]
    monkeypatch.setattr(verdicts, "recomputed", lambda: pd.DataFrame(rows))
    monkeypatch.setattr(verdicts, "_results_by", RESULTS_BY)


def test_one_failed_recomputation_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_results(monkeypatch, ("reproduced", "own-list"), ("inconsistent", "outside"))
    verdict, ground, by, ids = verdicts._verdict(stated(LISTED), [])
    assert (verdict, ground, by, ids) == (
        "inconsistent", "outside", "recomputation", ["trial-0", "trial-1"],
    )  # fmt: skip


def test_the_strongest_ground_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_results(monkeypatch, ("reproduced", "own-list"), ("reproduced", "arithmetic"))
    assert verdicts._verdict(stated(LISTED), [])[:2] == ("reproduced", "arithmetic")


def test_a_bound_refutes_and_never_confirms(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_results(monkeypatch, ("consistent", "bound"))
    assert verdicts._verdict(stated(LISTED), [])[0] == "unchecked"
    _with_results(monkeypatch, ("inconsistent", "bound"))
    assert verdicts._verdict(stated(LISTED), [])[0] == "inconsistent"


def test_what_verdicts_rest_on_is_counted_apart() -> None:
    """Counted once more from the rows of the files, without the code of the chapter."""
    with (PACKAGE.parent / "stated" / "relations.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["basis"] == "stated"]
    order = ["outside", "arithmetic", "own-list"]
    direct: dict[str, set[str]] = {}
    part: dict[str, set[str]] = {}
    for row in rows:
        if row["kind"] in ("at least", "at most"):
            continue
        ground = "own-list" if row["kind"] == "recount" else "arithmetic"
        ground = "outside" if row["record"] else ground
        for target in row["statements"].split():
            direct.setdefault(target, set()).add(ground)
        for operand in row["operands"].split("; ") if row["statements"] else []:
            part.setdefault(operand, set()).add(ground)
    known = set(load("statements")["statement_id"])
    best = {
        i: min(direct.get(i) or part[i], key=order.index) for i in (direct | part) if i in known
    }
    expected = Counter(best.values())
    table = verdicts.grounds()["figures"]
    assert {ground: table[ground] for ground in order} == dict(expected)
    standing = verdicts.ledger().set_index("statement_id")["standing"]
    assert standing[list(best)].to_dict() == best


def test_most_figures_that_come_out_exactly_are_small_and_count_a_list() -> None:
    exact = verdicts.ledger().query("verdict == 'reproduced'")
    values = load("statements").set_index("statement_id").loc[exact["statement_id"], "value"]
    grounds = verdicts.grounds()
    assert grounds["small"].sum() == (values <= 6).sum()
    assert (values <= 6).mean() > 0.5
    assert grounds.at["own-list", "figures"] > grounds["figures"].sum() / 2
    assert (grounds["exact"] + grounds["within"] == grounds["figures"]).all()


@pytest.mark.parametrize(
    ("statement_id", "verdict", "standing", "checked_by"),
    [
        ("conference-survey-member-states-a-58-98", "reproduced", "arithmetic", "recomputation"),
        # 25 and 22 make the 47 Governments of the same sentence.
        (
            "conference-survey-in-favour-a-58-98-para-42",
            "reproduced", "arithmetic", "part-of-relation",
        ),
        # 195 names; ten recommendations, five and five; 15 entities in 2013.
        ("hld-participating-states-hld-page", "reproduced", "own-list", "recomputation"),
        ("grcp7-joint-recommendations-grcp7", "reproduced", "arithmetic", "recomputation"),
        ("gmg-un-entities-hld-page", "reproduced", "outside", "recomputation"),
        ("hld-2006-plenary-meetings-res-60-227", "reproduced", "repetition", "other-document"),
        ("hld-2006-preparatory-panels-imr2006-ii", "consistent", "repetition", "other-document"),
        # No more than the membership: that would hold of any number up to 192.
        ("hld-2006-states-making-statements-hld-slides", "unchecked", "unchecked", "nothing"),
        ("sid-special-hearing-experts-a-58-98", "unchecked", "unchecked", "nothing"),
    ],
)  # fmt: skip
def test_verdicts_known_by_hand(
    statement_id: str, verdict: str, standing: str, checked_by: str
) -> None:
    line = verdicts.ledger().set_index("statement_id").loc[statement_id]
    assert tuple(line[["verdict", "standing", "checked_by"]]) == (verdict, standing, checked_by)


def test_the_bars_of_the_ledger_lose_no_figure() -> None:
    stated, bars = load("statements"), tables.standings()
    for by, column in (("document", "document_id"), ("topic", "topic")):
        own = bars[bars["By"] == by].groupby("Document or topic")["Figures"].sum()
        counts = stated[column].value_counts().rename(index=tables.DOCUMENTS)
        assert own.to_dict() == counts.to_dict()


def test_counts_by_document_and_by_topic_are_of_the_same_statements() -> None:
    for column in ("document_id", "topic"):
        table = verdicts.standing_counts(column)
        assert table["total"].sum() == len(load("statements"))
        assert (table[list(verdicts.STANDINGS)].sum(axis=1) == table["total"]).all()


def test_every_id_has_its_words() -> None:
    assert list(tables.VERDICTS) == list(relations.VERDICTS)
    assert list(tables.STANDINGS) == list(tables.MEANINGS) == list(verdicts.STANDINGS)
    assert set(tables.GROUNDS) == {*relations.GROUNDS, relations.BOUND}
    assert set(tables.REASONS) == set(verdicts.REASONS)
    table = verdicts.ledger()
    unchecked = table[table["verdict"] == relations.UNCHECKED]
    assert tables.unchecked(unchecked)["All"].sum() == len(unchecked)


def test_what_was_recomputed_is_numbers_and_what_the_calendar_gives_is_words() -> None:
    """Bounds are open at one side; a share keeps its digits for programs."""
    shown = tables.readable_places(verdicts.by_place()).set_index(["Stated", "Document"])
    row = shown.loc[("194", "A/59/325")]
    assert (row["Recomputed"].lo, row["Recomputed"].hi) == (191, math.inf)
    share = shown.loc[("24 per cent", "A/58/98"), "Recomputed"]
    assert (share.lo, share.hi) == pytest.approx((100 * 46 / 191,) * 2)
    days = shown[shown["Day or order"].notna()]
    assert {"Thursday", "Friday"} <= set(days["Day or order"])
    assert days["Recomputed"].isna().all()
    assert shown["Recomputed"].notna().sum() == len(shown) - len(days)


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (Interval(46, 46), "46"),
        (Interval(191, math.inf), "191 or more"),
        (Interval(0, 63), "63 or fewer"),
        (as_interval(100 * 46 / 191), "24.1"),
        (Interval(2.84, 2.86), "2.8 to 2.9"),
    ],
)
def test_what_comes_out_is_told_in_words(result: Interval, told: str) -> None:
    assert tables.outcome(result) == told


# --- Pairs


@pytest.mark.parametrize(
    ("one", "other", "when"),
    [
        ("2006", "2006-09-14", "same"),
        ("2006-09-14/2006-09-15", "2006-09", "same"),
        ("2003", "2004", "other"),
        ("2001/2003", "2002/2004", "other"),
        ("1995/1999", "1997", "same"),
        ("", "2003", "unknown"),
    ],
)
def test_same_time_is_one_period_within_the_other(one: str, other: str, when: str) -> None:
    assert pairs.same_time(one, other) == when
    assert pairs.same_time(other, one) == when


def test_conflicts_are_found_and_a_change_is_none() -> None:
    proposed = stated("hld-2006-round-tables-a-60-205-para-13")
    decided = stated("hld-2006-round-tables-res-60-227-op-para-7")
    assert pairs.compare(proposed, decided) == "conflict"
    # "At least two" leaves room for four.
    least = stated("hld-2006-plenary-meetings-a-60-205-para-11")
    assert pairs.compare(least, stated("hld-2006-plenary-meetings-res-60-227")) == "agree"
    early, late = (stated(f"world-migrant-stock-{y}-a-58-98") for y in (1990, 2000))
    assert pairs.compare(early, late) == "change"


def test_the_only_conflict_is_over_the_round_tables() -> None:
    """Five in 4 places of the proposal against four in 6 places of decision and reports."""
    rows = load("statements").query("quantity_id == 'hld-2006-round-tables'")
    five, four = (rows["value"] == 5).sum(), (rows["value"] == 4).sum()
    table = pairs.pairs().query("outcome == 'conflict'")
    assert set(table["quantity_id"]) == {"hld-2006-round-tables"}
    assert len(table) == five * four == 24


def test_every_conflict_is_explained_by_a_discrepancy() -> None:
    table = pairs.pairs()
    conflicts = table[table["outcome"] == "conflict"]
    assert len(conflicts) > 0
    assert conflicts["explained"].notna().all()
    kinds = DISCREPANCIES.set_index("discrepancy_id")["class"]
    assert not (kinds[conflicts["explained"]] == "none").any()


def test_no_quantity_is_compared_with_another() -> None:
    table, quantity = pairs.pairs(), load("statements").set_index("statement_id")["quantity_id"]
    assert (table["first"].map(quantity) == table["second"].map(quantity)).all()
    assert (table["first"] != table["second"]).all()


# --- Discrepancies


@pytest.mark.parametrize("row", NUMERIC.to_dict("records"), ids=NUMERIC["discrepancy_id"].tolist())
def test_numeric_discrepancy_is_reproduced(row: dict[str, object]) -> None:
    assert discrepancies.reproduced(pd.Series(row)) is True


@pytest.mark.parametrize("test", ["apart", "differ"])
def test_a_discrepancy_that_has_disappeared_is_noticed(test: str) -> None:
    """With the first figure on both sides nothing is left of it."""
    row = NUMERIC[(NUMERIC["test"] == test) & NUMERIC["statement_b"].notna()].iloc[0].copy()
    row["statement_b"] = row["statement_a"]
    assert discrepancies.reproduced(row) is False


def test_an_agreement_that_has_disappeared_is_noticed() -> None:
    row = NUMERIC[NUMERIC["discrepancy_id"] == "stock-2000-two-editions"].iloc[0].copy()
    row["statement_b"] = "world-migrant-stock-1990-a-58-98"
    assert discrepancies.reproduced(row) is False


def test_a_relation_that_comes_out_otherwise_is_noticed() -> None:
    row = NUMERIC[NUMERIC["relation"] == "grcp7-kinds-make-27"].iloc[0].copy()
    row["class"] = "contradiction"
    assert discrepancies.reproduced(row) is False
    row["relation"], row["class"], row["test"] = "participants-members-of-2006", "none", "sum"
    assert discrepancies.reproduced(row) is False


def test_a_numeric_row_without_its_sides_is_an_error() -> None:
    row = NUMERIC[NUMERIC["test"] == "apart"].iloc[0].copy()
    row["statement_b"] = row["record_b"] = row["relation"] = pd.NA
    with pytest.raises(ValueError, match=str(row["discrepancy_id"])):
        discrepancies.reproduced(row)
    row["test"] = "recount"
    with pytest.raises(ValueError, match="needs a relation"):
        discrepancies.reproduced(row)


def test_a_test_goes_with_numbers_and_with_nothing_else() -> None:
    assert (DISCREPANCIES["test"].notna() == DISCREPANCIES["numeric"]).all()
    assert (DISCREPANCIES["relation"].isna() | DISCREPANCIES["numeric"]).all()
    words = DISCREPANCIES[~DISCREPANCIES["numeric"]]
    assert discrepancies.reproduced(words.iloc[0]) is None


def test_discrepancies_stand_where_their_statements_do() -> None:
    checked = 0
    for row in DISCREPANCIES.itertuples():
        for side in ("a", "b"):
            statement_id = getattr(row, f"statement_{side}")
            if not pd.isna(statement_id):
                source = stated(str(statement_id))
                assert source.document_id == getattr(row, f"document_{side}"), row.discrepancy_id
                assert source.place in str(getattr(row, f"place_{side}")), row.discrepancy_id
                checked += 1
        for statement_id in (
            "" if pd.isna(row.further_statements) else row.further_statements
        ).split():
            stated(statement_id)
    assert checked > 50


def test_records_and_pages_that_are_cited_exist_and_every_page_is_cited() -> None:
    pages = set(load("public_pages")["page_id"])
    used = set(load("relations")["record"].dropna().str.extract(discrepancies.PAGE)[0].dropna())
    for row in DISCREPANCIES.to_dict("records"):
        cited = f"{row['evidence']} {row['record_b']}"
        used |= set(discrepancies.PAGE.findall(cited))
        if not pd.isna(row["record_b"]):
            table, _, key = str(row["record_b"]).partition("/")
            rows = load(table)
            assert not key or key in set(rows.iloc[:, 0].astype(str)), row["discrepancy_id"]
    assert used == pages


def test_every_discrepancy_is_shown_once() -> None:
    graver = tables.gravest(DISCREPANCIES)
    lesser, apparent = tables.lesser(DISCREPANCIES), tables.apparent(DISCREPANCIES)
    shown = [*graver["What disagrees"], *lesser["What disagrees"], *apparent["What was considered"]]
    assert sorted(shown) == sorted(DISCREPANCIES["title"])
    assert not graver["Evidence"].str.contains("public_pages").any()


def test_counts_by_class_and_by_document_are_of_the_same_rows() -> None:
    classes = discrepancies.by_class(DISCREPANCIES)
    assert classes["total"].sum() == len(DISCREPANCIES)
    assert classes["unresolved"].sum() == (DISCREPANCIES["status"] == "unresolved").sum()


def test_a_discrepancy_counts_for_each_chapter_that_it_names() -> None:
    rows = pd.DataFrame(
        {
            "title": ["one", "two", "three"],
            "class": ["contradiction", "none", "attribution"],
            "gravity": [3, 1, 1],
            "consequence": ["Timeline and survey: dated.", "Survey: kept.", "Survey: noted."],
        }
    )
    table = discrepancies.chapters(rows, {"Survey": "Survey", "Timeline": "The timeline"})
    assert table["title"].tolist() == ["three", "one", "one"]
    assert table["measure"].tolist() == ["Noted.", "Dated.", "Dated."]
    assert table["chapter"].tolist() == ["Survey", "Survey", "The timeline"]


def test_what_later_readers_changed_is_counted_by_row_and_by_field() -> None:
    """Of two rows the second mends three fields, leaves one, adds a row; the third mends one."""
    review = pd.DataFrame(
        {
            "discrepancy_id": ["one", "one", "two", "two", "three", "three"],
            "reading": [*["second"] * 5, "third"],
            "field": ["title", "class", "title", "status", "row", "title"],
            "outcome": ["applied", "overtaken", "applied", "rejected", "added", "applied"],
        }
    )
    rows = pd.DataFrame({"discrepancy_id": ["one", "two", "three"]})
    assert discrepancies.reread(rows, review, "second") == {
        "read": 2, "corrected": 2, "applied": 3, "rejected": 1, "added": 1,
    }  # fmt: skip
    assert discrepancies.reread(rows, review, "third") == {
        "read": 3, "corrected": 1, "applied": 1, "rejected": 0, "added": 0,
    }  # fmt: skip


def judgements() -> dict[str, dict[str, dict[str, str]]]:
    """Both judgements of each discrepancy, as csv reads them, by reading and id."""
    path = PACKAGE.parent / "readings" / "discrepancy_judgements.csv"
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    return {s: {r["discrepancy_id"]: r for r in rows if r["reading"] == s} for s in "AB"}


def test_agreement_of_the_judgements_is_that_of_the_library() -> None:
    a, b = judgements().values()
    assert list(a) == list(b) == sorted(DISCREPANCIES["discrepancy_id"])
    for each in judged.kappas()[1:]:
        seen = Counter((a[name][each.field], b[name][each.field]) for name in a)
        codes = sorted({code for pair in seen for code in pair})
        expected = cohens_kappa([[seen[one, two] for two in codes] for one in codes])
        assert each.kappa == pytest.approx(expected.kappa)
    real = [(a[name]["class"] == "none") == (b[name]["class"] == "none") for name in a]
    assert judged.kappas()[0].agreed.count == sum(real)
    apart = [abs(int(a[name]["gravity"]) - int(b[name]["gravity"])) for name in a]
    assert judged.near().count == sum(gap <= 1 for gap in apart)


def test_every_difference_went_to_a_judgement_or_to_neither() -> None:
    a, b = judgements().values()
    final = {r["discrepancy_id"]: r for r in DISCREPANCIES.astype(str).to_dict("records")}
    counts = judged.resolved()
    for field in judged.CODED:
        differ = [name for name in a if a[name][field] != b[name][field]]
        first = sum(final[name][field] == a[name][field] for name in differ)
        second = sum(final[name][field] == b[name][field] for name in differ)
        row = [first, second, len(differ) - first - second]
        assert counts.loc[field].tolist() == row


def test_what_is_only_apparent_is_resolved() -> None:
    apparent = DISCREPANCIES[DISCREPANCIES["class"] == "none"]
    assert (apparent["status"] == "resolved").all()


def test_recomputations_shown_together_lose_no_place() -> None:
    joined = verdicts.by_place()
    assert not joined.duplicated().any()
    shown = {(r.relation_id, p) for r in joined.itertuples() for p in str(r.place).split("; ")}
    every = {(r.relation_id, r.place) for r in verdicts.recomputed().itertuples()}
    assert shown == every


# --- Findings


def test_the_list_of_participants_is_the_membership_by_dates_of_admission() -> None:
    """Not from the table of totals: 193 admitted by 2013, 192 by 2006, and two observers."""
    since = load("un_members")["un_member_since"]
    found = {finding.finding_id: finding for finding in findings()}["audit-participants"]
    assert (int((since <= 2013).sum()) + 2, int((since <= 2006).sum()) + 2) == (195, 194)
    assert found.value == 195
    assert "were 195 in 2013" in found.detail
    assert "194 in 2006" in found.detail


def test_the_sides_leave_two_splits_of_the_member_states() -> None:
    """46 Member States and the Holy See: it is among the 22, or among the 25."""
    replies = load("conference_survey_replies")
    member_states = int(replies["member_states_represented"].sum())
    assert int(replies["governments_represented"].sum()) - member_states == 1
    found = {finding.finding_id: finding for finding in findings()}["audit-sides"]
    assert found.value == Interval(24, 25)
    assert "25 to 21 or 24 to 22" in found.sentence
    assert 25 + 21 == 24 + 22 == member_states


def test_no_assumption_of_ours_is_sold_as_a_contradiction() -> None:
    """What is graded as contradicted is in words: no relation gives it."""
    contradicted = [f for f in findings() if f.grade == "contradicted"]
    assert [f.finding_id for f in contradicted] == ["audit-contradictions"]
    rows = DISCREPANCIES[DISCREPANCIES["class"] == "contradiction"]
    basis = load("relations").set_index("relation_id")["basis"]
    assert not (basis.reindex(rows["relation"].dropna()) == "assumed").any()


def test_findings_are_unique_and_few_are_for_the_front_page() -> None:
    found = findings()
    assert len({finding.finding_id for finding in found}) == len(found)
    assert all(finding.chapter == "audit" for finding in found)
    front = {finding.finding_id for finding in found if finding.front is not None}
    assert front == {"audit-participants"}


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(TableError):
        load("relation")


def test_the_report_of_the_commission_is_checked_by_a_notice_of_it() -> None:
    """The page has "6 principles and 33 recommendations", as the slides do."""
    with (PACKAGE.parent / "record/public_pages.csv").open(encoding="utf-8", newline="") as file:
        says = {r["page_id"]: r["says"] for r in csv.DictReader(file)}["notice-gcim-report"]
    table = verdicts.ledger().set_index("statement_id")
    for thing, number in (("principles", 6), ("recommendations", 33)):
        assert f"{number} {thing}" in says
        row = table.loc[f"gcim-{thing}-hld-slides"]
        assert (row["standing"], row["verdict"]) == (relations.OUTSIDE, relations.REPRODUCED)


def test_confidence_is_that_of_the_rows_that_the_recomputations_need() -> None:
    used = verdicts.rows_used()
    assert set(used) == set(verdicts.records_used())
    # Not those after the end of the record, two of which are of less than high confidence.
    assert (used["treaty_actions"]["confidence"] == "high").all()
    assert len(used["eu_members_2003"]) == 15
    assert "notice-gcim-report" in set(used["public_pages"]["page_id"])
    assert "africanews-eswatini" not in set(used["public_pages"]["page_id"])


def test_the_gravest_cases_are_cards_that_lead_to_their_rows() -> None:
    """By csv: all of gravity 1, and of the settled errors the gravest."""
    with (PACKAGE.parent / "stated/discrepancies.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    worst = {row["discrepancy_id"] for row in known if row["gravity"] == "1"}
    shown = tables.cards(tables.cases(DISCREPANCIES))
    linked = re.findall(r"\(#([a-z0-9-]+)\)", shown)
    assert set(linked) == worst | {"sutherland-2005-or-2006"}
    assert len(linked) == 4
    assert set(linked) <= set(tables.gravest(DISCREPANCIES).index)
    # Cut at the end of a sentence, not before the number of a page.
    assert "On p. 34 each row can be read; on p. 35 and 36 the areas" in shown
    assert "23 January 2006. United Nations press release" in shown
