"""Limits of fairness as bare arrays: how far groups of mentees, and the loads of mentors, may be apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What a plan must keep: for each two `groups` (rows of mentees) a gap, and a spread of loads.

    `rate` is a difference of shares (0 to 1), `mean` one of mean scores (0 to 10,000), `spread` a number of mentees;
    each is None where nothing is limited.
    """

    groups: tuple[tuple[Integers, Integers], ...] = ()
    rate: float | None = None
    mean: int | None = None
    spread: int | None = None

    @property
    def of_groups(self) -> bool:
        """Whether two groups are compared."""
        return bool(self.groups) and (self.rate is not None or self.mean is not None)

    def __bool__(self) -> bool:
        return self.of_groups or self.spread is not None


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far apart a plan leaves groups and loads at the most; the mean is None where no two groups have one."""

    rate: float
    mean: float | None
    spread: int


def gaps(bounds: Bounds, score: Table, rows: Integers, columns: Integers, open_loads: Integers) -> Gaps:
    """Measure a plan, given as mentees with mentors; `open_loads` is what each mentor carries who could take somebody."""
    seated = np.zeros(score.shape[0], dtype=np.int64)
    seated[rows] = 1
    count = np.bincount(rows, minlength=score.shape[0])
    total = np.bincount(rows, weights=score[rows, columns], minlength=score.shape[0])
    rate, mean = 0.0, None
    for one, other in bounds.groups:
        rate = max(rate, abs(seated[one].mean() - seated[other].mean()))
        if count[one].any() and count[other].any():
            apart = abs(total[one].sum() / count[one].sum() - total[other].sum() / count[other].sum()) / SCALE
            mean = max(mean or 0.0, float(apart))
    spread = int(open_loads.max() - open_loads.min()) if len(open_loads) else 0
    return Gaps(float(rate), mean, spread)


def kept(bounds: Bounds, found: Gaps) -> bool:
    """Whether a plan keeps every limit."""
    rate = bounds.rate is None or found.rate <= bounds.rate + 1e-9
    mean = bounds.mean is None or found.mean is None or found.mean * SCALE <= bounds.mean + 1e-6
    return rate and mean and (bounds.spread is None or found.spread <= bounds.spread)


def add_gaps(model: Any, bounds: Bounds, score: Integers, seats: list[Any], both: dict[tuple[int, int], Any]) -> None:
    """Hold two groups together in a model of CP-SAT: `seats[i]` is 1 where mentee i has one, `both` says with whom."""
    for one, other in bounds.groups:
        sizes, made = (len(one), len(other)), [sum(seats[row] for row in rows) for rows in (one, other)]
        if bounds.rate is not None:
            slack = int(round(bounds.rate * sizes[0] * sizes[1], 6))
            apart = sizes[1] * made[0] - sizes[0] * made[1]
            model.add_linear_constraint(apart, -slack, slack)
        if bounds.mean is not None:
            _add_mean(model, bounds.mean, [_of(model, rows, score, both) for rows in (one, other)])


def _of(model: Any, rows: Integers, score: Integers, both: dict[tuple[int, int], Any]) -> tuple[Any, Any, int]:
    """The number of a group's pairs and the sum of their scores as variables, and the most pairs there can be."""
    group = set(rows.tolist())
    mine = [at for at in both if at[0] in group]
    count, total = model.new_int_var(0, len(mine), ""), model.new_int_var(0, len(mine) * SCALE, "")
    model.add(count == sum(both[at] for at in mine))
    model.add(total == sum(int(score[at]) * both[at] for at in mine))
    return count, total, len(mine)


def _add_mean(model: Any, most: int, groups: list[tuple[Any, Any, int]]) -> None:
    """Keep |S/C - T/D| <= most, as |S*D - T*C| <= most*C*D; a group without a pair has no mean, and nothing is held."""
    (count, total, size), (other_count, other_total, other_size) = groups
    product = model.new_int_var(0, size * other_size, "")
    model.add_multiplication_equality(product, [count, other_count])
    crossed = []
    for one, other in ((total, other_count), (other_total, count)):
        cross = model.new_int_var(0, size * other_size * SCALE, "")
        model.add_multiplication_equality(cross, [one, other])
        crossed.append(cross)
    model.add(crossed[0] - crossed[1] <= most * product)
    model.add(crossed[1] - crossed[0] <= most * product)


def add_spread(model: Any, most: int, loads: list[Any], largest: int) -> None:
    """Hold the loads of mentors together in a model of CP-SAT."""
    low, high = model.new_int_var(0, largest, ""), model.new_int_var(0, largest, "")
    for load in loads:
        model.add(load >= low)
        model.add(load <= high)
    model.add(high - low <= most)
