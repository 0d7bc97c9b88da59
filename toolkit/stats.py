"""What small numbers can say: intervals of shares, of their difference and of means at 95 %, waits, and how even a load is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import atan, cos, pi, sin, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

Z = 1.959963984540054
_SURE = 0.95


class Interval(NamedTuple):
    """A value and the bounds within which it may well lie."""

    value: float
    low: float
    high: float


def wilson(count: float, of: int) -> Interval:
    """The share of `count` in `of` (at least 1), after Wilson 1927."""
    share, square = count / of, Z * Z
    center = (count + square / 2) / (of + square)
    half = Z / (of + square) * sqrt(count * (of - count) / of + square / 4)
    return Interval(share, max(center - half, 0.0), min(center + half, 1.0))


def newcombe(one: Interval, other: Interval) -> Interval:
    """The difference of two shares, from their Wilson intervals, after Newcombe 1998, method 10."""
    gap = one.value - other.value
    low = gap - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = gap + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(gap, low, high)


def mean(values: Sequence[float]) -> Interval:
    """The mean of two values at least, with Student's interval; of one value or none the bounds say nothing."""
    if len(values) < 2:
        raise ValueError("an interval of a mean needs two values")
    middle, half = fmean(values), student(len(values) - 1) * stdev(values) / sqrt(len(values))
    return Interval(middle, middle - half, middle + half)


def student(freedom: int) -> float:
    """How many standard errors a mean may be off: Student's t for 95 % on both sides, by halving.

    The share between -t and t is a finite sum for whole degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 4).
    """
    low, high = 0.0, 13.0  # the widest is that of one degree of freedom, 12.7
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _between(middle, freedom) < _SURE else (low, middle)
    return (low + high) / 2


def _between(t: float, freedom: int) -> float:
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 if odd else 1, freedom - 1, 2):
        term *= step / (step + 1) * cos(angle) ** 2
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def gini(loads: Iterable[float]) -> float | None:
    """How uneven loads are: 0 where all carry the same, towards 1 where one carries all; None where nobody carries any."""
    ordered = sorted(loads)
    total = sum(ordered)
    if not total:
        return None
    weighted = sum(place * load for place, load in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def jain(loads: Iterable[float]) -> float | None:
    """How even loads are, after Jain 1984: 1 where all carry the same, 1/n where one of n carries all; None without a load."""
    each = list(loads)
    total = sum(each)
    return total**2 / (len(each) * sum(load**2 for load in each)) if total else None


def half(waited: Sequence[float], waiting: Sequence[float] = ()) -> float | None:
    """After how long half of all had what they waited for, after Kaplan and Meier 1958; None while more than half wait.

    Who still waits (`waiting`) counts as long as they have waited so far. With nobody waiting it is the median.
    """
    done, every = Counter(waited), sorted((*waited, *waiting))
    left, reached = Fraction(1), None
    for time in sorted(done):
        if reached is not None:
            return (reached + time) / 2
        left *= 1 - Fraction(done[time], len(every) - bisect_left(every, time))
        if left < Fraction(1, 2):
            return time
        if left == Fraction(1, 2):
            reached = time
    return reached
