"""The tables of the chapter on preferences: words for what the rules and readings give."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from analysis.precision import Interval
from analysis.preferences import answers, hedges, tables

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_counts_are_written_as_a_span_or_as_none() -> None:
    told = [(3, 7, "3 to 7"), (4, 4, "4"), (pd.NA, pd.NA, "no number")]
    for fewest, most, words in told:
        assert tables.span(SimpleNamespace(fewest=fewest, most=most)) == words


def test_a_hedge_is_quoted_as_the_report_has_it() -> None:
    for row in rows("readings/hedges.csv"):
        assert tables.words(SimpleNamespace(hedge=row["hedge"])) == row["words"]
    assert tables.words(SimpleNamespace(hedge=hedges.NO_HEDGE)) == ""


def test_what_a_majority_allows_of_twenty_five() -> None:
    """25 Governments were in favour (A/58/98, para. 42): more than half of them is 13 or more."""
    shown = tables.allowances().set_index("Words")
    known = rows("readings/hedges.csv")
    assert shown.index.tolist() == [row["words"] for row in known]
    assert shown["Why"].tolist() == [row["reason"] for row in known]
    assert shown.at["the majority", "Allows, of 25"] == Interval(13, 25)
    candid = shown["Allows, of 25, if a majority would be called one"]
    for row in known:
        if row["understates_majority"] == "true":  # its writer could have said “the majority”
            assert candid[row["words"]].hi <= 12
        else:
            assert candid[row["words"]] == shown.at[row["words"], "Allows, of 25"]


def test_a_verdict_that_hangs_on_a_doubt_has_two() -> None:
    same = SimpleNamespace(verdict=answers.MET, clear=answers.MET)
    other = SimpleNamespace(verdict=answers.PARTLY, clear=answers.NOT_MET)
    assert [tables.judged(row) for row in (same, other)] == ["met", "partly met, or not met"]
