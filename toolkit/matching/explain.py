"""Why these pairs: the terms of each score, its strongest reasons, its weakness, and who would have come next.

Nothing is computed a second way: the terms of a pair are made again by the function that made the scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import SCALE, Booleans, Floats, Integers
from toolkit.matching.criteria import blocks, scores, shares
from toolkit.matching.facts import doubt, fact
from toolkit.matching.problem import Problem
from toolkit.matching.telling import Tell, unheard
from toolkit.matching.words import counted, listed, verb
from toolkit.model.catalog import HIDDEN

_STRONGEST = 3
_UNANSWERED = ": not answered"


@dataclass(frozen=True, slots=True)
class Term:
    """What one criterion gave to a pair: its value, its share of the score, and the facts in words."""

    criterion: str
    value: float
    share: float
    says: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """One proposed pair with its explanation; scores are whole numbers of 0 to 10,000.

    `terms` stand in the order of the policy and leave out what nobody answered. `next_best` is the mentor who would
    have come next, among those whom no constraint rules out and whom the mentee does not get anyway, with that score.
    `passed_over` says in words which constraints ruled out mentors with a higher score.
    """

    mentee: str
    mentor: str
    score: int
    pinned: bool
    terms: tuple[Term, ...]
    reasons: tuple[str, ...]
    weakness: str
    next_best: tuple[str, int] | None
    passed_over: str


def explain(problem: Problem, rows: Integers, columns: Integers, tell: Tell = unheard) -> tuple[Pairing, ...]:
    """Explain pairs, given as the places of mentees and of mentors, in that order."""
    found: dict[int, Pairing] = {}
    for block in blocks(len(problem.mentees)):
        tell("explaining", block.start, len(problem.mentees))
        places = np.flatnonzero((rows >= block.start) & (rows < block.stop))
        if len(places):
            offsets, theirs = rows[places] - block.start, _theirs(rows[places], columns[places])
            found |= zip(places.tolist(), _block(problem, block, offsets, columns[places], theirs), strict=True)
    return tuple(found[place] for place in range(len(rows)))


def _theirs(rows: Integers, columns: Integers) -> dict[int, list[int]]:
    """The mentors that each mentee gets: one, or all of a team or of several rounds."""
    found: dict[int, list[int]] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        found.setdefault(row, []).append(column)
    return found


def pairing_of(problem: Problem, row: int, column: int) -> Pairing:
    """Explain one pair, made or not: the mentee's row and the mentor's column."""
    raw = problem.terms(slice(row, row + 1))[:, :, column, None]
    stack = problem.counted(raw)
    share = shares(stack, problem.criteria)
    at = (slice(None), 0, 0)
    return _pairing(problem, row, column, [column], stack[at], share[at], ~np.isnan(raw[at]))


def _block(
    problem: Problem, rows: slice, offsets: Integers, columns: Integers, theirs: dict[int, list[int]]
) -> Iterator[Pairing]:
    """Explain a stretch of mentees from one evaluation of the criteria, of which only their own pairs are kept."""
    raw = problem.terms(rows)[:, offsets, columns, None]  # k criteria x pairs x 1
    stack = problem.counted(raw)
    chosen = problem.instance.score[rows.start + offsets, columns]
    if (scores(stack, problem.criteria)[:, 0] != chosen).any():
        raise RuntimeError("the terms of a pair do not add up to its score")
    share = shares(stack, problem.criteria)
    for place, (offset, column) in enumerate(zip(offsets, columns, strict=True)):
        at, row = (slice(None), place, 0), int(rows.start + offset)
        yield _pairing(problem, row, int(column), theirs[row], stack[at], share[at], ~np.isnan(raw[at]))


def _pairing(
    problem: Problem,
    row: int,
    column: int,
    theirs: list[int],
    values: Floats,
    share: Floats,
    answered: Booleans,
) -> Pairing:
    found = tuple(
        Term(each.name, float(value), float(part), _says(problem, each.name, row, column, float(value), bool(known)))
        for each, value, part, known in zip(problem.criteria, values, share, answered, strict=True)
        if not np.isnan(value)
    )
    strongest = sorted((each for each in found if each.value > 0), key=lambda each: -each.value * each.share)
    strongest = strongest[:_STRONGEST]
    return Pairing(
        problem.mentees[row],
        problem.mentors[column],
        int(problem.instance.score[row, column]),
        bool(problem.instance.pinned[row] == column),
        found,
        tuple(each.says for each in strongest),
        _weakness(problem, row, column, found, strongest),
        _next_best(problem, row, theirs),
        _passed_over(problem, row, column),
    )


def _weakness(problem: Problem, row: int, column: int, found: tuple[Term, ...], strongest: list[Term]) -> str:
    """What costs the pair most of its score, rather a term that is not among its strongest; no sentence twice."""
    lacking = [each for each in found if each.value < 1]
    others = [each for each in lacking if each not in strongest] or lacking
    if not others:
        return ""
    weakest = max(others, key=lambda each: (1 - each.value) * each.share)
    if weakest.says.endswith(_UNANSWERED):
        return weakest.says
    said = doubt(problem, weakest.criterion, row, column, weakest.value)
    return "" if said in {each.says for each in strongest} else said


def _says(problem: Problem, name: str, row: int, column: int, value: float, known: bool) -> str:
    """The facts in words; a criterion that nobody answered counts here only where the policy makes it zero."""
    said = fact(problem, name, row, column, value) if known else ""
    return said or f"{name.replace('_', ' ')}{_UNANSWERED}"


def _next_best(problem: Problem, row: int, theirs: list[int]) -> tuple[str, int] | None:
    """The best other mentor whom nothing rules out, whether or not there is room; ties as the seed breaks them."""
    others = np.flatnonzero(problem.instance.eligible[row])
    others = others[~np.isin(others, theirs)]
    if not len(others):
        return None
    score = problem.instance.score[row, others]
    equal = others[score == score.max()]
    best = equal[np.argmin(problem.instance.tie[row, equal])]
    return problem.mentors[best], int(problem.instance.score[row, best])


def _passed_over(problem: Problem, row: int, column: int) -> str:
    """Say which constraints ruled out mentors with a higher score; those from private records name nobody."""
    score = problem.instance.score[row]
    over = np.flatnonzero((score > score[column]) & ~problem.instance.eligible[row])
    higher = [each for each in over.tolist() if problem.mentors[each] != problem.mentees[row]]
    why: dict[str, list[str]] = {}
    for other in higher:
        blocking = (bar for bar in problem.bars if bar.blocked[row, other])
        bar = min(blocking, key=lambda each: each.hidden)
        why.setdefault(bar.says, []).append(problem.mentors[other])
    parts = [f"{len(who)} by {says}" + ("" if says == HIDDEN else f" ({listed(who)})") for says, who in why.items()]
    number = len(higher)
    said = f"{counted(number, 'mentor')} would score higher and {verb(number, 'is', 'are')} ruled out"
    return f"{said}: {'; '.join(parts)}" if number else ""


def readable(score: int) -> float:
    """Turn a whole-number score into the one that people read, 0 to 1."""
    return score / SCALE
