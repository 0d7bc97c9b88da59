"""Both sides choose: deferred acceptance with places, choice by lot, and the pairs who would rather have each other."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.criteria import blocks
from toolkit.matching.objective import Instance
from toolkit.matching.solvers import NOBODY
from toolkit.matching.tables import Made, Table

_UNRANKED = 99
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """How much each side wants the other, n mentees by m mentors, smaller is better; equals are equally wanted.

    Who is ranked comes first, in that order, then everybody else by score. Where rankings do not count, the score
    alone decides.
    """

    mentee: Table
    mentor: Table


@dataclass(frozen=True, slots=True, eq=False)
class Wish(Made):
    """How much one side wants the other, made where it is asked for."""

    places: Table
    score: Table
    ranked: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""
        return self.score.shape

    def __getitem__(self, place: Any, /) -> Any:
        """The wishes at a place."""
        return _wish(self.places[place], self.score[place], self.ranked)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What wishes are read from: the places that each side gave (n by m, 0 for none), the scores, and what counts."""

    by_mentee: Table
    by_mentor: Table
    score: Table
    ranked: bool

    def wishes(self) -> Wishes:
        """The wishes of both sides, made where they are asked for: all at once they take more memory than is there."""
        return Wishes(*(Wish(each, self.score, self.ranked) for each in (self.by_mentee, self.by_mentor)))

    def rows(self, rows: slice) -> Wishes:
        """The wishes of and for a stretch of mentees, as arrays."""
        made = self.wishes()
        return Wishes(made.mentee[rows], made.mentor[rows])


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
    last = np.full(
        (3, len(left)), -_NEVER
    )  # of each mentor, who is wanted least of those held; nobody where room is left
    last[:, left > 0] = [[_NEVER], [0], [0]]
    lists = {int(row): _order(instance, wanted, int(row)) for row in np.flatnonzero(mate == NOBODY)}
    waiting = sorted(lists, reverse=True)
    while waiting:
        row = waiting.pop()
        open_to = lists[row]
        wish, tie = wanted.mentor[row, open_to], instance.tie[row, open_to]
        place = _accepted(wish, tie, row, last[:, open_to])
        lists[row] = open_to[place + 1 :]  # nobody asks the same mentor twice
        if place == len(open_to):
            continue
        column, entry = int(open_to[place]), (-int(wish[place]), -int(tie[place]), row)
        if len(held[column]) < left[column]:
            heapq.heappush(held[column], entry)
        else:
            waiting.append(heapq.heapreplace(held[column], entry)[2])
        if len(held[column]) == left[column]:
            least = held[column][0]
            last[:, column] = -least[0], -least[1], least[2]
    for column, entries in enumerate(held):
        mate[[row for _, _, row in entries]] = column
    return mate


def _accepted(wish: Integers, tie: Integers, row: int, last: Integers) -> int:
    """The first place in a mentee's list at which the mentor has room or wants the one they hold less; its end if none."""
    more = (wish < last[0]) | ((wish == last[0]) & ((tie < last[1]) | ((tie == last[1]) & (row > last[2]))))
    return int(more.argmax()) if more.any() else len(more)


def _order(instance: Instance, wanted: Wishes, row: int) -> Any:
    """The mentors who are open to a mentee, best first; in two bytes each, for all lists together hold 100 million."""
    open_to = np.flatnonzero(instance.eligible[row])
    order = open_to[np.lexsort((instance.tie[row, open_to], wanted.mentee[row, open_to]))]
    return order.astype(np.uint16 if instance.eligible.shape[1] < 2**16 else np.int64)


def serial(instance: Instance, wanted: Wishes, lot: Integers) -> Integers:
    """Let mentees choose one after the other, in the order of their lots (n numbers, the smallest first)."""
    mate, left = instance.pinned.copy(), _left(instance)
    for row in np.lexsort((np.arange(len(mate)), lot)).tolist():
        if mate[row] == NOBODY:
            mate[row] = next((column for column in _order(instance, wanted, row).tolist() if left[column] > 0), NOBODY)
            if mate[row] != NOBODY:
                left[mate[row]] -= 1
    return mate


def _left(instance: Instance) -> Integers:
    pinned = instance.pinned[instance.pinned != NOBODY]
    left: Integers = instance.room - np.bincount(pinned, minlength=len(instance.room))
    return left


def blocking(instance: Instance, asked: Asked, mate: Integers) -> tuple[tuple[int, int], ...]:
    """Find the pairs who would both rather have each other than what they got, as (mentee, mentor).

    A mentor with a place left would rather have anybody who is possible. Pinned mentees ask for nobody.
    """
    load = np.bincount(mate[mate != NOBODY], minlength=len(instance.room))
    worst = np.where(load < instance.room, _NEVER, -1)
    free = np.flatnonzero((mate != NOBODY) & (instance.pinned == NOBODY))
    np.maximum.at(worst, mate[free], asked.wishes().mentor[free, mate[free]])
    worst[instance.room == 0] = -1
    found: list[tuple[int, int]] = []
    for rows in blocks(len(mate)):
        wanted, own = asked.rows(rows), np.full(rows.stop - rows.start, _NEVER)
        placed = np.flatnonzero(mate[rows] != NOBODY)
        own[placed] = wanted.mentee[placed, mate[rows][placed]]
        own[instance.pinned[rows] != NOBODY] = -1
        rather = instance.eligible[rows] & (wanted.mentee < own[:, None]) & (wanted.mentor < worst[None, :])
        found.extend((rows.start + int(row), int(column)) for row, column in np.argwhere(rather))
    return tuple(found)
