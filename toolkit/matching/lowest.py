"""Raising the lowest score, then the next lowest, to a stated depth (leximin), exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.choices import parts
from toolkit.matching.solvers import NOBODY, Choices, Cost, allowing, minimize, restrict
from toolkit.matching.tables import Equal, Table, block

_NONE = SCALE + 2  # above every score: those who stand for having no mentor are at SCALE + 1


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """What is open: pairs, of which those up to the last score reached are settled, and who need not have one."""

    choices: Choices
    score: Table
    exempt: Booleans
    may_leave: Booleans
    last: int = NOBODY

    def block(self, part: slice) -> tuple[Any, Any, Any]:
        """For some mentees: the open pairs, their scores, and which of them are settled."""
        pairs, score = self.choices.pairs[part], block(self.score, part, True)
        return pairs, score, pairs & ((score <= self.last) | self.exempt[part, None])

    def above(self, part: slice, level: int) -> Any:
        """For some mentees: the pairs that are settled, or that score so much."""
        pairs, score, settled = self.block(part)
        return settled | (pairs & (score >= level))


def raise_lowest(
    choices: Choices, score: Table, exempt: Booleans, counted: bool, depth: int
) -> tuple[Choices, tuple[int, ...]]:
    """Make the lowest score as high as can be, then the next one, `depth` scores in all; keep what is as good.

    `exempt` mentees are pinned and do not count. Where `counted`, a mentee without a pair counts as lower than any
    score; else their number is settled already and they do not count. Returns what stays open and the scores reached,
    in ascending order; fewer than `depth` where fewer pairs exist.
    """
    values: list[int] = []
    left = _Open(choices, score, exempt, choices.leave & ~np.bool_(counted))
    while len(values) < depth:
        found = _highest(left)
        if found is None:
            break
        level, known = found
        leave = left.choices.leave & (left.may_leave | (level < 0))
        left = replace(left, choices=replace(left.choices, pairs=_above(left, level), leave=leave))
        if depth - len(values) == 1:
            values.append(level)
            break
        count, fewest = _settled(left, level, known)
        values.extend([level] * min(count, depth - len(values)))
        left = fewest if len(values) < depth else left  # how many more there are decides nothing any more
    return left.choices, tuple(values)


def _above(left: _Open, level: int) -> Booleans:
    pairs = np.empty_like(left.choices.pairs)
    for part in parts(len(pairs)):
        pairs[part] = left.above(part, level)
    return pairs


def _settled(left: _Open, level: int, known: Integers | None) -> tuple[int, _Open]:
    """Let as few as can be have this score, or no pair where that is the level; returns how many do."""
    none = level < 0
    cost = Cost(Equal(left.score, NOBODY if none else level, ~left.exempt), leave=int(none))
    found = minimize(left.choices, cost, known)
    choices = restrict(left.choices, cost, found)
    return found.value, replace(left, choices=choices, may_leave=left.may_leave | (choices.leave & none), last=level)


def _highest(left: _Open) -> tuple[int, Integers | None] | None:
    """Find the highest level such that pairs at or above it, and the settled ones, suffice; None if those alone do.

    With it come pairs that allow an assignment. Where none suffices, somebody has to stay without a pair.
    """
    if _sufficing(left, _NONE) is not None:
        return None
    levels, known = _levels(left), None
    few, enough = 0, len(levels)
    while few < enough:
        middle = (few + enough) // 2
        arcs = _sufficing(left, int(levels[middle]))
        if arcs is None:
            few = middle + 1
        else:
            enough, known = middle, arcs
    return (NOBODY if known is None else int(levels[enough])), known


def _levels(left: _Open) -> Integers:
    """The scores of open pairs from the highest down, without those that cannot be the level.

    Whoever has to have a pair and has none that is settled sets a ceiling by the best score there is.
    """
    counts, ceiling = np.zeros(_NONE, dtype=np.int64), _NONE
    for part in parts(len(left.exempt)):
        pairs, score, settled = left.block(part)
        further = pairs & ~settled
        counts += np.bincount(score[further], minlength=_NONE)
        needs = ~left.may_leave[part] & ~settled.any(axis=1)
        best = np.where(further, score, NOBODY).max(axis=1, initial=NOBODY)
        ceiling = min(ceiling, int(best[needs].min(initial=_NONE)))
    levels = np.flatnonzero(counts)[::-1]
    return levels[levels <= ceiling]


def _sufficing(left: _Open, level: int) -> Integers | None:
    """Find pairs at or above a level, or settled, that allow an assignment; None where they do not."""
    choices = replace(left.choices, leave=left.choices.leave & left.may_leave)
    return allowing(choices, lambda part: left.above(part, level))
