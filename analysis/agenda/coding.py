"""The two codings of the topics: how far they agree, and on what they differ."""

from __future__ import annotations

import pandas as pd

from analysis.readings import Kappa, Share, kappa
from analysis.tables import load

CODES = ("theme", "second_theme", "boundary")
READINGS = ("a", "b")


def readings() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reading A and reading B, as made."""
    return load("agenda_reading_a"), load("agenda_reading_b")


def paired(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """The items that both readers coded, one a row, codes with the ends `_a` and `_b`."""
    coded = (reading[["item_id", *CODES]] for reading in (a, b))
    return pd.merge(*coded, on="item_id", suffixes=("_a", "_b"), validate="1:1")


def kappas(a: pd.DataFrame, b: pd.DataFrame) -> list[Kappa]:
    """Cohen's kappa on the theme, and on whether the reader was in doubt."""
    both = paired(a, b)
    return [kappa(both[f"{field}_a"], both[f"{field}_b"], field) for field in ("theme", "boundary")]


def found_by_both(a: pd.DataFrame, b: pd.DataFrame) -> Share:
    """Items that both readers have, of all that either has."""
    both = len(paired(a, b))
    return Share(both, len(a) + len(b) - both)


def differences(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Every item that one reader lacks or that the two code differently.

    Returns:
        `item_id`, then theme, second theme and boundary of either reading, empty text where a
        reading has nothing.
    """
    coded = (reading[["item_id", *CODES]] for reading in (a, b))
    either = pd.merge(*coded, on="item_id", how="outer", suffixes=("_a", "_b")).fillna("")
    sides = [either[[f"{code}_{x}" for code in CODES]].to_numpy() for x in READINGS]
    return either[(sides[0] != sides[1]).any(axis=1)].reset_index(drop=True)
