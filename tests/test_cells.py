"""The cells of an exhibit: values in the file, words on the page, and no text that poses as one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analysis.cells import Cells, cells, heads
from analysis.precision import Interval
from analysis.words import long_date, partial_date


def column(*values: Any, how: Any = None) -> Cells:
    """One column named "Change, points", as cells."""
    data = pd.DataFrame({"Change, points": pd.Series(values, dtype=object)})
    return cells(data, {} if how is None else {"Change, points": how})


def only(rows: list[list[str]]) -> list[str]:
    return [cell for (cell,) in rows]


def test_an_interval_is_two_numbers_in_the_file_and_one_cell_on_the_page() -> None:
    made = column(Interval(-0.2, -0.08), 1.5, None, Interval(3, float("inf")), how=".2f")
    ends = {"type": "number", "align": "right", "interval": "Change, points"}
    assert made.fields == (
        {"name": "Change, points (low)", **ends},
        {"name": "Change, points (high)", **ends},
    )
    assert made.rows == [["-0.2", "-0.08"], ["1.5", "1.5"], ["", ""], ["3", ""]]
    assert only(made.shown) == ["−0.20 to −0.08", "1.50", "–", "3.00 or more"]
    (shown,) = heads(made.fields)
    assert (shown["name"], shown["align"]) == ("Change, points", "right")


@pytest.mark.parametrize(
    ("values", "how", "kind", "rows", "shown"),
    [
        ((1234, -5), None, "integer", ["1234", "-5"], ["1,234", "−5"]),
        ((2004, None), "d", "integer", ["2004", ""], ["2004", "–"]),
        ((1234.5, -0.0), None, "number", ["1234.5", "0"], ["1,234.50", "0"]),
        ((Decimal("304.0"), Decimal("-76")), None, "number", ["304.0", "-76"], ["304.0", "−76"]),
        ((True, False, None), None, "boolean", ["true", "false", ""], ["yes", "no", "–"]),
        ((pd.Timestamp(2004, 6, 18), pd.NaT), long_date, "date",
         ["2004-06-18", ""], ["18 June 2004", "–"]),
        (("2004-06", "2004-06-18"), partial_date, "string",
         ["2004-06", "2004-06-18"], ["June 2004", "18 June 2004"]),
        (("2 to 10 days", "1960–2000", "=a"), None, "string", None, None),
        (("six", "30", "more than 100"), None, "string", None, None),
    ],
)  # fmt: skip
def test_a_column_has_its_type_in_the_file_and_its_form_on_the_page(
    values: tuple[Any, ...], how: Any, kind: str, rows: list[str] | None, shown: list[str] | None
) -> None:
    made = column(*values, how=how)
    assert made.fields[0]["type"] == kind
    assert only(made.rows) == (rows or list(values))
    assert only(made.shown) == (shown or list(values))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("153.5 to 154.5", "an Interval"), ("13 or 14", "an Interval"),
        ("−0.20 to −0.08", "an Interval"), ("1,200 to 3,400", "an Interval"),
        ("191 or more", "an Interval"), ("63 or fewer", "an Interval"),
        ("13 of 33", "a column for each number"),
        ("−0.05", "a number"), ("-3", "a number"), ("1,234", "a number"),
        ("18 June 2004", "an ISO date"), ("June 2004", "an ISO date"),
        ("–", "a missing value"), ("—", "a missing value"),
    ],
)  # fmt: skip
def test_text_in_place_of_a_value_is_refused(text: str, expected: str) -> None:
    told = rf"row 2: column 'Change, points': value '{text}': expected: {expected}"
    with pytest.raises(ValueError, match=told):
        column("a word", text)
    assert only(column("a word", text, how=str).rows) == ["a word", text]


def test_a_column_of_numbers_or_truth_cannot_be_declared_text() -> None:
    # Whoever reads the file would have it as such.
    with pytest.raises(ValueError, match=r"row 1: .* value '2008': expected: a number"):
        column("2008", None, "2015", how=str)
    with pytest.raises(ValueError, match=r"row 1: .* value 'yes': expected: a truth value"):
        column("yes", None, "yes", how=str)


def test_two_columns_that_a_database_takes_for_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"columns \['Share, %', 'share, %'\]: expected: names"):
        cells(pd.DataFrame({"Share, %": [1], "share, %": [2]}), {})


def test_a_word_among_intervals_is_refused() -> None:
    with pytest.raises(ValueError, match=r"row 2: .* value 'none': expected: an Interval or a"):
        column(Interval(1, 2), "none")
