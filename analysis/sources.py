"""The documents for readers: what was read, what each states, what is missing from it."""

from __future__ import annotations

import pandas as pd


def described(documents: pd.DataFrame) -> pd.DataFrame:
    """The table `documents`, with the days between which each was written."""
    heads = {
        "document_id": "Document", "title": "Title", "kind": "Kind", "date_earliest": "Not before",
        "date_latest": "Not after", "date_basis": "What the dates rest on",
    }  # fmt: skip
    return documents[list(heads)].rename(columns=heads)


def by_topic(statements: pd.DataFrame, documents: pd.Series) -> pd.DataFrame:
    """How many statements each document makes on each topic, all of both last.

    Args:
        statements: the table `statements`.
        documents: ids in order.
    """
    rows = statements.groupby(["document_id", "topic"]).size().unstack(fill_value=0)
    rows = rows.reindex(documents, fill_value=0)
    rows["all topics"] = rows.sum(axis=1)
    rows.loc["All documents"] = rows.sum()
    return rows.rename(columns=str.capitalize).rename_axis("Document").reset_index()


def damaged(damage: pd.DataFrame) -> pd.DataFrame:
    """The table `damage`."""
    heads = {
        "document_id": "Document", "place": "Place", "damage": "What is missing or damaged",
        "phrase": "Words that show it", "consequence": "What follows",
    }  # fmt: skip
    return damage[list(heads)].fillna({"place": "as a whole"}).rename(columns=heads)
