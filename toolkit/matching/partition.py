"""Larger partitions by local search: the same at every run, with the most that could be, and so the gap, printed.

Teams and communities of many people are beyond what can be proven in useful time. The search starts from a filled
arrangement, moves, swaps and exchanges people while that is better stage by stage, and stops where nothing is.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from toolkit.matching.arrangement import Arrangement, Seated, Seating, holds, key, values
from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.forming import Impossible, form
from toolkit.matching.objective import Reached, Stage
from toolkit.matching.solvers import NOBODY

Worth: TypeAlias = tuple[tuple[int, ...], ...]
_KICKS = 24  # so often the search is begun again from near the best, where there are few people
_FEW = 40
_TRIES = 120_000  # changes that are looked at in all, so that the search ends, at the same place on every machine
_SEED = 1
_ENDS = 2  # so many of the fewest, and of the most groups, are tried
_BEGIN = 10.0  # effort for an arrangement to start from, which seats as many people as can be


def improve(seating: Seating, stages: tuple[Stage, ...]) -> Seated:
    """Seat as many as can be, then better the arrangement step by step; gaps are to bounds that none can pass."""
    plain = replace(seating, like=np.zeros_like(seating.like))
    begun = form(plain, (Stage("max_matched"),), _BEGIN, ties=False)
    begins = [begun.arrangement, *_others(plain, begun.arrangement)]
    climbed = [
        _climb(seating, stages, each, key(values(seating, each, stages)), iter(range(_TRIES // len(begins))))
        for each in begins
    ]
    found, best = max(climbed, key=lambda each: each[1])
    tries = iter(range(_TRIES // 4))
    draw = random.Random(_SEED)
    for _ in range(_KICKS if len(seating.pinned) <= _FEW else 1):
        other = _kicked(seating, found, draw)
        other, worth = _climb(seating, stages, other, key(values(seating, other, stages)), tries)
        if worth > best:
            found, best = other, worth
    reached = values(seating, found, stages)
    most = int((begun.arrangement.mentee != NOBODY).sum())
    gaps = tuple(_gaps(seating, reached, most if not any(begun.gaps) else None))
    return Seated(found, reached, gaps, all(gap == 0 for gap in gaps))


def _others(plain: Seating, begun: Arrangement) -> Iterator[Arrangement]:
    """Begin with other numbers of groups that seat as many: small changes alone do not open or close a group."""
    most, made = int((begun.mentee != NOBODY).sum()), len(list(begun.groups()))
    low, high = plain.size
    able = [each for each in range(1, plain.shape[1] // plain.leaders[0] + 1) if each * low <= most <= each * high]
    numbers = [each for each in able if each != made]
    tried = {*numbers[:_ENDS], *numbers[-_ENDS:]} if len(plain.pinned) <= _FEW else numbers[:1]
    for number in sorted(tried):
        with contextlib.suppress(Impossible):
            found = form(plain, (Stage("max_matched"),), _BEGIN, ties=False, groups=number).arrangement
            if int((found.mentee != NOBODY).sum()) == most:
                yield found


def _climb(
    seating: Seating, stages: tuple[Stage, ...], found: Arrangement, best: Worth, tries: Iterator[int]
) -> tuple[Arrangement, Worth]:
    """Make small changes as long as one of them is better, and tries are left."""
    better = True
    while better:
        better = False
        for change in _changes(seating):
            changed = change(found)
            if changed is None:
                continue
            if next(tries, None) is None:
                return found, best
            if holds(seating, changed):
                worth = key(values(seating, changed, stages))
                if worth > best:
                    found, best, better = changed, worth, True
    return found, best


def _kicked(seating: Seating, found: Arrangement, draw: random.Random) -> Arrangement:
    """Make a few changes whatever they are worth, to leave a place where no single one is better."""
    changes = list(_changes(seating))
    for _ in range(8 if changes else 0):
        changed = draw.choice(changes)(found)
        if changed is not None and holds(seating, changed):
            found = changed
    return found


Change = Callable[[Arrangement], Arrangement | None]


def _changes(seating: Seating) -> Iterator[Change]:
    """Every small change, always in the same order: a mentee or a mentor moves, or two of them change places."""
    rows, columns = seating.shape
    for one in range(rows):
        with_one = _with(seating, one)
        yield from (partial(_move, with_one, slot) for slot in range(-1, columns))
        yield from (partial(_swap, one, other) for other in range(one + 1, rows))
    for one in range(columns):
        yield from (partial(_lead, one, other) for other in range(columns) if other != one)
        if seating.leaders[1] > 1:
            yield from (partial(_join, one, slot) for slot in range(-1, columns))


def _with(seating: Seating, one: int) -> list[int]:
    """A mentee with everybody who must be in the same group."""
    block, waiting = {one}, [one]
    while waiting:
        new = set(np.flatnonzero(seating.bound[waiting.pop()]).tolist()) - block
        block, waiting = block | new, [*waiting, *new]
    return sorted(block)


def _move(one: list[int], slot: int, found: Arrangement) -> Arrangement | None:
    if found.mentee[one[0]] == slot or (slot >= 0 and found.mentor[slot] != slot):
        return None
    mentee = found.mentee.copy()
    mentee[one] = slot
    return replace(found, mentee=mentee)


def _swap(one: int, other: int, found: Arrangement) -> Arrangement | None:
    if found.mentee[one] == found.mentee[other]:
        return None
    mentee = found.mentee.copy()
    mentee[[one, other]] = mentee[[other, one]]
    return replace(found, mentee=mentee)


def _lead(one: int, other: int, found: Arrangement) -> Arrangement | None:
    """Two mentors change places, or one who leads nothing takes the other's place."""
    if found.mentor[one] == found.mentor[other]:
        return None
    mentor = found.mentor.copy()
    mentor[[one, other]] = mentor[[other, one]]
    return _renamed(mentor, found.mentee)


def _join(one: int, slot: int, found: Arrangement) -> Arrangement | None:
    """A mentor joins a group, leaves one, or goes from one to another."""
    if found.mentor[one] == slot or (slot >= 0 and found.mentor[slot] != slot):
        return None
    mentor = found.mentor.copy()
    mentor[one] = slot
    return _renamed(mentor, found.mentee)


def _renamed(mentor: Integers, mentee: Integers) -> Arrangement | None:
    """Name each group after its first mentor again; None where a group with mentees has lost its mentors."""
    names = {int(slot): int(np.flatnonzero(mentor == slot)[0]) for slot in np.unique(mentor[mentor != NOBODY])}
    if set(mentee[mentee != NOBODY].tolist()) - set(names):
        return None
    renamed = [np.array([names.get(int(each), NOBODY) for each in side], dtype=np.int64) for side in (mentee, mentor)]
    return Arrangement(renamed[0], renamed[1])


def _gaps(seating: Seating, reached: tuple[Reached, ...], most: int | None) -> Iterator[float | None]:
    """How far each stage is from a bound; where the most had to be matched before, as many have to have a seat."""
    held = 0
    for each in reached:
        if each.stage.aim == "even_load":
            squares = each.values[0]
            yield (squares - _evenest(seating, held)) / max(squares, 1)
        else:
            yield _gap(seating, each, most, held or len(seating.pinned))
        held = each.values[0] if each.stage.aim == "max_matched" else held


def _evenest(seating: Seating, seated: int) -> int:
    """The least that loads can come to where so many have a seat: each in a group of those who carry least."""
    slots = seating.shape[1] // seating.leaders[0]
    carried = np.sort(seating.carried[seating.room > 0])[:slots]
    most = min(seating.size[1], int(seating.room.max(initial=0)))
    further = 2 * (carried[:, None] + np.arange(most)[None, :]) + 1
    return int(np.sort(further, axis=None)[:seated].sum())


def _gap(seating: Seating, each: Reached, most: int | None, held: int) -> float | None:
    """How much better a stage could be at most, as a share of what was reached; None where no bound is known.

    No more than `most` can have a seat, where that is known; `held` have one in every arrangement that is as good.
    """
    aim, reached = each.stage.aim, each.values
    if aim == "max_matched":
        bound = len(seating.pinned) if most is None else most
    elif aim == "most_first_choices":
        bound = int((seating.first & seating.eligible).sum(axis=1).clip(max=seating.leaders[1]).sum())
    elif aim == "max_total":
        bound = _largest(seating, len(seating.pinned) if most is None else most)
    elif aim == "raise_the_lowest" and reached and reached[0] >= 0:
        bound = _highest(seating, held)
    else:
        return None
    return (bound - reached[0]) / max(reached[0], 1)


def _highest(seating: Seating, seated: int) -> int:
    """The highest that the lowest score could be where so many have a seat, each with as many mentors as a group has."""
    best = np.sort(np.where(seating.eligible, seating.score, -1), axis=1)[:, ::-1]
    if best.shape[1] < seating.leaders[0]:
        return 0
    own = np.where(seating.pinned == NOBODY, best[:, seating.leaders[0] - 1], SCALE)  # a pin does not count
    return int(np.sort(own)[::-1][seated - 1]) if 0 < seated <= len(own) else 0


def _largest(seating: Seating, seated: int) -> int:
    """The largest total there could be where at the most so many have a seat.

    Nobody has more mentors than a group, nor more company than the largest group that enough mentors have places for,
    and no mentor more mentees than places; of what these two say of the scores the smaller counts.
    """
    places = np.sort(seating.room)[::-1]
    few = seating.leaders[0]
    size = min(seating.size[1], int(places[few - 1])) if len(places) >= few else 0
    if size < seating.size[0]:
        return 0
    score = np.where(seating.eligible, seating.score, 0).astype(np.int64)
    company = _most(np.where(seating.apart, 0, seating.like), size - 1)
    by_mentee = np.sort(2 * _most(score, seating.leaders[1]) + company)[::-1][:seated].sum()
    room = np.minimum(seating.room, size)
    by_mentor = sum(int(np.sort(column)[::-1][:most].sum()) for column, most in zip(score.T, room, strict=True))
    return min(int(by_mentee), 2 * by_mentor + int(np.sort(company)[::-1][:seated].sum())) // 2


def _most(table: Integers, width: int) -> Integers:
    """Add up the largest `width` numbers of each row."""
    found: Integers = np.sort(table, axis=1)[:, max(table.shape[1] - width, 0) :].sum(axis=1)
    return found if width else np.zeros(len(table), dtype=np.int64)
