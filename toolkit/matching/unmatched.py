"""Why somebody is without a pair: the constraint that binds, found by lifting each in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.binding import Binding, binding
from toolkit.matching.constraints import Bar
from toolkit.matching.outcome import Formed, Outcome
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import counted, listed, verb
from toolkit.model.catalog import HIDDEN, SELF


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


def without(problem: Problem, outcome: Outcome) -> tuple[Without, ...]:
    """Explain everyone accepted who is left without a pair: mentees, then mentors, by id."""
    load = np.zeros(len(problem.mentors), dtype=np.int64)
    for each in outcome.formed:
        load[list(each.mentors)] += len(each.mentees)
    spare = problem.instance.room - load
    rows = np.flatnonzero(outcome.mate == NOBODY).tolist()
    grouped = problem.shape.kind in ("seats", "peers")
    bind = binding(problem, len(outcome.mate) - len(rows)) if rows and grouped else None
    columns = [] if problem.shape.mutual else np.flatnonzero(load == 0).tolist()
    people = [
        *(_one(problem, row, outcome, spare, bind, place) for place, row in enumerate(rows)),
        *(Without(problem.mentors[each], "mentor", tuple(_mentor(problem, each, outcome))) for each in columns),
        *(Without(each.person, each.role, (each.reason,)) for each in problem.pool.left_out),
    ]
    return tuple(sorted(people, key=lambda each: (each.role != "mentee", each.person)))


def without_in(problem: Problem, row: int, formed: Iterable[Formed]) -> tuple[str, ...]:
    """Say why one mentee has no seat in groups that are formed."""
    line = _line(problem, row)
    return tuple(_seat(problem, line, tuple(formed)) if len(line.fits) else _ruled_out(line))


def _line(problem: Problem, row: int) -> _Line:
    other = "peer" if problem.shape.mutual else "mentor"
    blocked = np.array(
        [bar.blocked[row] | bar.blocked[:, row] if problem.shape.mutual else bar.blocked[row] for bar in problem.bars]
    )
    return _Line(other, problem.mentors, blocked, problem.bars)


def _one(problem: Problem, row: int, outcome: Outcome, spare: Integers, bind: Binding | None, place: int) -> Without:
    """Explain one mentee, or one peer in the role of the application; the place is that among those left over."""
    ident, role = problem.mentees[row], problem.pool.mentees[row].application.role
    line = _line(problem, row)
    if not len(line.fits):
        return Without(ident, role, tuple(_ruled_out(line)))
    binds = tuple(bind.reasons(row, place)) if bind else ()
    if problem.shape.mutual:
        return Without(ident, role, (*binds, *_peer(problem, line, outcome)))
    if problem.shape.kind == "seats":
        return Without(ident, role, (*binds, *_seat(problem, line, outcome.formed)))
    return Without(ident, role, tuple(_mentee(problem, row, line, spare)))


def _peer(problem: Problem, line: _Line, outcome: Outcome) -> Iterator[str]:
    if (outcome.mate[line.fits] == NOBODY).any():
        yield "a pair is possible, but it would lower what the objective asks for first"
        return
    number = len(line.fits)
    yield f"{_all(number, 'peer')} who {verb(number, 'fits is', 'fit are')} with {verb(number, 'somebody else', 'others')}"
    if len(problem.mentees) % 2:
        yield f"the number of people is odd: {len(problem.mentees)}"


def _seat(problem: Problem, line: _Line, formed: tuple[Formed, ...]) -> Iterator[str]:
    """Say of each group that was formed why it has no seat for this mentee, and of the other mentors that none was."""
    low, high = sizes(problem.policy)
    word = problem.policy.model
    reasons: dict[str, list[int]] = {}
    leading = {column: each for each in formed for column in each.mentors}
    for column in line.fits.tolist():
        group = leading.get(column)
        most = high if group is None else min(high, *(int(problem.instance.room[each]) for each in group.mentors))
        if group is None and problem.instance.room[column] < low:
            why = f"fewer than {counted(low, 'place')}, the least that a {word} needs"
        elif group is None:
            why = f"no {word} that was formed"
        elif len(group.mentees) >= most:
            why = f"a {word} that is full"
        else:
            why = f"a {word} in which this mentee cannot be, or would lower what the objective asks for first"
        reasons.setdefault(why, []).append(column)
    for why, columns in reasons.items():
        yield f"{listed(line.others[each] for each in columns)} {verb(len(columns), 'has', 'have')} {why}"
    yield f"there are {counted(len(problem.mentees), 'mentee')}, and a {word} has {low} to {high}"


def _mentee(problem: Problem, row: int, line: _Line, spare: Integers) -> Iterator[str]:
    fits = line.fits
    if (spare[fits] > 0).any():
        yield _possible(problem)
        return
    best = fits[np.argmax(problem.instance.score[row, fits])]
    score = problem.instance.score[row, best] / 10_000
    yield f"no mentor is left: {_all(len(fits), 'mentor')} who {verb(len(fits), 'fits', 'fit')} {_full(len(fits))}"
    yield f"one more place with {_names(line, fits, 'or')} would be enough; {line.others[best]} scores {score:.2f}"


def _mentor(problem: Problem, column: int, outcome: Outcome) -> Iterator[str]:
    taker = problem.pool.mentors[column]
    low, room = sizes(problem.policy)[0], int(problem.instance.room[column])
    if not problem.instance.room[column]:
        carried = problem.pool.carried.get(taker.id, 0)
        capacity = taker.person.mentor.capacity if taker.person.mentor else 0
        yield (
            f"carries {counted(carried, 'mentee')} already, and the capacity is {capacity}"
            if carried
            else "the capacity is 0"
        )
        return
    if room < low:
        yield f"has {counted(room, 'place')}, and a {problem.policy.model} needs {low}"
        return
    line = _Line("mentee", problem.mentees, np.array([bar.blocked[:, column] for bar in problem.bars]), problem.bars)
    fits = line.fits
    if not len(fits):
        yield from _ruled_out(line)
    elif problem.shape.kind == "seats":
        yield from _unled(problem, column, fits, outcome)
    elif (outcome.mate[fits] == NOBODY).any():
        yield _possible(problem)
    else:
        places = int(problem.instance.room.sum())
        yield (
            f"{_all(len(fits), 'mentee')} who {verb(len(fits), 'fits', 'fit')} "
            f"{verb(len(fits), 'is', 'are')} matched with others"
        )
        yield f"there {verb(places, 'is', 'are')} {counted(places, 'place')} for {counted(len(problem.mentees), 'mentee')}"


def _possible(problem: Problem) -> str:
    """A limit is told as a rule: which one it is could say something of a group."""
    if problem.limits:
        return f"a pair is possible, but {HIDDEN} or what the objective asks for first stands against it"
    return "a pair is possible, but it would lower what the objective asks for first"


def _unled(problem: Problem, column: int, fits: Integers, outcome: Outcome) -> Iterator[str]:
    """Why a mentor with room leads no group: too few who fit, too few left over, or no other mentor to lead with."""
    low, word = sizes(problem.policy)[0], problem.policy.model
    left = int((outcome.mate[fits] == NOBODY).sum())
    if len(fits) < low:
        yield f"only {counted(len(fits), 'mentee')} {verb(len(fits), 'fits', 'fit')}, and a {word} needs {low}"
    else:
        who = f"{counted(left, 'mentee')} who {verb(left, 'fits', 'fit')}"
        yield f"{who} {verb(left, 'is', 'are')} left over, and a {word} needs {low}"
    company, fewest = problem.company, leaders(problem.policy)[0]
    if company is not None and fewest > 1:
        free = np.setdiff1d(np.flatnonzero(~company.split[column]), [column])
        if len(free) < fewest - 1:
            yield f"a {word} needs {fewest} mentors of different strands, and too few here can lead with this one"


def _ruled_out(line: _Line) -> Iterator[str]:
    """Name what rules everyone out, then what it would take: the smallest set of constraints to lift."""
    strangers = _strangers(line)
    if not len(strangers):
        yield f"no {line.other} takes part"
        return
    whole = [bar for bar, blocked in zip(line.bars, line.blocked, strict=True) if blocked[strangers].all()]
    if whole:
        yield from dict.fromkeys(f"every {line.other} is ruled out by {bar.says}" for bar in whole)
    else:
        share = Counter(_first(line, place).says for place in strangers)
        parts = [f"{number} by {says}" for says, number in sorted(share.items(), key=lambda item: (-item[1], item[0]))]
        yield f"every {line.other} is ruled out: {', '.join(parts)}"
    yield from _nearest(line)


def _strangers(line: _Line) -> Integers:
    """The places of the others but for the person's own: that nobody mentors themselves need not be said."""
    own = [blocked for bar, blocked in zip(line.bars, line.blocked, strict=True) if bar.says == SELF]
    return np.flatnonzero(~np.logical_or.reduce(own)) if own else np.arange(len(line.others))


def _first(line: _Line, place: int) -> Bar:
    """The constraint to name for one other person: one that may be told before one that may not."""
    blocking = [bar for bar, blocked in zip(line.bars, line.blocked[:, place], strict=True) if blocked]
    return min(blocking, key=lambda bar: bar.hidden)


def _nearest(line: _Line) -> Iterator[str]:
    """Lift constraints: say who would be possible if the fewest of them went, where that is not simply everyone."""
    strangers = _strangers(line)
    size = line.blocked.sum(axis=0)
    opened: dict[tuple[str, ...], list[int]] = {}
    for place in strangers[size[strangers] == size[strangers].min()]:
        blocking = [bar for bar, blocked in zip(line.bars, line.blocked[:, place], strict=True) if blocked]
        lifted = dict.fromkeys(bar.says for bar in blocking)
        opened.setdefault(tuple(lifted), []).append(int(place))
    for names, places in sorted(opened.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(places) < len(strangers):
            who = listed(line.others[each] for each in places)
            shown = counted(len(places), line.other) if HIDDEN in names else who
            yield f"nearest: {shown}, ruled out by {listed(names)}{' alone' if len(names) == 1 else ''}"


def _names(line: _Line, places: Integers, word: str) -> str:
    return listed(line.others[each] for each in places).replace(" and ", f" {word} ")


def _all(number: int, noun: str) -> str:
    return f"the one {noun}" if number == 1 else f"all {number} {noun}s"


def _full(number: int) -> str:
    return "has no place left" if number == 1 else "have no place left"
