"""What is marked on some pairs of n mentees by m mentors: a bit for each pair, or a number only where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from toolkit.matching.tables import Made

Booleans: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int64]

_BLOCK = 256  # rows that are made together


@dataclass(frozen=True, slots=True, eq=False)
class Marks(Made):
    """One bit a pair, asked for as of an array of booleans."""

    bits: npt.NDArray[np.uint8]
    columns: int

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""
        return len(self.bits), self.columns

    def __getitem__(self, place: Any, /) -> Any:
        """The marks at a place."""
        rows, columns = place if isinstance(place, tuple) else (place, slice(None))
        if isinstance(columns, slice):
            whole = np.unpackbits(self.bits[rows], axis=-1, count=self.columns).view(np.bool_)
            return whole if columns == slice(None) else whole[..., columns]
        if isinstance(rows, slice) and np.ndim(columns):
            return self[rows][:, columns]
        column = np.asarray(columns) % self.columns
        return (self.bits[rows, column >> 3] >> (7 - (column & 7)).astype(np.uint8) & 1).astype(np.bool_)

    def any(self) -> bool:
        """Whether anything is marked."""
        return bool(self.bits.any())


def marks(shape: tuple[int, int], made: Callable[[slice], Booleans]) -> Marks:
    """Mark what a function says of each stretch of mentees, one after the other."""
    bits = np.empty((shape[0], -(-shape[1] // 8)), dtype=np.uint8)
    for start in range(0, shape[0], _BLOCK):
        rows = slice(start, min(start + _BLOCK, shape[0]))
        bits[rows] = np.packbits(made(rows), axis=1)
    return Marks(bits, shape[1])


def between(shape: tuple[int, int], pairs: Iterable[tuple[int, int]]) -> Marks:
    """Mark single pairs, given as (row, column)."""
    bits = np.zeros((shape[0], -(-shape[1] // 8)), dtype=np.uint8)
    for row, column in pairs:
        bits[row, column >> 3] |= 128 >> (column & 7)
    return Marks(bits, shape[1])


def of_people(mentees: Iterable[bool], mentors: Iterable[bool]) -> Marks:
    """Mark all pairs of the people for whom something holds."""
    row, column = np.array(list(mentees), dtype=np.bool_), np.array(list(mentors), dtype=np.bool_)
    return marks((len(row), len(column)), lambda rows: row[rows, None] | column[None, :])


def nowhere(marked: Sequence[Marks]) -> Booleans:
    """Say, in an array, which pairs none of several has marked."""
    rows, columns = marked[0].shape
    free = np.empty((rows, columns), dtype=np.bool_)
    for start in range(0, rows, _BLOCK):
        part = slice(start, min(start + _BLOCK, rows))
        bits = np.bitwise_or.reduce([each.bits[part] for each in marked])
        np.equal(np.unpackbits(bits, axis=1, count=columns), 0, out=free[part])
    return free


@dataclass(frozen=True, slots=True, eq=False)
class Places(Made):
    """Numbers other than 0 on some of the pairs: `at` are these pairs as row x columns + column, sorted."""

    shape: tuple[int, int]
    at: Integers
    numbers: Any

    def __getitem__(self, place: Any, /) -> Any:
        """The numbers at a place."""
        rows, columns = place if isinstance(place, tuple) else (place, slice(None))
        if not isinstance(rows, slice) and not isinstance(columns, slice):
            return self._pairs(np.asarray(rows) * self.shape[1] + np.asarray(columns))
        if isinstance(columns, int | np.integer):
            return self._column(int(columns))[rows]
        chosen = np.arange(self.shape[0])[rows]
        whole = self._nothing((chosen.size, self.shape[1]))
        first = chosen.ravel() * self.shape[1]
        ends = np.searchsorted(self.at, first + self.shape[1]).tolist()
        for line, (start, end) in enumerate(zip(np.searchsorted(self.at, first).tolist(), ends, strict=True)):
            whole[line, self.at[start:end] - first[line]] = self.numbers[start:end]
        return whole.reshape(*chosen.shape, self.shape[1])[..., columns]

    def _pairs(self, wanted: Any) -> Any:
        if not len(self.at):
            return self._nothing(wanted.shape)[()]
        found = np.minimum(np.searchsorted(self.at, wanted), len(self.at) - 1)
        return np.where(self.at[found] == wanted, self.numbers[found], self._nothing(()))[()]

    def _nothing(self, shape: tuple[int, ...]) -> Any:
        return np.zeros(shape, dtype=self.numbers.dtype)

    def _column(self, column: int) -> Any:
        values, here = self._nothing((self.shape[0],)), self.at % self.shape[1] == column % self.shape[1]
        values[self.at[here] // self.shape[1]] = self.numbers[here]
        return values

    def listed(self, axis: int) -> Integers:
        """How many numbers there are in each column (axis 0) or in each row (axis 1)."""
        line = self.at // self.shape[1] if axis else self.at % self.shape[1]
        return np.bincount(line, minlength=self.shape[1 - axis]).astype(np.int64)

    def where(self, number: int) -> Places:
        """Mark the pairs that have this number, as an array of booleans would."""
        here = self.numbers == number
        return Places(self.shape, self.at[here], np.ones(int(here.sum()), dtype=np.bool_))


def places(shape: tuple[int, int], numbers: Iterable[tuple[int, int, int]]) -> Places:
    """Lay down numbers on single pairs, given as (row, column, number)."""
    every = sorted((row * shape[1] + column, number) for row, column, number in numbers)
    at = np.array([each for each, _ in every], dtype=np.int64)
    return Places(shape, at, np.array([number for _, number in every], dtype=np.int64))
