"""The tables of the chapter on who replied: how numbers are written in them."""

from __future__ import annotations

import pytest

from analysis.precision import Interval
from analysis.respondents import tables


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0009, "below 0.001"), (0.001, "0.001"), (0.0414, "0.041"), (1, "1.000")],
)
def test_a_p_value_has_three_places(value: float, written: str) -> None:
    assert tables.p_value(value) == written


def test_regions_are_per_cent_under_the_words_of_their_assumptions() -> None:
    shown = tables.bounds({"Nothing is assumed": Interval(0.125, 0.875)})
    assert shown.to_dict("records") == [
        {
            "The silent favoured": "Nothing is assumed", "Least in favour, per cent": 12.5,
            "Most in favour, per cent": 87.5,
        }
    ]  # fmt: skip
