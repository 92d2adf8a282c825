"""The findings of the chapter on coverage, as sentences with their values and grades."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import treaties
from analysis.coverage import joiners, shares, tables
from analysis.coverage.shares import DEPOSITED, HOSTS, IN_FORCE
from analysis.findings import Claim, Finding
from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import load
from analysis.treaties import NAMES
from analysis.words import either, long_date, number, per_cent, span

STOCK = ("migrant_stock", "migrant_stock_areas", "migrant_stock_editions")
RECORD = ("treaty_actions", "instruments", *STOCK)
RATIFIED = "migrant-workers-convention-ratifications-a-59-325"
UNITED_STATES = 840  # M49
WHOLE = ".0f"


def findings() -> list[Finding]:
    """All findings of the chapter, computed from the record."""
    return [
        *_migrant_workers(),
        _largest_hosts(),
        *_trafficking(),
        _equal_counts(),
        *_who_joins(),
        *_without(),
        *_partly_known(),
        _published_groups(),
    ]


def answer() -> str:
    """The chapter's answer for the front page."""
    day = shares.report_day()
    _, share = _covered("icrmw", DEPOSITED, day)
    return (
        f"In {day.year} {per_cent(share, WHOLE)} per cent of migrants lived in States that had "
        "joined the Migrant Workers Convention."
    )


def _finding(finding_id: str, title: str, sentence: str, **rest: Any) -> Finding:
    settings: dict[str, Any] = {
        "grade": "recorded", "statements": (), "records": RECORD,
        "unit": "per cent of the world’s migrants", "by": (shares.shares, shares.spread),
        "method": "stock of the States over the world’s, by edition", **rest,
    }  # fmt: skip
    if "treaty_actions" in settings["records"]:
        settings["rows"] = {"treaty_actions": treaties.within_record(), **settings.get("rows", {})}
    return Finding(
        finding_id=f"coverage-{finding_id}",
        chapter="coverage",
        title=title,
        sentence=sentence,
        **settings,
    )


def _covered(instrument_id: str, act: str, day: pd.Timestamp) -> tuple[int, Interval]:
    """How many States on a day, and the share of the world's migrants in them."""
    joined = shares.states(instrument_id, act, day)
    return len(joined), shares.spread(shares.shares(joined, day))


def _migrant_workers() -> list[Finding]:
    day, last = shares.report_day(), shares.last_day("icrmw")
    count, share = _covered("icrmw", DEPOSITED, day)
    bound, in_force = _covered("icrmw", IN_FORCE, day)
    now, latest = _covered("icrmw", DEPOSITED, last)
    return [
        _finding(
            "migrant-workers",
            "The States that had joined the Migrant Workers Convention hosted few migrants",
            f"The {count} States that had deposited for the Migrant Workers Convention by "
            f"{long_date(day)} hosted {per_cent(share)} per cent of the world’s migrants.",
            value=share * 100, date=str(day.date()), statements=(RATIFIED,),
            records=(*RECORD, "un_members", "documents"),
            front=Claim(
                f"{stated(RATIFIED).linked} States have ratified the Migrant Workers Convention.",
                "in part",
                f"The {count} had deposited; they hosted {per_cent(share, WHOLE)} per cent of the "
                f"world’s migrants, {_among_hosts(day)} of the {HOSTS} largest hosts among them.",
            ),
        ),
        _finding(
            "migrant-workers-in-force",
            "Fewer still lived in States that the Convention bound",
            f"On {long_date(day)} the Migrant Workers Convention was in force for {bound} States, "
            f"hosts of {per_cent(in_force)} per cent of the world’s migrants.",
            value=in_force * 100, date=str(day.date()), records=(*RECORD, "documents"),
        ),
        _finding(
            "migrant-workers-latest",
            "Its States host a small part of the world’s migrants still",
            f"The {now} States that had deposited for the Migrant Workers Convention by "
            f"{long_date(last)} hosted {per_cent(latest)} per cent of the world’s migrants.",
            value=latest * 100, date=str(last.date()),
        ),
    ]  # fmt: skip


def _among_hosts(day: pd.Timestamp) -> str:
    """How many of the largest hosts had deposited for the Migrant Workers Convention."""
    counts = shares.host_counts("icrmw", DEPOSITED, day)
    return either(counts) if max(counts) else "none"


def _largest_hosts() -> Finding:
    day = shares.report_day()
    counts = shares.host_counts("icrmw", DEPOSITED, day)
    return _finding(
        "largest-hosts",
        "None of the largest hosts had joined the Migrant Workers Convention",
        f"{_among_hosts(day).capitalize()} of the {HOSTS} largest host States had deposited for "
        f"the Migrant Workers Convention by {long_date(day)}, in any edition of the estimates.",
        value=Interval(float(min(counts)), float(max(counts))), unit="States",
        date=str(day.date()), records=(*RECORD, "un_members", "documents"),
        method="largest stocks in the estimates before and after the day, by edition",
        by=(shares.host_counts,),
    )  # fmt: skip


def _trafficking() -> list[Finding]:
    instrument_id = "trafficking-protocol"
    day, last = shares.report_day(), shares.last_day(instrument_id)
    _, share = _covered(instrument_id, DEPOSITED, day)
    _, latest = _covered(instrument_id, DEPOSITED, last)
    deposit = shares.acts(instrument_id).at[UNITED_STATES, DEPOSITED]
    alone = shares.spread(shares.shares(pd.Index([UNITED_STATES]), deposit))
    return [
        _finding(
            "trafficking",
            "Hosts of most migrants joined the Trafficking Protocol within a decade",
            f"States that had deposited for the Trafficking Protocol hosted {per_cent(share)} per "
            f"cent of the world’s migrants on {long_date(day)}, and {per_cent(latest)} on "
            f"{long_date(last)}.",
            value=latest * 100, date=str(last.date()), records=(*RECORD, "documents"),
        ),
        _finding(
            "one-deposit",
            "One large host’s deposit can count for more than many others’",
            f"The deposit of the United States on {long_date(deposit)} alone brought the "
            f"Trafficking Protocol {per_cent(alone)} per cent of the world’s migrants.",
            value=alone * 100, date=str(deposit.date()),
        ),
    ]  # fmt: skip


def _equal_counts() -> Finding:
    day = shares.report_day()
    one, other = (
        shares.states(i, DEPOSITED, day) for i in ("refugee-convention", "refugee-protocol")
    )
    convention, protocol = shares.shares(one, day), shares.shares(other, day)
    return _finding(
        "equal-counts",
        "Equal numbers of States host unequal shares of migrants",
        f"The Refugee Convention’s {len(one)} States hosted {per_cent(shares.spread(convention))} "
        f"per cent of the world’s migrants on {long_date(day)}, its Protocol’s {len(other)} hosted "
        f"{per_cent(shares.spread(protocol))}.",
        value=shares.spread(protocol - convention) * 100, unit="points between them",
        date=str(day.date()), records=(*RECORD, "documents"),
    )  # fmt: skip


def _who_joins() -> list[Finding]:
    first, last = shares.report_day(), treaties.complete_to("icrmw")
    most, least = (joiners.by_weight("icrmw", quarter, first) for quarter in (4, 1))
    table = joiners.by_group(first).query("instrument_id == 'icrmw'")
    rates = (table["later"] / table["states"]).set_axis(
        pd.MultiIndex.from_frame(table[["grouping", "group"]])
    )
    less = 100 * float(rates[joiners.DEVELOPMENT, joiners.LESS])
    more = 100 * float(rates[joiners.DEVELOPMENT, "more developed"])
    how = {
        "date": str(last.date()), "records": (*RECORD, "un_members", "documents"),
        "method": "deposits among the Members of 2004, by group",
    }  # fmt: skip
    return [
        _finding(
            "weight",
            "States with the largest migrant shares join the Migrant Workers Convention least",
            f"In the top quartile of Members by share of migrants, {per_cent(most, WHOLE)} per "
            f"cent had deposited for the Migrant Workers Convention by {long_date(last)}; in the "
            f"lowest, {per_cent(least, WHOLE)}.",
            value=most * 100, unit="per cent of the quartile", by=(joiners.by_weight,), **how,
        ),
        _finding(
            "development",
            "The Migrant Workers Convention is one of less developed States",
            f"{number(less)} per cent of the less developed and {number(more)} per cent of the "
            "more developed Member States had deposited for the Migrant Workers Convention by "
            f"{long_date(last)}.",
            value=less, unit="per cent of less developed Members", by=(joiners.by_group,), **how,
        ),
    ]  # fmt: skip


def _without() -> list[Finding]:
    first, last = shares.report_day(), treaties.last_common_day()
    before, after = (joiners.without(day) for day in (first, last))
    share = shares.spread(shares.shares(before.index, first))
    since = joiners.without_since(last)
    joined = int(since["joined"].sum())
    how = {
        "records": (*RECORD, "un_members", "documents"), "by": (joiners.without, shares.spread),
        "method": "Members without a deposit for any instrument",
    }  # fmt: skip
    return [
        _finding(
            "none",
            "Many Member States had joined none of the instruments",
            f"{len(before)} Member States, hosts of {per_cent(share)} per cent of the world’s "
            f"migrants, had deposited for none of the {len(NAMES)} instruments by "
            f"{long_date(first)}.",
            value=share * 100, date=str(first.date()), **how,
        ),
        _finding(
            "none-later",
            "Fewer had joined none of the instruments a decade later",
            f"{len(after)} Member States had deposited for none of the {len(NAMES)} instruments "
            f"by {long_date(last)}; {joined} of them are known to have done so since.",
            value=float(len(after)), unit="Member States", date=str(last.date()),
            **{**how, "by": (joiners.without_since,),
               "records": (*how["records"], "treaty_actions_later")},
        ),
    ]  # fmt: skip


def _partly_known() -> list[Finding]:
    frame = joiners.partly_known().set_index("instrument_id")
    c97, now = frame.loc[[joiners.C97]].iloc[0], frame.loc[["trafficking-protocol"]].iloc[-1]
    hosted = span(tables.outwards(now["share"]), ".1f")
    of_protocol = "instrument_id == 'trafficking-protocol'"
    how = {"grade": "not in our sources", "by": (joiners.partly_known, shares.bounds),
           "method": "parties by name, and the largest hosts for the others"}  # fmt: skip
    return [
        _finding(
            "c97",
            "An older convention covered more than the Migrant Workers Convention",
            f"The {c97['named']} parties to ILO Convention No. 97 known by name hosted "
            f"{tables.outwards(c97['share']).lo:.1f} per cent or more of the world’s migrants on "
            f"{long_date(c97['day'])}; {c97['total'] - c97['named']} others are not known.",
            value=c97["share"] * 100, date=str(c97["day"].date()), statements=(joiners.C97_STATED,),
            records=("ilo_c97_parties", *STOCK, "un_members", "documents"), **how,
        ),
        _finding(
            "trafficking-latest",
            "The Trafficking Protocol’s parties host nearly all migrants, named or not",
            f"The {now['total']} parties to the Trafficking Protocol of {long_date(now['day'])} "
            f"hosted {hosted} per cent of the world’s migrants; "
            f"{now['total'] - now['named']} of them are not known by name.",
            value=now["share"] * 100, date=str(now["day"].date()),
            records=(*RECORD, "un_members", "treaty_actions_later", "treaty_totals"),
            rows={
                "treaty_actions": load("treaty_actions").query(of_protocol),
                "treaty_totals": load("treaty_totals").query(of_protocol),
            },
            **how,
        ),
    ]  # fmt: skip


def _published_groups() -> Finding:
    checks = joiners.published_groups()
    agrees = int(checks["agrees"].sum())
    return _finding(
        "published-groups",
        "The record agrees with nearly all published totals by development group",
        f"The record shows {agrees} of the {len(checks)} totals that a publication gives for more "
        "and less developed regions in 2009, on a day of that year.",
        value=float(agrees), unit="totals", date="2009",
        records=("treaty_actions", "instruments", "migrant_stock_areas", "treaty_totals_by_group"),
        method="totals on the days of the record", by=(joiners.published_groups,),
    )  # fmt: skip
