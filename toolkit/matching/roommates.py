"""Stable pairs among peers: Irving's algorithm for roommates, with lists that may leave people out."""

from __future__ import annotations

from collections.abc import Sequence


def roommates(wanted: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Pair people so that no two would rather have each other; None where no such pairing exists.

    `wanted[i]` lists the others from best to worst; only those who list each other can be together. Gives the partner of
    each person, or -1 for those who stay alone in every stable pairing. (Irving 1985; Gusfield and Irving 1989.)
    """
    table = _Table(wanted)
    _propose(table)
    alone = [not row for row in table.rows]
    while (start := next((person for person, row in enumerate(table.rows) if len(row) > 1), None)) is not None:
        for giver, taken in _rotation(table, start):
            table.cut(giver, taken)
        if any(not row and not was for row, was in zip(table.rows, alone, strict=True)):
            return None
    return tuple(row[0] if row else -1 for row in table.rows)


class _Table:
    """The lists that are left; taking one person from another's list takes them from each other."""

    def __init__(self, wanted: Sequence[Sequence[int]]) -> None:
        sets = [set(row) for row in wanted]
        self.rows = [[other for other in row if person in sets[other]] for person, row in enumerate(wanted)]
        self.place = [{other: place for place, other in enumerate(row)} for row in self.rows]

    def cut(self, person: int, last: int) -> None:
        """Take from a person's list everybody who comes after `last`."""
        while self.rows[person] and self.place[person][self.rows[person][-1]] > self.place[person][last]:
            other = self.rows[person].pop()
            self.rows[other].remove(person)


def _propose(table: _Table) -> None:
    """Everybody asks the best who is left; who is asked keeps the best asker and drops all that come after."""
    holds: dict[int, int] = {}
    waiting = list(range(len(table.rows)))[::-1]
    while waiting:
        person = waiting.pop()
        if not table.rows[person]:
            continue
        asked = table.rows[person][0]
        before = holds.get(asked)
        holds[asked] = person
        table.cut(asked, person)
        if before is not None and before != person:
            waiting.append(before)


def _rotation(table: _Table, start: int) -> list[tuple[int, int]]:
    """Follow second choices and last choices until they come round: (who will drop, down to whom)."""
    path: list[tuple[int, int]] = []
    seen: dict[int, int] = {}
    person = start
    while person not in seen:
        seen[person] = len(path)
        second = table.rows[person][1]
        path.append((second, person))
        person = table.rows[second][-1]
    return path[seen[person] :]
