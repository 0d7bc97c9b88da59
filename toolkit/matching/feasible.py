"""Whether everybody can be matched at all, before anything is scored: places, people out of reach, and what conflicts."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.diagnostics import Diagnostic, Place
from toolkit.matching.marks import Marks, nowhere
from toolkit.matching.objective import in_columns
from toolkit.matching.pins import pins_of
from toolkit.matching.policy import Refused
from toolkit.matching.price import assigned_only
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import Choices, Cost, minimize
from toolkit.matching.unmatched import Without, ruled_out
from toolkit.matching.words import FLOOR, HIDDEN, SELF, counted, listed
from toolkit.model import Policy, Records
from toolkit.model.policy import Criterion


@dataclass(frozen=True, slots=True)
class Lifted:
    """Constraints, in words that are safe to read, and how many mentees could be matched without them."""

    names: tuple[str, ...]
    matched: int


@dataclass(frozen=True, slots=True)
class Feasible:
    """What the constraints allow, whatever counts how much.

    `places` is what the mentors can still take, `full` who has no place left. `matched` is the most mentees that can be
    matched, `possible` the most if every constraint were lifted. `conflict` is a smallest set of constraints that by
    itself keeps somebody out; `ways` are the smallest sets without which nobody is kept out, or, where two are not
    enough, the best that two can do. `lines` names the lines of the policy that ask for them. `faults` are pins that
    cannot hold.
    """

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

    @property
    def whole(self) -> bool:
        """Whether everybody who seeks a mentor can have one, with every pin."""
        return self.matched == self.mentees and not self.faults


def feasible(records: Records, cohort: str, today: datetime.date) -> Feasible:
    """Look at a cohort's constraints without scoring anybody; raises ToolkitError for a model with groups."""
    policy = records.policies[cohort]
    assigned_only(policy, "feasible")
    problem = _bare(records, cohort, today)
    ways = _Ways(problem)
    conflict, lifted = ways.explained()
    room = problem.instance.room
    return Feasible(
        mentees=len(problem.mentees),
        mentors=len(problem.mentors),
        places=int(room.sum()),
        full=tuple(problem.mentors[each] for each in np.flatnonzero(room == 0)),
        matched=ways.matched(),
        possible=ways.possible,
        lonely=tuple(_lonely(problem)),
        conflict=conflict,
        ways=lifted,
        lines=_lines(policy, problem),
        faults=_faults(records, policy, problem),
    )


def _bare(records: Records, cohort: str, today: datetime.date) -> Problem:
    """The problem as it stands before anybody is scored: no floor, no pins, and one criterion, which is not looked at."""
    from dataclasses import replace

    policy = records.policies[cohort]
    bare = {"floor": 0.0, "pins": (), "score": {"shared_topics": Criterion(weight=1)}}
    without = policy.model_copy(update={**bare, "missing": "neutral", "mode": "hybrid"})
    return build(replace(records, policies={**records.policies, cohort: without}), cohort, today)


class _Ways:
    """How many can be matched when some constraints are lifted; those of private records count as one."""

    def __init__(self, problem: Problem) -> None:
        self.room = problem.instance.room
        self.blocked: dict[str, list[Marks]] = {}
        for bar in problem.bars:
            if bar.name != FLOOR and bar.blocked.any():
                self.blocked.setdefault(bar.says, []).append(bar.blocked)
        self.names = tuple(name for name in self.blocked if name != SELF)  # nobody can be lifted out of being oneself
        self.shape = problem.instance.score.shape
        self.possible = self.matched(self.names)

    def matched(self, without: Iterable[str] = ()) -> int:
        """The most mentees that can be matched without these constraints."""
        kept = [each for name, every in self.blocked.items() if name not in without for each in every]
        pairs = nowhere(kept) if kept else np.ones(self.shape, dtype=np.bool_)
        high = np.minimum(self.room, in_columns(pairs))
        choices = Choices(pairs, np.ones(len(pairs), dtype=np.bool_), np.zeros_like(high), high)
        mate = minimize(choices, Cost(np.broadcast_to(np.int64(0), pairs.shape), leave=1)).mate
        return int((mate >= 0).sum())

    def explained(self) -> tuple[tuple[str, ...], tuple[Lifted, ...]]:
        """The smallest set that conflicts, and the smallest sets to lift; nothing where no constraint keeps anybody out."""
        if self.matched() == self.possible:
            return (), ()
        return self._conflict(), self._lifted()

    def _conflict(self) -> tuple[str, ...]:
        """One alone, then two, that keep somebody out; else drop what is not needed, one after the other."""
        for size in (1, 2):
            for kept in itertools.combinations(self.names, size):
                if self.matched(set(self.names) - set(kept)) < self.possible:
                    return kept
        needed = list(self.names)
        for name in self.names:
            rest = [each for each in needed if each != name]
            if self.matched(set(self.names) - set(rest)) < self.possible:
                needed = rest
        return tuple(needed)

    def _lifted(self) -> tuple[Lifted, ...]:
        tried: list[Lifted] = []
        for size in (1, 2):
            tried = [Lifted(names, self.matched(names)) for names in itertools.combinations(self.names, size)]
            enough = tuple(each for each in tried if each.matched == self.possible)
            if enough:
                return enough
        most = max((each.matched for each in tried), default=0)
        return tuple(each for each in tried if each.matched == most)[:3]


def _lonely(problem: Problem) -> Iterator[Without]:
    """Everybody who can be paired with nobody: by the constraints, or since all who fit have no place."""
    bars = tuple(bar for bar in problem.bars if bar.name != FLOOR)
    for row, ident in enumerate(problem.mentees):
        reasons = ruled_out("mentor", problem.mentors, np.array([bar.blocked[row] for bar in bars]), bars)
        fits = np.flatnonzero(problem.instance.eligible[row])
        if not reasons and not problem.instance.room[fits].any():
            who = listed(problem.mentors[each] for each in fits)
            reasons = (f"everybody who fits has no place left: {who}",)
        if reasons:
            yield Without(ident, "mentee", reasons)
    for column, ident in enumerate(problem.mentors):
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
    return {says: tuple(places) for says, places in found.items()}


def _faults(records: Records, policy: Policy, problem: Problem) -> tuple[Diagnostic, ...]:
    bars = tuple(bar for bar in problem.bars if bar.name != FLOOR)
    try:
        pins_of(records, policy, problem.pool, bars, problem.instance.room)
    except Refused as refused:
        return refused.diagnostics
    return ()


def feasible_lines(found: Feasible, people: dict[str, str]) -> tuple[str, ...]:
    """Write what was found as lines for a terminal."""
    lines = [
        f"{counted(found.mentees, 'mentee')}, {counted(found.mentors, 'mentor')} with "
        f"{counted(found.places, 'place')}: {_capacity(found)}"
    ]
    if found.full:
        lines.append(f"no place left: {listed((people.get(each, each) for each in found.full), 12)}")
    lines.append(f"at the most {found.matched} of {counted(found.mentees, 'mentee')} can be matched")
    if found.conflict:
        lines.append(f"in conflict with matching {found.possible}: {_named(found, found.conflict)}")
    for each in found.ways:
        lines.append(f"  without {_named(found, each.names)}: {each.matched} can be matched")
    for person in found.lonely:
        lines.append(f"Out of reach: {people.get(person.person, person.person)} ({person.person}, {person.role})")
        lines.extend(f"  {reason}" for reason in person.reasons)
    return tuple(lines)


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
