"""How States came to take part: how far, how fast, and in which instruments together.

To take part is here to deposit an instrument. The population is the Member States of the United
Nations of today, each from the year in which it was admitted. All of them are observed, so there
is no sampling error and none is drawn. Counts come first; the estimates beside them suppose that
States at risk of depositing are alike, whenever they came to be so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.tables import load
from analysis.treaties import (
    DEPOSITS,
    NAMES,
    actions,
    adopted,
    complete_to,
    deposits,
    last_common_day,
)

if TYPE_CHECKING:
    from statsmodels.duration.survfunc import SurvfuncRight

YEAR = 365.2425  # days; mean Gregorian year


def diffusion(
    instrument_id: str,
    dated: Callable[[str], pd.Series] = deposits,
    year_end: bool = False,
) -> pd.DataFrame:
    """How many Member States of the day a treaty had reached, from adoption to the record's end.

    Args:
        instrument_id: one of `NAMES`.
        dated: the reading: days by State, such as `treaties.deposits` or `treaties.in_force`.
        year_end: whether States count as Members from the end of their year of admission, not
            from its beginning.

    Returns:
        One row per day of change: `day`, `states` and `members` (States), `share` of 1.
    """
    return _diffusion(instrument_id, dated, year_end).copy(deep=False)


@cache
def _diffusion(
    instrument_id: str, dated: Callable[[str], pd.Series], year_end: bool
) -> pd.DataFrame:
    start, end = adopted(instrument_id), complete_to(instrument_id)
    members = load("un_members")
    since = members["un_member_since"].astype(int) + year_end
    admitted = pd.to_datetime(since.astype(str) + "-01-01").astype("datetime64[s]")
    codes = actions(instrument_id).set_index("participant")["iso3"]
    dates = dated(instrument_id)
    reached = members["iso3"].map(dict(zip(codes.reindex(dates.index), dates, strict=True)))
    counted = reached.where(reached >= admitted, admitted.where(reached.notna()))
    days = pd.concat([reached, admitted, pd.Series([start, end])]).dropna().unique()
    days = pd.DatetimeIndex(sorted(d for d in days if start <= d <= end))
    states = np.searchsorted(counted.dropna().sort_values(), days, side="right")
    total = np.searchsorted(since.sort_values(), days.year, side="right")
    frame = pd.DataFrame({"day": days, "states": states, "members": total})
    return frame.assign(share=frame["states"] / frame["members"])


def majorities() -> pd.DataFrame:
    """When more than half of the Member States of the day first had deposited: a plain count.

    Returns:
        Indexed by instrument id: `day`, `states` and `members` on that day, `years` since adoption;
        `day_year_end` and `years_year_end`, the same if States count as Members from the end of
        their year of admission (all missing: not before the record ends); `share_at_age` (of 1)
        after the whole years that the record covers for all.
    """
    rows = {}
    for instrument_id in NAMES:
        start = adopted(instrument_id)
        row: dict[str, object] = {}
        for suffix, year_end in (("", False), ("_year_end", True)):
            counted = diffusion(instrument_id, year_end=year_end)
            first = counted[2 * counted["states"] > counted["members"]].head(1)
            for day in first["day"]:
                row |= {f"day{suffix}": day, f"years{suffix}": (day - start).days / YEAR}
            if not year_end:
                row |= {key: value for key in ("states", "members") for value in first[key]}
                until = counted[counted["day"] <= start + pd.DateOffset(years=common_age())]
                row["share_at_age"] = float(until["share"].iloc[-1])
        rows[instrument_id] = row
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.astype({"states": "Int64", "members": "Int64"})


def spells(instrument_id: str, late_entry: bool = True) -> pd.DataFrame:
    """How long each present Member State could have acted, in years since adoption.

    Args:
        instrument_id: one of `NAMES`.
        late_entry: whether a State admitted after adoption is at risk only from its year of
            admission (from 1 January); otherwise all are from adoption.

    Returns:
        `iso3, entry, time` (years since adoption), `event` (1 deposited, 0 not before the record
        ends), `prior`: deposited before it was admitted. Such a State could act without being a
        Member and is at risk from adoption.
    """
    start, end = adopted(instrument_id), complete_to(instrument_id)
    members = load("un_members")[["iso3", "un_member_since"]]
    rows = members.merge(actions(instrument_id), on="iso3", how="left")
    admitted = pd.to_datetime(rows["un_member_since"].astype(str) + "-01-01")
    entry = ((admitted - start).dt.days / YEAR).clip(lower=0.0) * late_entry
    deposited = rows["action_date"].where(rows["action"].isin(DEPOSITS))
    time = (deposited.fillna(end) - start).dt.days / YEAR
    frame = pd.DataFrame({"iso3": rows["iso3"], "entry": entry, "time": time})
    frame["event"] = deposited.notna().astype(int)
    # A State still to be admitted when the record ends was never at risk, and had not deposited.
    frame = frame[~((frame["event"] == 0) & (frame["entry"] >= frame["time"]))]
    frame["prior"] = frame["entry"] >= frame["time"]
    return frame.assign(entry=frame["entry"].where(~frame["prior"], 0.0)).reset_index(drop=True)


def waiting(frame: pd.DataFrame) -> SurvfuncRight:
    """Kaplan-Meier estimate of the share still waiting, with delayed entry.

    At each time t the States at risk are those with entry < t <= time (Klein and Moeschberger,
    *Survival Analysis*, 2nd ed. 2003, sect. 4.6). Without a column `entry` all are at risk from
    the start.
    """
    # Here and not above: the library takes longer to come than all of pandas.
    from statsmodels.duration.survfunc import SurvfuncRight

    entry = frame["entry"].to_numpy() if "entry" in frame else None
    return SurvfuncRight(frame["time"].to_numpy(), frame["event"].to_numpy(), entry=entry)


def by_age(instrument_id: str) -> pd.DataFrame:
    """How many Member States of the day had deposited, by years since adoption.

    Returns:
        The rows of `diffusion` with `years` since adoption and `estimate`, of 1: the share of
        `waiting` that had deposited, which takes the place of `share` if it is to say how fast
        States at risk deposited.
    """
    counted, curve = diffusion(instrument_id), waiting(spells(instrument_id))
    years = (counted["day"] - adopted(instrument_id)).dt.days / YEAR
    return counted.assign(years=years, estimate=[share_by(curve, time) for time in years])


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
    """Which State had deposited for which instrument by a day: one row per State that had for
    any, one boolean column per instrument.

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


def without_any(held: pd.DataFrame, day: pd.Timestamp) -> int:
    """Member States of the day that had deposited for none of the instruments."""
    members = load("un_members").query("un_member_since <= @day.year")["iso3"]
    return int((~members.isin(held.index)).sum())


def common_age() -> int:
    """Whole years since adoption that the record covers for every instrument."""
    covered = [(complete_to(i) - adopted(i)).days / YEAR for i in NAMES]
    return int(min(covered))


def speed() -> pd.DataFrame:
    """Time from adoption to deposit as the product-limit estimator has it, under two risk sets.

    The estimand is the time by which one half of States at risk from adoption deposit, if at each
    age those admitted late deposit at the rate of the others that have not. It is no count of
    Member States (`majorities` is), and the two risk sets do not bound it.

    Returns:
        Indexed by instrument id: `years` covered, `states`, `late` (at risk only from admission),
        `prior` (deposited before admission, at risk from adoption), `median` years (missing: not
        reached), `share` by the common age; the same two as `median_all`, `share_all` if every
        present Member State is at risk from adoption.
    """
    age = common_age()
    rows = {}
    for instrument_id in NAMES:
        late, everyone = spells(instrument_id), spells(instrument_id, False)
        curve, naive = waiting(late), waiting(everyone)
        rows[instrument_id] = {
            "years": (complete_to(instrument_id) - adopted(instrument_id)).days / YEAR,
            "states": len(late),
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


# Years at which waits from signature to deposit are told apart, and those without a deposit.
WAITED, OPEN = (0, 2, 5, 10), "open"


def waits() -> pd.DataFrame:
    """Signatories by how long they took to deposit.

    Returns:
        Index: instrument ids. Columns: for each of `WAITED` those that deposited so many years
        after their signature or later, and before the next; `OPEN`, no deposit when the record
        ends. Instruments without signatures are left out.
    """
    rows = {}
    for instrument_id in NAMES:
        frame = lags(instrument_id)
        if len(frame):
            ended = pd.cut(frame["time"], [*WAITED, np.inf], right=False, labels=list(WAITED))
            counts = ended[frame["event"] == 1].value_counts(sort=False)
            rows[instrument_id] = {**counts, OPEN: int((frame["event"] == 0).sum())}
    return pd.DataFrame.from_dict(rows, orient="index")


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
    """States by the exact set of instruments they had deposited for, on two days.

    Returns:
        One boolean column per instrument, then `earlier` and `later` (States); the last row, all
        false, holds the Member States that had deposited for none.
    """
    counts = [holdings(day).value_counts() for day in days]
    frame = pd.concat(counts, axis=1, keys=["earlier", "later"]).fillna(0).astype(int)
    frame = frame.reset_index().sort_values(
        ["earlier", "later", *NAMES], ascending=False, ignore_index=True
    )
    none = dict.fromkeys(NAMES, False) | {
        key: without_any(holdings(day), day)
        for key, day in zip(["earlier", "later"], days, strict=True)
    }
    return pd.concat([frame, pd.DataFrame([none])], ignore_index=True)


def pairs(day: pd.Timestamp) -> pd.DataFrame:
    """For every pair of instruments on a day: States that had deposited for `both`, for `either`,
    and `jaccard`."""
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
