"""What of a world stands in a calendar: the days of a cohort, the meetings and milestones of a pair.

A calendar lies on servers and phones that others look at: no goal, no action and no word of a note is in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from toolkit.model.event import Event
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


def cohort_agenda(world: World, cohort: View, speech: Speech) -> tuple[Event, ...]:
    """Give the dates of a cohort, and those of its pairs as far as this audience may read them."""
    title = cohort.title or f"{cohort.program} {cohort.id}"
    found = [
        Event(f"{cohort.key}#{_key(each)}", speech.named(title, each.what), each.on, cohort.starts, each.until)
        for each in cohort.dates
    ]
    for pair in world.pairs_of(cohort.key):
        found.extend(pair_agenda(world, pair, speech))
    return _sorted(found)


def pair_agenda(world: World, pair: View, speech: Speech) -> tuple[Event, ...]:
    """Give the meetings of a pair, the reviews of its agreement and its last day, as far as they may be read."""
    return _sorted([*_meetings(world, pair, speech), *_milestones(world, pair, speech)])


def _sorted(events: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda each: (each.on, each.title, each.key)))


def _meetings(world: World, pair: View, speech: Speech) -> Iterator[Event]:
    """Each noted meeting, and the one that the last note plans.

    A meeting's key is the note before it: so it is the same entry when it is planned, moved and noted.
    """
    notes = [note for note in world.of(pair.key).sessions if note.date]
    before, stamp, title = "start", pair.proposed_on, _title("meeting", pair, speech)
    for note in notes:
        start = _start(world, pair, note)
        off = note.date > world.today and _is_off(pair, note.date)
        yield Event(
            f"{pair.key}#after-{before}",
            title,
            note.date,
            note.date if note.date <= world.today else stamp or world.today,
            start=start,
            minutes=note.minutes or 60,
            revision=_changes(pair, world.today) + (0 if off else 1),
            cancelled=off,
        )
        before, stamp = note.id, note.date
    last = notes[-1] if notes else None
    if last is not None and last.next and last.next > last.date:
        off = last.next > world.today and _is_off(pair, last.next)
        revision = _changes(pair, world.today)
        yield Event(f"{pair.key}#after-{before}", title, last.next, last.date, revision=revision, cancelled=off)


def _title(kind: str, pair: View, speech: Speech) -> str:
    return str(speech.table["agenda"][kind]).format(names=pair.display)


def _key(date: View) -> str:
    """What a date of a cohort is known by, whatever the language."""
    return f"{date.kind}-{date.name}" if date.name else str(date.kind)


def _start(world: World, pair: View, note: View) -> datetime.datetime | None:
    """The moment at which a meeting began: its time of day where its leader lives, or else the mentor."""
    if not note.start:
        return None
    gives = [each.person for each in pair.members if each.role in ("mentor", "both", "facilitator")]
    people = (world.person(ident) for ident in (note.lead, *gives))
    zone = next((each.timezone for each in people if each is not None and each.timezone), None)
    if zone is None:
        return None
    local = datetime.datetime.combine(note.date, datetime.time.fromisoformat(note.start), ZoneInfo(zone))
    return local.astimezone(datetime.UTC)


def _is_off(pair: View, day: datetime.date) -> bool:
    """Whether what was planned for a day does not take place: the pair is closed, or pauses on that day."""
    if pair.status == "closed":
        return True
    resumed = [each.resume for each in pair.pauses if each.start and each.start <= day]
    return any(resume is None or day < resume for resume in resumed) if pair.status == "paused" else False


def _changes(pair: View, today: datetime.date) -> int:
    """Count what has happened to the pair's plans: each pause, each resumption, the end."""
    begun = [each for each in pair.pauses if each.start and each.start <= today]
    resumed = sum(1 for each in begun if each.resume and each.resume <= today)
    return len(begun) + resumed + (1 if pair.status == "closed" else 0)


def _milestones(world: World, pair: View, speech: Speech) -> Iterator[Event]:
    agreement = world.of(pair.key).agreement
    if agreement is None:
        return
    days = [each.on for each in (*agreement.signed, *agreement.amendments) if each.on and each.on <= world.today]
    stamp, off = max(days, default=pair.proposed_on or world.today), pair.status == "closed"
    for number, day in enumerate(sorted(agreement.review_on), 1):
        title = _title("review", pair, speech)
        cancelled = off and day > world.today
        yield Event(f"{pair.key}#review-{number}", title, day, stamp, revision=int(cancelled), cancelled=cancelled)
    last = pair.ended or agreement.ends_on
    if last:
        yield Event(f"{pair.key}#end", _title("end", pair, speech), last, stamp, revision=int(off))
