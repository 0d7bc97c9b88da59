"""The table of a plan's scores to look at: each cell with its number, its step of heat, and whether it was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toolkit.publish.view import View

STEPS = 10
"""So many steps of heat there are, from 0 to this less one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A mentee and a mentor: the score in hundredths, and its step of heat."""

    score: int
    step: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Mentors as columns and mentees as rows, by id; `part` says that there are more of either than are shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    mentees: int
    mentors: int

    @property
    def part(self) -> bool:
        """Whether this is only a part of the cohort."""
        return len(self.rows) < self.mentees or len(self.columns) < self.mentors


def grid_of(plan: View) -> Grid | None:
    """Read the table of a plan; None where it has none."""
    matrix: Any = plan.matrix
    if matrix is None or not matrix.rows:
        return None
    chosen = {(each.mentee, each.mentor) for each in plan.pairs}
    rows = tuple(
        (
            row.mentee,
            tuple(
                _cell(text, (row.mentee, mentor) in chosen)
                for text, mentor in zip((row.scores or "").split(), matrix.mentors, strict=False)
            ),
        )
        for row in matrix.rows
    )
    return Grid(tuple(matrix.mentors), rows, matrix.of_mentees or len(rows), matrix.of_mentors or len(matrix.mentors))


def _cell(text: str, chosen: bool) -> Cell:
    score = int(text) if text.isdecimal() else 0
    return Cell(score, min(score * STEPS // 100, STEPS - 1), chosen)


def given(pair: View, weights: Any) -> tuple[tuple[str, float, float, float], ...]:
    """What each criterion gave to a pair: its value, its share of the score among those answered, and their product."""
    total = sum(weights.get(name) or 0 for name in pair.terms) or 1
    return tuple(
        (name, value, (weights.get(name) or 0) / total, value * (weights.get(name) or 0) / total)
        for name, value in pair.terms.items()
    )
