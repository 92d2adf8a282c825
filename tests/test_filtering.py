"""Which tables can be narrowed, and by which of their columns."""

from __future__ import annotations

import pytest
from filtering import MANY, narrowing

from tools.exhibits import Placed

FIELDS = (
    {"name": "What", "type": "string"},
    {"name": "Documents", "type": "string"},
    {"name": "Gravity", "type": "integer"},
    {"name": "Year", "type": "integer"},
    {"name": "Remark", "type": "string"},
)


def exhibit(rows: int, kind: str = "table") -> Placed:
    shown = [
        [f"Thing {i}", ("A", "B", "A; B")[i % 3], str(i % 4), str(1990 + i), f"Remark {i}"]
        for i in range(rows)
    ]
    return Placed("some-table", kind, "Things", ("a source",), FIELDS, shown, shown)


def test_a_long_table_is_narrowed_by_columns_of_few_values() -> None:
    assert narrowing(exhibit(MANY + 1)) == ' data-filter="some-table" data-choices="1 2"'


@pytest.mark.parametrize("given", [exhibit(MANY), exhibit(MANY + 1, "figure")])
def test_short_tables_and_the_data_of_figures_are_not(given: Placed) -> None:
    assert narrowing(given) == ""
