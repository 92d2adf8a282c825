"""What the reports say of the conventions on migration, against the dated record.

A/58/98 (paras 23, 24, 28, 53) and A/59/325 (paras 20, 53, 54) state counts and dates without a
day of their own; `analysis.treaties` reads the record that they are held against.
"""

from __future__ import annotations

import pandas as pd

from analysis import treaties
from analysis.conventions import participation
from analysis.precision import as_interval
from analysis.statements import stated
from analysis.tables import load
from analysis.treaties import NAMES, count_on, deposits, signatures

REPORT = "A/59/325"
RATIFIED = "migrant-workers-convention-ratifications-a-59-325"
SIGNED = "toc-protocols-signatories-a-59-325"
ILO = {"ilo-c97": "ilo-c97-ratifications-a-59-325", "ilo-c143": "ilo-c143-ratifications-a-59-325"}
PROTOCOLS = ("trafficking-protocol", "smuggling-protocol")


def span(date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a date given as a year, a month or a day (ISO 8601)."""
    period = pd.Period(date)
    return period.start_time, period.end_time.normalize()


def document_days(document_id: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The earliest and the latest day on which a document can have been written."""
    rows = load("documents")
    row = rows[rows["document_id"] == document_id].iloc[0]
    return span(str(row["date_earliest"]))[0], span(str(row["date_latest"]))[1]


def signed_all(instruments: tuple[str, ...]) -> pd.Series:
    """By State that signed every one of the instruments: the day of its last signature."""
    together = pd.concat([signatures(i) for i in instruments], axis=1, join="inner")
    return together.max(axis=1).sort_values()


def readings() -> list[tuple[str, str, str, pd.Series, pd.Timestamp]]:
    """What each stated count may have counted: statement, instrument, what, dates, record end."""
    ends = {i: treaties.complete_to(i) for i in NAMES}
    icrmw = NAMES["icrmw"]
    rows = [
        (RATIFIED, icrmw, "States bound", deposits("icrmw"), ends["icrmw"]),
        (RATIFIED, icrmw, "ratifications alone", deposits("icrmw", ("ratification",)),
         ends["icrmw"]),
        (RATIFIED, icrmw, "signatures", signatures("icrmw"), ends["icrmw"]),
    ]  # fmt: skip
    rows += [(SIGNED, NAMES[i], "signatures", signatures(i), ends[i]) for i in PROTOCOLS]
    shared_end = min(ends[i] for i in PROTOCOLS)
    rows += [(SIGNED, "both Protocols", "signatures to both", signed_all(PROTOCOLS), shared_end)]
    rows += [(SIGNED, NAMES[i], "States bound", deposits(i), ends[i]) for i in PROTOCOLS]
    return rows


def stated_counts() -> pd.DataFrame:
    """Each stated count under each reading: the days on which the record shows it.

    Returns:
        `statement_id, stated, instrument, counted, at_earliest, at_latest` (the record's count on
        the bounds of the document's date), `first, last, ended` (the window, missing if never),
        `days_inside, days` (of the document's possible days).
    """
    rows = []
    for statement_id, instrument, counted, dates, record_end in readings():
        statement = stated(statement_id)
        first, last = document_days(statement.document_id)
        found = treaties.window(dates, statement.interval, record_end)
        hedge = "" if statement.qualifier == "exact" else statement.qualifier.replace("-", " ")
        rows.append(
            {
                "statement_id": statement_id,
                "stated": f"{hedge} {statement.figure}".strip(),
                "instrument": instrument,
                "counted": counted,
                "at_earliest": count_on(dates, first),
                "at_latest": count_on(dates, last),
                "first": found.first if found else pd.NaT,
                "last": found.last if found else pd.NaT,
                "ended": found.ended if found else pd.NA,
                "days_inside": found.shared_days(first, last) if found else 0,
                "days": (last - first).days + 1,
            }
        )
    return pd.DataFrame(rows)


def running_counts(first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The counts behind the stated numbers, day by day of change: `counted, day, States`."""
    parts = []
    for _, instrument, counted, dates, _ in readings():
        days = pd.DatetimeIndex(dates[(dates >= first) & (dates <= last)].unique()).sort_values()
        states = [count_on(dates, day) for day in days]
        parts.append(
            pd.DataFrame({"counted": f"{instrument}: {counted}", "day": days, "States": states})
        )
    return pd.concat(parts, ignore_index=True)


def acts_by(day: pd.Timestamp) -> pd.DataFrame:
    """By instrument: signatures and deposits of each kind by a day, States bound, their share.

    Returns:
        Indexed by instrument id; counts of States; `share` of the Member States of the day, of
        which `members` are bound (the Holy See is bound by some, but is not a Member State).
    """
    rows = {}
    for instrument_id in NAMES:
        reached = participation.diffusion(instrument_id)
        reached = reached[reached["day"] <= day].iloc[-1]
        acts = {act: count_on(deposits(instrument_id, (act,)), day) for act in treaties.DEPOSITS}
        rows[instrument_id] = {
            "signatures": count_on(signatures(instrument_id), day),
            **acts,
            "bound": count_on(deposits(instrument_id), day),
            "members": int(reached["parties"]),
            "share": float(reached["share"]),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def entry_into_force(organisations: bool = False) -> pd.DataFrame:
    """Entry into force from the deposits and each treaty's rule, beside record and documents.

    Args:
        organisations: whether instruments of regional organisations count, which the Protocols
            rule out (Trafficking Protocol, art. 17; Smuggling Protocol, art. 22).

    Returns:
        Indexed by instrument id: `required` deposits, `decisive` (day on which they were
        reached), `depositors` on that day, `computed`, `recorded`, `difference` (days),
        `stated` (documents and places that give the day or month).
    """
    record = load("instruments").set_index("instrument_id")
    status = load("convention_status")
    status = status[status["fact"] == "entered into force"]
    rows = {}
    for instrument_id, rule in treaties.FORCE_RULES.items():
        dates = deposits(instrument_id, organisations=organisations)
        required = int(record.loc[instrument_id, "instruments_required"])
        decisive = treaties.decisive_deposit(dates, required)
        computed, recorded = rule(decisive), record.loc[instrument_id, "entry_into_force"]
        said = status[status["instrument_id"] == instrument_id]
        agree = [span(d)[0] <= computed <= span(d)[1] for d in said["date"]]
        rows[instrument_id] = {
            "required": required,
            "decisive": decisive,
            "depositors": ", ".join(sorted(dates.index[dates == decisive])),
            "computed": computed,
            "recorded": recorded,
            "difference": (computed - recorded).days,
            "stated": "; ".join(said["document_id"] + ", " + said["place"]),
            "agrees": all(agree) if agree else pd.NA,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def record_check() -> pd.DataFrame:
    """Totals of parties that public bodies stated, against the record on the same days.

    Regional organisations are counted here, as depositaries count them among the parties.

    Returns:
        `total_id, instrument, as_of, parties, source`, the window of the record (`first, last`),
        and `agrees`: whether it meets the date; missing where the date is beyond the record.
    """
    rows = load("treaty_totals")
    rows = rows[rows["instrument_id"].isin(list(NAMES))]
    found, agrees = [], []
    for row in rows.itertuples():
        dates = deposits(str(row.instrument_id), organisations=True)
        end = treaties.complete_to(str(row.instrument_id))
        count = as_interval(float(row.parties))
        first, last = span(str(row.as_of))
        held = treaties.window(dates, count, end) if last <= end else None
        found.append((held.first, held.last) if held else (pd.NaT, pd.NaT))
        agrees.append(
            (held is not None and held.shared_days(first, last) > 0) if last <= end else pd.NA
        )
    frame = rows[["total_id", "instrument_id", "as_of", "parties", "source"]].reset_index(drop=True)
    return frame.assign(
        first=[pair[0] for pair in found],
        last=[pair[1] for pair in found],
        agrees=pd.array(agrees, dtype="boolean"),
    )


def ilo_totals() -> pd.DataFrame:
    """All that is known of the ILO conventions: totals with a date and a source, no more."""
    rows = load("treaty_totals")
    rows = rows[rows["instrument_id"].isin(list(ILO))]
    record = rows[["instrument_id", "as_of", "parties", "source"]]
    said = pd.DataFrame(
        {
            "instrument_id": list(ILO),
            "as_of": [stated(i).reference_date for i in ILO.values()],
            "parties": [stated(i).count for i in ILO.values()],
            "source": [stated(i).cite for i in ILO.values()],
        }
    )
    return pd.concat([record, said]).sort_values(
        ["instrument_id", "as_of"], ascending=[False, True]
    )


def overlap_days() -> tuple[pd.Timestamp, pd.Timestamp]:
    """The earliest day of A/59/325, and the last day that the record covers for all."""
    return document_days(REPORT)[0], treaties.last_common_day()
