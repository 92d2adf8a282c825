"""The dated record of treaty actions, read no further than it is complete.

A *deposit* is any act by which a State consents to be bound: ratification, acceptance, approval,
accession or succession (Vienna Convention on the Law of Treaties, art. 11; Vienna Convention on
Succession of States in respect of Treaties, art. 17). A signature subject to ratification is not
one. Nor does a deposit bind at once: a treaty is *in force for* a State, its party, from the day
that the treaty itself fixes, by rules that are data of the table `instruments`. Regional
organisations sign and deposit as well, but are not counted: they are not States, and the Protocols
leave their instruments out of the count for entry into force.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.days import Days
from analysis.precision import Interval
from analysis.tables import load

NAMES = {
    "refugee-convention": "Refugee Convention",
    "refugee-protocol": "Refugee Protocol",
    "icrmw": "Migrant Workers Convention",
    "trafficking-protocol": "Trafficking Protocol",
    "smuggling-protocol": "Smuggling Protocol",
}
DEPOSITS = ("ratification", "acceptance", "approval", "accession", "succession")
ORGANISATIONS = ("European Union",)
DAY = pd.Timedelta(days=1)


def complete_to(instrument_id: str) -> pd.Timestamp:
    """The last day that the record of one instrument surely covers."""
    return pd.Timestamp(_instrument(instrument_id)["complete_to"])


def last_common_day() -> pd.Timestamp:
    """The last day that the record covers for every instrument with dated actions."""
    return min(complete_to(instrument_id) for instrument_id in NAMES)


def adopted(instrument_id: str) -> pd.Timestamp:
    """The day on which the instrument was adopted."""
    return pd.Timestamp(_instrument(instrument_id)["adopted"])


@cache
def _instrument(instrument_id: str) -> pd.Series:
    if instrument_id not in NAMES:
        raise KeyError(f"no dated actions for {instrument_id!r}; expected one of {list(NAMES)}")
    rows = load("instruments")
    return rows[rows["instrument_id"] == instrument_id].iloc[0]


def within_record() -> pd.DataFrame:
    """The rows of `treaty_actions` up to the day to which the record of each is complete."""
    rows = load("treaty_actions")
    ends = rows["instrument_id"].map({i: complete_to(i) for i in NAMES})
    late = rows[["action_date", "signature_date"]].min(axis=1) > ends
    return rows[~late]


def actions(instrument_id: str, organisations: bool = False) -> pd.DataFrame:
    """States' signatures and deposits up to the day to which the record is complete.

    Args:
        instrument_id: one of `NAMES`.
        organisations: whether regional organisations are kept beside the States.

    Returns:
        One row per participant: `participant, iso3, action, action_date, signature_date`; a later
        deposit is blanked, and a participant known by nothing else is left out.
    """
    return _actions(instrument_id, organisations).copy(deep=False)


@cache
def _actions(instrument_id: str, organisations: bool) -> pd.DataFrame:
    end = complete_to(instrument_id)
    rows = load("treaty_actions")
    left_out = rows["participant"].isin(() if organisations else ORGANISATIONS)
    rows = rows[(rows["instrument_id"] == instrument_id) & ~left_out].copy()
    for column in ("action_date", "signature_date"):
        rows[column] = rows[column].where(rows[column] <= end)
    rows = rows[rows[["action_date", "signature_date"]].notna().any(axis=1)]
    columns = ["participant", "iso3", "action", "action_date", "signature_date"]
    return rows[columns].sort_values(["action_date", "participant"]).reset_index(drop=True)


def deposits(
    instrument_id: str, acts: tuple[str, ...] = DEPOSITS, organisations: bool = False
) -> pd.Series:
    """Days of deposit by participant, earliest first; `acts` narrows the kinds that count."""
    return _deposits(instrument_id, tuple(acts), organisations).copy(deep=False)


@cache
def _deposits(instrument_id: str, acts: tuple[str, ...], organisations: bool) -> pd.Series:
    rows = actions(instrument_id, organisations)
    rows = rows[rows["action"].isin(acts) & rows["action_date"].notna()]
    return rows.set_index("participant")["action_date"].sort_values(kind="stable")


def signatures(instrument_id: str) -> pd.Series:
    """Days of signature by State, earliest first."""
    return _signatures(instrument_id).copy(deep=False)


@cache
def _signatures(instrument_id: str) -> pd.Series:
    dates = actions(instrument_id).set_index("participant")["signature_date"].dropna()
    return dates.sort_values(kind="stable")


def count_on(dates: pd.Series, day: pd.Timestamp) -> int:
    """How many of the dates lie on or before a day."""
    return int((dates <= day).sum())


class Window(NamedTuple):
    """The days on which a count held; `ended` is False where the record stops before it changes."""

    days: Days
    ended: bool = True


def window(dates: pd.Series, count: Interval, record_end: pd.Timestamp) -> Window | None:
    """The days on which the running count of dates lay in a set.

    Args:
        dates: one per State; the count grows on each and never falls.
        count: the numbers that a statement allows; must not hold nought.
        record_end: the last day that the record covers.

    Returns:
        `None` if the count never lay in the set: it was passed over on a day with several
        deposits, or not reached before the record ends.
    """
    if 0 in count:
        raise ValueError("a count of nought has no first day")
    ordered = dates[dates <= record_end].sort_values()
    days = pd.DatetimeIndex(ordered.unique())
    counts = np.searchsorted(ordered, days, side="right")
    inside = [place for place, number in enumerate(counts) if int(number) in count]
    if not inside:
        return None
    later = days[inside[-1] + 1 :]
    last = later[0] - DAY if len(later) else record_end
    return Window(Days(days[inside[0]], last), ended=bool(len(later)))


def same_day(day: pd.Timestamp) -> pd.Timestamp:
    """The day of the deposit itself."""
    return day


def thirtieth_day(day: pd.Timestamp) -> pd.Timestamp:
    """The thirtieth day after a deposit, the day of deposit not counted."""
    return day + 30 * DAY


def ninetieth_day(day: pd.Timestamp) -> pd.Timestamp:
    """The ninetieth day after a deposit, the day of deposit not counted."""
    return day + 90 * DAY


def months_then_first(day: pd.Timestamp) -> pd.Timestamp:
    """First day of the month following a period of three months after a deposit."""
    return day + pd.DateOffset(months=3) + pd.offsets.MonthBegin(1)


# As the fields `first_rule` and `later_rule` of the table `instruments` name them.
RULES: dict[str, Callable[[pd.Timestamp], pd.Timestamp]] = {
    "day of deposit": same_day,
    "thirtieth day": thirtieth_day,
    "ninetieth day": ninetieth_day,
    "first of the month after three months": months_then_first,
}


def decisive_deposit(dates: pd.Series, required: int) -> pd.Timestamp:
    """The day on which the required number of deposits was reached."""
    if not 1 <= required <= len(dates):
        raise ValueError(f"{required} deposits required, {len(dates)} recorded")
    return dates.sort_values().iloc[required - 1]


class Force(NamedTuple):
    """How many deposits a treaty requires, the day of the decisive one, and that of its force."""

    required: int
    decisive: pd.Timestamp
    day: pd.Timestamp


def entry_into_force(instrument_id: str, organisations: bool = False) -> Force:
    """Entry into force as the deposits and the treaty's own rule have it.

    Args:
        instrument_id: one of `NAMES`.
        organisations: whether instruments of regional organisations count.
    """
    instrument = _instrument(instrument_id)
    required = int(instrument["instruments_required"])
    decisive = decisive_deposit(deposits(instrument_id, organisations=organisations), required)
    return Force(required, decisive, RULES[instrument["first_rule"]](decisive))


def in_force(instrument_id: str) -> pd.Series:
    """Days from which a treaty is in force by State, earliest first.

    For the States whose deposits came first it is the day of entry into force, for later ones what
    the treaty's article on them says. A succession has no delay: the State goes on with what its
    predecessor accepted (Vienna Convention on Succession of States in respect of Treaties, art.
    23). The record dates its notification alone, so that a count may run low before that day.
    """
    instrument, force = _instrument(instrument_id), entry_into_force(instrument_id)
    # A treaty whose rule begins with its entry into force is then in force for all who deposited.
    after_force = instrument["later_after"] == "entry into force"
    last_of_first = force.day - DAY if after_force else force.decisive
    later = RULES[instrument["later_rule"]]
    rows = actions(instrument_id)
    rows = rows[rows["action"].isin(DEPOSITS) & rows["action_date"].notna()]
    days = {}
    for participant, act, day in zip(
        rows["participant"], rows["action"], rows["action_date"], strict=True
    ):
        own = day if act == "succession" else later(day)
        days[participant] = force.day if day <= last_of_first else max(force.day, own)
    return pd.Series(days).astype("datetime64[s]").sort_values(kind="stable")


def open_signatures(instrument_id: str, day: pd.Timestamp) -> list[str]:
    """States that had signed by a day and not deposited, by name."""
    rows = actions(instrument_id)
    waiting = (rows["signature_date"] <= day) & ~(rows["action_date"] <= day)
    return sorted(rows.loc[waiting, "participant"])


def membership(day: pd.Timestamp, year_end: bool = False) -> int:
    """Member States of the United Nations of today that had been admitted by a day.

    The record dates admissions by year; a State counts from 1 January of its year, or from the
    year's end. Seats of former States are not in it, nor are their deposits, so that numerator
    and denominator agree.
    """
    return int((load("un_members")["un_member_since"] <= day.year - year_end).sum())
