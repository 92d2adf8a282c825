"""The findings of the chapter on conventions, as sentences with their values and grades."""

from __future__ import annotations

from typing import Any

from analysis import treaties
from analysis.conventions import participation, ratifications
from analysis.conventions.ratifications import (
    BOUND,
    ILO,
    RATIFICATIONS,
    RATIFIED,
    REPORT,
    SIGNATURES,
    SIGNED,
)
from analysis.findings import Finding
from analysis.statements import stated
from analysis.treaties import NAMES
from analysis.words import hedged, long_date

RECORD = ("treaty_actions", "instruments")


def findings() -> list[Finding]:
    """All findings of the chapter, computed from statements and record."""
    return [
        *_count_findings(),
        _force_finding(),
        _reach_finding(),
        *_speed_findings(),
        _lag_finding(),
        _overlap_finding(),
        _ilo_finding(),
        _check_finding(),
    ]


def _finding(finding_id: str, title: str, sentence: str, **rest: Any) -> Finding:
    settings: dict[str, Any] = {"grade": "recorded", "statements": (), "records": RECORD, **rest}
    return Finding(
        finding_id=f"conventions-{finding_id}",
        chapter="conventions",
        title=title,
        sentence=sentence,
        **settings,
    )


def _count_findings() -> list[Finding]:
    counts = ratifications.stated_counts().set_index(["counted", "instrument_id"])
    first = ratifications.document_days(REPORT).first
    bound, ratified = counts.loc[(BOUND, "icrmw")], counts.loc[(RATIFICATIONS, "icrmw")]
    signed, parties = (
        [counts.loc[(acts, i), "at_earliest"] for i in ratifications.PROTOCOLS]
        for acts in (SIGNATURES, BOUND)
    )
    stated_count = stated(RATIFIED).count
    how = {"method": "running counts of the record", "by": (ratifications.stated_counts,)}
    return [
        _finding(
            "count-and-date",
            "When the stated number of States bound by the Migrant Workers Convention held",
            f"The count of {stated_count} States bound by the Migrant Workers Convention held from "
            f"{long_date(bound['first'])} to {long_date(bound['last'])}: on {bound['days_inside']} "
            f"of the {bound['days']} days on which {REPORT} can have been written. On the last of "
            f"them the record shows {bound['at_latest']}.",
            value=float(bound["days_inside"]), unit="days", date=str(first.date()),
            statements=(RATIFIED,), records=(*RECORD, "documents"), **how, front=True,
        ),
        _finding(
            "ratified-means-bound",
            "What “ratified” counts in the report on the Migrant Workers Convention",
            f"Of the {bound['at_earliest']} States bound by the Migrant Workers Convention on "
            f"{long_date(first)}, {ratified['at_earliest']} had ratified it and "
            f"{bound['at_earliest'] - ratified['at_earliest']} had acceded; ratifications alone "
            f"reached {stated_count} on {long_date(ratified['first'])}.",
            value=float(ratified["at_earliest"]), unit="States", date=str(first.date()),
            statements=(RATIFIED,), **how,
        ),
        _finding(
            "signed-not-bound",
            "What “signed” counts for the Trafficking and Smuggling Protocols",
            f"“{hedged(stated(SIGNED)).capitalize()}” counts signatures: "
            f"{signed[0]} States had signed the Trafficking Protocol and "
            f"{signed[1]} the Smuggling Protocol, but only "
            f"{parties[0]} and {parties[1]} were bound on "
            f"{long_date(first)}.",
            value=float(parties[0]), unit="States", date=str(first.date()),
            statements=(SIGNED,), **how, front=True,
        ),
    ]  # fmt: skip


def _force_finding() -> Finding:
    force = ratifications.entry_into_force()
    return _finding(
        "entry-into-force",
        "Entry into force, recomputed from deposits and each treaty's own rule",
        f"The day of entry into force recomputed from the deposits is the recorded day for "
        f"{int((force['difference'] == 0).sum())} of {len(force)} instruments, and for the Migrant "
        f"Workers Convention the day that the reports state, "
        f"{long_date(force.loc['icrmw', 'computed'])}.",
        value=float(force["difference"].abs().max()), unit="days of difference at most",
        date=str(force.loc["icrmw", "computed"].date()),
        records=(*RECORD, "convention_status"), method="each treaty's own rule",
        by=(ratifications.entry_into_force,),
    )  # fmt: skip


def _reach_finding() -> Finding:
    day = ratifications.overlap_days()[0]
    acts = ratifications.acts_by(day)
    share = (100 * acts["share"]).map("{:.0f}".format)
    return _finding(
        "reach",
        "How much of the membership each instrument bound at the date of the second report",
        f"On {long_date(day)} the Migrant Workers Convention bound {share['icrmw']} per cent of "
        f"the {treaties.membership(day)} Member States, the Smuggling Protocol "
        f"{share['smuggling-protocol']}, the Trafficking Protocol {share['trafficking-protocol']} "
        f"and the refugee instruments {share['refugee-convention']} per cent each.",
        value=100 * float(acts.loc["icrmw", "share"]), unit="per cent of Member States",
        date=str(day.date()), records=(*RECORD, "un_members"),
        method="parties among the Member States of the day", by=(ratifications.acts_by,),
    )  # fmt: skip


def _speed_findings() -> list[Finding]:
    pace, age = participation.speed(), participation.common_age()
    share = (100 * pace["share"]).map("{:.0f}".format)
    least = (100 * pace["share_all"]).map("{:.0f}".format)
    median = pace["median"].map("{:.1f}".format)
    settings = {
        "records": (*RECORD, "un_members"), "grade": "conditional",
        "date": str(treaties.last_common_day().date()),
        "method": "Kaplan-Meier, delayed entry by year of admission", "by": (participation.speed,),
    }  # fmt: skip
    return [
        _finding(
            "same-age",
            "Old and new instruments at the same age",
            f"Within {age} years of adoption an estimated {share['trafficking-protocol']} per cent "
            f"of Member States had joined the Trafficking Protocol and "
            f"{share['smuggling-protocol']} per cent the Smuggling Protocol, against "
            f"{share['refugee-convention']} and {share['refugee-protocol']} per cent for the "
            f"refugee instruments ({least['refugee-convention']} and {least['refugee-protocol']} "
            f"if all of today's Members count from the start) and {share['icrmw']} per cent for "
            f"the Migrant Workers Convention.",
            value=100 * float(pace.loc["icrmw", "share"]), unit="per cent of Member States",
            **settings,
        ),
        _finding(
            "median-time",
            "Time until a majority of Member States had joined",
            f"A majority had joined the Trafficking Protocol after "
            f"{median['trafficking-protocol']} years, the Smuggling Protocol after "
            f"{median['smuggling-protocol']}, the Refugee Protocol after "
            f"{median['refugee-protocol']} and the Refugee Convention after "
            f"{median['refugee-convention']}; for the Migrant Workers Convention the median is not "
            f"reached in {pace.loc['icrmw', 'years']:.0f} years.",
            value=float(pace.loc["trafficking-protocol", "median"]), unit="years", **settings,
        ),
    ]  # fmt: skip


def _lag_finding() -> Finding:
    waits = participation.signature_lags()
    median = waits["median"].map("{:.1f}".format)
    icrmw = waits.loc["icrmw"]
    return _finding(
        "signature-to-deposit",
        "From signature to consent to be bound",
        f"The median signatory of the Migrant Workers Convention took {median['icrmw']} years to "
        f"ratify, against {median['trafficking-protocol']} and {median['smuggling-protocol']} for "
        f"the Trafficking and Smuggling Protocols and {median['refugee-convention']} for the "
        f"Refugee Convention; {icrmw['signatories'] - icrmw['deposited']:.0f} of its "
        f"{icrmw['signatories']:.0f} signatories had not ratified when the record ends.",
        value=float(icrmw["median"]), unit="years",
        date=str(treaties.complete_to("icrmw").date()),
        method="Kaplan-Meier", by=(participation.signature_lags,),
    )  # fmt: skip


def _overlap_finding() -> Finding:
    days = ratifications.overlap_days()
    sets = participation.shared_sets(days)
    everything = sets[sets[list(NAMES)].all(axis=1)].iloc[0]
    icrmw = sets.loc[sets["icrmw"], "earlier"].sum()
    closest = participation.pairs(days[0]).sort_values("jaccard").iloc[-1]
    return _finding(
        "overlap",
        "Instruments held in common",
        f"Of the {icrmw} States bound by the Migrant Workers Convention on {long_date(days[0])}, "
        f"{everything['earlier']} were bound by both Protocols and both refugee instruments as "
        f"well; by {long_date(days[1])} the number bound by all of them was "
        f"{everything['later']}. The closest pair was the {NAMES[closest['one']]} and the "
        f"{NAMES[closest['other']]} (Jaccard index {closest['jaccard']:.2f}).",
        value=float(everything["earlier"]), unit="States", date=str(days[0].date()),
        method="exact sets of instruments", by=(participation.shared_sets, participation.pairs),
    )  # fmt: skip


def _ilo_finding() -> Finding:
    totals = ratifications.ilo_totals()
    known = totals[~totals["stated"]]
    listed = "; ".join(
        f"{row.parties} for {row.instrument_id.removeprefix('ilo-').upper()} ({row.as_of})"
        for row in known.itertuples()
    )
    numbers = " and ".join(str(stated(i).count) for i in ILO.values())
    return _finding(
        "ilo-totals",
        "Whether the stated ratifications of the ILO conventions were right",
        f"No window can be given for the {numbers} ratifications of the ILO conventions No. 97 and "
        f"No. 143, because the record holds no dated actions for them; the totals it has are "
        f"{listed}.",
        value=None, unit="States", date="2004", statements=tuple(ILO.values()),
        records=("treaty_totals",), grade="not identified",
        method="totals without dated actions", by=(ratifications.ilo_totals,),
    )  # fmt: skip


def _check_finding() -> Finding:
    checks = ratifications.record_check()
    within = checks[checks["agrees"].notna()]
    return _finding(
        "record-check",
        "Whether the record used here agrees with totals that public bodies published",
        f"The record reproduces {int(within['agrees'].sum())} of the {len(within)} published "
        f"totals that fall within it, on a day that their date allows; {len(checks) - len(within)} "
        f"others are later than it reaches and are not compared.",
        value=float(within["agrees"].sum()), unit="totals",
        date=str(treaties.last_common_day().date()), records=(*RECORD, "treaty_totals"),
        method="totals on the days of the record", by=(ratifications.record_check,),
    )  # fmt: skip
