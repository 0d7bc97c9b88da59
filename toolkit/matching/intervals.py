"""How sure a share is: Wilson's interval for one, Newcombe's (method 10) for the difference of two, both at 95 %."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054


class Interval(NamedTuple):
    """A value and the bounds within which it may well lie."""

    value: float
    low: float
    high: float


def wilson(count: int, of: int) -> Interval:
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
