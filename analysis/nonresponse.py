"""What a survey can say when many do not reply: bounds, exact intervals, tests of selection.

Methods only, numbers in and numbers out; `survey` applies them to Governments. Three ways of
reading the same replies, from the least assumed to the most: bounds that hold whatever the silent
think; bounds that hold if the silent are not too unlike the others; intervals that hold if the
replies are a random draw, with tests of whether they can be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from mpmath import iv
from scipy.stats import hypergeom, multivariate_hypergeom

from analysis.precision import Interval

LEVEL = 0.95  # of confidence limits, and of the range of random draws that charts show


@dataclass(frozen=True)
class Lean:
    """Replies on either side of a question, in one unit of count."""

    favour: int
    reserve: int

    def __post_init__(self) -> None:
        if self.favour < 0 or self.reserve < 0:
            raise ValueError(f"no replies can be fewer than none: {self}")

    @property
    def replied(self) -> int:
        """All replies."""
        return self.favour + self.reserve

    @property
    def share(self) -> float:
        """The share of the replies in favour; an error without replies."""
        return self.favour / self.replied


# --- Whatever the silent think -------------------------------------------------------------------


def worst_case(lean: Lean, population: int) -> Interval:
    """The share of a population in favour, with nothing assumed about those who did not reply.

    The bounds with missing outcomes of Manski, *Partial Identification of Probability
    Distributions* (2003), ch. 1: once with no silent unit in favour, once with all. Their
    distance is the share that did not reply, whatever the replies were.
    """
    silent = _silent(lean, population)
    return Interval(lean.favour / population, (lean.favour + silent) / population)


def bounded_difference(lean: Lean, population: int, gap: float) -> Interval:
    """The same if the silent share in favour is within `gap` (of 1) of the replies' share.

    Bounded variation: Manski and Pepper, "How Do Right-to-Carry Laws Affect Crime Rates? Coping
    with Ambiguity Using Bounded-Variation Assumptions", *Review of Economics and Statistics*
    100 (2018).
    """
    if not lean.replied:
        return worst_case(lean, population)  # there is no share to be near
    silent = _silent(lean, population)
    least, most = max(0.0, lean.share - gap), min(1.0, lean.share + gap)
    return Interval(
        (lean.favour + silent * least) / population, (lean.favour + silent * most) / population
    )


def breakdown(lean: Lean, population: int) -> float:
    """The least `gap` at which a majority of the replies may no longer be one of the population.

    The breakdown point of Horowitz and Manski, "Identification and Robustness with Contaminated
    and Corrupted Data", *Econometrica* 63 (1995); infinite where no gap is wide enough.
    """
    silent = _silent(lean, population)
    if not lean.replied or not silent:
        return math.inf
    gap = abs(lean.share - 0.5) * population / silent
    widest = max(lean.favour, lean.reserve) / lean.replied
    return gap if gap <= widest else math.inf


def tipping_point(lean: Lean, population: int) -> int:
    """How many of the silent must favour for more than half of the population to favour.

    More than there are means that no majority was within reach; nought, that it was certain.
    """
    _silent(lean, population)
    return max(0, population // 2 + 1 - lean.favour)


def _silent(lean: Lean, population: int) -> int:
    if population < max(1, lean.replied):
        raise ValueError(f"{lean.replied} replies cannot come from a population of {population}")
    return population - lean.replied


# --- One inquiry or several ----------------------------------------------------------------------


def one_letter(pooled: Interval, letters: int) -> Interval:
    """The average response to one of several letters, from the share that answered any of them.

    If the same units answered every time it is the pooled share itself; if none answered twice,
    that share divided by the number of letters (Boole's inequality).
    """
    return Interval(pooled.lo / letters, pooled.hi, pooled.lo_closed, pooled.hi_closed)


def any_letter(rate: float, letters: int) -> Interval:
    """The share that answers at least one of several letters, each answered by a share `rate`."""
    return Interval(rate, min(1.0, rate * letters))


def one_if_independent(pooled: Interval, letters: int) -> Interval:
    """The response to one letter if every unit answered each at random: 1 - (1 - pooled)^(1/k)."""
    return pooled.apply(lambda share: 1 - iv.exp(iv.log(1 - share) / letters))


def any_if_independent(rate: float, letters: int) -> float:
    """The share that answers at least one letter if every unit answers each at random."""
    return 1 - (1 - rate) ** letters


# --- If the replies are a random draw ------------------------------------------------------------


def draw_interval(found: int, drawn: int, population: int, level: float = LEVEL) -> Interval:
    """Exact confidence limits for how many of a finite population favour, from a random draw.

    Every count that neither tail of the hypergeometric distribution rejects, so that the finite
    population is taken into account without approximation (Buonaccorsi, "A Note on Confidence
    Intervals for Proportions in Finite Populations", *The American Statistician* 41, 1987).
    """
    if not 0 <= found <= drawn <= population or drawn < 1:
        raise ValueError(f"{found} of {drawn} drawn from {population} is no draw")
    counts = np.arange(found, population - drawn + found + 1)
    tail = (1 - level) / 2
    as_many = hypergeom.sf(found - 1, population, counts, drawn)
    as_few = hypergeom.cdf(found, population, counts, drawn)
    kept = counts[(as_many > tail) & (as_few > tail)]
    return Interval(float(kept.min()), float(kept.max()))


# --- Whether they can be -------------------------------------------------------------------------


def r_indicator(replied: np.ndarray, size: np.ndarray) -> np.ndarray:
    """One less twice the standard deviation of response over the units of a population.

    Schouten, Cobben and Bethlehem, "Indicators for the Representativeness of Survey Response",
    *Survey Methodology* 35 (2009). One: all groups replied alike. Nought: half of the units always
    reply and half never. The whole population is observed, so no sampling correction is due.

    Args:
        replied: replies by group in the last axis; leading axes hold further tables.
        size: units by group.
    """
    rate = replied.sum(axis=-1, keepdims=True) / size.sum()
    variance = (size * (replied / size - rate) ** 2).sum(axis=-1) / size.sum()
    return 1 - 2 * np.sqrt(variance)


def possible_replies(size: Sequence[int], total: int) -> np.ndarray:
    """Every way in which `total` replies can fall on groups of these sizes, one way a row."""
    tables = np.zeros((1, 0), dtype=int)
    for index, most in enumerate(size):
        left, room = total - tables.sum(axis=1), sum(size[index + 1 :])
        fits = [(k, (left >= k) & (left - k <= room)) for k in range(most + 1)]
        tables = np.vstack([np.column_stack([tables[ok], np.full(ok.sum(), k)]) for k, ok in fits])
    return tables


@dataclass(frozen=True)
class Selection:
    """Replies by group against chance.

    Attributes:
        p_value: probability of replies as uneven as these, or more so, in a random draw.
        r: the R-indicator of the replies.
        r_by_chance: its mean over all draws, which is below one because draws are never even.
        r_as_low: probability of an R as low as this in a random draw.
    """

    p_value: float
    r: float
    r_by_chance: float
    r_as_low: float


def against_chance(replied: Sequence[int], size: Sequence[int]) -> Selection:
    """Whether all units can have been as likely to reply, whatever their group, by enumeration.

    The p-value sums the probabilities of all tables no likelier than the one seen (Freeman and
    Halton, *Biometrika* 38, 1951; with two groups, Fisher's exact test).
    """
    seen, sizes = np.asarray(replied), np.asarray(size)
    if seen.shape != sizes.shape or (seen < 0).any() or (seen > sizes).any() or not sizes.all():
        raise ValueError(f"replies {list(replied)} do not fit groups of {list(size)}")
    draws = multivariate_hypergeom(sizes, int(seen.sum()))
    tables = possible_replies([int(n) for n in sizes], int(seen.sum()))
    weight, r, r_seen = draws.pmf(tables), r_indicator(tables, sizes), r_indicator(seen, sizes)
    # The tolerances keep ties, which rounding errors of the last digit would break.
    no_likelier = weight <= draws.pmf(seen) * (1 + 1e-9)
    return Selection(
        p_value=min(1.0, float(weight[no_likelier].sum())),
        r=float(r_seen),
        r_by_chance=float((weight * r).sum()),
        r_as_low=min(1.0, float(weight[r <= r_seen + 1e-12].sum())),
    )
