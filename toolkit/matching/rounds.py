"""Short meetings in rounds: nobody meets the same person twice, and all have met after the fewest rounds there can be.

Who has most people left to meet needs as many rounds as that. In each round everybody with that number meets somebody,
which is always possible between two sides (König 1916), so that one round less is left after each; among such rounds
the objective chooses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.objective import Instance, Matching, Stage, open_choices, solve
from toolkit.matching.solvers import NOBODY, Choices


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """The rounds that are proposed, and how many are left in all before the first of them."""

    matchings: tuple[Matching, ...]
    needed: int


def schedule(instance: Instance, stages: tuple[Stage, ...], most: int) -> Rounds:
    """Propose up to `most` rounds; the pairs that are not eligible, having met or not allowed, are in none."""
    matchings: list[Matching] = []
    needed = _left(instance)
    while len(matchings) < most and instance.eligible.any():
        made = solve(instance, stages, next_round(instance))
        matchings.append(made)
        met = instance.eligible.copy()
        rows = np.flatnonzero(made.mate != NOBODY)
        met[rows, made.mate[rows]] = False
        instance = replace(instance, eligible=met, pinned=np.full_like(instance.pinned, NOBODY))
    return Rounds(tuple(matchings), needed)


def next_round(instance: Instance) -> Choices:
    """What is open in a round: everybody who has most people left to meet must meet one of them."""
    choices, left = open_choices(instance), _left(instance)
    rows, columns = instance.eligible.sum(axis=1), instance.eligible.sum(axis=0)
    if (instance.pinned != NOBODY).any():
        return choices  # a pin may stand in the way of that
    return Choices(choices.pairs, (rows < left) & choices.leave, (columns == left).astype(np.int64), choices.high)


def _left(instance: Instance) -> int:
    degrees: Integers = np.concatenate([instance.eligible.sum(axis=1), instance.eligible.sum(axis=0)])
    return int(degrees.max(initial=0))
