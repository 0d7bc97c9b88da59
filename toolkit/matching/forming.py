"""Groups, teams and communities formed to the proven optimum by CP-SAT: stage after stage, each value then held."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrangement import Arrangement, Seated, Seating, holds, key, values
from toolkit.matching.arrays import SCALE
from toolkit.matching.limits import add_gaps, add_spread
from toolkit.matching.objective import Stage
from toolkit.matching.search import search
from toolkit.matching.solvers import NOBODY

_EFFORT = 20.0  # CP-SAT's own measure of work, the same on every machine; one stage ends there, unproven
_TIE = 20  # bits of the tie-breaking numbers


class Impossible(ToolkitError):
    """No arrangement keeps everything that is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """The model and its variables: `sits[i, k]`, `leads[j, k]` (j >= k) and `both[i, j]`, a mentee with a mentor."""

    cp: Any
    sits: dict[tuple[int, int], Any]
    leads: dict[tuple[int, int], Any]
    both: dict[tuple[int, int], Any]
    like: dict[tuple[int, int], Any]


def form(
    seating: Seating,
    stages: tuple[Stage, ...],
    effort: float = _EFFORT,
    *,
    start: Arrangement | None = None,
    ties: bool = True,
    groups: int | None = None,
) -> Seated:
    """Find the best arrangement, stage after stage, and break the ties that remain by the keyed hash.

    `start` is an arrangement to better, `groups` how many are formed where that is given. Where a stage cannot be proven within the effort, its gap says how much better
    it could still be at most, and ties stay as the solver left them, which is the same at every run.
    """
    model = _model(seating)
    if groups is not None:
        model.cp.add(sum(model.leads[k, k] for k in range(seating.shape[1])) == groups)
    found = start or _nobody(seating)
    gaps: list[float | None] = []
    counted = True
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            found, gap = _raise(model, seating, found, stage.depth, counted, effort)
        else:
            found, gap = _reach(model, seating, _expression(model, seating, stage.aim), found, effort)
        gaps.append(gap)
        counted = counted and stage.aim != "max_matched"
        if start is not None:  # of two that are as good so far, the one to better goes on
            so_far = stages[: len(gaps)]
            found = max((start, found), key=lambda each: key(values(seating, each, so_far)))
    for expression in _ties(model, seating) if ties and not any(gaps) else ():
        found, _ = _reach(model, seating, expression, found, effort)
    if not holds(seating, found):
        raise RuntimeError("an arrangement breaks what must hold")
    return Seated(found, values(seating, found, stages), tuple(gaps), not any(gaps))


def _model(seating: Seating) -> _Model:
    from ortools.sat.python import cp_model

    cp = cp_model.CpModel()
    rows, columns = seating.shape
    several = seating.leaders[1] > 1
    leads = {(j, k): cp.new_bool_var("") for k in range(columns) for j in (range(k, columns) if several else [k])}
    sits = {(i, k): cp.new_bool_var("") for i in range(rows) for k in range(columns)}
    model = _Model(cp, sits, leads, _both(cp, seating, sits, leads), {})
    _bounds(model, seating)
    _rules(model, seating)
    if seating.like.any():
        _likeness(model, seating)
    _limits(model, seating)
    return model


def _both(cp: Any, seating: Seating, sits: Any, leads: Any) -> dict[tuple[int, int], Any]:
    """A mentee with a mentor: the seat itself where one mentor leads, else a variable that both seats set."""
    rows, columns = seating.shape
    if seating.leaders[1] == 1:
        return {(i, j): sits[i, j] for i in range(rows) for j in range(columns)}
    both = {}
    for i in range(rows):
        for j in range(columns):
            both[i, j] = cp.new_bool_var("")
            for k in range(j + 1):
                cp.add_bool_or(~sits[i, k], ~leads[j, k], both[i, j])
                cp.add_implication(both[i, j], leads[j, k]).only_enforce_if(sits[i, k])
            cp.add(sum(sits[i, k] for k in range(j + 1)) >= both[i, j])
    return both


def _bounds(model: _Model, seating: Seating) -> None:
    """One seat a person; a group that is formed has its numbers, and one that is not has nobody."""
    cp, (rows, columns) = model.cp, seating.shape
    for i in range(rows):
        cp.add_at_most_one(model.sits[i, k] for k in range(columns))
    for j in range(columns):
        cp.add_at_most_one(model.leads[j, k] for k in range(j + 1) if (j, k) in model.leads)
    for k in range(columns):
        is_open = model.leads[k, k]
        seated = sum(model.sits[i, k] for i in range(rows))
        team = [model.leads[j, k] for j in range(k, columns) if (j, k) in model.leads]
        cp.add(seated >= seating.size[0] * is_open)
        cp.add(seated <= seating.size[1] * is_open)
        cp.add(sum(team) >= seating.leaders[0] * is_open)
        cp.add(sum(team) <= seating.leaders[1] * is_open)
        for i in range(rows):
            cp.add_implication(model.sits[i, k], is_open)
        for j in range(k, columns):
            if (j, k) in model.leads and seating.room[j] < seating.size[1]:
                cp.add(seated <= int(seating.room[j])).only_enforce_if(model.leads[j, k])


def _rules(model: _Model, seating: Seating) -> None:
    """Who must not be together, and who must."""
    cp, columns = model.cp, seating.shape[1]
    for i, j in np.argwhere(~seating.eligible).tolist():
        if seating.leaders[1] == 1:
            cp.add(model.sits[i, j] == 0)
        else:
            for k in range(j + 1):
                cp.add_at_most_one(model.sits[i, k], model.leads[j, k])
    for i, other in np.argwhere(np.triu(seating.apart, 1)).tolist():
        for k in range(columns):
            cp.add_at_most_one(model.sits[i, k], model.sits[other, k])
    for j, other in np.argwhere(np.triu(seating.split, 1)).tolist():
        for k in range(j + 1):
            if (other, k) in model.leads and (j, k) in model.leads:
                cp.add_at_most_one(model.leads[j, k], model.leads[other, k])
    for i in np.flatnonzero(seating.pinned != NOBODY).tolist():
        cp.add(model.both[i, int(seating.pinned[i])] == 1)
    _bound(model, seating)


def _bound(model: _Model, seating: Seating) -> None:
    """Two who must be in one group are, in the same."""
    cp, columns = model.cp, seating.shape[1]
    for i, other in np.argwhere(np.triu(seating.bound, 1)).tolist():
        for k in range(columns):
            cp.add(model.sits[i, k] == model.sits[other, k])
        cp.add(sum(model.sits[i, k] for k in range(columns)) == 1)
    for j, other in np.argwhere(np.triu(seating.joined, 1)).tolist():
        slots = [(model.leads.get((j, k), 0), model.leads.get((other, k), 0)) for k in range(other + 1)]
        for mine, theirs in slots:
            cp.add(theirs - mine == 0)
        cp.add(sum(theirs for _, theirs in slots) == 1)


def _limits(model: _Model, seating: Seating) -> None:
    """Hold groups of mentees, and the loads of mentors who lead alone, as near to each other as the limits say."""
    rows, columns = seating.shape
    seats = [sum(model.sits[i, k] for k in range(columns)) for i in range(rows)]
    if seating.limits.of_groups:
        add_gaps(model.cp, seating.limits, seating.score, seats, model.both)
    if seating.limits.spread is not None:
        free = np.flatnonzero(seating.room > 0).tolist()
        loads = [int(seating.carried[k]) + sum(model.sits[i, k] for i in range(rows)) for k in free]
        add_spread(model.cp, seating.limits.spread, loads, int(seating.carried.max(initial=0)) + rows)


def _likeness(model: _Model, seating: Seating) -> None:
    """Two mentees in one group: a variable that is 1 exactly where both sit there."""
    cp, (rows, columns) = model.cp, seating.shape
    for i in range(rows):
        for other in range(i + 1, rows):
            if seating.like[i, other] and not seating.apart[i, other]:
                model.like[i, other] = same = cp.new_bool_var("")
                for k in range(columns):
                    here, there = model.sits[i, k], model.sits[other, k]
                    cp.add_bool_or(~here, ~there, same)
                    cp.add_implication(same, there).only_enforce_if(here)
                cp.add(sum(model.sits[i, k] for k in range(columns)) >= same)
    _company_sizes(model, seating)


def _company_sizes(model: _Model, seating: Seating) -> None:
    """Who has a seat has as many others in the group as its size says: this follows from the rest, and proves more."""
    rows, columns = seating.shape
    uncounted = (seating.like == 0) & ~seating.apart
    np.fill_diagonal(uncounted, False)
    for i in range(rows):
        others = sum(each for (one, other), each in model.like.items() if i in (one, other))
        seated = sum(model.sits[i, k] for k in range(columns))
        model.cp.add(others <= (seating.size[1] - 1) * seated)
        if not uncounted[i].any():
            model.cp.add(others >= (seating.size[0] - 1) * seated)


def _expression(model: _Model, seating: Seating, aim: str) -> Any:
    """State an aim as something to make as large as can be."""
    rows, columns = seating.shape
    if aim == "max_matched":
        return sum(model.sits.values())
    if aim == "most_first_choices":
        return sum(model.both[at] for at in ((int(i), int(j)) for i, j in np.argwhere(seating.first)))
    if aim == "max_total":
        pairs = sum(int(seating.score[at]) * each for at, each in model.both.items())
        return pairs + sum(int(seating.like[at]) * each for at, each in model.like.items())
    if aim != "even_load":
        raise ValueError(f"{aim} is not a sum over people")
    squares: list[Any] = []
    for k in range(columns):
        most = min(seating.size[1], rows)
        steps = [model.cp.new_bool_var("") for _ in range(most)]
        for one, other in pairwise(steps):
            model.cp.add_implication(other, one)
        model.cp.add(sum(steps) == sum(model.sits[i, k] for i in range(rows)))
        squares.extend(-(2 * (place + int(seating.carried[k])) + 1) * step for place, step in enumerate(steps))
    return sum(squares)


def _reach(
    model: _Model, seating: Seating, expression: Any, found: Arrangement, effort: float
) -> tuple[Arrangement, float | None]:
    """Make an expression as large as can be, hold it there, and give the arrangement and the gap to the bound."""
    if isinstance(expression, int):
        return found, 0.0
    model.cp.maximize(expression)
    solver = _solve(model, found, effort)
    if solver is None:
        return found, None
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    model.cp.clear_objective()
    model.cp.add(expression >= value)
    return _read(model, seating, solver), (bound - value) / max(abs(value), 1)


def _solve(model: _Model, hint: Arrangement, effort: float) -> Any:
    from ortools.sat.python import cp_model

    model.cp.clear_hints()
    for (i, k), seat in model.sits.items():
        model.cp.add_hint(seat, bool(hint.mentee[i] == k))
    for (j, k), seat in model.leads.items():
        model.cp.add_hint(seat, bool(hint.mentor[j] == k))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    status = search(solver, model.cp)
    if status == cp_model.INFEASIBLE:
        raise Impossible(
            "what is fixed by hand leaves no arrangement: the groups that it asks for cannot be formed",
            "take an entry out of `pins`, `together` or `apart`, or allow other groups with `size`",
        )
    return solver if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _read(model: _Model, seating: Seating, solver: Any) -> Arrangement:
    rows, columns = seating.shape
    mentee, mentor = np.full(rows, NOBODY, dtype=np.int64), np.full(columns, NOBODY, dtype=np.int64)
    for (i, k), seat in model.sits.items():
        if solver.boolean_value(seat):
            mentee[i] = k
    for (j, k), seat in model.leads.items():
        if solver.boolean_value(seat):
            mentor[j] = k
    return Arrangement(mentee, mentor)


def _raise(
    model: _Model, seating: Seating, found: Arrangement, depth: int, counted: bool, effort: float
) -> tuple[Arrangement, float | None]:
    """Raise the lowest score, then the next: at each level no pair below it, and as few as can be at it.

    How many are lowest is held only where it leaves room for a next level; who is without a seat counts as lowest of
    all until their number is settled.
    """
    settled = {at for at in model.both if seating.pinned[at[0]] == at[1]}
    number, gaps = 0, [0.0]
    if counted:
        found, short, least = _fewest(
            model, seating, found, depth, list(model.sits.values()), len(seating.pinned), effort
        )
        number, gaps = least, [*gaps, short]
    while number < depth:
        lowest = model.cp.new_int_var(-1, SCALE + 1, "")
        for at, pair in model.both.items():
            if at not in settled:
                model.cp.add(lowest <= int(seating.score[at])).only_enforce_if(pair)
        found, gap = _reach(model, seating, lowest + 0, found, effort)
        gaps.append(gap or 0.0)
        level = _level(seating, found, settled, model)
        if level is None:
            break
        at_level = [at for at in model.both if seating.score[at] == level and at not in settled]
        taken = [~model.both[at] for at in at_level]
        found, short, least = _fewest(model, seating, found, depth - number, taken, len(taken), effort)
        number, gaps = number + least, [*gaps, short]
        settled.update(at_level)
    return found, max(gaps)


def _fewest(
    model: _Model, seating: Seating, found: Arrangement, left: int, wanted: list[Any], of: int, effort: float
) -> tuple[Arrangement, float, int]:
    """Find how few of so many have to miss what is wanted; hold that where fewer than `left` do."""
    model.cp.maximize(sum(wanted))
    solver = _solve(model, found, effort)
    if solver is None:
        return found, 1.0, left
    value, bound = round(solver.objective_value), round(solver.best_objective_bound)
    model.cp.clear_objective()
    if of - value < left:
        model.cp.add(sum(wanted) >= value)
    return _read(model, seating, solver), (bound - value) / max(value, 1), of - value


def _level(seating: Seating, found: Arrangement, settled: set[tuple[int, int]], model: _Model) -> int | None:
    used = [
        int(seating.score[i, j])
        for i, j in model.both
        if (i, j) not in settled and found.mentee[i] == found.mentor[j] != NOBODY
    ]
    return min(used, default=None)


def _ties(model: _Model, seating: Seating) -> tuple[Any, Any]:
    """Which groups are formed, and by whom, then who sits where: each by numbers that the seed and the ids give."""
    shift = 40 - _TIE
    teams = sum(
        -int(seating.named[j] ^ (seating.named[k] >> 3) if j != k else seating.named[j]) * each
        for (j, k), each in model.leads.items()
    )
    return teams, sum(-int(seating.tie[at] >> shift) * each for at, each in model.both.items())


def _nobody(seating: Seating) -> Arrangement:
    rows, columns = seating.shape
    return Arrangement(np.full(rows, NOBODY, dtype=np.int64), np.full(columns, NOBODY, dtype=np.int64))
