"""The objective in stages: each stage is brought to its optimum, and only what is as good goes on to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.drawn import drawn
from toolkit.matching.lowest import raise_lowest
from toolkit.matching.solvers import NOBODY, Choices, Cost, Solution, minimize, pack, restrict, settle
from toolkit.matching.tables import Sum, Table, Ties, largest, weighted

_TIE_BITS = 40


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the objective: an aim, and how deep the lowest scores are raised."""

    aim: str
    depth: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A matching problem in bare arrays: n mentees by m mentors.

    `score` is 0 to 10,000; `first` marks the mentee's first choices; `room[j]` is how many mentees mentor j can still
    take and `carried[j]` how many j carries already; `pinned[i]` is the mentor fixed for mentee i, or NOBODY; `tie`
    decides between equals. Scores, first choices and ties are asked for by rows or by pairs: at 15,000 x 8,000 all of
    them at once take more memory than is there.
    """

    score: Table
    eligible: Booleans
    room: Integers
    carried: Integers
    first: Table
    pinned: Integers
    tie: Table


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What a stage reached, as whole numbers.

    `max_matched` and `most_first_choices`: one count; `max_total`: one sum of scores; `raise_the_lowest`: the lowest
    scores in ascending order (NOBODY for a mentee without a pair, where those count); `even_load`: the sum over
    mentors of 1 + 3 + 5 + ... up to their load, which is least where loads are even.
    """

    stage: Stage
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """That one or several stages at once are at their optimum: the least cost, which prices of all open pairs come to.

    `open` is how many pairs were priced, `solved` how many of them the flow was solved on.
    """

    cost: int
    open: int
    solved: int


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Who goes to whom (`mate[i]`, or NOBODY), and what each stage reached, proven optimal by prices."""

    mate: Integers
    reached: tuple[Reached, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Between two stages: what is open, an assignment that is among it (None where none is at hand), what was proven."""

    choices: Choices
    known: Integers | None = None
    proofs: tuple[Proof, ...] = ()


def solve(instance: Instance, stages: tuple[Stage, ...], choices: Choices | None = None) -> Matching:
    """Reach every stage in its order, exactly, and break the ties that remain by the keyed hash.

    `choices` narrows what is open from the start; it must leave at least one assignment.
    """
    state = _State(choices or open_choices(instance))
    lowest: dict[Stage, tuple[int, ...]] = {}
    counted = True  # whether a mentee without a pair counts among the lowest: until their number is settled
    pending: list[Cost] = []
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            state, pending = _settle(state, pending), []
            kept, lowest[stage] = raise_lowest(
                state.choices, instance.score, instance.pinned >= 0, counted, stage.depth
            )
            state = _State(kept, None, state.proofs)
        else:
            cost = cost_of(stage, instance)
            if pack([*pending, cost]) is None:
                state, pending = _settle(state, pending), []
            pending.append(cost)
            counted = counted and stage.aim != "max_matched"
    state = _settle(state, pending)
    mate = _decided(state.choices, instance.tie)
    reached = (Reached(each, lowest[each] if each in lowest else (value(each, instance, mate),)) for each in stages)
    return Matching(mate, tuple(reached), state.proofs)


def measured(instance: Instance, stages: tuple[Stage, ...], mate: Integers) -> Matching:
    """Read from a matching that was made otherwise what each stage of the objective would count."""
    counted, reached = True, []
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            rows = np.flatnonzero((mate != NOBODY) & (instance.pinned == NOBODY))
            low = instance.score[rows, mate[rows]].tolist() + [NOBODY] * int((mate == NOBODY).sum()) * counted
            reached.append(Reached(stage, tuple(sorted(low)[: stage.depth])))
        else:
            reached.append(Reached(stage, (value(stage, instance, mate),)))
        counted = counted and stage.aim != "max_matched"
    return Matching(mate, tuple(reached))


def open_choices(instance: Instance) -> Choices:
    """Everything that is open before the first stage: pins are fixed, loads have room up to the capacities."""
    pairs, leave = instance.eligible, np.ones(len(instance.pinned), dtype=np.bool_)
    rows = np.flatnonzero(instance.pinned >= 0)
    pairs = pairs.copy() if len(rows) else pairs
    pairs[rows] = False
    pairs[rows, instance.pinned[rows]] = True
    leave[rows] = False
    high = np.minimum(instance.room, in_columns(pairs))
    return Choices(pairs, leave, np.zeros_like(high), high)


def in_columns(pairs: Booleans) -> Integers:
    """Count the open pairs of each mentor, in single bytes as long as they cannot run over."""
    total = np.zeros(pairs.shape[1], dtype=np.int64)
    for start in range(0, len(pairs), 255):
        total += pairs[start : start + 255].view(np.uint8).sum(axis=0, dtype=np.uint8)
    return total


def cost_of(stage: Stage, instance: Instance) -> Cost:
    """State an aim as a cost to minimize."""
    nothing = Sum(instance.score.shape)
    if stage.aim == "max_matched":
        return Cost(nothing, leave=1)
    if stage.aim == "max_total":
        return Cost(weighted(instance.score, -1))
    if stage.aim == "most_first_choices":
        return Cost(weighted(instance.first, -1))
    if stage.aim == "even_load":
        further = np.arange(max(int(instance.room.max(initial=0)), 1))[None, :]
        return Cost(nothing, load=2 * (instance.carried[:, None] + further) + 1)
    raise ValueError(f"{stage.aim} is not a sum over pairs")


def _settle(state: _State, costs: list[Cost]) -> _State:
    """Solve several stages at once, the first weighing more than all the rest could, and keep what is as good."""
    if not costs:
        return state
    known, choices = state.known, state.choices
    if len(costs) > 1 and costs[0].leave and costs[0].load is None and not largest(costs[0].pairs):
        tried = _eager(state, costs[1:])
        if tried and tried[1]:
            return _after(state, tried[0], tried[1])
        known = tried[0].mate if tried else known
    cost = pack(costs)
    if cost is None:
        raise RuntimeError("the costs of one stage are too large for 64 bits")
    found = minimize(choices, cost, _used(choices, known))
    return _after(state, found, restrict(choices, cost, found))


def _used(choices: Choices, mate: Integers | None) -> Integers | None:
    """The pairs of an assignment that is at hand."""
    if mate is None:
        return None
    rows = np.flatnonzero(mate != NOBODY)
    used: Integers = rows * choices.pairs.shape[1] + mate[rows]
    return used


def _decided(choices: Choices, tie: Table) -> Integers:
    """Decide between what is equally good: of the pairs that are drawn, those whose keyed hashes come to the least.

    More are drawn until everybody has a mentor or every place is filled, and all in the end.
    """
    mate, full = None, min(len(choices.leave), int(choices.high.sum()))
    for arcs in drawn(choices, tie):
        mate = settle(choices, Cost(tie, 2**_TIE_BITS), arcs)
        if mate is not None and np.count_nonzero(mate != NOBODY) == full:
            break
    if mate is None:
        raise RuntimeError("the choices allow no assignment at all")
    return mate


def _eager(state: _State, costs: list[Cost]) -> tuple[Solution, Choices | None] | None:
    """Try whether all can be placed, or all places filled, where to leave one mentee out costs a little only.

    If so, no assignment places more, and among those that place as many the rest of the cost is at its least. The small
    numbers are solved faster than those in which one mentee outweighs everything.
    """
    choices, rest = state.choices, pack(costs)
    if rest is None or rest.leave or pack([eager := replace(rest, leave=4 * rest.largest() + 1)]) is None:
        return None
    found = minimize(choices, eager, _used(choices, state.known))
    kept, placed = restrict(choices, eager, found), int((found.mate != NOBODY).sum())
    if placed == len(found.mate):
        return found, replace(kept, leave=np.zeros_like(kept.leave))
    if placed == int(choices.high.sum()):
        return found, replace(kept, low=choices.high, high=choices.high)
    return found, None


def _after(state: _State, found: Solution, kept: Choices) -> _State:
    proof = Proof(found.value, int(np.count_nonzero(state.choices.pairs)), len(found.arcs))
    return _State(kept, found.mate, (*state.proofs, proof))


def value(stage: Stage, instance: Instance, mate: Integers) -> int:
    """Read from a matching what a stage reached."""
    rows = np.flatnonzero(mate != NOBODY)
    columns = mate[rows]
    if stage.aim == "max_matched":
        return len(rows)
    if stage.aim == "max_total":
        return int(instance.score[rows, columns].sum())
    if stage.aim == "most_first_choices":
        return int(instance.first[rows, columns].sum())
    load = np.bincount(columns, minlength=len(instance.room))
    return int(((instance.carried + load) ** 2 - instance.carried**2).sum())


def tie_breaker(seed: int, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Ties:
    """Give each pair a number that depends on the seed and the two ids alone: a keyed hash, mixed for every pair."""
    rows = np.array([_hash(seed, "mentee", each) for each in mentees], dtype=np.uint64)
    columns = np.array([_hash(seed, "mentor", each) for each in mentors], dtype=np.uint64)
    return Ties(rows, columns, _TIE_BITS)


def lots(seed: int, role: str, people: tuple[str, ...]) -> Integers:
    """Give each person a number of 40 bits that depends on the seed and the id alone."""
    return np.array([_hash(seed, f"{role}-lot", each) >> (64 - _TIE_BITS) for each in people], dtype=np.int64)


def _hash(seed: int, role: str, ident: str) -> int:
    from hashlib import blake2b

    key = seed.to_bytes(16, "big")
    return int.from_bytes(blake2b(f"{role}/{ident}".encode(), key=key, digest_size=8).digest(), "big")
