"""From a problem to who is together: the solver that the model and the policy ask for, and what each stage reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrangement import holds, key
from toolkit.matching.arrays import Integers
from toolkit.matching.circles import LOT, choose, circle_of
from toolkit.matching.forming import Impossible, form
from toolkit.matching.halves import halves
from toolkit.matching.objective import Matching, measured, solve
from toolkit.matching.partition import improve
from toolkit.matching.peers import Circle, reached_by
from toolkit.matching.problem import Problem
from toolkit.matching.rounds import next_round, schedule
from toolkit.matching.seating import impossible, seating_of
from toolkit.matching.shapes import sizes
from toolkit.matching.solvers import NOBODY
from toolkit.matching.stable import Asked, blocking, deferred, serial
from toolkit.matching.steps import Step, pair_words, peer_words, seat_words, step
from toolkit.matching.within import FLOW, limited
from toolkit.matching.words import counted

CP = "CP-SAT, stage after stage (OR-Tools)"
DIVIDED = "every division of the people, exact"
SEARCH = "local search from a CP-SAT start, with bounds"
DEFERRED = "deferred acceptance, the mentees proposing"
_PROVABLE_CELLS = 10_000  # mentees by mentors, where neither likeness nor several mentors count: 200 by 50
_PROVABLE = 24  # people: partitions of more are searched, not proven


@dataclass(frozen=True, slots=True)
class Formed:
    """People who are brought together, by their places in the problem: mentors and mentees, and in which round.

    Peers stand among the mentees alone. `score` is 0 to 10,000: the mean of all mentees with all mentors; for peers
    the mean of all twos, each as its weaker direction where the model is reciprocal.
    """

    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    score: int
    round: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Who is together, which mentor each mentee has (`mate`, the first of a group), the steps, and what is to be said."""

    formed: tuple[Formed, ...]
    mate: Integers
    steps: tuple[Step, ...]
    solver: str
    notes: tuple[str, ...]


def decide(problem: Problem) -> Outcome:
    """Solve a problem as its model and its policy say; raises Refused where no plan keeps its limits."""
    try:
        return _decide(problem)
    except Impossible:
        if not problem.limits:
            raise
        raise impossible(problem.policy) from None


def _decide(problem: Problem) -> Outcome:
    if problem.shape.kind == "peers":
        return _peers(problem)
    if problem.shape.kind == "seats" or (problem.shape.kind == "circle" and _is_bound(problem)):
        return _seats(problem)
    return _rounds(problem) if problem.shape.kind == "rounds" else _pairs(problem)


def _is_bound(problem: Problem) -> bool:
    """Whether it matters which mentees share a mentor: some must not, or a mentor needs several."""
    company, solver = problem.company, problem.policy.solver
    bound = sizes(problem.policy)[0] > 1 or (company is not None and bool((company.apart | company.bound).any()))
    if bound and solver != "optimal":
        message = f"`{solver}` looks at one mentee at a time, and here it matters who shares a mentor"
        raise ToolkitError(message, "use `solver: optimal`")
    return bound


def _pairs(problem: Problem) -> Outcome:
    matching, gaps, solver = _assign(problem)
    steps = tuple(
        step(each, pair_words(each, problem, matching), gap == 0, gap)
        for each, gap in zip(matching.reached, gaps, strict=True)
    )
    groups: dict[int, list[int]] = {}
    for row in np.flatnonzero(matching.mate != NOBODY).tolist():
        column = int(matching.mate[row])
        groups.setdefault(column if problem.shape.kind == "circle" else row + len(problem.mentors), []).append(row)
    formed = (_group(problem, (int(matching.mate[rows[0]]),), rows) for rows in groups.values())
    return Outcome(_sorted(formed), matching.mate, steps, solver, tuple(_pair_notes(problem, matching.mate)))


def _assign(problem: Problem) -> tuple[Matching, tuple[float | None, ...], str]:
    solver, instance, stages = problem.policy.solver, problem.instance, problem.stages
    if solver == "optimal" and problem.limits:
        return limited(instance, stages, problem.limits, partial(seating_of, problem))
    if solver == "optimal":
        choices = next_round(instance) if problem.shape.kind == "rounds" else None
        return solve(instance, stages, choices), (0.0,) * len(stages), FLOW
    wanted = wanted_by(problem).wishes()
    mate = deferred(instance, wanted) if solver == "stable" else serial(instance, wanted, problem.lots)
    return measured(instance, stages, mate), (None,) * len(stages), DEFERRED if solver == "stable" else LOT


def wanted_by(problem: Problem) -> Asked:
    """What says how much each side wants the other, as the policy's mode lets rankings count."""
    features, ranked = problem.features, problem.policy.mode != "admin"
    return Asked(features.ranked_by_mentee, features.ranked_by_mentor, problem.instance.score, ranked)


def _pair_notes(problem: Problem, mate: Integers) -> Iterator[str]:
    found = len(blocking(problem.instance, wanted_by(problem), mate))
    if problem.policy.solver == "stable":
        yield "stable: no mentee and mentor would both rather have each other than what they got"
    elif found:
        yield f"{counted(found, 'blocking pair')}: a mentee and a mentor who would both rather have each other"
    else:
        yield "no blocking pair: nobody has a partner who would rather have them, too"


def _rounds(problem: Problem) -> Outcome:
    if problem.policy.solver != "optimal":
        made = _pairs(problem)
        rounds = tuple(Formed(each.mentors, each.mentees, each.score, 1) for each in made.formed)
        return Outcome(rounds, made.mate, made.steps, made.solver, made.notes)
    done = schedule(problem.instance, problem.stages, problem.policy.rounds)
    formed = [
        Formed((int(each.mate[row]),), (int(row),), int(problem.instance.score[row, each.mate[row]]), place)
        for place, each in enumerate(done.matchings, 1)
        for row in np.flatnonzero(each.mate != NOBODY)
    ]
    mate = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for matching in reversed(done.matchings):
        mate = np.where(matching.mate != NOBODY, matching.mate, mate)
    steps = [
        step(each, f"round {place}: {pair_words(each, problem, matching)}", True)
        for place, matching in enumerate(done.matchings, 1)
        for each in matching.reached
    ]
    left = done.needed - len(done.matchings)
    after = f"all have met after {counted(left, 'further round')}" if left else "all have met after that"
    note = f"{counted(len(done.matchings), 'round')} proposed; {after}, which is the fewest there can be"
    return Outcome(tuple(formed), mate, tuple(steps), FLOW, (note,) if done.matchings else ())


def _seats(problem: Problem) -> Outcome:
    seating, stages = seating_of(problem), problem.stages
    people, cells = sum(seating.shape), seating.shape[0] * seating.shape[1]
    hard = seating.leaders[1] > 1 or bool(seating.like.any())
    every = halves(seating, stages) if hard else None
    if every is not None:
        found, solver = every, DIVIDED
    elif hard or cells > _PROVABLE_CELLS:
        found, solver = improve(seating, stages), SEARCH
        if hard and people <= _PROVABLE:
            exact, solver = form(seating, stages, start=found.arrangement), CP
            found = exact if exact.proven or key(exact.reached) >= key(found.reached) else found
    else:
        found, solver = form(seating, stages), CP
    if not holds(seating, found.arrangement):
        raise RuntimeError("an arrangement breaks what must hold")
    formed = (_group(problem, mentors.tolist(), mentees.tolist()) for mentors, mentees in found.arrangement.groups())
    steps = tuple(
        step(each, seat_words(each, problem, found), gap == 0, gap)
        for each, gap in zip(found.reached, found.gaps, strict=True)
    )
    low, high = seating.size
    word = "group" if problem.shape.kind == "circle" else problem.policy.model
    span = str(low) if low == high else f"{low} to {high}"
    note = f"a {word} has {span} {_members(problem)}; one that would have fewer is not formed"
    return Outcome(_sorted(formed), found.arrangement.mentee, steps, solver, (note,))


def _members(problem: Problem) -> str:
    return "mentees" if problem.shape.member == "mentee" else "members beside the facilitator"


def _peers(problem: Problem) -> Outcome:
    circle, wanted = circle_of(problem), np.asarray(wanted_by(problem).wishes().mentee)
    chosen = choose(problem, circle, wanted)
    steps = tuple(
        step(each, peer_words(each, problem, chosen.groups), chosen.proven)
        for each in reached_by(circle, chosen.groups, problem.stages)
    )
    mate = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for group in chosen.groups:
        mate[list(group)] = np.roll(group, 1)
    formed = (Formed((), group, int(np.mean(_weights(circle, group)))) for group in chosen.groups)
    return Outcome(tuple(formed), mate, steps, chosen.solver, chosen.notes)


def _weights(circle: Circle, group: tuple[int, ...]) -> list[int]:
    return [int(circle.weight[one, other]) for one in group for other in group if one < other]


def _group(problem: Problem, mentors: Iterable[int], mentees: Iterable[int]) -> Formed:
    columns, rows = tuple(int(each) for each in mentors), tuple(int(each) for each in mentees)
    return Formed(columns, rows, round(float(problem.instance.score[np.ix_(rows, columns)].mean())))


def _sorted(formed: Iterable[Formed]) -> tuple[Formed, ...]:
    return tuple(sorted(formed, key=lambda each: (each.round, each.mentees, each.mentors)))
