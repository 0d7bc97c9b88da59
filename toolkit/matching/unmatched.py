"""Why somebody is without a pair: the constraint that binds, found by lifting each in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.constraints import Bar
from toolkit.matching.objective import Matching
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import HIDDEN, counted, listed, verb


@dataclass(frozen=True, slots=True)
class Without:
    """One accepted person without a pair, in which role, and why, the binding reason first."""

    person: str
    role: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One person's line through the arrays: the others, what blocks each, and what each blocked one is blocked by."""

    other: str
    others: tuple[str, ...]
    blocked: Booleans
    bars: tuple[Bar, ...]

    @property
    def fits(self) -> Integers:
        """The places of the others whom nothing rules out."""
        return np.flatnonzero(~self.blocked.any(axis=0)).astype(np.int64)


def ruled_out(other: str, others: tuple[str, ...], blocked: Booleans, bars: tuple[Bar, ...]) -> tuple[str, ...]:
    """Say why one person can be paired with none of the `others` (named by the word `other`).

    `blocked` has a row a constraint and a column for each of the others; empty where somebody is possible.
    """
    line = _Line(other, others, blocked, bars)
    return () if len(line.fits) else tuple(_ruled_out(line))


def without(problem: Problem, matching: Matching) -> tuple[Without, ...]:
    """Explain everyone accepted whom the matching leaves without a pair: mentees, then mentors, by id."""
    load = np.bincount(matching.mate[matching.mate != NOBODY], minlength=len(problem.mentors))
    spare = problem.instance.room - load
    people = [
        *(
            Without(ident, "mentee", tuple(_mentee(problem, row, spare)))
            for row, ident in enumerate(problem.mentees)
            if matching.mate[row] == NOBODY
        ),
        *(
            Without(ident, "mentor", tuple(_mentor(problem, column, matching)))
            for column, ident in enumerate(problem.mentors)
            if not load[column]
        ),
        *(Without(each.person, each.role, (each.reason,)) for each in problem.pool.left_out),
    ]
    return tuple(sorted(people, key=lambda each: (each.role != "mentee", each.person)))


def _mentee(problem: Problem, row: int, spare: Integers) -> Iterator[str]:
    line = _Line("mentor", problem.mentors, np.array([bar.blocked[row] for bar in problem.bars]), problem.bars)
    fits = line.fits
    if not len(fits):
        yield from _ruled_out(line)
        return
    if (spare[fits] > 0).any():
        yield "a pair is possible, but it would lower what the objective asks for first"
        return
    best = fits[np.argmax(problem.instance.score[row, fits])]
    score = problem.instance.score[row, best] / 10_000
    yield f"no mentor is left: {_all(len(fits), 'mentor')} who {verb(len(fits), 'fits', 'fit')} {_full(len(fits))}"
    yield f"one more place with {_names(line, fits, 'or')} would be enough; {line.others[best]} scores {score:.2f}"


def _mentor(problem: Problem, column: int, matching: Matching) -> Iterator[str]:
    taker = problem.pool.mentors[column]
    if not problem.instance.room[column]:
        carried = problem.pool.carried.get(taker.id, 0)
        capacity = taker.person.mentor.capacity if taker.person.mentor else 0
        yield (
            f"carries {counted(carried, 'pair')} already, and the capacity is {capacity}"
            if carried
            else "the capacity is 0"
        )
        return
    line = _Line("mentee", problem.mentees, np.array([bar.blocked[:, column] for bar in problem.bars]), problem.bars)
    fits = line.fits
    if not len(fits):
        yield from _ruled_out(line)
    elif (matching.mate[fits] == NOBODY).any():
        yield "a pair is possible, but it would lower what the objective asks for first"
    else:
        places = int(problem.instance.room.sum())
        yield (
            f"{_all(len(fits), 'mentee')} who {verb(len(fits), 'fits', 'fit')} "
            f"{verb(len(fits), 'is', 'are')} matched with others"
        )
        yield f"there {verb(places, 'is', 'are')} {counted(places, 'place')} for {counted(len(problem.mentees), 'mentee')}"


def _ruled_out(line: _Line) -> Iterator[str]:
    """Name what rules everyone out, then what it would take: the smallest set of constraints to lift."""
    if not line.others:
        yield f"no {line.other} takes part"
        return
    whole = [bar for bar, blocked in zip(line.bars, line.blocked, strict=True) if blocked.all()]
    if whole:
        yield from dict.fromkeys(f"every {line.other} is ruled out by {bar.says}" for bar in whole)
    else:
        share = Counter(_first(line, place).says for place in range(len(line.others)))
        parts = [f"{number} by {says}" for says, number in sorted(share.items(), key=lambda item: (-item[1], item[0]))]
        yield f"every {line.other} is ruled out: {', '.join(parts)}"
    yield from _nearest(line)


def _first(line: _Line, place: int) -> Bar:
    """The constraint to name for one other person: one that may be told before one that may not."""
    blocking = [bar for bar, blocked in zip(line.bars, line.blocked[:, place], strict=True) if blocked]
    return min(blocking, key=lambda bar: bar.hidden)


def _nearest(line: _Line) -> Iterator[str]:
    """Lift constraints: say who would be possible if the fewest of them went, where that is not simply everyone."""
    size = line.blocked.sum(axis=0)
    opened: dict[tuple[str, ...], list[int]] = {}
    for place in np.flatnonzero(size == size.min()):
        blocking = [bar for bar, blocked in zip(line.bars, line.blocked[:, place], strict=True) if blocked]
        lifted = dict.fromkeys(bar.says for bar in blocking)
        opened.setdefault(tuple(lifted), []).append(int(place))
    for names, places in sorted(opened.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(places) < len(line.others):
            who = listed(line.others[each] for each in places)
            shown = counted(len(places), line.other) if HIDDEN in names else who
            yield f"nearest: {shown}, ruled out by {listed(names)}{' alone' if len(names) == 1 else ''}"


def _names(line: _Line, places: Integers, word: str) -> str:
    return listed(line.others[each] for each in places).replace(" and ", f" {word} ")


def _all(number: int, noun: str) -> str:
    return f"the one {noun}" if number == 1 else f"all {number} {noun}s"


def _full(number: int) -> str:
    return "has no place left" if number == 1 else "have no place left"
