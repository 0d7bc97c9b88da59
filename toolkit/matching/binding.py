"""What keeps somebody out of all groups, or without a peer: each constraint is lifted alone, and the rest solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from toolkit.matching.arrangement import Seating
from toolkit.matching.arrays import Booleans
from toolkit.matching.marks import Marks
from toolkit.matching.possible import befriended, held_numbers, seated
from toolkit.matching.problem import Problem
from toolkit.matching.seating import seating_of
from toolkit.matching.shapes import leaders
from toolkit.matching.words import counted
from toolkit.model.catalog import HIDDEN, SELF

_CELLS = 2_400  # mentees by mentors: beyond, solving again for everybody would take minutes
_PEERS = 60
_PEOPLE = 12  # for so many people their own constraints are lifted; those of all groups for everybody
_EFFORT = 4.0


@dataclass(frozen=True, slots=True)
class Binding:
    """Finds the binding constraints of one person after the other; `most` is how many can be matched at all."""

    problem: Problem
    most: int
    everybody: tuple[str, ...]

    def reasons(self, row: int, place: int) -> Iterator[str]:
        """Say what binds for the mentee or peer in this row, who is without a place as number `place`, from 0."""
        own = tuple(self._own(row)) if place < _PEOPLE else ()
        for each in (*own, *self.everybody):
            yield f"what binds: {each}; without it one more would have a place"
        odd = self.problem.shape.mutual and self.most + 1 == len(self.problem.mentees)
        if place < _PEOPLE and not own and not self.everybody and not odd:
            yield "no single constraint binds: two or more would have to go"

    def _own(self, row: int) -> Iterator[str]:
        """The constraints of this person alone without which one more is matched."""
        for says, eligible in _lifted(self.problem, row):
            changed = replace(self.problem, instance=replace(self.problem.instance, eligible=eligible))
            if _solved(changed) > self.most:
                yield says
        company = self.problem.company
        if company is not None and company.apart[row].any():
            apart = company.apart.copy()
            apart[row] = apart[:, row] = False
            if _solved(replace(self.problem, company=replace(company, apart=apart))) > self.most:
                yield HIDDEN


def binding(problem: Problem, matched: int) -> Binding | None:
    """Prepare for a plan that matches so many; None where more could be matched, or solving again would take too long."""
    rows, columns = problem.instance.eligible.shape
    if rows > _PEERS if problem.shape.mutual else rows * columns > _CELLS:
        return None
    most = _solved(problem)
    if most > matched:
        return None
    lifts = _everybody(problem) if not problem.shape.mutual else ()
    found = tuple(says for says, change in lifts if seated(change(seating_of(problem)), _EFFORT) > most)
    return Binding(problem, most, found)


def _solved(problem: Problem) -> int:
    """The most people who can be matched."""
    if not problem.shape.mutual:
        return seated(seating_of(problem), _EFFORT)
    return befriended(problem)


def _lifted(problem: Problem, row: int) -> Iterator[tuple[str, Booleans]]:
    """Each constraint that rules somebody out for this person, and who is possible without it."""
    names = dict.fromkeys(
        bar.says for bar in problem.bars if bar.says != SELF and _rules_out(problem, bar.blocked, row)
    )
    for says in names:
        others = [bar.blocked for bar in problem.bars if bar.says != says]
        eligible = problem.instance.eligible.copy()
        eligible[row] = ~np.logical_or.reduce([blocked[row] for blocked in others])
        if problem.shape.mutual:
            eligible[:, row] = ~np.logical_or.reduce([blocked[:, row] for blocked in others])
        yield says, eligible


def _rules_out(problem: Problem, blocked: Marks, row: int) -> bool:
    return bool(blocked[row].any() or (problem.shape.mutual and blocked[:, row].any()))


def _everybody(problem: Problem) -> Iterator[tuple[str, Callable[[Seating], Seating]]]:
    """What holds for every group: its numbers, its mentors and their places."""
    says = {lifted: words for words, lifted in held_numbers(problem)}
    low, high = seating_of(problem).size
    few, _ = leaders(problem.policy)
    yield says["most"], lambda seating: replace(seating, size=(low, high + 1))
    if "least" in says:
        yield says["least"], lambda seating: replace(seating, size=(low - 1, high))
    if "leaders" in says:
        yield says["leaders"], lambda one: replace(one, leaders=(few - 1, one.leaders[1]))
    if problem.company is not None and problem.company.split.any():
        yield "which mentors can lead together", lambda seating: replace(seating, split=np.zeros_like(seating.split))
    for column in np.flatnonzero(problem.instance.room < high).tolist():
        room = problem.instance.room.copy()
        room[column] += 1
        places = counted(int(problem.instance.room[column]), "place")
        yield f"{problem.mentors[column]} has {places}", _with_room(room)


def _with_room(room: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Callable[[Seating], Seating]:
    return lambda seating: replace(seating, room=room)
