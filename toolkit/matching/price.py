"""What a change costs: the figures of a matching before and after it, and everybody whom it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.objective import Instance, Stage, value
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.model import Policy

ASSIGNED = ("one-to-one", "reverse", "near-peer")
"""The models in which each mentee has one mentor, so that a plan says who goes to whom."""


IN_TWOS = ("one-to-one", "reverse")
"""The models in which each pair is two people."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a matching is worth: pairs, the sum of their scores and the lowest (0 to 10,000), first choices met."""

    matched: int
    total: int
    lowest: int | None
    first_choices: int


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee whose mentor differs between two matchings; None where there is no mentor."""

    mentee: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Price:
    """Two matchings of the same people, and who is moved from the first to the second, by id."""

    before: Figures
    after: Figures
    moves: tuple[Move, ...]


def assigned_only(policy: Policy, command: str, models: tuple[str, ...] = ASSIGNED) -> None:
    """Raise ToolkitError where a command speaks of one mentor a mentee and the model brings people together otherwise."""
    if policy.model not in models:
        message = (
            f"`match {command}` does not speak of a {policy.model} cohort yet: it compares who goes to which mentor"
        )
        raise ToolkitError(message, "mentoring match propose shows its plan with the reasons")


def figures(instance: Instance, mate: Integers) -> Figures:
    """Count what a matching (`mate[i]`, or NOBODY) is worth."""
    rows = np.flatnonzero(mate != NOBODY)
    scores = instance.score[rows, mate[rows]]
    return Figures(
        len(rows),
        int(scores.sum()),
        int(scores.min()) if len(scores) else None,
        value(Stage("most_first_choices"), instance, mate),
    )


def named(problem: Problem, mate: Integers) -> dict[str, str]:
    """Give each matched mentee's mentor by their ids."""
    return {problem.mentees[row]: problem.mentors[mate[row]] for row in np.flatnonzero(mate != NOBODY)}


def moves(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Move, ...]:
    """Find the mentees whose mentor differs, by id."""
    people = sorted(before.keys() | after.keys())
    return tuple(
        Move(each, before.get(each), after.get(each)) for each in people if before.get(each) != after.get(each)
    )


def price(problem: Problem, before: Integers, after: Integers) -> Price:
    """Compare two matchings of one problem."""
    instance = problem.instance
    return Price(
        figures(instance, before), figures(instance, after), moves(named(problem, before), named(problem, after))
    )


def price_lines(price: Price, people: Mapping[str, str]) -> tuple[str, ...]:
    """Say what changes: pairs, total, lowest, first choices, and each person who is moved."""
    old, new = price.before, price.after
    lines = [
        _changed("pairs", str(old.matched), str(new.matched), f"{new.matched - old.matched:+d}"),
        _changed("total", _score(old.total), _score(new.total), f"{(new.total - old.total) / SCALE:+.4f}"),
        _changed("lowest", _score(old.lowest), _score(new.lowest)),
        _changed("first choices", str(old.first_choices), str(new.first_choices)),
    ]
    for each in price.moves:
        one, other = (people.get(who, who) if who else "nobody" for who in (each.before, each.after))
        lines.append(f"{people.get(each.mentee, each.mentee)}: {one} -> {other}")
    return tuple(lines)


def _changed(name: str, old: str, new: str, by: str = "") -> str:
    if old == new:
        return f"{name}: {old}, as before"
    return f"{name}: {old} -> {new}" + (f" ({by})" if by else "")


def _score(score: int | None) -> str:
    return "none" if score is None else f"{score / SCALE:.4f}"


def figures_data(each: Figures) -> dict[str, Any]:
    """Give figures as plain data for scripts; scores as people read them, 0 to 1."""
    return {
        "matched": each.matched,
        "total": each.total / SCALE,
        "lowest": None if each.lowest is None else each.lowest / SCALE,
        "first_choices": each.first_choices,
    }


def price_data(each: Price) -> dict[str, Any]:
    """Give a price as plain data for scripts."""
    return {
        "before": figures_data(each.before),
        "after": figures_data(each.after),
        "moves": [{"mentee": one.mentee, "before": one.before, "after": one.after} for one in each.moves],
    }
