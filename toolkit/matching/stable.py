"""Both sides choose: deferred acceptance with places, choice by lot, and the pairs who would rather have each other."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import SCALE, Features, Integers
from toolkit.matching.objective import Instance
from toolkit.matching.solvers import NOBODY

_UNRANKED = 99


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """How much each side wants the other, n mentees by m mentors, smaller is better; equals are equally wanted.

    Who is ranked comes first, in that order, then everybody else by score. Where rankings do not count, the score
    alone decides.
    """

    mentee: Integers
    mentor: Integers


def wishes(features: Features, score: Integers, ranked: bool) -> Wishes:
    """Read the wishes of both sides from their rankings and the scores."""
    return Wishes(*(_wish(each, score, ranked) for each in (features.ranked_by_mentee, features.ranked_by_mentor)))


def _wish(places: Integers, score: Integers, ranked: bool) -> Integers:
    place = np.where(places > 0, places, _UNRANKED) if ranked else np.zeros_like(places)
    wanted: Integers = place * (SCALE + 1) + (SCALE - score)
    return wanted


def deferred(instance: Instance, wanted: Wishes) -> Integers:
    """Match by deferred acceptance, the mentees proposing; the seed breaks ties. Pins are kept and take their places.

    Among all matchings that are stable in this order, every mentee gets the best mentor that any of them gives.
    """
    mate, left = instance.pinned.copy(), _left(instance)
    held: list[list[tuple[int, int, int]]] = [[] for _ in left]
    lists = {int(row): _order(instance, wanted, int(row)) for row in np.flatnonzero(mate == NOBODY)}
    waiting = sorted(lists, reverse=True)
    while waiting:
        row = waiting.pop()
        for column in lists[row]:
            entry = (-int(wanted.mentor[row, column]), -int(instance.tie[row, column]), row)
            if len(held[column]) < left[column]:
                heapq.heappush(held[column], entry)
            elif left[column] and held[column][0] < entry:
                waiting.append(heapq.heapreplace(held[column], entry)[2])
            else:
                continue
            break
    for column, entries in enumerate(held):
        mate[[row for _, _, row in entries]] = column
    return mate


def _order(instance: Instance, wanted: Wishes, row: int) -> _Once:
    open_to = np.flatnonzero(instance.eligible[row])
    order = open_to[np.lexsort((instance.tie[row, open_to], wanted.mentee[row, open_to]))]
    return _Once(order.tolist())


class _Once:
    """A list that goes on where it stopped: nobody asks the same mentor twice."""

    def __init__(self, items: list[int]) -> None:
        self._rest = iter(items)

    def __iter__(self) -> _Once:
        return self

    def __next__(self) -> int:
        return next(self._rest)


def serial(instance: Instance, wanted: Wishes, lot: Integers) -> Integers:
    """Let mentees choose one after the other, in the order of their lots (n numbers, the smallest first)."""
    mate, left = instance.pinned.copy(), _left(instance)
    for row in np.lexsort((np.arange(len(mate)), lot)).tolist():
        if mate[row] == NOBODY:
            mate[row] = next((column for column in _order(instance, wanted, row) if left[column] > 0), NOBODY)
            if mate[row] != NOBODY:
                left[mate[row]] -= 1
    return mate


def _left(instance: Instance) -> Integers:
    pinned = instance.pinned[instance.pinned != NOBODY]
    left: Integers = instance.room - np.bincount(pinned, minlength=len(instance.room))
    return left


def blocking(instance: Instance, wanted: Wishes, mate: Integers) -> tuple[tuple[int, int], ...]:
    """Find the pairs who would both rather have each other than what they got, as (mentee, mentor).

    A mentor with a place left would rather have anybody who is possible. Pinned mentees ask for nobody.
    """
    load = np.bincount(mate[mate != NOBODY], minlength=len(instance.room))
    worst = np.where(load < instance.room, np.iinfo(np.int64).max, -1)
    free = np.flatnonzero((mate != NOBODY) & (instance.pinned == NOBODY))
    np.maximum.at(worst, mate[free], wanted.mentor[free, mate[free]])
    worst[instance.room == 0] = -1
    found: list[tuple[int, int]] = []
    for row in np.flatnonzero(instance.pinned == NOBODY).tolist():
        own = wanted.mentee[row, mate[row]] if mate[row] != NOBODY else np.iinfo(np.int64).max
        rather = instance.eligible[row] & (wanted.mentee[row] < own) & (wanted.mentor[row] < worst)
        found.extend((row, column) for column in np.flatnonzero(rather).tolist())
    return tuple(found)
