"""The tables of the timeline as readers see them: heads, order, sources."""

from __future__ import annotations

import pandas as pd

from analysis.tables import load
from analysis.timeline.events import DECISION, PROPOSAL, dialogue_by_document

SHORT = 200  # days: longer events are drawn as bars
DATED, PLANNED = "dated", "planned when reported"
EVENTS = {"Year": "d"}  # formats of `events`
PERIOD = "known to a year or a period only"
BODIES = {
    "geneva-migration-group-members": "Geneva Migration Group, organizations",
    "gcim-commissioners": "Global Commission, members",
    "gcim-further-supporting-governments": "Global Commission, further supporting Governments",
    "gcim-supporting-countries": "Global Commission, supporting countries",
    "gmg-un-entities": "Global Migration Group, United Nations entities beside IOM",
}


def kinds(rows: pd.DataFrame) -> list[str]:
    """How each event is drawn, in the words of the key."""
    return [
        PERIOD if event.days > SHORT else PLANNED if event.planned else DATED
        for event in rows.itertuples()
    ]


def events(rows: pd.DataFrame) -> pd.DataFrame:
    """The result of `analysis.timeline.events.events`, each event with what it rests on."""
    rows = rows.set_index("event_id")
    sources = rows["document_id"] + ", " + rows["place"]
    return pd.DataFrame(
        {
            "Event": rows["title"],
            "From": rows["start"],
            "To": rows["finish"],
            "Year": rows["start"].dt.year,
            "Kind": rows["lane"].astype(str),
            "Source": sources.fillna("record: " + rows["record_table"] + "/" + rows["record_key"]),
            "Kind of date": kinds(rows),
            "Disagreement": rows["disputed"],
        }
    )


def dialogue() -> pd.DataFrame:
    """The arrangements of the Dialogue of 2006, a column per document."""
    heads = {
        "quantity": "Arrangement",
        PROPOSAL: f"Proposed: {PROPOSAL}",
        DECISION: f"Decided: {DECISION}",
    }
    return dialogue_by_document().drop(columns="quantity_id").rename(columns=heads)


def changes_in_words() -> pd.DataFrame:
    """What changed in words between the proposal and the decision."""
    rows = load("discrepancies").query("`class` == 'proposal and decision' and not numeric")
    rows = rows[(rows["document_a"] == PROPOSAL) & (rows["document_b"] == DECISION)]
    return pd.DataFrame(
        {
            "Matter": rows["title"],
            "Proposed": rows["reading_a"] + " (" + rows["place_a"] + ")",
            "Decided": rows["reading_b"] + " (" + rows["place_b"] + ")",
        }
    )


def machinery(bodies: pd.DataFrame) -> pd.DataFrame:
    """The result of `analysis.timeline.events.machinery`."""
    return pd.DataFrame(
        {
            "Body, and what is counted": bodies["quantity_id"].map(BODIES),
            "Stated": bodies["figure"],
            "Qualifier": bodies["qualifier"],
            "About the date": bodies["reference_date"],
            "Document and place": bodies["document_id"] + ", " + bodies["place"],
        }
    )


def reach(rows: pd.DataFrame) -> pd.DataFrame:
    """The result of `analysis.timeline.events.reach`."""
    return pd.DataFrame(
        {
            "Measure": rows["quantity"],
            "Stated": rows["figure"] + " " + rows["unit"],
            "Qualifier": rows["qualifier"],
            "Period": rows["reference_date"],
            "Document and place": rows["document_id"] + ", " + rows["place"],
            "Warning": rows["overlaps"].map({True: "periods overlap: do not add", False: ""}),
        }
    )
