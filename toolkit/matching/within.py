"""A mentor for each mentee within limits of fairness: the free optimum where it keeps them, else the best that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from toolkit.matching.arrangement import Arrangement, Seated, Seating, key
from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.forming import Impossible, form
from toolkit.matching.limits import Bounds, Gaps, gaps, kept
from toolkit.matching.objective import Instance, Matching, Stage, open_choices, solve
from toolkit.matching.rates import by_rates
from toolkit.matching.solvers import NOBODY, Choices, allowing

FLOW = "minimum-cost flow, exact (OR-Tools)"
CP = "CP-SAT with limits of fairness, stage after stage (OR-Tools)"
_EFFORT = 5.0  # for each stage of CP-SAT, the same on every machine
Found = tuple[Matching, tuple[float | None, ...], str]


def limited(instance: Instance, stages: tuple[Stage, ...], bounds: Bounds, seating: Callable[[], Seating]) -> Found:
    """Match within limits: the matching, how far each stage may be from the best, and what found it.

    Where the best plan without limits keeps them, it is the best with them. A spread of loads alone is a matter of the
    least and the most that each mentor takes, so that every place of the window between them is solved exactly by
    flow; gaps between groups are side conditions, for which `seating` writes all pairs down. Raises Impossible where no plan keeps them.
    """
    exact = (0.0,) * len(stages)
    free = solve(instance, stages)
    if kept(bounds, gaps_of(bounds, instance, free)):
        return free, exact, FLOW
    if not bounds.of_groups:
        found = [solve(instance, stages, choices) for choices in _windows(instance, bounds.spread or 0)]
        if not found:
            raise Impossible("no plan keeps the loads of mentors so near to each other")
        return max(found, key=lambda each: key(each.reached)), exact, FLOW
    even = by_rates(instance, stages, bounds)
    if even is not None:
        return even, exact, FLOW
    made = form(seating(), stages, _EFFORT, start=_near(instance, bounds, free))
    return Matching(made.arrangement.mentee, made.reached), tuple(_closer(free, made)), CP


def _near(instance: Instance, bounds: Bounds, free: Matching) -> Arrangement | None:
    """A plan within the limits to begin from: the group that is better off gets scores near to those of the other."""
    mate, stages = free.mate, (Stage("max_matched"), Stage("max_total"))
    means = [_mean(instance, mate, rows) for rows in bounds.groups[0]]
    better, worse = bounds.groups[0] if means[0] > means[1] else bounds.groups[0][::-1]
    low, high = 0, SCALE
    while high - low > 1:
        aim, bent = (low + high) // 2, instance.score[:].astype(np.int64)
        bent[better] = SCALE - np.abs(bent[better] - aim)  # as near to this as can be, in the place of as high
        other = replace(instance, score=bent)
        even = by_rates(other, stages, replace(bounds, mean=None, spread=None)) if bounds.rate is not None else None
        found = even or solve(other, stages)
        if kept(bounds, gaps_of(bounds, instance, found)):
            columns = np.arange(len(instance.room))
            return Arrangement(found.mate, np.where(np.isin(columns, found.mate), columns, NOBODY))
        above = _mean(instance, found.mate, better) > _mean(instance, found.mate, worse)
        low, high = (low, aim) if above else (aim, high)
    return None


def _mean(instance: Instance, mate: Integers, rows: Integers) -> float:
    placed = rows[mate[rows] != NOBODY]
    return float(instance.score[placed, mate[placed]].mean()) if len(placed) else 0.0


def _closer(free: Matching, made: Seated) -> Iterator[float | None]:
    """Bound each stage by what is reached without limits, as long as the stages before are as good as there."""
    same = True
    for best, found, gap in zip(free.reached, made.reached, made.gaps, strict=True):
        most, value = best.values[:1], found.values[:1]
        if same and gap and most and value:
            yield min(gap, abs(most[0] - value[0]) / max(abs(value[0]), 1)) or gap
        else:
            yield gap
        same = same and best.values == found.values


def gaps_of(bounds: Bounds, instance: Instance, matching: Matching) -> Gaps:
    """Measure how far apart a matching leaves groups and loads."""
    mate = matching.mate
    rows = np.flatnonzero(mate != NOBODY)
    loads = instance.carried + np.bincount(mate[rows], minlength=len(instance.carried))
    return gaps(bounds, np.asarray(instance.score), rows, mate[rows], loads[instance.room > 0])


def _windows(instance: Instance, spread: int) -> Iterator[Choices]:
    """Every least load from which the largest is no further than the spread, where some plan has it."""
    every = open_choices(instance)
    free = instance.room > 0
    carried, room = instance.carried[free], every.high[free]
    if not free.any():
        return
    for least in range(max(0, int(carried.max()) - spread), int((carried + room).min()) + 1):
        low, high = every.low.copy(), every.high.copy()
        low[free] = np.maximum(low[free], least - carried)
        high[free] = np.minimum(high[free], least + spread - carried)
        choices = replace(every, low=low, high=high)
        if (low <= high).all() and allowing(choices) is not None:
            yield choices
