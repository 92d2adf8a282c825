"""What the chapter on who replied found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pandas as pd

from analysis import inquiry
from analysis.findings import Finding
from analysis.nonresponse import worst_case
from analysis.precision import Interval, hull
from analysis.respondents import chance, positions, stakes
from analysis.respondents.positions import (
    BLOC,
    FALLS,
    IN_FAVOUR,
    NO_LESS,
    NO_MORE,
    REPLIED,
    RESERVATIONS,
    RISES,
)
from analysis.respondents.stakes import BY_STOCK, DEVELOPED, FIRST, FOURTH, LESS, LETTER, STATE
from analysis.respondents.tables import CONTRASTS
from analysis.statements import stated
from analysis.tables import load
from analysis.words import either, listing, per_cent, span

STOCK = ("migrant_stock", "migrant_stock_areas")
STATES = ("un_members", "eu_members_2003")
GROUP = ("group_of_77", "public_facts")
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
    stock = {unit: stakes.replies(unit, stakes.latest(), BY_STOCK) for unit in stakes.UNITS}
    spread = _spread(
        _gap(stakes.replies(STATE, edition, BY_STOCK), FOURTH, FIRST)
        for edition in stakes.editions()
    )
    developed = {u: stakes.replies(u, stakes.latest(), "development") for u in stakes.UNITS}
    return [
        Finding(
            "respondents-migrants-hosted", "respondents",
            "Few States replied, and they host many migrants",
            f"The {stated(REPLIED).count} Member States that replied in {inquiry.YEAR} were "
            f"{100 * share:.1f} per cent of the membership and hosted {per_cent(hosted)} per cent "
            f"of the world's migrants in {stakes.YEAR}.",
            hosted * 100, "per cent", str(stakes.YEAR), (REPLIED,), "share of the migrant stock",
            (stakes.parts,), "recorded", (*STATES, *STOCK),
        ),
        Finding(
            "respondents-by-stock", "respondents", "Large hosts replied more often than small ones",
            f"In the highest quartile of migrants hosted {_of(stock[STATE], FOURTH)} States "
            f"replied, in the lowest {_of(stock[STATE], FIRST)}; of letters, "
            f"{_of(stock[LETTER], FOURTH)} and {_of(stock[LETTER], FIRST)} "
            f"(edition of {stakes.latest()}).",
            spread * 100, "percentage points", "2003-07", (REPLIED, BLOC), "difference of rates",
            (stakes.replies,), "recorded", (*STATES, *STOCK),
        ),
        Finding(
            "respondents-by-development", "respondents", "More developed States replied more often",
            f"{_of(developed[STATE], DEVELOPED)} more developed States replied and "
            f"{_of(developed[STATE], LESS)} less developed ones; counting the European Union once, "
            f"{_of(developed[LETTER], DEVELOPED)} and {_of(developed[LETTER], LESS)}.",
            _spread(_gap(each, DEVELOPED, LESS) for each in developed.values()) * 100,
            "percentage points", "2003-07", (REPLIED, BLOC), "difference of rates",
            (stakes.replies,), "recorded", (*STATES, "migrant_stock_areas"),
        ),
    ]  # fmt: skip


def _either(counts: Interval) -> str:
    return either(range(int(counts.lo), int(counts.hi) + 1))


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
    alike = [CONTRASTS.get(name, name) for name in chance.in_both_units(families)]
    kept = _spread(len(chance.unlikely(each)) for each in families)
    ratios = _spread(
        chance.odds(unit, edition)["developed"]
        for unit, edition in product(stakes.UNITS, stakes.editions(stakes.SHARE))
    )
    return [
        Finding(
            "respondents-not-by-chance", "respondents", "Replies did not fall at random",
            f"Of {len(families[-1])} exact tests of random replies, {span(kept, '.0f')} stay below "
            f"{chance.LEVEL} when adjusted for one another; by States and letters alike on "
            f"{listing(label[:1].lower() + label[1:] for label in alike)}.",
            kept, "tests", "2003-07", (REPLIED, BLOC), "exact tests, Holm's adjustment",
            (chance.family, chance.in_both_units), "recorded", (*STATES, *STOCK),
        ),
        Finding(
            "respondents-development-at-equal-stakes", "respondents",
            "Development group at equal population and share of migrants",
            "At equal population and share of migrants, more developed States had "
            f"{span(ratios, '.1f')} times the odds of replying, by letters or by States.",
            ratios, "odds ratio", "2003-07", (REPLIED, BLOC), "ridge logistic regression",
            (chance.odds, chance.ridge), "conditional", (*STATES, *STOCK),
        ),
    ]  # fmt: skip


def _silence() -> list[Finding]:
    less, more, falls, rises = (
        positions.region(BY_STOCK, each) for each in (NO_LESS, NO_MORE, FALLS, RISES)
    )
    pooled = positions.pooled(NO_LESS)
    records = (*STATES, *STOCK)
    return [
        Finding(
            "respondents-no-less-than-their-like", "respondents",
            "A majority is not settled once stakes count",
            "If the silent favoured no less than States that replied and host about as many "
            f"migrants, {per_cent(less)} per cent of all favoured; with stakes ignored, at least "
            f"{100 * pooled.lo:.1f}.",
            less * 100, "per cent", "2003-07", COUNTS, "monotone selection by quartile",
            (positions.bounds, positions.region), "conditional", records,
        ),
        Finding(
            "respondents-no-more-than-their-like", "respondents",
            "A minority is not settled either",
            "If the silent favoured no more than States that replied and host about as many "
            f"migrants, {per_cent(more)} per cent of all favoured.",
            more * 100, "per cent", "2003-07", COUNTS, "monotone selection by quartile",
            (positions.bounds, positions.region), "conditional", records,
        ),
        Finding(
            "respondents-support-and-stakes", "respondents",
            "What it adds that support falls or rises with stakes",
            f"If support falls as migrants hosted rise, at least {100 * falls.lo:.1f} per cent "
            f"favoured; if it rises, at most {100 * rises.hi:.1f}: little narrower than with "
            "nothing assumed.",
            Interval(falls.lo, rises.hi) * 100, "per cent", "2003-07", COUNTS,
            "monotone instrumental variable", (positions.bounds, positions.region, worst_case),
            "conditional", records,
        ),
    ]  # fmt: skip


def _group() -> list[Finding]:
    group, against = positions.group_members(), positions.against_the_call()
    bloc, lean = stated(BLOC).count, positions.governments()
    nations, members = positions.group_at_the_united_nations(), len(inquiry.members())
    letters = lean.reserve - bloc + 1
    facts = load("public_facts")
    return [
        Finding(
            "respondents-group-of-77", "respondents",
            "The one letter and all the Group of 77 cannot both favour",
            f"If the letter for {bloc} States favoured a conference, at least "
            f"{_either(against)} of the {_either(group)} members of the Group of 77 that wrote "
            "did not.",
            against, "States", "2003-07", (IN_FAVOUR, RESERVATIONS, BLOC),
            "bounds from known margins", (positions.among, positions.bloc_and_group), "recorded",
            GROUP[:1],
        ),
        Finding(
            "respondents-bloc-side", "respondents", "The side of the one letter, on an assumption",
            "If the members of the Group of 77 that wrote kept to its call of 1997, the letter "
            f"for {bloc} States had reservations: {lean.favour} letters in favour, {letters} not.",
            float(lean.favour), "letters", "2003-07", (IN_FAVOUR, RESERVATIONS, BLOC),
            "bounds from known margins", (positions.bloc_and_group,), "conditional", GROUP,
            {"public_facts": facts[facts["fact_id"] == CALL]},
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
