"""What a plan of any model is worth, and with whom it brings each person together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.circles import circle_of
from toolkit.matching.evenness import Load, spread
from toolkit.matching.objective import Stage
from toolkit.matching.outcome import Formed
from toolkit.matching.peers import reached_by
from toolkit.matching.problem import Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan is worth: how many are matched, the sum of its scores and the lowest (0 to 10,000), first choices.

    The sum adds up each mentee with each mentor and, where likeness counts, each two mentees of a group; among peers
    each direction, of three people each two once.
    """

    matched: int
    total: int
    lowest: int | None
    first_choices: int


def tally(problem: Problem, formed: Iterable[Formed]) -> Figures:
    """Count what groups are worth; pairs and peers are groups of two."""
    groups = tuple(formed)
    if problem.shape.mutual:
        return _of_peers(problem, groups)
    rows, columns = relations(groups)
    score = problem.instance.score[rows, columns].astype(np.int64)
    return Figures(
        len(np.unique(rows)),
        int(score.sum()) + _likeness(problem, groups),
        int(score.min()) if len(score) else None,
        int(problem.instance.first[rows, columns].sum()),
    )


def relations(formed: Iterable[Formed]) -> tuple[Integers, Integers]:
    """List every mentee with every mentor of the same group, as two arrays."""
    pairs = [(row, column) for each in formed for row in each.mentees for column in each.mentors]
    table = np.array(sorted(pairs), dtype=np.int64).reshape(len(pairs), 2)
    return table[:, 0], table[:, 1]


def company(problem: Problem, formed: Iterable[Formed]) -> dict[str, tuple[str, ...]]:
    """Say with whom each mentee is: the mentors of the group, in rounds one after the other; of a peer the peers."""
    found: dict[str, tuple[str, ...]] = {}
    for each in formed:
        for row in each.mentees:
            others = (
                [problem.mentees[other] for other in each.mentees if other != row]
                if problem.shape.mutual
                else [problem.mentors[column] for column in each.mentors]
            )
            who = problem.mentees[row]
            found[who] = (*found.get(who, ()), *others)
    return found


def load(problem: Problem, formed: Iterable[Formed]) -> Load:
    """Look at what mentors carry with a plan: its mentees, pairs in being in any cohort, and other duties."""
    carried = problem.instance.carried.astype(np.int64).copy()
    for each in formed:
        for column in each.mentees if problem.shape.mutual else each.mentors:
            carried[column] += len(each.mentees) - problem.shape.mutual
    return spread(carried.tolist())


def _of_peers(problem: Problem, groups: tuple[Formed, ...]) -> Figures:
    circle, people = circle_of(problem), tuple(each.mentees for each in groups)
    aims = (Stage("max_matched"), Stage("max_total"), Stage("most_first_choices"))
    matched, total, first = (each.values[0] for each in reached_by(circle, people, aims))
    weights = [int(circle.weight[two]) for group in people for two in combinations(group, 2)]
    return Figures(matched, total, min(weights, default=None), first)


def _likeness(problem: Problem, groups: tuple[Formed, ...]) -> int:
    if problem.company is None or not problem.company.like.any():
        return 0
    return sum(int(np.triu(problem.company.like[np.ix_(each.mentees, each.mentees)], 1).sum()) for each in groups)
