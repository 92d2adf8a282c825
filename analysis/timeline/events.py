"""The order of events: dates as intervals, what was proposed and decided, who made up which body.

A date given as a year or a month is an interval of days, and so is a date that a document only
bounds; nothing is placed more precisely than its source allows.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analysis.days import period
from analysis.statements import ledger, stated
from analysis.tables import load
from analysis.words import hedge

LANES = (
    "conventions", "resolutions", "reports", "survey", "commissions and groups",
    "regional processes", "high-level dialogues", "GRCP", "global compact",
)  # fmt: skip
PROPOSAL, DECISION = "A/60/205", "A/RES/60/227"
REPORTS = ("A/58/98", "A/59/325")
DIALOGUE = "hld-2006-"
BODIES = (
    "geneva-migration-group-members", "gcim-commissioners", "gcim-further-supporting-governments",
    "gcim-supporting-countries", "gmg-un-entities",
)  # fmt: skip
REACH = ("programmes", "mechanisms")
REACH_UNITS = ("persons", "States", "Governments", "countries", "meetings", "organizations")


def events() -> pd.DataFrame:
    """All events with `start`, `finish` (days) and `days` (length), by lane and date."""
    rows = load("events")
    spans = [period(text) for text in rows["date"] + ("/" + rows["date_end"]).fillna("")]
    rows = rows.assign(
        start=[days.first for days in spans],
        finish=[days.last for days in spans],
        days=[days.length for days in spans],
    )
    rows["lane"] = pd.Categorical(rows["lane"], categories=LANES, ordered=True)
    return rows.sort_values(["lane", "start", "event_id"], ignore_index=True)


def days_between(first: str, second: str) -> tuple[int, int]:
    """Fewest and most days from one event to another, as their dates allow; ids of events."""
    rows = events().set_index("event_id")
    a, b = rows.loc[first], rows.loc[second]
    return (b["start"] - a["finish"]).days, (b["finish"] - a["start"]).days


def dialogue_by_document() -> pd.DataFrame:
    """The arrangements of the Dialogue of 2006: a row per quantity, a column per document.

    A cell holds the figures as written, hedges in brackets; a missing cell is a document that
    does not state the quantity.
    """
    rows = ledger()
    rows = rows[rows["quantity_id"].str.startswith(DIALOGUE)]
    rows = rows.assign(
        cell=[_cell(q, f) for q, f in zip(rows["qualifier"], rows["figure"], strict=True)]
    )
    table = rows.pivot_table(
        index=["quantity_id", "quantity"], columns="document_id", values="cell",
        aggfunc=lambda cells: ", ".join(dict.fromkeys(str(c).lower() for c in cells)),
    )  # fmt: skip
    order = [PROPOSAL, DECISION, "IMR2006-II", "HLD-SLIDES", "HLD-PAGE"]
    return table.reindex(columns=order).reset_index()


def _cell(qualifier: str, figure: str) -> str:
    return figure if qualifier == "exact" else f"{figure} ({hedge(qualifier)})"


def changed_from_proposal() -> pd.DataFrame:
    """Quantities that both the proposal and the decision state, and whether the sets meet."""
    rows = ledger()
    pairs = []
    for quantity, group in rows[rows["quantity_id"].str.startswith(DIALOGUE)].groupby(
        "quantity_id"
    ):
        proposed = group.loc[group["document_id"] == PROPOSAL, "statement_id"]
        decided = group.loc[group["document_id"] == DECISION, "statement_id"]
        if len(proposed) and len(decided):
            a, b = stated(proposed.iloc[0]), stated(decided.iloc[0])
            pairs.append((quantity, a.quantity, a.statement_id, b.statement_id,
                          a.interval.meets(b.interval)))  # fmt: skip
    columns = ["quantity_id", "quantity", "proposed", "decided", "compatible"]
    return pd.DataFrame(pairs, columns=columns)


def machinery() -> pd.DataFrame:
    """The size of the bodies as stated, in order of date: a row per statement."""
    rows = ledger()
    rows = rows[rows["quantity_id"].isin(BODIES)]
    return rows.sort_values(["reference_date", "statement_id"], ignore_index=True)


def reach() -> pd.DataFrame:
    """How far programmes and processes reached, as stated, with a warning where addition misleads.

    Figures of one quantity for several periods invite addition; `overlaps` marks those whose
    periods share days, so that a sum would count the same people or meetings again.
    """
    rows = ledger()
    rows = rows[rows["topic"].isin(REACH) & rows["unit"].isin(REACH_UNITS)]
    rows = rows[rows["document_id"].isin(REPORTS)].copy()
    overlapping = {
        quantity
        for quantity, group in rows.groupby("quantity_id")
        if len(group) > 1 and _overlap(group["reference_date"])
    }
    rows["overlaps"] = rows["quantity_id"].isin(overlapping)
    return rows.sort_values(["quantity_id", "reference_date"], ignore_index=True)


def _overlap(periods: pd.Series) -> bool:
    """Whether some two of the periods (partial ISO dates, or two with a slash) share a day."""
    spans = sorted(period(text) for text in periods.dropna())
    return any(earlier.shared(later) for earlier, later in pairwise(spans))
