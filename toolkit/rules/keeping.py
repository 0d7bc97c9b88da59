"""What is told about people and how long it is kept: stories with everybody's consent, and records past their term."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.model import Cohort, Pair, Records, Story
from toolkit.rules.base import ERROR, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import months_since


@rule("story-without-consent", ERROR, privacy=True)
def story_without_consent(records: Records, context: Context) -> Iterator[Finding]:
    """A story names somebody who has not agreed to it, or no longer does.

    It takes two things of each person: the consent `story` in the profile, which holds today, and a line under `consent`
    in the story, which says that they have read this text. Until then nobody but the staff sees it. People whose full
    display name stands in the text are to be listed under `by` or `about`.

    Fix: ask everybody who is named, or take them out of the story.
    """
    for group in records.stories.values():
        for story in group:
            if story.until is None or story.until >= context.today:
                yield from _unagreed(records, context.today, story)
                yield from _unlisted(records, story)


def _unagreed(records: Records, today: datetime.date, story: Story) -> Iterator[Finding]:
    read = {each.person for each in story.consent if each.on <= today}
    listed = [(story.by, ("by",)), *((who, ("about", index)) for index, who in enumerate(story.about))]
    for person, route in listed:
        if person not in records.people:
            continue
        if not records.consents(person, "story", today):
            yield Finding(story.at(*route), "this person's profile holds no consent to stories today")
        elif person not in read:
            yield Finding(story.at(*route), "nothing says that this person has read the story and agreed to it")


def _unlisted(records: Records, story: Story) -> Iterator[Finding]:
    """Full names in the text of people who are not listed."""
    source = story.origin.source
    names = [who.name for who in records.people.values() if " " in who.name and who.id not in story.named]
    for number, line in enumerate(source.body.split("\n") if source else (), source.body_line if source else 1):
        if any(name in line for name in names):
            yield Finding(story.at_line(number), "a person is named here who is not listed in this story")


@rule("retention-expired", WARNING)
def retention_expired(records: Records, context: Context) -> Iterator[Finding]:
    """Personal records are kept longer than the program promised.

    The privacy notice names a number of months after the end of a cohort; with people joining at any time they count from
    the end of each pair. What is kept beyond is a broken promise, and the first thing to leak. Agreements, goals, notes,
    observations, feedback and applications count, and the profiles of people who took part in nothing since.

    Fix: delete these files, and ask whoever keeps the repository to take them out of its history.
    """
    needed: set[str] = set()
    past: set[str] = set()
    for key, cohort in records.cohorts.items():
        program = records.program_of(cohort)
        months = program.privacy.retention_months if program else None
        held = 0
        for people, ended, files in _parts(records, key, cohort):
            over = months is not None and ended is not None and months_since(ended, context.today) >= months
            (past if over else needed).update(people)
            held += files if over else 0
        if held:
            message = f"{held} records of people are kept beyond the promised term" if held > 1 else _ONE
            yield Finding(cohort.at("ends"), message)
    for person in sorted((past - needed) & records.people.keys()):
        yield Finding(records.people[person].at(), "this profile is kept beyond the promised term")


_ONE = "a record of people is kept beyond the promised term"
_Part = tuple[tuple[str, ...], datetime.date | None, int]


def _parts(records: Records, key: str, cohort: Cohort) -> Iterator[_Part]:
    """Who took part in a cohort: people, the day from which the term counts, and how many records are held of them."""
    for pair in records.pairs_of(key):
        yield pair.people(), pair.ended if cohort.rolling else cohort.ends, _files(records, pair)
    for each in records.applications.get(key, ()):
        yield (each.person,), each.submitted if cohort.rolling else cohort.ends, 1


def _files(records: Records, pair: Pair) -> int:
    """How many records beside the pair itself and its ending are held."""
    key = pair.pair_key
    many = (records.goals, records.sessions, records.observations, records.feedback)
    return (key in records.agreements) + sum(len(each.get(key, ())) for each in many)


RULES: tuple[Rule, ...] = (story_without_consent, retention_expired)
