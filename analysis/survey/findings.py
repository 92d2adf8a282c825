"""What the chapter on the survey of 2003 found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis.findings import Claim, Finding
from analysis.nonresponse import (
    breakdown,
    one_letter,
    tipping_point,
    worst_case,
)
from analysis.precision import compatible_counts, hull
from analysis.statements import stated
from analysis.survey import replies
from analysis.survey.replies import (
    BLOC,
    GOVERNMENTS,
    IN_FAVOUR,
    LETTERS,
    POOLED,
    POSITIONS,
    REPLIED,
    RESERVATIONS,
    SHARE,
    YEAR,
    governments,
    member_states,
    members,
)
from analysis.tables import load
from analysis.words import number, per_cent


def findings() -> list[Finding]:
    """What this chapter found, from what the documents fix to what silence leaves open."""
    return [*_counting(), *_silence()]


def answer() -> str:
    """The chapter's answer for the front page."""
    whole = replies.identification()[replies.NOTHING]
    return (
        f"Most that replied favoured a conference; of all Member States it may be "
        f"{number(100 * whole.lo)} or {number(100 * whole.hi)} per cent."
    )


def _counting() -> list[Finding]:
    lean, size, rate = governments(), len(members()), replies.response_rate()
    states = hull(member_states(position).favour for position in POSITIONS)
    fits, replied = compatible_counts(stated(SHARE).share, size), stated(REPLIED).count
    pooled, letters = stated(POOLED), stated(LETTERS).count
    once = one_letter(pooled.share, letters)
    kept = load("public_facts").query("fact_id == 'c5-imr2002-reproduces'")  # where the counts are
    counts, shares = (REPLIED, GOVERNMENTS, BLOC, IN_FAVOUR, RESERVATIONS), (SHARE, POOLED, LETTERS)
    return [
        Finding(
            "survey-member-states-in-favour", "survey", "Member States in favour of a conference",
            f"{states.lo:.0f} or {states.hi:.0f} of the {replied} Member States that replied "
            f"favoured a conference: the {lean.favour} and {lean.reserve} of A/58/98 add up to "
            f"{lean.replied} Governments, one of them the Holy See, whose position is not given.",
            states, "States", "2003-07", counts, "addition",
            (replies.reconciliation, member_states), "reproduced",
        ),
        Finding(
            "survey-response-rate", "survey", "Response to the letter of 2003",
            f"{replied} of {size} Member States replied, {100 * rate:.1f} per cent; the stated "
            f"share fits {fits[0]} or {fits[-1]} replies, and so Member States, not the "
            f"{lean.replied} Governments that the sentence names "
            f"({100 * lean.replied / size:.1f} per cent).",
            100 * rate, "per cent", "2003-07", (REPLIED, GOVERNMENTS, SHARE),
            "unit response rate", (replies.response_rate, compatible_counts), "recorded",
            ("un_members",),
        ),
        Finding(
            "survey-rounds-not-comparable", "survey", "Whether response fell after the 1990s",
            "Whether fewer States replied about a migration conference in 2003 than in the 1990s "
            f"is not in our sources: one letter of 1995–1999 drew {per_cent(once)} per cent on "
            f"average, that of 2003 {100 * rate:.1f}.",
            once * 100, "per cent", "1995/1999", shares,
            "bounds by letter", (replies.comparison,), "not in our sources",
            ("un_members", "public_facts"), {"public_facts": kept},
        ),
    ]  # fmt: skip


def _silence() -> list[Finding]:
    lean, size, replied = governments(), len(members()), stated(REPLIED).count
    leans = [member_states(position) for position in POSITIONS]
    silent = size - replied
    tips = hull(tipping_point(each, size) for each in leans)
    gap = hull(breakdown(each, size) for each in leans)
    letters = replies.leaning().query("unit == @replies.LETTER").set_index("bloc")
    pro, con = (letters.loc[position] for position in POSITIONS)
    shares = hull(row["favour"] / (row["favour"] + row["reserve"]) for row in (pro, con))
    regions = replies.identification()
    whole, alike = regions[replies.NOTHING], regions[replies.GROUPS_ALIKE]
    counts = (REPLIED, GOVERNMENTS, IN_FAVOUR, RESERVATIONS)
    return [
        Finding(
            "survey-share-in-favour", "survey", "Share of all Member States in favour",
            f"Between {100 * whole.lo:.1f} and {100 * whole.hi:.1f} per cent of the {size} Member "
            f"States favoured a conference on migration in {YEAR}: {silent} did not reply, and "
            "nothing narrower holds without an assumption about them.",
            whole * 100, "per cent", "2003-07", counts, "worst-case bounds", (worst_case,),
            "not identified", ("un_members",),
            front=Claim(
                f"{stated(IN_FAVOUR).linked} of {stated(GOVERNMENTS).linked} Governments that "
                "replied favoured a conference on migration.",
                "in part",
                f"Of all Member States, {number(100 * whole.lo)} to {number(100 * whole.hi)} per "
                f"cent favoured a conference: {silent} of {size} did not reply.",
            ),
        ),
        Finding(
            "survey-tipping-point", "survey", "What a majority would have taken",
            f"For a majority of all Member States, {tips.lo:.0f} or {tips.hi:.0f} of the {silent} "
            f"silent States would have had to favour: {per_cent(tips / silent)} per cent of them.",
            tips / silent * 100, "per cent", "2003-07", counts, "tipping point",
            (tipping_point,), "recorded", ("un_members",),
        ),
        Finding(
            "survey-breakdown", "survey", "How unlike the silent may have been",
            "The majority among the replies carries over to all Member States for certain only if "
            f"the silent share in favour was within {100 * gap.lo:.1f} or {100 * gap.hi:.1f} "
            "percentage points of theirs (the Holy See in favour, or not).",
            gap * 100, "percentage points", "2003-07", counts, "breakdown point", (breakdown,),
            "conditional", ("un_members",),
        ),
        Finding(
            "survey-alike-within-groups", "survey", "Silent States taken as their regional group",
            "If the silent States of each regional group leaned as its replies did, "
            f"{per_cent(alike)} per cent of all favoured: even this strong assumption decides "
            "nothing, because the report does not say who was in favour.",
            alike * 100, "per cent", "2003-07", (*counts, BLOC), "weighting classes",
            (replies.alike_within,), "conditional", ("un_members", "eu_members_2003"),
        ),
        Finding(
            "survey-bloc", "survey", "The majority by letters",
            f"Of {lean.replied} Governments that replied in {YEAR}, {lean.favour} favoured a "
            f"conference on migration and {lean.reserve} had reservations; of the letters, "
            f"{con['favour']} and {con['reserve']}, or {pro['favour']} and {pro['reserve']}: the "
            f"side of the {stated(BLOC).count} States behind one letter decides, and it is not in "
            "our sources.",
            shares * 100, "per cent", "2003-07", (BLOC, IN_FAVOUR, RESERVATIONS),
            "the lean by letters", (replies.leaning,), "not in our sources",
        ),
    ]  # fmt: skip
