"""What the chapter on borders found, as sentences that hold computed numbers."""

from __future__ import annotations

from analysis import migrants
from analysis.borders import areas, world
from analysis.borders.world import (
    FACTS,
    OUTSIDE,
    OZDEN,
    PUBLISHED,
    STATED,
    STOCK_1960,
    STOCK_1990,
    STOCK_2000,
)
from analysis.findings import Claim, Finding
from analysis.migrants import BANK, SPLIT
from analysis.precision import Interval, hull
from analysis.statements import stated
from analysis.tables import load
from analysis.words import in_millions, listing, millions, span

RECORD = ("migrant_stock", "migrant_stock_areas", BANK)
AREAS = RECORD[:2]
POINTS = "percentage points"


def findings() -> list[Finding]:
    """The chapter's findings, computed from the record and the documents' totals."""
    return [*_nineties(), *_since_1960(), *_areas()]


def _nineties() -> list[Finding]:
    decade = world.decade(world.by_rule())
    outside, whole = decade.loc[OUTSIDE], decade.loc[PUBLISHED]
    gain, loss = hull(outside["change"]), hull(whole["change"])
    stock, people = hull(outside["stock_growth"]), hull(outside["population_growth"])
    if not (gain.lo > 0 > loss.hi and stock.lo > people.hi):
        raise ValueError("the editions no longer agree on the 1990s")
    left = migrants.world([migrants.SOVIET_UNION])["left_out"].unstack()
    lost = hull(left[SPLIT] - left[2000])
    how = ("each edition, with and without successor States", (world.decade,), "recorded", RECORD)
    return [
        Finding(
            "borders-share-1990s", "borders",
            "Outside the former Soviet Union the share of migrants rose",
            f"Migrants' share of population rose by {span(gain)} percentage points in the 1990s "
            "outside the former Soviet Union, in every edition; worldwide it fell.",
            gain, POINTS, "1990/2000", (), *how,
        ),
        Finding(
            "borders-growth-1990s", "borders",
            "Outside the former Soviet Union migrants outgrew population in the 1990s",
            f"Outside the former Soviet Union the stock grew by {span(stock)} per cent a year in "
            f"the 1990s, faster than population ({span(people)}).",
            stock, "per cent a year", "1990/2000", (), *how,
        ),
        Finding(
            "borders-successors-1990s", "borders",
            "In the successor States the stock fell in the 1990s",
            f"In the successor States of the Soviet Union the stock fell by {millions(lost)} in "
            f"the 1990s; it had been {millions(hull(left[SPLIT]))}.",
            lost, "persons", "1990/2000", (), "each edition", (migrants.world,), "recorded",
            AREAS,
        ),
    ]  # fmt: skip


def _since_1960() -> list[Finding]:
    rise, borders = world.stated_growth(), world.made_by_borders()
    grown = migrants.growth_outside()
    change = hull(after - before for before, after in zip(grown["before"], grown["after"],
                                                          strict=True))  # fmt: skip
    before, after = hull(grown["before"]), hull(grown["after"])
    shares = world.shares_since_1960()
    moved = {name: own[2000] - own[1960] for name, own in shares.items()}
    if not (moved[STATED].lo > 0 > moved[OZDEN].hi):
        raise ValueError("the series no longer disagree on the share from 1960 to 2000")
    if not change.lo < 0 < change.hi:
        raise ValueError("the editions now agree whether growth changed at 1990")
    facts, population = load(FACTS), load("world_population")
    early = {world.EARLY: world.share_of_1970(), world.TOTALS: world.total_of_1970()}
    drawn = {
        FACTS: facts[facts["fact_id"].isin([OZDEN, *world.CENSUSES])],
        "world_population": population[population["vintage"] == world.LONG_VINTAGE],
    }
    return [
        Finding(
            "borders-growth-1960-1990", "borders",
            "New borders made much of the stated growth to 1990",
            f"Of the stated rise of {millions(rise)} from 1960 to 1990, new borders made "
            f"{in_millions(borders)}, if few migrants in the Soviet Union had come from outside.",
            borders, "persons", "1960/1990", (STOCK_1960, STOCK_1990, STOCK_2000),
            "successor States' stock less the most that can have come from outside",
            (world.made_by_borders, world.migrants_before), "conditional",
            (*RECORD, *early), early, front=_claim(borders),
        ),
        Finding(
            "borders-pace", "borders",
            "Outside the Soviet Union growth after 1990 was about as before",
            f"Outside the former Soviet Union the stock grew by {span(before)} per cent a year "
            f"before {SPLIT} and {span(after)} after, if the series join there.",
            change, f"{POINTS} a year", "1960/2000", (),
            "exponential growth, each edition joined to the series before",
            (migrants.growth_outside,), "conditional", RECORD,
        ),
        Finding(
            "borders-share-1960-2000", "borders",
            "Sources differ on whether migrants' share rose from 1960 to 2000",
            "From 1960 to 2000 migrants' share rose by the stated totals, fell by those of Özden "
            f"et al., and moved by {span(moved[world.BANK_OUTSIDE])} points outside the former "
            "Soviet Union.",
            moved[world.BANK_OUTSIDE], POINTS, "1960/2000", (STOCK_1960, STOCK_2000),
            "population of 1960 between censuses", (world.shares_since_1960,), "conditional",
            (*RECORD, *drawn), drawn,
        ),
    ]  # fmt: skip


def _claim(borders: Interval) -> Claim:
    """The stated totals of 1960 and 2000, and what borders made of their growth."""
    first, last = stated(STOCK_1960), stated(STOCK_2000)
    return Claim(
        f"Migrants rose from {first.linked} in {first.reference_date} to {last.linked} in "
        f"{last.reference_date}.",
        "in part",
        f"New borders, and no move across one, made {millions(borders)} migrants by {SPLIT}, if "
        "few had come from outside the Soviet Union.",
    )


def answer() -> str:
    """The chapter's answer for the front page."""
    return (
        f"New borders made {millions(world.made_by_borders())} of the stated rise to {SPLIT}, if "
        "few migrants came from outside."
    )


def _areas() -> list[Finding]:
    known = areas.shares()
    decade, since = areas.directions(known, last=2000), areas.directions(known)
    groups = [areas.MORE_DEVELOPED, areas.LESS_DEVELOPED]
    more, less = (decade.loc[group] for group in groups)
    names = known.drop_duplicates("m49").set_index("m49")["name"]
    down = since[since["way"] == areas.FALLS].drop(index=groups, errors="ignore")
    if len(down) != 1:
        raise ValueError(f"the share fell in {listing(names[down.index])}, not in one area alone")
    fall = hull([-down["high"].max(), -down["low"].min()])
    gone = areas.left_the_list()
    how = ("each edition", (areas.directions,), "recorded", AREAS)
    rise = hull([more["low"], more["high"]])
    return [
        Finding(
            "borders-development-1990s", "borders",
            "More and less developed regions went apart in the 1990s",
            f"In the 1990s the share of migrants rose by {span(rise)} percentage points in more "
            f"developed regions and fell by {span(hull([-less['high'], -less['low']]))} in less "
            "developed ones.",
            rise, POINTS, "1990/2000", (), *how,
        ),
        Finding(
            "borders-areas", "borders", "Only Africa's share of migrants fell in every edition",
            f"{names[down.index[0]]}'s share of migrants is lower in each edition's last year than "
            f"in 1990, by {span(fall)} percentage points; of no other major area do all editions "
            "say so.",
            fall, POINTS, "1990/2024", (), *how,
        ),
        Finding(
            "borders-hosts", "borders",
            "Several of the largest hosts of 1990 are no longer among them",
            f"Of the {areas.TOP} largest hosts of 1990, {len(gone)} are no longer among them in "
            f"2024: {listing(name.partition(' (')[0] for name in gone)}.",
            len(gone), "countries", "1990/2024", (), "ranks in the newest edition",
            (areas.left_the_list,), "recorded", AREAS,
        ),
    ]  # fmt: skip
