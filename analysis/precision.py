"""What a rounded or hedged number can mean: intervals, compatible integers, granularity.

A stated number is a set of possible values, not a point. The conventions, one line each:

* *exact*: the number itself.
* *rounded*: half a unit of the last significant digit either way, both ends closed, because the
  documents do not say how they round halves (JCGM 100:2008, 4.3.7, for the half-width).
* *about*: a whole unit of the last significant digit either way, ends closed: a hedge is read
  as one rounding coarser than the digits shown. A fraction in words ("about two-thirds") reaches
  to the midpoints between it and its neighbours among quarters, thirds and halves.
* *more-than*, *at-least*: one-sided from below, open and closed; *at-most*, *up-to*: from above,
  with nought as the lower end of a count; *range*: the two ends, closed.
* *share-in-words*: a majority or "most" is more than one half; a named fraction is the midpoint
  set of the line above.

Arithmetic is carried by mpmath's interval context, which rounds outwards, so that a computed
interval always encloses the true one (Moore, Kearfott and Cloud, *Introduction to Interval
Analysis*, 2009).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from mpmath import iv

QUALIFIERS = (
    "exact", "rounded", "about", "more-than", "at-least", "at-most", "up-to", "range",
    "share-in-words",
)  # fmt: skip
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
FRACTIONS = {
    "one-quarter": Fraction(1, 4), "one-third": Fraction(1, 3), "half": Fraction(1, 2),
    "majority": Fraction(1, 2), "most": Fraction(1, 2), "two-thirds": Fraction(2, 3),
    "three-quarters": Fraction(3, 4), "nearly all": Fraction(1), "virtually all": Fraction(1),
    "almost each": Fraction(1),
}  # fmt: skip
MAJORITIES = ("majority", "most")
SIMPLE = sorted({Fraction(0), *FRACTIONS.values()})


@dataclass(frozen=True)
class Interval:
    """A set of numbers between two ends, each closed or open; infinite ends are always open.

    Sums and differences, and products and ratios with a plain number, keep an open end open. Other
    products and ratios, and `apply`, close finite ends: the enclosure is safe, never too narrow.

    Raises:
        ValueError: no number lies between the ends.
    """

    lo: float
    hi: float
    lo_closed: bool = True
    hi_closed: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "lo_closed", self.lo_closed and math.isfinite(self.lo))
        object.__setattr__(self, "hi_closed", self.hi_closed and math.isfinite(self.hi))
        point = self.lo == self.hi and self.lo_closed and self.hi_closed
        if not (self.lo < self.hi or point):
            raise ValueError(f"no number lies in the interval from {self.lo} to {self.hi}")

    def __contains__(self, value: float) -> bool:
        above = value >= self.lo if self.lo_closed else value > self.lo
        below = value <= self.hi if self.hi_closed else value < self.hi
        return above and below

    @property
    def width(self) -> float:
        """The upper end less the lower end; infinite where one side is open-ended."""
        return self.hi - self.lo

    @property
    def finite_ends(self) -> tuple[float | None, float | None]:
        """Both ends, an infinite one as `None`."""
        lo, hi = (end if math.isfinite(end) else None for end in (self.lo, self.hi))
        return lo, hi

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both sets: the test for a conflict."""
        lo, hi = max(self.lo, other.lo), min(self.hi, other.hi)
        return lo < hi or (lo == hi and lo in self and lo in other)

    def integers(self) -> range:
        """The integers of the set; an error where there is no upper or lower end."""
        if math.isinf(self.width):
            raise ValueError("a one-sided interval holds infinitely many integers")
        first, last = math.ceil(self.lo), math.floor(self.hi)
        first += first not in self
        last -= last not in self
        return range(first, last + 1)

    def apply(self, function: Callable[[iv.mpf], iv.mpf]) -> Interval:
        """The image under a function of mpmath's interval context, such as `iv.log`."""
        return _from_mp(function(self._mp()))

    def _mp(self) -> iv.mpf:
        return iv.mpf([self.lo, self.hi])

    def __add__(self, other: Interval | float) -> Interval:
        other = as_interval(other)
        closed = (self.lo_closed and other.lo_closed, self.hi_closed and other.hi_closed)
        return _from_mp(self._mp() + other._mp(), closed)

    def __sub__(self, other: Interval | float) -> Interval:
        other = as_interval(other)
        closed = (self.lo_closed and other.hi_closed, self.hi_closed and other.lo_closed)
        return _from_mp(self._mp() - other._mp(), closed)

    def __mul__(self, other: Interval | float) -> Interval:
        factor = as_interval(other)
        return _from_mp(self._mp() * factor._mp(), self._closed_times(factor))

    def __truediv__(self, other: Interval | float) -> Interval:
        divisor = as_interval(other)
        if 0 in divisor:
            raise ZeroDivisionError(f"the divisor [{divisor.lo}, {divisor.hi}] holds nought")
        return _from_mp(self._mp() / divisor._mp(), self._closed_times(divisor))

    def __abs__(self) -> Interval:
        """The absolute values of the numbers."""
        if self.lo >= 0:
            return self
        if self.hi <= 0:
            return self * -1
        return hull([Interval(0, -self.lo, hi_closed=self.lo_closed),
                     Interval(0, self.hi, hi_closed=self.hi_closed)])  # fmt: skip

    def _closed_times(self, factor: Interval) -> tuple[bool, bool]:
        """Which ends of a product or ratio are closed: those of a plain number are as they were."""
        ends = (self.lo_closed, self.hi_closed)
        if factor.width or not factor.lo:
            return True, True
        return ends if factor.lo > 0 else ends[::-1]


def _from_mp(value: iv.mpf, closed: tuple[bool, bool] = (True, True)) -> Interval:
    return Interval(float(value.a), float(value.b), *closed)


def as_interval(value: Interval | float) -> Interval:
    """An interval as it is; a plain number as the interval that holds it alone."""
    return value if isinstance(value, Interval) else Interval(value, value)


def hull(intervals: Iterable[Interval | float]) -> Interval:
    """The smallest interval that holds all the given ones, or numbers; an error for none.

    An end is closed if one of them that reaches it is closed there.
    """
    known = [as_interval(each) for each in intervals]
    if not known:
        raise ValueError("no intervals to span")
    lo, hi = min(each.lo for each in known), max(each.hi for each in known)
    return Interval(
        lo, hi,
        lo_closed=any(each.lo == lo and each.lo_closed for each in known),
        hi_closed=any(each.hi == hi and each.hi_closed for each in known),
    )  # fmt: skip


def parse(figure: str) -> tuple[float, float | None]:
    """The number that a figure writes, and its upper end where it is a range.

    Args:
        figure: digits ("1,234", "175 million", "77%", "24 per cent"), a number word, a named
            share ("two-thirds", "majority"), "twofold" or a range ("2 to 10").

    Returns:
        The value in base units, shares in words as a fraction of 1; the upper end or `None`.

    Raises:
        ValueError: the figure is none of these.
    """
    text = figure.strip().lower()
    if " to " in text:
        low, high = text.split(" to ")
        # "9 to 12 million": the scale is written once and belongs to both ends.
        unit = high.rpartition(" ")[2]
        if unit in SCALES and " " not in low:
            low = f"{low} {unit}"
        return parse(low)[0], parse(high)[0]
    if text in FRACTIONS:
        return float(FRACTIONS[text]), None
    text = re.sub(r"\s*(%|per cent)$", "", text)
    head, _, tail = text.partition(" ")
    scale = SCALES.get(tail, 1)
    head = head.removesuffix("fold") if head.endswith("fold") else head
    if head in WORDS:
        return float(WORDS[head] * scale), None
    if (not tail or tail in SCALES) and re.fullmatch(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?", head):
        return float(Fraction(head.replace(",", "")) * scale), None
    raise ValueError(f"{figure!r} is not a number, a number word or a named share")


def rounding_unit(figure: str) -> float:
    """The unit of the last significant digit: 1e6 for "175 million", 10 for "160", 1 for "24".

    Trailing zeros are not counted as significant, which is the cautious reading.
    """
    value = Fraction(parse(figure)[0]).limit_denominator(10**6)
    digits = re.search(r"\.(\d+)", figure)
    if digits:
        scale = SCALES.get(figure.strip().lower().partition(" ")[2], 1)
        return float(Fraction(scale, 10 ** len(digits.group(1))))
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return float(unit)


def implied(
    figure: str, qualifier: str, *, count: bool = True, unit: float | None = None
) -> Interval:
    """The set of values that a stated figure allows, by the conventions of this module.

    Args:
        figure: the number as the document writes it.
        qualifier: one of `QUALIFIERS`.
        count: whether the quantity counts things, so that it cannot be below nought.
        unit: the rounding unit where it is known; else that of the last significant digit.

    Raises:
        ValueError: an unknown qualifier or figure.
    """
    value, upper = parse(figure)
    step = unit if unit is not None else rounding_unit(figure)
    floor = 0.0 if count else -math.inf
    word = figure.strip().lower()
    match qualifier:
        case "exact":
            return Interval(value, value)
        case "about" | "rounded" if word in FRACTIONS:
            return _named_share(FRACTIONS[word])
        case "rounded":
            return Interval(max(floor, value - step / 2), value + step / 2)
        case "about":
            return Interval(max(floor, value - step), value + step)
        case "more-than":
            return Interval(value, math.inf, lo_closed=False)
        case "at-least":
            return Interval(value, math.inf)
        case "at-most" | "up-to":
            return Interval(floor, value)
        case "range":
            return Interval(value, value if upper is None else upper)
        case "share-in-words":
            if word in MAJORITIES:
                return Interval(0.5, 1.0, lo_closed=False)
            if word in FRACTIONS:
                return _named_share(FRACTIONS[word])
            raise ValueError(f"{figure!r} is not a share in words; expected {', '.join(FRACTIONS)}")
    raise ValueError(f"unknown qualifier {qualifier!r}; expected one of {', '.join(QUALIFIERS)}")


def _named_share(share: Fraction) -> Interval:
    """From the midpoint with the next smaller simple fraction to that with the next larger."""
    below = max((s for s in SIMPLE if s < share), default=share)
    above = min((s for s in SIMPLE if s > share), default=share)
    return Interval(float((below + share) / 2), float((share + above) / 2))


def compatible_counts(share: Interval, denominator: int) -> range:
    """The counts out of `denominator` whose share lies in an interval of shares of 1.

    Raises:
        ValueError: a denominator below one.
    """
    if denominator < 1:
        raise ValueError(f"a share needs a denominator of at least 1, not {denominator}")
    # Exact fractions: a float product would lose counts that lie on an end of the interval.
    lo, hi = _ends(share)
    first = math.ceil(max(lo, Fraction(0)) * denominator)
    last = math.floor(min(hi, Fraction(1)) * denominator)
    first += not _holds(share, Fraction(first, denominator))
    last -= not _holds(share, Fraction(last, denominator))
    return range(first, last + 1) if first <= last else range(0)


def compatible_denominators(count: int, share: Interval, candidates: Iterable[int]) -> list[int]:
    """The denominators for which `count` out of them rounds to the stated share.

    This is the granularity test (Brown and Heathers, "The GRIM test", 2017) turned round: there
    the size is known and the mean is tested; here the share is known and the size is sought.
    """
    return [n for n in candidates if n >= max(count, 1) and _holds(share, Fraction(count, n))]


def _holds(share: Interval, value: Fraction) -> bool:
    lo, hi = _ends(share)
    above = value >= lo if share.lo_closed else value > lo
    below = value <= hi if share.hi_closed else value < hi
    return above and below


def _ends(share: Interval) -> tuple[Fraction | float, Fraction | float]:
    """The ends read as the decimals they are, not as their nearest float; infinite ones as such."""
    lo, hi = (
        Fraction(end).limit_denominator(10**9) if math.isfinite(end) else end
        for end in (share.lo, share.hi)
    )
    return lo, hi
