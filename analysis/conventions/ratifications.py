"""What the reports say of the conventions on migration, against the dated record.

A/58/98 (paras 23, 24, 28, 53) and A/59/325 (paras 20, 53, 54) state counts and dates without a
day of their own; `analysis.treaties` reads the record that they are held against.
"""

from __future__ import annotations

import pandas as pd

from analysis import treaties
from analysis.conventions import participation
from analysis.days import Days, period
from analysis.precision import Interval, as_interval
from analysis.statements import stated
from analysis.tables import load
from analysis.treaties import NAMES, count_on, deposits, in_force, open_signatures, signatures
from analysis.words import hedged

REPORT = "A/59/325"
RATIFIED = "migrant-workers-convention-ratifications-a-59-325"
SIGNED = "toc-protocols-signatories-a-59-325"
ILO = {"ilo-c97": "ilo-c97-ratifications-a-59-325", "ilo-c143": "ilo-c143-ratifications-a-59-325"}
LAST_C97_TOTAL = "1998-12-31"  # the last published before the report
PROTOCOLS = ("trafficking-protocol", "smuggling-protocol")
BOTH = "both-protocols"
# What a count may count: four readings, each with a day of its own for every State.
DEPOSITED, IN_FORCE, RATIFICATIONS, SIGNATURES = (
    "deposited", "in-force", "ratifications", "signatures",
)  # fmt: skip
MEETING = "coordination-meeting-3"  # that discussed a report of this name, not given a symbol
MEETINGS = ("hld-2006", "hld-2013", "grcp-7")


def document_days(document_id: str) -> Days:
    """The days on which a document can have been written."""
    row = load("documents").set_index("document_id").loc[document_id]
    return period(f"{row['date_earliest']}/{row['date_latest']}")


def assumed_days() -> Days:
    """The days on which the report can have been written if a meeting of 2004 discussed it.

    The agenda of the coordination meeting has a report of the Secretary-General on this subject;
    that it is this one is an assumption.
    """
    possible = document_days(REPORT)
    met = period(str(load("dates").set_index("event_id").loc[MEETING, "date"]))
    return Days(possible.first, min(possible.last, met.first))


def signed_all(instruments: tuple[str, ...]) -> pd.Series:
    """By State that signed every one of the instruments: the day of its last signature."""
    together = pd.concat([signatures(i) for i in instruments], axis=1, join="inner")
    return together.max(axis=1).sort_values()


def readings() -> list[tuple[str, str, str, pd.Series, pd.Timestamp]]:
    """What each stated count may have counted: statement, instrument, acts, dates, record end.

    The instrument is one of `NAMES` or `BOTH`; what is counted is `DEPOSITED`, `IN_FORCE`,
    `RATIFICATIONS` or `SIGNATURES`.
    """
    ends = {i: treaties.complete_to(i) for i in NAMES}
    ratified = deposits("icrmw", ("ratification",))
    rows = [
        (RATIFIED, "icrmw", DEPOSITED, deposits("icrmw"), ends["icrmw"]),
        (RATIFIED, "icrmw", IN_FORCE, in_force("icrmw"), ends["icrmw"]),
        (RATIFIED, "icrmw", RATIFICATIONS, ratified, ends["icrmw"]),
        (RATIFIED, "icrmw", SIGNATURES, signatures("icrmw"), ends["icrmw"]),
    ]
    rows += [(SIGNED, i, SIGNATURES, signatures(i), ends[i]) for i in PROTOCOLS]
    shared_end = min(ends[i] for i in PROTOCOLS)
    rows += [(SIGNED, BOTH, SIGNATURES, signed_all(PROTOCOLS), shared_end)]
    rows += [(SIGNED, i, DEPOSITED, deposits(i), ends[i]) for i in PROTOCOLS]
    rows += [(SIGNED, i, IN_FORCE, in_force(i), ends[i]) for i in PROTOCOLS]
    return rows


def stated_counts() -> pd.DataFrame:
    """Each stated count under each reading: the days on which the record shows it.

    Returns:
        `statement_id, stated, instrument_id, counted, at_earliest, at_latest` (the record's count
        on the bounds of the document's date), `first, last, ended` (the window, missing if never),
        `days_inside, days` (of the document's possible days), `days_inside_assumed, days_assumed`
        (of those of `assumed_days`).
    """
    rows, assumed = [], assumed_days()
    for statement_id, instrument_id, counted, dates, record_end in readings():
        statement = stated(statement_id)
        possible = document_days(statement.document_id)
        found = treaties.window(dates, statement.interval, record_end)
        rows.append(
            {
                "statement_id": statement_id,
                "stated": hedged(statement),
                "instrument_id": instrument_id,
                "counted": counted,
                "at_earliest": count_on(dates, possible.first),
                "at_latest": count_on(dates, possible.last),
                "first": found.days.first if found else pd.NaT,
                "last": found.days.last if found else pd.NaT,
                "ended": found.ended if found else pd.NA,
                "days_inside": found.days.shared(possible) if found else 0,
                "days": possible.length,
                "days_inside_assumed": found.days.shared(assumed) if found else 0,
                "days_assumed": assumed.length,
            }
        )
    return pd.DataFrame(rows)


def standing(first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """How the counts of the Migrant Workers Convention stood, stretch by stretch of days.

    Args:
        first, last: the days from and to which they are looked at.

    Returns:
        `counted` (`DEPOSITED`, then `IN_FORCE`), `first` and `last` day of the stretch, `states`.
    """
    rows = []
    for counted, dates in ((DEPOSITED, deposits("icrmw")), (IN_FORCE, in_force("icrmw"))):
        changes = sorted({first, *dates[(dates > first) & (dates <= last)]})
        ends = [*(day - pd.Timedelta(days=1) for day in changes[1:]), last]
        rows += [
            (counted, start, end, count_on(dates, start))
            for start, end in zip(changes, ends, strict=True)
        ]
    return pd.DataFrame(rows, columns=["counted", "first", "last", "states"])


def protocols_on(day: pd.Timestamp) -> pd.DataFrame:
    """Both Protocols on a day: `instrument_id`, `counted`, `states`, signatures first."""
    acts = ((SIGNATURES, signatures), (DEPOSITED, deposits), (IN_FORCE, in_force))
    rows = [(i, counted, count_on(dated(i), day)) for i in PROTOCOLS for counted, dated in acts]
    return pd.DataFrame(rows, columns=["instrument_id", "counted", "states"])


def acts_by(day: pd.Timestamp) -> pd.DataFrame:
    """By instrument: signatures, deposits of each kind and force on a day, and their shares.

    Returns:
        Indexed by instrument id; counts of States: `signatures`, `unfollowed` (signed and not
        deposited), each kind of deposit, `deposited`, `in_force`; `deposited_share` and
        `in_force_share` of the Member States of the day (the Holy See deposited for some
        instruments, but is not a Member State).
    """
    rows = {}
    for instrument_id in NAMES:
        acts = {act: count_on(deposits(instrument_id, (act,)), day) for act in treaties.DEPOSITS}
        row: dict[str, float] = {
            "signatures": count_on(signatures(instrument_id), day),
            "unfollowed": len(open_signatures(instrument_id, day)),
            **acts,
        }
        for name, dated in (("deposited", deposits), ("in_force", in_force)):
            reached = participation.diffusion(instrument_id, dated)
            reached = reached[reached["day"] <= day].iloc[-1]
            row[name] = count_on(dated(instrument_id), day)
            row[f"{name}_share"] = float(reached["share"])
        rows[instrument_id] = row
    return pd.DataFrame.from_dict(rows, orient="index")


def at_meetings() -> pd.DataFrame:
    """The Migrant Workers Convention on the first day of both Dialogues and of GRCP 7.

    Returns:
        `event_id, title, day`; counts of States: `signatures`, `deposited`, `in_force`; `open`,
        the names of those that had signed and not deposited.
    """
    events = load("events").set_index("event_id").loc[list(MEETINGS)].reset_index()
    rows = []
    for event_id, title, date in zip(
        events["event_id"], events["title"], events["date"], strict=True
    ):
        day = period(str(date)).first
        counts = {
            "signatures": count_on(signatures("icrmw"), day),
            "deposited": count_on(deposits("icrmw"), day),
            "in_force": count_on(in_force("icrmw"), day),
        }
        waiting = open_signatures("icrmw", day)
        rows.append({"event_id": event_id, "title": title, "day": day, **counts, "open": waiting})
    return pd.DataFrame(rows)


def entry_into_force(organisations: bool = False) -> pd.DataFrame:
    """Entry into force from the deposits and each treaty's rule, beside record and documents.

    Args:
        organisations: whether instruments of regional organisations count, which the Protocols
            rule out (Trafficking Protocol, art. 17; Smuggling Protocol, art. 22).

    Returns:
        Indexed by instrument id: `required` deposits, `decisive` (day on which they were
        reached), `depositors` on that day, `computed`, `recorded`, `difference` (days),
        `later` (rule and article for States that deposit later), `stated` (documents and places
        that give the day or month).
    """
    record = load("instruments").set_index("instrument_id")
    status = load("convention_status")
    status = status[status["fact"] == "entered into force"]
    rows = {}
    for instrument_id in NAMES:
        dates = deposits(instrument_id, organisations=organisations)
        force = treaties.entry_into_force(instrument_id, organisations)
        recorded = record.loc[instrument_id, "entry_into_force"]
        said = status[status["instrument_id"] == instrument_id]
        agree = [period(text).holds(force.day) for text in said["date"]]
        rows[instrument_id] = {
            "required": force.required,
            "decisive": force.decisive,
            "depositors": ", ".join(sorted(dates.index[dates == force.decisive])),
            "computed": force.day,
            "recorded": recorded,
            "difference": (force.day - recorded).days,
            "later": f"{record.loc[instrument_id, 'later_rule']}, "
            f"{record.loc[instrument_id, 'later_article']}",
            "stated": "; ".join(said["document_id"] + ", " + said["place"]),
            "agrees": all(agree) if agree else pd.NA,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def record_check() -> pd.DataFrame:
    """Totals of parties that public bodies stated, against the record on the same days.

    Depositaries call parties all that have deposited, regional organisations among them, and so
    are they counted here.

    Returns:
        `total_id, instrument_id, as_of, parties, source`, the window of the record (`first, last`),
        and `agrees`: whether it meets the date; missing where the date is beyond the record.
    """
    rows = load("treaty_totals")
    rows = rows[rows["instrument_id"].isin(list(NAMES))]
    found, agrees = [], []
    for row in rows.itertuples():
        dates = deposits(str(row.instrument_id), organisations=True)
        end = treaties.complete_to(str(row.instrument_id))
        count = as_interval(float(row.parties))
        published = period(str(row.as_of))
        within = published.last <= end
        held = treaties.window(dates, count, end) if within else None
        found.append(held.days if held else (pd.NaT, pd.NaT))
        agrees.append((held is not None and held.days.shared(published) > 0) if within else pd.NA)
    frame = rows[["total_id", "instrument_id", "as_of", "parties", "source"]].reset_index(drop=True)
    return frame.assign(
        first=[pair[0] for pair in found],
        last=[pair[1] for pair in found],
        agrees=pd.array(agrees, dtype="boolean"),
    )


def ilo_totals() -> pd.DataFrame:
    """The totals that the sources give for the ILO conventions, each with its date.

    Returns:
        `total_id`, `instrument_id`, `as_of`, `parties`, `source`, `confidence`, `stated` (in the
        report, which has no `total_id` and no `confidence`).
    """
    rows = load("treaty_totals")
    rows = rows[rows["instrument_id"].isin(list(ILO))]
    record = rows[["total_id", "instrument_id", "as_of", "parties", "source", "confidence"]]
    said = pd.DataFrame(
        {
            "instrument_id": list(ILO),
            "as_of": [stated(i).reference_date for i in ILO.values()],
            "parties": [stated(i).count for i in ILO.values()],
            "source": [stated(i).cite for i in ILO.values()],
        }
    )
    both = pd.concat([record.assign(stated=False), said.assign(stated=True)])
    return both.sort_values(["instrument_id", "as_of"], ascending=[False, True])


def c97_total(day: pd.Timestamp) -> Interval:
    """What the ratifications of ILO Convention No. 97 can have been on a day after 1998.

    Of the parties that the ILO lists in 2024, and from whom none has withdrawn, at least those of
    the last published total and those dated since it had ratified; the former Yugoslavia, which
    may be in that total, is not among them. At most all had but those dated later.
    """
    totals = load("treaty_totals").query("instrument_id == 'ilo-c97'").set_index("as_of")["parties"]
    rows = load("ilo_c97_parties")
    present = rows[rows["party_in_2024"]]
    # In force twelve months after registration; for a successor State from an earlier day.
    earliest = present["registered"].fillna(present["in_force_from"] - pd.DateOffset(years=1))
    counted = pd.Timestamp(LAST_C97_TOTAL)
    since = ((present["registered"] > counted) & (present["registered"] <= day)).sum()
    former = (~rows["party_in_2024"]).sum()
    later = (earliest > day).sum()
    return Interval(float(totals[LAST_C97_TOTAL] - former + since), float(totals["2024"] - later))


def deposited_by(days: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """By instrument: States that had deposited by an `earlier` and by a `later` day."""
    earlier, later = (
        pd.Series({i: count_on(deposits(i), day) for i in NAMES}, name=name)
        for name, day in zip(["earlier", "later"], days, strict=True)
    )
    return pd.concat([earlier, later], axis=1)


def overlap_days() -> tuple[pd.Timestamp, pd.Timestamp]:
    """The earliest day of A/59/325, and the last day that the record covers for all."""
    return document_days(REPORT).first, treaties.last_common_day()
