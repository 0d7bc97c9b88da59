"""Taking up a plan that was written: which of its pairs are still to be made, and whether it still holds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.diagnostics import Diagnostic, Severity
from toolkit.errors import ToolkitError
from toolkit.matching.constraints import Bar
from toolkit.matching.problem import Problem
from toolkit.matching.words import FLOOR, listed
from toolkit.model import Pair, Plan, Records
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
        if pair.status == "proposed" and each.people("mentee", "both") & set(pair.mentees):
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
    """Raise ToolkitError where a pair of a plan cannot hold by the records of today; a floor that rose is forgiven."""
    if any(part.groups for part in parts):
        message = (
            "`match apply --accept-changed` does not speak of groups yet: what they must hold is not looked at again"
        )
        raise ToolkitError(message, "make the plan anew")
    faults = tuple(_broken(problem, [(each.mentor, each.mentee) for part in parts for each in part.pairs]))
    if faults:
        raise ToolkitError(f"the plan cannot hold any more: {listed(faults)}", "make the plan anew")


def _broken(problem: Problem, pairs: list[tuple[str, str]]) -> Iterator[str]:
    rows = {ident: row for row, ident in enumerate(problem.mentees)}
    columns = {ident: column for column, ident in enumerate(problem.mentors)}
    load: Counter[int] = Counter()
    for mentor, mentee in sorted(pairs):
        row, column = rows.get(mentee), columns.get(mentor)
        if row is None or column is None:
            gone = mentee if row is None else mentor
            yield f"{gone} takes no part any more or is in a pair"
            continue
        load[column] += 1
        bar = _bar(problem.bars, row, column)
        if bar is not None:
            yield f"{mentor} with {mentee}: {bar.says}"
    for place in np.flatnonzero(problem.instance.room < [load[each] for each in range(len(columns))]):
        yield f"{problem.mentors[place]} has no place left for all of the pairs"


def _bar(bars: tuple[Bar, ...], row: int, column: int) -> Bar | None:
    found = [bar for bar in bars if bar.blocked[row, column] and bar.name != FLOOR]
    return min(found, key=lambda each: each.hidden) if found else None
