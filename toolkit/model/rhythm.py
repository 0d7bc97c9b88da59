"""The rhythm of a pair: whether it met, which days count, and which alarm it gives; asked by rules, pages and status."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from toolkit.model.pair import Member, Pair
from toolkit.model.program import Cadence, Cohort
from toolkit.model.records import Records
from toolkit.model.session import Session
from toolkit.model.settings import Thresholds

ONE_DAY = datetime.timedelta(days=1)
LIVE = ("active", "paused", "closing")
"""States of a pair that has begun and is not over."""
OVER = ("closed", "objected")
"""States of a pair that is over, or never came to be."""

NO_SHOWS = 2
"""Meetings missed without a word, among the last `LAST_NOTES`, that call for a call."""
LAST_NOTES = 4

_GRACE = 6  # a meeting that is a few days late is not missed

Stretch = tuple[datetime.date, datetime.date]
"""Some days: the first and the last."""

Alarm = Literal["silent", "ended", "unmet", "lapsed", "unplanned", ""]
"""What a pair's silence says: no record for months, past its end, never met, long without meeting, nothing planned."""


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
    return expected(start, end, idle(cohort.breaks, pair.pauses, pair.status == "paused", end))


def expected(start: datetime.date, end: datetime.date, stretches: Iterable[Stretch]) -> int:
    """Count the days after `start` up to `end` that lie in none of these stretches, which may overlap."""
    total, reached = (end - start).days, start
    for begin, until in sorted(stretches):
        first, last = max(begin, reached + ONE_DAY), min(until, end)
        if first <= last:
            total -= (last - first).days + 1
            reached = last
    return total


def idle(breaks: Iterable[Any], pauses: Iterable[Any], is_paused: bool, end: datetime.date) -> Iterator[Stretch]:
    """The stretches without meetings: a cohort's breaks and a pair's pauses; an open one holds while the pair is paused."""
    for each in breaks:
        yield each.start, each.end
    for pause in pauses:
        if pause.resume is not None:
            yield pause.start, pause.resume - ONE_DAY
        elif is_paused:
            yield pause.start, end


def patience(every: int, has_met: bool, limits: Any) -> float:
    """The days that may pass until a meeting counts as missed: a week more than the rhythm, and never more than an alarm takes."""
    asked = (
        min(limits.silence_factor * every, max(limits.silence_days, every)) if has_met else limits.first_meeting_days
    )
    return float(min(every + _GRACE, asked))


def present(pair: Pair, today: datetime.date) -> tuple[Member, ...]:
    """The members who have not left."""
    return tuple(member for member in pair.members if member.left is None or member.left > today)


def end_of(records: Records, pair: Pair, cohort: Cohort) -> datetime.date | None:
    """The day on which a pair is to end: its own, the agreed one, or the cohort's unless people join at any time."""
    if pair.ended is not None:
        return pair.ended
    agreement = records.agreements.get(pair.pair_key)
    if agreement is not None and agreement.ends_on is not None:
        return agreement.ends_on
    return None if cohort.rolling else cohort.ends


def last_trace(records: Records, pair: Pair, today: datetime.date) -> datetime.date:
    """The last day up to today of which any record of the pair tells."""
    days = [pair.started or pair.proposed_on]
    notes = notes_until(records, pair, today)
    if notes:
        days.append(notes[-1].date)
    days.extend(each.date for each in records.observations.get(pair.pair_key, ()))
    days.extend(each.on for each in records.feedback.get(pair.pair_key, ()))
    days.extend(entry.on for goal in records.goals.get(pair.pair_key, ()) for entry in goal.progress)
    agreement = records.agreements.get(pair.pair_key)
    if agreement is not None:
        days.extend(each.on for each in agreement.signed)
        days.extend(each.on for each in agreement.amendments)
    return max((day for day in days if day <= today), default=days[0])


def missed(notes: tuple[Session, ...]) -> tuple[Session, ...]:
    """Of the last notes up to a day, those of meetings to which somebody did not come, without a word."""
    return tuple(note for note in notes[-LAST_NOTES:] if any(not each.notice for each in note.absent))


def alarm(records: Records, pair: Pair, today: datetime.date, limits: Thresholds) -> Alarm:
    """Say what a coordinator should know of a pair's silence today: the strongest of the alarms, never two.

    Quiet where a file of the pair or its cohort could not be read: what is missing there may stand in it.
    """
    if pair.status not in LIVE or pair.started is None or pair.started > today:
        return ""
    cohort = records.cohort_of(pair)
    if cohort is None or not records.is_whole(pair):
        return ""
    end = end_of(records, pair, cohort)
    active = pair.status == "active"
    if active and counted(pair, cohort, last_trace(records, pair, today), today) > limits.silent_pair_days:
        return "silent"
    if end is not None and today > end:
        return "ended" if (today - end).days > limits.close_days else ""
    return _meetings(records, pair, cohort, today, limits) if active and pair.model != "flash" else ""


def _meetings(records: Records, pair: Pair, cohort: Cohort, today: datetime.date, limits: Thresholds) -> Alarm:
    notes = notes_until(records, pair, today)
    ahead = planned(notes, today)
    last = next((note.date for note in reversed(notes) if held(note)), None)
    if last is None:
        since = counted(pair, cohort, pair.started or today, today)
        return "unmet" if since > limits.first_meeting_days and ahead is None else ""
    return _since_meeting(pair, cohort, last, today, ahead, cadence_of(records, pair, cohort).days, limits)


def _since_meeting(
    pair: Pair,
    cohort: Cohort,
    last: datetime.date,
    today: datetime.date,
    ahead: datetime.date | None,
    every: int,
    limits: Thresholds,
) -> Alarm:
    """Say whether the last meeting is too long ago for a rhythm of so many days: `lapsed`, `unplanned` or empty.

    A planned meeting (`ahead`) helps only where it comes before the gap is too long anyway.
    """
    gap, line = counted(pair, cohort, last, today), limits.silence_factor * every
    if gap > line:
        return "lapsed"
    if gap <= max(limits.silence_days, every):
        return ""
    return "" if ahead is not None and counted(pair, cohort, last, ahead) <= line else "unplanned"
