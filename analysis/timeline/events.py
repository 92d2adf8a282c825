"""The order of events: dates as intervals, what was proposed and decided, who made up which body.

A date given as a year or a month is an interval of days, and so is a date that a document only
bounds; nothing is placed more precisely than its source allows.
"""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analysis.statements import ledger, stated
from analysis.tables import load

LANES = (
    "conventions", "resolutions", "reports", "survey", "commissions and groups",
    "regional processes", "high-level dialogues", "GRCP", "global compact",
)  # fmt: skip
PROPOSAL, DECISION = "A/60/205", "A/RES/60/227"
DIALOGUE = "hld-2006-"
BODIES = {
    "geneva-migration-group-members": "Geneva Migration Group, organizations",
    "gcim-commissioners": "Global Commission, members",
    "gcim-further-supporting-governments": "Global Commission, further supporting Governments",
    "gcim-supporting-countries": "Global Commission, supporting countries",
    "gmg-un-entities": "Global Migration Group, United Nations entities beside IOM",
}
REACH = ("programmes", "mechanisms")
REACH_UNITS = ("persons", "States", "Governments", "countries", "meetings", "organizations")


def span(date: str, end: str | None = None) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day that a partial ISO date, or a pair of them, allows.

    Args:
        date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        end: the same, for a period or the later bound of an unknown date.

    Raises:
        ValueError: the end precedes the beginning, or a date is not ISO.
    """
    last = end or date
    frequency = {4: "Y", 7: "M", 10: "D"}
    if len(date) not in frequency or len(last) not in frequency:
        raise ValueError(f"{date!r} or {last!r} is not an ISO year, month or day")
    start = pd.Period(date, freq=frequency[len(date)]).start_time.normalize()
    finish = pd.Period(last, freq=frequency[len(last)]).end_time.normalize()
    if finish < start:
        raise ValueError(f"{last!r} is before {date!r}")
    return start, finish


def events() -> pd.DataFrame:
    """All events with `start`, `finish` (days) and `days` (length), by lane and date."""
    rows = load("events")
    ends = rows["date_end"].astype(object).where(rows["date_end"].notna(), None)
    spans = [span(date, end) for date, end in zip(rows["date"], ends, strict=True)]
    rows = rows.assign(start=[s for s, _ in spans], finish=[f for _, f in spans])
    rows["days"] = (rows["finish"] - rows["start"]).dt.days + 1
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
    return figure if qualifier == "exact" else f"{figure} ({qualifier.replace('-', ' ')})"


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
    return rows.assign(body=rows["quantity_id"].map(BODIES)).sort_values(
        ["reference_date", "statement_id"], ignore_index=True
    )


def reach() -> pd.DataFrame:
    """How far programmes and processes reached, as stated, with a warning where addition misleads.

    Figures of one quantity for several periods invite addition; `warning` marks those whose
    periods overlap, so that a sum would count the same people or meetings again.
    """
    rows = ledger()
    rows = rows[rows["topic"].isin(REACH) & rows["unit"].isin(REACH_UNITS)]
    rows = rows[rows["document_id"].isin(["A/58/98", "A/59/325"])].copy()
    overlapping = {
        quantity
        for quantity, group in rows.groupby("quantity_id")
        if len(group) > 1 and _overlap(group["reference_date"])
    }
    marked = rows["quantity_id"].isin(overlapping)
    rows["warning"] = marked.map({True: "periods overlap: do not add", False: ""})
    return rows.sort_values(["quantity_id", "reference_date"], ignore_index=True)


def _overlap(periods: pd.Series) -> bool:
    """Whether some two of the periods (`start/end`, partial ISO dates) share a day."""
    spans = sorted(span(*period.split("/")) for period in periods.dropna())
    return any(later[0] <= earlier[1] for earlier, later in pairwise(spans))
