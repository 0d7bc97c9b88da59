"""What derived values are counted from: the records, the day, and who may be known to exist at all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from toolkit.model import Pair, Records, Session
from toolkit.model.rhythm import held, notes_until


@dataclass(frozen=True)
class Facts:
    """The records as derived values see them.

    `people` are the ids of the people who may be shown to this audience, `pairs` the keys of its pairs.
    """

    records: Records
    today: datetime.date
    people: frozenset[str]
    pairs: frozenset[str]

    @cached_property
    def pairs_by_person(self) -> dict[str, tuple[str, ...]]:
        """Each person's pairs among those that may be shown, by key."""
        found: dict[str, list[str]] = {}
        for key in sorted(self.pairs):
            for person in dict.fromkeys(self.records.pairs[key].people()):
                found.setdefault(person, []).append(key)
        return {person: tuple(keys) for person, keys in found.items()}

    @cached_property
    def pairs_by_cohort(self) -> dict[str, tuple[Pair, ...]]:
        """Each cohort's pairs that were agreed to, whoever may see them."""
        found: dict[str, list[Pair]] = {}
        for _, pair in sorted(self.records.pairs.items()):
            if pair.status in AGREED:
                found.setdefault(pair.cohort_key, []).append(pair)
        return {cohort: tuple(pairs) for cohort, pairs in found.items()}

    def name(self, person: str) -> str:
        """A person's display name; nothing where it may not be shown."""
        found = self.records.people.get(person)
        return found.name if found is not None and person in self.people else ""

    def notes(self, pair: Pair) -> tuple[Session, ...]:
        """The notes of a pair up to today, oldest first."""
        return notes_until(self.records, pair, self.today)

    def held(self, pair: Pair) -> tuple[Session, ...]:
        """The meetings of a pair that took place, oldest first."""
        return tuple(each for each in self.notes(pair) if held(each))


AGREED = frozenset(("accepted", "active", "paused", "closing", "closed"))
"""The states of a pair that its people agreed to; one that is only proposed, or was objected to, is the staff's."""
