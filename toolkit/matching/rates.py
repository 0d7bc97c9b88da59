"""Groups matched at nearly the same rate, exactly by flow: how many of each are left out is tried, the most matched first.

For a given number of mentees left out of each group, that number is the load of a place that only the group has, so
that the problem is an assignment like any other. Where one attribute divides the mentees, every such set of numbers
that keeps the limit is a window; the best over all of them is the best there is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from toolkit.matching.arrangement import key
from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.limits import Bounds
from toolkit.matching.objective import Instance, Matching, Stage, measured, open_choices, solve
from toolkit.matching.solvers import NOBODY, Choices, allowing

_MOST = 20_000  # sets of numbers that are looked at; more are left to another solver
_SOLVED = 200


def by_rates(instance: Instance, stages: tuple[Stage, ...], bounds: Bounds) -> Matching | None:
    """Find the best matching within a limit of rates; None where that is no matter of flow, or too large for it."""
    groups = _divided(bounds)
    if groups is None or bounds.rate is None or bounds.mean is not None or bounds.spread is not None:
        return None
    numbers = list(itertools.islice(_numbers(instance, groups, bounds.rate), _MOST + 1))
    if len(numbers) > _MOST:
        return None
    tried = _most_matched(instance, groups, numbers) if stages[0].aim == "max_matched" else numbers
    if len(tried) > _SOLVED:
        return None
    found = (_solved(instance, stages, groups, left) for left in tried)
    every = [each for each in found if each is not None]
    return max(every, key=lambda each: key(each.reached)) if every else None


def _divided(bounds: Bounds) -> tuple[Integers, ...] | None:
    """The groups, where nobody is in two of them and each is compared with each."""
    groups = list({tuple(rows.tolist()): rows for pair in bounds.groups for rows in pair}.values())
    apart = len(np.unique(np.concatenate(groups))) == sum(map(len, groups)) if groups else False
    return tuple(groups) if apart and len(bounds.groups) == len(groups) * (len(groups) - 1) // 2 else None


def _numbers(instance: Instance, groups: tuple[Integers, ...], rate: float) -> Iterator[tuple[int, ...]]:
    """How many of each group may be left out, most matched first, where the rates are near enough."""
    most = int((solve(instance, (Stage("max_matched"),)).mate != NOBODY).sum())
    sizes = [len(rows) for rows in groups]
    for matched in range(min(most, sum(sizes)), -1, -1):
        for made in _sums(sizes, matched):
            near = all(
                abs(one * of - other * to) <= int(round(rate * of * to, 6))
                for (one, to), (other, of) in itertools.combinations(zip(made, sizes, strict=True), 2)
            )
            if near:
                yield tuple(size - each for size, each in zip(sizes, made, strict=True))


def _sums(sizes: list[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to take a total from groups of these sizes."""
    if len(sizes) == 1:
        if total <= sizes[0]:
            yield (total,)
        return
    rest = sum(sizes[1:])
    for first in range(max(0, total - rest), min(sizes[0], total) + 1):
        yield from ((first, *others) for others in _sums(sizes[1:], total - first))


def _most_matched(
    instance: Instance, groups: tuple[Integers, ...], numbers: list[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """Keep the numbers with which most are matched in all, those in no group among them."""
    loose = len(instance.pinned) - sum(map(len, groups))
    best = -1
    kept: list[tuple[int, ...]] = []
    for left in numbers:
        grouped = sum(map(len, groups)) - sum(left)
        if grouped + loose < best:
            break
        found = _solved(instance, (Stage("max_matched"),), groups, left)
        matched = -1 if found is None else found.reached[0].values[0]
        if matched > best:
            best, kept = matched, []
        if found is not None and matched == best:
            kept.append(left)
    return kept


def _solved(
    instance: Instance, stages: tuple[Stage, ...], groups: tuple[Integers, ...], left: tuple[int, ...]
) -> Matching | None:
    """Solve with exactly so many of each group left out; None where that cannot be."""
    columns = len(instance.room)
    wider, choices = _with_places(instance, groups, left)
    if allowing(choices) is None:
        return None
    mate = solve(wider, tuple(_shallower(stages, sum(left))), choices).mate
    return measured(instance, stages, np.where(mate < columns, mate, NOBODY))


def _shallower(stages: tuple[Stage, ...], left: int) -> Iterator[Stage]:
    """Who is left out counts among the lowest where their number is not settled before, and takes up depth there."""
    counted = True
    for stage in stages:
        depth = stage.depth - left if stage.aim == "raise_the_lowest" and counted else stage.depth
        counted = counted and stage.aim != "max_matched"
        if depth > 0:
            yield replace(stage, depth=depth)


def _with_places(instance: Instance, groups: tuple[Integers, ...], left: tuple[int, ...]) -> tuple[Instance, Choices]:
    """Add a column for each group, in which exactly so many of it have no mentor, at a score above every other.

    All that such a column adds to a sum is the same in every matching, and its score is the last to be raised.
    """
    rows, more = len(instance.pinned), len(groups)
    member = np.zeros((rows, more), dtype=np.bool_)
    for column, group in enumerate(groups):
        member[group, column] = True
    places, none = np.array(left, dtype=np.int64), np.zeros(more, dtype=np.int64)
    score, first, tie = instance.score[:], instance.first[:], instance.tie[:]
    wider = replace(
        instance,
        score=np.hstack([score, np.full((rows, more), SCALE + 1, dtype=score.dtype)]),
        eligible=np.hstack([instance.eligible, member]),
        first=np.hstack([first, np.zeros_like(member, dtype=first.dtype)]),
        tie=np.hstack([tie, np.zeros((rows, more), dtype=tie.dtype)]),
        room=np.concatenate([instance.room, places]),
        carried=np.concatenate([instance.carried, none]),
    )
    choices = open_choices(wider)
    return wider, replace(
        choices,
        leave=choices.leave & ~member.any(axis=1),
        low=np.concatenate([choices.low[: len(instance.room)], places]),
        high=np.concatenate([choices.high[: len(instance.room)], places]),
    )
