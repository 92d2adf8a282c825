"""What the chapter on who replied found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pandas as pd

from analysis import inquiry
from analysis.findings import Finding
from analysis.precision import Interval, hull
from analysis.respondents import chance, positions, stakes
from analysis.respondents.positions import (
    BLOC,
    IN_FAVOUR,
    NO_LESS,
    NO_MORE,
    REPLIED,
    RESERVATIONS,
)
from analysis.respondents.stakes import BY_STOCK, DEVELOPED, FIRST, FOURTH, LESS, LETTER, STATE
from analysis.respondents.tables import CONTRASTS
from analysis.statements import stated
from analysis.tables import load
from analysis.words import either, listing, per_cent, span

STOCK = ("migrant_stock", "migrant_stock_areas")
STATES = ("un_members", "eu_members_2003")
CALL = "c2-g77-1997"  # a row of `public_facts`
COUNTS = (REPLIED, IN_FAVOUR, RESERVATIONS, BLOC)


def findings() -> list[Finding]:
    """What this chapter found: who replied, whether by chance, and what follows for positions."""
    return [*_replies(), *_chance(), *_silence(), *_group()]


def answer() -> str:
    """The chapter's answer for the front page."""
    share = stakes.units(STATE, stakes.latest())["replied"].mean()
    return (
        f"Yes: {100 * share:.0f} per cent of the States, hosting "
        f"{per_cent(_hosted(), '.0f')} per cent of all migrants. A majority stays open."
    )


def _hosted() -> Interval:
    """The share of the world's migrants in States that replied, over the editions."""
    return _spread(
        stakes.parts(edition).loc[stakes.STOCK, ["others", "bloc"]].sum()
        for edition in stakes.editions()
    )


def _replies() -> list[Finding]:
    hosted = _hosted()
    share = stakes.units(STATE, stakes.latest())["replied"].mean()
    by_stock = [stakes.replies(STATE, edition, BY_STOCK) for edition in stakes.editions()]
    developed = {u: stakes.replies(u, stakes.latest(), "development") for u in stakes.UNITS}
    return [
        Finding(
            "respondents-migrants-hosted", "respondents",
            "Those that replied hosted more than their share of the migrants",
            f"The {stated(REPLIED).count} Member States that replied in {inquiry.YEAR} were "
            f"{100 * share:.1f} per cent of the membership and hosted {per_cent(hosted)} per cent "
            f"of the world's migrants in {stakes.YEAR}.",
            hosted * 100, "per cent", str(stakes.YEAR), (REPLIED,), "share of the migrant stock",
            (stakes.parts,), "recorded", (*STATES, *STOCK),
        ),
        Finding(
            "respondents-by-stock", "respondents", "Large hosts replied more often than small ones",
            f"In the highest quartile of migrants hosted {_of(by_stock[-1], FOURTH)} States "
            f"replied, in the lowest {_of(by_stock[-1], FIRST)} (edition of {stakes.latest()}).",
            _spread(_gap(each, FOURTH, FIRST) for each in by_stock) * 100, "percentage points",
            "2003-07", (REPLIED, BLOC), "difference of rates", (stakes.replies,), "recorded",
            (*STATES, *STOCK),
        ),
        Finding(
            "respondents-by-development", "respondents", "More developed States replied more often",
            f"{_of(developed[STATE], DEVELOPED)} more developed States replied, and "
            f"{_of(developed[STATE], LESS)} less developed ones.",
            _spread(_gap(each, DEVELOPED, LESS) for each in developed.values()) * 100,
            "percentage points", "2003-07", (REPLIED, BLOC),
            "difference of rates, by States and by letters", (stakes.replies,), "recorded",
            (*STATES, "migrant_stock_areas"),
        ),
    ]  # fmt: skip


def _of(table: pd.DataFrame, group: str) -> str:
    row = table.loc[group]
    return f"{row['replied']:.0f} of {row['asked']:.0f}"


def _gap(table: pd.DataFrame, one: str, other: str) -> float:
    """The difference of two groups' response rates, of 1."""
    return float(table.at[one, "rate"] - table.at[other, "rate"])


def _spread(numbers: Iterable[float]) -> Interval:
    """From the least of some numbers to the largest."""
    return hull(Interval(float(each), float(each)) for each in numbers)


def _chance() -> list[Finding]:
    families = [chance.family(edition) for edition in stakes.editions(stakes.SHARE)]
    told = [chance.told_apart(each, LETTER) for each in families]
    names = [CONTRASTS.get(name, name) for name in told[-1] if all(name in each for each in told)]
    ratios = _spread(
        chance.odds_if_developed(unit, edition)
        for unit, edition in product(stakes.UNITS, stakes.editions(stakes.SHARE))
    )
    return [
        Finding(
            "respondents-not-by-chance", "respondents", "Chance alone does not explain who replied",
            f"Counted by letters, {span(_spread(map(len, told)), '.0f')} of "
            f"{int((families[-1]['unit'] == LETTER).sum())} exact tests reject that replies fell "
            f"at random: those on {listing(name[:1].lower() + name[1:] for name in names)}.",
            _spread(map(len, told)), "tests", "2003-07", (REPLIED, BLOC),
            "exact tests, Holm's adjustment", (chance.family, chance.told_apart), "recorded",
            (*STATES, *STOCK),
        ),
        Finding(
            "respondents-development-at-equal-stakes", "respondents",
            "At equal stakes, too, a model has more developed States reply more",
            "At equal population and share of migrants, a logistic model gives more developed "
            f"States {span(ratios, '.1f')} times the odds of replying.",
            ratios, "odds ratio", "2003-07", (REPLIED, BLOC),
            "ridge logistic regression, by States and by letters",
            (chance.odds_if_developed, chance.ridge), "conditional", (*STATES, *STOCK),
        ),
    ]  # fmt: skip


def _silence() -> list[Finding]:
    less, more = positions.region(NO_LESS), positions.region(NO_MORE)
    pooled = {each: positions.pooled(each) for each in (NO_LESS, NO_MORE)}
    method, by = "monotone selection by quartile", (positions.bounds, positions.region)
    return [
        Finding(
            "respondents-no-less-than-their-like", "respondents",
            "With stakes counted, a majority is not settled",
            "If the silent favoured a conference no less than replying States with about as many "
            f"migrants, at least {100 * less.lo:.1f} per cent of all did; with stakes ignored, "
            f"{100 * pooled[NO_LESS].lo:.1f}.",
            less * 100, "per cent", "2003-07", COUNTS, method, by, "conditional", (*STATES, *STOCK),
        ),
        Finding(
            "respondents-no-more-than-their-like", "respondents",
            "With stakes counted, a minority is not settled either",
            "If the silent favoured a conference no more than replying States with about as many "
            f"migrants, at most {100 * more.hi:.1f} per cent of all did; with stakes ignored, "
            f"{100 * pooled[NO_MORE].hi:.1f}.",
            more * 100, "per cent", "2003-07", COUNTS, method, by, "conditional", (*STATES, *STOCK),
        ),
    ]  # fmt: skip


def _group() -> list[Finding]:
    against = positions.against_the_call()
    nations, members = positions.group_at_the_united_nations(), len(inquiry.members())
    facts = load("public_facts")
    return [
        Finding(
            "respondents-group-of-77", "respondents",
            "The one letter and the whole Group cannot both have favoured",
            f"If the letter for {stated(BLOC).count} States favoured a conference, at least "
            f"{_counts(against)} of the Group of 77's {_counts(positions.group_members())} members "
            "that wrote did not.",
            against, "States", "2003-07", (IN_FAVOUR, RESERVATIONS, BLOC),
            "subtraction", (positions.against_the_call,), "recorded",
            ("group_of_77",),
        ),
        Finding(
            "respondents-group-and-membership", "respondents",
            "A majority, if the Group of 77 spoke for its members",
            f"If the Group's call of 1997 still spoke for each member in {inquiry.YEAR}, at least "
            f"{nations} of {members} Member States favoured a conference.",
            100 * nations / members, "per cent", "2003-07", (), "count of members",
            (positions.group_at_the_united_nations,), "conditional", ("public_facts", "un_members"),
            {"public_facts": facts[facts["fact_id"].isin([CALL, positions.MEMBERS])]},
        ),
    ]  # fmt: skip


def _counts(range_: Interval) -> str:
    return either(range(int(range_.lo), int(range_.hi) + 1))
