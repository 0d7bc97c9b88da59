"""Facts that several rules ask of the records: which pairs count, who is in them, how long ago something was."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

from toolkit.model import Application, Cohort, Pair, Person, Policy, Program, Records
from toolkit.model.program import PAST
from toolkit.model.rhythm import LIVE, OVER

FORMER = "former-member"
"""The id that stands for a person whose data were erased."""

_IN_PLAY = ("submitted", "screening", "accepted", "waitlisted")


def months_since(day: datetime.date, today: datetime.date) -> int:
    """Whole months between two days."""
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def is_active(pair: Pair) -> bool:
    """Whether a pair is at work: active, and neither paused nor about to close."""
    return pair.status == "active"


def holds_place(pair: Pair) -> bool:
    """Whether a pair takes up its mentor's time: active, paused or about to close."""
    return pair.status in LIVE


def is_open(pair: Pair) -> bool:
    """Whether a pair is anything but closed or objected to; a proposal is open."""
    return pair.status not in OVER


def is_youth(program: Program | None) -> bool:
    """Whether minors take part, which makes several rules graver."""
    return program is not None and (program.context == "youth" or program.privacy.minors)


def is_under_way(cohort: Cohort) -> bool:
    """Whether a cohort is neither over nor only planned."""
    return cohort.status in ("recruiting", "matching", "running", "closing")


def is_gathering(cohort: Cohort) -> bool:
    """Whether a cohort still takes people in or forms its pairs."""
    return cohort.status in ("planning", "recruiting", "matching")


def in_play(application: Application) -> bool:
    """Whether an application was handed in and neither declined nor withdrawn."""
    return application.status in _IN_PLAY


def open_pairs(records: Records) -> Iterator[Pair]:
    """The pairs that are not over."""
    return (pair for pair in records.pairs.values() if is_open(pair))


def held_pairs(records: Records) -> Iterator[Pair]:
    """The pairs that take up their mentors' time."""
    return (pair for pair in records.pairs.values() if holds_place(pair))


def pairs_by_cohort(records: Records) -> dict[str, list[Pair]]:
    """All pairs by the key of their cohort."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in records.pairs.values():
        found[pair.cohort_key].append(pair)
    return found


def seekers(records: Records) -> Iterator[tuple[Application, Person, Policy | None]]:
    """Who is to be matched: applications in play in cohorts that still form pairs, with profile and policy.

    A cohort whose policy exists and could not be read is left out: nobody knows what it asks for.
    """
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        if cohort is None or not is_gathering(cohort):
            continue
        if records.is_unreadable("matching-policy", below=cohort.folder):
            continue
        for each in applications:
            person = records.people.get(each.person)
            if person is not None and in_play(each):
                yield each, person, records.policies.get(key)


def taking_part(records: Records) -> dict[str, tuple[str, ...]]:
    """The people who are in a pair that is not over, or accepted into a cohort that is not over: id to program ids."""
    found: dict[str, set[str]] = defaultdict(set)
    for pair in open_pairs(records):
        for person in pair.people():
            found[person].add(pair.origin.program)
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        if cohort is not None and cohort.status in PAST:
            continue
        for each in applications:
            if each.status == "accepted":
                found[each.person].add(each.origin.program)
    return {person: tuple(sorted(programs)) for person, programs in sorted(found.items())}
