"""When the members of a pair are free together: on real days, with the clocks that their places have on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from toolkit.model import Person, Records
from toolkit.model.rhythm import ONE_DAY
from toolkit.model.times import Minutes, common, dated_minutes
from toolkit.scaffold.forms import filled, folded
from toolkit.scaffold.known import Known
from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Free:
    """A stretch in which all are free: in UTC, and as (name, start, end) in the time of each member's place."""

    start: datetime.datetime
    minutes: int
    local: tuple[tuple[str, datetime.datetime, datetime.datetime], ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """The common times of a pair; `missing` names who has no weekly times, or no time zone, or neither."""

    free: tuple[Free, ...]
    missing: tuple[tuple[str, bool, bool], ...]
    changes: tuple[tuple[str, datetime.date], ...]


def common_slots(records: Records, known: Known, weeks: int) -> Slots:
    """Find the common times of the members from today on; those who lack what it takes are named and left out."""
    usable: list[tuple[str, str, tuple[str, ...]]] = []
    missing: list[tuple[str, bool, bool]] = []
    for who in known.members:
        person = records.people.get(who)
        times = _times(person, known, who) if person else ()
        zone = person.timezone if person else None
        if zone and times:
            usable.append((known.names[who], zone, times))
        else:
            missing.append((known.names[who], not times, not zone))
    free = tuple(_free(usable, known.today, weeks * 7)) if len(usable) > 1 and not missing else ()
    return Slots(free, tuple(missing), tuple(_changes(usable, known.today, weeks * 7)))


def _times(person: Person, known: Known, who: str) -> tuple[str, ...]:
    """The weekly times of a person in their role here, else those of the other role."""
    giving = person.mentor.availability if person.mentor else ()
    taking = person.mentee.availability if person.mentee else ()
    return (giving or taking) if who in known.pair.mentors else (taking or giving)


def _free(usable: list[tuple[str, str, tuple[str, ...]]], today: datetime.date, days: int) -> Iterator[Free]:
    """Each common stretch that begins on one of these days where the first member lives."""
    first = today - ONE_DAY  # elsewhere it may still be the day before, or already the day after
    each = [dated_minutes(times, zone, first, days + 3) for _, zone, times in usable]
    shared: Minutes = reduce(common, each)
    origin = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    for begin, end in shared:
        start, stop = (origin + datetime.timedelta(minutes=minute) for minute in (begin, end))
        local = tuple(
            (name, start.astimezone(ZoneInfo(zone)), stop.astimezone(ZoneInfo(zone))) for name, zone, _ in usable
        )
        if today <= local[0][1].date() < today + datetime.timedelta(days=days):
            yield Free(start, end - begin, local)


def _changes(
    usable: list[tuple[str, str, tuple[str, ...]]], today: datetime.date, days: int
) -> Iterator[tuple[str, datetime.date]]:
    """The days on which the clocks change where a member lives."""
    for zone in sorted({zone for _, zone, _ in usable}):
        noons = [_noon(today + datetime.timedelta(days=offset), zone) for offset in range(-1, days)]
        for before, after in pairwise(noons):
            if before.utcoffset() != after.utcoffset():
                yield zone, after.date()


def _noon(day: datetime.date, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), ZoneInfo(zone))


def shown(workspace: Workspace, slots: Slots, known: Known) -> str:
    """Write the common times for a terminal: each stretch with the day and the time of each member."""
    values = {
        "missing": slots.missing,
        "free": [_stretch(each, known) for each in slots.free],
        "changes": slots.changes,
        "width": max(len(known.names[who]) for who in known.members),
    }
    return folded(filled(workspace, "slots.{}.txt", known.language, values))


def _stretch(free: Free, known: Known) -> dict[str, Any]:
    day = free.local[0][1].date()
    breaks = known.cohort.breaks if known.cohort else ()
    return {
        "minutes": free.minutes,
        "short": free.minutes < known.cadence.minutes,
        "pause": next((each.name for each in breaks if each.start <= day <= each.end), ""),
        "local": [
            {
                "weekday": start.weekday(),
                "day": start.date(),
                "start": f"{start:%H:%M}",
                "end": f"{end:%H:%M}",
                "name": name,
            }
            for name, start, end in free.local
        ],
    }
