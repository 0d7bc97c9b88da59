"""What an earlier calendar file said, so that the next one can say what has changed since."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar
from icalendar import Event as Entry

from toolkit.errors import ToolkitError

_SAID = ("DTSTART", "DTEND", "SUMMARY", "STATUS")
MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Earlier:
    """One entry as an earlier file has it."""

    entry: Entry
    sequence: int
    last: datetime.date

    def next_sequence(self, entry: Entry, least: int) -> int:
        """Number an entry that takes the place of this one: higher where it says something else, never lower."""
        changed = any(_said(entry, name) != _said(self.entry, name) for name in _SAID)
        return max(least, self.sequence + int(changed))

    def cancelled(self) -> Entry:
        """Give the entry as one that does not take place."""
        if str(self.entry["STATUS"]) == "CANCELLED":
            return self.entry
        for name in ("STATUS", "SEQUENCE"):
            del self.entry[name]
        self.entry.add("status", "CANCELLED")
        self.entry.add("sequence", self.sequence + 1)
        return self.entry


def read_earlier(data: bytes, product: str, name: str) -> dict[str, Earlier]:
    """Read a calendar file that the toolkit wrote, by UID; raises ToolkitError where the file is another's or broken."""
    hint = "nothing was written; move it away or choose another name with --out"
    try:
        calendar: Any = Calendar.from_ical(data) if len(data) <= MAX_BYTES else None
        if calendar is None or str(calendar.get("PRODID", "")) != product:
            raise ToolkitError(f"{name} is there already and was not written by the toolkit", hint)
        return {str(each["UID"]): _earlier(each) for each in calendar.walk("VEVENT")}
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        raise ToolkitError(f"{name} is there already and is no calendar that can be read", hint) from None


def _earlier(entry: Any) -> Earlier:
    for name in _SAID:
        _said(entry, name)  # an entry that lacks one of these is not ours
    end = entry["DTEND"].dt
    last = end.date() if isinstance(end, datetime.datetime) else end - datetime.timedelta(days=1)
    return Earlier(entry, int(entry["SEQUENCE"]), last)


def _said(entry: Any, name: str) -> bytes:
    return bytes(entry[name].to_ical())
