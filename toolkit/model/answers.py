"""Who waits for an answer: concerns, red check-ins without a next step, and objections; for rules and status."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model.application import Objection, PrivateApplication
from toolkit.model.care import CheckIn, CheckIns, Concern
from toolkit.model.records import Records


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
