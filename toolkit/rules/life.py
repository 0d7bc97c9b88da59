"""What rules ask of a pair's life: who is in it now, when it met, which days count, and which alarm it gives."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from toolkit.model import Cohort, Member, Pair, Records
from toolkit.model.rhythm import cadence_of, counted, held, notes_until, planned
from toolkit.rules.base import Context

__all__ = ["LIVE", "Alarm", "alarm", "counted", "end_of", "held", "last_trace", "live", "notes_until", "present"]

LIVE = ("active", "paused", "closing")
"""States of a pair that has begun and is not over."""

Alarm = Literal["silent", "ended", "unmet", "lapsed", "unplanned", ""]


def live(records: Records, *states: str) -> Iterator[Pair]:
    """The pairs that have begun and are not over, or those in the given states."""
    wanted = states or LIVE
    return (pair for pair in records.pairs.values() if pair.status in wanted)


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
    days.extend(entry.on for goal in records.goals.get(pair.pair_key, ()) for entry in goal.progress)
    agreement = records.agreements.get(pair.pair_key)
    if agreement is not None:
        days.extend(each.on for each in agreement.signed)
        days.extend(each.on for each in agreement.amendments)
    return max((day for day in days if day <= today), default=days[0])


def alarm(records: Records, context: Context, pair: Pair) -> Alarm:
    """Say what a coordinator should know of a pair's silence today: the strongest of the alarms, never two.

    Quiet where a file of the pair or its cohort could not be read: what is missing there may stand in it.
    """
    if pair.status not in LIVE or pair.started is None or pair.started > context.today:
        return ""
    cohort = records.cohort_of(pair)
    if cohort is None or not records.is_whole(pair):
        return ""
    limits, today = context.limits, context.today
    end = end_of(records, pair, cohort)
    active = pair.status == "active"
    if active and counted(pair, cohort, last_trace(records, pair, today), today) > limits.silent_pair_days:
        return "silent"
    if end is not None and today > end:
        return "ended" if (today - end).days > limits.close_days else ""
    return _meetings(records, context, pair, cohort) if active and pair.model != "flash" else ""


def _meetings(records: Records, context: Context, pair: Pair, cohort: Cohort) -> Alarm:
    limits, today = context.limits, context.today
    notes = notes_until(records, pair, today)
    ahead = planned(notes, today)
    last = next((note.date for note in reversed(notes) if held(note)), None)
    if last is None:
        since = counted(pair, cohort, pair.started or today, today)
        return "unmet" if since > limits.first_meeting_days and ahead is None else ""
    gap, cadence = counted(pair, cohort, last, today), cadence_of(records, pair, cohort).days
    line = limits.silence_factor * cadence
    if gap > line:
        return "lapsed"
    if gap <= max(limits.silence_days, cadence):
        return ""
    return "" if ahead is not None and counted(pair, cohort, last, ahead) <= line else "unplanned"
