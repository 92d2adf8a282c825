"""What the chapter on preferences found."""

from __future__ import annotations

from analysis.findings import Finding
from analysis.precision import hull
from analysis.preferences import answers, hedges
from analysis.statements import stated
from analysis.words import from_to

DATE = "2003-07"
DIALOGUE = "2006-09-14"
TECHNICAL = "share-favouring-technical-conference-a-58-98"
ALL_TYPES = "share-suggesting-all-migrant-types-a-58-98"
LENGTH = "proposed-conference-duration-a-58-98"
WIDEST = ("majority", "most-frequently-mentioned")


def findings() -> list[Finding]:
    """The findings of the chapter, in the order in which it reaches them."""
    return [*_counts(), *_answers()]


def answer() -> str:
    """The chapter's answer in at most 20 words."""
    surest = int(hedges.counts()["fewest"].max())
    return (
        f"No wish is sure to have had more than {surest} Governments behind it, and most were not "
        "clearly met."
    )


def _counts() -> list[Finding]:
    table = hedges.counts()
    surest, technical = int(table["fewest"].max()), hedges.kinds()[0]
    said, implied, own = hedges.holders_of_roles()
    return [
        Finding(
            "preferences-holders", "preferences", "No wish is sure to have had many holders",
            f"Of the wishes of {hedges.YEAR}, none is sure to have been held by more than {surest} "
            "Governments: words such as “several” allow very few.",
            float(surest), "Governments", DATE,
            (hedges.IN_FAVOUR, hedges.RESERVATIONS, hedges.GOVERNMENTS, TECHNICAL, ALL_TYPES),
            "the counts that each hedge allows", (hedges.counts,), "bounded",
        ),
        Finding(
            "preferences-technical", "preferences",
            "Many of those in favour wanted a technical conference",
            f"If each Government in favour named one kind of meeting, {technical[0]} to "
            f"{technical[-1]} wanted a technical conference.",
            hull(technical), "Governments", DATE,
            (hedges.IN_FAVOUR, TECHNICAL), "what sets without a common member leave each other",
            (hedges.kinds, hedges.apart), "conditional",
        ),
        Finding(
            "preferences-roles", "preferences",
            "Most roles of the United Nations stand without a holder",
            f"Of {said + implied + own} roles that the report gives the United Nations, it states "
            f"of {said} whose view it is, implies it of {implied}, and leaves {own} without a "
            "holder.",
            float(own), "roles", DATE, (), "count of coded preferences", (hedges.holders_of_roles,),
            "conditional",
        ),
    ]  # fmt: skip


def _answers() -> list[Finding]:
    table = answers.verdicts()
    tallies = {side: answers.tally(rows) for side, rows in table.groupby("side")}
    asked = {side: int(tally["read"].sum()) for side, tally in tallies.items()}
    fewest, most = answers.met()
    against = sorted(map(int, tallies[hedges.RESERVE].loc[answers.MET]))
    total = asked[hedges.FAVOUR] + asked[hedges.RESERVE]
    widest = table[table["hedge"].isin(WIDEST)]
    ends = sorted(int((widest[column] == answers.MET).sum()) for column in ("clear", "verdict"))
    asked_for, days = stated(LENGTH).interval, answers.days()
    rule = "verdict by the parts of a wish that the decision grants or refuses"
    return [
        Finding(
            "preferences-majorities", "preferences", "No wish of a majority was clearly met",
            f"Of the {len(widest)} wishes that a majority held or that were mentioned most, the "
            f"Dialogue clearly met {ends[0] or 'none'}: it ended in a summary, not in "
            "recommendations or principles.",
            hull(ends), "wishes", DIALOGUE, (TECHNICAL, ALL_TYPES), rule,
            (answers.verdicts,), "conditional",
        ),
        Finding(
            "preferences-met", "preferences", "Most wishes were not clearly met",
            f"Of {total} wishes about a conference, the Dialogue of 2006 met "
            f"{from_to(fewest, most)}: the fewest where every doubtful answer is left out.",
            hull([fewest, most]), "wishes", DIALOGUE, (), rule, (answers.met,),
            "conditional",
        ),
        Finding(
            "preferences-against", "preferences",
            "Of the few wishes of those not in favour, most were met",
            f"Of the {asked[hedges.RESERVE]} wishes of Governments not in favour of a conference, "
            f"{from_to(against[0], against[1])} were met: an existing body, and no further money.",
            hull(against), "wishes", DIALOGUE,
            (hedges.RESERVATIONS,), rule, (answers.tally,), "conditional",
        ),
        Finding(
            "preferences-length", "preferences", "As short as the shortest conference proposed",
            f"The Dialogue took {days} days; Governments had proposed conferences of "
            f"{from_to(asked_for.lo, asked_for.hi)} days.",
            float(days), "days", DIALOGUE, (LENGTH,), "days from first to last", (answers.days,),
            "reproduced",
        ),
    ]  # fmt: skip
