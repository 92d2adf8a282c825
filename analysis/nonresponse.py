"""What a survey can say when many do not reply: bounds, from the least assumed to the most.

Methods only, numbers in and numbers out; `survey` applies them to Governments and `mechanisms` to
mechanisms. Everybody on a closed list was asked, so no sampling error belongs to any of it: bounds
hold whatever the silent think, or if they are not too unlike the others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from mpmath import iv

from analysis.precision import Interval


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
