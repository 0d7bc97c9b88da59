"""Teams of a small cohort, two at the most, formed exactly: every division of the people is looked at.

Where likeness counts, a proof by CP-SAT takes long; but two teams of twenty people are a million divisions, and a
processor adds them up in a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from toolkit.matching.arrangement import Arrangement, Seated, Seating, holds, relations, values
from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.objective import Stage
from toolkit.matching.solvers import NOBODY

_PEOPLE = 20
_TEAMS = 40  # mentors who can lead together, and so many twos of such teams
_EQUALS = 2_000  # of so many equally good divisions the keyed hash chooses
_NEVER = -(2**62)
_TIE = 20


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each stage weighs, so that an earlier one outweighs all later ones; `held` is for people who must have a seat."""

    held: int
    matched: int
    total: int
    first: int
    load: int


def halves(seating: Seating, stages: tuple[Stage, ...]) -> Seated | None:
    """Find the best arrangement of two groups at the most; None where there can be more, or too many to look at."""
    weights = _weights(seating, stages)
    if weights is None or not _is_small(seating):
        return None
    teams = tuple(_teams(seating))
    twos = tuple((a, b) for a, b in combinations(range(len(teams)), 2) if not set(teams[a]) & set(teams[b]))
    if max(len(teams), len(twos)) > _TEAMS:
        return None
    worth = [_worth(seating, team, weights) for team in teams]
    found = [each for each in _best(seating, teams, twos, worth) if holds(seating, each)]
    if not found:
        return None
    arrangement = max(found, key=lambda each: _tie(seating, each))
    reached = values(seating, arrangement, stages)
    return Seated(arrangement, reached, (0.0,) * len(stages), True)


def _is_small(seating: Seating) -> bool:
    rows, columns = seating.shape
    few = min(rows // seating.size[0], columns // seating.leaders[0])
    return 0 < rows <= _PEOPLE and few <= 2 and not seating.limits


def _weights(seating: Seating, stages: tuple[Stage, ...]) -> _Weights | None:
    """Weigh the stages; None for one that is no sum, or where the sums leave 64 bits."""
    rows, most = seating.shape[0], seating.leaders[1]
    largest = {
        "max_matched": rows,
        "max_total": int(seating.score.max(initial=0)) * rows * most + int(np.triu(seating.like, 1).sum()),
        "most_first_choices": rows * most,
        "even_load": 2 * (int(seating.carried.max(initial=0)) + rows) ** 2,
    }
    weight, found = 1, dict.fromkeys(largest, 0)
    for stage in reversed(stages):
        if stage.aim not in largest:
            return None
        found[stage.aim], weight = weight, weight * (2 * largest[stage.aim] + 1)
    if weight * (rows + 1) * 4 >= -_NEVER:
        return None
    return _Weights(weight, found["max_matched"], found["max_total"], found["most_first_choices"], found["even_load"])


def _teams(seating: Seating) -> Iterator[tuple[int, ...]]:
    """The mentors who can lead a group together, with nobody left behind who must be with one of them."""
    columns = seating.shape[1]
    few, many = seating.leaders
    for size in range(few, min(many, columns) + 1):
        for team in combinations(range(columns), size):
            inside = np.zeros(columns, dtype=np.bool_)
            inside[list(team)] = True
            if not seating.split[np.ix_(team, team)].any() and not seating.joined[np.ix_(inside, ~inside)].any():
                yield team


def _sums(each: Integers) -> Integers:
    """The sum of numbers over every set of people; a set is the number whose bits are its people."""
    found = np.zeros(1, dtype=np.int64)
    for value in each:
        found = np.concatenate((found, found + value))
    return found


def _pairs(table: Integers) -> Integers:
    """The sum of a table over each two of every set of people."""
    found = np.zeros(1, dtype=np.int64)
    for place, row in enumerate(table):
        found = np.concatenate((found, found + _sums(row[:place])))
    return found


def _worth(seating: Seating, team: tuple[int, ...], weights: _Weights) -> Integers:
    """What every set of people is worth as the group of a team."""
    mentors, rows = list(team), seating.shape[0]
    must = _must(seating)
    line = (
        weights.held * must.astype(np.int64)
        + weights.matched
        + weights.total * seating.score[:, mentors].sum(axis=1).astype(np.int64)
        + weights.first * seating.first[:, mentors].sum(axis=1)
    )
    sizes = _sums(np.ones(rows, dtype=np.int64))
    carried = int(seating.carried[team[0]])
    found = _sums(line) - weights.load * ((carried + sizes) ** 2 - carried**2)
    if seating.like.any():
        found += weights.total * _pairs(seating.like.astype(np.int64))
    most = min(seating.size[1], int(seating.room[mentors].min()))
    barred = ~seating.eligible[:, mentors].all(axis=1)
    barred |= (seating.pinned != NOBODY) & ~np.isin(seating.pinned, mentors)
    wrong = (sizes < seating.size[0]) | (sizes > most) | (_sums(barred.astype(np.int64)) > 0)
    wrong |= _pairs(seating.apart.astype(np.int64)) > 0
    for one, other in np.argwhere(np.triu(seating.bound, 1)).tolist():
        every = np.arange(len(found))
        wrong |= (every >> one & 1) != (every >> other & 1)
    found[wrong] = _NEVER
    return found


def _must(seating: Seating) -> Booleans:
    """Who must have a seat: people who are pinned, or kept together."""
    must: Booleans = (seating.pinned != NOBODY) | seating.bound.any(axis=1)
    return must


def _best(
    seating: Seating, teams: tuple[tuple[int, ...], ...], twos: tuple[tuple[int, int], ...], worth: list[Integers]
) -> list[Arrangement]:
    """All arrangements that are worth most: none, one group, or two that share nobody."""
    best, found = 0, [_arranged(seating, ())]
    for place, team in enumerate(teams):
        top = int(worth[place].max())
        if top >= best:
            found = found if top == best else []
            best = top
            found += [_arranged(seating, ((team, people),)) for people in _where(worth[place], top)]
    whole = 2 ** seating.shape[0] - 1
    for one, other in twos:
        within = _closed(worth[other])
        both = np.where((worth[one] > _NEVER) & (within[::-1] > _NEVER), worth[one] + within[::-1], _NEVER)
        top = int(both.max())
        if top < best:
            continue
        found = found if top == best else []
        best = top
        for people in _where(both, top):
            rest = _where(np.where(np.arange(whole + 1) & people, _NEVER, worth[other]), int(within[whole ^ people]))
            found += [_arranged(seating, ((teams[one], people), (teams[other], each))) for each in rest]
            if len(found) > _EQUALS:
                break
    return found[:_EQUALS]


def _where(worth: Integers, top: int) -> list[int]:
    return [] if top <= _NEVER else np.flatnonzero(worth == top)[:_EQUALS].tolist()


def _closed(worth: Integers) -> Integers:
    """The most that a set of people, or any set within it, is worth."""
    found = worth.copy()
    step = 1
    while step < len(found):
        halved = found.reshape(-1, 2, step)
        np.maximum(halved[:, 1], halved[:, 0], out=halved[:, 1])
        step *= 2
    return found


def _arranged(seating: Seating, groups: tuple[tuple[tuple[int, ...], int], ...]) -> Arrangement:
    rows, columns = seating.shape
    mentee, mentor = np.full(rows, NOBODY, dtype=np.int64), np.full(columns, NOBODY, dtype=np.int64)
    for team, people in groups:
        mentor[list(team)] = team[0]
        mentee[[row for row in range(rows) if people >> row & 1]] = team[0]
    return Arrangement(mentee, mentor)


def _tie(seating: Seating, found: Arrangement) -> tuple[int, int]:
    """What chooses among equals: which teams are formed, then who sits where, by the seed and the ids."""
    leading = np.flatnonzero(found.mentor != NOBODY)
    first = found.mentor[leading]
    teams = np.where(leading == first, seating.named[leading], seating.named[leading] ^ (seating.named[first] >> 3))
    rows, columns = relations(found)
    return -int(teams.sum()), -int((seating.tie[rows, columns] >> (40 - _TIE)).sum())
