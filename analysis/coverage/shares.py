"""The share of the world's migrants who live in States that had deposited, or that are bound.

A share is taken within one edition of the estimates. A State counts with the stock of its own row.
Territories that have a row of their own, such as Hong Kong or Puerto Rico, count for no State: the
record does not say to which of them an instrument was extended. They stay in the world's total.

Estimates are for mid-years, mostly five years apart. In between, the stock of each country is taken
to move in a straight line. The share of given States is then a weighted mean of their shares in the
estimates before and after, and never outside the two (the mediant inequality): so both are given
as the ends.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analysis import migrants, treaties
from analysis.precision import Interval
from analysis.tables import load

DEPOSITED, IN_FORCE = "deposited", "in_force"
ACTS = (DEPOSITED, IN_FORCE)
HOSTS = 20
REPORT = "A/59/325"


def report_day() -> pd.Timestamp:
    """The first day on which the report of 2004 can have been written."""
    documents = load("documents").set_index("document_id")
    return pd.Timestamp(documents.at[REPORT, "date_earliest"])


def latest_edition() -> int:
    """The edition that reaches furthest."""
    return migrants.editions()[-1]


def mid_year(year: int) -> pd.Timestamp:
    """The last day before the middle of a year, for which estimates are; acts by then count."""
    return pd.Timestamp(year, 6, 30)


@cache
def _stock(edition: int) -> pd.DataFrame:
    """Persons by country or area (`m49`) and mid-year; nought where the edition has no figure."""
    frame = migrants.countries(edition)
    return frame.pivot(index="m49", columns="year", values="persons").fillna(0).astype(float)


def weights(edition: int, day: pd.Timestamp) -> pd.DataFrame:
    """Each country's share of the world's migrants, in one edition around a day.

    Returns:
        Index `m49` (countries and areas); columns `line` (between the estimates), `before` and
        `after` (in the estimate before and after); each sums to one.

    Raises:
        ValueError: the edition has no estimates on both sides of the day.
    """
    return _weights(edition, day).copy(deep=False)


@cache
def _weights(edition: int, day: pd.Timestamp) -> pd.DataFrame:
    stock = _stock(edition)
    years = [int(year) for year in stock.columns]
    earlier = [year for year in years if mid_year(year) <= day]
    later = [year for year in years if mid_year(year) >= day]
    if not earlier or not later:
        raise ValueError(
            f"edition of {edition}: {day:%Y-%m-%d} is outside its estimates; "
            f"expected a day from mid-{years[0]} to mid-{years[-1]}"
        )
    first, last = earlier[-1], later[0]
    gap = (mid_year(last) - mid_year(first)).days
    passed = (day - mid_year(first)).days / gap if gap else 0.0
    frame = pd.DataFrame({"before": stock[first], "after": stock[last]})
    frame.insert(0, "line", (1 - passed) * frame["before"] + passed * frame["after"])
    return frame / frame.sum()


def covering(day: pd.Timestamp) -> list[int]:
    """The editions with estimates on both sides of a day."""
    stocks = {edition: _stock(edition).columns for edition in migrants.editions()}
    return [e for e, years in stocks.items() if mid_year(min(years)) <= day <= mid_year(max(years))]


def shares(states: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    """What share of the world's migrants lives in some States, edition by edition.

    Args:
        states: M49 codes.
        day: on which.

    Returns:
        Index `edition`; columns as in `weights`, shares of 1.
    """
    frames = {edition: weights(edition, day) for edition in covering(day)}
    found = {e: frame[frame.index.isin(states)].sum() for e, frame in frames.items()}
    return pd.DataFrame.from_dict(found, orient="index").rename_axis("edition")


def spread(found: pd.DataFrame) -> Interval:
    """The least and the greatest share over editions and over the estimates before and after."""
    return Interval(float(found.min(axis=None)), float(found.max(axis=None)))


def own_rows(rows: pd.DataFrame) -> pd.Series:
    """The M49 code of each participant, missing for one that has no row in the migrant stock.

    Those that are no Members, such as the Holy See, have no `iso3` in the record of treaties; they
    are found by their name, which is the same in both.

    Args:
        rows: columns `participant` and `iso3`.
    """
    areas = migrants.areas()
    countries = areas[areas["level"] == migrants.COUNTRY].reset_index()
    by_code = countries.dropna(subset="iso3").set_index("iso3")["m49"]
    by_name = countries.set_index("name")["m49"]
    found = rows["iso3"].map(by_code).fillna(rows["participant"].map(by_name))
    return pd.Series(found.astype("Int64").to_numpy(), index=rows["participant"], name="m49")


@cache
def _acts(instrument_id: str) -> pd.DataFrame:
    codes = own_rows(treaties.actions(instrument_id))
    days = {DEPOSITED: treaties.deposits(instrument_id), IN_FORCE: treaties.in_force(instrument_id)}
    frame = pd.DataFrame(days)
    return frame.set_index(codes.reindex(frame.index).astype("int64"))


def acts(instrument_id: str) -> pd.DataFrame:
    """Days of deposit and days from which an instrument is in force, by State.

    Returns:
        Index `m49`; columns `deposited` and `in_force`.
    """
    return _acts(instrument_id).copy()


def states(instrument_id: str, act: str, day: pd.Timestamp) -> pd.Index:
    """The States that had deposited by a day, or for which the instrument was in force on it."""
    days = acts(instrument_id)[act]
    return days.index[days <= day]


def members(day: pd.Timestamp) -> pd.DataFrame:
    """Member States of the United Nations on a day, by year of admission.

    Returns:
        Index `m49`; columns `name`, `development` and `area` (the name of the major area).
    """
    return _members(day.year).copy(deep=False)


@cache
def _members(year: int) -> pd.DataFrame:
    rows = load("un_members")
    rows = rows[rows["un_member_since"] <= year].set_index("m49")
    areas = migrants.areas()
    own = areas.reindex(rows.index)
    area = own["major_area"].map(areas["name"])
    return pd.DataFrame({"name": own["name"], "development": own["development"], "area": area})


def largest_hosts(edition: int, year: int, count: int = HOSTS) -> pd.Series:
    """The Member States with the most migrants in one estimate; persons by `m49`."""
    own = _stock(edition)[year]
    listed = members(mid_year(year)).index
    return own[own.index.isin(listed)].nlargest(count)


def host_counts(instrument_id: str, act: str, day: pd.Timestamp) -> range:
    """How many of the largest hosts an instrument had, over editions and estimates around a day."""
    joined, counts = states(instrument_id, act, day), set()
    for edition in covering(day):
        years = [int(year) for year in _stock(edition).columns]
        before = max(year for year in years if mid_year(year) <= day)
        after = min(year for year in years if mid_year(year) >= day)
        for year in {before, after}:
            counts.add(int(largest_hosts(edition, year).index.isin(joined).sum()))
    return range(min(counts), max(counts) + 1)


def last_day(instrument_id: str) -> pd.Timestamp:
    """The last day for which both the record of deposits and an estimate of the stock are there."""
    end = mid_year(max(_stock(latest_edition()).columns))
    return min(treaties.complete_to(instrument_id), end)


def over_time(instrument_id: str) -> pd.DataFrame:
    """The share in States that had deposited, at each deposit and mid-year since 1990.

    Returns:
        One row per day, to the last of the record: `day`, `share` (latest edition), `lo` and `hi`
        (over editions), of 1.
    """
    joined = acts(instrument_id)[DEPOSITED]
    last = last_day(instrument_id)
    years = [mid_year(year) for year in range(1990, last.year + 1)]
    first = max(years[0], treaties.adopted(instrument_id))
    listed = pd.DatetimeIndex([first, last, *years, *joined]).unique().sort_values()
    days = listed[(first <= listed) & (listed <= last)]
    lines = {edition: _line(edition, joined, days) for edition in migrants.editions()}
    frame = pd.DataFrame(lines)
    return pd.DataFrame({"day": days, "share": frame[latest_edition()],
                         "lo": frame.min(axis=1), "hi": frame.max(axis=1)})  # fmt: skip


def _line(edition: int, joined: pd.Series, days: pd.DatetimeIndex) -> np.ndarray:
    """The share on each day, missing where it lies outside the estimates of the edition."""
    stock = _stock(edition)
    known = [mid_year(year).toordinal() for year in stock.columns]
    at = np.array([day.toordinal() for day in days])
    # Sums of those who had joined first, so that no day looks at every State.
    ordered = joined.reindex(stock.index).dropna().sort_values()
    sums = np.vstack([np.zeros(len(known)), stock.loc[ordered.index].to_numpy().cumsum(axis=0)])
    had_joined = np.searchsorted(ordered.to_numpy(), days.to_numpy(), side="right")
    before = np.clip(np.searchsorted(known, at, side="right") - 1, 0, len(known) - 2)
    start, end = np.array(known)[before], np.array(known)[before + 1]
    passed = (at - start) / (end - start)
    held = (1 - passed) * sums[had_joined, before] + passed * sums[had_joined, before + 1]
    return held / np.interp(at, known, stock.sum(), left=np.nan, right=np.nan)


def on_days(days: dict[str, pd.Timestamp]) -> pd.DataFrame:
    """States, Members and migrants by instrument and act, each on a day of its own.

    Args:
        days: by instrument.

    Returns:
        One row per instrument and act: `instrument_id`, `act`, `day`, `states`, `of_members`
        (share of the Member States of the day), `line` (share of migrants, latest edition), `over`
        (an interval over editions) and `hosts` (how many of the largest).
    """
    rows = []
    for instrument_id, day in days.items():
        own = members(day)
        for act in ACTS:
            joined = states(instrument_id, act, day)
            found = shares(joined, day)
            rows.append({
                "instrument_id": instrument_id, "act": act, "day": day, "states": len(joined),
                "of_members": float(own.index.isin(joined).mean()),
                "line": float(found.at[latest_edition(), "line"]), "over": spread(found),
                "hosts": host_counts(instrument_id, act, day),
            })  # fmt: skip
    return pd.DataFrame(rows)


def outside(day: pd.Timestamp) -> Interval:
    """The share of migrants who live in no Member State: what leaving out territories can miss."""
    return spread(1 - shares(members(day).index, day))


def bounds(known: pd.Index, others: int, day: pd.Timestamp) -> Interval:
    """The share of migrants in some States, when those are known and of others their number alone.

    At least the share in the States that are known; at most that and the share in as many of the
    largest hosts among the Member States that are left.
    """
    left = members(day).index.difference(known)
    ends = []
    for edition in covering(day):
        for _, column in weights(edition, day).items():
            least = float(column[column.index.isin(known)].sum())
            most = least + float(column[column.index.isin(left)].nlargest(others).sum())
            ends += [least, most]
    return Interval(min(ends), max(ends))
