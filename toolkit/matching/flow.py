"""The flow solver of OR-Tools on some of the pairs: a heuristic to those who ask it, for the prices are the proof."""

from __future__ import annotations

from typing import Any

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.choices import NOBODY, Choices, Cost


def flow(choices: Choices, active: Booleans, cost: Cost | None) -> Integers | None:
    """Solve on the active pairs alone (without a cost: find any assignment); None where there is no assignment."""
    arcs = np.flatnonzero(active)
    costs = cost.pairs[np.divmod(arcs, active.shape[1])] if cost else np.zeros(len(arcs), dtype=np.int64)
    return route(choices, cost, arcs, costs)


def route(choices: Choices, cost: Cost | None, arcs: Integers, costs: Integers) -> Integers | None:
    """Solve on these pairs (row x columns + column) at these costs; None where there is no assignment."""
    from ortools.graph.python import min_cost_flow

    rows, columns = choices.pairs.shape
    mentee, mentor = np.divmod(arcs, columns)
    network = min_cost_flow.SimpleMinCostFlow()
    placed = _add(network, mentee, rows + mentor, np.ones(len(arcs)), costs)
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
    used = np.flatnonzero(network.flows(placed) > 0) if len(placed) else placed
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
        tail.astype(np.int32), head.astype(np.int32), capacity.astype(np.int64), cost.astype(np.int64)
    )
