"""The discrepancies: numeric ones reproduced from the tables, and all of them made readable.

A numeric discrepancy names the test that shows it (column `test` of the table); `reproduced` runs
it, so that a discrepancy that has disappeared from the data is noticed.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from analysis.audit.relations import INCONSISTENT, evaluate, quantity
from analysis.days import period
from analysis.precision import Interval, compatible_counts
from analysis.statements import stated
from analysis.tables import load
from analysis.words import capital

GRAVITY = {
    1: "could mislead about a main fact",
    2: "changes a figure, date or attribution that a chapter uses",
    3: "matters to a careful reader",
    4: "trivial",
}
RECORD = "record"
VALUE = {  # the column of a record table that holds the figure to compare
    "world_migrant_stock_by_revision": "persons",
    "treaty_totals": "parties",
    "un_membership_by_year": "member_states_end_of_year",
}
PAGE = re.compile(r"public_pages/([a-z0-9-]+)")


def reproduced(row: pd.Series) -> bool | None:
    """Whether the two sides of a numeric discrepancy still stand as the table has them.

    Args:
        row: a row of the table `discrepancies`.

    Returns:
        `None` for a discrepancy in words.

    Raises:
        ValueError: a numeric row without the sides or the relation that its test needs.
    """
    if not row["numeric"]:
        return None
    test = str(row["test"])
    if not pd.isna(row["relation"]):
        failed = INCONSISTENT in verdicts().loc[[row["relation"]]].to_list()
        # What is only apparent, and what agrees, must hold; any other must fail.
        return failed == (row["class"] != "none" and test != "agree")
    if test == "share":
        return _counts_differ(str(row["statement_a"]))
    if test not in ("apart", "differ", "agree"):
        raise ValueError(f"discrepancies: {row['discrepancy_id']}: {test!r} needs a relation")
    one, other = sides(row)
    if test == "differ":
        return one != other
    return one.meets(other) == (test == "agree")


def sides(row: pd.Series) -> tuple[Interval, Interval]:
    """What the two figures of a discrepancy without a relation can mean.

    The second is that of a statement, or of the record.

    Raises:
        ValueError: there is no second figure.
    """
    one = stated(str(row["statement_a"])).interval
    if not pd.isna(row["statement_b"]):
        return one, stated(str(row["statement_b"])).interval
    table, _, key = str(row["record_b"]).partition("/")
    if table not in VALUE or not key:
        raise ValueError(f"discrepancies: {row['discrepancy_id']}: no second figure to compare")
    return one, quantity(f"{table}/{key}#{VALUE[table]}")


def _counts_differ(statement_id: str) -> bool:
    """Whether a share means other counts under the first and the last membership of its period."""
    share = stated(statement_id)
    years = (day.year for day in period(share.reference_date))
    sizes = [quantity(f"un_membership_by_year/{y}#{VALUE['un_membership_by_year']}") for y in years]
    first, last = (compatible_counts(share.share, int(size.lo)) for size in sizes)
    return first != last


@cache
def verdicts() -> pd.Series:
    """The verdict of each relation, indexed by its id."""
    return evaluate(load("relations")).set_index("relation_id")["verdict"]


# --- For readers


def reread(rows: pd.DataFrame, review: pd.DataFrame, reading: str) -> dict[str, int]:
    """What a later reader changed.

    Args:
        rows: the table `discrepancies`.
        review: the table `discrepancy_review`.
        reading: `second` or `third`.

    Returns:
        `read`: rows that the reading found; `corrected`: those of them with a correction applied;
        `applied` and `rejected`: corrections of single fields, those overtaken since with the
        applied; `added`: rows.
    """
    # Rows that a later reading adds were not there to be read.
    added_later = review[(review["reading"] >= reading) & (review["outcome"] == "added")]
    own = review.loc[review["reading"] == reading].replace({"outcome": {"overtaken": "applied"}})
    number = own["outcome"].value_counts()
    return {
        "read": len(rows) - len(added_later),
        "corrected": own.loc[own["outcome"] == "applied", "discrepancy_id"].nunique(),
        **{outcome: int(number.get(outcome, 0)) for outcome in ("applied", "rejected", "added")},
    }


def chapters(rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Which chapters each discrepancy touches, and what follows for their figures.

    Args:
        rows: the table `discrepancies`; a consequence begins with the chapters that it touches.
        names: the word that stands for a chapter, and the chapter's name.

    Returns:
        One row per chapter and discrepancy, in the order of `names`, gravest first: `chapter`,
        `title`, `measure`, `gravity`; those that are only apparent are left out.
    """
    real = rows[rows["class"] != "none"].sort_values("gravity", kind="stable")
    subject, _, measure = (real["consequence"].str.partition(": ")[i] for i in range(3))
    first = measure.map(capital)
    touched = [
        real[["title", "gravity"]].assign(chapter=name, measure=first)[
            subject.str.contains(word, case=False, regex=False)
        ]
        for word, name in names.items()
    ]
    return pd.concat(touched, ignore_index=True)[["chapter", "title", "measure", "gravity"]]


def by_class(rows: pd.DataFrame) -> pd.DataFrame:
    """Discrepancies by class and gravity.

    Returns:
        Index: class, most frequent first and `none` last; `unresolved`, `total` and one column
        per gravity (1 to 4).
    """
    table = pd.crosstab(rows["class"], rows["gravity"]).reindex(columns=list(GRAVITY), fill_value=0)
    table["unresolved"] = (rows["status"] == "unresolved").groupby(rows["class"]).sum()
    table["total"] = table[list(GRAVITY)].sum(axis=1)
    table["last"] = table.index == "none"
    return table.sort_values(["last", "total"], ascending=[True, False]).drop(columns="last")
