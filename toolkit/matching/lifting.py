"""Which constraints keep people out: the smallest set that does by itself, and the smallest sets that would have to go."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Most = Callable[[frozenset[str]], int]
"""The most people who can be matched without some constraints, which are given by their names."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """Constraints, in words that are safe to read, and how many mentees could be matched without them."""

    names: tuple[str, ...]
    matched: int


def explained(names: tuple[str, ...], most: Most) -> tuple[tuple[str, ...], tuple[Lifted, ...]]:
    """The smallest set that conflicts, and the smallest sets to lift; nothing where no constraint keeps anybody out."""
    possible = most(frozenset(names))
    if most(frozenset()) == possible:
        return (), ()
    return _conflict(names, most, possible), _lifted(names, most, possible)


def _conflict(names: tuple[str, ...], most: Most, possible: int) -> tuple[str, ...]:
    """One alone, then two, that keep somebody out; else drop what is not needed, one after the other."""

    def keeps_out(kept: Iterable[str]) -> bool:
        return most(frozenset(names) - set(kept)) < possible

    for size in (1, 2):
        for kept in itertools.combinations(names, size):
            if keeps_out(kept):
                return kept
    needed = list(names)
    for name in names:
        rest = [each for each in needed if each != name]
        if keeps_out(rest):
            needed = rest
    return tuple(needed)


def _lifted(names: tuple[str, ...], most: Most, possible: int) -> tuple[Lifted, ...]:
    """One alone, then two, without which nobody is kept out; else the best that two can do."""
    tried: list[Lifted] = []
    for size in (1, 2):
        tried = [Lifted(each, most(frozenset(each))) for each in itertools.combinations(names, size)]
        enough = tuple(each for each in tried if each.matched == possible)
        if enough:
            return enough
    best = max((each.matched for each in tried), default=0)
    return tuple(each for each in tried if each.matched == best)[:3]
