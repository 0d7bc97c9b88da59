"""Whether pairs allow an assignment: shown on few of them, or refuted by people for whom all of theirs are too few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from toolkit.matching.arcs import merged, spread
from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.choices import Choices, parts

_EACH = 16  # where very many are open, about so many pairs of a mentee are begun with
_MORE = 100_000  # about so many pairs are added at once

Rows = Callable[[slice], Any]


def allowing(choices: Choices, rows: Rows | None = None) -> Integers | None:
    """Find pairs (row x columns + column, sorted) that allow an assignment; None where all of them do not.

    `rows` gives which pairs of a part of the mentees count, in a new array; without it, all that are open. Whoever must
    have a mentor is one question, and the least loads of mentors are another: where each can be met, both can be met at
    once (Mendelsohn and Dulmage 1958).
    """
    rows = rows or (lambda part: choices.pairs[part].copy())
    found = _crossing(rows, choices.pairs.shape, None, _EACH)
    must = ~choices.leave
    met = _met(rows, found, must.astype(np.int64), choices.high, int(must.sum()))
    if met is None:
        return None
    return _met(rows, met, np.ones(len(must), dtype=np.int64), choices.low, int(choices.low.sum()))


def _met(rows: Rows, arcs: Integers, each: Integers, room: Integers, wanted: int) -> Integers | None:
    """Add pairs until so many are placed, each mentee so often, each mentor with so much room; None where none helps.

    Who cannot be placed, and all that could make way for them, reach some mentors. Only a pair with another mentor helps.
    """
    while True:
        placed, mentee, mentor = _flow(arcs, each, room)
        if placed == wanted:
            return arcs
        most = max(_EACH, _MORE // max(1, int(mentee.sum())))
        more = _crossing(rows, (len(each), len(room)), (mentee, ~mentor), most)
        if not len(more):
            return None
        arcs = merged(arcs, more)


def _crossing(rows: Rows, shape: tuple[int, ...], between: tuple[Booleans, Booleans] | None, most: int) -> Integers:
    """The pairs that count, or those between some mentees and some mentors, not too many of one mentee."""
    found = []
    for part in parts(shape[0]):
        if between is None or between[0][part].any():
            marked = rows(part)
            if between is not None:
                marked &= between[0][part, None] & between[1]
            spread(marked, part.start, most)
            found.append(np.flatnonzero(marked) + part.start * shape[1])
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _flow(arcs: Integers, each: Integers, room: Integers) -> tuple[int, Booleans, Booleans]:
    """How many can be placed on these pairs, and the mentees and mentors that those who are left over reach."""
    from ortools.graph.python import max_flow

    rows, columns = len(each), len(room)
    source, sink = rows + columns, rows + columns + 1
    mentee, mentor = np.divmod(arcs, columns) if columns else (arcs, arcs)
    solver = max_flow.SimpleMaxFlow()
    for tail, head, capacity in (
        (np.full(rows, source), np.arange(rows), each),
        (mentee, rows + mentor, np.ones_like(arcs)),
        (rows + np.arange(columns), np.full(columns, sink), room),
    ):
        if len(tail):
            solver.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), capacity.astype(np.int64))
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise RuntimeError("the flow solver gave up")
    reached = np.zeros(sink + 1, dtype=np.bool_)
    reached[solver.get_source_side_min_cut()] = True
    return solver.optimal_flow(), reached[:rows], reached[rows:source]
