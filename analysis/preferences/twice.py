"""How far the two readings of the preferences agree."""

from __future__ import annotations

import pandas as pd

from analysis.readings import Kappa, kappa
from analysis.tables import load

CODED = ("subject", "hedge", "attribution", "base", "base_also", "named")
QUOTED = ("wanted", "phrase")


def pairs() -> pd.DataFrame:
    """The rows that became one preference, fields with the ends `_a` and `_b`."""
    a, b = load("preferences_a"), load("preferences_b")
    return a.merge(b, on="preference_id", suffixes=("_a", "_b"), validate="1:1")


def kappas() -> list[Kappa]:
    """Cohen's kappa of each coded field; an empty field is a code of its own."""
    both = pairs()
    return [kappa(both[f"{field}_a"], both[f"{field}_b"], field) for field in CODED]


def differing(field: str) -> list[str]:
    """The preferences on whose field the readings differ."""
    both = pairs()
    a, b = (both[f"{field}_{x}"].astype("string").fillna("") for x in "ab")
    return both["preference_id"][a != b].tolist()
