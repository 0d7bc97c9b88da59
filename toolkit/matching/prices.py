"""Dual prices of an assignment: the differences that a flow leaves between its nodes, and what they prove."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.choices import LIMIT, Choices, Cost, Prices, runs


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """The flow that is left: each arc's mentee, mentor and cost by row, what is placed, and what one more or less costs."""

    choices: Choices
    leave: int
    mentee: Integers
    mentor: Integers
    cost: Integers
    placed: Integers
    with_: Integers
    own: Integers
    more: Integers
    less: Integers


def price(choices: Choices, cost: Cost, arcs: Integers, costs: Integers, mate: Integers) -> Prices:
    """Find prices halfway between the highest and the lowest that fit an optimal flow on these arcs.

    Halfway, an arc that is not among these seldom seems better than it is. Prices that fit are closed under halving with
    rounding (they are differences with bounds in whole numbers), so what comes out fits, too.
    """
    mentee, mentor = np.divmod(arcs, choices.pairs.shape[1])
    placed = np.flatnonzero(mate >= 0)
    own = costs[np.searchsorted(arcs, placed * choices.pairs.shape[1] + mate[placed])]
    more, less = _load_steps(choices, cost, mate)
    left = _Network(choices, cost.leave, mentee, mentor, costs, placed, mate[placed], own, more, less)
    high = _highest(left)
    low = _lowest(left, high, 2 * int(np.abs(costs).max(initial=1)))
    return Prices((high.mentee + low.mentee) // 2, (high.mentor + low.mentor) // 2, high.outside)


def _highest(left: _Network) -> Prices:
    """Shortest distances in the residual network, which hold still as no cycle in it is negative."""
    rows, columns = left.choices.pairs.shape
    order = np.argsort(left.mentor.astype(np.uint16) if columns < 2**16 else left.mentor, kind="stable")
    row, cost, reached, starts = left.mentee[order], left.cost[order], *runs(left.mentor[order])
    leaving = left.placed[left.choices.leave[left.placed]]
    mentor, outside = np.zeros(columns, dtype=np.int64), 0
    for _ in range(columns + 3):
        mentee = np.full(rows, outside - left.leave, dtype=np.int64)
        mentee[left.placed] = mentor[left.with_] - left.own
        new = np.minimum(mentor, np.where(left.less == LIMIT, LIMIT, outside - left.less))
        if len(starts):
            new[reached] = np.minimum(new[reached], np.minimum.reduceat(mentee[row] + cost, starts))
        steps = np.where(left.more == LIMIT, LIMIT, new + left.more)
        least = int((mentee[leaving] + left.leave).min(initial=LIMIT))
        new_outside = min(outside, int(steps.min(initial=LIMIT)), least)
        if new_outside == outside and np.array_equal(new, mentor):
            return Prices(mentee, mentor, outside)
        mentor, outside = new, new_outside
    raise RuntimeError("the flow is not optimal: its residual network has a negative cycle")


def _lowest(left: _Network, high: Prices, width: int) -> Prices:
    """The lowest prices that fit and are no more than the width below the highest; that of the outside stays."""
    outside = high.outside
    mentor = np.maximum(high.mentor - width, np.where(left.more == LIMIT, -LIMIT, outside - left.more))
    mentee = high.mentee - width
    mentee[left.choices.leave] = np.maximum(mentee[left.choices.leave], outside - left.leave)
    alone = np.ones(len(mentee), dtype=np.bool_)
    alone[left.placed] = False
    mentee[alone] = high.mentee[alone]
    reached, starts = runs(left.mentee)
    order = np.argsort(left.with_, kind="stable")
    filled, firsts = runs(left.with_[order])
    for _ in range(len(mentor) + 3):
        raised, new = mentee.copy(), mentor.copy()
        if len(starts):
            raised[reached] = np.maximum(raised[reached], np.maximum.reduceat(mentor[left.mentor] - left.cost, starts))
        if len(firsts):
            back = (raised[left.placed] + left.own)[order]
            new[filled] = np.maximum(new[filled], np.maximum.reduceat(back, firsts))
        if np.array_equal(raised, mentee) and np.array_equal(new, mentor):
            break
        mentee, mentor = raised, new
    else:
        return high
    return Prices(mentee, mentor, outside)


def _load_steps(choices: Choices, cost: Cost, mate: Integers) -> tuple[Integers, Integers]:
    """What one mentee more would cost each mentor, and what the last one costs; the limit where there is none."""
    load = np.bincount(mate[mate >= 0], minlength=len(choices.high))
    table, every = cost.loads(choices), np.arange(len(choices.high))
    top = table.shape[1] - 1
    more = np.where(load < choices.high, table[every, np.minimum(load, top)], LIMIT)
    less = np.where(load > choices.low, table[every, np.maximum(load - 1, 0)], LIMIT)
    return more, less


def bound(choices: Choices, cost: Cost, prices: Prices) -> int:
    """What the prices come to: no assignment costs less, provided that no open pair is cheaper than they say.

    A flow costs what its prices come to plus, for each arc used, what the arc costs beyond the prices. That is negative
    for none of the pairs, by the proviso, and for nobody who leaves, which is looked at here; for the places of mentors
    it counts as far as it is negative.
    """
    if (prices.mentee + cost.leave < prices.outside)[choices.leave].any():
        raise RuntimeError("the prices do not hold for those who may stay without a pair")
    unit = cost.loads(choices)
    place = np.arange(unit.shape[1])[None, :]
    fixed = unit[(place < choices.low[:, None])]
    beyond = (unit + prices.mentor[:, None] - prices.outside)[
        (place >= choices.low[:, None]) & (place < choices.high[:, None])
    ]
    needed = [price * low for price, low in zip(prices.mentor.tolist(), choices.low.tolist(), strict=True)]
    rest = len(prices.mentee) - int(choices.low.sum())
    return int(
        sum(fixed.tolist())
        + sum(beyond[beyond < 0].tolist())
        + sum(needed)
        + rest * prices.outside
        - sum(prices.mentee.tolist())
    )
