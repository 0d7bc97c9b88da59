"""Raising the lowest score, then the next lowest, to a stated depth (leximin), exactly."""

from __future__ import annotations

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.solvers import NOBODY, Choices, Cost, flow, minimize, only, restrict


def raise_lowest(
    choices: Choices, score: Integers, exempt: Booleans, counted: bool, depth: int
) -> tuple[Choices, tuple[int, ...]]:
    """Make the lowest score as high as can be, then the next one, `depth` scores in all; keep what is as good.

    `exempt` mentees are pinned and do not count. Where `counted`, a mentee without a pair counts as lower than any
    score; else their number is settled already and they do not count. Returns what stays open and the scores reached,
    in ascending order; fewer than `depth` where fewer pairs exist.
    """
    values: list[int] = []
    settled = exempt[:, None] & choices.pairs  # pairs that may stay whatever their score
    may_leave = choices.leave & ~np.bool_(counted)
    while len(values) < depth:
        level = _highest(choices, score, settled, may_leave)
        if level is None:
            break
        above = settled | (score >= level)
        choices = only(choices, above, np.ones_like(may_leave) if level < 0 else may_leave)
        at_level = choices.pairs & (score == level) & ~settled
        leaves = int(level < 0)
        if depth - len(values) == 1:
            values.append(level)
            break
        cost = Cost(at_level.astype(np.int64) * (1 - leaves), leave=leaves)
        solution = minimize(choices, cost)
        count = _count(at_level, solution.mate, leaves)
        values.extend([level] * min(count, depth - len(values)))
        if len(values) < depth:
            choices = restrict(choices, cost, solution)
            settled |= at_level
            may_leave = may_leave | (choices.leave & np.bool_(leaves))
    return choices, tuple(values)


def _count(at_level: Booleans, mate: Integers, leaves: int) -> int:
    if leaves:
        return int((mate == NOBODY).sum())
    rows = np.flatnonzero(mate != NOBODY)
    return int(at_level[rows, mate[rows]].sum())


def _highest(choices: Choices, score: Integers, settled: Booleans, may_leave: Booleans) -> int | None:
    """Find the highest level such that pairs at or above it, and the settled ones, suffice; None if those alone do.

    Levels are tried from above, where few pairs are left to try, in steps that double; then the gap is halved.
    """
    if _suffices(choices, settled, may_leave):
        return None
    open_scores = np.sort(score[choices.pairs & ~settled])[::-1]
    best = np.where(choices.pairs & ~settled, score, -1).max(axis=1, initial=-1)
    needs = ~may_leave & ~(settled & choices.pairs).any(axis=1)
    ceiling = int(best[needs].min(initial=int(open_scores[0]) if len(open_scores) else -1))
    tried, step = int((open_scores > ceiling).sum()), 2 * len(score)
    good: int | None = None
    bad = int((open_scores > ceiling).sum())  # so many of the best pairs are known not to suffice
    while tried < len(open_scores):
        level = int(open_scores[tried])
        reach = int((open_scores >= level).sum())
        if _suffices(choices, settled | (score >= level), may_leave):
            good = reach
            break
        bad, tried, step = reach, max(reach, min(tried + step, len(open_scores) - 1)), step * 2
    if good is None:
        return NOBODY  # somebody has to stay without a pair
    return _halve(choices, score, settled, may_leave, open_scores, bad, good)


def _halve(
    choices: Choices,
    score: Integers,
    settled: Booleans,
    may_leave: Booleans,
    open_scores: Integers,
    bad: int,
    good: int,
) -> int:
    levels = np.unique(open_scores[bad:good])[::-1]
    low, high = 0, len(levels) - 1  # levels[high] suffices
    while low < high:
        middle = (low + high) // 2
        if _suffices(choices, settled | (score >= levels[middle]), may_leave):
            high = middle
        else:
            low = middle + 1
    return int(levels[high])


def _suffices(choices: Choices, pairs: Booleans, may_leave: Booleans) -> bool:
    narrowed = only(choices, pairs, may_leave)
    return flow(narrowed, narrowed.pairs, None) is not None
