"""Which pairs the flow is solved on: those that look best to begin with, and those that the prices show to be better."""

from __future__ import annotations

from typing import Any

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.choices import LIMIT, Choices, Cost, Prices, Relative, parts
from toolkit.matching.tables import largest

_SMALL = 20_000  # so many pairs are solved at once, or all where there are few for each person
_EACH = 16  # about so many of the best are begun with for each mentee, and for each mentor
_MOST = 24  # at most so many for one mentee
_NEAR = 8  # about so many for each person are kept after the first prices
_MORE = 8  # at most so many are added for one mentee in one round
_SPARSE = 4  # where fewer than one pair in so many is open, pairs are looked at one by one
_SAMPLE = (1500, 1000)  # how many mentees, and how many mentors, say what is among the best


def promising(choices: Choices, cost: Cost, known: Integers | None) -> Integers:
    """Begin with the best pairs of each mentee and of each mentor, and with those of a known assignment.

    What is best is read from a sample; what it misses, the prices find. Where some mentors are dear to everybody, what a
    mentee would pay for one more than others is what counts.
    """
    rows, columns = choices.pairs.shape
    if np.count_nonzero(choices.pairs) <= max(_SMALL, _EACH * (rows + columns)):
        return np.flatnonzero(choices.pairs)
    nothing = Prices(np.zeros(rows, dtype=np.int64), np.zeros(columns, dtype=np.int64), 0)
    usual, level = _usual(choices, cost, nothing)
    found = [
        cheaper(choices, cost, Prices(nothing.mentee, level + 1, 0), rows),
        cheaper(choices, cost, Prices(-_least_of_each(choices, cost, usual) - 1, usual, 0), _MOST),
    ]
    if known is not None:
        placed = np.flatnonzero(known >= 0)
        found.append(placed * columns + known[placed])
    return merged(*found)


def merged(*arcs: Integers) -> Integers:
    """Put pairs together, sorted and each once; NumPy's `unique` takes ten times as long on what is nearly sorted."""
    every = np.sort(np.concatenate(arcs))
    return every[np.r_[True, every[1:] != every[:-1]]] if len(every) else every


def near(arcs: Integers, costs: Integers, prices: Prices, mate: Integers) -> Integers:
    """Leave out what was begun with and proves far from the prices: the flow is solved faster on fewer pairs."""
    row, column = np.divmod(arcs, len(prices.mentor))
    beyond = costs + prices.mentee[row] - prices.mentor[column]
    last = _NEAR * (len(prices.mentee) + len(prices.mentor))
    if last >= len(arcs):
        return arcs
    kept: Integers = arcs[(beyond <= np.partition(beyond, last)[last]) | (mate[row] == column)]
    return kept


def _usual(choices: Choices, cost: Cost, nothing: Prices) -> tuple[Integers, Integers]:
    """What a pair with each mentor usually costs, where that tells them apart, and about the best that each can have.

    Usual costs count from those of the dearest mentor who is needed to place everybody: below, nobody competes.
    """
    rows = len(choices.pairs)
    every = range(0, rows, max(1, rows // _SAMPLE[0]))
    dtype = np.int32 if largest(cost.pairs) < 2**29 else np.int64
    sample = np.empty((len(every), choices.pairs.shape[1]), dtype=dtype)
    for place, row in enumerate(
        every
    ):  # one by one: a large array for the moment only would cost more than its numbers
        sample[place] = cost.pairs[row]
    usual, thin = nothing.mentor, sample[:, ::7].astype(np.float64)
    if thin.size and thin.mean(axis=0).var() > thin.var() / 2:
        usual = _mean(choices, cost, nothing)
    for place, row in enumerate(every):
        sample[place, ~choices.pairs[row]] = np.iinfo(dtype).max // 4
    level = _least(sample, _EACH // every.step, 0).astype(np.int64)
    level -= (sample <= level).sum(axis=0) > _EACH // 2 + 2 * _EACH // every.step  # too many are equal to take all
    return usual, level


def _mean(choices: Choices, cost: Cost, nothing: Prices) -> Integers:
    relative, mean = Relative(cost, nothing), np.zeros(choices.pairs.shape[1], dtype=np.int64)
    for part in parts(len(choices.pairs)):
        mean += relative.rows(part).sum(axis=0, dtype=np.int64)
    mean //= len(choices.pairs)
    order = np.argsort(mean, kind="stable")
    last = int(np.searchsorted(np.cumsum(choices.high[order]), len(choices.pairs)))
    usual: Integers = np.minimum(mean - mean[order[last]], 0) if last < len(order) else mean
    return usual


def _least_of_each(choices: Choices, cost: Cost, usual: Integers) -> Integers:
    """About what the last of the best pairs of each mentee costs, beyond what is usual for the mentor."""
    rows, columns = choices.pairs.shape
    some = slice(0, columns, max(1, columns // _SAMPLE[1]))
    least = np.empty(rows, dtype=np.int64)
    for part in parts(rows):
        values = np.where(choices.pairs[part, some], cost.pairs[part, some] - usual[some], LIMIT)
        least[part] = _least(values, _EACH // some.step, 1)
    return least


def _least(values: Any, place: int, axis: int) -> Any:
    """About the place-th smallest along an axis; for the first two, the larger one of the least of two halves."""
    length = values.shape[axis]
    if place > 2:
        return np.partition(values, min(place, length) - 1, axis=axis).take(min(place, length) - 1, axis=axis)
    one, other = np.array_split(values, 2, axis=axis)
    return np.maximum(one.min(axis=axis), other.min(axis=axis)) if length > 1 else values.min(axis=axis)


def cheaper(choices: Choices, cost: Cost, prices: Prices, most: int = _MORE) -> Integers:
    """Find the open pairs that cost less than the prices say, at most so many for one mentee; none is the proof.

    They come sorted, as row x columns + column.
    """
    found, columns = [], choices.pairs.shape[1]
    relative = Relative(cost, prices)
    for part in parts(len(choices.pairs)):
        at, beyond = _beyond(relative, choices.pairs[part], prices.mentee[part], part.start)
        if len(at) > most:
            at = _worst(at, beyond, columns, part.start, most)
        found.append(at + part.start * columns)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _beyond(relative: Relative, pairs: Any, mentee: Integers, start: int) -> tuple[Any, Any]:
    """The open pairs of a block that cost less than the prices say, and by how much (below 0)."""
    columns = pairs.shape[1]
    if np.count_nonzero(pairs) * _SPARSE < pairs.size:
        at = np.flatnonzero(pairs)
        row, column = np.divmod(at, columns)
        beyond = relative.pairs(row + start, column) + mentee[row]
        less = beyond < 0
        return at[less], beyond[less]
    values = relative.rows(slice(start, start + len(pairs)))
    less = values < -mentee.astype(values.dtype)[:, None]
    less &= pairs
    at = np.flatnonzero(less)
    return at, values.ravel()[at] + mentee[at // columns]


def _worst(at: Any, beyond: Any, columns: int, start: int, most: int) -> Any:
    """Keep the pairs that are furthest beyond the prices, at most so many for each row; of equals any, but always the same."""
    row = at // columns
    count = np.bincount(row)
    if count.max() <= most:
        return at
    mixed = _mixed(row + start, at)
    if count.max() > 4 * most:  # too many to sort: a part of them, spread over all
        kept = mixed < np.minimum(4 * most * 2**32 // np.maximum(count, 1), 2**32 - 1)[row]
        at, beyond, row, mixed = at[kept], beyond[kept], row[kept], mixed[kept]
    order = np.lexsort((mixed, beyond, row))
    row = row[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    return np.sort(at[order[place < most]])


def _mixed(row: Any, at: Any) -> Any:
    """A number of 32 bits for each pair that looks drawn: a multiplication and two shifts."""
    mixed = row.astype(np.uint32) * np.uint32(0x9E3779B1) + at.astype(np.uint32) * np.uint32(0x85EBCA77)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return mixed
