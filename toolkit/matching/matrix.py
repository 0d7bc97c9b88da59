"""The scores of mentees with mentors as a table to look at: all of a small cohort, the part that asks for a look of a large one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.outcome import Formed
from toolkit.matching.problem import Problem

MOST = 60
"""So many mentees and so many mentors one can still look at."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Scores in hundredths, a row a mentee; `mentees` and `mentors` are how many there are in all.

    What rules two people out is not marked: where all that may be told were marked, what is left would give away what
    may not.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    mentees: int
    mentors: int


def matrix_of(problem: Problem, formed: Iterable[Formed]) -> Matrix | None:
    """Choose what is shown of a plan; None where rankings alone make the scores, which are nobody else's business."""
    if problem.policy.mode == "ranked" or not problem.mentees or not problem.mentors:
        return None
    rows = _rows(problem, tuple(formed))
    columns = _columns(problem, tuple(formed), rows)
    return Matrix(
        tuple(problem.mentors[each] for each in columns),
        tuple((problem.mentees[row], _scores(problem, row, columns)) for row in rows.tolist()),
        len(problem.mentees),
        len(problem.mentors),
    )


def _scores(problem: Problem, row: int, columns: Integers) -> tuple[int, ...]:
    score = np.asarray(problem.instance.score[row]).astype(np.int64)[columns]
    return tuple(((score * 100 + SCALE // 2) // SCALE).tolist())


def _rows(problem: Problem, formed: tuple[Formed, ...]) -> Integers:
    """All mentees by id; of many, those without a place first, then those with the lowest scores."""
    count = len(problem.mentees)
    if count <= MOST:
        return np.arange(count, dtype=np.int64)
    has = np.full(count, -1, dtype=np.int64)
    for each in formed:
        has[list(each.mentees)] = each.score
    chosen: Integers = np.lexsort((np.arange(count), has))[:MOST].astype(np.int64)
    return chosen


def _columns(problem: Problem, formed: tuple[Formed, ...], rows: Integers) -> Integers:
    """All mentors by id; of many, whom these mentees have, and then whom they would score highest with."""
    count = len(problem.mentors)
    if count <= MOST:
        return np.arange(count, dtype=np.int64)
    shown = set(rows.tolist())
    mine = [column for each in formed if shown & set(each.mentees) for column in each.mentors]
    best = np.zeros(count, dtype=np.int64)
    for row in rows.tolist():
        np.maximum(best, np.asarray(problem.instance.score[row]).astype(np.int64), out=best)
    best[mine] += SCALE + 1
    return np.sort(np.lexsort((np.arange(count), -best))[:MOST]).astype(np.int64)
