"""From a problem to who is together: the solver that the model and the policy ask for, and what each stage reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.forming import Impossible, form
from toolkit.matching.halves import halves
from toolkit.matching.limited import FLOW, limited
from toolkit.matching.objective import Matching, Reached, measured, solve
from toolkit.matching.partition import improve
from toolkit.matching.peers import Circle, reached_by, together
from toolkit.matching.problem import Problem
from toolkit.matching.roommates import roommates
from toolkit.matching.rounds import next_round, schedule
from toolkit.matching.seating import impossible, marks_of, seating_of
from toolkit.matching.seats import Seated, holds, key
from toolkit.matching.shapes import sizes
from toolkit.matching.solvers import NOBODY
from toolkit.matching.stable import Asked, blocking, deferred, serial
from toolkit.matching.words import counted, listed

CP = "CP-SAT, stage after stage (OR-Tools)"
DIVIDED = "every division of the people, exact"
SEARCH = "local search from a CP-SAT start, with bounds"
BLOSSOM = "maximum-weight matching in a general graph, exact (NetworkX)"
SETS = "choice of pairs and one three by CP-SAT, exact (OR-Tools)"
ATTACHED = "maximum-weight matching (NetworkX), then the best pair for the odd one"
DEFERRED = "deferred acceptance, the mentees proposing"
LOT = "choice by lot, one after the other"
IRVING = "stable roommates (Irving)"
_PROVABLE_CELLS = 10_000  # mentees by mentors, where neither likeness nor several mentors count: 200 by 50
_PROVABLE = 24  # people: partitions of more are searched, not proven


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the objective: the aim, the numbers reached, what they mean, and whether that is proven optimal."""

    aim: str
    reached: tuple[int, ...]
    says: str
    proven: bool


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
        _step(each, _pair_words(each, problem, matching), gap == 0, gap)
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
        _step(each, f"round {place}: {_pair_words(each, problem, matching)}", True)
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
        _step(each, _seat_words(each, problem, found), gap == 0, gap)
        for each, gap in zip(found.reached, found.gaps, strict=True)
    )
    low, high = seating.size
    word = "group" if problem.shape.kind == "circle" else problem.policy.model
    note = f"a {word} has {low} to {high} {_members(problem)}; one that would have fewer is not formed"
    return Outcome(_sorted(formed), found.arrangement.mentee, steps, solver, (note,))


def _members(problem: Problem) -> str:
    return "mentees" if problem.shape.member == "mentee" else "members beside the facilitator"


def circle_of(problem: Problem) -> Circle:
    """Write a problem of peers as bare arrays: two are as good as both directions on average, or as the weaker one."""
    instance = problem.instance
    score, able = instance.score, instance.eligible & instance.eligible.T
    pins = marks_of(instance.pinned, able.shape)
    weaker = problem.policy.model == "reciprocal"
    return Circle(
        weight=np.minimum(score, score.T) if weaker else (score + score.T) // 2,
        able=able | pins | pins.T,
        first=np.asarray(instance.first),
        pinned=instance.pinned,
        tie=np.minimum(instance.tie, instance.tie.T),
        trio=problem.policy.model == "peer",
    )


def _peers(problem: Problem) -> Outcome:
    circle, solver = circle_of(problem), problem.policy.solver
    wanted, notes, proven = np.asarray(wanted_by(problem).wishes().mentee), [], False
    if solver == "serial":
        groups, name = _by_lot(problem, circle, wanted), LOT
    else:
        stable = _irving(problem, circle, wanted) if solver == "stable" else None
        if stable is not None:
            groups, name = stable, IRVING
            notes.append("stable: no two would both rather have each other than what they got")
        else:
            made = together(circle, problem.stages)
            groups, proven = made.groups, made.proven
            odd = any(len(each) == 3 for each in groups)
            name = (SETS if proven else ATTACHED) if odd else BLOSSOM
            if solver == "stable":
                notes.append("no stable pairing exists for these wishes; this is the best by the objective")
    if solver != "stable" or proven:
        found = rather(circle, wanted, groups)
        twos = f"{counted(found, 'blocking pair')}: two who would both rather have each other"
        notes.append(twos if found else "no blocking pair")
    notes.extend(_three(problem, groups))
    steps = tuple(
        _step(each, _peer_words(each, problem, groups), proven) for each in reached_by(circle, groups, problem.stages)
    )
    mate = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for group in groups:
        mate[list(group)] = np.roll(group, 1)
    formed = (Formed((), group, int(np.mean(_weights(circle, group)))) for group in groups)
    return Outcome(tuple(formed), mate, steps, name, tuple(notes))


def _weights(circle: Circle, group: tuple[int, ...]) -> list[int]:
    return [int(circle.weight[one, other]) for one in group for other in group if one < other]


def _three(problem: Problem, groups: tuple[tuple[int, ...], ...]) -> Iterator[str]:
    for group in groups:
        if len(group) == 3:
            yield f"the number is odd, so {listed(problem.mentees[each] for each in group)} are three"


def _lists(problem: Problem, circle: Circle, wanted: Integers) -> list[list[int]]:
    """Each person's list of the others, best first; pinned people list each other alone."""
    pinned = {int(row): int(column) for row, column in enumerate(circle.pinned) if column != NOBODY}
    pinned |= {other: one for one, other in pinned.items()}
    lists = []
    for one in range(len(circle.pinned)):
        others = [pinned[one]] if one in pinned else [o for o in np.flatnonzero(circle.able[one]) if o not in pinned]
        lists.append(sorted(map(int, others), key=lambda other: (wanted[one, other], problem.instance.tie[one, other])))
    return lists


def _irving(problem: Problem, circle: Circle, wanted: Integers) -> tuple[tuple[int, ...], ...] | None:
    mate = roommates(_lists(problem, circle, wanted))
    return None if mate is None else tuple((one, other) for one, other in enumerate(mate) if other > one)


def _by_lot(problem: Problem, circle: Circle, wanted: Integers) -> tuple[tuple[int, ...], ...]:
    lists, taken, groups = _lists(problem, circle, wanted), set[int](), []
    for one in np.argsort(problem.lots, kind="stable").tolist():
        other = next((each for each in lists[one] if each not in taken), None)
        if one not in taken and other is not None:
            taken |= {one, other}
            groups.append((min(one, other), max(one, other)))
    return tuple(sorted(groups))


def rather(circle: Circle, wanted: Integers, groups: tuple[tuple[int, ...], ...]) -> int:
    """Count the twos who would both rather have each other than the people they are with."""
    worst = np.full(len(circle.pinned), np.iinfo(np.int64).max)
    for group in groups:
        for one in group:
            worst[one] = max(wanted[one, other] for other in group if other != one)
    both = circle.able & (wanted < worst[:, None]) & (wanted < worst[:, None]).T
    return int(np.triu(both, 1).sum())


def _group(problem: Problem, mentors: Iterable[int], mentees: Iterable[int]) -> Formed:
    columns, rows = tuple(int(each) for each in mentors), tuple(int(each) for each in mentees)
    return Formed(columns, rows, round(float(problem.instance.score[np.ix_(rows, columns)].mean())))


def _sorted(formed: Iterable[Formed]) -> tuple[Formed, ...]:
    return tuple(sorted(formed, key=lambda each: (each.round, each.mentees, each.mentors)))


def _step(reached: Reached, says: str, proven: bool, gap: float | None = None) -> Step:
    """Say what a step reached, and how sure that is."""
    if proven:
        sure = "proven optimal"
    elif gap is not None:
        sure = f"not proven: at most {100 * gap:.1f} % more could be possible"
    else:
        sure = "not proven optimal"
    return Step(reached.stage.aim, reached.values, f"{says} ({sure})", proven)


def _pair_words(reached: Reached, problem: Problem, matching: Matching) -> str:
    """Say in words what a step of the objective reached."""
    if reached.stage.aim == "even_load":
        mate = matching.mate
        loads = Counter(np.bincount(mate[mate != NOBODY], minlength=len(problem.mentors)).tolist())
        parts = [f"{counted(loads[load], 'mentor')} with {counted(load, 'mentee')}" for load in sorted(loads) if load]
        return listed(parts, 60) if parts else "nobody takes a mentee"
    made = int((matching.mate != NOBODY).sum())
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'mentee')} matched", made)


def _seat_words(reached: Reached, problem: Problem, found: Seated) -> str:
    sizes_made = Counter(len(mentees) for _, mentees in found.arrangement.groups())
    word = "group" if problem.shape.kind == "circle" else problem.policy.model
    several = "communities" if word == "community" else f"{word}s"
    if reached.stage.aim == "even_load":
        parts = [f"{counted(sizes_made[size], word, several)} of {size}" for size in sorted(sizes_made)]
        return listed(parts, 60) or f"no {word}"
    made = int((found.arrangement.mentee != NOBODY).sum())
    groups = counted(sum(sizes_made.values()), word, several)
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'mentee')} in {groups}", 0)


def _peer_words(reached: Reached, problem: Problem, groups: tuple[tuple[int, ...], ...]) -> str:
    if reached.stage.aim == "even_load":
        return "everybody has one peer, or two where there are three"
    made = sum(map(len, groups))
    return _words(reached, f"{made} of {counted(len(problem.mentees), 'person', 'people')} have a peer", made)


def _words(reached: Reached, matched: str, made: int) -> str:
    aim, values = reached.stage.aim, reached.values
    if aim == "max_matched":
        return matched
    if aim == "raise_the_lowest":
        scores = ["no pair" if each == NOBODY else f"{each / SCALE:.4f}" for each in values]
        return f"the lowest scores are {listed(scores, 60)}" if scores else "no score to raise"
    if aim == "max_total":
        mean = f", {values[0] / SCALE / made:.4f} on average" if made else ""
        return f"the scores add up to {values[0] / SCALE:.4f}{mean}"
    return f"{counted(values[0], 'mentee')} with their first choice"
