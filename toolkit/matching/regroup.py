"""Matching groups and peers again: who is together and can stay stays, the others get the places that are left.

Proposals that are not named stay as they are, but for a newcomer where there is room. In those that are named as few
as possible change; everybody who waits may take a place.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import Booleans
from toolkit.matching.circles import circle_of
from toolkit.matching.companions import Company
from toolkit.matching.explain import pairing_of
from toolkit.matching.forming import form
from toolkit.matching.limits import Bounds
from toolkit.matching.moves import Move, moves
from toolkit.matching.objective import Stage
from toolkit.matching.outcome import Formed
from toolkit.matching.peers import Circle, together
from toolkit.matching.problem import Problem, build
from toolkit.matching.rematch import Rematch, new_files, pairing_lines, wider_lines
from toolkit.matching.seating import seating_of
from toolkit.matching.solvers import NOBODY
from toolkit.matching.standing import faults, formed_of, of_members
from toolkit.matching.tally import company
from toolkit.matching.unmatched import without_in
from toolkit.model import Pair, Records
from toolkit.source import Append, Edit, Set

_ORDER = tuple(name for name in Pair.model_fields if name != "body")
_KEEP = Stage("most_first_choices")  # with who is together now marked as first choices: as few as possible move


@dataclass(frozen=True, slots=True)
class _Held:
    """A proposal with the people of it who are still to be matched; `formed` is None where nobody of it is left."""

    pair: Pair
    formed: Formed | None
    gone: tuple[str, ...]


def regroup(records: Records, cohort: str, opened: tuple[Pair, ...], today: datetime.date) -> Rematch:
    """Match the people of some groups, or of some peers, again; raises ToolkitError where others cannot stay."""
    policy = records.policies[cohort]
    pairs = dict(records.pairs)
    if policy.model in ("peer", "reciprocal"):  # the two must not be brought together again
        pairs |= {
            each.pair_key: each.model_copy(update={"status": "objected"})
            for each in opened
            if each.status == "proposed"
        }
    problem = build(replace(records, pairs=pairs), cohort, today)
    named = {each.id for each in opened}
    held = [
        _held(problem, each) for each in records.pairs_of(cohort) if each.status == "proposed" and each.id not in named
    ]
    loose = [_held(problem, each) for each in opened]
    _refuse_broken(problem, cohort, held, named)
    if problem.shape.mutual:
        return _peers(records, problem, held, loose, today)
    return _groups(records, problem, held, loose, today)


def _held(problem: Problem, pair: Pair) -> _Held:
    members = [(each.person, each.role) for each in pair.members if each.left is None]
    formed, gone = formed_of(problem, [of_members(members, mutual=problem.shape.mutual)])
    return _Held(pair, formed[0] if formed else None, gone)


def _refuse_broken(problem: Problem, cohort: str, held: list[_Held], named: set[str]) -> None:
    for each in held:
        why = [*faults(problem, [each.formed])] if each.formed else ["nobody is left of it"]
        if why:
            hint = f"name it too: mentoring match rematch {cohort} {' '.join(sorted({*named, each.pair.id}))}"
            raise ToolkitError(f"the proposal {each.pair.id} cannot hold any more: {why[0]}", hint)


# --- groups ---


def _groups(records: Records, problem: Problem, held: list[_Held], loose: list[_Held], today: datetime.date) -> Rematch:
    current = [each for each in (*held, *loose) if each.formed is not None and each.pair.status == "proposed"]
    stages = (
        Stage("max_matched"),
        _KEEP,
        *(each for each in problem.stages if each.aim not in ("max_matched", _KEEP.aim)),
    )
    keep = _marks(problem, [each.formed for each in current if each.formed])
    fixed = replace(_fixed(problem, held), instance=replace(_fixed(problem, held).instance, first=keep))
    seating = seating_of(replace(fixed, limits=Bounds()))  # limits are a matter of whole plans
    # A mentee whom nothing holds and no room awaits may stay without a group, so the numbers hold by themselves.
    found = form(seating, stages, ties=True).arrangement
    formed = tuple(Formed(tuple(mentors.tolist()), tuple(mentees.tolist()), 0) for mentors, mentees in found.groups())
    owners = _owners(formed, current)
    people = {ident: each.name for ident, each in records.people.items()}
    changed = tuple(
        (each.pair, edits)
        for each in current
        if each.pair.id in owners and (edits := _edits(problem, each, formed[owners[each.pair.id]], today))
    )
    new = [each for place, each in enumerate(formed) if place not in owners.values()]
    ended = tuple(each.pair for each in loose if each.pair.status == "proposed" and each.pair.id not in owners)
    before = company(problem, [each.formed for each in current if each.formed])
    moved = moves(before, company(problem, formed))
    lines = [line for each in moved for line in _move_lines(problem, each, people)]
    lines += [f"{who} leaves {each.pair.id}" for each in current for who in each.gone]
    left = _left(problem, formed, loose)
    lines += [line for row in left for line in _left_lines(problem, row, formed, people)]
    return Rematch(
        ended,
        changed,
        new_files(records, problem, tuple(_members(problem, each) for each in new), today),
        tuple(problem.mentees[row] for row in left),
        (*lines, "everybody else stays as they are"),
    )


def _marks(problem: Problem, formed: Iterable[Formed]) -> Booleans:
    marks = np.zeros_like(problem.instance.eligible)
    for each in formed:
        marks[np.ix_(each.mentees, each.mentors)] = True
    return marks


def _fixed(problem: Problem, held: list[_Held]) -> Problem:
    """The problem in which everybody of the held proposals stays where they are."""
    pinned, joined = problem.instance.pinned.copy(), None if problem.company is None else problem.company.joined.copy()
    bound = None if problem.company is None else problem.company
    for each in held:
        if each.formed is None or joined is None:
            continue
        mentors = each.formed.mentors
        pinned[list(each.formed.mentees)] = mentors[0]
        for one in mentors:
            for other in mentors:
                joined[one, other] = one != other or joined[one, other]
    if bound is None or joined is None:
        raise RuntimeError("this model has no groups")
    kept: Company = replace(bound, joined=joined)
    return replace(problem, company=kept, instance=replace(problem.instance, pinned=pinned))


def _owners(formed: tuple[Formed, ...], current: list[_Held]) -> dict[str, int]:
    """Which group each proposal goes on as: the one with most of its people, and one of its mentors."""
    shared = sorted(
        (
            (-len(set(group.mentees) & set(each.formed.mentees)), each.pair.id, place)
            for place, group in enumerate(formed)
            for each in current
            if each.formed and set(group.mentors) & set(each.formed.mentors)
        ),
    )
    owners: dict[str, int] = {}
    for _, ident, place in shared:
        if ident not in owners and place not in owners.values():
            owners[ident] = place
    return owners


def _members(problem: Problem, each: Formed) -> tuple[tuple[str, str], ...]:
    shape = problem.shape
    mentors = tuple((problem.mentors[column], shape.leader) for column in each.mentors)
    return (*mentors, *((problem.mentees[row], shape.member) for row in each.mentees))


def _edits(problem: Problem, each: _Held, formed: Formed, today: datetime.date) -> tuple[Edit, ...]:
    """A member who is no longer in the group gets a day of leaving, a newcomer is put behind the others."""
    now = dict(_members(problem, formed))
    edits: list[Edit] = []
    there = set()
    for place, member in enumerate(each.pair.members):
        if member.left is None and member.person in now:
            there.add(member.person)
        elif member.left is None:
            edits.append(Set(("members", place, "left"), max(today, each.pair.proposed_on), ("person", "role", "left")))
    edits += [Append("members", {"person": who, "role": role}, _ORDER) for who, role in now.items() if who not in there]
    return tuple(edits)


def _move_lines(problem: Problem, move: Move, people: dict[str, str]) -> list[str]:
    """Say of who moved what speaks for the new place."""
    lines = []
    for mentor in move.after:
        pairing = pairing_of(problem, problem.mentees.index(move.mentee), problem.mentors.index(mentor))
        lines += pairing_lines(pairing, people)
    return lines


def _left(problem: Problem, formed: tuple[Formed, ...], loose: list[_Held]) -> list[int]:
    """Everybody of the named proposals who has no place any more."""
    rows = {row for each in loose if each.formed for row in each.formed.mentees}
    return sorted(rows - {row for each in formed for row in each.mentees})


def _left_lines(problem: Problem, row: int, formed: tuple[Formed, ...], people: dict[str, str]) -> list[str]:
    """Say why a mentee has no place any more."""
    who = problem.mentees[row]
    reasons = without_in(problem, row, formed)
    return [f"Without a place: {people.get(who, who)} ({who})", *(f"  {reason}" for reason in reasons)]


# --- peers ---


def _peers(records: Records, problem: Problem, held: list[_Held], loose: list[_Held], today: datetime.date) -> Rematch:
    """Pair those who are free, the waiting among them; where somebody stays alone, say whose moves would help."""
    taken = {row for each in held if each.formed for row in each.formed.mentees}
    free = [row for row in range(len(problem.mentees)) if row not in taken]
    circle = circle_of(problem)
    trio = circle.trio and not any(each.formed and len(each.formed.mentees) > 2 for each in held)
    stages = (Stage("max_matched"), *(each for each in problem.stages if each.aim != "max_matched"))
    found = together(_part(replace(circle, trio=trio), free), stages).groups
    formed = tuple(Formed((), tuple(free[each] for each in group), 0) for group in found)
    people = {ident: each.name for ident, each in records.people.items()}
    wanted = {row for each in loose for who in each.pair.people() for row in _rows(problem, who)}
    seated = {row for each in formed for row in each.mentees}
    lines = []
    for each in formed:
        for place, row in enumerate(each.mentees):
            for other in each.mentees[place + 1 :]:
                lines += pairing_lines(pairing_of(problem, row, other), people)
    alone = sorted(wanted - seated)
    lines += [f"Without a peer: {people.get(problem.mentees[row], problem.mentees[row])}" for row in alone]
    wider = _wider(problem, circle, [each.formed for each in held if each.formed], formed) if alone else ()
    return Rematch(
        tuple(each.pair for each in loose if each.pair.status == "proposed"),
        (),
        new_files(records, problem, tuple(_members(problem, each) for each in formed), today),
        tuple(problem.mentees[row] for row in alone),
        (*lines, "everybody else stays as they are", *wider_lines(wider, people)),
    )


def _rows(problem: Problem, who: str) -> tuple[int, ...]:
    return (problem.mentees.index(who),) if who in problem.mentees else ()


def _part(circle: Circle, people: list[int]) -> Circle:
    """The circle of some of its people; a pin to somebody outside of it is none."""
    at = np.ix_(people, people)
    place = {row: index for index, row in enumerate(people)}
    pinned = np.array([place.get(int(circle.pinned[row]), NOBODY) for row in people], dtype=np.int64)
    return Circle(circle.weight[at], circle.able[at], circle.first[at], pinned, circle.tie[at], circle.trio)


def _wider(problem: Problem, circle: Circle, held: list[Formed], made: tuple[Formed, ...]) -> tuple[Move, ...]:
    """Let those who have a peer move: most matched, then fewest moved, then the largest total."""
    keep = np.zeros_like(circle.able)
    for each in held:
        keep[np.ix_(each.mentees, each.mentees)] = True
    stages = (Stage("max_matched"), _KEEP, Stage("max_total"))
    groups = together(replace(circle, first=keep), stages).groups
    if sum(map(len, groups)) <= sum(len(each.mentees) for each in (*held, *made)):
        return ()
    return moves(company(problem, held), company(problem, [Formed((), each, 0) for each in groups]))
