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
            "survey-member-states-in-favour", "survey",
            "Most of the Member States that replied favoured a conference",
            f"{states.lo:.0f} or {states.hi:.0f} of the {replied} Member States that replied "
            "favoured a conference.",
            states, "States", "2003-07", counts, "addition",
            (replies.reconciliation, member_states), "reproduced",
            detail=f"The {lean.favour} and {lean.reserve} of the report of 2003 add up to "
            f"{lean.replied} Governments, one of them the Holy See, whose position is not given.",
        ),
        Finding(
            "survey-response-rate", "survey",
            "The stated response is of Member States, not of Governments",
            f"{replied} of {size} Member States replied, {100 * rate:.1f} per cent.",
            100 * rate, "per cent", "2003-07", (REPLIED, GOVERNMENTS, SHARE),
            "unit response rate", (replies.response_rate, compatible_counts), "recorded",
            ("un_members",),
            detail=f"The stated share fits {fits[0]} or {fits[-1]} replies, and not the "
            f"{lean.replied} Governments that the sentence names "
            f"({100 * lean.replied / size:.1f} per cent).",
        ),
        Finding(
            "survey-rounds-not-comparable", "survey",
            "Whether response fell after the 1990s is not in our sources",
            f"One letter of 1995–1999 drew {per_cent(once)} per cent on average, that of 2003 "
            f"{100 * rate:.1f}.",
            once * 100, "per cent", "1995/1999", shares,
            "bounds by letter", (replies.comparison,), "not in our sources",
            ("un_members", "public_facts"), {"public_facts": kept},
            detail="Whether fewer States replied in 2003 than in the 1990s is not in our sources.",
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
            "survey-share-in-favour", "survey",
            "What all Member States wanted, the replies cannot tell",
            f"Between {100 * whole.lo:.1f} and {100 * whole.hi:.1f} per cent of the {size} Member "
            f"States favoured a conference on migration in {YEAR}.",
            whole * 100, "per cent", "2003-07", counts, "worst-case bounds", (worst_case,),
            "not identified", ("un_members",),
            detail=f"{silent} did not reply, and nothing narrower holds without an assumption "
            "about them.",
            front=Claim(
                f"{stated(IN_FAVOUR).linked} of {stated(GOVERNMENTS).linked} Governments that "
                "replied favoured a conference on migration.",
                "in part",
                f"Of all Member States, {number(100 * whole.lo)} to {number(100 * whole.hi)} per "
                f"cent favoured a conference: {silent} of {size} did not reply.",
            ),
        ),
        Finding(
            "survey-tipping-point", "survey",
            "A nearly even split of the silent would have made a majority",
            f"For a majority of all Member States, {tips.lo:.0f} or {tips.hi:.0f} of the {silent} "
            "silent ones would have had to favour a conference.",
            tips / silent * 100, "per cent", "2003-07", counts, "tipping point",
            (tipping_point,), "recorded", ("un_members",),
            detail=f"That is {per_cent(tips / silent)} per cent of them.",
        ),
        Finding(
            "survey-breakdown", "survey",
            "The majority holds for all only if the silent were much alike",
            "The majority among the replies is one of all Member States for certain only if the "
            f"silent share in favour was within {100 * gap.lo:.1f} or {100 * gap.hi:.1f} points "
            "of theirs.",
            gap * 100, "percentage points", "2003-07", counts, "breakdown point", (breakdown,),
            "conditional", ("un_members",),
            detail="The first distance is that with the Holy See in favour, the second that with "
            "the Holy See among the reservations.",
        ),
        Finding(
            "survey-alike-within-groups", "survey",
            "Taking the silent as their regional group decides nothing either",
            "If the silent States of each regional group leaned as its replies did, "
            f"{per_cent(alike)} per cent of all favoured.",
            alike * 100, "per cent", "2003-07", (*counts, BLOC), "weighting classes",
            (replies.alike_within,), "conditional", ("un_members", "eu_members_2003"),
            detail="Even this strong assumption decides nothing, because the report does not say "
            "who was in favour.",
        ),
        Finding(
            "survey-bloc", "survey",
            "Counted by letters, the European Union's letter decides the majority",
            f"Of the letters, {number(100 * shares.lo)} or {number(100 * shares.hi)} per cent "
            "favoured a conference, as the European Union's did or did not.",
            shares * 100, "per cent", "2003-07", (BLOC, IN_FAVOUR, RESERVATIONS),
            "the lean by letters", (replies.leaning,), "not in our sources",
            detail=f"Of {lean.replied} Governments {lean.favour} favoured a conference and "
            f"{lean.reserve} had reservations. By letters it was {pro['favour']} and "
            f"{pro['reserve']} with the Union in favour, {con['favour']} and {con['reserve']} with "
            f"its reservations. The side of the {stated(BLOC).count} States behind one letter is "
            "not in our sources.",
        ),
    ]  # fmt: skip
