"""What chance would do: plans drawn at random that break no constraint, all of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.circles import circle_of
from toolkit.matching.objective import Instance
from toolkit.matching.outcome import Formed
from toolkit.matching.peers import Circle
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY

DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance would do: means over random plans that break no constraint; `total` is 0 to 10,000 a pair."""

    matched: float
    total: float


def baseline(problem: Problem, formed: Sequence[Formed]) -> Chance | None:
    """Draw for a plan of any model; None for rounds, in which everybody meets everybody in the end.

    Groups keep their mentors and their sizes, and mentees are drawn into them.
    """
    seed = problem.policy.seed
    if problem.shape.kind == "rounds":
        return None
    if problem.shape.mutual:
        return _peers(circle_of(problem), seed)
    if problem.shape.kind == "seats":
        return _groups(problem, tuple(formed), seed)
    return chance(problem.instance, seed)


def chance(instance: Instance, seed: int, draws: int = DRAWS) -> Chance:
    """Draw matchings: in a random order each mentee gets a random mentor who is possible and has a place left.

    Pins hold in each of them. All draws are made side by side, so that their number costs little.
    """
    draw = np.random.Generator(np.random.PCG64(seed))
    pinned = np.flatnonzero(instance.pinned != NOBODY)
    room = instance.room - np.bincount(instance.pinned[pinned], minlength=len(instance.room))
    left = np.tile(room, (draws, 1))
    total = np.full(draws, int(instance.score[pinned, instance.pinned[pinned]].sum()), dtype=np.int64)
    matched = np.full(draws, len(pinned), dtype=np.int64)
    others = np.flatnonzero(instance.pinned == NOBODY)
    order = np.argsort(draw.random((draws, len(others))), axis=1)
    every = np.arange(draws)
    for place in range(len(others) if len(room) else 0):
        rows = others[order[:, place]]
        wish = np.where(instance.eligible[rows] & (left > 0), draw.random(left.shape), -1.0)
        column = wish.argmax(axis=1)
        made = wish[every, column] >= 0
        left[every[made], column[made]] -= 1
        total[made] += instance.score[rows[made], column[made]]
        matched += made
    return Chance(float(matched.mean()), float(total.mean()))


def _groups(problem: Problem, formed: tuple[Formed, ...], seed: int, draws: int = DRAWS) -> Chance:
    """Draw mentees into the groups of a plan: in a random order each into one that is possible and has a seat."""
    company, count = problem.company, len(problem.mentees)
    if company is None or not formed:
        return Chance(0.0, 0.0)
    draw = np.random.Generator(np.random.PCG64(seed))
    score = np.stack([problem.instance.score[:, list(each.mentors)].sum(axis=1) for each in formed], axis=1)
    able = np.stack([problem.instance.eligible[:, list(each.mentors)].all(axis=1) for each in formed], axis=1)
    left = np.tile(np.array([len(each.mentees) for each in formed]), (draws, 1))
    where = np.full((draws, count), NOBODY, dtype=np.int64)
    order = np.argsort(draw.random((draws, count)), axis=1)
    every = np.arange(draws)
    total = np.zeros(draws, dtype=np.int64)
    for place in range(count):
        rows = order[:, place]
        barred = [((where == slot) & company.apart[rows]).any(axis=1) for slot in range(len(formed))]
        free = able[rows] & (left > 0) & ~np.stack(barred, axis=1)
        wish = np.where(free, draw.random(left.shape), -1.0)
        slot = wish.argmax(axis=1)
        made = wish[every, slot] >= 0
        left[every[made], slot[made]] -= 1
        where[every[made], rows[made]] = slot[made]
        total[made] += score[rows[made], slot[made]]
    total += _likeness(company.like, where, len(formed))
    return Chance(float((where != NOBODY).sum(axis=1).mean()), float(total.mean()))


def _likeness(like: Integers, where: Integers, groups: int) -> Integers:
    """Add up the likeness of each two who share a group, for each draw."""
    total = np.zeros(len(where), dtype=np.int64)
    for slot in range(groups if like.any() else 0):
        mine = (where == slot).astype(np.int64)
        total += ((mine @ like) * mine).sum(axis=1) // 2
    return total


def _peers(circle: Circle, seed: int, draws: int = DRAWS) -> Chance:
    """Draw peers: in a random order each gets a random one who is possible and has nobody yet."""
    draw = np.random.Generator(np.random.PCG64(seed))
    count, every = len(circle.pinned), np.arange(draws)
    free = np.ones((draws, count), dtype=np.bool_)
    order = np.argsort(draw.random((draws, count)), axis=1)
    total = np.zeros(draws, dtype=np.int64)
    for place in range(count):
        rows = order[:, place]
        open_to = circle.able[rows] & free & free[every, rows][:, None]
        wish = np.where(open_to, draw.random((draws, count)), -1.0)
        other = wish.argmax(axis=1) if count else rows
        made = every[wish[every, other] >= 0]
        free[made, rows[made]] = free[made, other[made]] = False
        total[made] += 2 * circle.weight[rows[made], other[made]]
    return Chance(float((~free).sum(axis=1).mean()), float(total.mean()))
