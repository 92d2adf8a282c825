"""How far the two readings of the documents agree.

Both readers worked from one written protocol, so agreement measures the protocol and the readers
together: it shows that the protocol can be followed, not that it asks for the right things.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

CODED = ("value", "qualifier", "unit")
COMPARED = (
    "place", "phrase", "figure", "value", "value_upper", "qualifier", "unit", "reference_date",
    "denominator", "topic",
)  # fmt: skip
LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """A count out of a total, with the exact interval of Clopper and Pearson (1934)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share, as a fraction of 1."""
        return self.count / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Two-sided 95 per cent limits of the share; never narrower than nominal."""
        # Here and not above: the library takes as long to come as pandas.
        from scipy.special import betaincinv

        tail, silent = (1 - LEVEL) / 2, self.total - self.count
        low = betaincinv(self.count, silent + 1, tail) if self.count else 0.0
        high = betaincinv(self.count + 1, silent, 1 - tail) if silent else 1.0
        return float(low), float(high)


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of one coded field over the statements that both readings have.

    Attributes:
        field: what was coded.
        agreed: statements coded alike, of all coded twice.
        categories: number of different codes that occur.
        chance: share of agreement expected from the two margins alone.
        kappa: (agreed - chance) / (1 - chance); `None` where a single code occurs, because chance
            then explains all and the ratio is 0/0.
        counts: how many statements have which code of either reader.
    """

    field: str
    agreed: Share
    categories: int
    chance: float
    kappa: float | None
    counts: np.ndarray

    @property
    def error(self) -> float:
        """Large-sample standard error of Fleiss, Cohen and Everitt (1969).

        It is nought, and says nothing, where the readings agree on every statement; where kappa is
        undefined it is as well.
        """
        # Here and not above: the library takes longer to come than all of pandas.
        from statsmodels.stats.inter_rater import cohens_kappa

        if self.kappa is None:
            return math.nan
        # At full agreement rounding can leave the variance a hair below nought.
        with np.errstate(invalid="ignore"):
            return math.sqrt(max(0.0, float(cohens_kappa(self.counts).var_kappa)))

    @property
    def interval(self) -> tuple[float, float] | None:
        """Kappa at the Clopper-Pearson limits of the agreement, the margins held fixed.

        Unlike kappa -/+ 1.96 standard errors it does not shrink to a point at full agreement.
        """
        if self.kappa is None:
            return None
        low, high = ((p - self.chance) / (1 - self.chance) for p in self.agreed.interval)
        return low, high


def paired(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """The rows that both readings have, one statement a row, fields with the ends `_a` and `_b`."""
    return a.dropna(subset=["statement_id"]).merge(
        b.dropna(subset=["statement_id"]), on="statement_id", suffixes=("_a", "_b"), validate="1:1"
    )


def found_by_both(a: pd.DataFrame, b: pd.DataFrame) -> Share:
    """Statements in both readings, of all that either has."""
    both = len(paired(a, b))
    return Share(both, len(a) + len(b) - both)


def kappa(first: pd.Series, second: pd.Series, field: str = "") -> Kappa:
    """Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20) of two codings.

    Args:
        first: the codes of one reader; a missing code is a code of its own.
        second: those of the other, in the same order.
        field: the name of what was coded.
    """
    pair = [s.astype("string").fillna("(none)") for s in (first, second)]
    codes = sorted(set(pair[0]) | set(pair[1]))
    counts = pd.crosstab(pair[0].to_numpy(), pair[1].to_numpy())
    table = counts.reindex(index=codes, columns=codes, fill_value=0).to_numpy()
    total = int(table.sum())
    agreed = Share(int(np.trace(table)), total)
    chance = float(table.sum(axis=0) @ table.sum(axis=1)) / total**2
    beyond = None if len(codes) == 1 else (agreed.value - chance) / (1 - chance)
    return Kappa(field, agreed, len(codes), chance, beyond, table)


def kappas(a: pd.DataFrame, b: pd.DataFrame) -> list[Kappa]:
    """Kappa on value, qualifier and unit."""
    both = paired(a, b)
    return [kappa(both[f"{field}_a"], both[f"{field}_b"], field) for field in CODED]


def compare(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Every field on which the two rows of a statement differ.

    Returns:
        Columns `statement_id`, `field`, `value_a`, `value_b`, in the order of the ledger; a
        missing entry differs from any other.
    """
    both = paired(a, b)
    frames = []
    for field in COMPARED:
        left, right = (both[f"{field}_{x}"].astype("string").fillna("") for x in "ab")
        frames.append(
            pd.DataFrame(
                {
                    "statement_id": both["statement_id"], "field": field,
                    "value_a": left, "value_b": right,
                }
            )[left != right]
        )  # fmt: skip
    return pd.concat(frames).sort_index(kind="stable").reset_index(drop=True)


def shared_errors(differences: pd.DataFrame) -> pd.DataFrame:
    """Entries that both readings had alike and that the ledger has otherwise.

    Args:
        differences: the table `differences`.
    """
    alike = differences["value_a"].fillna("") == differences["value_b"].fillna("")
    return differences[alike & (differences["field"] != "statement")]


# --- For readers

KAPPA = {"Expected by chance (%)": ".1f", "Kappa": ".3f", "Lower limit": ".3f",
         "Upper limit": ".3f"}  # fmt: skip


def rows_by_document(tables: Mapping[str, pd.DataFrame], documents: pd.Series) -> pd.DataFrame:
    """How many rows each table has of each document, all documents last.

    Args:
        tables: the name of each and the table, with a column `document_id`.
        documents: ids in order.
    """
    counts = pd.DataFrame({name: t.groupby("document_id").size() for name, t in tables.items()})
    counts = counts.reindex(documents).fillna(0).astype(int)
    counts.loc["All documents"] = counts.sum()
    return counts.rename_axis("Document")


def by_field(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """How many of the statements that both readings have are alike in each field, and not."""
    unlike = compare(a, b)["field"].value_counts().reindex(list(COMPARED), fill_value=0)
    total = len(paired(a, b))
    return pd.DataFrame(
        {
            "Field": [field.replace("_", " ") for field in COMPARED],
            "Read twice": total,
            "Alike": total - unlike.to_numpy(),
            "Different": unlike.to_numpy(),
        }
    )


def matched(matches: pd.DataFrame) -> pd.DataFrame:
    """How many answers of each field other readers matched, and how many they doubted.

    Args:
        matches: the table `matches`.
    """
    named = matches.assign(doubted=matches["doubt"].notna())
    counts = named.groupby(["table", "field"])["doubted"].agg(["size", "sum"]).reset_index()
    counts[["table", "field"]] = counts[["table", "field"]].replace("_", " ", regex=True)
    return counts.set_axis(["Table", "Matched field", "Answers", "Doubted"], axis=1)


def agreement(codings: Iterable[Kappa]) -> pd.DataFrame:
    """Kappa of each field with its limits."""
    return pd.DataFrame(
        {
            "Field": each.field,
            "Agreed": each.agreed.count,
            "Read twice": each.agreed.total,
            "Codes in use": each.categories,
            "Expected by chance (%)": 100 * each.chance,
            "Kappa": each.kappa,
            "Lower limit": each.interval[0] if each.interval else None,
            "Upper limit": each.interval[1] if each.interval else None,
        }
        for each in codings
    )


def kinds_of_difference(differences: pd.DataFrame) -> pd.DataFrame:
    """How many differences there are of each field, outcome and reason, most first."""
    kinds = differences.assign(field=differences["field"].str.replace("_", " "))
    kinds = kinds.groupby(["field", "kept", "reason"]).size().rename("Differences").reset_index()
    kinds = kinds.sort_values(["Differences", "field"], ascending=[False, True], kind="stable")
    return kinds.rename(columns={"field": "Field", "kept": "Kept", "reason": "Reason"})


def readable(differences: pd.DataFrame) -> pd.DataFrame:
    """Differences of the readings, one a row."""
    shown = differences.drop(columns=["difference_id", "kept"])
    shown["field"] = shown["field"].str.replace("_", " ")
    heads = "Statement,Row A,Row B,Field,Reading A,Reading B,Ledger,Reason"
    return shown.set_axis(heads.split(","), axis=1)
