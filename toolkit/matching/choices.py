"""What is open in an assignment and what it costs: the nouns that its solver, its prices and its stages share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.tables import Table, added, block, largest, weighted

NOBODY = -1
LIMIT = 2**62
_BLOCK = 64  # rows that are looked at together: their numbers stay in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What is still open: the pairs, who may stay without one, and each mentor's least and greatest load."""

    pairs: Booleans
    leave: Booleans
    low: Integers
    high: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """What is minimized: the cost of each pair, of leaving a mentee without one, and of each mentor's k-th mentee.

    `load[j, k]` is the cost of mentor j's (k+1)-th mentee and never falls with k; without it, load costs nothing.
    """

    pairs: Table
    leave: int = 0
    load: Integers | None = None

    def largest(self) -> int:
        """The most that one mentee can add or take away: with a pair and its place in the load, or without."""
        load = 0 if self.load is None else int(np.abs(self.load).max(initial=0))
        return max(abs(self.leave), largest(self.pairs) + load)

    def loads(self, choices: Choices) -> Integers:
        """The cost of each mentor's k-th mentee, as far as loads can reach."""
        if self.load is not None:
            return self.load
        return np.zeros((len(choices.high), max(int(choices.high.max(initial=0)), 1)), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Dual prices: where no open choice costs less than them, a flow that costs what they come to is optimal."""

    mentee: Integers
    mentor: Integers
    outside: int


def only(choices: Choices, pairs: Booleans, leave: Booleans) -> Choices:
    """Narrow the choices to these pairs and these mentees who may stay without one."""
    return replace(choices, pairs=choices.pairs & pairs, leave=choices.leave & leave)


def pack(costs: list[Cost]) -> Cost | None:
    """Add costs up so that one unit of an earlier one outweighs all that those after it can differ by.

    None where a sum of the packed costs could leave 64 bits, in the solver or in the prices.
    """
    rows = costs[0].pairs.shape[0]
    packed, weight = costs[-1], 1
    for place, cost in enumerate(reversed(costs)):
        if not _fits(cost, weight):
            return None
        if place:
            pairs, leave = added(packed.pairs, weighted(cost.pairs, weight)), packed.leave + weight * cost.leave
            packed = Cost(pairs, leave, _both(packed.load, cost.load, weight))
        weight *= 2 * cost.largest() * rows + 1
    return packed if _fits(packed) else None


def _fits(cost: Cost, weight: int = 1) -> bool:
    return weight * cost.largest() * (sum(cost.pairs.shape) + 2) * 4 < LIMIT


def _both(load: Integers | None, more: Integers | None, weight: int) -> Integers | None:
    if more is None:
        return load
    heavy: Integers = weight * more
    return heavy if load is None else load + heavy


class Relative:
    """What pairs cost less the price of their mentor, for rows at once."""

    def __init__(self, cost: Cost, mentor: Integers) -> None:
        self._pairs, self._narrow = cost.pairs, largest(cost.pairs) + int(np.abs(mentor).max(initial=0)) < 2**30
        self._below = mentor.astype(np.int32) if self._narrow else mentor.copy()

    def rows(self, part: slice) -> Any:
        """A new array of the rows of a block, as int32 where that is wide enough."""
        values = block(self._pairs, part, self._narrow)
        values -= self._below
        return values

    def against(self, mentee: Integers) -> Any:
        """What rows are compared with, a number each: cut to what 32 bits hold, where no row comes near to that."""
        if self._narrow:
            return np.clip(mentee, 1 - 2**31, 2**31 - 1).astype(np.int32)[:, None]
        return mentee[:, None]


def parts(rows: int) -> Iterator[slice]:
    """Cut the rows into blocks whose numbers stay in the processor's cache."""
    return (slice(start, min(start + _BLOCK, rows)) for start in range(0, rows, _BLOCK))


def runs(values: Integers) -> tuple[Any, Any]:
    """The different values of a sorted array, and where each begins."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.zeros(0, dtype=np.int64)
    return values[starts], starts
