"""What the chapter on the survey of 2003 found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis.findings import Claim, Finding
from analysis.nonresponse import (
    LEVEL,
    against_chance,
    any_letter,
    breakdown,
    draw_interval,
    one_letter,
    r_indicator,
    tipping_point,
    worst_case,
)
from analysis.precision import compatible_counts, hull
from analysis.statements import stated
from analysis.survey import replies
from analysis.survey.replies import (
    BLOC,
    CONTINENT,
    EITHER,
    FAVOUR,
    GOVERNMENTS,
    IN_FAVOUR,
    LETTERS,
    POOLED,
    POSITIONS,
    REPLIED,
    RESERVATIONS,
    RESERVE,
    SHARE,
    YEAR,
    governments,
    member_states,
    members,
)
from analysis.words import by_chance, number, per_cent


def findings() -> list[Finding]:
    """What this chapter found, from what the documents fix to what nobody can know from them."""
    return [*_counting(), *_silence(), *_selection()]


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
    once, ever = one_letter(pooled.share, letters), any_letter(rate, letters)
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
            f"is not known: {pooled.figure} answered any of {letters} letters of 1995–1999, which "
            f"is {per_cent(once)} per cent for one letter on average, and {100 * rate:.1f} "
            f"answered the one letter of 2003 ({letters} such letters: {per_cent(ever)}).",
            once * 100, "per cent", "1995/1999", shares,
            "bounds by letter", (replies.comparison,), "not identified",
            ("un_members",),
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
            f"side of the {stated(BLOC).count} States behind one letter decides, and the documents "
            "do not give it.",
            shares * 100, "per cent", "2003-07", (BLOC, IN_FAVOUR, RESERVATIONS),
            "the lean by letters", (replies.leaning,), "not identified",
        ),
    ]  # fmt: skip


def _selection() -> list[Finding]:
    drawn = replies.random_draw().groupby("bloc")["limits"].agg(hull)
    tests = replies.representativeness().set_index(["states", "grouping"])
    region = replies.by_group(members(), CONTINENT).iloc[0]
    rest = members().query("continent != @region.group")
    m49, group = (
        [tests.loc[(states, grouping)] for states in replies.POPULATIONS]
        for grouping in (CONTINENT, replies.REGIONAL_GROUP)
    )
    both = replies.consenting().query("states == @replies.ALL").iloc[0]
    records = ("un_members", "eu_members_2003")
    return [
        Finding(
            "survey-random-draw", "survey", "The replies taken as a random draw",
            f"If the replies were a random draw, {per_cent(drawn[EITHER])} per cent of all Member "
            f"States favoured ({100 * LEVEL:.0f} per cent exact limits); with the bloc's States "
            f"set apart, {per_cent(drawn[FAVOUR])} if the bloc favoured and "
            f"{per_cent(drawn[RESERVE])} if it had reservations.",
            drawn[EITHER] * 100, "per cent", "2003-07", (REPLIED, IN_FAVOUR, RESERVATIONS, BLOC),
            "exact limits of a finite population", (draw_interval,), "conditional", records,
        ),
        Finding(
            "survey-by-region", "survey", "Response by region",
            f"{region['replied']} of {region['members']} States of {region['group']} were heard "
            f"and {rest['replied'].sum()} of {len(rest)} elsewhere; replies so uneven come "
            f"{by_chance(m49[0]['p_value'])}. Outside the European Union, whose States one letter "
            f"brought in, they come {by_chance(m49[1]['p_value'])}.",
            100 * region["rate"], "per cent", "2003-07", (REPLIED, BLOC),
            "exact test by enumeration", (against_chance,), "recorded", records,
        ),
        Finding(
            "survey-by-regional-group", "survey", "Representativeness by UN regional group",
            f"By UN regional group the representativeness indicator is {group[0]['r']:.2f}, where "
            f"chance would give {group[0]['r_by_chance']:.2f}; outside the European Union "
            f"{group[1]['r']:.2f} and {group[1]['r_by_chance']:.2f}. The groups are today's.",
            group[0]["r"], "index", "2003-07", (REPLIED, BLOC), "R-indicator",
            (r_indicator, replies.representativeness), "conditional", records,
        ),
        Finding(
            "survey-consenting", "survey",
            "States that had deposited for the migrant workers' convention, and replied",
            f"{both['among_replies']} of the {both['deposited']} States that had deposited for the "
            f"migrant workers' convention replied, where chance would give {both['expected']:.1f}: "
            "no sign that they replied more or less often than others.",
            float(both["among_replies"]), "States", "2003-07-01", (REPLIED, BLOC), "exact test",
            (replies.consenting,), "recorded", (*records, "treaty_actions"),
        ),
    ]  # fmt: skip
