"""Exact assignment of mentees to mentors with capacities: minimum-cost flow, with the proof that it is optimal.

The flow is solved on the arcs that look best; dual prices then say whether any arc left out could improve it, and
those that could are added until none is left. The prices also tell which other choices are just as good, so that a
next stage can decide among exactly those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.arrays import Booleans, Floats, Integers

NOBODY = -1
_SMALL = 20_000  # so many arcs are solved at once; more are begun with the best of each row and column
_BEGIN = 24
_LIMIT = 2**62


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

    pairs: Integers
    leave: int = 0
    load: Integers | None = None

    def largest(self) -> int:
        """The most that one mentee can add or take away: with a pair and its place in the load, or without."""
        load = 0 if self.load is None else int(np.abs(self.load).max(initial=0))
        return max(abs(self.leave), int(np.abs(self.pairs).max(initial=0)) + load)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Who goes to whom (`mate[i]`, or NOBODY), and the dual prices that prove that nothing better exists."""

    mate: Integers
    mentee_price: Integers
    mentor_price: Integers
    outside_price: int


def pack(costs: list[Cost]) -> Cost | None:
    """Add costs up so that one unit of an earlier one outweighs all that those after it can differ by.

    None where a sum of the packed costs could leave 64 bits, in the solver or in the prices.
    """
    pairs, leave = np.zeros_like(costs[0].pairs), 0
    load: Integers | None = None
    weight = 1
    rows, columns = pairs.shape
    for cost in reversed(costs):
        if weight * cost.largest() * (rows + columns + 2) * 4 >= _LIMIT:
            return None
        pairs, leave = pairs + weight * cost.pairs, leave + weight * cost.leave
        if cost.load is not None:
            load = weight * cost.load if load is None else load + weight * cost.load
        weight *= 2 * cost.largest() * rows + 1
    packed = Cost(pairs, leave, load)
    return packed if packed.largest() * (rows + columns + 2) * 4 < _LIMIT else None


def minimize(choices: Choices, cost: Cost, hint: Floats) -> Solution:
    """Find a cheapest assignment and prove it; `hint` (small is promising) orders pairs of equal cost.

    Every mentee gets one mentor, or none where that is open; every load stays in its bounds. The choices must allow at
    least one assignment.
    """
    active = _begin(choices, cost, hint)
    while True:
        mate = flow(choices, active, cost)
        if mate is None:  # the arcs begun with cannot meet the least loads: take all
            if active is choices.pairs:
                raise RuntimeError("the choices allow no assignment at all")
            active = choices.pairs
            continue
        solution = _priced(choices, active, cost, mate)
        better = choices.pairs & (_reduced(cost, solution) < 0) & ~active
        if not better.any():
            _verify(choices, cost, solution)
            return solution
        active = active | better


def restrict(choices: Choices, cost: Cost, solution: Solution) -> Choices:
    """Keep exactly the assignments that cost as little as this solution, by complementary slackness."""
    pairs = choices.pairs & (_reduced(cost, solution) == 0)
    leave = choices.leave & (solution.mentee_price + cost.leave == solution.outside_price)
    load = _load_cost(choices, cost)
    reduced = load + solution.mentor_price[:, None] - solution.outside_price
    unit = np.arange(load.shape[1])[None, :]
    between = (unit >= choices.low[:, None]) & (unit < choices.high[:, None])
    low = choices.low + (between & (reduced < 0)).sum(axis=1)
    high = choices.low + (between & (reduced <= 0)).sum(axis=1)
    return Choices(pairs, leave, low, high)


def only(choices: Choices, pairs: Booleans, leave: Booleans) -> Choices:
    """Narrow the choices to these pairs and these mentees who may stay without one."""
    return replace(choices, pairs=choices.pairs & pairs, leave=choices.leave & leave)


def _begin(choices: Choices, cost: Cost, hint: Floats) -> Booleans:
    rows, columns = choices.pairs.shape
    if np.count_nonzero(choices.pairs) <= _SMALL:
        return choices.pairs
    key = np.where(choices.pairs, cost.pairs * (2.0 * np.abs(hint).max() + 1) + hint, np.inf)
    active = np.zeros((rows, columns), dtype=np.bool_)
    wide, tall = min(_BEGIN, columns - 1), min(_BEGIN, rows - 1)
    np.put_along_axis(active, np.argpartition(key, wide, axis=1)[:, :wide], True, axis=1)
    np.put_along_axis(active, np.argpartition(key, tall, axis=0)[:tall], True, axis=0)
    return active & choices.pairs


def flow(choices: Choices, active: Booleans, cost: Cost | None) -> Integers | None:
    """Solve on the active pairs alone (without a cost: find any assignment); None where there is no assignment."""
    from ortools.graph.python import min_cost_flow

    rows, columns = choices.pairs.shape
    mentee, mentor = np.nonzero(active)
    network = min_cost_flow.SimpleMinCostFlow()
    pair_cost = cost.pairs[mentee, mentor] if cost else np.zeros(len(mentee), dtype=np.int64)
    arcs = _add(network, mentee, rows + mentor, np.ones(len(mentee)), pair_cost)
    end = rows + columns
    out = np.flatnonzero(choices.leave)
    _add(network, out, np.full(len(out), end), np.ones(len(out)), np.full(len(out), cost.leave if cost else 0))
    _add_loads(network, choices, cost, rows, end)
    supply = np.concatenate([np.ones(rows), -choices.low, [choices.low.sum() - rows]]).astype(np.int64)
    network.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supply)
    status = network.solve()
    if status in (network.INFEASIBLE, network.UNBALANCED):
        return None
    if status != network.OPTIMAL:
        raise RuntimeError(f"the flow solver gave up: {status}")
    mate = np.full(rows, NOBODY, dtype=np.int64)
    used = np.flatnonzero(network.flows(arcs) > 0) if len(arcs) else arcs
    mate[mentee[used]] = mentor[used]
    return mate


def _add_loads(network: Any, choices: Choices, cost: Cost | None, rows: int, end: int) -> None:
    """One arc a mentor where load costs nothing, else one for each further mentee."""
    room = choices.high - choices.low
    if cost is None or cost.load is None:
        some = np.flatnonzero(room > 0)
        _add(network, rows + some, np.full(len(some), end), room[some], np.zeros(len(some)))
        return
    unit = np.arange(cost.load.shape[1])[None, :]
    mentor, which = np.nonzero((unit >= choices.low[:, None]) & (unit < choices.high[:, None]))
    _add(network, rows + mentor, np.full(len(mentor), end), np.ones(len(mentor)), cost.load[mentor, which])


def _add(network: Any, tail: Any, head: Any, capacity: Any, cost: Any) -> Any:
    if not len(tail):
        return np.zeros(0, dtype=np.int32)
    return network.add_arcs_with_capacity_and_unit_cost(
        np.asarray(tail, dtype=np.int32),
        np.asarray(head, dtype=np.int32),
        np.asarray(capacity, dtype=np.int64),
        np.asarray(cost, dtype=np.int64),
    )


def _priced(choices: Choices, active: Booleans, cost: Cost, mate: Integers) -> Solution:
    """Find dual prices: shortest distances in the residual network, which hold still as no cycle in it is negative."""
    rows, columns = active.shape
    column, row = np.nonzero(active.T)
    arc_cost = cost.pairs[row, column]
    starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]]) if len(column) else np.zeros(0, dtype=np.int64)
    reached = column[starts]
    matched = np.flatnonzero(mate >= 0)
    own = cost.pairs[matched, mate[matched]]
    may_leave = choices.leave & (mate >= 0)
    more, less = _load_steps(choices, cost, mate)
    mentor, outside = np.zeros(columns, dtype=np.int64), 0
    for _ in range(columns + 3):
        mentee = np.full(rows, outside - cost.leave, dtype=np.int64)
        mentee[matched] = mentor[mate[matched]] - own
        new = np.minimum(mentor, np.where(less == _LIMIT, _LIMIT, outside - less))
        if len(starts):
            new[reached] = np.minimum(new[reached], np.minimum.reduceat(mentee[row] + arc_cost, starts))
        steps = np.where(more == _LIMIT, _LIMIT, new + more)
        leaving = mentee[may_leave] + cost.leave
        new_outside = min(outside, int(steps.min(initial=_LIMIT)), int(leaving.min(initial=_LIMIT)))
        if new_outside == outside and np.array_equal(new, mentor):
            return Solution(mate, mentee, mentor, outside)
        mentor, outside = new, new_outside
    raise RuntimeError("the flow is not optimal: its residual network has a negative cycle")


def _load_steps(choices: Choices, cost: Cost, mate: Integers) -> tuple[Integers, Integers]:
    """What one mentee more would cost each mentor, and what the last one costs; the limit where there is none."""
    load = np.bincount(mate[mate >= 0], minlength=len(choices.high))
    table, every = _load_cost(choices, cost), np.arange(len(choices.high))
    top = table.shape[1] - 1
    more = np.where(load < choices.high, table[every, np.minimum(load, top)], _LIMIT)
    less = np.where(load > choices.low, table[every, np.maximum(load - 1, 0)], _LIMIT)
    return more, less


def _load_cost(choices: Choices, cost: Cost) -> Integers:
    if cost.load is not None:
        return cost.load
    return np.zeros((len(choices.high), max(int(choices.high.max(initial=0)), 1)), dtype=np.int64)


def _reduced(cost: Cost, solution: Solution) -> Integers:
    reduced: Integers = cost.pairs + solution.mentee_price[:, None] - solution.mentor_price[None, :]
    return reduced


def _verify(choices: Choices, cost: Cost, solution: Solution) -> None:
    """Check the certificate itself: every other choice costs at least as much at these prices."""
    mate, outside = solution.mate, solution.outside_price
    matched = np.flatnonzero(mate >= 0)
    load = np.bincount(mate[matched], minlength=len(choices.high))
    reduced = _reduced(cost, solution)
    more, less = _load_steps(choices, cost, mate)
    held = (
        choices.pairs[matched, mate[matched]].all()
        and choices.leave[mate < 0].all()
        and ((choices.low <= load) & (load <= choices.high)).all()
        and not (reduced[choices.pairs] < 0).any()
        and not reduced[matched, mate[matched]].any()
        and not (solution.mentee_price[choices.leave] + cost.leave < outside).any()
        and not (solution.mentee_price[mate < 0] + cost.leave != outside).any()
        and not ((more < _LIMIT) & (more + solution.mentor_price < outside)).any()
        and not ((less < _LIMIT) & (less + solution.mentor_price > outside)).any()
    )
    if not held:
        raise RuntimeError("the prices do not prove the assignment optimal")
