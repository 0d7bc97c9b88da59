"""Between which of very many equally good pairs the lot decides: each mentee's first mentors, in a circle by lot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.choices import Choices, parts
from toolkit.matching.tables import Table, Ties

_FIRST = 64  # so many mentors at first, then twice as many
_FEW = 2_000_000  # up to so many open pairs are looked at one by one


def drawn(choices: Choices, tie: Table) -> Iterator[Integers]:
    """Give more and more of the open pairs (row x columns + column, sorted), until all of them are given.

    The mentors stand in a circle in an order by lot, and each mentee goes round it from a place by lot, so that nobody has
    a better chance for standing early in the files. Pairs that nobody could have anyway change nothing in what is drawn:
    it depends on how many mentors are passed, never on how many of them are open.
    """
    pairs, wide = choices.pairs, _FIRST
    columns = pairs.shape[1]
    every = np.flatnonzero(pairs) if np.count_nonzero(pairs) <= _FEW else None
    while isinstance(tie, Ties) and wide < columns:
        order, begin = _circle(tie)
        arcs = _passed(pairs, order, begin, wide) if every is None else _among(every, order, begin, wide)
        if np.isin(np.flatnonzero(~choices.leave), arcs // columns).all():  # else somebody has none for sure
            yield arcs
        wide *= 2
    yield np.flatnonzero(pairs) if every is None else every


def _circle(tie: Ties) -> tuple[Any, Any]:
    """The mentors in the order of the circle, and the place from which each mentee goes round."""
    begin = (tie.mentee >> np.uint64(32)) * np.uint64(len(tie.mentor)) >> np.uint64(32)
    return np.argsort(tie.mentor, kind="stable"), begin.astype(np.int64)


def _among(every: Integers, order: Any, begin: Any, wide: int) -> Integers:
    row, column = np.divmod(every, len(order))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    kept: Integers = every[(place[column] - begin[row]) % len(order) < wide]
    return kept


def _passed(pairs: Any, order: Any, begin: Any, wide: int) -> Integers:
    found = []
    for part in parts(len(pairs)):
        row = np.arange(part.start, part.stop)[:, None]
        column = order[(begin[part, None] + np.arange(wide)) % len(order)]
        found.append((row * len(order) + column)[pairs[row, column]])
    return np.sort(np.concatenate(found))
