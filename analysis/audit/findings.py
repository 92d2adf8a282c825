"""What the audit found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis.audit.discrepancies import by_class
from analysis.audit.pairs import groups, pairs
from analysis.audit.relations import CONSISTENT, INCONSISTENT, REPRODUCED, UNCHECKED, operands
from analysis.audit.verdicts import ledger, records_used, result
from analysis.findings import Finding
from analysis.precision import Interval, compatible_counts
from analysis.statements import stated
from analysis.tables import load

SIDES = "survey-sides-and-member-states"
LISTED = "participants-members-of-2006"
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
        _discrepancies(),
        _capacity(),
        _support(),
    ]


def _coverage() -> Finding:
    counts, total = ledger()["verdict"].value_counts(), len(ledger())
    checked = total - int(counts.get(UNCHECKED, 0))
    return Finding(
        "audit-coverage", "audit", "How many stated figures stand up to recomputation",
        f"Of the {total} stated figures, {checked} can be checked against other figures, lists or "
        f"the record: {counts[REPRODUCED]} are reproduced exactly, "
        f"{counts[CONSISTENT]} are consistent within what they state, and "
        f"{counts[INCONSISTENT]} fail. The other {total - checked} cannot be checked "
        "from these sources.",
        float(checked), "stated figures", "2003/2017", (), "a verdict for every figure", (ledger,),
        "recorded",        records=records_used(), front=True,
    )  # fmt: skip


def _listed() -> Finding:
    listed, row = load("hld_participants"), result(LISTED)
    target, members = stated(str(row["statement_id"])), load("un_members").set_index("iso3")
    kinds = listed["kind"].value_counts()
    named = f"{kinds['member']} of {len(members)}"
    whole = f"all {len(members)}" if kinds["member"] == len(members) else named
    late = members.loc[members.index.isin(listed["iso3"]) & (members["un_member_since"] > 2006)]
    since = " and ".join(f"{m.name}, a member since {m.un_member_since}" for m in late.itertuples())
    return Finding(
        "audit-participants", "audit", "The participating States of the High-level Dialogue",
        f"The list of {target.figure} participating States on a page about the Dialogue, headed "
        f"2006, cannot be taken as a record of who came. It names {whole} present Member States "
        f"and {kinds['observer']} observers; in 2006 both together were {row['computed']}. "
        f"On the list, and not yet a member then: {since}.",
        float(target.count), "States", "2006", (target.statement_id,),
        f"relation {LISTED}, and the list matched by name", (result,), "contradicted",
        records=("un_members", "un_membership_by_year"), front=True,
    )  # fmt: skip


def _sides() -> Finding:
    row = result(SIDES)
    favour = stated(str(row["statement_id"]))
    members, against = (stated(i) for i in _operands_of(SIDES))
    return Finding(
        "audit-sides", "audit", "Member States on both sides of the conference",
        f"A/58/98 has {favour.count} Member States for a conference and {against.count} with "
        f"reservations, together {favour.count + against.count - members.count} more than the "
        f"{members.count} that answered: the Holy See, which is no Member State, is counted on one "
        "of the sides, and the report does not say on which.",
        float(row["computed"]), "Member States in favour, if the others are all members",
        "2003-07", (favour.statement_id, members.statement_id, against.statement_id),
        f"relation {SIDES}", (result,), "contradicted",
    )  # fmt: skip


def _conflicts() -> Finding:
    outcome, conflict = pairs()["outcome"].value_counts(), groups("conflict")
    unexplained = int(pairs().query("outcome == 'conflict'")["explained"].isna().sum())
    said = "every one is" if not unexplained else f"all but {unexplained} are"
    return Finding(
        "audit-conflicts", "audit", "Figures that different places give differently",
        f"Over all {len(pairs())} pairs of statements of the same quantity, {outcome['agree']} "
        f"agree and {outcome['conflict']} conflict, all about {len(conflict)} quantities "
        f"({'; '.join(conflict['quantity'])}); {said} a proposal against a decision.",
        float(outcome["conflict"]), "pairs of statements", "2003/2017", (),
        "every pair of statements", (pairs, groups), "reproduced",
    )  # fmt: skip


def _discrepancies() -> Finding:
    rows = load("discrepancies")
    real = by_class(rows).drop(index="none").sum()
    number, grave, unresolved = int(real["total"]), int(real[[1, 2]].sum()), int(real["unresolved"])
    return Finding(
        "audit-discrepancies", "audit", "Discrepancies between the documents",
        f"Reading every document against every other gave {len(rows)} comparisons; "
        f"{len(rows) - number} turned out to agree and {number} do not, of which {grave} "
        f"touch a figure, date or attribution that matters and {unresolved} cannot be settled "
        "from these sources.",
        float(number), "discrepancies", "2003/2017", (),
        "reading of each document against the others", (by_class,), "recorded",
        records=("public_pages",),
    )  # fmt: skip


def _capacity() -> Finding:
    row, spoke = result(CAPACITY), stated(SPEAKERS)
    limit = stated(_operands_of(CAPACITY)[-1])
    room = int(str(row["computed"]).split()[0])
    return Finding(
        "audit-capacity", "audit", "Room for statements in the plenary meetings first proposed",
        f"The programme proposed in 2005 had room for at most {room} statements of "
        f"{limit.figure} minutes in its plenary meetings; {spoke.count} Member States spoke at the "
        f"Dialogue, for which the Assembly decided on {stated(PLENARIES).figure} such meetings.",
        float(room), "statements", "2006-09-14", (SPEAKERS, limit.statement_id, PLENARIES),
        f"relation {CAPACITY}, from the times of the programme", (result,), "conditional",
    )  # fmt: skip


def _support() -> Finding:
    spoke, share = stated(SPEAKERS).count, stated(SUPPORT)
    counts = compatible_counts(share.share, spoke)
    return Finding(
        "audit-support", "audit", "Member States that supported the Forum, as a count",
        f"“About {share.figure}” of the {spoke} Member States that spoke supported the Forum: any "
        f"number from {counts[0]} to {counts[-1]}, which no document counts.",
        Interval(counts[0], counts[-1]), "Member States", "2006-09", (SUPPORT, SPEAKERS),
        "integers that fit a share", (compatible_counts,), "bounded",
    )  # fmt: skip


def _operands_of(relation_id: str) -> list[str]:
    row = load("relations").set_index("relation_id", drop=False).loc[relation_id]
    return operands(row.to_dict())
