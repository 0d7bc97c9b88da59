"""Two plans side by side, measured by one policy: who changes, what each is worth, and how even and stable it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.load import Load, load_data, load_of
from toolkit.matching.outcome import decide, wanted_by
from toolkit.matching.price import Figures, Move, assigned_only, figures, figures_data, moves, named
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import NOBODY
from toolkit.matching.stable import blocking
from toolkit.matching.words import counted
from toolkit.model import Plan, Records


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan as it was named: who goes to which mentor, and the hash of what it was made from."""

    name: str
    mentors: Mapping[str, str]
    inputs: str


@dataclass(frozen=True, slots=True)
class Side:
    """One plan, measured by the policy of the cohort as it stands today.

    `ruled_out` counts its pairs that this policy does not allow. `gone` are mentees of pairs that cannot be measured,
    since somebody in them takes no part any more. `stale` says that the records are no longer those it was made from.
    """

    name: str
    figures: Figures
    load: Load
    blocking: int
    ruled_out: int
    gone: tuple[str, ...]
    stale: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans and whom the second moves."""

    first: Side
    second: Side
    moves: tuple[Move, ...]
    people: dict[str, str]


def of_plan(parts: Iterable[Plan]) -> Chosen:
    """Read a plan that was written, from all its files."""
    every = tuple(parts)
    mentors = {pair.mentee: pair.mentor for part in every for pair in part.pairs}
    return Chosen(every[0].id, mentors, every[0].inputs.removeprefix("sha256:"))


def of_policy(records: Records, cohort: str, today: datetime.date, name: str) -> Chosen:
    """Compute the plan of a cohort by the policy that these records have for it."""
    assigned_only(records.policies[cohort], "compare")
    problem = build(records, cohort, today)
    return Chosen(name, named(problem, decide(problem).mate), problem.inputs)


def compare(records: Records, cohort: str, today: datetime.date, first: Chosen, second: Chosen) -> Comparison:
    """Measure two plans by the cohort's own policy; raises Refused where that cannot be followed."""
    assigned_only(records.policies[cohort], "compare")
    problem = build(records, cohort, today)
    one, other = (_side(problem, each) for each in (first, second))
    people = {ident: each.name for ident, each in records.people.items()}
    return Comparison(one, other, moves(first.mentors, second.mentors), people)


def _side(problem: Problem, chosen: Chosen) -> Side:
    mate, gone = _placed(problem, chosen)
    instance, rows = problem.instance, np.flatnonzero(mate != NOBODY)
    allowed = instance.eligible[rows, mate[rows]] | (instance.pinned[rows] == mate[rows])
    return Side(
        chosen.name,
        figures(instance, mate),
        load_of(instance, mate),
        len(blocking(instance, wanted_by(problem), mate)),
        int((~allowed).sum()),
        gone,
        bool(chosen.inputs) and chosen.inputs != problem.inputs,
    )


def _placed(problem: Problem, chosen: Chosen) -> tuple[Integers, tuple[str, ...]]:
    """Find a plan's people in the problem: the mentor of each mentee, and the mentees of pairs not to be found."""
    rows = {ident: row for row, ident in enumerate(problem.mentees)}
    columns = {ident: column for column, ident in enumerate(problem.mentors)}
    mate = np.full(len(rows), NOBODY, dtype=np.int64)
    gone = []
    for mentee, mentor in sorted(chosen.mentors.items()):
        if mentee in rows and mentor in columns:
            mate[rows[mentee]] = columns[mentor]
        else:
            gone.append(mentee)
    return mate, tuple(gone)


def table_of(found: Comparison) -> tuple[tuple[str, str, str], ...]:
    """Put the figures of both plans side by side: name, first, second."""
    sides = (found.first, found.second)
    worth, loads = [each.figures for each in sides], [each.load for each in sides]
    rows = [
        ("pairs", [str(each.matched) for each in worth]),
        ("total", [f"{each.total / SCALE:.4f}" for each in worth]),
        ("lowest", ["none" if each.lowest is None else f"{each.lowest / SCALE:.4f}" for each in worth]),
        ("first choices", [str(each.first_choices) for each in worth]),
        ("blocking pairs", [str(each.blocking) for each in sides]),
        ("mentees a mentor, with other load", [f"{each.least} to {each.most}" for each in loads]),
        ("mentors with nobody", [str(each.idle) for each in loads]),
        ("Gini of load", [_index(each.gini) for each in loads]),
        ("Jain of load", [_index(each.jain) for each in loads]),
        ("pairs the policy rules out", [str(each.ruled_out) for each in sides]),
    ]
    return tuple((name, first, second) for name, (first, second) in rows)


def _index(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def move_lines(found: Comparison) -> tuple[str, ...]:
    """Say who changes between the two plans, and what could not be measured."""
    lines = [f"{counted(len(found.moves), 'mentee')} {'changes' if len(found.moves) == 1 else 'change'}"]
    for each in found.moves:
        before, after = (found.people.get(who, who) if who else "nobody" for who in (each.before, each.after))
        lines.append(f"  {found.people.get(each.mentee, each.mentee)}: {before} -> {after}")
    for side in (found.first, found.second):
        if side.stale:
            lines.append(f"{side.name} was made from other records than those of today")
        if side.gone:
            lines.append(
                f"{side.name}: {counted(len(side.gone), 'pair')} not measured, with people who take no part any more"
            )
    return tuple(lines)


def comparison_data(cohort: str, found: Comparison) -> dict[str, Any]:
    """Give a comparison as plain data for scripts."""
    return {
        "format": "mentoring-compare",
        "version": 1,
        "cohort": cohort,
        "plans": [_side_data(each) for each in (found.first, found.second)],
        "moves": [{"mentee": each.mentee, "before": each.before, "after": each.after} for each in found.moves],
    }


def _side_data(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        **figures_data(side.figures),
        "blocking_pairs": side.blocking,
        "load": load_data(side.load),
        "ruled_out": side.ruled_out,
        "not_measured": list(side.gone),
        "inputs_changed": side.stale,
    }
