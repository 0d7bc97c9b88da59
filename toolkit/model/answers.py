"""Who waits for an answer or a contact: concerns, red check-ins without a next step, objections; for rules and figures."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.model.application import Objection, PrivateApplication
from toolkit.model.care import CheckIn, CheckIns, Concern
from toolkit.model.pair import Member, Pair
from toolkit.model.records import Records
from toolkit.model.rhythm import counted, present

_FIRST_MONTH, _CLOSE, _USUAL = 30, 15, 31
"""Each side is contacted twice in the first month of a pair, and once a month afterwards."""

ContactDays = Mapping[tuple[str, str | None, str], tuple[datetime.date, ...]]
"""The days of contacts by cohort, pair (None for a contact about no pair in particular) and person."""


class Contact(NamedTuple):
    """One check-in with the file it stands in and its place in the list."""

    month: CheckIns
    place: int
    entry: CheckIn


class Said(NamedTuple):
    """One objection with the private file it stands in and its place in the list."""

    file: PrivateApplication
    place: int
    entry: Objection


def objections(records: Records, cohort_key: str) -> tuple[Said, ...]:
    """The objections of a cohort that wait for an answer, the oldest first."""
    found = (
        Said(file, index, entry)
        for file in records.private_applications.get(cohort_key, ())
        for index, entry in enumerate(file.objections)
        if entry.answered is None
    )
    return tuple(sorted(found, key=lambda each: (each.entry.on, each.file.person, each.file.role, each.place)))


def working_days(start: datetime.date, end: datetime.date) -> int:
    """Count the days from Monday to Friday after `start` up to `end`; holidays differ by place and are not known."""
    weeks, rest = divmod(max((end - start).days, 0), 7)
    return weeks * 5 + sum((start.weekday() + step) % 7 < 5 for step in range(1, rest + 1))


def contacts(records: Records, cohort_key: str) -> tuple[Contact, ...]:
    """All check-ins of a cohort, the oldest first."""
    found = (
        Contact(month, index, entry)
        for month in records.check_ins.get(cohort_key, ())
        for index, entry in enumerate(month.check_ins)
    )
    return tuple(sorted(found, key=lambda each: (each.entry.on, each.month.id, each.place)))


def contact_days(records: Records) -> ContactDays:
    """All check-ins by whom they were with and about."""
    found = defaultdict(list)
    for key in records.check_ins:
        for _, _, entry in contacts(records, key):
            found[key, entry.pair, entry.person].append(entry.on)
    return {key: tuple(days) for key, days in found.items()}


def contacted(days: ContactDays, pair: Pair, person: str, today: datetime.date) -> tuple[datetime.date, ...]:
    """The days up to today on which the staff spoke with a member since the pair began, about it or about no pair."""
    keys = ((pair.cohort_key, pair.id, person), (pair.cohort_key, None, person))
    start = pair.started or today
    return tuple(sorted(day for key in keys for day in days.get(key, ()) if start <= day <= today))


def uncontacted(records: Records, days: ContactDays, pair: Pair, today: datetime.date) -> tuple[Member, ...]:
    """The members of a pair that has begun who should have been contacted since the last contact with each of them."""
    cohort, started = records.cohort_of(pair), pair.started
    if cohort is None or started is None:
        return ()
    line = _CLOSE if (today - started).days <= _FIRST_MONTH else _USUAL
    return tuple(
        member
        for member in present(pair, today)
        if counted(pair, cohort, max(contacted(days, pair, member.person, today), default=started), today) > line
    )


def unanswered(records: Records, today: datetime.date, days: int) -> Iterator[Concern]:
    """The open concerns that wait for a first answer longer than so many working days, by id."""
    for concern in records.concerns.values():
        waits = concern.answered is None and concern.closed is None
        if waits and working_days(concern.opened, today) > days:
            yield concern


def escalated(records: Records, today: datetime.date, days: int) -> Iterator[Contact]:
    """The red check-ins without a next step after so many working days; a later contact with the person is one."""
    for key in records.check_ins:
        later: set[str] = set()
        for each in reversed(contacts(records, key)):
            entry = each.entry
            stuck = entry.status == "red" and entry.next is None and entry.person not in later
            if stuck and working_days(entry.on, today) > days:
                yield each
            if entry.on <= today:
                later.add(entry.person)
