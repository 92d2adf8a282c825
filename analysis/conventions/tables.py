"""The tables of the chapter on conventions as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import pandas as pd

from analysis import treaties
from analysis.conventions import participation, ratifications
from analysis.treaties import NAMES, Window
from analysis.words import long_date, partial_date

MEDIAN = "Median of all"
INSTRUMENTS = {**NAMES, ratifications.BOTH: "both Protocols"}
ACTS = {
    ratifications.BOUND: "States bound",
    ratifications.RATIFICATIONS: "ratifications alone",
    ratifications.SIGNATURES: "signatures",
}

Formats = dict[str, str | Callable[..., str]]
STATED: Formats = {"Held from": long_date}
ACTS_BY: Formats = {"% of Members": ".1f"}
FORCE: Formats = dict.fromkeys(["Reached on", "In force, computed"], long_date)
JOINED: Formats = {
    "Years since adoption": ".2f", "Estimated share joined, %": ".1f",
    "If all counted from adoption, %": ".1f",
}  # fmt: skip
WAITS: Formats = {"Years to deposit, or to the record's end": ".1f"}
CHECK: Formats = dict.fromkeys(["Record shows this from", "until"], long_date)


def fractions(table: pd.DataFrame, form: str) -> Formats:
    """One format for all columns that hold fractions."""
    return dict.fromkeys(table.columns[table.dtypes == "float64"], form)


def _named(frame: pd.DataFrame, heads: dict[str, str]) -> pd.DataFrame:
    """Chosen columns under readers' heads; an index of instrument ids becomes a column."""
    if frame.index.isin(list(NAMES)).all():
        frame = frame.rename(index=NAMES).rename_axis("Instrument").reset_index()
        heads = {"Instrument": "Instrument", **heads}
    return frame[list(heads)].rename(columns=heads)


def stated_counts() -> pd.DataFrame:
    """Each stated count under each reading, with the window of days on which it held."""
    counts = ratifications.stated_counts()
    until = counts["last"].map(long_date, na_action="ignore")
    first, last = ratifications.document_days(ratifications.REPORT)
    heads = {
        "stated": "Stated", "instrument": "Instrument", "acts": "If it counts",
        "at_earliest": f"Record, {long_date(first)}", "at_latest": f"Record, {long_date(last)}",
        "first": "Held from", "last": "Held until", "days_inside": "Possible days it held",
    }  # fmt: skip
    shown = counts.assign(
        last=until.mask(counts["ended"].eq(False), "the record ends"),
        instrument=counts["instrument_id"].map(INSTRUMENTS),
        acts=[_acts(row.instrument_id, row.counted) for row in counts.itertuples()],
    )
    return _named(shown, heads)


def _acts(instrument_id: str, counted: str) -> str:
    return ACTS[counted] + (" to both" if instrument_id == ratifications.BOTH else "")


def running_counts(
    first: pd.Timestamp, last: pd.Timestamp, held: Window, number: int, floor: float
) -> pd.DataFrame:
    """The running counts that are drawn, what is stated of them, and the days of the report."""
    signed, bound = ratifications.SIGNATURES, ratifications.BOUND
    drawn = [("icrmw", bound), *product(ratifications.PROTOCOLS, (signed, bound))]
    rows = [
        (f"{NAMES[row.instrument_id]}: {ACTS[row.counted]}", row.day, row.states)
        for row in ratifications.running_counts(first, last).itertuples()
        if (row.instrument_id, row.counted) in drawn
    ]
    report = ratifications.document_days(ratifications.REPORT)
    rows += [
        ("Stated count of States bound: held from", held.days.first, number),
        ("Stated count of States bound: held until", held.days.last, number),
        ("Stated signatures: more than", pd.NaT, int(floor)),
        (f"{ratifications.REPORT} written: not before", report.first, None),
        (f"{ratifications.REPORT} written: not after", report.last, None),
    ]
    return pd.DataFrame(rows, columns=["Counted", "Day", "States"]).astype({"States": "Int64"})


def acts(day: pd.Timestamp) -> pd.DataFrame:
    """States by act and instrument on a day."""
    frame = ratifications.acts_by(day)
    frame = frame.assign(
        accepted=frame["acceptance"] + frame["approval"], share=100 * frame["share"]
    )
    heads = {
        "signatures": "Signed", "ratification": "Ratified", "accepted": "Accepted or approved",
        "accession": "Acceded", "succession": "Succeeded", "bound": "Bound by any act",
        "members": "of them Members", "share": "% of Members",
    }  # fmt: skip
    return _named(frame, heads)


def force() -> pd.DataFrame:
    """Entry into force, computed and recorded."""
    frame = ratifications.entry_into_force()
    heads = {
        "required": "Deposits required", "decisive": "Reached on", "depositors": "by",
        "computed": "In force, computed", "difference": "Recorded day differs by, days",
        "stated": "Stated in",
    }  # fmt: skip
    return _named(frame.assign(stated=frame["stated"].replace("", None)), heads)


def reached(stated: Mapping[str, float], day: pd.Timestamp) -> pd.DataFrame:
    """Share of the Member States of the day, step by step, and what the stated counts make.

    Args:
        stated: the words for each stated count, and the count.
        day: on which the stated counts are drawn.
    """
    frames = {NAMES[i]: participation.diffusion(i) for i in NAMES}
    members = treaties.membership(day)
    for words, count in stated.items():
        frames[words] = pd.DataFrame(
            {"day": [day], "parties": [int(count)], "share": [count / members]}
        )
    frame = pd.concat(frames, names=["Instrument"]).reset_index(level=0)
    heads = {"Instrument": "Instrument", "day": "Day", "parties": "States",
             "share": "% of Members"}  # fmt: skip
    return _named(frame.assign(share=100 * frame["share"]), heads)


def joined() -> pd.DataFrame:
    """The estimated share that had joined, step by step, for every instrument."""
    frames = {NAMES[i]: participation.joined_steps(i) for i in NAMES}
    frame = pd.concat(frames, names=["Instrument"]).reset_index(level=0)
    heads = {
        "Instrument": "Instrument", "years": "Years since adoption", "at_risk": "States at risk",
        "joined": "Joined", "share": "Estimated share joined, %",
        "share_all": "If all counted from adoption, %",
    }  # fmt: skip
    frame[["share", "share_all"]] *= 100
    return _named(frame, heads)


def speed() -> pd.DataFrame:
    """Time from adoption to participation under both ways of counting late States."""
    frame, age = participation.speed(), participation.common_age()
    frame = frame.assign(share=100 * frame["share"], share_all=100 * frame["share_all"])
    heads = {
        "years": "Years covered", "states": "States at risk", "late": "Entered late",
        "prior": "Left out", "median": "Median, years", "share": f"Joined by {age} years, %",
        "median_all": "All from adoption: median, years", "share_all": f"joined by {age} years, %",
    }  # fmt: skip
    return _named(frame, heads)


def waits() -> pd.DataFrame:
    """Every signatory with its wait from signature to deposit, and the medians."""
    medians = participation.signature_lags()["median"]
    frames = {
        NAMES[i]: pd.concat(
            [participation.lags(i), pd.DataFrame({"participant": [MEDIAN], "time": [medians[i]]})]
        )
        for i in medians.index
    }
    frame = pd.concat(frames, names=["Instrument"]).reset_index(level=0)
    heads = {
        "Instrument": "Instrument", "participant": "State", "signed": "Signed",
        "event": "Deposited", "time": "Years to deposit, or to the record's end",
    }  # fmt: skip
    return _named(frame.assign(event=frame["event"].map({1: "yes", 0: "no"})), heads)


def sets() -> pd.DataFrame:
    """States by the exact set of instruments that bound them."""
    days = ratifications.overlap_days()
    frame = participation.shared_sets(days)
    frame[list(NAMES)] = frame[list(NAMES)].astype("object").replace({True: "yes", False: ""})
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
    """The totals that the sources give for the ILO conventions."""
    frame = ratifications.ilo_totals()
    frame["instrument_id"] = frame["instrument_id"].str.replace("ilo-c", "No. ")
    heads = {
        "instrument_id": "ILO convention", "as_of": "As of", "parties": "Ratifications",
        "source": "Source",
    }  # fmt: skip
    return _named(frame.assign(as_of=frame["as_of"].map(partial_date)), heads)


def check() -> pd.DataFrame:
    """Published totals of parties against the record."""
    frame = ratifications.record_check()
    verdict = frame["agrees"].astype("object").map({True: "yes", False: "no"})
    heads = {
        "instrument_id": "Instrument", "as_of": "As of", "parties": "Parties",
        "first": "Record shows this from", "last": "until", "agrees": "Agrees", "source": "Source",
    }  # fmt: skip
    named = frame.assign(
        instrument_id=frame["instrument_id"].map(NAMES),
        as_of=frame["as_of"].map(partial_date),
        agrees=verdict.fillna("beyond the record"),
    )
    return _named(named, heads)
