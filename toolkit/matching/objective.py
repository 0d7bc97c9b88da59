"""The objective in stages: each stage is brought to its optimum, and only what is as good goes on to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Booleans, Floats, Integers
from toolkit.matching.lowest import raise_lowest
from toolkit.matching.solvers import NOBODY, Choices, Cost, minimize, pack, restrict

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
    decides between equals.
    """

    score: Integers
    eligible: Booleans
    room: Integers
    carried: Integers
    first: Booleans
    pinned: Integers
    tie: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What a stage reached, as whole numbers.

    `max_matched` and `most_first_choices`: one count; `max_total`: one sum of scores; `raise_the_lowest`: the lowest
    scores in ascending order (NOBODY for a mentee without a pair, where those count); `even_load`: the sum over
    mentors of 1 + 3 + 5 + ... up to their load, which is least where loads are even.
    """

    stage: Stage
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """Who goes to whom (`mate[i]`, or NOBODY), and what each stage reached, proven optimal."""

    mate: Integers
    reached: tuple[Reached, ...]


def solve(instance: Instance, stages: tuple[Stage, ...], choices: Choices | None = None) -> Matching:
    """Reach every stage in its order, exactly, and break the ties that remain by the keyed hash.

    `choices` narrows what is open from the start; it must leave at least one assignment.
    """
    choices = choices or open_choices(instance)
    hint = -instance.score.astype(np.float64) - instance.tie / 2.0**_TIE_BITS
    lowest: dict[Stage, tuple[int, ...]] = {}
    counted = True  # whether a mentee without a pair counts among the lowest: until their number is settled
    pending: list[Cost] = []
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            choices, pending = _settle(choices, pending, hint), []
            choices, values = raise_lowest(choices, instance.score, instance.pinned >= 0, counted, stage.depth, hint)
            lowest[stage] = values
        else:
            cost = cost_of(stage, instance)
            if pack([*pending, cost]) is None:
                choices, pending = _settle(choices, pending, hint), []
            pending.append(cost)
            counted = counted and stage.aim != "max_matched"
    choices = _settle(choices, pending, hint)
    mate = minimize(choices, Cost(instance.tie, 2**_TIE_BITS), hint).mate
    reached = (Reached(each, lowest[each] if each in lowest else (value(each, instance, mate),)) for each in stages)
    return Matching(mate, tuple(reached))


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
    pairs, leave = instance.eligible.copy(), np.ones(len(instance.pinned), dtype=np.bool_)
    rows = np.flatnonzero(instance.pinned >= 0)
    pairs[rows] = False
    pairs[rows, instance.pinned[rows]] = True
    leave[rows] = False
    high = np.minimum(instance.room, pairs.sum(axis=0))
    return Choices(pairs, leave, np.zeros_like(high), high)


def cost_of(stage: Stage, instance: Instance) -> Cost:
    """State an aim as a cost to minimize."""
    nothing = np.zeros_like(instance.score)
    if stage.aim == "max_matched":
        return Cost(nothing, leave=1)
    if stage.aim == "max_total":
        return Cost(-instance.score)
    if stage.aim == "most_first_choices":
        return Cost(-instance.first.astype(np.int64))
    if stage.aim == "even_load":
        further = np.arange(max(int(instance.room.max(initial=0)), 1))[None, :]
        return Cost(nothing, load=2 * (instance.carried[:, None] + further) + 1)
    raise ValueError(f"{stage.aim} is not a sum over pairs")


def _settle(choices: Choices, costs: list[Cost], hint: Floats) -> Choices:
    """Solve several stages at once, the first weighing more than all the rest could, and keep what is as good."""
    if not costs:
        return choices
    cost = pack(costs)
    if cost is None:
        raise RuntimeError("the costs of one stage are too large for 64 bits")
    return restrict(choices, cost, minimize(choices, cost, hint))


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


def tie_breaker(seed: int, mentees: tuple[str, ...], mentors: tuple[str, ...]) -> Integers:
    """Give each pair a number that depends on the seed and the two ids alone: a keyed hash, mixed for every pair."""
    rows = np.array([_hash(seed, "mentee", each) for each in mentees], dtype=np.uint64)[:, None]
    columns = np.array([_hash(seed, "mentor", each) for each in mentors], dtype=np.uint64)[None, :]
    mixed = rows ^ (columns * np.uint64(0x9E3779B97F4A7C15))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # the finalizer of SplitMix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(64 - _TIE_BITS)).astype(np.int64)


def lots(seed: int, role: str, people: tuple[str, ...]) -> Integers:
    """Give each person a number of 40 bits that depends on the seed and the id alone."""
    return np.array([_hash(seed, f"{role}-lot", each) >> (64 - _TIE_BITS) for each in people], dtype=np.int64)


def _hash(seed: int, role: str, ident: str) -> int:
    from hashlib import blake2b

    key = seed.to_bytes(16, "big")
    return int.from_bytes(blake2b(f"{role}/{ident}".encode(), key=key, digest_size=8).digest(), "big")
