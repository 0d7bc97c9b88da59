"""The most people whom a model can bring together when some of its constraints are lifted; private ones count as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrangement import Seating
from toolkit.matching.arrays import Booleans
from toolkit.matching.circles import circle_of
from toolkit.matching.forming import form
from toolkit.matching.lifting import Most
from toolkit.matching.marks import Marks, nowhere
from toolkit.matching.objective import Stage, in_columns
from toolkit.matching.peers import together
from toolkit.matching.problem import Problem
from toolkit.matching.seating import seating_of
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.solvers import Choices, Cost, minimize
from toolkit.matching.words import FLOOR
from toolkit.model.catalog import HIDDEN, SELF

_MOST = (Stage("max_matched"),)
_EFFORT = 2.0


@dataclass(frozen=True, slots=True)
class Possible:
    """The constraints of a problem by what they say, and how many can be matched without some of them."""

    problem: Problem
    bars: dict[str, list[Marks]]
    numbers: dict[str, str]
    known: dict[frozenset[str], int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that can be lifted; nobody can be lifted out of being oneself."""
        tied = (HIDDEN,) if _tied(self.problem) else ()
        return tuple(dict.fromkeys((*(name for name in self.bars if name != SELF), *tied, *self.numbers)))

    @property
    def most(self) -> Most:
        """How many can be matched at the most without these constraints; each answer is worked out once."""
        return self._most

    def _most(self, without: frozenset[str]) -> int:
        if without not in self.known:
            self.known[without] = self._solved(without)
        return self.known[without]

    def _solved(self, without: frozenset[str]) -> int:
        eligible = self._eligible(without)
        if self.problem.shape.kind == "rounds":
            return int(eligible.any(axis=1).sum())
        if self.problem.shape.mutual:
            instance = replace(self.problem.instance, eligible=eligible)
            return befriended(replace(self.problem, instance=instance))
        if _is_grouped(self.problem):
            return self._formed(eligible, without)
        high = np.minimum(self.problem.instance.room, in_columns(eligible))
        choices = Choices(eligible, np.ones(len(eligible), dtype=np.bool_), np.zeros_like(high), high)
        mate = minimize(choices, Cost(np.broadcast_to(np.int64(0), eligible.shape), leave=1)).mate
        return int((mate >= 0).sum())

    def _eligible(self, without: frozenset[str]) -> Booleans:
        kept = [each for name, every in self.bars.items() if name not in without for each in every]
        return nowhere(kept) if kept else np.ones(self.problem.instance.eligible.shape, dtype=np.bool_)

    def _formed(self, eligible: Booleans, without: frozenset[str]) -> int:
        seating = seating_of(self.problem)
        lifted = {self.numbers[name] for name in without if name in self.numbers}
        rows, columns = seating.shape
        low, high = seating.size
        few, many = seating.leaders
        changed: Seating = replace(
            seating,
            eligible=eligible,
            apart=np.zeros_like(seating.apart) if HIDDEN in without else seating.apart,
            split=np.zeros_like(seating.split) if "split" in lifted else seating.split,
            size=(1 if "least" in lifted else low, max(rows, 1) if "most" in lifted else high),
            leaders=(1 if "leaders" in lifted else few, many),
        )
        return seated(changed, _EFFORT) if columns else 0


def possible_of(problem: Problem) -> Possible:
    """Gather what can be lifted of a problem: its constraints, and of groups their numbers."""
    bars: dict[str, list[Marks]] = {}
    for bar in problem.bars:
        if bar.name != FLOOR and bar.blocked.any():
            bars.setdefault(bar.says, []).append(bar.blocked)
    return Possible(problem, bars, dict(held_numbers(problem)) if _is_grouped(problem) else {})


def numbers_of(problem: Problem) -> Iterator[tuple[str, str]]:
    """The numbers that groups must keep, in words, each with the field of the policy that sets it."""
    for says, lifted in held_numbers(problem) if _is_grouped(problem) else ():
        yield says, {"leaders": "mentors", "split": "complementary"}.get(lifted, "size")


def _is_grouped(problem: Problem) -> bool:
    """Whether groups have numbers to keep, beside the places of their mentors."""
    return problem.shape.kind == "seats" or (problem.shape.kind == "circle" and sizes(problem.policy)[0] > 1)


def befriended(problem: Problem) -> int:
    """The most peers who can have one another."""
    return sum(map(len, together(circle_of(problem), _MOST).groups))


def seated(seating: Seating, effort: float) -> int:
    """The most people who can have a seat, whoever they sit with; none where no seating can be found."""
    plain = replace(seating, like=np.zeros_like(seating.like))
    try:
        return form(plain, _MOST, effort, ties=False).reached[0].values[0]
    except ToolkitError:
        return 0


def held_numbers(problem: Problem) -> Iterator[tuple[str, str]]:
    """The numbers that every group must keep, in words, each with what is lifted where it goes."""
    word = problem.policy.model
    low, high = sizes(problem.policy)
    few, _ = leaders(problem.policy)
    if low > 1:
        yield f"a {word} has {low} at the least", "least"
    yield f"a {word} has {high} at the most", "most"
    if few > 1:
        yield f"a {word} has {few} mentors at the least", "leaders"
    if problem.company is not None and few > 1 and problem.company.split.any():
        yield "the mentors of one team come from different strands", "split"


def _tied(problem: Problem) -> bool:
    return problem.company is not None and bool(problem.company.apart.any())
