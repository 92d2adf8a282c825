"""What the audit found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis.audit.discrepancies import by_class
from analysis.audit.pairs import groups, pairs
from analysis.audit.relations import (
    ARITHMETIC,
    INCONSISTENT,
    OUTSIDE,
    OWN_LIST,
    REPETITION,
    UNCHECKED,
    operands,
)
from analysis.audit.verdicts import TESTING, grounds, ledger, records_used, result, rows_used
from analysis.findings import Claim, Finding
from analysis.markup import plain
from analysis.precision import Interval, compatible_counts
from analysis.statements import stated
from analysis.tables import load
from analysis.words import listing

SIDES = (
    "conference-survey-in-favour-a-58-98-para-42",
    "conference-survey-reservations-a-58-98-para-42",
    "conference-survey-member-states-a-58-98",
    "conference-survey-governments-a-58-98",
)
LISTED_2006, LISTED_2013 = "participants-members-of-2006", "participants-members-of-2013"
SPEAKERS = "hld-2006-states-making-statements-hld-slides"
SUPPORT = "hld-2006-share-supporting-forum-hld-slides"
CAPACITY = "speakers-in-two-plenaries"
PLENARIES = "hld-2006-plenary-meetings-res-60-227"


def findings() -> list[Finding]:
    """All findings of the chapter, computed from the tables and statements."""
    return [
        _coverage(),
        _listed(),
        _sides(),
        _conflicts(),
        _contradictions(),
        _discrepancies(),
        _capacity(),
        _support(),
    ]


def answer() -> str:
    """The chapter's answer for the front page."""
    held = grounds()["figures"][list(TESTING)].sum()
    failed = int((ledger()["verdict"] == INCONSISTENT).sum())
    places = load("discrepancies").query("`class` == 'contradiction'")
    return (
        f"{held + failed} of {len(ledger())} stated figures can be tested, {failed or 'none'} "
        f"fails; {len(places)} places contradict another in words or dates."
    )


def _coverage() -> Finding:
    total, held = len(ledger()), grounds()["figures"]
    failed = int((ledger()["verdict"] == INCONSISTENT).sum())
    unchecked = int((ledger()["verdict"] == UNCHECKED).sum())
    tested = int(held[list(TESTING)].sum()) + failed
    said = f"{failed} of them fail" if failed else "none of them fails"
    few = f"Few stated figures can be tested, and {'some fail' if failed else 'none fails'}"
    return Finding(
        "audit-coverage", "audit", few,
        f"Of the {total} stated figures {tested} can be tested by evidence from outside or by "
        f"arithmetic, and {said}.",
        float(tested), "stated figures", "2003/2017", (), "a verdict for every figure",
        (ledger, grounds), "recorded", records=records_used(), rows=rows_used(),
        detail=f"Evidence from outside bears out {held[OUTSIDE]} and arithmetic "
        f"{held[ARITHMETIC]}. Another {held[OWN_LIST]} count a list of their own document, "
        f"{held[REPETITION]} repeat another document, and {unchecked} cannot be checked from "
        "these sources.",
    )  # fmt: skip


def _listed() -> Finding:
    listed, later, early = load("hld_participants"), result(LISTED_2013), result(LISTED_2006)
    target, members = stated(str(later["statement_id"])), load("un_members").set_index("iso3")
    kinds = listed["kind"].value_counts()
    named = f"{kinds['member']} of {len(members)}"
    whole = f"all {len(members)}" if kinds["member"] == len(members) else named
    late = members.loc[members.index.isin(listed["iso3"]) & (members["un_member_since"] > 2006)]
    since = " and ".join(f"{m.name}, a member since {m.un_member_since}" for m in late.itertuples())
    return Finding(
        "audit-participants", "audit", "A list of participating States is the list of members",
        f"The {target.figure} participating States listed on a page are {whole} present Member "
        f"States and {kinds['observer']} observers: the membership, not a record of who came.",
        float(target.count), "States", "2006/2013", (target.statement_id,),
        "the list matched by name with the membership", (result,), "recorded",
        records=("un_members", "un_membership_by_year"),
        detail=f"{since}, is among them. Members and observers together were "
        f"{later['computed']} in 2013, the year of the second Dialogue, and {early['computed']} "
        "in 2006; the list itself bears no date.",
        front=Claim(
            f"{target.linked} States took part in the High-level Dialogue.",
            "not as said",
            f"The list is the membership, {whole} States and {kinds['observer']} observers; it "
            "does not record who came.",
        ),
    )  # fmt: skip


def _sides() -> Finding:
    favour, against, members, governments = (stated(statement_id) for statement_id in SIDES)
    outside = governments.count - members.count
    split = [
        f"{favour.count - least} to {against.count - outside + least}"
        for least in range(outside + 1)
    ]
    return Finding(
        "audit-sides", "audit", "The sides of 2003 are Governments, not Member States alone",
        f"Among the {members.count} Member States that replied about a conference, the split is "
        f"{' or '.join(split)}.",
        Interval(favour.count - outside, favour.count), "Member States in favour", "2003-07",
        SIDES, "difference of exact counts", (stated,), "bounded",
        detail=f"The report of 2003 has {favour.count} Member States for a conference and "
        f"{against.count} replies with reservations, in all the {governments.count} Governments "
        "that answered; the Holy See, one of them, is no Member State.",
    )  # fmt: skip


def _conflicts() -> Finding:
    outcome, conflict = pairs()["outcome"].value_counts(), groups("conflict")
    unexplained = int(pairs().query("outcome == 'conflict'")["explained"].isna().sum())
    said = "every one" if not unexplained else f"all but {unexplained}"
    kinds = load("discrepancies").set_index("discrepancy_id")["class"]
    why = listing(dict.fromkeys(kinds[conflict["explained"].dropna()]))
    return Finding(
        "audit-conflicts", "audit",
        "Figures given twice conflict only where a decision changed a plan",
        f"Of {len(pairs())} pairs of statements of the same quantity {outcome['agree']} agree and "
        f"{outcome['conflict']} conflict, {said} explained as {why}.",
        float(outcome["conflict"]), "pairs of statements", "2003/2017", (),
        "every pair of statements", (pairs, groups), "reproduced",
        detail=f"All conflicts are about {listing(conflict['quantity'])}.",
    )  # fmt: skip


def _contradictions() -> Finding:
    rows = load("discrepancies").query("`class` == 'contradiction'")
    settled = rows[rows["status"] == "resolved"]
    numeric = int(rows["numeric"].sum()) or "none"
    grave = settled.sort_values("gravity", kind="stable")["title"].iloc[0]
    return Finding(
        "audit-contradictions", "audit",
        "Documents contradict one another in words, dates and names",
        f"{len(rows)} places contradict another place or the record in words, dates or names, "
        f"{numeric} in a stated figure.",
        float(len(rows)), "contradictions", "2003/2017", (),
        "reading of each document against the others", (by_class,), "contradicted",
        records=("dates", "public_pages"),
        detail=f"The evidence settles {len(settled)}. The gravest of these: "
        f"{plain(grave[0].lower() + grave[1:])}",
    )  # fmt: skip


def _discrepancies() -> Finding:
    rows = load("discrepancies")
    real = by_class(rows).drop(index="none").sum()
    number, grave, unresolved = int(real["total"]), int(real[[1, 2]].sum()), int(real["unresolved"])
    return Finding(
        "audit-discrepancies", "audit", "Documents disagree often, and seldom where it matters",
        f"Reading every document against every other brought out {number} disagreements, of which "
        f"{grave} touch a figure, date or attribution that matters.",
        float(number), "discrepancies", "2003/2017", (),
        "reading of each document against the others", (by_class,), "recorded",
        records=("public_pages",),
        detail=f"Of {len(rows)} comparisons {len(rows) - number} turned out to agree. Of the "
        f"disagreements {unresolved} cannot be settled from these sources.",
    )  # fmt: skip


def _capacity() -> Finding:
    row, spoke = result(CAPACITY), stated(SPEAKERS)
    limit = stated(_operands_of(CAPACITY)[-1])
    room = int(str(row["computed"]).split()[0])
    return Finding(
        "audit-capacity", "audit", "The programme first proposed had no room for all who spoke",
        f"The programme proposed in 2005 had room for at most {room} statements in its plenary "
        f"meetings; {spoke.count} Member States spoke at the Dialogue.",
        float(room), "statements", "2006-09-14", (SPEAKERS, limit.statement_id, PLENARIES),
        f"relation {CAPACITY}, from the times of the programme", (result,), "conditional",
        detail=f"A statement was to take {limit.figure} minutes; in place of the meetings proposed "
        f"the Assembly decided on {stated(PLENARIES).figure}.",
    )  # fmt: skip


def _support() -> Finding:
    spoke, share = stated(SPEAKERS).count, stated(SUPPORT)
    counts = compatible_counts(share.share, spoke)
    return Finding(
        "audit-support", "audit", "How many Member States supported the Forum no document counts",
        f"“About {share.figure}” of the {spoke} Member States that spoke supported the Forum: any "
        f"number from {counts[0]} to {counts[-1]}.",
        Interval(counts[0], counts[-1]), "Member States", "2006-09", (SUPPORT, SPEAKERS),
        "integers that fit a share", (compatible_counts,), "bounded",
    )  # fmt: skip


def _operands_of(relation_id: str) -> list[str]:
    row = load("relations").set_index("relation_id", drop=False).loc[relation_id]
    return operands(row.to_dict())
