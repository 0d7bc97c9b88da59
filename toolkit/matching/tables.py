"""Tables of n mentees by m mentors that stand in little memory: whole numbers are made where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


class Table(Protocol):
    """Whole numbers for every mentee and mentor, asked for as of a NumPy array: by rows, or by row and column.

    Every NumPy array of whole numbers is one. NumPy's functions take a table too, and make all of it: at 15,000 x 8,000
    that may be more than the memory holds.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""

    @property
    def T(self) -> Any:  # noqa: N802 - NumPy's name
        """All of it, turned."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: Any, /) -> Any:
        """The numbers at a place."""

    def __array__(self, dtype: Any = None, /) -> Any:
        """All of it."""


class Made:
    """What a table that is made on demand has of an array."""

    __slots__ = ()
    shape: Any

    def __getitem__(self, place: Any, /) -> Any:
        raise NotImplementedError

    def __len__(self) -> int:
        return int(self.shape[0])

    def __array__(self, dtype: Any = None, copy: Any = None, /) -> Any:
        return np.asarray(self[:], dtype)

    def tolist(self) -> list[list[int]]:
        """All of it, as lists."""
        every: list[list[int]] = np.asarray(self[:]).tolist()
        return every

    @property
    def T(self) -> Any:  # noqa: N802 - NumPy's name
        """All of it, turned."""
        return np.asarray(self[:]).T


@dataclass(frozen=True, slots=True, eq=False)
class Scores(Made):
    """Scores of 0 to 10,000, two bytes each; what is read of them is int64, so that nothing wraps around."""

    stored: npt.NDArray[np.uint16]
    most: int = 10_000

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""
        return self.stored.shape

    def __getitem__(self, place: Any, /) -> Any:
        """The scores at a place."""
        return self.stored[place].astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Ties(Made):
    """A number of so many bits for each pair, mixed from a keyed hash of the mentee and one of the mentor."""

    mentee: npt.NDArray[np.uint64]
    mentor: npt.NDArray[np.uint64]
    bits: int

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""
        return len(self.mentee), len(self.mentor)

    def __getitem__(self, place: Any, /) -> Any:
        """The numbers at a place: of whole rows, of single pairs, or of some rows by some columns."""
        rows, columns = place if isinstance(place, tuple) else (place, slice(None))
        mentee = self.mentee[rows]
        mentor = np.multiply(self.mentor[columns], np.uint64(0x9E3779B97F4A7C15))
        if isinstance(columns, slice) or (isinstance(rows, slice) and np.ndim(mentor)):
            mentee = mentee[..., None]
        mixed = np.asarray(mentee ^ mentor)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # the finalizer of SplitMix64
            mixed ^= mixed >> np.uint64(shift)
            mixed *= np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(64 - self.bits)).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Equal(Made):
    """1 where another table holds a number, in the rows that are looked at; else 0."""

    table: Table
    number: int
    rows: npt.NDArray[np.bool_]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many mentees and how many mentors there are."""
        return self.table.shape

    def __getitem__(self, place: Any, /) -> Any:
        """The numbers at a place: of whole rows, of single pairs, or of some rows by some columns."""
        rows, columns = place if isinstance(place, tuple) else (place, slice(None))
        looked = self.rows[rows, None] if isinstance(rows, slice) or not isinstance(place, tuple) else self.rows[rows]
        return ((np.asarray(self.table[rows, columns]) == self.number) & looked).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Made):
    """Other tables, each times a weight, added up where they are asked for."""

    shape: tuple[int, ...]
    parts: tuple[tuple[int, Table], ...] = ()

    def __getitem__(self, place: Any, /) -> Any:
        """The sums at a place."""
        total = np.broadcast_to(np.int64(0), self.shape)[place]
        for weight, table in self.parts:
            total = total + weight * np.asarray(table[place]).astype(np.int64)
        return total


def weighted(table: Table, weight: int) -> Sum:
    """A table times a weight."""
    if isinstance(table, Sum):
        return Sum(table.shape, tuple((weight * each, part) for each, part in table.parts))
    return Sum(table.shape, ((weight, table),))


def added(one: Table, other: Table) -> Sum:
    """Two tables added up."""
    return Sum(one.shape, (*weighted(one, 1).parts, *weighted(other, 1).parts))


def largest(table: Table) -> int:
    """The most that a number of the table can differ from 0."""
    if isinstance(table, Sum):
        return sum(abs(weight) * largest(part) for weight, part in table.parts)
    if isinstance(table, Scores):
        return table.most
    if isinstance(table, Ties):
        return int(2**table.bits - 1)
    if isinstance(table, Equal):
        return 1
    every = np.asarray(table)
    return max(int(every.max(initial=0)), -int(every.min(initial=0)))


def block(table: Table, rows: slice, narrow: bool, columns: slice = slice(None)) -> Any:
    """A new array of the numbers of some rows, as int32 where it is known that nothing larger comes of them."""
    if not narrow:
        return np.array(table[rows, columns], dtype=np.int64)
    if isinstance(table, Scores):
        return table.stored[rows, columns].astype(np.int32)
    if not isinstance(table, Sum):
        return np.asarray(table[rows, columns]).astype(np.int32)
    total = None
    for weight, part in table.parts:
        each = block(part, rows, narrow, columns)
        each *= np.int32(weight)
        total = each if total is None else np.add(total, each, out=total)
    return np.zeros(np.broadcast_to(0, table.shape)[rows, columns].shape, np.int32) if total is None else total
