"""Which pairs the flow is solved on: those that look best to begin with, and those that the prices show to be better."""

from __future__ import annotations

from typing import Any

import numpy as np

from toolkit.matching.arrays import Integers
from toolkit.matching.choices import LIMIT, Choices, Cost, Prices, Relative, parts, runs
from toolkit.matching.tables import block, largest

_SMALL = 20_000  # so many pairs are solved at once, or all where there are few for each person
_EACH = 16  # about so many of the best are looked for, for each mentee and for each mentor
_FIRST = 12  # so many of them are begun with
_MOST = 16  # where very many are equal, about so many for one mentee
_NEAR = 5  # about so many for each person are kept after the first prices
_MORE = 8  # at most so many are added for one mentee in one round
_STRIP = 500  # so many mentors are sampled together
_SAMPLE = (1500, 1000)  # how many mentees, and how many mentors, say what is among the best


def promising(choices: Choices, cost: Cost) -> tuple[Integers, Integers]:
    """Begin with the best pairs of each mentee and of each mentor; returns them, and what a mentor usually costs.

    What is best is read from a sample; what it misses, the prices find. Where some mentors are dear to everybody, what a
    mentee would pay for one more than others is what counts.
    """
    rows, columns = choices.pairs.shape
    if np.count_nonzero(choices.pairs) <= max(_SMALL, _EACH * (rows + columns)):
        return np.flatnonzero(choices.pairs), np.zeros(columns, dtype=np.int64)
    usual, of_mentor = _usual(choices, cost)
    of_mentee = _least_of_each(choices, cost, usual)
    relative, found = Relative(cost, usual), []
    for part in parts(rows):
        values = relative.rows(part)
        best = values <= relative.against(of_mentee[part])
        best &= choices.pairs[part]
        spread(best, part.start, _MOST)
        best |= (values <= (of_mentor - usual).astype(values.dtype)) & choices.pairs[part]
        found.append(np.flatnonzero(best) + part.start * columns)
    return _foremost(np.concatenate(found), cost, usual, rows), usual


def _foremost(arcs: Integers, cost: Cost, usual: Integers, rows: int) -> Integers:
    """Of pairs that look best, those that are among the first of their mentee or of their mentor."""
    row, column = np.divmod(arcs, len(usual))
    worth = cost.pairs[row, column] - usual[column]
    worth -= worth.min(initial=0)
    worth >>= max(0, int(worth.max(initial=0)).bit_length() - 31)
    kept: Integers = arcs[(worth <= _last(row, worth, rows)[row]) | (worth <= _last(column, worth, len(usual))[column])]
    return kept


def _last(group: Integers, worth: Integers, groups: int) -> Integers:
    """What the last of the first pairs of each group costs, in 31 bits; the group and that are sorted as one number."""
    order = np.sort(group << 32 | worth)
    which, starts = runs(order >> 32)
    ends = np.append(starts[1:], len(order))
    last = np.zeros(groups, dtype=np.int64)
    last[which] = order[np.minimum(starts + _FIRST, ends) - 1] & (2**32 - 1)
    return last


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


def _usual(choices: Choices, cost: Cost) -> tuple[Integers, Integers]:
    """What a pair with each mentor usually costs, where that tells them apart, and about the best that each can have.

    Usual costs count from those of the dearest mentor who is needed to place everybody: below, nobody competes.
    """
    rows, columns = choices.pairs.shape
    every = slice(0, rows, max(1, rows // _SAMPLE[0]))
    level, thin = np.zeros(columns, dtype=np.int64), []
    narrow = largest(cost.pairs) < 2**29
    for start in range(0, columns, _STRIP):  # in strips, for their numbers stay in the processor's cache
        strip = slice(start, start + _STRIP)
        sample = block(cost.pairs, every, narrow, strip)
        thin.append(sample[:, ::7].astype(np.float64))
        sample[~choices.pairs[every, strip]] = np.iinfo(sample.dtype).max // 4
        level[strip] = _level(sample, every.step)
    some = np.hstack(thin)
    apart = some.size and some.mean(axis=0).var() > some.var() / 2
    return _mean(choices, cost) if apart else np.zeros_like(level), level


def _level(sample: Any, step: int) -> Any:
    """About the best that each mentor can have; a little better where too many are equal to take all."""
    level = _least(sample, _EACH // step, 0)
    equal = (sample <= level).view(np.uint8).sum(axis=0, dtype=np.uint16)
    return level - (equal > _EACH // 2 + 2 * _EACH // step)


def _mean(choices: Choices, cost: Cost) -> Integers:
    mean = np.zeros(choices.pairs.shape[1], dtype=np.int64)
    relative = Relative(cost, mean)
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


def cheaper(choices: Choices, cost: Cost, prices: Prices) -> Integers:
    """Find the open pairs that cost less than the prices say, some for each mentee; none is the proof.

    They come sorted, as row x columns + column.
    """
    found, columns = [], choices.pairs.shape[1]
    relative = Relative(cost, prices.mentor)
    for part in parts(len(choices.pairs)):
        values = relative.rows(part)
        less = values < relative.against(-prices.mentee[part])
        less &= choices.pairs[part]
        spread(less, part.start, _MORE)
        at = np.flatnonzero(less)
        if len(at) > _MORE:
            at = _worst(at, values.ravel()[at] + prices.mentee[part][at // columns], columns, part.start)
        found.append(at + part.start * columns)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def spread(marked: Any, start: int, most: int) -> None:
    """Of a row with more than eight times so many marks keep about so many: a window, elsewhere in each row.

    The windows of all rows together lie evenly over the mentors, so that equals are not all sought from the same.
    """
    columns = marked.shape[1]
    if np.count_nonzero(marked) <= 8 * most:
        return
    for row, line in enumerate(marked):
        count = np.count_nonzero(line)
        if count > 8 * most:
            begin, width = _begin(row + start, columns), max(1, columns * most // count)
            line[max(0, begin + width - columns) : begin] = False
            line[begin + width :] = False


def _begin(row: Any, columns: int) -> Any:
    """Where the window of a row begins: the golden section leads each next one far from those before."""
    return row * 0x9E3779B1 % 2**32 * columns >> 32


def _worst(at: Any, beyond: Any, columns: int, start: int) -> Any:
    """Keep the pairs that are furthest beyond the prices, some for each row; of equals those that come next in its window."""
    row = at // columns
    if np.bincount(row).max() <= _MORE:
        return at
    order = np.lexsort(((at - row * columns - _begin(row + start, columns)) % columns, beyond, row))
    row = row[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    return np.sort(at[order[place < _MORE]])
