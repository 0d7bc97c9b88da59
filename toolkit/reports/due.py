"""What expires in the next fortnight: reviews, ends, pauses, consents, surveys, checks and training."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model import Cohort, Pair, Records
from toolkit.model.rhythm import LIVE, end_of
from toolkit.reports.calls import name

FORTNIGHT = datetime.timedelta(days=14)


class Due(NamedTuple):
    """A day, what is due on it, and for whom: pairs, people or the cohort."""

    on: datetime.date
    what: str
    who: tuple[str, ...]


def due(records: Records, cohorts: tuple[Cohort, ...], today: datetime.date) -> tuple[Due, ...]:
    """What is due from today to the fourteenth day, in the order of the days; what falls together is one line."""
    found: dict[tuple[datetime.date, str], set[str]] = {}
    for on, what, who in _all(records, cohorts, today):
        if today <= on <= today + FORTNIGHT:
            found.setdefault((on, what), set()).add(who)
    return tuple(Due(on, what, tuple(sorted(who))) for (on, what), who in sorted(found.items()))


def _all(
    records: Records, cohorts: tuple[Cohort, ...], today: datetime.date
) -> Iterator[tuple[datetime.date, str, str]]:
    people: set[str] = set()
    for cohort in cohorts:
        yield from _of_cohort(cohort)
        for pair in records.pairs_of(cohort.cohort_key):
            if pair.status in LIVE:
                yield from _of_pair(records, pair, cohort)
                people.update(pair.people())
        people.update(each.person for each in records.applications.get(cohort.cohort_key, ()))
    for person in sorted(people):
        yield from _of_person(records, person)


def _of_cohort(cohort: Cohort) -> Iterator[tuple[datetime.date, str, str]]:
    key = cohort.cohort_key
    yield cohort.starts, "cohort begins", key
    yield cohort.ends, "cohort ends", key
    if cohort.applications:
        yield cohort.applications.open, "applications open", key
        yield cohort.applications.close, "applications close", key
    if cohort.rematch_until:
        yield cohort.rematch_until, "last day for a change of pair without questions", key
    for wave in cohort.waves:
        yield wave.opens, "survey opens", wave.id
        yield wave.closes, "survey closes", wave.id


def _of_pair(records: Records, pair: Pair, cohort: Cohort) -> Iterator[tuple[datetime.date, str, str]]:
    end = end_of(records, pair, cohort)
    if end is not None and end != cohort.ends:
        yield end, "pair ends", pair.id
    agreement = records.agreements.get(pair.pair_key)
    for day in agreement.review_on if agreement else ():
        yield day, "agreement review", pair.id
    for pause in pair.pauses if pair.status == "paused" else ():
        if pause.resume is not None:
            yield pause.resume, "pause ends", pair.id


def _of_person(records: Records, person: str) -> Iterator[tuple[datetime.date, str, str]]:
    """Consents, training and checks; of a check nothing is said but whose file it stands in."""
    found, private = records.people.get(person), records.private_people.get(person)
    for consent in found.consents if found else ():
        if consent.until is not None:
            yield consent.until, f"consent ends ({consent.what})", name(records, person)
    months = records.settings.thresholds.training_months
    if private and private.training:
        last = max(each.on for each in private.training)
        yield last + datetime.timedelta(days=round(months * 30.44)), "training gets old", name(records, person)
    for check in private.screening if private else ():
        if check.expires is not None and check.result == "cleared":
            yield check.expires, "to renew", private.path if private else person
