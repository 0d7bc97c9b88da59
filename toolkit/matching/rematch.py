"""Matching again the people of some pairs while everybody else stays: first so, then with the fewest who would move."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.constraints import Bar
from toolkit.matching.explain import Pairing, pairing_of
from toolkit.matching.moves import Move, move_line, moves, named
from toolkit.matching.naming import pair_ids
from toolkit.matching.objective import Instance, Stage, open_choices, solve
from toolkit.matching.problem import Problem, build
from toolkit.matching.shapes import shape_of
from toolkit.matching.solvers import NOBODY, Cost, minimize, pack
from toolkit.matching.tables import weighted
from toolkit.matching.unmatched import ruled_out
from toolkit.matching.why import absent
from toolkit.matching.words import FLOOR, counted, listed, verb
from toolkit.model import Pair, Records
from toolkit.source import Edit, emit
from toolkit.workspace import place_of

OPEN = ("proposed", "objected", "closed")
"""The states of a pair whose people can be matched again."""


@dataclass(frozen=True, slots=True)
class Rematch:
    """What matching again comes to.

    `opened` are the proposals that end by it, `changed` those of which a member leaves or joins, `files` the records of
    the new ones as (path, text). `left` are people of the opened ones who have no place. `lines` say all of it.
    """

    opened: tuple[Pair, ...]
    changed: tuple[tuple[Pair, tuple[Edit, ...]], ...]
    files: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    lines: tuple[str, ...]


def rematch(records: Records, cohort: str, names: tuple[str, ...], today: datetime.date) -> Rematch:
    """Match the people of these pairs again, by the cohort's objective; raises ToolkitError where that cannot be."""
    policy = records.policies[cohort]
    opened = tuple(opened_pair(records, cohort, name) for name in dict.fromkeys(names))
    kind = shape_of(policy).kind
    if kind == "rounds":
        hint = f"the next rounds leave out who has met: mentoring match propose {cohort}"
        raise ToolkitError("a short meeting that fell out comes round again by itself", hint)
    from toolkit.matching.regroup import regroup

    found = (_twos if kind == "pairs" else regroup)(records, cohort, opened, today)
    if not policy.fairness.limit.stated:
        return found
    said = f"limits of fairness are kept by whole plans, not here: `mentoring match propose {cohort}` shows one"
    return replace(found, lines=(*found.lines, said))


def _twos(records: Records, cohort: str, opened: tuple[Pair, ...], today: datetime.date) -> Rematch:
    """Match the mentees of some pairs of two again, while everybody else stays."""
    turned = {each.pair_key: each.model_copy(update={"status": "objected"}) for each in opened if _ends(each)}
    problem = build(replace(records, pairs={**records.pairs, **turned}), cohort, today)
    freed = tuple(sorted({_row(records, problem, mentee) for pair in opened for mentee in pair.mentees}))
    now = _now(records, problem, cohort, {each.id for each in opened})
    stages = (Stage("max_matched"), *(each for each in problem.stages if each.aim != "max_matched"))
    mate = solve(_fixed(problem, freed, now), stages).mate
    made = tuple((row, int(mate[row])) for row in freed if mate[row] != NOBODY)
    members = tuple(((problem.mentors[column], "mentor"), (problem.mentees[row], "mentee")) for row, column in made)
    left = [row for row in freed if mate[row] == NOBODY]
    people = {ident: each.name for ident, each in records.people.items()}
    lines = [line for row, column in made for line in pairing_lines(pairing_of(problem, row, column), people)]
    lines += [line for row in left for line in _without(problem, row, people)]
    lines.append("everybody else stays as they are")
    wider = _wider(problem, freed, now, mate) if left else ()
    return Rematch(
        tuple(each for each in opened if _ends(each)),
        (),
        new_files(records, problem, members, today),
        tuple(problem.mentees[row] for row in left),
        (*lines, *wider_lines(wider, people)),
    )


def _ends(pair: Pair) -> bool:
    return pair.status == "proposed"


def opened_pair(records: Records, cohort: str, name: str) -> Pair:
    """Find a pair whose people can be matched again; raises ToolkitError where there is none of that name."""
    pair = records.pairs.get(name) or records.pairs.get(f"{cohort}/{name}")
    if pair is None or pair.cohort_key != cohort:
        raise ToolkitError(f"the cohort {cohort} has no pair {name}", "name a pair by its folder")
    if pair.status not in OPEN:
        hint = f"a pair in being is closed first: mentoring close {pair.pair_key}"
        raise ToolkitError(f"{pair.id} is {pair.status}, so its people are not to be matched again", hint)
    return pair


def _row(records: Records, problem: Problem, mentee: str) -> int:
    if mentee not in problem.mentees:
        raise ToolkitError(f"{mentee} cannot be matched again: {absent(records, problem, mentee)}")
    return problem.mentees.index(mentee)


def _now(records: Records, problem: Problem, cohort: str, without: set[str]) -> Integers:
    """Who has whom by the proposals that stay; raises ToolkitError where one of them cannot hold any more."""
    rows = {ident: row for row, ident in enumerate(problem.mentees)}
    columns = {ident: column for column, ident in enumerate(problem.mentors)}
    now, room = np.full(len(rows), NOBODY, dtype=np.int64), problem.instance.room.copy()
    for pair in records.pairs_of(cohort):
        if pair.status != "proposed" or pair.id in without:
            continue
        for mentee in pair.mentees:
            row, column = rows.get(mentee), columns.get(pair.mentors[0] if pair.mentors else "")
            if row is None:
                continue
            why = _stands_against(problem, row, column, room)
            if why or column is None:
                hint = f"name it too: mentoring match rematch {cohort} {' '.join(sorted({*without, pair.id}))}"
                raise ToolkitError(f"the proposal {pair.id} cannot hold any more: {why}", hint)
            now[row] = column
            room[column] -= 1
    return now


def _stands_against(problem: Problem, row: int, column: int | None, room: Integers) -> str:
    if column is None:
        return "the mentor takes no part any more"
    bars: list[Bar] = [bar for bar in problem.bars if bar.blocked[row, column] and bar.name != FLOOR]
    if bars:
        return min(bars, key=lambda each: each.hidden).says
    return "" if room[column] > 0 else "the mentor has no place left"


def _fixed(problem: Problem, freed: tuple[int, ...], now: Integers) -> Instance:
    """The problem in which those who have a proposal keep it, and those who wait go on waiting."""
    instance, rows = problem.instance, list(freed)
    eligible, pinned = np.zeros_like(instance.eligible), now.copy()
    eligible[rows] = instance.eligible[rows]
    pinned[rows] = instance.pinned[rows]
    return replace(instance, eligible=eligible, pinned=pinned)


def _wider(problem: Problem, freed: tuple[int, ...], now: Integers, mate: Integers) -> tuple[Move, ...]:
    """Let those who have a proposal move: most matched, then fewest moved, then the largest total."""
    instance = problem.instance
    taking_part = np.zeros(len(now), dtype=np.bool_)
    taking_part[list(freed)] = True
    held = np.flatnonzero(now != NOBODY)
    taking_part[held] = True
    keep = np.zeros_like(instance.eligible)
    keep[held, now[held]] = True
    open_now: Booleans = (instance.eligible | keep) & taking_part[:, None]
    pinned = np.where(taking_part, instance.pinned, NOBODY)
    choices = open_choices(replace(instance, eligible=open_now, pinned=pinned))
    nothing = np.broadcast_to(np.int64(0), keep.shape)
    cost = pack([Cost(nothing, leave=1), Cost(weighted(keep, -1)), Cost(weighted(instance.score, -1))])
    if cost is None:
        return ()
    other = minimize(choices, cost).mate
    if int((other != NOBODY).sum()) <= int((mate != NOBODY).sum()):
        return ()
    return moves(*({who: (mentor,) for who, mentor in named(problem, each).items()} for each in (now, other)))


def _reasons(problem: Problem, row: int) -> Iterator[str]:
    bars = problem.bars
    found = ruled_out("mentor", problem.mentors, np.array([bar.blocked[row] for bar in bars]), bars)
    yield from found
    if not found:
        fits = int(problem.instance.eligible[row].sum())
        yield f"{counted(fits, 'mentor')} {verb(fits, 'fits', 'fit')}, and no place is left while everybody else stays"


def new_files(
    records: Records, problem: Problem, groups: tuple[tuple[tuple[str, str], ...], ...], today: datetime.date
) -> tuple[tuple[str, str], ...]:
    """Write new proposals, given as their members with roles, as (path, text)."""
    origin, model = problem.cohort.origin, problem.policy.model
    program = records.programs.get(origin.program)
    people = tuple(tuple(person for person, _ in each) for each in groups)
    ids = pair_ids(people, records.pairs_of(problem.cohort.cohort_key), model)
    return tuple(
        (
            place_of("pair", program=origin.program, cohort=problem.cohort.id, id=ident),
            emit(
                {
                    "model": model,
                    "members": [{"person": person, "role": role} for person, role in members],
                    "status": "proposed",
                    "formation": program.formation if program else "formal",
                    "proposed_on": today,
                }
            ),
        )
        for ident, members in zip(ids, groups, strict=True)
    )


def pairing_lines(each: Pairing, people: Mapping[str, str]) -> list[str]:
    """Say of a new pair what speaks for it and what against."""
    lines = [
        f"{people[each.mentee]} with {people[each.mentor]} ({each.mentee}, {each.mentor}): {each.score / SCALE:.2f}"
    ]
    lines += [f"  + {reason}" for reason in each.reasons]
    return [*lines, f"  - {each.weakness}"] if each.weakness else lines


def _without(problem: Problem, row: int, people: Mapping[str, str]) -> list[str]:
    person = problem.mentees[row]
    return [
        f"Without a pair: {people.get(person, person)} ({person})",
        *(f"  {reason}" for reason in _reasons(problem, row)),
    ]


def wider_lines(moves: tuple[Move, ...], people: Mapping[str, str]) -> list[str]:
    """Say who would have to move so that one more is together with somebody."""
    if not moves:
        return []
    lines = ["if others moved as well, the fewest moves that bring one more together:"]
    lines += [f"  {move_line(move, people)}" for move in moves]
    moved = [people.get(move.mentee, move.mentee) for move in moves if move.before]
    return [*lines, f"  to let them, name the proposals of {listed(moved, 12)} too"]
