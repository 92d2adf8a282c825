"""Agreement between the readings: the measures against worked examples, the tables against each
other."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from analysis.readings import (
    COMPARED,
    Share,
    by_field,
    compare,
    found_by_both,
    kappa,
    kappas,
    matched,
    paired,
    shared_errors,
)
from analysis.tables import PACKAGE, load


def coded(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> tuple[pd.Series, pd.Series]:
    first = ["yes"] * (yes_yes + yes_no) + ["no"] * (no_yes + no_no)
    second = ["yes"] * yes_yes + ["no"] * yes_no + ["yes"] * no_yes + ["no"] * no_no
    return pd.Series(first, dtype="string"), pd.Series(second, dtype="string")


def test_kappa_by_hand() -> None:
    """50 items, 20 + 15 alike: p_o = 0.7, p_e = 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa = 0.2/0.5."""
    result = kappa(*coded(20, 5, 10, 15))
    assert result.agreed == Share(35, 50)
    assert result.chance == pytest.approx(0.5)
    assert result.kappa == pytest.approx(0.4)


def test_standard_error_by_hand() -> None:
    """Fleiss, Cohen and Everitt (1969), formula 13, on the same table.

    With margins 0.5/0.5 and 0.6/0.4 and kappa 0.4: a = 0.4 (1 - (0.5 + 0.6) 0.6)^2
    + 0.3 (1 - (0.5 + 0.4) 0.6)^2 = 0.0462 + 0.0635; b = 0.6^2 (0.1 (0.6 + 0.5)^2
    + 0.2 (0.4 + 0.5)^2) off the diagonal = 0.1019; c = (0.4 - 0.5 * 0.6)^2 = 0.01;
    SE = sqrt((a + b - c) / (0.25 * 50)).
    """
    a = 0.4 * (1 - 1.1 * 0.6) ** 2 + 0.3 * (1 - 0.9 * 0.6) ** 2
    # Cell (yes, no): second reader's margin of "yes", first reader's of "no", and the reverse.
    b = 0.36 * (0.1 * (0.6 + 0.5) ** 2 + 0.2 * (0.4 + 0.5) ** 2)
    expected = ((a + b - 0.01) / (0.25 * 50)) ** 0.5
    assert kappa(*coded(20, 5, 10, 15)).error == pytest.approx(expected, rel=1e-6)


def test_full_agreement_has_kappa_one_and_an_interval_below_it() -> None:
    """Clopper-Pearson at n of n: the lower limit is 0.025^(1/n)."""
    result = kappa(*coded(20, 0, 0, 20))
    low = 0.025 ** (1 / 40)
    assert result.kappa == 1
    assert result.error == 0
    assert result.interval is not None
    assert result.interval == (pytest.approx((low - 0.5) / 0.5), pytest.approx(1))


def test_a_single_code_leaves_kappa_undefined() -> None:
    result = kappa(*coded(12, 0, 0, 0))
    assert result.kappa is None
    assert result.interval is None
    assert result.agreed.value == 1


def test_no_better_than_chance_is_nought_and_reversal_is_negative() -> None:
    assert kappa(*coded(10, 10, 10, 10)).kappa == pytest.approx(0)
    assert kappa(*coded(0, 10, 10, 0)).kappa == pytest.approx(-1)


def test_a_missing_code_is_a_code() -> None:
    first = pd.Series(["a", pd.NA, "a"], dtype="string")
    second = pd.Series(["a", pd.NA, pd.NA], dtype="string")
    assert kappa(first, second).agreed == Share(2, 3)


def test_clopper_pearson_published_values() -> None:
    """0 of 10 is compatible with at most 30.85 per cent, 10 of 10 with at least 69.15."""
    assert Share(0, 10).interval == (pytest.approx(0), pytest.approx(0.3085, abs=5e-5))
    assert Share(10, 10).interval == (pytest.approx(0.6915, abs=5e-5), pytest.approx(1))


@pytest.mark.parametrize(("count", "total"), [(0, 3), (1, 3), (7, 12), (188, 189), (5, 5)])
def test_measures_are_those_of_the_library(count: int, total: int) -> None:
    expected = proportion_confint(count, total, alpha=0.05, method="beta")
    assert Share(count, total).interval == pytest.approx(expected)
    result = kappa(*coded(count, 3, 2, total))
    assert result.kappa == pytest.approx(cohens_kappa(np.array([[count, 3], [2, total]])).kappa)


def test_found_by_both_counts_each_statement_once() -> None:
    a = pd.DataFrame({"statement_id": ["x", "y", None]})
    b = pd.DataFrame({"statement_id": ["y", "x", None, None]})
    assert found_by_both(a, b) == Share(2, 5)


def test_every_row_of_a_reading_is_a_statement_or_a_resolved_difference() -> None:
    ledger, resolved = set(load("statements")["statement_id"]), load("differences")
    for name in ("reading_a", "reading_b"):
        rows = load(name)
        left_out = set(rows[rows["statement_id"].isna()]["reading_id"])
        alone = resolved[resolved["field"] == "statement"]
        assert left_out == set(alone[alone["statement_id"].isna()][name].dropna())
        missing = ledger - set(rows["statement_id"].dropna())
        assert missing == set(alone[alone[name].isna()]["statement_id"].dropna())


def test_the_differences_are_exactly_those_between_the_readings() -> None:
    key = ["statement_id", "field", "value_a", "value_b"]
    resolved = load("differences")
    fields = resolved[(resolved["field"] != "statement")]
    fields = fields[fields["value_a"].fillna("") != fields["value_b"].fillna("")]
    listed = fields[key].fillna("").astype(str)
    found = compare(load("reading_a"), load("reading_b"))[key].astype(str)
    assert sorted(listed.itertuples(index=False)) == sorted(found.itertuples(index=False))


def test_every_resolution_is_what_the_ledger_has() -> None:
    ledger = load("statements").set_index("statement_id")
    resolved = load("differences")
    for row in resolved[resolved["field"] != "statement"].fillna("").itertuples():
        entry = ledger.at[row.statement_id, row.field]
        assert row.resolved == ("" if pd.isna(entry) else entry)
        chosen = {"A": row.value_a, "B": row.value_b}.get(str(row.kept), row.resolved)
        assert row.resolved == chosen


def test_the_ledger_departs_from_both_readings_only_where_a_reason_is_given() -> None:
    both = paired(load("reading_a"), load("reading_b")).merge(load("statements"), on="statement_id")
    assert len(both) == len(load("statements"))
    departures = set()
    for field in COMPARED:
        a, b, kept = (both[f].astype("string").fillna("") for f in _three(field))
        assert (a == b).any()
        ids = both["statement_id"][(a == b) & (kept != a)]
        departures |= {(statement_id, field) for statement_id in ids}
    listed = load("differences")
    listed = listed[listed["value_a"] == listed["value_b"]]
    assert set(zip(listed["statement_id"], listed["field"], strict=True)) == departures
    assert (listed["kept"] == "neither").all()


def _three(field: str) -> tuple[str, str, str]:
    return f"{field}_a", f"{field}_b", field


def test_kappa_of_the_readings_is_of_the_three_coded_fields() -> None:
    results = kappas(load("reading_a"), load("reading_b"))
    assert [r.field for r in results] == ["value", "qualifier", "unit"]
    assert all(r.agreed.total == len(load("statements")) for r in results)
    assert all(r.categories > 1 and r.kappa is not None for r in results)


def test_differences_by_field_by_hand() -> None:
    ids = {"statement_id": ["x", "y"]}
    same = {field: ["1", "2"] for field in COMPARED}
    a, b = pd.DataFrame(ids | same), pd.DataFrame(ids | same | {"unit": ["1", "3"]})
    table = by_field(a, b).set_index("Field")
    assert table["Different"].sum() == table.loc["unit", "Different"] == 1
    assert table.loc["reference date"].tolist() == [2, 2, 0]


def test_matches_are_counted_by_field_with_their_doubts() -> None:
    rows = pd.DataFrame(
        {"table": ["a_b", "a_b", "a_b", "c"], "field": ["x", "x", "y", "x"],
         "doubt": ["two fit", None, None, None]}
    )  # fmt: skip
    assert matched(rows).to_numpy().tolist() == [
        ["a b", "x", 2, 1], ["a b", "y", 1, 0], ["c", "x", 1, 0],
    ]  # fmt: skip


def test_what_both_readings_had_alike_and_wrong_is_counted() -> None:
    """Three dates of an establishment taken for those of a number, and two qualifiers."""
    path = PACKAGE.parent / "readings/differences.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["field"] != "statement"]
    alike = [r for r in rows if r["value_a"] == r["value_b"]]
    assert all(r["resolved"] != r["value_a"] for r in alike)
    assert sorted(r["field"] for r in alike) == ["qualifier"] * 2 + ["reference_date"] * 3
    found = shared_errors(load("differences"))
    assert found["difference_id"].tolist() == [r["difference_id"] for r in alike]
