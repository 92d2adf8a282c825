"""How far two judgements of the discrepancies agree.

The first was made with the evidence at hand and reviewed twice. The second was made blind, from the
documents and the record alone, by the codebook of the methods page.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.readings import Kappa, Share, kappa
from analysis.tables import load

JUDGEMENTS, DIFFERENCES = "discrepancy_judgements", "discrepancy_differences"
CODED = ["class", "favours", "status", "gravity"]
REAL = "disagreement"
KEPT = ["first", "second", "neither"]


def pairs() -> pd.DataFrame:
    """Both judgements of each discrepancy.

    Returns:
        Index: `discrepancy_id`; the coded fields with the ends `_a` and `_b`.
    """
    table = load(JUDGEMENTS).set_index("discrepancy_id")
    a, b = (table.loc[table["reading"] == reading, CODED] for reading in "AB")
    return a.add_suffix("_a").join(b.add_suffix("_b"), validate="1:1")


def kappas() -> list[Kappa]:
    """Cohen's kappa of each coded field, and of whether there is a disagreement at all."""
    both = pairs()
    real = [both[f"{CODED[0]}_{side}"] != "none" for side in "ab"]
    coded = [kappa(both[f"{field}_a"], both[f"{field}_b"], field) for field in CODED]
    return [kappa(real[0], real[1], REAL), *coded]


def near() -> Share:
    """Discrepancies whose gravity the judgements put at most one step apart."""
    both = pairs()
    apart = (both["gravity_a"] - both["gravity_b"]).abs()
    return Share(int((apart <= 1).sum()), len(both))


def resolved() -> pd.DataFrame:
    """How the differences were resolved.

    Returns:
        Index: the coded field; how many went to the `first` judgement, to the `second`, to
        `neither`.
    """
    table = load(DIFFERENCES)
    went = [table["resolved"] == table[value] for value in ("value_a", "value_b")]
    outcome = pd.Series(np.select(went, KEPT[:2], KEPT[2]), table.index)
    return pd.crosstab(table["field"], outcome).reindex(CODED, columns=KEPT, fill_value=0)
