"""What the chapter on revisions by country found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis import migrants
from analysis.findings import Finding
from analysis.precision import Interval
from analysis.tables import load
from analysis.vintages import revisions
from analysis.vintages.revisions import DECADES, KEPT, TOP, YEARS
from analysis.words import number, per_cent, span

RECORDS = ("migrant_stock", "migrant_stock_areas", "migrant_stock_editions")
SPAN = "1990/2000"
FIRST, SECOND, *_, BEFORE_LAST, LAST = migrants.editions()
LEAST = 1e5  # persons: smaller stocks are left out of the ranking by ratio
# The latest decade that an edition gives, of those that end on one.
LATEST = {2008: (2000, 2010), 2015: (2005, 2015), 2020: (2010, 2020)}


def findings() -> list[Finding]:
    """What this chapter found, from one country's figure to a change over ten years."""
    return [*_spread(), *_world(), *_basis(), *_directions()]


def answer() -> str:
    """The chapter's answer for the front page."""
    return (
        f"Most hardly moved; for a tenth of countries, editions since {SECOND} differ by "
        f"{span(_excess(0.9, SECOND), '.0f')} per cent or more."
    )


def _excess(level: float, since: int = FIRST) -> Interval:
    """A quantile of the excess of the highest edition over the lowest, in per cent.

    Args:
        level: of the quantile, one of `revisions.LEVELS`.
        since: the first edition that counts.
    """
    known = [revisions.triangle(year).loc[:, since:] for year in YEARS]
    tables = [revisions.distribution(each) for each in known]
    return _both(100 * (table.at[revisions.ALL, level] - 1) for table in tables)


def _used(*editions: int) -> dict[str, pd.DataFrame]:
    """The rows of the editions that a finding uses, for the confidence that they have."""
    known = load("migrant_stock_editions")
    return {"migrant_stock_editions": known[known["edition"].isin(editions)]}


def _both(values: Iterable[float]) -> Interval:
    """What both years, or several editions, allow."""
    low, *_, high = sorted(float(value) for value in values)
    return Interval(low, high)


def _spread() -> list[Finding]:
    known = revisions.triangle(YEARS[0])
    counted = len(revisions.spread(known))
    median, tail, later = _excess(0.5), _excess(0.9), _excess(0.9, SECOND)
    top = revisions.most_revised(known, least=LEAST, count=1).iloc[0]
    by_size = {edition: float(top[edition]) for edition in migrants.editions()}
    highest, lowest = max(by_size, key=by_size.__getitem__), min(by_size, key=by_size.__getitem__)
    unit, how = "per cent", ("highest to lowest edition", (revisions.distribution,))
    return [
        Finding(
            "vintages-median", "vintages", "How far editions differ on the median country",
            f"For the median of {counted} countries and areas, the highest edition exceeds the "
            f"lowest by {span(median, '.1f')} per cent (stocks of {YEARS[0]} and {YEARS[1]}).",
            median, unit, SPAN, (), *how, "recorded", RECORDS,
        ),
        Finding(
            "vintages-tail", "vintages", "How far editions differ on the most revised tenth",
            "For a tenth of countries, the highest edition exceeds the lowest by "
            f"{span(tail, '.0f')} per cent or more, and by {span(later, '.0f')} without the "
            f"edition of {FIRST}.",
            tail, unit, SPAN, (), *how, "recorded", RECORDS,
        ),
        Finding(
            "vintages-widest", "vintages", f"The most revised stock of {YEARS[0]}",
            f"The stock of the {top['name']} in {YEARS[0]} is {number(by_size[highest])} in the "
            f"edition of {highest} and {number(by_size[lowest])} in that of {lowest}.",
            Interval(by_size[lowest], by_size[highest]), "persons", str(YEARS[0]), (),
            "largest ratio of editions", (revisions.most_revised,), "recorded", RECORDS,
        ),
    ]  # fmt: skip


def _world() -> list[Finding]:
    year, known = YEARS[0], [revisions.triangle(each) for each in YEARS]
    last = revisions.step(known[0], BEFORE_LAST, LAST)
    large = [revisions.largest_steps(each) for each in known]
    lowered = _both([-earlier.down / earlier.gross for earlier, _ in large])
    shares = _both([each.top for steps in large for each in steps])
    editions = [str(each.later) for each in large[0]]
    return [
        Finding(
            "vintages-offsetting", "vintages", "What a steady total of the world hides",
            f"The edition of {LAST} moved countries' figures for {year} by "
            f"{_millions(last.gross)}, and their sum by {_millions(abs(last.net), '.2f')}: "
            "increases and decreases offset one another.",
            last.gross, "persons", str(year), (), "gross and net revision", (revisions.step,),
            "recorded", RECORDS, _used(BEFORE_LAST, LAST),
        ),
        Finding(
            "vintages-one-way", "vintages", f"The direction of the edition of {editions[0]}",
            f"The edition of {editions[0]} mostly lowered: {per_cent(lowered, '.0f')} per cent of "
            f"what it moved of the stocks of {YEARS[0]} and {YEARS[1]} was downward.",
            lowered * 100, "per cent", SPAN, (), "downward share of the gross revision",
            (revisions.largest_steps,), "recorded", RECORDS,
        ),
        Finding(
            "vintages-few", "vintages", "How many countries carry the world's revision",
            f"The {TOP} largest revisions make up {per_cent(shares, '.0f')} per cent of what the "
            f"editions of {' and '.join(editions)} moved of the stocks of {YEARS[0]} and "
            f"{YEARS[1]}.",
            shares * 100, "per cent", SPAN, (), "concentration of the gross revision",
            (revisions.largest_steps,), "recorded", RECORDS,
        ),
    ]  # fmt: skip


def _millions(persons: float, form: str = ".1f") -> str:
    return f"{number(persons / 1e6, form)} million"


def _basis() -> list[Finding]:
    before = migrants.editions()[-3]
    last, quiet = (
        [revisions.basis(revisions.triangle(year), revisions.codes(year), *editions)
         for year in YEARS]
        for editions in ((BEFORE_LAST, LAST), (before, BEFORE_LAST))
    )  # fmt: skip
    share = _both([float(table.at[True, "share"]) for table in last])
    changed, counted = int(last[0].at[True, "countries"]), int(last[0]["countries"].sum())
    moved = [int(table.at[True, "moved"]) for table in quiet]
    relabelled = int(quiet[0].at[True, "countries"])
    return [
        Finding(
            "vintages-basis", "vintages", "Revisions where the type of data changed",
            f"The {changed} of {counted} countries whose type of data changed in the edition of "
            f"{LAST} make up {per_cent(share, '.0f')} per cent of its gross revision "
            f"({YEARS[0]} and {YEARS[1]}).",
            share * 100, "per cent", SPAN, (), "gross revision by change of code",
            (revisions.basis,), "recorded", RECORDS, _used(BEFORE_LAST, LAST),
        ),
        Finding(
            "vintages-basis-alone", "vintages", "Types of data that changed without the figure",
            f"Of {relabelled} countries whose type of data changed in the edition of "
            f"{BEFORE_LAST}, {moved[0]} had a new figure for {YEARS[0]} and {moved[1]} for "
            f"{YEARS[1]}.",
            _both(moved), "countries", SPAN, (), "revisions among changed codes",
            (revisions.basis,), "recorded", RECORDS, _used(before, BEFORE_LAST),
        ),
    ]  # fmt: skip


def _directions() -> list[Finding]:
    found, larger = [], []
    for first, last in DECADES:
        known = revisions.changes(FIRST, first, last)
        larger.append(float((known["change"].abs() > known["moved"]).mean()))
        found.append(Finding(
            f"vintages-direction-{first}", "vintages",
            f"Changes from {first} to {last} that kept their direction",
            f"Of {len(known)} changes from {first} to {last} in the edition of {FIRST}, "
            f"{known['kept'].sum()} kept their direction in every later edition.",
            100 * float(known["kept"].mean()), "per cent", f"{first}/{last}", (),
            "sign in all later editions", (revisions.changes,), "recorded", RECORDS,
        ))  # fmt: skip
    first, last = DECADES[-1]
    known = revisions.changes(FIRST, first, last)
    rule = revisions.threshold(known["change"], known["kept"])
    assert rule is not None, "the finding says how large a change must have been"
    least, exceeds = revisions.per_cent_of(rule.change), _both(larger)
    latest = _both([
        float(revisions.changes(edition, *years)["kept"].mean())
        for edition, years in LATEST.items()
    ])  # fmt: skip
    editions = [str(edition) for edition in LATEST]
    return [
        *found,
        Finding(
            "vintages-rule", "vintages", "How large a change had to be to keep its direction",
            f"A change from {first} to {last} in the edition of {FIRST} had to be "
            f"{least:.0f} per cent or more for {100 * KEPT:.0f} per cent of countries to keep its "
            "direction.",
            least, "per cent", f"{first}/{last}", (), "least size with enough signs kept",
            (revisions.threshold,), "recorded", RECORDS,
        ),
        Finding(
            "vintages-latest", "vintages", "The latest decade that an edition gives",
            "The direction of an edition's latest decade held later in "
            f"{per_cent(latest, '.0f')} per cent of countries and areas (editions of "
            f"{', '.join(editions[:-1])} and {editions[-1]}).",
            latest * 100, "per cent", "2000/2020", (), "sign in all later editions",
            (revisions.changes,), "recorded", RECORDS,
        ),
        Finding(
            "vintages-exceeds", "vintages", "Changes larger than what revisions did to them",
            f"For {per_cent(exceeds, '.0f')} per cent of countries and areas, a decade's change "
            f"in the edition of {FIRST} was larger than any later edition's revision of it.",
            exceeds * 100, "per cent", "1990/2010", (), "change against its largest revision",
            (revisions.changes,), "recorded", RECORDS,
        ),
    ]  # fmt: skip
