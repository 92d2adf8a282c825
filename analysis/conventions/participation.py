"""How States came to take part: how far, how fast, and in which instruments together.

The population is the Member States of the United Nations of today, each from the year in which it
was admitted. All of them are observed, so there is no sampling error and none is drawn; what is
uncertain is when a State could first have acted, and results are given under both conventions.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from analysis.tables import load
from analysis.treaties import (
    DEPOSITS,
    NAMES,
    actions,
    adopted,
    complete_to,
    count_on,
    last_common_day,
    membership,
)

YEAR = 365.2425  # days; mean Gregorian year


def diffusion(instrument_id: str) -> pd.DataFrame:
    """Parties among the Member States of the day, from adoption to the end of the record.

    Returns:
        One row per day of change: `day`, `parties` and `members` (States), `share` of 1.
    """
    start, end = adopted(instrument_id), complete_to(instrument_id)
    members = load("un_members")[["iso3", "un_member_since"]]
    rows = members.merge(actions(instrument_id), on="iso3", how="left")
    since = rows["un_member_since"].astype(int)
    joined = pd.to_datetime(since.astype(str) + "-01-01").astype("datetime64[s]")
    party = rows["action_date"].where(rows["action"].isin(DEPOSITS))
    counted = party.where(party >= joined, joined.where(party.notna()))
    days = pd.concat([party, joined, pd.Series([start, end])]).dropna().unique()
    days = pd.DatetimeIndex(sorted(d for d in days if start <= d <= end))
    parties = [count_on(counted, day) for day in days]
    total = [membership(day) for day in days]
    frame = pd.DataFrame({"day": days, "parties": parties, "members": total})
    return frame.assign(share=frame["parties"] / frame["members"])


def spells(instrument_id: str, late_entry: bool = True) -> pd.DataFrame:
    """How long each present Member State could have acted, in years since adoption.

    Args:
        instrument_id: one of `NAMES`.
        late_entry: whether a State admitted after adoption enters in its year of admission
            (from 1 January); otherwise all enter at adoption.

    Returns:
        `iso3, entry, time` (years since adoption), `event` (1 deposited, 0 not before the record
        ends), `prior`: deposited before it entered, hence never seen waiting.
    """
    start, end = adopted(instrument_id), complete_to(instrument_id)
    members = load("un_members")[["iso3", "un_member_since"]]
    rows = members.merge(actions(instrument_id), on="iso3", how="left")
    joined = pd.to_datetime(rows["un_member_since"].astype(str) + "-01-01")
    entry = ((joined - start).dt.days / YEAR).clip(lower=0.0) * late_entry
    party = rows["action_date"].where(rows["action"].isin(DEPOSITS))
    time = (party.fillna(end) - start).dt.days / YEAR
    frame = pd.DataFrame({"iso3": rows["iso3"], "entry": entry, "time": time})
    frame["event"] = party.notna().astype(int)
    # A State still to be admitted when the record ends was never at risk, and never a party.
    frame = frame[~((frame["event"] == 0) & (frame["entry"] >= frame["time"]))]
    return frame.assign(prior=frame["entry"] >= frame["time"]).reset_index(drop=True)


def waiting(frame: pd.DataFrame) -> SurvfuncRight:
    """Kaplan-Meier estimate of the share still waiting, with delayed entry.

    At each time t the States at risk are those with entry < t <= time (Klein and Moeschberger,
    *Survival Analysis*, 2nd ed. 2003, sect. 4.6); rows marked `prior` are never at risk. Without
    a column `entry` all are at risk from the start.
    """
    seen = frame[~frame["prior"]] if "prior" in frame else frame
    entry = seen["entry"].to_numpy() if "entry" in seen else None
    return SurvfuncRight(seen["time"].to_numpy(), seen["event"].to_numpy(), entry=entry)


def joined_steps(instrument_id: str) -> pd.DataFrame:
    """The estimate of `waiting` step by step, to the end of the record.

    Returns:
        `years`, `at_risk` and `joined` (States; missing where only the other convention has a
        step), `share` (of 1, that had joined) and `share_all`, the same if every present Member
        State counts from adoption.
    """
    late, everyone = (waiting(spells(instrument_id, entry)) for entry in (True, False))
    counts = {"at_risk": late.n_risk.astype(int), "joined": late.n_events.astype(int)}
    table = pd.DataFrame(counts, index=late.surv_times).astype("Int64")
    covered = (complete_to(instrument_id) - adopted(instrument_id)).days / YEAR
    table = table.reindex(np.unique([*late.surv_times, *everyone.surv_times, covered]))
    for name, curve in (("share", late), ("share_all", everyone)):
        table[name] = [share_by(curve, time) for time in table.index]
    return table.rename_axis("years").reset_index()


def share_by(curve: SurvfuncRight, time: float) -> float:
    """The share, of 1, that had acted by a time: 1 less the share still waiting."""
    reached = curve.surv_prob[curve.surv_times <= time]
    return 1.0 - float(reached[-1]) if len(reached) else 0.0


def median_time(curve: SurvfuncRight) -> float | None:
    """The first time by which more than one half had acted; `None` where not reached."""
    median = float(curve.quantile(0.5))
    return None if np.isnan(median) else median


def lags(instrument_id: str) -> pd.DataFrame:
    """From signature to deposit, by signatory: `participant, signed, event, time` (years).

    A signatory without a deposit when the record ends is censored on that day.
    """
    rows = actions(instrument_id).dropna(subset="signature_date")
    until = rows["action_date"].fillna(complete_to(instrument_id))
    return pd.DataFrame(
        {
            "participant": rows["participant"],
            "signed": rows["signature_date"],
            "event": rows["action_date"].notna().astype(int),
            "time": (until - rows["signature_date"]).dt.days / YEAR,
        }
    ).reset_index(drop=True)


def holdings(day: pd.Timestamp) -> pd.DataFrame:
    """Which State was a party to which instrument on a day: one row per State that was a party
    to any, one boolean column per instrument.

    Raises:
        ValueError: a day after the record of some instrument ends.
    """
    if day > last_common_day():
        raise ValueError(f"{day.date()} is after {last_common_day().date()}, where the record ends")
    columns = {}
    for instrument_id in NAMES:
        rows = actions(instrument_id)
        rows = rows[rows["action"].isin(DEPOSITS) & (rows["action_date"] <= day)]
        # Names changed between the status pages; codes did not. The Holy See has a name only.
        columns[instrument_id] = pd.Series(True, index=rows["iso3"].fillna(rows["participant"]))
    return pd.DataFrame(columns).notna().sort_index()


def jaccard(one: pd.Series, other: pd.Series) -> float | None:
    """Members of both sets over members of either (Jaccard 1912); `None` if both are empty."""
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either else None


def non_parties(held: pd.DataFrame, day: pd.Timestamp) -> int:
    """Member States of the day that were a party to none of the instruments."""
    members = load("un_members").query("un_member_since <= @day.year")["iso3"]
    return int((~members.isin(held.index)).sum())


def common_age() -> int:
    """Whole years since adoption that the record covers for every instrument."""
    covered = [(complete_to(i) - adopted(i)).days / YEAR for i in NAMES]
    return int(min(covered))


def speed() -> pd.DataFrame:
    """Time from adoption to participation by instrument, and how far delayed entry matters.

    Returns:
        Indexed by instrument id: `years` covered, `states` at risk, `late` (entered after
        adoption), `prior` (deposited before admission), `median` years (missing: not reached),
        `share` by the common age; the same two as `median_all`, `share_all` if every present
        Member State counts from adoption.
    """
    age = common_age()
    rows = {}
    for instrument_id in NAMES:
        late, everyone = spells(instrument_id), spells(instrument_id, False)
        curve, naive = waiting(late), waiting(everyone)
        rows[instrument_id] = {
            "years": (complete_to(instrument_id) - adopted(instrument_id)).days / YEAR,
            "states": int((~late["prior"]).sum()),
            "late": int((late["entry"] > 0).sum()),
            "prior": int(late["prior"].sum()),
            "median": median_time(curve),
            "share": share_by(curve, age),
            "median_all": median_time(naive),
            "share_all": share_by(naive, age),
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype(
        {"median": "float64", "median_all": "float64"}
    )


def signature_lags() -> pd.DataFrame:
    """From signature to deposit: `signatories`, `deposited`, `median` and `longest` wait (years).

    Instruments without signatures are left out.
    """
    rows = {}
    for instrument_id in NAMES:
        waits = lags(instrument_id)
        if len(waits):
            rows[instrument_id] = {
                "signatories": len(waits),
                "deposited": int(waits["event"].sum()),
                "median": median_time(waiting(waits)),
                "longest": float(waits.loc[waits["event"] == 1, "time"].max()),
            }
    return pd.DataFrame.from_dict(rows, orient="index")


def shared_sets(days: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """States by the exact set of instruments that bound them, on an earlier and a later day.

    Returns:
        One boolean column per instrument, then `earlier` and `later` (States); the last row, all
        false, holds the Member States bound by none.
    """
    counts = [holdings(day).value_counts() for day in days]
    frame = pd.concat(counts, axis=1, keys=["earlier", "later"]).fillna(0).astype(int)
    frame = frame.reset_index().sort_values(
        ["earlier", "later", *NAMES], ascending=False, ignore_index=True
    )
    none = dict.fromkeys(NAMES, False) | {
        key: non_parties(holdings(day), day)
        for key, day in zip(["earlier", "later"], days, strict=True)
    }
    return pd.concat([frame, pd.DataFrame([none])], ignore_index=True)


def pairs(day: pd.Timestamp) -> pd.DataFrame:
    """For every pair of instruments on a day: States bound by `both`, by `either`, `jaccard`."""
    held = holdings(day)
    rows = [
        {
            "one": one,
            "other": other,
            "both": int((held[one] & held[other]).sum()),
            "either": int((held[one] | held[other]).sum()),
            "jaccard": jaccard(held[one], held[other]),
        }
        for one, other in combinations(NAMES, 2)
    ]
    return pd.DataFrame(rows)
