"""How far the two readings of the preferences, and of their answers, agree."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.preferences.answers import ANSWERS, STAGES, verdicts
from analysis.readings import Kappa, Share, kappa
from analysis.tables import load

CODED = ("subject", "hedge", "attribution", "base", "base_also", "named")
QUOTED = ("wanted", "phrase")
CELL = ["preference_id", "part", "stage"]


def pairs() -> pd.DataFrame:
    """The rows that became one preference, fields with the ends `_a` and `_b`."""
    a, b = load("preferences_a"), load("preferences_b")
    return a.merge(b, on="preference_id", suffixes=("_a", "_b"), validate="1:1")


def cells() -> pd.DataFrame:
    """Every part of every preference at every stage, with how each reading has it.

    Returns:
        Columns `preference_id`, `part`, `stage`, and `reading` and `certainty` with the ends `_a`
        and `_b`, missing where that reader found no answer.
    """
    table = load("preferences").dropna(subset=["parts"])
    table = table.assign(part=table["parts"].str.split("; ")).explode("part")[CELL[:2]]
    table = table.merge(pd.DataFrame({"stage": STAGES}), how="cross")
    for reader in "ab":
        own = load(f"{ANSWERS}_{reader}")[[*CELL, "reading", "certainty"]]
        own = own.rename(columns={name: f"{name}_{reader}" for name in ("reading", "certainty")})
        table = table.merge(own, how="left", on=CELL, validate="1:1")
    return table


def answered() -> tuple[Share, int]:
    """Cells read alike, and how many one reading has granted and the other refused."""
    looked = cells()
    a, b = looked["reading_a"].fillna(""), looked["reading_b"].fillna("")
    opposed = (a != b) & (a != "") & (b != "")
    return Share(int((a == b).sum()), len(a)), int(opposed.sum())


def codings() -> dict[str, pd.DataFrame]:
    """What was coded twice, by name: columns `preference_id`, `a` and `b`; empty is a code."""
    return {name: coding.copy(deep=False) for name, coding in _codings().items()}


@cache
def _codings() -> dict[str, pd.DataFrame]:
    both, parts = pairs(), cells()
    found = parts.dropna(subset=["reading_a", "reading_b"])
    judged = verdicts(f"{ANSWERS}_a").merge(
        verdicts(f"{ANSWERS}_b")[["preference_id", "verdict", "clear"]],
        on="preference_id", suffixes=("_a", "_b"),
    ).query("asks")  # fmt: skip
    return {
        **{field: _coding(both, field) for field in (*CODED, *QUOTED)},
        **{f"answer-{stage}": _coding(parts[parts["stage"] == stage], "reading")
           for stage in STAGES},
        "answer-certain": _coding(found, "certainty"),
        "verdict": _coding(judged, "verdict"),
        "verdict-clear": _coding(judged, "clear"),
    }  # fmt: skip


def _coding(table: pd.DataFrame, field: str) -> pd.DataFrame:
    sides = {x: table[f"{field}_{x}"].astype("string").fillna("") for x in "ab"}
    return pd.DataFrame({"preference_id": table["preference_id"], **sides})


def kappas() -> list[Kappa]:
    """Cohen's kappa of each coded field, answer and verdict."""
    return [kappa(c["a"], c["b"], name) for name, c in codings().items() if name not in QUOTED]


def differing(name: str) -> list[str]:
    """The preferences on which the readings differ in a coding, each once."""
    coding = codings()[name]
    return coding.loc[coding["a"] != coding["b"], "preference_id"].drop_duplicates().tolist()
