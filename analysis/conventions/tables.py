"""The tables of the chapter on conventions as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest

import pandas as pd

from analysis import treaties
from analysis.conventions import participation, ratifications
from analysis.treaties import NAMES
from analysis.words import long_date, partial_date

INSTRUMENTS = {**NAMES, ratifications.BOTH: "both Protocols"}
ACTS = {
    ratifications.DEPOSITED: "deposits of any kind",
    ratifications.IN_FORCE: "States it is in force for",
    ratifications.RATIFICATIONS: "ratifications alone",
    ratifications.SIGNATURES: "signatures",
}


def _wait(least: int, below: int | None) -> str:
    """A class of waits in words."""
    if below is None:
        return f"{least} years or more"
    return f"{least} to {below} years" if least else f"under {below} years"


CLASSES = zip_longest(participation.WAITED, participation.WAITED[1:])
WAITS: dict[int | str, str] = {
    **{least: _wait(least, below) for least, below in CLASSES},
    participation.OPEN: "no deposit in the record",
}
Formats = dict[str, str | Callable[..., str]]
ENDS = "the record ends"


def _last_day(day: str) -> str:
    return day if day == ENDS else partial_date(day)


STATED: Formats = {"Held from": long_date, "Held until": _last_day}
SHARE: Formats = {"% of Members": ".1f"}
ACTS_BY: Formats = dict.fromkeys(["Deposited, % of Members", "In force, % of Members"], ".1f")
WINDOWS: Formats = {"From": long_date, "To": long_date}
MEETINGS: Formats = {"Day": long_date}
FORCE: Formats = dict.fromkeys(["Reached on", "In force, computed"], long_date)
BY_AGE: Formats = {
    "Years since adoption": ".2f", "% of Members": ".1f", "Estimate for States at risk, %": ".1f",
}  # fmt: skip
SIGNED: Formats = {"% of signatories": ".1f"}
ILO: Formats = {"As of": partial_date}
CHECK: Formats = {**ILO, **dict.fromkeys(["Record shows this from", "until"], long_date)}


def fractions(table: pd.DataFrame, form: str) -> Formats:
    """One format for all columns that hold fractions, and days in words."""
    days = table.select_dtypes("datetime").columns
    return dict.fromkeys(table.columns[table.dtypes == "float64"], form) | dict.fromkeys(
        days, long_date
    )


def _named(frame: pd.DataFrame, heads: dict[str, str]) -> pd.DataFrame:
    """Chosen columns under readers' heads; an index of instrument ids becomes a column."""
    if frame.index.isin(list(NAMES)).all():
        frame = frame.rename(index=NAMES).rename_axis("Instrument").reset_index()
        heads = {"Instrument": "Instrument", **heads}
    return frame[list(heads)].rename(columns=heads)


def stated_counts() -> pd.DataFrame:
    """Each stated count under each reading, with the window of days on which it held."""
    counts = ratifications.stated_counts()
    until = counts["last"].dt.strftime("%Y-%m-%d")
    first, last = ratifications.document_days(ratifications.REPORT)
    assumed = ratifications.assumed_days().last
    heads = {
        "stated": "Stated", "instrument": "Instrument", "acts": "If it counts",
        "at_earliest": f"Record, {long_date(first)}", "at_latest": f"Record, {long_date(last)}",
        "first": "Held from", "last": "Held until", "days_inside": "Possible days it held",
        "days_inside_assumed": f"if written by {assumed.day} {assumed:%B}",
    }  # fmt: skip
    shown = counts.assign(
        last=until.mask(counts["ended"].eq(False), ENDS),
        instrument=counts["instrument_id"].map(INSTRUMENTS),
        acts=[_acts(row.instrument_id, row.counted) for row in counts.itertuples()],
    )
    return _named(shown, heads)


def _acts(instrument_id: str, counted: str) -> str:
    return ACTS[counted] + (" to both" if instrument_id == ratifications.BOTH else "")


def windows(strips: pd.DataFrame, bars: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """What is drawn of the stated counts: stretches of days, and counts on one day.

    Args:
        strips: `ratifications.standing`.
        bars: `ratifications.protocols_on`, on `day`.
    """
    both = pd.concat([strips.assign(instrument_id="icrmw"), bars.assign(first=day, last=day)])
    both = both.assign(
        instrument=both["instrument_id"].map(NAMES), acts=both["counted"].map(ACTS)
    ).reset_index(drop=True)
    heads = {
        "instrument": "Instrument", "acts": "What is counted", "first": "From", "last": "To",
        "states": "States",
    }  # fmt: skip
    return _named(both, heads)


def acts(day: pd.Timestamp) -> pd.DataFrame:
    """States by act and instrument on a day."""
    frame = ratifications.acts_by(day)
    frame["accepted"] = frame["acceptance"] + frame["approval"]
    frame[["deposited_share", "in_force_share"]] *= 100
    heads = {
        "signatures": "Signed", "unfollowed": "of them not deposited",
        "ratification": "Ratified", "accepted": "Accepted or approved", "accession": "Acceded",
        "succession": "Succeeded", "deposited": "Deposited by any act", "in_force": "In force for",
        **dict(zip(["deposited_share", "in_force_share"], ACTS_BY, strict=True)),
    }  # fmt: skip
    return _named(frame, heads)


def meetings() -> pd.DataFrame:
    """The Migrant Workers Convention at the Dialogues and at GRCP 7."""
    frame = ratifications.at_meetings()
    frame = frame.assign(unfollowed=frame["open"].map(len), names=frame["open"].map("; ".join))
    heads = {
        "title": "Meeting", "day": "Day", "signatures": "Signed", "deposited": "Deposited",
        "in_force": "In force for", "unfollowed": "Signed, not deposited", "names": "Which",
    }  # fmt: skip
    return _named(frame, heads)


def force() -> pd.DataFrame:
    """Entry into force, computed and recorded."""
    frame = ratifications.entry_into_force()
    heads = {
        "required": "Deposits required", "decisive": "Reached on", "depositors": "by",
        "computed": "In force, computed", "difference": "Recorded day differs by, days",
        "stated": "Stated in",
        "later": "For a later State",
    }  # fmt: skip
    return _named(frame.assign(stated=frame["stated"].replace("", None)), heads)


def reached(stated: Mapping[str, float], day: pd.Timestamp) -> pd.DataFrame:
    """Share of the Member States of the day, step by step, and what stated counts make.

    Args:
        stated: the words for each stated count, and the count.
        day: on which the stated counts are drawn.
    """
    frames = {NAMES[i]: participation.diffusion(i) for i in NAMES}
    members = treaties.membership(day)
    for words, count in stated.items():
        frames[words] = pd.DataFrame(
            {"day": [day], "states": [int(count)], "share": [count / members]}
        )
    frame = pd.concat(frames, names=["Instrument"]).reset_index(level=0)
    heads = {"Instrument": "Instrument", "day": "Day", "states": "States",
             "share": "% of Members"}  # fmt: skip
    return _named(frame.assign(share=(100 * frame["share"]).round(4)), heads)


def by_age() -> pd.DataFrame:
    """The share that had deposited, counted and estimated, by years since adoption."""
    frames = {NAMES[i]: participation.by_age(i) for i in NAMES}
    frame = pd.concat(frames, names=["Instrument"]).reset_index(level=0)
    frame[["share", "estimate"]] *= 100
    frame = frame.round({"years": 4, "share": 4, "estimate": 4})
    heads = {"Instrument": "Instrument", "years": "Years since adoption", "states": "Deposited",
             "members": "Members", "share": "% of Members",
             "estimate": "Estimate for States at risk, %"}  # fmt: skip
    return _named(frame, heads)


def majorities() -> pd.DataFrame:
    """When a majority had first deposited, and the share at the common age: counts."""
    frame, age = participation.majorities(), participation.common_age()
    frame = frame.assign(
        share_at_age=100 * frame["share_at_age"],
        **{key: pd.to_datetime(frame[key]) for key in ("day", "day_year_end")},
    )
    heads = {
        "day": "Majority first on", "states": "Deposited", "members": "of Members",
        "years": "Years since adoption", "day_year_end": "Admitted at year's end: first on",
        "years_year_end": "years", "share_at_age": f"Deposited by {age} years, % of Members",
    }  # fmt: skip
    return _named(frame, heads)


def speed() -> pd.DataFrame:
    """The estimated time from adoption to deposit under both risk sets."""
    frame, age = participation.speed(), participation.common_age()
    frame = frame.assign(share=100 * frame["share"], share_all=100 * frame["share_all"])
    heads = {
        "years": "Years covered", "states": "States", "late": "At risk from admission",
        "prior": "Deposited before it", "median": "Median, years",
        "share": f"Deposited by {age} years, %",
        "median_all": "All at risk from adoption: median, years",
        "share_all": f"All at risk from adoption: deposited by {age} years, %",
    }  # fmt: skip
    return _named(frame, heads)


def waits() -> pd.DataFrame:
    """The result of `participation.waits`, a row for each part of a bar; formats: `SIGNED`."""
    table = participation.waits()
    shares = 100 * table.div(table.sum(axis=1), axis="index")
    frame = pd.DataFrame({"Signatories": table.stack(), "% of signatories": shares.stack()})
    frame = frame.rename_axis(["Instrument", "From signature to deposit"]).reset_index()
    return frame.replace({"Instrument": NAMES, "From signature to deposit": WAITS})


def sets() -> pd.DataFrame:
    """States by the exact set of instruments they had deposited for."""
    days = ratifications.overlap_days()
    frame = participation.shared_sets(days)
    heads = {"earlier": f"States, {long_date(days[0])}", "later": f"States, {long_date(days[1])}"}
    return _named(frame, {**NAMES, **heads})


def pairs() -> pd.DataFrame:
    """Every pair of instruments on both days: both, either and the Jaccard index."""
    columns: dict[str, pd.Series] = {}
    for day in ratifications.overlap_days():
        frame = participation.pairs(day)
        columns["Pair"] = frame["one"].map(NAMES) + " and " + frame["other"].map(NAMES)
        columns[f"Both, {day.year}"] = frame["both"]
        columns[f"Either, {day.year}"] = frame["either"]
        columns[f"Jaccard, {day.year}"] = frame["jaccard"]
    return pd.DataFrame(columns)


def ilo() -> pd.DataFrame:
    """The totals that the sources give for the ILO conventions; formats: `ILO`."""
    frame = ratifications.ilo_totals().drop(columns="total_id")
    frame["instrument_id"] = frame["instrument_id"].str.replace("ilo-c", "No. ")
    heads = {
        "instrument_id": "ILO convention", "as_of": "As of", "parties": "Ratifications",
        "source": "Source", "confidence": "Confidence",
    }  # fmt: skip
    return _named(frame, heads)


def check() -> pd.DataFrame:
    """Published totals of parties against the record."""
    frame = ratifications.record_check()
    verdict = frame["agrees"].astype("object").map({True: "yes", False: "no"})
    heads = {
        "instrument_id": "Instrument", "as_of": "As of", "parties": "Published as parties",
        "first": "Record shows this from", "last": "until", "agrees": "Agrees", "source": "Source",
    }  # fmt: skip
    named = frame.assign(
        instrument_id=frame["instrument_id"].map(NAMES),
        agrees=verdict.fillna("beyond the record"),
    )
    return _named(named, heads)
