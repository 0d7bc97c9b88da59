"""What a change costs: the figures of a matching before and after it, and everybody whom it moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.outcome import Formed
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.tally import Figures, company, tally
from toolkit.matching.words import listed

ASSIGNED = ("one-to-one", "reverse", "near-peer")
"""The models in which each mentee has one mentor, so that a plan says who goes to whom."""


@dataclass(frozen=True, slots=True)
class Move:
    """A mentee whose mentors differ between two plans, or a peer whose peers do; empty where there is nobody."""

    mentee: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """Two plans of the same people, and who is moved from the first to the second, by id.

    `counts` names what is counted as matched: pairs, or people where a group is more than two.
    """

    counts: str
    before: Figures
    after: Figures
    moves: tuple[Move, ...]


def named(problem: Problem, mate: Integers) -> dict[str, str]:
    """Give each matched mentee's mentor by their ids."""
    return {problem.mentees[row]: problem.mentors[mate[row]] for row in np.flatnonzero(mate != NOBODY)}


def moves(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> tuple[Move, ...]:
    """Find those whose company differs, whatever its order, by id."""
    found = (Move(each, before.get(each, ()), after.get(each, ())) for each in sorted(before.keys() | after.keys()))
    return tuple(each for each in found if sorted(each.before) != sorted(each.after))


def price(old: Problem, before: tuple[Formed, ...], new: Problem, after: tuple[Formed, ...]) -> Price:
    """Compare two plans, each by its own problem."""
    return Price(
        counted_as(new), tally(old, before), tally(new, after), moves(company(old, before), company(new, after))
    )


def counted_as(problem: Problem) -> str:
    """What `matched` counts in a model, in words."""
    if problem.shape.mutual:
        return "people with a peer"
    return {"pairs": "pairs", "rounds": "mentees who meet somebody"}.get(problem.shape.kind, "mentees in a group")


def price_lines(price: Price, people: Mapping[str, str]) -> tuple[str, ...]:
    """Say what changes: pairs, total, lowest, first choices, and each person who is moved."""
    old, new = price.before, price.after
    lines = [
        _changed(price.counts, str(old.matched), str(new.matched), f"{new.matched - old.matched:+d}"),
        _changed("total", _score(old.total), _score(new.total), f"{(new.total - old.total) / SCALE:+.4f}"),
        _changed("lowest", _score(old.lowest), _score(new.lowest)),
        _changed("first choices", str(old.first_choices), str(new.first_choices)),
    ]
    return (*lines, *(move_line(each, people) for each in price.moves))


def move_line(move: Move, people: Mapping[str, str]) -> str:
    """Say who is moved, from whom to whom."""
    one, other = (listed((people.get(who, who) for who in each), 12) or "nobody" for each in (move.before, move.after))
    return f"{people.get(move.mentee, move.mentee)}: {one} -> {other}"


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
        "moves": moves_data(each.moves),
    }


def moves_data(moves: tuple[Move, ...]) -> list[dict[str, Any]]:
    """Give those who are moved as plain data for scripts."""
    return [{"mentee": one.mentee, "before": list(one.before), "after": list(one.after)} for one in moves]
