"""What stands against groups by the records of today: people who are gone, rules between two, numbers, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from toolkit.matching.constraints import Bar
from toolkit.matching.outcome import Formed
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.words import FLOOR, counted
from toolkit.model.catalog import HIDDEN


@dataclass(frozen=True, slots=True)
class Together:
    """People who are brought together, by id; `mentors` is empty among peers, `round` 0 where there are none."""

    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    round: int = 0

    def people(self) -> tuple[str, ...]:
        """Everybody in it, mentors first."""
        return (*self.mentors, *self.mentees)


def of_members(members: Iterable[tuple[str, str]], *, mutual: bool, round_: int = 0) -> Together:
    """Sort people, given with their roles, into who gives and who receives; peers do both."""
    every = tuple(members)
    givers = () if mutual else tuple(person for person, role in every if role in ("mentor", "facilitator"))
    return Together(givers, tuple(person for person, _ in every if person not in givers), round_)


def formed_of(problem: Problem, groups: Iterable[Together]) -> tuple[tuple[Formed, ...], tuple[str, ...]]:
    """Find groups among the people of a problem; and name those who take no part in it any more.

    A group of two of which one is gone is none; a larger one is measured without who is gone.
    """
    rows = {ident: row for row, ident in enumerate(problem.mentees)}
    columns = {ident: column for column, ident in enumerate(problem.mentors)}
    found, gone = [], []
    for each in groups:
        missing = [who for who in each.mentors if who not in columns] + [who for who in each.mentees if who not in rows]
        gone.extend(missing)
        mentors = tuple(columns[who] for who in each.mentors if who in columns)
        mentees = tuple(rows[who] for who in each.mentees if who in rows)
        if mentees and (mentors or len(mentees) > 1):
            found.append(Formed(mentors, mentees, 0, each.round))
    return tuple(found), tuple(dict.fromkeys(gone))


def faults(problem: Problem, formed: Iterable[Formed]) -> Iterator[str]:
    """Say in sentences what stands against groups; a floor that rose is forgiven."""
    load: Counter[tuple[int, int]] = Counter()
    for each in formed:
        yield from _of_pairs(problem, each)
        yield from _of_company(problem, each)
        yield from _of_numbers(problem, each)
        for column in each.mentors:
            load[each.round, column] += len(each.mentees)
    for (_, column), number in sorted(load.items()):
        if number > problem.instance.room[column]:
            yield f"{problem.mentors[column]} has no place left for all of them"


def barred(problem: Problem, row: int, column: int) -> Bar | None:
    """The constraint to name for a mentee and a mentor: one that may be told before one that may not."""
    found = [bar for bar in problem.bars if bar.blocked[row, column] and bar.name != FLOOR]
    return min(found, key=lambda each: each.hidden) if found else None


def _of_pairs(problem: Problem, each: Formed) -> Iterator[str]:
    pairs = (
        permutations(each.mentees, 2) if problem.shape.mutual else ((i, j) for i in each.mentees for j in each.mentors)
    )
    for row, column in pairs:
        bar = barred(problem, row, column)
        if bar is not None:
            yield f"{problem.mentors[column]} with {problem.mentees[row]}: {bar.says}"


def _of_company(problem: Problem, each: Formed) -> Iterator[str]:
    company = problem.company
    if company is None:
        return
    for people, marks, names in (
        (each.mentees, company.apart, problem.mentees),
        (each.mentors, company.split, problem.mentors),
    ):
        for one, other in combinations(people, 2):
            if marks[one, other]:
                yield f"{names[one]} with {names[other]}: {HIDDEN}"


def _of_numbers(problem: Problem, each: Formed) -> Iterator[str]:
    if problem.shape.mutual:
        most = 3 if problem.policy.model == "peer" else 2
        if not 2 <= len(each.mentees) <= most:
            yield f"{problem.mentees[each.mentees[0]]}: {counted(len(each.mentees), 'peer')} together"
        return
    if problem.shape.kind in ("pairs", "rounds"):
        return
    low, high = sizes(problem.policy)
    few, many = leaders(problem.policy)
    who = problem.mentors[each.mentors[0]] if each.mentors else problem.mentees[each.mentees[0]]
    if not low <= len(each.mentees) <= high:
        yield f"the group of {who} has {counted(len(each.mentees), 'mentee')}, not {low} to {high}"
    if not few <= len(each.mentors) <= many:
        yield f"the group of {who} has {counted(len(each.mentors), 'mentor')}, not {few} to {many}"
