"""From events to the bytes of an .ics file: the same events give the same bytes, on any machine and day."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable, Mapping

from icalendar import Calendar
from icalendar import Event as Entry

from toolkit.calendars.earlier import Earlier
from toolkit.model.event import Event

PRODUCT = "-//mentoring-toolkit//calendar//EN"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_ONE_DAY = datetime.timedelta(days=1)


def to_ics(
    events: Iterable[Event], name: str, today: datetime.date, earlier: Mapping[str, Earlier] | None = None
) -> bytes:
    """Write a calendar of this name.

    `earlier` are the entries of the file that this one replaces, by UID: what changed since is numbered higher, and what was
    planned for a day to come and is gone is cancelled.
    """
    before = dict(earlier or {})
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    for event in events:
        calendar.add_component(_entry(event, before.pop(uid_of(event.key), None)))
    for _, gone in sorted(before.items()):
        if gone.last >= today:
            calendar.add_component(gone.cancelled())
    return bytes(calendar.to_ical())


def uid_of(key: str) -> str:
    """Give the UID of a key: always the same, and telling nothing of the ids that it is made of."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"mentoring-toolkit:{key}"))


def clean(text: str) -> str:
    """Put a text on one line, without what a line break or a hidden character could do to a calendar."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _entry(event: Event, before: Earlier | None) -> Entry:
    entry = Entry()
    entry.add("uid", uid_of(event.key))
    entry.add("dtstamp", datetime.datetime.combine(event.stamp, datetime.time(), datetime.UTC))
    if event.start is not None:
        entry.add("dtstart", event.start)
        entry.add("dtend", event.start + datetime.timedelta(minutes=event.minutes))
    else:
        entry.add("dtstart", event.on)
        entry.add("dtend", (event.until or event.on) + _ONE_DAY)
        entry.add("transp", "TRANSPARENT")
    entry.add("summary", clean(event.title))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("sequence", event.revision if before is None else before.next_sequence(entry, event.revision))
    return entry
