"""The findings of the chapter on conventions, as sentences with their values and grades."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import treaties
from analysis.conventions import participation, ratifications
from analysis.conventions.ratifications import (
    DEPOSITED,
    ILO,
    IN_FORCE,
    RATIFICATIONS,
    RATIFIED,
    REPORT,
    SIGNED,
)
from analysis.findings import Claim, Finding
from analysis.precision import Interval, hull
from analysis.statements import stated
from analysis.tables import load
from analysis.treaties import NAMES
from analysis.words import hedged, listing, long_date, span

RECORD = ("treaty_actions", "instruments")


def findings() -> list[Finding]:
    """All findings of the chapter, computed from statements and record."""
    return [
        *_count_findings(),
        _acts_finding(),
        _signed_finding(),
        _meetings_finding(),
        _force_finding(),
        _reach_finding(),
        _age_finding(),
        *_majority_findings(),
        _lag_finding(),
        _overlap_finding(),
        *_ilo_findings(),
        _check_finding(),
    ]


def answer() -> str:
    """The chapter's answer for the front page."""
    deposited = _counts().loc[(DEPOSITED, "icrmw")]
    return (
        f"{stated(RATIFIED).count} deposits is right for {deposited['days_inside']} of "
        f"{deposited['days']} possible days; newer instruments spread far faster."
    )


def _finding(finding_id: str, title: str, sentence: str, **rest: Any) -> Finding:
    settings: dict[str, Any] = {"grade": "recorded", "statements": (), "records": RECORD, **rest}
    used = {"treaty_actions": treaties.within_record(), "dates": _meeting()}
    rows = {name: used[name] for name in settings["records"] if name in used}
    settings["rows"] = {**rows, **settings.get("rows", {})}
    return Finding(
        finding_id=f"conventions-{finding_id}",
        chapter="conventions",
        title=title,
        sentence=sentence,
        **settings,
    )


def _meeting() -> pd.DataFrame:
    rows = load("dates")
    return rows[rows["event_id"] == ratifications.MEETING]


def _between(*values: float) -> Interval:
    return Interval(float(min(values)), float(max(values)))


def _counts() -> pd.DataFrame:
    return ratifications.stated_counts().set_index(["counted", "instrument_id"])


def _count_findings() -> list[Finding]:
    counts, number = _counts(), stated(RATIFIED).count
    deposited, force = counts.loc[(DEPOSITED, "icrmw")], counts.loc[(IN_FORCE, "icrmw")]
    first = ratifications.document_days(REPORT).first
    assumed = ratifications.assumed_days()
    how = {
        "date": str(first.date()), "unit": "days", "statements": (RATIFIED,),
        "method": "running counts of the record", "by": (ratifications.stated_counts,),
    }  # fmt: skip
    return [
        _finding(
            "count-and-date",
            "“Ratified” was true of deposits on the report's first possible days alone",
            f"“Ratified by {number} States” fits the deposits for the Migrant Workers Convention "
            f"on {deposited['days_inside']} of the {deposited['days']} possible days of the report "
            "of 2004.",
            detail=f"It was in force for {number} States on {force['days_inside']} of the possible "
            "days.",
            value=_between(deposited["days_inside"], force["days_inside"]),
            records=(*RECORD, "documents"), **how,
        ),
        _finding(
            "count-windows",
            "Deposits reached the stated number first, States in force for later",
            f"The deposits for the Migrant Workers Convention stood at {number} from "
            f"{long_date(deposited['first'])} to {long_date(deposited['last'])}.",
            detail=f"It was in force for as many States from {long_date(force['first'])} to "
            f"{long_date(force['last'])}. On {long_date(first)} they were "
            f"{deposited['at_earliest']} and {force['at_earliest']}.",
            value=_between(force["at_earliest"], deposited["at_earliest"]),
            records=(*RECORD, "documents"), **{**how, "unit": "States"},
        ),
        _finding(
            "count-by-the-meeting",
            "A meeting that may have discussed the report does not settle it",
            f"If a coordination meeting discussed this report on {long_date(assumed.last)}, "
            f"{assumed.length} days are possible, and the deposits were {number} on "
            f"{deposited['days_inside_assumed']} of them.",
            detail=f"The Migrant Workers Convention was in force for {number} States on "
            f"{force['days_inside_assumed']} of these days.",
            value=_between(deposited["days_inside_assumed"], force["days_inside_assumed"]),
            grade="conditional", records=(*RECORD, "documents", "dates"),
            **{**how, "by": (ratifications.stated_counts, ratifications.assumed_days)},
        ),
    ]  # fmt: skip


def _acts_finding() -> Finding:
    counts, first = _counts(), ratifications.document_days(REPORT).first
    deposited, ratified = counts.loc[(DEPOSITED, "icrmw")], counts.loc[(RATIFICATIONS, "icrmw")]
    acceded = deposited["at_earliest"] - ratified["at_earliest"]
    return _finding(
        "ratified-means-deposited",
        "Most States that the report counts as having ratified had acceded",
        f"Of the {deposited['at_earliest']} States that had deposited for the Migrant Workers "
        f"Convention by {long_date(first)}, {ratified['at_earliest']} had ratified it and "
        f"{acceded} had acceded.",
        detail=f"Ratifications alone reached {stated(RATIFIED).count} on "
        f"{long_date(ratified['first'])}.",
        value=float(ratified["at_earliest"]), unit="ratifications", date=str(first.date()),
        statements=(RATIFIED,), method="running counts of the record",
        by=(ratifications.stated_counts,),
    )  # fmt: skip


def _signed_finding() -> Finding:
    counts, first = _counts(), ratifications.document_days(REPORT).first
    deposited, force = (
        [counts.loc[(counted, i), "at_earliest"] for i in ratifications.PROTOCOLS]
        for counted in (DEPOSITED, IN_FORCE)
    )
    return _finding(
        "signed-and-deposited",
        "“Signed” holds, and says little about who was bound",
        f"“{hedged(stated(SIGNED)).capitalize()}” counts signatures: on {long_date(first)} the "
        f"Trafficking Protocol had {deposited[0]} deposits and the Smuggling Protocol "
        f"{deposited[1]}.",
        detail=f"They were in force for {force[0]} and {force[1]} States.",
        value=_between(*force, *deposited), unit="States", date=str(first.date()),
        statements=(SIGNED,), method="running counts of the record",
        by=(ratifications.stated_counts,),
        front=Claim(
            f"More than {stated(SIGNED).linked} States signed the Trafficking and Smuggling "
            "Protocols.",
            "it holds",
            f"Signing does not bind: {deposited[0]} States had joined the Trafficking Protocol "
            f"by {long_date(first)}.",
        ),
    )  # fmt: skip


def _meetings_finding() -> Finding:
    at = ratifications.at_meetings()
    one, two, three = at["in_force"]
    years = at["day"].dt.year
    return _finding(
        "at-the-meetings",
        "The Migrant Workers Convention gained States from meeting to meeting",
        f"The Migrant Workers Convention was in force for {one} States at the Dialogue of "
        f"{years.iloc[0]}, and for {three} at the global meeting of regional processes in "
        f"{years.iloc[-1]}.",
        detail=f"At the Dialogue of {years.iloc[1]} they were {two}. At the global meeting "
        f"{len(at['open'].iloc[-1])} had signed it and not deposited.",
        value=_between(one, two, three), unit="States", date=f"{at['day'].iloc[-1]:%Y-%m-%d}",
        records=(*RECORD, "events"), method="running counts of the record",
        by=(ratifications.at_meetings,),
    )  # fmt: skip


def _force_finding() -> Finding:
    force = ratifications.entry_into_force()
    return _finding(
        "entry-into-force",
        "The recorded days of entry into force follow from the deposits",
        f"Computed from the deposits, the day of entry into force is the recorded day for "
        f"{int((force['difference'] == 0).sum())} of {len(force)} instruments.",
        detail="For the Migrant Workers Convention it is the day that the reports state, "
        f"{long_date(force.loc['icrmw', 'computed'])}.",
        value=float(force["difference"].abs().max()), unit="days of difference at most",
        date=str(force.loc["icrmw", "computed"].date()),
        records=(*RECORD, "convention_status"), method="each treaty's own rule",
        by=(ratifications.entry_into_force,),
    )  # fmt: skip


def _reach_finding() -> Finding:
    day = ratifications.overlap_days()[0]
    acts = ratifications.acts_by(day)
    share = (100 * acts["deposited_share"]).map("{:.0f}".format)
    return _finding(
        "reach",
        "The Migrant Workers Convention had reached the fewest Member States",
        f"On {long_date(day)} the Migrant Workers Convention had the deposits of {share['icrmw']} "
        f"per cent of the {treaties.membership(day)} Member States.",
        detail=f"The Smuggling Protocol had those of {share['smuggling-protocol']} per cent, the "
        f"Trafficking Protocol of {share['trafficking-protocol']} and each of the refugee "
        f"instruments of {share['refugee-convention']}.",
        value=100 * float(acts.loc["icrmw", "deposited_share"]), unit="per cent of Member States",
        date=str(day.date()), records=(*RECORD, "un_members"),
        method="deposits among the Member States of the day", by=(ratifications.acts_by,),
    )  # fmt: skip


def _age_finding() -> Finding:
    counted, age = participation.majorities()["share_at_age"], participation.common_age()
    share = (100 * counted).map("{:.0f}".format)
    return _finding(
        "same-age",
        "At the same age the Protocols had gathered the most States",
        f"By {age} years after adoption {share['trafficking-protocol']} per cent of the Member "
        f"States had deposited for the Trafficking Protocol, and {share['icrmw']} for the Migrant "
        "Workers Convention.",
        detail=f"By that age the Smuggling Protocol had the deposits of "
        f"{share['smuggling-protocol']} per cent of the Member States of the day, the Refugee "
        f"Protocol of {share['refugee-protocol']} and the Refugee Convention of "
        f"{share['refugee-convention']}.",
        value=100 * float(counted["icrmw"]), unit="per cent of Member States",
        date=str(treaties.last_common_day().date()), records=(*RECORD, "un_members"),
        method="deposits among the Member States of the day", by=(participation.majorities,),
    )  # fmt: skip


def _majority_findings() -> list[Finding]:
    counted, pace = participation.majorities(), participation.speed()
    years, median = (column.map("{:.1f}".format) for column in (counted["years"], pace["median"]))
    last = counted.loc["refugee-convention"]
    settings = {"records": (*RECORD, "un_members"), "unit": "years"}
    return [
        _finding(
            "majority",
            "No majority has deposited for the Migrant Workers Convention so far",
            f"A majority of the Member States of the day had first deposited for the Refugee "
            f"Convention after {years['refugee-convention']} years; for the Migrant Workers "
            f"Convention never in {pace.loc['icrmw', 'years']:.0f}.",
            detail=f"The day for the Refugee Convention was {long_date(last['day'])}. The "
            f"Trafficking Protocol took {years['trafficking-protocol']} years, the Smuggling "
            f"Protocol {years['smuggling-protocol']} and the Refugee Protocol "
            f"{years['refugee-protocol']}.",
            value=_between(last["years"], last["years_year_end"]), date=str(last["day"].date()),
            method="deposits among the Member States of the day", by=(participation.majorities,),
            **settings,
        ),
        _finding(
            "median-time",
            "The Protocols were faster even if a model allows for later members",
            f"A model puts the median time to deposit for the Refugee Convention at "
            f"{median['refugee-convention']} years, if States admitted late deposit at the rate "
            "of the others that have not.",
            detail=f"For the Trafficking Protocol it is {median['trafficking-protocol']} years, "
            f"for the Smuggling Protocol {median['smuggling-protocol']} and for the Refugee "
            f"Protocol {median['refugee-protocol']}.",
            value=float(pace.loc["refugee-convention", "median"]), grade="conditional",
            date=str(treaties.last_common_day().date()),
            method="Kaplan-Meier, delayed entry by year of admission", by=(participation.speed,),
            **settings,
        ),
    ]  # fmt: skip


def _lag_finding() -> Finding:
    waits = participation.signature_lags()
    median = waits["median"].map("{:.1f}".format)
    icrmw = waits.loc["icrmw"]
    return _finding(
        "signature-to-deposit",
        "Signatories of the Migrant Workers Convention took the longest to deposit",
        f"A majority of the signatories of the Migrant Workers Convention deposited within "
        f"{median['icrmw']} years.",
        detail=f"It was {median['trafficking-protocol']} for the Trafficking Protocol, "
        f"{median['smuggling-protocol']} for the Smuggling Protocol and "
        f"{median['refugee-convention']} for the Refugee Convention. "
        f"Of the {icrmw['signatories']:.0f} signatories of the Migrant Workers Convention "
        f"{icrmw['signatories'] - icrmw['deposited']:.0f} had not deposited when the record ends.",
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
        "More and more States have deposited for all these instruments",
        f"{everything['earlier']} States had deposited for all these instruments by "
        f"{long_date(days[0])}, and {everything['later']} by {long_date(days[1])}.",
        detail=f"On the first day {icrmw} had for the Migrant Workers Convention. The closest "
        f"pair was the {NAMES[closest['one']]} and the {NAMES[closest['other']]} (Jaccard index "
        f"{closest['jaccard']:.2f}).",
        value=float(everything["earlier"]), unit="States", date=str(days[0].date()),
        method="exact sets of instruments", by=(participation.shared_sets, participation.pairs),
    )  # fmt: skip


def _ilo_findings() -> list[Finding]:
    totals = ratifications.ilo_totals().query("not stated")
    days = ratifications.document_days(REPORT)
    c97, c143 = (stated(statement_id) for statement_id in ILO.values())
    known = hull(ratifications.c97_total(day) for day in (days.first, days.last))
    rows = load("ilo_c97_parties")
    undated = int(totals.set_index("total_id").at["ilo-c97-2024", "parties"]) - int(
        rows["party_in_2024"].sum()
    )
    verdict = "is possible" if c97.count in known else "is not possible"
    published = listing(
        f"{row.parties} for {row.as_of[:4]}"
        for row in totals.query("instrument_id == 'ilo-c143'").itertuples()
    )
    return [
        _finding(
            "ilo-totals", f"The stated total of ILO Convention No. 97 {verdict}",
            f"ILO Convention No. 97 had {span(known, '.0f')} ratifications when the report of 2004 "
            f"stated {c97.count}.",
            detail=f"{undated} of its parties are undated.",
            value=known, unit="ratifications", date=str(days.first.date()),
            statements=(ILO["ilo-c97"],), method="bounds from totals and dated ratifications",
            records=("treaty_totals", "ilo_c97_parties", "public_facts", "documents"),
            rows={
                "treaty_totals": _totals_of("ilo-c97"),
                "public_facts": load("public_facts").query("fact_id == 'l1-c97-54'"),
            },
            by=(ratifications.c97_total,),
        ),
        _finding(
            "ilo-c143", "Whether the total of ILO Convention No. 143 was right stays open",
            f"Whether ILO Convention No. 143 had {c143.count} ratifications in 2004 is not in our "
            "sources.",
            detail=f"Published totals are {published}.",
            value=None, unit="ratifications", date="2004", statements=(ILO["ilo-c143"],),
            records=("treaty_totals",), rows={"treaty_totals": _totals_of("ilo-c143")},
            grade="not in our sources", method="totals without dated actions",
            by=(ratifications.ilo_totals,),
        ),
    ]  # fmt: skip


def _totals_of(*instruments: str) -> pd.DataFrame:
    rows = load("treaty_totals")
    return rows[rows["instrument_id"].isin(instruments)]


def _check_finding() -> Finding:
    checks = ratifications.record_check()
    within = checks[checks["agrees"].notna()]
    return _finding(
        "record-check",
        "The record agrees with most totals that public bodies published",
        f"The record reproduces {int(within['agrees'].sum())} of the {len(within)} published "
        f"totals that fall within it.",
        detail=f"Each is held on a day that its date allows. {len(checks) - len(within)} others "
        "are later than the record reaches and are not compared.",
        value=float(within["agrees"].sum()), unit="totals",
        date=str(treaties.last_common_day().date()), records=(*RECORD, "treaty_totals"),
        rows={"treaty_totals": _totals_of(*treaties.NAMES)},
        method="totals on the days of the record", by=(ratifications.record_check,),
    )  # fmt: skip
