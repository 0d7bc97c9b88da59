"""From a solved cohort to what is handed over: the plan as a record, the proposed pairs, and the reasons as text."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.explain import Pairing, explain
from toolkit.matching.naming import pair_ids
from toolkit.matching.objective import Matching, Reached, solve
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import NOBODY
from toolkit.matching.unmatched import Without, without
from toolkit.matching.words import counted, listed
from toolkit.model import Records
from toolkit.source import emit
from toolkit.workspace import place_of

SOLVER = "minimum-cost flow, exact (OR-Tools)"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the objective: the aim, the numbers reached, and what they mean; each is proven optimal."""

    aim: str
    reached: tuple[int, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What matching proposes for a cohort (`program/cohort`), with every reason; scores are 0 to 10,000.

    `pair_ids` gives each pair's folder, in the order of `pairs`. `people` maps ids to display names. `placed` mentees
    had a pair already and `undecided` applications wait for a decision; neither was matched.
    """

    cohort: str
    run: str
    made_on: datetime.date
    policy: str
    inputs: str
    seed: int
    formation: str
    weights: dict[str, float]
    steps: tuple[Step, ...]
    pairs: tuple[Pairing, ...]
    pair_ids: tuple[str, ...]
    without: tuple[Without, ...]
    people: dict[str, str]
    placed: int
    undecided: int


def propose(records: Records, cohort: str, today: datetime.date) -> Proposal:
    """Match a cohort by its policy; raises Refused with findings where that cannot be followed."""
    problem = build(records, cohort, today)
    matching = solve(problem.instance, problem.stages)
    pairs = explain(problem, matching)
    policy = problem.policy.origin.source
    program = records.programs.get(problem.cohort.origin.program)
    total = sum(each.weight for each in problem.criteria)
    return Proposal(
        cohort=cohort,
        run=f"run-{today.isoformat()}-{_run_hash(problem, today)}",
        made_on=today,
        policy=policy.digest if policy else "",
        inputs=problem.inputs,
        seed=problem.policy.seed,
        formation=program.formation if program else "formal",
        weights={each.name: each.weight / total for each in problem.criteria},
        steps=tuple(_step(each, problem, matching) for each in matching.reached),
        pairs=pairs,
        pair_ids=pair_ids(tuple((each.mentor, each.mentee) for each in pairs), records.pairs_of(cohort)),
        without=without(problem, matching),
        people={each.id: each.person.name for each in (*problem.pool.mentees, *problem.pool.mentors)},
        placed=problem.pool.placed,
        undecided=problem.pool.undecided,
    )


def _run_hash(problem: Problem, today: datetime.date) -> str:
    text = f"{problem.cohort.cohort_key}\0{problem.inputs}\0{today.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _step(reached: Reached, problem: Problem, matching: Matching) -> Step:
    return Step(reached.stage.aim, reached.values, f"{_meaning(reached, problem, matching)} (proven optimal)")


def _meaning(reached: Reached, problem: Problem, matching: Matching) -> str:
    """Say in words what a step of the objective reached."""
    aim, values, made = reached.stage.aim, reached.values, int((matching.mate != NOBODY).sum())
    if aim == "max_matched":
        return f"{values[0]} of {counted(len(problem.mentees), 'mentee')} matched"
    if aim == "raise_the_lowest":
        scores = ["no pair" if each == NOBODY else f"{each / SCALE:.4f}" for each in values]
        return f"the lowest scores are {listed(scores, 60)}" if scores else "no score to raise"
    if aim == "max_total":
        mean = f", {values[0] / SCALE / made:.4f} on average" if made else ""
        return f"the scores add up to {values[0] / SCALE:.4f}{mean}"
    if aim == "most_first_choices":
        return f"{counted(values[0], 'mentee')} with their first choice"
    loads = Counter(np.bincount(matching.mate[matching.mate != NOBODY], minlength=len(problem.mentors)).tolist())
    parts = [f"{counted(loads[load], 'mentor')} with {counted(load, 'mentee')}" for load in sorted(loads) if load]
    return listed(parts, 60) if parts else "nobody takes a mentee"


def plan_text(proposal: Proposal) -> str:
    """Write the plan as the record `matching-run`."""
    return emit(
        {
            "made_on": proposal.made_on,
            "policy": f"sha256:{proposal.policy}",
            "inputs": f"sha256:{proposal.inputs}",
            "seed": proposal.seed,
            "solver": SOLVER,
            "objective": [f"{each.aim}: {each.says}" for each in proposal.steps],
            "weights": {name: round(weight, 4) for name, weight in proposal.weights.items()},
            "pairs": [_proposed(each, ident) for each, ident in zip(proposal.pairs, proposal.pair_ids, strict=True)],
            "unmatched": [
                {"person": each.person, "role": each.role, "reasons": list(each.reasons)} for each in proposal.without
            ],
        }
    )


def _proposed(pairing: Pairing, ident: str) -> dict[str, Any]:
    runner_up = pairing.next_best
    return {
        "mentor": pairing.mentor,
        "mentee": pairing.mentee,
        "pair": ident,
        "score": pairing.score / SCALE,
        "pinned": "yes" if pairing.pinned else None,
        "terms": {each.criterion: round(each.value, 4) for each in pairing.terms},
        "reasons": list(pairing.reasons),
        "weakness": pairing.weakness or None,
        "runner_up": {"person": runner_up[0], "score": runner_up[1] / SCALE} if runner_up else None,
    }


def pair_text(proposal: Proposal, pairing: Pairing) -> str:
    """Write one proposed pair as a record."""
    return emit(
        {
            "model": "one-to-one",
            "members": [
                {"person": pairing.mentor, "role": "mentor"},
                {"person": pairing.mentee, "role": "mentee"},
            ],
            "status": "proposed",
            "formation": proposal.formation,
            "proposed_on": proposal.made_on,
            "run": proposal.run,
        }
    )


def as_data(proposal: Proposal) -> dict[str, Any]:
    """Give the proposal as plain data for scripts; `version` changes where a field changes its meaning."""
    return {
        "format": "mentoring-match",
        "version": 1,
        "cohort": proposal.cohort,
        "run": proposal.run,
        "made_on": proposal.made_on.isoformat(),
        "policy": proposal.policy,
        "inputs": proposal.inputs,
        "seed": proposal.seed,
        "solver": SOLVER,
        "objective": [
            {"aim": each.aim, "reached": list(each.reached), "says": each.says, "proven": True}
            for each in proposal.steps
        ],
        "weights": proposal.weights,
        "pairs": [_data(each, ident) for each, ident in zip(proposal.pairs, proposal.pair_ids, strict=True)],
        "unmatched": [
            {"person": each.person, "role": each.role, "reasons": list(each.reasons)} for each in proposal.without
        ],
        "already_paired": proposal.placed,
        "undecided": proposal.undecided,
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


def plan_path(proposal: Proposal) -> str:
    """Where the plan is written, relative to the root."""
    program, _, cohort = proposal.cohort.partition("/")
    return place_of("matching-run", program=program, cohort=cohort, id=proposal.run)
