"""Matching again the people of some pairs while everybody else stays: first so, then with the fewest who would move."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.constraints import Bar
from toolkit.matching.explain import Pairing, pairing_of
from toolkit.matching.naming import pair_ids
from toolkit.matching.objective import Instance, Stage, open_choices, solve
from toolkit.matching.price import IN_TWOS, Move, assigned_only, moves, named
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import NOBODY, Cost, minimize, pack
from toolkit.matching.tables import weighted
from toolkit.matching.unmatched import ruled_out
from toolkit.matching.why import absent
from toolkit.matching.words import FLOOR, counted, listed, verb
from toolkit.model import Pair, Records
from toolkit.source import emit
from toolkit.workspace import place_of

OPEN = ("proposed", "objected", "closed")
"""The states of a pair whose people can be matched again."""


@dataclass(frozen=True, slots=True)
class Rematch:
    """What matching again comes to.

    `opened` are the proposals that end by it. `made` are the new pairs with their ids and `without` the mentees who get
    none, with the reasons. `wider` is who would move if others moved as well, the fewest that it takes; empty where that
    would help nobody. `files` are the records of the new pairs as (path, text).
    """

    opened: tuple[Pair, ...]
    made: tuple[tuple[str, Pairing], ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]
    wider: tuple[Move, ...]
    files: tuple[tuple[str, str], ...]
    people: dict[str, str]


def rematch(records: Records, cohort: str, names: tuple[str, ...], today: datetime.date) -> Rematch:
    """Match the mentees of these pairs again, by the cohort's objective; raises ToolkitError where that cannot be."""
    assigned_only(records.policies[cohort], "rematch", IN_TWOS)
    opened = tuple(_opened(records, cohort, name) for name in dict.fromkeys(names))
    turned = {each.pair_key: each.model_copy(update={"status": "objected"}) for each in opened if _ends(each)}
    problem = build(replace(records, pairs={**records.pairs, **turned}), cohort, today)
    freed = tuple(sorted({_row(records, problem, mentee) for pair in opened for mentee in pair.mentees}))
    now = _now(records, problem, cohort, {each.id for each in opened})
    instance = _fixed(problem, freed, now)
    stages = (Stage("max_matched"), *(each for each in problem.stages if each.aim != "max_matched"))
    mate = solve(instance, stages).mate
    made = tuple((row, int(mate[row])) for row in freed if mate[row] != NOBODY)
    ids = pair_ids(
        tuple((problem.mentors[column], problem.mentees[row]) for row, column in made),
        records.pairs_of(cohort),
        problem.policy.model,
    )
    pairings = tuple(pairing_of(problem, row, column) for row, column in made)
    left = [row for row in freed if mate[row] == NOBODY]
    return Rematch(
        tuple(each for each in opened if _ends(each)),
        tuple(zip(ids, pairings, strict=True)),
        tuple((problem.mentees[row], tuple(_reasons(problem, row))) for row in left),
        _wider(problem, freed, now, mate) if left else (),
        tuple(_file(records, problem, ident, each, today) for ident, each in zip(ids, pairings, strict=True)),
        {ident: each.name for ident, each in records.people.items()},
    )


def _ends(pair: Pair) -> bool:
    return pair.status == "proposed"


def _opened(records: Records, cohort: str, name: str) -> Pair:
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
    return moves(named(problem, now), named(problem, other))


def _reasons(problem: Problem, row: int) -> Iterator[str]:
    bars = problem.bars
    found = ruled_out("mentor", problem.mentors, np.array([bar.blocked[row] for bar in bars]), bars)
    yield from found
    if not found:
        fits = int(problem.instance.eligible[row].sum())
        yield f"{counted(fits, 'mentor')} {verb(fits, 'fits', 'fit')}, and no place is left while everybody else stays"


def _file(records: Records, problem: Problem, ident: str, each: Pairing, today: datetime.date) -> tuple[str, str]:
    origin = problem.cohort.origin
    program = records.programs.get(origin.program)
    path = place_of("pair", program=origin.program, cohort=problem.cohort.id, id=ident)
    text = emit(
        {
            "model": problem.policy.model,
            "members": [{"person": each.mentor, "role": "mentor"}, {"person": each.mentee, "role": "mentee"}],
            "status": "proposed",
            "formation": program.formation if program else "formal",
            "proposed_on": today,
        }
    )
    return path, text


def rematch_lines(found: Rematch) -> tuple[str, ...]:
    """Write what was found as lines for a terminal."""
    lines: list[str] = []
    for _, each in found.made:
        mentee, mentor = found.people[each.mentee], found.people[each.mentor]
        lines.append(f"{mentee} with {mentor} ({each.mentee}, {each.mentor}): {each.score / SCALE:.2f}")
        lines += [f"  + {reason}" for reason in each.reasons]
        lines += [f"  - {each.weakness}"] if each.weakness else []
    for person, reasons in found.without:
        lines.append(f"Without a pair: {found.people.get(person, person)} ({person})")
        lines += [f"  {reason}" for reason in reasons]
    lines.append("everybody else stays as they are")
    if found.wider:
        lines.append("if others moved as well, the fewest moves that bring one more together:")
        for move in found.wider:
            before, after = (found.people.get(who, who) if who else "nobody" for who in (move.before, move.after))
            lines.append(f"  {found.people.get(move.mentee, move.mentee)}: {before} -> {after}")
        moved = [found.people.get(move.mentee, move.mentee) for move in found.wider if move.before]
        lines.append(f"  to let them, name the proposals of {listed(moved, 12)} too")
    return tuple(lines)
