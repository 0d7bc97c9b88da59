"""Peers matched to the proven optimum: everybody with everybody, in twos, and one three where the number is odd.

Without a three this is maximum-weight matching in a general graph (blossoms, by NetworkX, in whole numbers of any size);
with one it is a choice of sets, solved by CP-SAT. Stage after stage is brought to its optimum and then held.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.objective import Reached, Stage
from toolkit.matching.search import search
from toolkit.matching.solvers import NOBODY

_TRIOS = 25  # up to so many people the choice of a three is proven; beyond, it is the best for pairs already proven
_TIE = 2**40


@dataclass(frozen=True, slots=True, eq=False)
class Circle:
    """A problem of peers, all arrays n by n: the weight of each two (0 to 10,000), and who can be together.

    `weight`, `able` and `tie` are the same in both directions; `first[i, j]` marks that j is the first choice of i;
    `pinned[i]` is the peer fixed for i, or NOBODY. Where `trio`, three may be together once if the number is odd.
    """

    weight: Integers
    able: Booleans
    first: Booleans
    pinned: Integers
    tie: Integers
    trio: bool


@dataclass(frozen=True, slots=True, eq=False)
class Circled:
    """Who is together, what each stage reached, and whether every stage is proven."""

    groups: tuple[tuple[int, ...], ...]
    reached: tuple[Reached, ...]
    proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """People who could be together, and what each stage counts of them."""

    people: tuple[int, ...]
    total: int
    first: int
    pins: int
    low: tuple[int, ...]
    tie: int


Layer = list[int]
Best = Callable[[list[Layer], list[bool]], list[int]]


def together(circle: Circle, stages: tuple[Stage, ...]) -> Circled:
    """Bring every stage to its optimum, in their order, and break the ties that remain by the keyed hash.

    The total adds up, over people, how well the others fit: a pair counts twice, a three once for each two in it.
    """
    count = len(circle.pinned)
    odd = circle.trio and count % 2 == 1 and count > 2
    if odd and count > _TRIOS:
        return _attached(circle, stages)
    sets = [_set(circle, each) for each in itertools.combinations(range(count), 2) if circle.able[each]]
    if odd:
        threes = (each for each in itertools.combinations(range(count), 3))
        sets += [
            _set(circle, each) for each in threes if all(circle.able[two] for two in itertools.combinations(each, 2))
        ]
    best: Best = partial(_sets, count, sets) if odd else partial(_blossom, sets)
    chosen = _climb(circle, sets, stages, best)
    pins = {frozenset((one, int(other))) for one, other in enumerate(circle.pinned) if other != NOBODY}
    if sum(sets[each].pins for each in chosen) < len(pins):
        raise ToolkitError("the pins cannot all hold: somebody is pinned to several people", "take a pin out")
    groups = tuple(sorted(sets[each].people for each in chosen))
    return Circled(groups, reached_by(circle, groups, stages), True)


def reached_by(circle: Circle, groups: tuple[tuple[int, ...], ...], stages: tuple[Stage, ...]) -> tuple[Reached, ...]:
    """Read from groups of peers what each stage reached; `even_load` counts the twos in them, 1 a pair and 3 a three."""
    sets = [_set(circle, each) for each in groups]
    alone = len(circle.pinned) - sum(map(len, groups))
    counted, reached = True, []
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            low = sorted([value for each in sets for value in each.low] + [NOBODY] * alone * counted)
            reached.append(Reached(stage, tuple(low[: stage.depth])))
        else:
            reached.append(Reached(stage, (abs(sum(_coefficient(each, stage.aim) for each in sets)),)))
        counted = counted and stage.aim != "max_matched"
    return tuple(reached)


def _set(circle: Circle, people: tuple[int, ...]) -> _Set:
    twos = list(itertools.combinations(people, 2))
    weights = [int(circle.weight[two]) for two in twos]
    pins = [circle.pinned[one] == other or circle.pinned[other] == one for one, other in twos]
    return _Set(
        people,
        sum(weights) * (2 if len(people) == 2 else 1),
        sum(int(circle.first[one, other]) for one, other in itertools.permutations(people, 2)),
        sum(map(int, pins)),
        tuple(weight for weight, pin in zip(weights, pins, strict=True) if not pin),
        sum(int(circle.tie[two]) for two in twos),
    )


def _coefficient(each: _Set, aim: str) -> int:
    if aim == "max_matched":
        return len(each.people)
    if aim == "max_total":
        return each.total
    if aim == "most_first_choices":
        return each.first
    if aim == "even_load":
        return -len(each.people) * (len(each.people) - 1) // 2
    raise ValueError(f"{aim} is not a sum over pairs")


def _climb(circle: Circle, sets: list[_Set], stages: tuple[Stage, ...], best: Best) -> list[int]:
    """Put one layer after the other; the lowest scores narrow what is allowed and add layers of their own."""
    allowed, layers, counted = [True] * len(sets), [[each.pins for each in sets]], True
    for stage in stages:
        if stage.aim == "raise_the_lowest":
            allowed, layers = _raise(len(circle.pinned), sets, allowed, layers, stage.depth, counted, best)
        else:
            layers = [*layers, [_coefficient(each, stage.aim) for each in sets]]
        counted = counted and stage.aim != "max_matched"
    return best([*layers, [len(each.people) * _TIE - each.tie for each in sets]], allowed)


def _raise(
    count: int, sets: list[_Set], allowed: list[bool], layers: list[Layer], depth: int, counted: bool, best: Best
) -> tuple[list[bool], list[Layer]]:
    number, settled = 0, set[int]()
    if counted:
        seated = [len(each.people) for each in sets]
        alone = count - sum(seated[each] for each in best([*layers, seated], allowed))
        number += alone
        layers = [*layers, seated] if alone < depth else layers
    while number < depth:
        goal = _worth(layers, best(layers, allowed))
        levels = sorted({low for each, ok in zip(sets, allowed, strict=True) if ok for low in each.low} - settled)
        level = _highest(sets, allowed, layers, goal, levels, settled, best)
        if level is None:
            break
        allowed = _above(sets, allowed, level, settled)
        at_level = [-each.low.count(level) for each in sets]
        least = -sum(at_level[each] for each in best([*layers, at_level], allowed))
        layers = [*layers, at_level] if number + least < depth else layers
        number += least
        settled.add(level)
    return allowed, layers


def _highest(
    sets: list[_Set],
    allowed: list[bool],
    layers: list[Layer],
    goal: list[int],
    levels: list[int],
    settled: set[int],
    best: Best,
) -> int | None:
    """Find the highest level at or above which, with the settled ones, as much can be reached; None if those alone do."""

    def suffices(level: int) -> bool:
        narrowed = _above(sets, allowed, level, settled)
        return _worth(layers, best(layers, narrowed)) == goal

    if not levels or suffices(levels[-1] + 1):
        return None
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if suffices(levels[middle]):
            low = middle
        else:
            high = middle - 1
    return levels[low]


def _above(sets: list[_Set], allowed: list[bool], level: int, settled: set[int]) -> list[bool]:
    return [
        ok and all(low >= level or low in settled for low in each.low) for each, ok in zip(sets, allowed, strict=True)
    ]


def _worth(layers: list[Layer], chosen: list[int]) -> list[int]:
    return [sum(layer[each] for each in chosen) for layer in layers]


def _blossom(sets: list[_Set], layers: list[Layer], allowed: list[bool]) -> list[int]:
    """Choose pairs by maximum-weight matching; the layers are packed so that an earlier one outweighs all later ones."""
    from networkx import Graph
    from networkx.algorithms.matching import max_weight_matching

    weights, scale = [0] * len(sets), 1
    for layer in reversed(layers):
        weights = [weight + scale * each for weight, each in zip(weights, layer, strict=True)]
        scale *= 2 * sum(sorted(map(abs, layer))[-len(sets) :]) + 1
    graph = Graph()
    for each, weight, ok in zip(sets, weights, allowed, strict=True):
        if ok and weight > 0:
            graph.add_edge(*each.people, weight=weight)
    mates = {tuple(sorted(pair)) for pair in max_weight_matching(graph)}
    return [place for place, each in enumerate(sets) if each.people in mates]


def _sets(count: int, sets: list[_Set], layers: list[Layer], allowed: list[bool]) -> list[int]:
    """Choose pairs and at most one three, layer after layer, each proven by CP-SAT."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in sets]
    of: list[list[Any]] = [[] for _ in range(count)]
    for take, each, ok in zip(takes, sets, allowed, strict=True):
        if not ok:
            model.add(take == 0)
        for person in each.people:
            of[person].append(take)
    for mine in of:
        model.add_at_most_one(mine)
    model.add_at_most_one(take for take, each in zip(takes, sets, strict=True) if len(each.people) == 3)
    chosen: list[int] = []
    for layer in layers:
        if not any(layer):
            continue
        total = sum(factor * take for factor, take in zip(layer, takes, strict=True) if factor)
        model.maximize(total)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        solver.parameters.linearization_level = 2
        if search(solver, model) != cp_model.OPTIMAL:
            raise RuntimeError("the choice of peers could not be proven")
        model.add(total >= round(solver.objective_value))
        chosen = [place for place, take in enumerate(takes) if solver.boolean_value(take)]
    return chosen


def _attached(circle: Circle, stages: tuple[Stage, ...]) -> Circled:
    """Pair as well as can be, then add the odd one to the pair where that is best; the three is not proven."""
    from dataclasses import replace

    pairs = together(replace(circle, trio=False), stages).groups
    alone = set(range(len(circle.pinned))) - {person for pair in pairs for person in pair}
    options = [pairs]
    for odd in sorted(alone):
        for place, pair in enumerate(pairs):
            if all(circle.able[odd, each] for each in pair):
                three = tuple(sorted((*pair, odd)))
                options.append(tuple(sorted((*pairs[:place], three, *pairs[place + 1 :]))))
    groups = max(options, key=lambda each: _key(reached_by(circle, each, stages), circle, each))
    return Circled(groups, reached_by(circle, groups, stages), False)


def _key(reached: tuple[Reached, ...], circle: Circle, groups: tuple[tuple[int, ...], ...]) -> Any:
    tie = sum(_set(circle, each).tie for each in groups)
    return [tuple(-v for v in each.values) if each.stage.aim == "even_load" else each.values for each in reached], -tie
