"""What the chapter on revisions by country found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pandas as pd

from analysis import migrants
from analysis.findings import Finding
from analysis.precision import Interval
from analysis.tables import load
from analysis.vintages import revisions
from analysis.vintages.revisions import DECADES, KEPT, TOP, YEARS
from analysis.words import listing, number

RECORDS = ("migrant_stock", "migrant_stock_areas", "migrant_stock_editions")
LEAST = 1e5  # persons: smaller stocks are left out of the ranking by ratio
TENTH = 0.9  # the level beyond which a tenth of countries lie


class Compared(NamedTuple):
    """Editions by their place among all: the first two and the last three."""

    first: int
    second: int
    third_last: int
    before_last: int
    last: int


def findings() -> list[Finding]:
    """What this chapter found, from one country's figure to a change over ten years."""
    return [*_spread(), *_world(), *_basis(), *_directions()]


def answer() -> str:
    """The chapter's answer for the front page."""
    edition = compared()
    tail = revisions.distribution(edition.second).at[YEARS[-1], TENTH]
    return (
        f"Most hardly moved; for a tenth of countries, editions since {edition.second} differ by "
        f"{tail:.0f} per cent or more for {YEARS[-1]}."
    )


@cache
def compared() -> Compared:
    """The editions that the findings compare; asked for, not imported, since it reads a table."""
    first, second, *_, third_last, before_last, last = migrants.editions()
    return Compared(first, second, third_last, before_last, last)


def _used(*editions: int) -> dict[str, pd.DataFrame]:
    """The rows of the editions that a finding uses, for the confidence that they have."""
    known = load("migrant_stock_editions")
    return {"migrant_stock_editions": known[known["edition"].isin(editions)]}


def _over(values: Iterable[float]) -> Interval:
    """From the lowest to the highest of the values for several years."""
    every = [float(value) for value in values]
    return Interval(min(every), max(every))


def _spread() -> list[Finding]:
    edition = compared()
    first, *_, last = YEARS
    every, later = revisions.distribution(edition.first), revisions.distribution(edition.second)
    # The edition of 2008 only projects the last year.
    median, tail = every[0.5].drop(last), later[TENTH]
    top = revisions.most_revised(revisions.triangle(first), least=LEAST, count=1).iloc[0]
    by_size = {each: float(top[each]) for each in migrants.editions()}
    highest, lowest = max(by_size, key=by_size.__getitem__), min(by_size, key=by_size.__getitem__)
    unit, how = "per cent", ("highest to lowest edition", (revisions.distribution,), "recorded")
    return [
        Finding(
            "vintages-median", "vintages", "Editions differ little on the median country",
            f"For the median of {every.at[first, 'countries']} countries and areas, the highest "
            f"edition exceeds the lowest by {_by_year(median, '.1f')}.",
            _over(median), unit, f"{first}/{median.index[-1]}", (), *how, RECORDS,
        ),
        Finding(
            "vintages-tail", "vintages",
            "Editions differ much on the most revised tenth of countries",
            f"For a tenth of countries and areas, editions since {edition.second} differ by at "
            f"least {_by_year(tail, '.0f')}.",
            _over(tail), unit, f"{first}/{last}", (), *how, RECORDS,
            _used(*migrants.editions()[1:]),
        ),
        Finding(
            "vintages-widest", "vintages", f"The {top['name']}'s stock of {first} was revised most",
            f"The stock of the {top['name']} in {first} is {number(by_size[highest])} in the "
            f"edition of {highest} and {number(by_size[lowest])} in that of {lowest}.",
            Interval(by_size[lowest], by_size[highest]), "persons", str(first), (),
            f"largest ratio of editions, stocks of {number(LEAST)} or more",
            (revisions.most_revised,), "recorded", RECORDS,
        ),
    ]  # fmt: skip


def _by_year(values: pd.Series, form: str) -> str:
    """Values of several years in words: "14 per cent for 1990, 22 for 2000"."""
    (year, value), *others = values.items()
    rest = [f"{number(float(each), form)} for {other}" for other, each in others]
    return listing([f"{number(float(value), form)} per cent for {year}", *rest])


def _world() -> list[Finding]:
    year = YEARS[0]
    lowering, last = revisions.largest_steps(revisions.triangle(year))
    lowered = -100 * lowering.down / lowering.gross
    unit, how = "per cent", ((revisions.largest_steps,), "recorded", RECORDS)
    return [
        Finding(
            "vintages-offsetting", "vintages",
            "A steady world total hides large revisions of countries",
            f"The edition of {last.later} moved countries' figures for {year} by "
            f"{_millions(last.gross)}, and their sum by {_millions(abs(last.net), '.2f')}: "
            "increases and decreases offset one another.",
            last.gross, "persons", str(year), (), "gross and net revision", *how,
            _used(last.earlier, last.later),
        ),
        Finding(
            "vintages-one-way", "vintages",
            f"The edition of {lowering.later} revised {year} mostly downward",
            f"Of what the edition of {lowering.later} moved of the stock of {year}, "
            f"{lowered:.0f} per cent was downward.",
            lowered, unit, str(year), (), "downward share of the gross revision", *how,
        ),
        Finding(
            "vintages-few", "vintages", "Few countries carry the world's revision",
            f"Of what the edition of {last.later} moved of the stock of {year}, the {TOP} "
            f"largest revisions make up {100 * last.top:.0f} per cent.",
            100 * last.top, unit, str(year), (), "concentration of the gross revision", *how,
            _used(last.earlier, last.later),
        ),
    ]  # fmt: skip


def _millions(persons: float, form: str = ".1f") -> str:
    return f"{number(persons / 1e6, form)} million"


def _basis() -> list[Finding]:
    edition = compared()
    year = YEARS[0]
    known, types = revisions.triangle(year), revisions.codes(year)
    last = revisions.basis(known, types, edition.before_last, edition.last)
    quiet = revisions.basis(known, types, edition.third_last, edition.before_last)
    share = 100 * float(last.at[True, "share"])
    moved, relabelled = (int(quiet.at[True, column]) for column in ("moved", "countries"))
    how = ((revisions.basis,), "recorded", RECORDS)
    return [
        Finding(
            "vintages-basis", "vintages", "Most revision is where the type of data changed",
            f"The {last.at[True, 'countries']} of {last['countries'].sum()} countries whose type "
            f"of data changed in the edition of {edition.last} make up {share:.0f} per cent of its "
            f"gross revision of {year}.",
            share, "per cent", str(year), (), "gross revision by change of code", *how,
            _used(edition.before_last, edition.last),
        ),
        Finding(
            "vintages-basis-alone", "vintages", "Types of data mostly changed without the figure",
            f"Of {relabelled} countries whose type of data changed in the edition of "
            f"{edition.before_last}, {moved} had a new figure for {year}.",
            moved, "countries", str(year), (), "revisions among changed codes", *how,
            _used(edition.third_last, edition.before_last),
        ),
    ]  # fmt: skip


def _directions() -> list[Finding]:
    edition = compared()
    (one, other), (first, last) = DECADES
    known = {decade: revisions.changes(edition.first, *decade) for decade in DECADES}
    early, late = known.values()
    kept = [100 * float(each["kept"].mean()) for each in known.values()]
    larger = [100 * float((c["change"].abs() > c["moved"]).mean()) for c in known.values()]
    rule = revisions.threshold(late["change"], late["kept"])
    if rule is None or len(early) != len(late):
        raise ValueError("the editions no longer allow the rule, or one count for both decades")
    least = revisions.per_cent_of(rule.change)
    unit, dates = "per cent", f"{one}/{last}"
    how = ((revisions.changes,), "recorded", RECORDS)
    return [
        Finding(
            "vintages-direction", "vintages", "Most changes kept their direction in later editions",
            f"Of {len(early)} changes from {one} to {other} in the edition of {edition.first}, "
            f"{early['kept'].sum()} kept their direction in every later edition; of those from "
            f"{first} to {last}, {late['kept'].sum()}.",
            _over(kept), unit, dates, (), "sign in all later editions", *how,
        ),
        Finding(
            "vintages-rule", "vintages", "A change had to be large to keep its direction reliably",
            f"Changes from {first} to {last} in the edition of {edition.first}, which projects "
            f"{last}, kept their direction in {100 * KEPT:.0f} per cent of countries from a size "
            f"of {least:.0f} per cent on.",
            least, unit, f"{first}/{last}", (), "least size with enough signs kept",
            (revisions.threshold,), "recorded", RECORDS,
        ),
        Finding(
            "vintages-exceeds", "vintages",
            "Most changes are larger than what revisions did to them",
            f"For {larger[0]:.0f} per cent of countries, the change from {one} to {other} in the "
            f"edition of {edition.first} exceeds every later revision of it; for that from {first} "
            f"to {last}, {larger[1]:.0f}.",
            _over(larger), unit, dates, (), "change against its largest revision", *how,
        ),
    ]  # fmt: skip
