"""From a solved cohort to what is handed over: who is together, in which role, with every reason."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.cohesion import group_reasons
from toolkit.matching.empty import empty_words, mode_words
from toolkit.matching.explain import Pairing, explain
from toolkit.matching.fairness import Priced, priced, priced_data, reach_words
from toolkit.matching.matrix import Matrix, matrix_of
from toolkit.matching.naming import pair_ids
from toolkit.matching.outcome import Outcome, decide
from toolkit.matching.problem import Problem, build
from toolkit.matching.steps import Step
from toolkit.matching.telling import Tell, unheard
from toolkit.matching.unmatched import Without, without
from toolkit.model import Records


@dataclass(frozen=True, slots=True)
class Group:
    """People who are brought together under one id: each with the role; `round` is 0 where there are no rounds.

    `score` is 0 to 10,000. `reasons` say what brought a group together; of two people their pairing says it.
    """

    ident: str
    members: tuple[tuple[str, str], ...]
    score: int
    round: int
    reasons: tuple[str, ...]

    def people(self, *roles: str) -> tuple[str, ...]:
        """The ids of the members in these roles; all without a role."""
        return tuple(person for person, role in self.members if not roles or role in roles)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What matching proposes for a cohort (`program/cohort`), with every reason; scores are 0 to 10,000.

    `groups` are who is brought together, two or more; `pairs` explain each mentee with each mentor in them (peers in
    both directions), and `pair_ids` gives the id of the group of each, in the order of `pairs`. `people` maps ids to
    display names. `placed` mentees had a pair already and `undecided` applications wait for a decision; neither was
    matched. `limits` are the prices of what the policy limits, and `reach` says how near the plan comes to it: that
    speaks of groups, is for the coordinator alone, and stands in no file.
    """

    cohort: str
    run: str
    made_on: datetime.date
    model: str
    policy: str
    inputs: str
    seed: int
    solver: str
    formation: str
    weights: dict[str, float]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    groups: tuple[Group, ...]
    pairs: tuple[Pairing, ...]
    pair_ids: tuple[str, ...]
    without: tuple[Without, ...]
    people: dict[str, str]
    placed: int
    undecided: int
    matrix: Matrix | None = None
    limits: tuple[Priced, ...] = ()
    reach: tuple[str, ...] = ()

    @property
    def is_grouped(self) -> bool:
        """Whether the pairs alone do not say who is together, and in which role."""
        return self.model not in ("one-to-one", "reverse")


def propose(records: Records, cohort: str, today: datetime.date, tell: Tell = unheard) -> Proposal:
    """Match a cohort by its policy; raises Refused with findings where that cannot be followed."""
    problem = build(records, cohort, today, tell)
    tell("matching", 0, 0)
    outcome = decide(problem)
    made = proposal_of(records, problem, outcome, today, tell)
    limits = priced(records, cohort, today, problem, outcome)
    return replace(made, limits=limits, reach=reach_words(problem, outcome)) if limits else made


def proposal_of(
    records: Records, problem: Problem, outcome: Outcome, today: datetime.date, tell: Tell = unheard
) -> Proposal:
    """Say what an outcome means for people, with every reason."""
    cohort, policy = problem.cohort.cohort_key, problem.policy.origin.source
    program = records.programs.get(problem.cohort.origin.program)
    total = sum(each.weight for each in problem.criteria)
    groups = _groups(records, problem, outcome)
    rows, columns, owners = _relations(problem, outcome)
    return Proposal(
        cohort=cohort,
        run=f"run-{today.isoformat()}-{_run_hash(problem, today)}",
        made_on=today,
        model=problem.policy.model,
        policy=policy.digest if policy else "",
        inputs=problem.inputs,
        seed=problem.policy.seed,
        solver=outcome.solver,
        formation=program.formation if program else "formal",
        weights={each.name: each.weight / total for each in problem.criteria},
        steps=outcome.steps,
        notes=(*outcome.notes, *mode_words(problem), *empty_words(problem, outcome)),
        groups=groups,
        pairs=explain(problem, rows, columns, tell),
        pair_ids=tuple(groups[each].ident for each in owners),
        without=without(problem, outcome),
        people={each.id: each.person.name for each in (*problem.pool.mentees, *problem.pool.mentors)},
        placed=problem.pool.placed,
        undecided=problem.pool.undecided,
        matrix=matrix_of(problem, outcome.formed),
    )


def _relations(problem: Problem, outcome: Outcome) -> tuple[Integers, Integers, list[int]]:
    """Every mentee with every mentor of the group, and peers in both directions; with the place of the group."""
    found = []
    for place, each in enumerate(outcome.formed):
        others = each.mentees if problem.shape.mutual else each.mentors
        alike = problem.shape.mutual
        found += [
            (each.round, row, column, place) for row in each.mentees for column in others if not alike or row != column
        ]
    table = np.array(sorted(found), dtype=np.int64).reshape(len(found), 4)
    return table[:, 1], table[:, 2], table[:, 3].tolist()


def _groups(records: Records, problem: Problem, outcome: Outcome) -> tuple[Group, ...]:
    shape = problem.shape
    members = tuple(
        (
            *((problem.mentors[each], shape.leader) for each in formed.mentors),
            *((problem.mentees[each], shape.member) for each in formed.mentees),
        )
        for formed in outcome.formed
    )
    people = tuple(tuple(person for person, _ in each) for each in members)
    ids = pair_ids(people, records.pairs_of(problem.cohort.cohort_key), problem.policy.model)
    return tuple(
        Group(ident, each, formed.score, formed.round, tuple(group_reasons(problem, formed)))
        for ident, each, formed in zip(ids, members, outcome.formed, strict=True)
    )


def _run_hash(problem: Problem, today: datetime.date) -> str:
    text = f"{problem.cohort.cohort_key}\0{problem.inputs}\0{today.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def as_data(proposal: Proposal) -> dict[str, Any]:
    """Give the proposal as plain data for scripts; `version` changes where a field changes its meaning."""
    return {
        "format": "mentoring-match",
        "version": 1,
        "cohort": proposal.cohort,
        "run": proposal.run,
        "made_on": proposal.made_on.isoformat(),
        "model": proposal.model,
        "policy": proposal.policy,
        "inputs": proposal.inputs,
        "seed": proposal.seed,
        "solver": proposal.solver,
        "objective": [
            {"aim": each.aim, "reached": list(each.reached), "says": each.says, "proven": each.proven}
            for each in proposal.steps
        ],
        "notes": list(proposal.notes),
        "limits": [priced_data(each) for each in proposal.limits],
        "limits_reached": list(proposal.reach),
        "weights": proposal.weights,
        "groups": [grouped(proposal, each) for each in proposal.groups],
        "pairs": [_data(each, ident) for each, ident in zip(proposal.pairs, proposal.pair_ids, strict=True)],
        "unmatched": [
            {"person": each.person, "role": each.role, "reasons": list(each.reasons)} for each in proposal.without
        ],
        "already_paired": proposal.placed,
        "undecided": proposal.undecided,
    }


def grouped(proposal: Proposal, group: Group) -> dict[str, Any]:
    """Give a group as plain data, with the fields that the plan's record has."""
    return {
        "pair": group.ident,
        "model": proposal.model,
        "members": [{"person": person, "role": role} for person, role in group.members],
        "score": group.score / SCALE,
        "round": group.round or None,
        "reasons": list(group.reasons),
    }


def _data(pairing: Pairing, ident: str) -> dict[str, Any]:
    runner_up = pairing.next_best
    return {
        "pair": ident,
        "mentor": pairing.mentor,
        "mentee": pairing.mentee,
        "score": pairing.score / SCALE,
        "pinned": pairing.pinned,
        "terms": [
            {"criterion": each.criterion, "value": each.value, "share": each.share, "says": each.says}
            for each in pairing.terms
        ],
        "reasons": list(pairing.reasons),
        "weakness": pairing.weakness or None,
        "runner_up": {"person": runner_up[0], "score": runner_up[1] / SCALE} if runner_up else None,
        "passed_over": pairing.passed_over or None,
    }
