"""Whether everybody can be matched at all, before anything is scored: places, people out of reach, and what conflicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.diagnostics import Diagnostic, Place
from toolkit.matching.lifting import Lifted, explained
from toolkit.matching.pins import pins_of, together_of
from toolkit.matching.policy import Refused
from toolkit.matching.possible import numbers_of, possible_of
from toolkit.matching.problem import Problem, build
from toolkit.matching.shapes import leaders
from toolkit.matching.unmatched import Without, ruled_out
from toolkit.matching.words import FLOOR, counted, listed
from toolkit.model import Policy, Records
from toolkit.model.catalog import HIDDEN
from toolkit.model.fairness import Fairness, Limits
from toolkit.model.policy import Criterion


@dataclass(frozen=True, slots=True)
class Feasible:
    """What the constraints allow, whatever counts how much.

    `places` is what the mentors can still take, in teams together, `full` who has no place left. `matched` is the most mentees that can be
    matched, `possible` the most if every constraint were lifted. `conflict` is a smallest set of constraints that by
    itself keeps somebody out; `ways` are the smallest sets without which nobody is kept out, or, where two are not
    enough, the best that two can do. `lines` names the lines of the policy that ask for them. `faults` are pins that
    cannot hold. `kind` is how the model is solved, and `rounds` how many short meetings it takes until all have met.
    """

    kind: str
    mentees: int
    mentors: int
    places: int
    full: tuple[str, ...]
    matched: int
    possible: int
    lonely: tuple[Without, ...]
    conflict: tuple[str, ...]
    ways: tuple[Lifted, ...]
    lines: dict[str, tuple[Place, ...]]
    faults: tuple[Diagnostic, ...]
    rounds: int = 0

    @property
    def whole(self) -> bool:
        """Whether everybody who seeks a mentor can have one, with every pin."""
        return self.matched == self.mentees and not self.faults


def feasible(records: Records, cohort: str, today: datetime.date) -> Feasible:
    """Look at a cohort's constraints without scoring anybody."""
    policy = records.policies[cohort]
    problem = _bare(records, cohort, today)
    ways = possible_of(problem)
    conflict, lifted = explained(ways.names, ways.most)
    room = problem.instance.room
    return Feasible(
        kind=problem.shape.kind,
        mentees=len(problem.mentees),
        mentors=len(problem.mentors),
        places=int(room.sum()) // leaders(policy)[0],
        full=tuple(problem.mentors[each] for each in np.flatnonzero(room == 0)),
        matched=ways.most(frozenset()),
        possible=ways.most(frozenset(ways.names)),
        lonely=tuple(_lonely(problem)),
        conflict=conflict,
        ways=lifted,
        lines=_lines(policy, problem),
        faults=_faults(records, policy, problem),
        rounds=_rounds(problem),
    )


def _rounds(problem: Problem) -> int:
    """How many rounds it takes until all have met: as many as there are people whom somebody has left to meet."""
    if problem.shape.kind != "rounds":
        return 0
    eligible = problem.instance.eligible
    return max(int(eligible.sum(axis=side).max(initial=0)) for side in (0, 1))


def _bare(records: Records, cohort: str, today: datetime.date) -> Problem:
    """The problem as it stands before anybody is scored: no floor, no pins, and one criterion, which is not looked at."""
    from dataclasses import replace

    policy = records.policies[cohort]
    fairness = Fairness(
        limit=Limits(load_share=policy.fairness.limit.load_share)
    )  # of the limits, this one takes places
    bare = {
        "floor": 0.0,
        "pins": (),
        "together": (),
        "score": {"shared_topics": Criterion(weight=1)},
        "fairness": fairness,
    }
    without = policy.model_copy(update={**bare, "missing": "neutral", "mode": "hybrid"})
    return build(replace(records, policies={**records.policies, cohort: without}), cohort, today)


def _lonely(problem: Problem) -> Iterator[Without]:
    """Everybody who can be paired with nobody: by the constraints, or since all who fit have no place."""
    bars = tuple(bar for bar in problem.bars if bar.name != FLOOR)
    mutual = problem.shape.mutual
    for row, ident in enumerate(problem.mentees):
        blocked = np.array([bar.blocked[row] | bar.blocked[:, row] if mutual else bar.blocked[row] for bar in bars])
        reasons = ruled_out("peer" if mutual else "mentor", problem.mentors, blocked, bars)
        fits = np.flatnonzero(problem.instance.eligible[row])
        if not reasons and not problem.instance.room[fits].any():
            who = listed(problem.mentors[each] for each in fits)
            reasons = (f"everybody who fits has no place left: {who}",)
        if reasons:
            yield Without(ident, problem.pool.mentees[row].application.role, reasons)
    for column, ident in enumerate(() if mutual else problem.mentors):
        if problem.instance.room[column]:
            blocked = np.array([bar.blocked[:, column] for bar in bars])
            reasons = ruled_out("mentee", problem.mentees, blocked, bars)
            if reasons:
                yield Without(ident, "mentor", reasons)
    yield from (Without(each.person, each.role, (each.reason,)) for each in problem.pool.left_out)


def _lines(policy: Policy, problem: Problem) -> dict[str, tuple[Place, ...]]:
    """Where the policy asks for each constraint; none is named for those that are not told apart."""
    found: dict[str, list[Place]] = {}
    for bar in problem.bars:
        if bar.says == HIDDEN or bar.says in found:
            continue
        places = [policy.at("require", at, bar.name) for at, each in enumerate(policy.require) if each.name == bar.name]
        if places:
            found[bar.says] = places
    for says, field in numbers_of(problem):
        if field in policy.model_fields_set:
            found[says] = [policy.at(field)]
    return {says: tuple(places) for says, places in found.items()}


def _faults(records: Records, policy: Policy, problem: Problem) -> tuple[Diagnostic, ...]:
    bars = tuple(bar for bar in problem.bars if bar.name != FLOOR)
    found: list[Diagnostic] = []
    try:
        pins_of(records, policy, problem.pool, bars, problem.instance.room)
    except Refused as refused:
        found.extend(refused.diagnostics)
    try:
        if problem.company is not None:
            together_of(records, policy, problem.pool, problem.company.apart, problem.company.split)
    except Refused as refused:
        found.extend(refused.diagnostics)
    return tuple(found)


def feasible_lines(found: Feasible, people: dict[str, str]) -> tuple[str, ...]:
    """Write what was found as lines for a terminal."""
    lines = [_people(found)]
    if found.full and found.kind != "peers":
        lines.append(f"no place left: {listed((people.get(each, each) for each in found.full), 12)}")
    lines.append(f"at the most {found.matched} of {_counted(found)} can be {_WORDS.get(found.kind, 'matched')}")
    if found.conflict:
        lines.append(f"in conflict with matching {found.possible}: {_named(found, found.conflict)}")
    for each in found.ways:
        lines.append(f"  without {_named(found, each.names)}: {each.matched} can be matched")
    if found.rounds:
        lines.append(f"all who can have met after {counted(found.rounds, 'round')}")
    for person in found.lonely:
        lines.append(f"Out of reach: {people.get(person.person, person.person)} ({person.person}, {person.role})")
        lines.extend(f"  {reason}" for reason in person.reasons)
    return tuple(lines)


_WORDS = {"seats": "in a group", "peers": "with a peer", "rounds": "in a meeting"}


def _people(found: Feasible) -> str:
    """How many there are, and how many places for them; peers and short meetings take none."""
    if found.kind == "peers":
        odd = "an odd number, so that one is left or three are together" if found.mentees % 2 else "an even number"
        return f"{_counted(found)}: {odd}"
    people = f"{counted(found.mentees, 'mentee')}, {counted(found.mentors, 'mentor')}"
    return people if found.kind == "rounds" else f"{people} with {counted(found.places, 'place')}: {_capacity(found)}"


def _counted(found: Feasible) -> str:
    return counted(found.mentees, "person", "people") if found.kind == "peers" else counted(found.mentees, "mentee")


def _capacity(found: Feasible) -> str:
    short = found.mentees - found.places
    if short > 0:
        return f"{counted(short, 'place')} too few"
    return "exactly enough" if not short else f"{counted(-short, 'place')} to spare"


def _named(found: Feasible, names: tuple[str, ...]) -> str:
    """Name constraints with the lines that ask for them."""
    parts = []
    for name in names:
        places = found.lines.get(name, ())
        where = ", ".join(f"{each.path}:{each.span.line}" for each in places)
        parts.append(f"{name} ({where})" if where else name)
    return listed(parts, 12)


def feasible_data(cohort: str, found: Feasible) -> dict[str, Any]:
    """Give what was found as plain data for scripts."""
    return {
        "format": "mentoring-feasible",
        "version": 1,
        "cohort": cohort,
        "mentees": found.mentees,
        "mentors": found.mentors,
        "places": found.places,
        "full": list(found.full),
        "matched": found.matched,
        "possible": found.possible,
        "conflict": [_constraint(found, each) for each in found.conflict],
        "without": [{"constraints": list(each.names), "matched": each.matched} for each in found.ways],
        "out_of_reach": [
            {"person": each.person, "role": each.role, "reasons": list(each.reasons)} for each in found.lonely
        ],
        "pins": [each.message for each in found.faults],
    }


def _constraint(found: Feasible, name: str) -> dict[str, Any]:
    places = found.lines.get(name, ())
    return {"says": name, "lines": [{"path": each.path, "line": each.span.line} for each in places]}
