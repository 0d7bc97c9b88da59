"""Taking up a plan that was written: which of its pairs are still to be made, and whether it still holds."""

from __future__ import annotations

import os
from dataclasses import dataclass

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.errors import ToolkitError
from toolkit.matching.compare import of_plan
from toolkit.matching.problem import Problem
from toolkit.matching.standing import faults, formed_of
from toolkit.matching.words import listed
from toolkit.model import Pair, Plan, Records
from toolkit.model.pair import RECEIVING
from toolkit.source import emit
from toolkit.workspace import Workspace, place_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """One pair or group of a plan: its id, its model, and its people with their roles."""

    ident: str
    model: str
    members: tuple[tuple[str, str], ...]

    def people(self, *roles: str) -> set[str]:
        """Who is in it, in these roles or at all."""
        return {person for person, role in self.members if not roles or role in roles}


@dataclass(frozen=True, slots=True)
class Taken:
    """What applying a plan comes to: the files to be made as (path, text), and the pairs that are there already."""

    files: tuple[tuple[str, str], ...]
    kept: tuple[str, ...]


def changed(parts: tuple[Plan, ...], problem: Problem) -> tuple[Diagnostic, ...]:
    """Say what a plan was made from and is no longer so: the policy, or the records of people and pairs."""
    plan, source = parts[0], problem.policy.origin.source
    hint = "make the plan anew, or take it all the same with --accept-changed --reason TEXT"
    found = []
    if source is not None and plan.policy.removeprefix("sha256:") != source.digest:
        found.append(("policy", "the policy is not the one that this plan was made by"))
    elif plan.inputs.removeprefix("sha256:") != problem.inputs:
        found.append(("inputs", "the records are not those that this plan was made from"))
    return tuple(Diagnostic("run-inputs-changed", Severity.ERROR, says, plan.at(field), hint) for field, says in found)


def apply(workspace: Workspace, records: Records, parts: tuple[Plan, ...]) -> Taken:
    """Find what is still to be made of a plan; raises ToolkitError where something stands in its place."""
    key = parts[0].cohort_key
    known = {pair.id: pair for pair in records.pairs_of(key)}
    files, kept = [], []
    for each in wanted(parts, records.policies[key].model):
        pair = known.get(each.ident)
        if pair is not None and set(pair.people()) == each.people():
            kept.append(f"{each.ident} ({pair.status})")
            continue
        program, _, cohort = key.partition("/")
        path = place_of("pair", program=program, cohort=cohort, id=each.ident)
        if os.path.lexists((workspace / path).parent):
            raise ToolkitError(f"{path.rpartition('/')[0]} is there already", "nothing was written; make the plan anew")
        _refuse_open(each, known)
        files.append((path, _text(records, parts[0], each)))
    return Taken(tuple(files), tuple(kept))


def wanted(parts: tuple[Plan, ...], model: str) -> tuple[Wanted, ...]:
    """All pairs and groups of a plan, by id."""
    groups = [each for part in parts for each in part.groups]
    if groups:
        found = [
            Wanted(each.pair, each.model, tuple((seat.person, seat.role) for seat in each.members)) for each in groups
        ]
    else:
        pairs = [each for part in parts for each in part.pairs]
        found = [Wanted(each.pair, model, ((each.mentor, "mentor"), (each.mentee, "mentee"))) for each in pairs]
    return tuple(sorted(found, key=lambda each: each.ident))


def _refuse_open(each: Wanted, known: dict[str, Pair]) -> None:
    for pair in known.values():
        if pair.status == "proposed" and each.people(*RECEIVING) & set(pair.mentees):
            hint = "nothing was written; accept the open proposal or delete its folder, then run this again"
            raise ToolkitError(f"a mentee of {each.ident} is proposed already, in {pair.id}", hint)


def _text(records: Records, plan: Plan, each: Wanted) -> str:
    program = records.programs.get(plan.origin.program)
    return emit(
        {
            "model": each.model,
            "members": [{"person": person, "role": role} for person, role in each.members],
            "status": "proposed",
            "formation": program.formation if program else "formal",
            "proposed_on": plan.made_on,
            "run": plan.id,
        }
    )


def refuse_broken(problem: Problem, parts: tuple[Plan, ...]) -> None:
    """Raise ToolkitError where a group of a plan cannot hold by the records of today; a floor that rose is forgiven."""
    formed, gone = formed_of(problem, of_plan(parts).groups)
    found = [*(f"{who} takes no part any more or is in a pair" for who in gone), *faults(problem, formed)]
    if found:
        raise ToolkitError(f"the plan cannot hold any more: {listed(found)}", "make the plan anew")
