"""Peers brought together as the policy asks: from a problem to bare arrays, and to twos by score, by wish or by lot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.peers import Circle, together
from toolkit.matching.problem import Problem
from toolkit.matching.roommates import roommates
from toolkit.matching.seating import marks_of
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import counted, listed

BLOSSOM = "maximum-weight matching in a general graph, exact (NetworkX)"
SETS = "choice of pairs and one three by CP-SAT, exact (OR-Tools)"
ATTACHED = "maximum-weight matching (NetworkX), then the best pair for the odd one"
IRVING = "stable roommates (Irving)"
LOT = "choice by lot, one after the other"

Groups = tuple[tuple[int, ...], ...]


class Chosen(NamedTuple):
    """Who is with whom, the solver that said so, what is to be said of it, and whether it is proven the best."""

    groups: Groups
    solver: str
    notes: tuple[str, ...]
    proven: bool


def circle_of(problem: Problem) -> Circle:
    """Write a problem of peers as bare arrays: two are as good as both directions on average, or as the weaker one."""
    instance = problem.instance
    score, able = instance.score, instance.eligible & instance.eligible.T
    pins = marks_of(instance.pinned, able.shape)
    weaker = problem.policy.model == "reciprocal"
    return Circle(
        weight=np.minimum(score, score.T) if weaker else (score + score.T) // 2,
        able=able | pins | pins.T,
        first=np.asarray(instance.first),
        pinned=instance.pinned,
        tie=np.minimum(instance.tie, instance.tie.T),
        trio=problem.policy.model == "peer",
    )


def choose(problem: Problem, circle: Circle, wanted: Integers) -> Chosen:
    """Bring peers together by the solver of the policy; `wanted` says how much each wants each other, 0 most."""
    solver, notes, proven = problem.policy.solver, [], False
    if solver == "serial":
        groups, name = _by_lot(problem, circle, wanted), LOT
    else:
        stable = _irving(problem, circle, wanted) if solver == "stable" else None
        if stable is not None:
            groups, name = stable, IRVING
            notes.append("stable: no two would both rather have each other than what they got")
        else:
            made = together(circle, problem.stages)
            groups, proven = made.groups, made.proven
            odd = any(len(each) == 3 for each in groups)
            name = (SETS if proven else ATTACHED) if odd else BLOSSOM
            if solver == "stable":
                notes.append("no stable pairing exists for these wishes; this is the best by the objective")
    if solver != "stable" or proven:
        found = rather(circle, wanted, groups)
        twos = f"{counted(found, 'blocking pair')}: two who would both rather have each other"
        notes.append(twos if found else "no blocking pair")
    return Chosen(groups, name, (*notes, *_three(problem, groups)), proven)


def _three(problem: Problem, groups: Groups) -> Iterator[str]:
    for group in groups:
        if len(group) == 3:
            yield f"the number is odd, so {listed(problem.mentees[each] for each in group)} are three"


def _lists(problem: Problem, circle: Circle, wanted: Integers) -> list[list[int]]:
    """Each person's list of the others, best first; pinned people list each other alone."""
    pinned = {int(row): int(column) for row, column in enumerate(circle.pinned) if column != NOBODY}
    pinned |= {other: one for one, other in pinned.items()}
    lists = []
    for one in range(len(circle.pinned)):
        others = [pinned[one]] if one in pinned else [o for o in np.flatnonzero(circle.able[one]) if o not in pinned]
        lists.append(sorted(map(int, others), key=lambda other: (wanted[one, other], problem.instance.tie[one, other])))
    return lists


def _irving(problem: Problem, circle: Circle, wanted: Integers) -> Groups | None:
    mate = roommates(_lists(problem, circle, wanted))
    return None if mate is None else tuple((one, other) for one, other in enumerate(mate) if other > one)


def _by_lot(problem: Problem, circle: Circle, wanted: Integers) -> Groups:
    lists, taken, groups = _lists(problem, circle, wanted), set[int](), []
    for one in np.argsort(problem.lots, kind="stable").tolist():
        other = next((each for each in lists[one] if each not in taken), None)
        if one not in taken and other is not None:
            taken |= {one, other}
            groups.append((min(one, other), max(one, other)))
    return tuple(sorted(groups))


def rather(circle: Circle, wanted: Integers, groups: Groups) -> int:
    """Count the twos who would both rather have each other than the people they are with."""
    worst = np.full(len(circle.pinned), np.iinfo(np.int64).max)
    for group in groups:
        for one in group:
            worst[one] = max(wanted[one, other] for other in group if other != one)
    both = circle.able & (wanted < worst[:, None]) & (wanted < worst[:, None]).T
    return int(np.triu(both, 1).sum())
