"""Raising the lowest score, then the next lowest, to a stated depth (leximin), exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.arcs import spread
from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.choices import parts
from toolkit.matching.solvers import NOBODY, Choices, Cost, minimize, restrict, suffice
from toolkit.matching.tables import Equal, Table, block

_NONE = SCALE + 2  # above every score: those who stand for having no mentor are at SCALE + 1
_TRIED = (16, 256)  # about so many pairs of one mentee are tried at first, where very many are open


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
        level = _highest(left)
        if level is None:
            break
        leave = left.choices.leave & (left.may_leave | (level < 0))
        left = replace(left, choices=replace(left.choices, pairs=_above(left, level), leave=leave))
        if depth - len(values) == 1:
            values.append(level)
            break
        count, left = _settled(left, level)
        values.extend([level] * min(count, depth - len(values)))
    return left.choices, tuple(values)


def _above(left: _Open, level: int) -> Booleans:
    pairs = np.empty_like(left.choices.pairs)
    for part in parts(len(pairs)):
        pairs[part] = left.above(part, level)
    return pairs


def _settled(left: _Open, level: int) -> tuple[int, _Open]:
    """Let as few as can be have this score, or no pair where that is the level; returns how many do."""
    none = level < 0
    cost = Cost(Equal(left.score, NOBODY if none else level, ~left.exempt), leave=int(none))
    found = minimize(left.choices, cost)
    choices = restrict(left.choices, cost, found)
    return found.value, replace(left, choices=choices, may_leave=left.may_leave | (choices.leave & none), last=level)


def _highest(left: _Open) -> int | None:
    """Find the highest level such that pairs at or above it, and the settled ones, suffice; None if those alone do.

    Levels are tried from above, where few pairs are left to try, in steps that double; then the gap is halved.
    """
    if _suffices(left, _NONE):
        return None
    levels, reach, ceiling = _levels(left)
    bad, good, step = int((levels > ceiling).sum()) - 1, None, 2 * len(left.exempt)
    tried = bad + 1
    while tried < len(levels):
        if _suffices(left, int(levels[tried])):
            good = tried
            break
        bad, tried = tried, max(tried + 1, min(int(np.searchsorted(reach, reach[tried] + step)), len(levels) - 1))
        step *= 2
    if good is None:
        return NOBODY  # somebody has to stay without a pair
    while good - bad > 1:
        middle = (bad + good) // 2
        bad, good = (bad, middle) if _suffices(left, int(levels[middle])) else (middle, good)
    return int(levels[good])


def _levels(left: _Open) -> tuple[Integers, Integers, int]:
    """The scores from the highest down, how many pairs reach each, and which none above can be the level.

    That is the least of the best scores of those who have to have a pair and have none that is settled.
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
    return levels, np.cumsum(counts[levels]), ceiling


def _suffices(left: _Open, level: int) -> bool:
    """Tell whether pairs at or above a level, and the settled ones, allow an assignment; some of them are tried first."""
    choices = replace(left.choices, leave=left.choices.leave & left.may_leave)
    for most in (*_TRIED, None):
        found, cut = [], False
        for part in parts(len(left.exempt)):
            above = left.above(part, level)
            if most is not None:
                every = np.count_nonzero(above)
                spread(above, part.start, most)
                cut = cut or bool(np.count_nonzero(above) < every)
            found.append(np.flatnonzero(above) + part.start * above.shape[1])
        if suffice(choices, np.concatenate(found) if found else np.zeros(0, dtype=np.int64)):
            return True
        if not cut:
            return False
    return False
