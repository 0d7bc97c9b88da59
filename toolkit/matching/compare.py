"""Two plans side by side, measured by one policy: who changes, what each is worth, and how even and stable it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.circles import circle_of, rather
from toolkit.matching.evenness import Load, load_data
from toolkit.matching.fairness import measured, price_words, priced
from toolkit.matching.moves import Move, counted_as, figures_data, move_line, moves, moves_data
from toolkit.matching.outcome import Formed, decide, wanted_by
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import NOBODY
from toolkit.matching.stable import blocking
from toolkit.matching.standing import Together, faults, formed_of, of_members
from toolkit.matching.tally import Figures, company, load, tally
from toolkit.matching.words import counted, listed
from toolkit.model import Plan, Records

_SHOWN = 12
_NO_BLOCKING = ("seats", "rounds")
"""Where a group is more than its mentor, and where rounds go on, two people alone cannot do better for themselves."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan as it was named: who is together, the hash of what it was made from, and those of its own limits that cost something."""

    name: str
    groups: tuple[Together, ...]
    inputs: str
    prices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One plan, measured by the policy of the cohort as it stands today.

    `blocking` is None where the model knows no such pairs. `faults` say what this policy does not allow in it. `gone`
    are people of the plan who take no part any more. `stale` says that the records are no longer those it was made
    from. `limits` are those of this policy with what the plan reaches, and `prices` what its own ones cost.
    """

    name: str
    figures: Figures
    load: Load
    blocking: int | None
    faults: tuple[str, ...]
    gone: tuple[str, ...]
    stale: bool
    limits: tuple[tuple[str, str], ...] = ()
    prices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans and whom the second moves; `counts` names what is counted as matched."""

    first: Side
    second: Side
    moves: tuple[Move, ...]
    counts: str
    people: dict[str, str]


def of_plan(parts: Iterable[Plan]) -> Chosen:
    """Read a plan that was written, from all its files."""
    every = tuple(parts)
    groups = [
        of_members(
            ((seat.person, seat.role) for seat in each.members),
            mutual=each.model in ("peer", "reciprocal"),
            round_=each.round or 0,
        )
        for part in every
        for each in part.groups
    ]
    pairs = [Together((pair.mentor,), (pair.mentee,)) for part in every for pair in part.pairs]
    prices = tuple(each.says for each in every[0].limits if each.moved or each.price)
    return Chosen(every[0].id, tuple(groups or pairs), every[0].inputs.removeprefix("sha256:"), prices)


def of_policy(records: Records, cohort: str, today: datetime.date, name: str) -> Chosen:
    """Compute the plan of a cohort by the policy that these records have for it."""
    problem = build(records, cohort, today)
    outcome = decide(problem)
    prices = [each for each in priced(records, cohort, today, problem, outcome) if each.moved or each.price]
    groups = (
        Together(
            tuple(problem.mentors[column] for column in each.mentors),
            tuple(problem.mentees[row] for row in each.mentees),
            each.round,
        )
        for each in outcome.formed
    )
    return Chosen(name, tuple(groups), problem.inputs, tuple(map(price_words, prices)))


def compare(records: Records, cohort: str, today: datetime.date, first: Chosen, second: Chosen) -> Comparison:
    """Measure two plans by the cohort's own policy; raises Refused where that cannot be followed."""
    problem = build(records, cohort, today)
    found = [formed_of(problem, each.groups) for each in (first, second)]
    one, other = (_side(problem, each, *made) for each, made in zip((first, second), found, strict=True))
    people = {ident: each.name for ident, each in records.people.items()}
    moved = moves(*(company(problem, formed) for formed, _ in found))
    return Comparison(one, other, moved, counted_as(problem), people)


def _side(problem: Problem, chosen: Chosen, formed: tuple[Formed, ...], gone: tuple[str, ...]) -> Side:
    return Side(
        chosen.name,
        tally(problem, formed),
        load(problem, formed),
        _blocking(problem, formed),
        tuple(faults(problem, formed)),
        gone,
        bool(chosen.inputs) and chosen.inputs != problem.inputs,
        measured(problem, formed),
        chosen.prices,
    )


def _blocking(problem: Problem, formed: tuple[Formed, ...]) -> int | None:
    """How many would both rather have each other than what they got."""
    if problem.shape.kind in _NO_BLOCKING:
        return None
    if problem.shape.mutual:
        wanted = np.asarray(wanted_by(problem).wishes().mentee)
        return rather(circle_of(problem), wanted, tuple(each.mentees for each in formed))
    mate = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for each in formed:
        mate[list(each.mentees)] = each.mentors[0]
    return len(blocking(problem.instance, wanted_by(problem), mate))


def table_of(found: Comparison) -> tuple[tuple[str, str, str], ...]:
    """Put the figures of both plans side by side: name, first, second."""
    sides = (found.first, found.second)
    worth, loads = [each.figures for each in sides], [each.load for each in sides]
    rows = [
        (found.counts, [str(each.matched) for each in worth]),
        ("total", [f"{each.total / SCALE:.4f}" for each in worth]),
        ("lowest", ["none" if each.lowest is None else f"{each.lowest / SCALE:.4f}" for each in worth]),
        ("first choices", [str(each.first_choices) for each in worth]),
        *([] if found.first.blocking is None else [("blocking pairs", [str(each.blocking) for each in sides])]),
        ("mentees a mentor, with other load", [f"{each.least} to {each.most}" for each in loads]),
        ("mentors with nobody", [str(each.idle) for each in loads]),
        ("Gini of load", [_index(each.gini) for each in loads]),
        ("Jain of load", [_index(each.jain) for each in loads]),
        ("breaches of the policy", [str(len(each.faults)) for each in sides]),
    ]
    for (name, one), (_, other) in zip(found.first.limits, found.second.limits, strict=True):
        rows.append((name, [one, other]))
    return tuple((name, first, second) for name, (first, second) in rows)


def _index(value: float | None) -> str:
    return "none" if value is None else f"{value:.4f}"


def move_lines(found: Comparison) -> tuple[str, ...]:
    """Say who changes between the two plans, and what could not be measured."""
    lines = [
        f"{counted(len(found.moves), 'person', 'people')} {'changes' if len(found.moves) == 1 else 'change'} company"
    ]
    lines += [f"  {move_line(each, found.people)}" for each in found.moves]
    for side in (found.first, found.second):
        if side.stale:
            lines.append(f"{side.name} was made from other records than those of today")
        if side.gone:
            who = listed((found.people.get(each, each) for each in side.gone), 12)
            lines.append(f"{side.name}: measured without {who}, who take no part any more")
        lines += [f"{side.name}: {each}" for each in side.prices]
        lines += [f"{side.name}: {each}" for each in side.faults[:_SHOWN]]
        if len(side.faults) > _SHOWN:
            lines.append(f"{side.name}: and {len(side.faults) - _SHOWN} more")
    return tuple(lines)


def comparison_data(cohort: str, found: Comparison) -> dict[str, Any]:
    """Give a comparison as plain data for scripts."""
    return {
        "format": "mentoring-compare",
        "version": 1,
        "cohort": cohort,
        "plans": [_side_data(each) for each in (found.first, found.second)],
        "moves": moves_data(found.moves),
    }


def _side_data(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        **figures_data(side.figures),
        "blocking_pairs": side.blocking,
        "load": load_data(side.load),
        "breaches": list(side.faults),
        "gone": list(side.gone),
        "inputs_changed": side.stale,
        "limits": [{"limit": name, "reached": found} for name, found in side.limits],
        "prices": list(side.prices),
    }
