"""The tables of the chapter on coverage as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

import pandas as pd

from analysis import migrants, treaties
from analysis.coverage import joiners, shares
from analysis.coverage.joiners import C97
from analysis.coverage.shares import ACTS, DEPOSITED, IN_FORCE
from analysis.precision import Interval
from analysis.treaties import NAMES
from analysis.words import long_date

INSTRUMENTS = {**NAMES, C97: "ILO Convention No. 97"}
WORDS = {DEPOSITED: "deposited", IN_FORCE: "in force"}
QUARTILES = {
    "1": "lowest quartile", "2": "lower middle", "3": "upper middle", "4": "highest quartile",
}  # fmt: skip
GROUPINGS = {
    joiners.DEVELOPMENT: "Development group",
    joiners.WEIGHT: "Migrants’ share of the population",
    joiners.WITHIN: "The same, less developed only",
    joiners.AREA: "Area",
}
HOST_YEAR = joiners.YEAR

Formats = dict[str, str | Callable[..., str]]
TIME: Formats = dict.fromkeys(["Deposited, %", "least, %", "greatest, %"], ".1f")
DAYS: Formats = {
    "On": long_date, "% of Members": ".0f", "% of migrants, deposited": ".1f",
    "% of migrants, in force": ".1f",
}  # fmt: skip
HOSTS: Formats = {"Migrants, millions": ".1f"}
BOUNDS: Formats = {"On": long_date, "At least, %": ".1f", "At most, %": ".1f"}


def short_name(m49: int) -> str:
    """The name of a country without what stands in brackets or after "of Great Britain"."""
    name = str(migrants.areas().at[m49, "name"])
    for tail in (" of Great Britain and Northern Ireland", " of America"):
        name = name.removesuffix(tail)
    return name.partition(" (")[0]


def over_time() -> pd.DataFrame:
    """The share of migrants by instrument and day, and the bounds of days beyond the record."""
    frames = [shares.over_time(i).assign(instrument_id=i) for i in NAMES]
    known = [
        {"instrument_id": i, "day": day, "lo": share.lo, "hi": share.hi}
        for i, (day, share) in joiners.latest_bounds().items()
    ]
    frame = pd.concat([*frames, pd.DataFrame(known)], ignore_index=True)
    per_cents = (100 * frame[["share", "lo", "hi"]]).round(2)
    return pd.DataFrame({
        "Instrument": frame["instrument_id"].map(NAMES), "Day": frame["day"],
        **dict(zip(TIME, per_cents.to_numpy().T, strict=True)),
    })  # fmt: skip


def on_days() -> pd.DataFrame:
    """States, Members, migrants and largest hosts at the report and at the end of the record."""
    report = shares.report_day()
    frames = [
        shares.on_days(dict.fromkeys(NAMES, report)),
        shares.on_days({instrument_id: shares.last_day(instrument_id) for instrument_id in NAMES}),
    ]
    both = [
        frame[frame["act"] == DEPOSITED].merge(
            frame.loc[frame["act"] == IN_FORCE, ["instrument_id", "over"]],
            on="instrument_id", suffixes=("", "_force"),
        )
        for frame in frames
    ]  # fmt: skip
    # The days of an instrument stand together.
    frame = pd.concat(both).sort_index(kind="stable")
    return pd.DataFrame({
        "Instrument": frame["instrument_id"].map(NAMES),
        "On": frame["day"],
        "States that had deposited": frame["states"],
        "% of Members": 100 * frame["of_members"],
        "% of migrants, deposited": frame["over"].map(_per_cent),
        "% of migrants, in force": frame["over_force"].map(_per_cent),
        f"Of the {shares.HOSTS} largest hosts": [Interval(n[0], n[-1]) for n in frame["hosts"]],
    })  # fmt: skip


def _per_cent(share: Interval) -> Interval:
    return share * 100


def hosts() -> pd.DataFrame:
    """The largest hosts with the days of deposit and of force for each instrument."""
    largest = shares.largest_hosts(shares.latest_edition(), HOST_YEAR)
    columns: dict[str, object] = {
        "Host": [short_name(int(m49)) for m49 in largest.index],
        "Migrants, millions": (largest / 1e6).to_numpy(),
    }
    for instrument_id, name in NAMES.items():
        days = shares.acts(instrument_id).reindex(largest.index)
        for act in ACTS:
            columns[f"{name}: {WORDS[act]}"] = days[act].to_numpy()
    return pd.DataFrame(columns)


def joined() -> pd.DataFrame:
    """How many States of each group had deposited, at the report and at the end of the record."""
    first = shares.report_day()
    frame = joiners.by_group(first)
    columns: dict[str, pd.Series] = {}
    for instrument_id, name in NAMES.items():
        own = frame[frame["instrument_id"] == instrument_id].reset_index(drop=True)
        columns["Sorted by"] = own["grouping"].map(GROUPINGS)
        columns["Group"] = own["group"].replace(QUARTILES)
        columns["States"] = own["states"]
        columns[f"{name}, {first.year}"] = own["earlier"]
        columns[f"{name}, {treaties.complete_to(instrument_id).year}"] = own["later"]
    return pd.DataFrame(columns)


def outwards(share: Interval) -> Interval:
    """A share of 1 in per cents whose tenths are rounded away from it, so that they bound it."""
    return Interval(floor(1000 * share.lo) / 10, ceil(1000 * share.hi) / 10)


def partly_known() -> pd.DataFrame:
    """What the share can be where a total is known and not the name of every party."""
    frame = joiners.partly_known()
    return pd.DataFrame({
        "Instrument": frame["instrument_id"].map(INSTRUMENTS),
        "On": frame["day"], "Parties": frame["total"], "Of them by name": frame["named"],
        "At least, %": frame["share"].map(lambda share: outwards(share).lo),
        "At most, %": frame["share"].map(lambda share: outwards(share).hi),
        "Total from": frame["source"],
    })  # fmt: skip
