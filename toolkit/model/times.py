"""Weekly times of people in different time zones, as minutes of one and the same week, so that they can be compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

DAY = 24 * 60
WEEK = 7 * DAY
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}

Minutes = tuple[tuple[int, int], ...]
"""Stretches of a week as (start, end) in minutes after Monday 00:00 UTC, sorted, apart, the end exclusive."""


def first_monday(day: datetime.date) -> datetime.date:
    """The first Monday on or after a day: with a cohort's first day, the week in which times are compared."""
    return day + datetime.timedelta(days=-day.weekday() % 7)


def weekly_minutes(person_slots: Iterable[str], zone: str, monday: datetime.date) -> Minutes:
    """Turn weekly times such as `tue 17:00-19:00` in an IANA zone into minutes of the UTC week of that Monday.

    Each slot is placed on its own day of the stated week, so that a change of the clocks in that week counts from the
    day on which it happens; what falls before or after the UTC week is taken round to its other end.
    """
    where = ZoneInfo(zone)
    origin = datetime.datetime.combine(monday, datetime.time(), datetime.UTC)
    parts: list[tuple[int, int]] = []
    for slot in person_slots:
        weekday, _, hours = slot.partition(" ")
        first, _, last = hours.partition("-")
        day = monday + datetime.timedelta(days=_WEEKDAYS[weekday])
        parts.extend(_around(_minute(day, first, where, origin), _minute(day, last, where, origin)))
    return _joined(parts)


def dated_minutes(person_slots: Iterable[str], zone: str, first: datetime.date, days: int) -> Minutes:
    """Turn weekly times into minutes after a day's 00:00 UTC, on each of so many local days from that day on.

    Unlike the minutes of one week these are not taken round: each day has the clock that it has in that zone.
    """
    where = ZoneInfo(zone)
    origin = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    parts: list[tuple[int, int]] = []
    for slot in person_slots:
        weekday, _, hours = slot.partition(" ")
        start, _, end = hours.partition("-")
        ahead = (_WEEKDAYS[weekday] - first.weekday()) % 7
        for offset in range(ahead, days, 7):
            day = first + datetime.timedelta(days=offset)
            parts.append((_minute(day, start, where, origin), _minute(day, end, where, origin)))
    return _joined([part for part in parts if part[0] < part[1]])


def overlap(a: Minutes, b: Minutes) -> int:
    """Count the minutes a week that two people have in common."""
    total = i = j = 0
    while i < len(a) and j < len(b):
        total += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    return total


def common(a: Minutes, b: Minutes) -> Minutes:
    """Give the stretches that two people have in common, for a group or a team."""
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if start < end:
            found.append((start, end))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def _minute(day: datetime.date, time: str, zone: ZoneInfo, origin: datetime.datetime) -> int:
    """Minutes from the origin to a local time; 24:00 is midnight at the day's end."""
    if time == "24:00":
        day, time = day + datetime.timedelta(days=1), "00:00"
    local = datetime.datetime.combine(day, datetime.time(int(time[:2]), int(time[3:])), zone)
    return int((local - origin).total_seconds()) // 60


def _around(start: int, end: int) -> list[tuple[int, int]]:
    """Take a stretch round the end of the week; one that the clock skipped (in spring) is none."""
    if start >= end:
        return []
    start, end = start % WEEK, start % WEEK + (end - start)
    return [(start, end)] if end <= WEEK else [(start, WEEK), (0, end - WEEK)]


def _joined(parts: list[tuple[int, int]]) -> Minutes:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
