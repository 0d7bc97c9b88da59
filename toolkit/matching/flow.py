"""The flow solver of OR-Tools on some of the pairs: a heuristic to those who ask it, for the prices are the proof.

It scales costs down step by step, so it is the faster the less they lie apart. Costs are therefore counted from what is
usual, and those of the ends of the network (to stay without a pair, to take one more) are cut to the size of the others.
Where the flow would not change if the cut ones cost what they cost, it is the least; else it is solved uncut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.choices import NOBODY, Choices, Cost


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Arcs of the network: from where to where, how much fits, and what a unit costs."""

    tail: Integers
    head: Integers
    capacity: Integers
    cost: Integers


def route(
    choices: Choices, cost: Cost, arcs: Integers, costs: Integers, usual: Integers | None = None
) -> Integers | None:
    """Solve on these pairs (row x columns + column, sorted) at these costs; None where there is no assignment.

    `usual` is about what each mentor costs everybody.
    """
    rows, columns = choices.pairs.shape
    usual = np.zeros(columns, dtype=np.int64) if usual is None else usual
    mentee, mentor = np.divmod(arcs, columns)
    beyond = costs - usual[mentor]
    least = np.zeros(rows, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, mentee[1:] != mentee[:-1]]) if len(arcs) else arcs
    least[mentee[starts]] = np.minimum.reduceat(beyond, starts) if len(arcs) else 0
    pairs = _Arcs(mentee, rows + mentor, np.ones_like(arcs), beyond - least[mentee])
    out = np.flatnonzero(choices.leave)
    leaving = _Arcs(out, np.full_like(out, rows + columns), np.ones_like(out), cost.leave - least[out])
    loads = _loads(choices, cost, usual)
    supply = np.concatenate([np.ones(rows), -choices.low, [choices.low.sum() - rows]]).astype(np.int64)
    used = _cut(supply, (pairs, leaving, loads), rows - int(choices.high.sum()))
    if used is None:
        return None
    mate = np.full(rows, NOBODY, dtype=np.int64)
    mate[mentee[used]] = mentor[used]
    return mate


def _loads(choices: Choices, cost: Cost, usual: Integers) -> _Arcs:
    """From each mentor to the end: one arc where load costs nothing, else one for each further mentee."""
    rows, columns = choices.pairs.shape
    room = choices.high - choices.low
    if cost.load is None:
        mentor = np.flatnonzero(room > 0)
        room, load = room[mentor], np.zeros_like(mentor)
    else:
        unit = np.arange(cost.load.shape[1])[None, :]
        mentor, which = np.nonzero((unit >= choices.low[:, None]) & (unit < choices.high[:, None]))
        room, load = np.ones_like(mentor), cost.load[mentor, which]
    return _Arcs(rows + mentor, np.full_like(mentor, rows + columns), room, load + usual[mentor])


def _cut(supply: Integers, network: tuple[_Arcs, _Arcs, _Arcs], short: int) -> Integers | None:
    """Find which pairs the cheapest flow uses, with costs cut at first; `short` is how many places are missing.

    Where as few as can be stay without a pair, what that costs may fall by as much for everybody and change nothing.
    """
    pairs, leaving, loads = network
    most = int(pairs.cost.max(initial=0)) + 1
    stay = (
        leaving.cost - max(0, int(leaving.cost.min(initial=0)) - most) if short > 0 else np.minimum(leaving.cost, most)
    )
    more = np.clip(loads.cost, -most, most)
    flows = _flows(supply, network, (pairs.cost, stay, more))
    if flows is None:
        return None
    left = bool(flows[1].sum() > max(short, 0) and flows[1][stay < leaving.cost].any())
    cheap, dear = more > loads.cost, more < loads.cost
    if left or flows[2][dear].any() or (flows[2] < loads.capacity)[cheap].any():
        flows = _flows(supply, network, tuple(each.cost for each in network))
    return None if flows is None else np.flatnonzero(flows[0])


def _flows(supply: Integers, network: tuple[_Arcs, ...], costs: tuple[Integers, ...]) -> tuple[Integers, ...] | None:
    """Solve at these costs: the flow on each arc, or None where the supply finds no way."""
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    for arcs, cost in zip(network, costs, strict=True):
        if len(cost):
            tail, head = arcs.tail.astype(np.int32), arcs.head.astype(np.int32)
            solver.add_arcs_with_capacity_and_unit_cost(tail, head, arcs.capacity.astype(np.int64), cost)
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve()
    if status in (solver.INFEASIBLE, solver.UNBALANCED):
        return None
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow solver gave up: {status}")
    ends = np.cumsum([len(each) for each in costs])
    every = np.asarray(solver.flows(np.arange(ends[-1], dtype=np.int32))) if ends[-1] else np.zeros(0, dtype=np.int64)
    return tuple(np.split(every, ends[:-1]))
