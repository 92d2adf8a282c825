"""What became of the processes that the report of 2004 describes, and how old those of 2017 are."""

from __future__ import annotations

import pandas as pd

from analysis.precision import Interval
from analysis.tables import load

REPORTED = 2004  # the year of A/59/325


def described() -> pd.DataFrame:
    """The processes of the report of 2004, rows of `mechanism_histories` in its order."""
    return load("mechanism_histories").dropna(subset="place").reset_index(drop=True)


def lasted() -> int:
    """How many of them are on the list of 2017."""
    return int(described()["mechanism"].notna().sum())


def older() -> Interval:
    """How many mechanisms of 2017 existed when the report of 2004 was written.

    At least those with a year on record up to then; at most all but those with a later one.
    """
    year = load("mechanism_histories").dropna(subset="mechanism")["established"]
    return Interval(
        int((year <= REPORTED).sum()),
        len(load("consultation_mechanisms")) - int((year > REPORTED).sum()),
    )
