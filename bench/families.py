"""The five families of instances, as plain NumPy makes them: the same scores for every program that is measured.

Run as a program it is the reference of the table: the CPU time in which NumPy makes the score matrix alone, in blocks of
rows, two bytes a score.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.uint16]
Maker = Callable[[np.random.Generator, int, int], Iterator[npt.NDArray[np.int64]]]
_ROWS = 256
_TOPICS = 40


def uniform(draw: np.random.Generator, mentees: int, mentors: int) -> Iterator[npt.NDArray[np.int64]]:
    """Whole numbers from 0 to 10,000, each as likely."""
    for rows in _blocks(mentees):
        yield draw.integers(0, 10_001, (rows, mentors))


def topics(draw: np.random.Generator, mentees: int, mentors: int) -> Iterator[npt.NDArray[np.int64]]:
    """Each seeks three of forty topics with a priority and offers four with a strength, as `offers_meet_seeks` scores."""
    seeks, offers = _named(draw, mentees, 3), _named(draw, mentors, 4)
    done = 0
    for rows in _blocks(mentees):
        part = seeks[done : done + rows]
        yield np.rint(2_000 * (part @ offers.T) / part.sum(axis=1, keepdims=True)).astype(np.int64)
        done += rows


def popular(draw: np.random.Generator, mentees: int, mentors: int) -> Iterator[npt.NDArray[np.int64]]:
    """Everybody wants the same mentors; taste adds a little."""
    standing = draw.integers(0, 9_001, mentors)
    for rows in _blocks(mentees):
        yield standing + draw.integers(0, 1_000, (rows, mentors))


def coarse(draw: np.random.Generator, mentees: int, mentors: int) -> Iterator[npt.NDArray[np.int64]]:
    """One of five scores, so that very many are equal."""
    for rows in _blocks(mentees):
        yield draw.integers(0, 5, (rows, mentors)) * 2_500


FAMILIES: dict[str, tuple[Maker, float]] = {
    "uniform": (uniform, 1),
    "topics": (topics, 1),
    "everybody wants the same": (popular, 1),
    "five scores only": (coarse, 1),
    "half the places missing": (uniform, 0.5),
}
"""How the scores are made, and how many of the places there are."""


def scores(family: str, mentees: int, mentors: int) -> Scores:
    """The scores of a family, the same for the same numbers of people."""
    table = np.empty((mentees, mentors), dtype=np.uint16)
    done = 0
    for block in FAMILIES[family][0](np.random.default_rng(20270115), mentees, mentors):
        table[done : done + len(block)] = block
        done += len(block)
    return table


def places(family: str, mentees: int, mentors: int, capacity: int) -> npt.NDArray[np.int64]:
    """How many mentees each mentor can take: in all so many, and a part of that where places are missing."""
    room = np.full(mentors, capacity)
    room[: round(mentors * capacity * (1 - FAMILIES[family][1]))] -= 1
    return room


def _blocks(rows: int) -> Iterator[int]:
    yield from (min(_ROWS, rows - start) for start in range(0, rows, _ROWS))


def _named(draw: np.random.Generator, people: int, each: int) -> npt.NDArray[np.float64]:
    """A row a person: the priority or strength, 1 to 5, of each topic that is named."""
    chosen = np.argsort(draw.random((people, _TOPICS)), axis=1)[:, :each]
    table = np.zeros((people, _TOPICS))
    np.put_along_axis(table, chosen, draw.integers(1, 6, chosen.shape).astype(np.float64), axis=1)
    return table


def main() -> None:
    """Make the scores of a family and say what that took: FAMILY MENTEES MENTORS."""
    before = time.process_time()
    scores(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    spent = time.process_time() - before
    print(json.dumps({"seconds": spent, "memory": 0}))


if __name__ == "__main__":
    main()
