"""Whether a meeting took place, how often a pair meets, and which days count: asked by rules and by pages alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.model.pair import Pair
from toolkit.model.program import Cadence, Cohort
from toolkit.model.records import Records
from toolkit.model.session import Session

ONE_DAY = datetime.timedelta(days=1)


def held(session: Session) -> bool:
    """Whether people met: a note that nobody, or only one person, came to tells of a meeting that did not happen."""
    return len(session.attended) > 1


def notes_until(records: Records, pair: Pair, today: datetime.date) -> tuple[Session, ...]:
    """The notes of a pair up to today, oldest first; one with a later day is another rule's concern."""
    notes = records.sessions.get(pair.pair_key, ())
    if notes and notes[-1].date > today:
        return tuple(note for note in notes if note.date <= today)
    return notes


def planned(notes: tuple[Session, ...], today: datetime.date) -> datetime.date | None:
    """The next meeting that the last of these notes names, unless its day is past."""
    day = notes[-1].next if notes else None
    return day if day is not None and day >= today else None


def cadence_of(records: Records, pair: Pair, cohort: Cohort) -> Cadence:
    """The rhythm that holds for a pair: the agreed one, else the cohort's."""
    agreement = records.agreements.get(pair.pair_key)
    return agreement.cadence if agreement else cohort.cadence


def counted(pair: Pair, cohort: Cohort, start: datetime.date, end: datetime.date) -> int:
    """Count the days after `start` up to `end` on which a meeting could be expected: no break, no pause."""
    total, reached = (end - start).days, start
    for begin, until in sorted(_idle(pair, cohort, end)):
        first, last = max(begin, reached + ONE_DAY), min(until, end)
        if first <= last:
            total -= (last - first).days + 1
            reached = last
    return total


def _idle(pair: Pair, cohort: Cohort, end: datetime.date) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The stretches without meetings: the cohort's breaks and the pair's pauses; an open one holds while it is paused."""
    for each in cohort.breaks:
        yield each.start, each.end
    for pause in pair.pauses:
        if pause.resume is not None:
            yield pause.start, pause.resume - ONE_DAY
        elif pair.status == "paused":
            yield pause.start, end
