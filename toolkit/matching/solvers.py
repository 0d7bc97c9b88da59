"""Exact assignment of mentees to mentors with capacities: minimum-cost flow, with the proof that it is optimal.

The flow is solved on the arcs that look best; dual prices then say whether any arc left out could improve it, and
those that could are added until none is left. The prices also tell which other choices are just as good, so that a
next stage can decide among exactly those.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.matching.arcs import cheaper, merged, near, promising
from toolkit.matching.arrays import Integers
from toolkit.matching.choices import NOBODY, Choices, Cost, Prices, Relative, only, pack, parts
from toolkit.matching.enough import allowing
from toolkit.matching.flow import route
from toolkit.matching.prices import bound, price

__all__ = ["NOBODY", "Choices", "Cost", "Solution", "allowing", "minimize", "only", "pack", "restrict", "settle"]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Who goes to whom (`mate[i]`, or NOBODY), and the prices that prove that nothing better exists.

    `value` is what the assignment costs and what the prices come to; `arcs` are the pairs that the flow was solved on,
    as row x columns + column.
    """

    mate: Integers
    prices: Prices
    value: int
    arcs: Integers


def minimize(choices: Choices, cost: Cost, known: Integers | None = None) -> Solution:
    """Find a cheapest assignment and prove it.

    Every mentee gets one mentor, or none where that is open; every load stays in its bounds. The choices must allow at
    least one assignment; `known` are pairs (row x columns + column, sorted) that allow one, where such are at hand.
    """
    (arcs, usual), first = promising(choices, cost), True
    arcs = arcs if known is None else merged(arcs, known)
    every = np.count_nonzero(choices.pairs)
    while True:
        costs = cost.pairs[np.divmod(arcs, choices.pairs.shape[1])]
        mate = route(choices, cost, arcs, costs, usual)
        if mate is None:
            arcs = merged(arcs, _allowing(choices, bool(len(arcs) < every)))
            continue
        prices = price(choices, cost, arcs, costs, mate)
        better = cheaper(choices, cost, prices) if len(arcs) < every else arcs[:0]
        if not len(better):
            return _proven(choices, cost, arcs, mate, prices)
        if first:
            arcs, first = near(arcs, costs, prices, mate), False
        arcs, usual = merged(arcs, better), prices.mentor - prices.outside


def _allowing(choices: Choices, partly: bool) -> Integers:
    """Pairs that allow an assignment, for a solver that was given a part of them and found none."""
    arcs = allowing(choices) if partly else None
    if arcs is None:
        raise RuntimeError("the choices allow no assignment at all")
    return arcs


def settle(choices: Choices, cost: Cost, arcs: Integers) -> Integers | None:
    """Find a cheapest assignment on these pairs alone (row x columns + column, sorted); None where there is none."""
    costs = cost.pairs[np.divmod(arcs, choices.pairs.shape[1])]
    mate = route(choices, cost, arcs, costs)
    if mate is not None:
        _proven(choices, cost, arcs, mate, price(choices, cost, arcs, costs, mate))
    return mate


def _proven(choices: Choices, cost: Cost, arcs: Integers, mate: Integers, prices: Prices) -> Solution:
    value = _value(choices, cost, mate)
    if value != bound(choices, cost, prices):
        raise RuntimeError("the prices do not prove the assignment optimal")
    return Solution(mate, prices, value, arcs)


def _value(choices: Choices, cost: Cost, mate: Integers) -> int:
    """What an assignment costs, after making sure that it is one: Python's whole numbers have no end."""
    rows = np.flatnonzero(mate >= 0)
    load = np.bincount(mate[rows], minlength=len(choices.high))
    held = choices.pairs[rows, mate[rows]].all() and choices.leave[mate < 0].all()
    if not (held and (choices.low <= load).all() and (load <= choices.high).all()):
        raise RuntimeError("the solver broke what was asked of it")
    pairs, unit = sum(cost.pairs[rows, mate[rows]].tolist()), cost.loads(choices)
    taken = (np.arange(unit.shape[1])[None, :] < load[:, None]) & (unit != 0)
    return int(pairs + cost.leave * (len(mate) - len(rows)) + sum(unit[taken].tolist()))


def restrict(choices: Choices, cost: Cost, solution: Solution) -> Choices:
    """Keep exactly the assignments that cost as little as this solution, by complementary slackness."""
    prices = solution.prices
    pairs = np.empty_like(choices.pairs)
    relative = Relative(cost, prices.mentor)
    for part in parts(len(pairs)):
        np.equal(relative.rows(part), relative.against(-prices.mentee[part]), out=pairs[part])
        np.logical_and(pairs[part], choices.pairs[part], out=pairs[part])
    leave = choices.leave & (prices.mentee + cost.leave == prices.outside)
    load = cost.loads(choices)
    reduced = load + prices.mentor[:, None] - prices.outside
    unit = np.arange(load.shape[1])[None, :]
    between = (unit >= choices.low[:, None]) & (unit < choices.high[:, None])
    low = choices.low + (between & (reduced < 0)).sum(axis=1)
    high = choices.low + (between & (reduced <= 0)).sum(axis=1)
    return Choices(pairs, leave, low, high)
