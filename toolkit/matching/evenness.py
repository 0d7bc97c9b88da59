"""How evenly mentors carry: the Gini coefficient and Jain's index of what each has, with nobody left out who has nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.stats import gini, jain


@dataclass(frozen=True, slots=True)
class Load:
    """How mentors carry: the fewest and the most, how many carry nothing, and two indices.

    `gini` is 0 where all carry the same and nears 1 where one carries everything; `jain` is 1 where all carry the same
    and 1/n where one of n carries everything. Both are None where nobody carries anything.
    """

    least: int
    most: int
    idle: int
    gini: float | None
    jain: float | None


def load_data(load: Load) -> dict[str, int | float | None]:
    """Give a load as plain data for scripts."""
    return {
        "least": load.least,
        "most": load.most,
        "idle": load.idle,
        "gini": None if load.gini is None else round(load.gini, 4),
        "jain": None if load.jain is None else round(load.jain, 4),
    }


def spread(loads: Iterable[int]) -> Load:
    """Measure the loads of all mentors, those with none included."""
    each = sorted(loads)
    idle = each.count(0)
    if not any(each):
        return Load(0, 0, idle, None, None)
    return Load(each[0], each[-1], idle, gini(each), jain(each))
