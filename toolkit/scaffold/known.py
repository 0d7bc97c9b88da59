"""What is known of a pair before it meets: its language, its people, its next days, its promises and its goals."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from toolkit.model import Cadence, Cohort, Goal, Pair, Records, Session
from toolkit.model.actions import Standing, next_number, standing
from toolkit.model.rhythm import cadence_of, end_of, held, notes_until, present
from toolkit.model.tongue import pair_language

_OPEN = ("draft", "active", "paused")
_NEAR = datetime.timedelta(days=14)
ONE_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Known:
    """A pair on a day.

    `week` counts from its first day and begins with 1; `weeks` is how many it has in all, None where no end is known.
    `actions` and `goals` are the open ones; `notes` are those up to the day, oldest first.
    """

    pair: Pair
    cohort: Cohort | None
    today: datetime.date
    language: str
    members: tuple[str, ...]
    names: dict[str, str]
    cadence: Cadence
    begins: datetime.date
    ends: datetime.date | None
    notes: tuple[Session, ...]
    actions: tuple[Standing, ...]
    goals: tuple[Goal, ...]

    @property
    def last(self) -> Session | None:
        """The last meeting that took place."""
        return next((note for note in reversed(self.notes) if held(note)), None)

    @property
    def week(self) -> int:
        """In which week the pair is."""
        return max((self.today - self.begins).days, 0) // 7 + 1

    @property
    def weeks(self) -> int | None:
        """How many weeks it has."""
        return None if self.ends is None else max((self.ends - self.begins).days, 0) // 7 + 1

    @property
    def next(self) -> datetime.date:
        """The day of the next meeting: the one that was agreed on, unless it is two weeks past, else today."""
        agreed = self.notes[-1].next if self.notes else None
        if agreed is not None and agreed > self.notes[-1].date and agreed >= self.today - _NEAR:
            return agreed
        return self.today

    @property
    def met(self) -> datetime.date:
        """The day of a meeting that is told of: the one that was agreed on, unless it is still to come, else today."""
        return min(self.next, self.today)

    @property
    def where(self) -> dict[str, str]:
        """The folders that the pair's records lie in."""
        origin = self.pair.origin
        return {"program": origin.program, "cohort": origin.cohort, "pair": self.pair.id}

    def after(self, day: datetime.date) -> datetime.date | None:
        """The meeting after that of a day, by the rhythm; later where a break is in the way, None past the end."""
        found = day + datetime.timedelta(days=self.cadence.days)
        while any(each.start <= found <= each.end for each in (self.cohort.breaks if self.cohort else ())):
            found += ONE_WEEK
        return found if self.ends is None or found <= self.ends else None

    def free_ids(self, count: int) -> tuple[str, ...]:
        """Ids for new actions that no note of the pair has yet: `a7`, `a8`."""
        first = next_number(action.id for note in self.notes for action in note.actions)
        return tuple(f"a{number}" for number in range(first, first + count))


def known_of(records: Records, pair: Pair, today: datetime.date, language: str | None = None) -> Known:
    """Gather what is known; `language` overrides the pair's own."""
    cohort = records.cohort_of(pair)
    notes = notes_until(records, pair, today)
    members = tuple(member.person for member in present(pair, today)) or pair.people()
    agreement = records.agreements.get(pair.pair_key)
    named = {who: found.name if (found := records.people.get(who)) else who for who in pair.people()}
    return Known(
        pair=pair,
        cohort=cohort,
        today=today,
        language=language or pair_language(records, pair, notes),
        members=members,
        names=named,
        cadence=cadence_of(records, pair, cohort)
        if cohort
        else agreement.cadence
        if agreement
        else Cadence(every="week"),
        begins=pair.started or max(today, cohort.starts if cohort else today),
        ends=end_of(records, pair, cohort) if cohort else None,
        notes=notes,
        actions=tuple(each for each in standing(notes) if not each.action.done),
        goals=tuple(goal for goal in records.goals.get(pair.pair_key, ()) if goal.status in _OPEN),
    )
