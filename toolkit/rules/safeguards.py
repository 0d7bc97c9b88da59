"""Rules that protect people in pairs: guardians of minors, checks of mentors, and training. All read private/."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.diagnostics import Place
from toolkit.model import Pair, PrivatePerson, Program, Records
from toolkit.model.pair import GIVING
from toolkit.model.people import trained_on
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import is_active, is_youth, months_since, taking_part


@rule("minor-without-guardian", ERROR, private=True)
def minor_without_guardian(records: Records, context: Context) -> Iterator[Finding]:
    """A person under the age line takes part, and no guardian has consented.

    Only a guardian can agree on behalf of a minor. Only the year of birth is kept, so in the year of the birthday the
    finding is a warning.

    Fix: ask the guardian, and write `guardian` with `consent_on`; until then the person does not take part.
    """
    for name, programs in taking_part(records).items():
        private = records.private_people.get(name)
        lines = [records.programs[each].privacy.age_line for each in programs if each in records.programs]
        if private is None or private.birth_year is None or not lines or _guarded(private, context.today):
            continue
        age = context.today.year - private.birth_year
        if age < max(lines):
            yield Finding(private.at("birth_year"), "this person takes part, and no guardian has consented")
        elif age == max(lines):
            message = "this person may still be under the age line, and no guardian has consented"
            yield Finding(private.at("birth_year"), message, severity=WARNING)


def _guarded(private: PrivatePerson, today: datetime.date) -> bool:
    agreed = private.guardian.consent_on if private.guardian else None
    return agreed is not None and agreed <= today


@rule("screening-missing", ERROR, private=True)
def screening_missing(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor works with young people, or in a cohort that asks for checks, and has passed none.

    Nobody is alone with a young person before someone has looked into their record.

    Fix: pause the pair now, and write the check under `screening` once it is passed.
    """
    for _, place, private in _screened_mentors(records):
        if private is None or not any(each.result == "cleared" for each in private.screening):
            yield Finding(private.at("screening") if private else place, "a mentor at work has passed no check")


@rule("screening-expired", ERROR, private=True)
def screening_expired(records: Records, context: Context) -> Iterator[Finding]:
    """The check of a mentor who works with young people is out of date.

    What was true three years ago says little about today.

    Fix: renew the check before the next meeting.
    """
    for _, _, private in _screened_mentors(records):
        cleared = [
            (each.expires, index)
            for index, each in enumerate(private.screening if private else ())
            if each.result == "cleared"
        ]
        dated = [(expires, index) for expires, index in cleared if expires is not None]
        if private and dated and len(dated) == len(cleared) and max(dated)[0] < context.today:
            place = private.at("screening", max(dated)[1], "expires")
            yield Finding(place, "the check of a mentor at work has expired")


@rule("mentor-untrained", WARNING, private=True)
def mentor_untrained(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor is at work and has not taken the training that the cohort asks for.

    Good will does not replace preparation: the first meetings decide whether a pair lasts.

    Fix: train the mentor within two weeks, or pause the pair.
    """
    for pair, place, private in _mentors_at_work(records):
        cohort = records.cohort_of(pair)
        if cohort is None or not cohort.training.required:
            continue
        taken, asked = private.training if private else (), cohort.training
        if trained_on(taken, asked.required, asked.hours_min, context.today) is None:
            severity = ERROR if is_youth(records.program_of(pair)) else None
            where = private.at("training") if private else place
            yield Finding(where, "a mentor at work lacks the training that the cohort asks for", severity=severity)


@rule("training-stale", NOTE, private=True)
def training_stale(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor at work took their latest training long ago.

    Programs change, and habits return; a refresher is also where mentors meet each other. The line is the threshold
    `training_months`.

    Fix: offer a refresher, and write it under `training`.
    """
    seen = set()
    for _, _, private in _mentors_at_work(records):
        if private is None or not private.training or private.id in seen:
            continue
        seen.add(private.id)
        latest, index = max((each.on, index) for index, each in enumerate(private.training))
        if months_since(latest, context.today) >= context.limits.training_months:
            yield Finding(private.at("training", index, "on"), "the latest training of this mentor is long ago")


def _screened_mentors(records: Records) -> Iterator[tuple[Pair, Place, PrivatePerson | None]]:
    """Mentors at work whose program or policy asks for checks."""
    for pair, place, private in _mentors_at_work(records):
        program: Program | None = records.program_of(pair)
        policy = records.policies.get(pair.cohort_key)
        if is_youth(program) or (policy is not None and any(each.screened for each in policy.require)):
            yield pair, place, private


def _mentors_at_work(records: Records) -> Iterator[tuple[Pair, Place, PrivatePerson | None]]:
    """Mentors of active pairs, once for each cohort, with their place in the pair and their private record."""
    seen = set()
    for pair in records.pairs.values():
        for index, member in enumerate(pair.members if is_active(pair) else ()):
            key = (pair.cohort_key, member.person)
            if member.role not in GIVING or member.left is not None or key in seen:
                continue
            seen.add(key)
            if member.person in records.people and not records.is_unreadable("private-person", member.person):
                yield pair, pair.at("members", index, "person"), records.private_people.get(member.person)


RULES: tuple[Rule, ...] = (
    minor_without_guardian,
    screening_missing,
    screening_expired,
    mentor_untrained,
    training_stale,
)
