"""What the timeline found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis.findings import Finding
from analysis.statements import stated
from analysis.timeline.events import changed_from_proposal, days_between, events, reach
from analysis.words import listing


def answer() -> str:
    """The chapter's answer for the front page."""
    days, _ = days_between("resolution-58-208", "hld-2006")
    return (
        f"From decision to Dialogue {days:,} days; the sources disagree about "
        f"{events()['disputed'].notna().sum()} of {len(events())} events."
    )


def findings() -> list[Finding]:
    """What the chapter found."""
    rows = events()
    changes = changed_from_proposal()
    altered, kept = changes[~changes["compatible"]], changes[changes["compatible"]]
    shifts = [
        f"{row.quantity} ({stated(row.proposed).figure} proposed, "
        f"{stated(row.decided).figure} decided)"
        for row in altered.itertuples()
    ]
    days, _ = days_between("resolution-58-208", "hld-2006")
    dated = rows[rows["record_table"].notna()]
    repeated = reach().query("overlaps")
    return [
        Finding(
            "timeline-decision-to-dialogue", "timeline",
            "The Dialogue met years after it was decided on",
            f"From the decision to hold it, on 23 December 2003, to its first day the Dialogue "
            f"took {days:,} days.",
            float(days), "days", "2006-09-14", (), "difference of dates",
            (days_between,), "reproduced",
        ),
        Finding(
            "timeline-proposal-altered", "timeline",
            "The Assembly changed what was proposed for the Dialogue",
            f"The resolution departed from the proposal in the number of {listing(shifts)}.",
            float(len(altered)), "arrangements", "2005-12-23",
            tuple(altered["proposed"]) + tuple(altered["decided"]),
            "comparison of what both state", (changed_from_proposal,), "reproduced",
            detail="The proposal is A/60/205, the resolution 60/227; in the number of "
            f"{listing(kept['quantity'])} the resolution stayed within the proposal.",
        ),
        Finding(
            "timeline-disputed-dates", "timeline",
            "The sources agree about most events, not about all",
            f"The sources disagree about {rows['disputed'].notna().sum()} of the {len(rows)} "
            "events of the timeline.",
            float(rows["disputed"].notna().sum()), "events", "1990/2018", (),
            "count of events", (events,), "recorded",
            tuple(sorted(dated["record_table"].unique())),
        ),
        Finding(
            "timeline-reach-not-additive", "timeline",
            "Figures of reach count overlapping periods and must not be added",
            f"{repeated['quantity_id'].nunique()} measures of reach are stated for periods that "
            "overlap: their sum would count the same work again.",
            float(repeated["quantity_id"].nunique()), "measures", "2001/2004",
            tuple(repeated["statement_id"]), "overlap of periods", (reach,), "bounded",
        ),
    ]  # fmt: skip
