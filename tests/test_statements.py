"""The statements of the ledger: well formed, at possible places, and true to their own words."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.precision import QUALIFIERS
from analysis.statements import ledger, stated
from analysis.tables import load
from tools.verify.figures import problems
from tools.verify.places import misnamed_places


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return load("statements")


def test_every_place_is_one_that_its_document_can_have() -> None:
    assert list(misnamed_places()) == []


def test_statements_stand_in_reading_order(rows: pd.DataFrame) -> None:
    documents = load("documents")["document_id"].tolist()
    met = rows["document_id"].drop_duplicates().tolist()
    assert met == [document for document in documents if document in met]
    for document in documents:
        places = rows[rows["document_id"] == document]["place"]
        numbers = places.str.extract(r"^(?:para\.|p\.) (\d+)$")[0].dropna().astype(int)
        assert numbers.is_monotonic_increasing


def test_phrases_are_short_and_hold_their_figure(rows: pd.DataFrame) -> None:
    assert (rows["phrase"].str.split().str.len() <= 12).all()
    for row in rows.itertuples():
        assert str(row.figure) in str(row.phrase)


def test_words_and_values_agree(rows: pd.DataFrame) -> None:
    assert list(problems(rows)) == []


def test_one_quantity_has_one_name_and_one_name_one_quantity(rows: pd.DataFrame) -> None:
    assert (rows.groupby("quantity_id")["quantity"].nunique() == 1).all()
    assert (rows.groupby("quantity")["quantity_id"].nunique() == 1).all()


def test_shares_name_what_they_are_shares_of(rows: pd.DataFrame) -> None:
    shares = rows["unit"].isin(["share", "per cent"])
    assert rows.loc[shares, "denominator"].notna().all()


def test_every_qualifier_of_the_ledger_is_one_that_precision_knows(rows: pd.DataFrame) -> None:
    assert set(rows["qualifier"]) <= set(QUALIFIERS)


def test_a_value_lies_in_the_interval_that_it_implies(rows: pd.DataFrame) -> None:
    """Except where the words exclude it: more than 400 is not 400."""
    for row in rows.itertuples():
        if row.qualifier in ("more-than",) or row.unit == "share":
            continue
        assert float(row.value) in stated(str(row.statement_id)).interval


def test_shares_in_words_are_shares(rows: pd.DataFrame) -> None:
    for statement_id in rows[rows["unit"] == "share"]["statement_id"]:
        interval = stated(statement_id).interval
        assert 0 <= interval.lo <= interval.hi <= 1


def test_the_ledger_with_intervals_has_the_same_rows(rows: pd.DataFrame) -> None:
    whole = ledger().set_index("statement_id")
    assert whole.index.tolist() == rows["statement_id"].tolist()
    world = whole.loc["world-migrant-stock-1990-a-58-98"]
    assert (world["implied_lo"], world["implied_hi"]) == (153_500_000, 154_500_000)


def test_one_statement_by_its_id() -> None:
    """Read off the document: A/58/98, paragraph 42."""
    found = stated("conference-survey-response-share-2003-a-58-98")
    assert (found.figure, found.value, found.unit) == ("24 per cent", 24, "per cent")
    assert found.cite == "A/58/98, para. 42"
    assert (found.share.lo, found.share.hi) == (pytest.approx(0.235), pytest.approx(0.245))
    assert found.value_upper is None


def test_a_range_keeps_both_ends() -> None:
    found = stated("proposed-conference-duration-a-58-98")
    assert (found.value, found.value_upper) == (2, 10)


def test_an_unknown_id_is_told_with_its_neighbours() -> None:
    with pytest.raises(KeyError, match="world-migrant-stock-2000-a-58-98"):
        stated("world-migrant-stock-2000")


def test_a_hedged_figure_is_not_a_count() -> None:
    assert stated("conference-survey-member-states-a-58-98").count == 46
    with pytest.raises(ValueError, match="not an exact count"):
        _ = stated("imp-officials-trained-2001-a-58-98").count


def test_a_bare_number_in_a_series_gets_the_unit_of_its_phrase() -> None:
    texts = [
        stated(f"governments-immigration-too-high-{year}-a-59-325").with_unit
        for year in (1975, 2003)
    ]
    assert texts == ["7 per cent", "21 per cent"]
    assert stated("world-migrant-stock-2000-a-58-98").with_unit == "175 million"
