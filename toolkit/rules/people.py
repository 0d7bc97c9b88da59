"""Rules of people: what a profile needs for matching, and how much a mentor carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from toolkit.model import Person, Policy, Records
from toolkit.model.carried import mentees_carried
from toolkit.model.program import PAST, PEERS
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.facts import held_pairs, holds_place, in_play, is_gathering, is_under_way, open_pairs, seekers

_Has = Callable[[Person, str], bool]


@rule("role-without-profile", ERROR)
def role_without_profile(records: Records, context: Context) -> Iterator[Finding]:
    """Someone is a mentor, in a pair or by application, and their profile has no `mentor` part.

    What they offer and how many mentees they can take is unknown, so they cannot be matched and their load not seen. Of
    peers, and of the members of a community, either part of the profile is enough.

    Fix: add `mentor` to the profile, with `offers` and `capacity`.
    """
    mentors = {person for pair in open_pairs(records) for person in pair.people("mentor")}
    both = {person for pair in open_pairs(records) for person in pair.people("both")}
    for key, applications in records.applications.items():
        cohort = records.cohorts.get(key)
        if cohort is not None and cohort.status not in PAST:
            side = both if cohort.model in PEERS else mentors
            side.update(each.person for each in applications if each.role == "mentor" and in_play(each))
    for name in sorted((mentors | both) & records.people.keys()):
        person = records.people[name]
        if person.mentor is None and (name in mentors or person.mentee is None):
            yield Finding(person.at(), "this person is a mentor, and the profile has no `mentor` part")


@rule("offers-empty", WARNING)
def offers_empty(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor who is to be matched offers no topic, or a mentee seeks none.

    Matching compares what is offered with what is sought; an empty list can only be matched by chance.

    Fix: ask the person for two or three topics, and write them under `offers` or `seeks`.
    """
    for person, role in _lacking(records, _has_topics, ("offers_meet_seeks", "shared_topics")):
        if role == "mentor":
            yield Finding(person.at("mentor", "offers"), "this mentor offers no topic")
        else:
            yield Finding(person.at("mentee", "seeks"), "this mentee seeks no topic")


@rule("availability-empty", NOTE)
def availability_empty(records: Records, context: Context) -> Iterator[Finding]:
    """Someone who is to be matched names no time of the week.

    Most pairs that fail never found an hour; matching can only look for a common one where both name theirs.

    Fix: ask for three half-hours, and write them under `availability`.
    """
    for person, role in _lacking(records, _has_times, ("overlap_minutes",)):
        yield Finding(person.at(role, "availability"), f"this {role} names no time of the week")


def _lacking(records: Records, has: _Has, criteria: tuple[str, ...]) -> Iterator[tuple[Person, str]]:
    """People to be matched who lack what the policy's criteria read; a mentor without a profile is another's concern."""
    found = {}
    for application, person, policy in seekers(records):
        if _asks(policy, criteria) and not has(person, application.role):
            found[person.id, application.role] = person
    for (_, role), person in sorted(found.items()):
        if role == "mentee" or person.mentor is not None:
            yield person, role


def _asks(policy: Policy | None, criteria: tuple[str, ...]) -> bool:
    """Whether a policy counts or requires one of these; a cohort without a policy is asked for all of them."""
    if policy is None:
        return True
    counted = any(name in policy.score and policy.score[name].weight > 0 for name in criteria)
    return counted or any(set(criteria) & each.model_fields_set for each in policy.require)


def _has_topics(person: Person, role: str) -> bool:
    if role == "mentor":
        return person.mentor is not None and bool(person.mentor.offers)
    return person.mentee is not None and bool(person.mentee.seeks)


def _has_times(person: Person, role: str) -> bool:
    profile = person.mentor if role == "mentor" else person.mentee
    return profile is not None and bool(profile.availability)


@rule("topic-unknown", WARNING)
def topic_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """A profile or a pair names a topic that is on no topic list.

    An offer and a wish meet only where both use the same word; a topic of one's own meets nobody.

    Fix: choose a topic from `content/topics/`, or add this one there.
    """
    if not records.topic_lists or records.is_unreadable("topic-list"):
        return
    known = records.topics()
    message = "this topic is on no topic list"
    for person in records.people.values():
        for index, offer in enumerate(person.mentor.offers if person.mentor else ()):
            if offer.topic not in known:
                yield Finding(person.at("mentor", "offers", index), message)
        for index, seek in enumerate(person.mentee.seeks if person.mentee else ()):
            if seek.topic not in known:
                yield Finding(person.at("mentee", "seeks", index), message)
    for pair in records.pairs.values():
        for index, topic in enumerate(pair.shared_topics):
            if topic not in known:
                yield Finding(pair.at("shared_topics", index), message)


@rule("value-unknown", WARNING)
def value_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """A profile names a value that stands on none of the program's cards.

    Values are compared word for word; one that nobody else can choose is shared with nobody. The cards are the list
    `value_cards` of the settings; a program without that list takes any word.

    Fix: let the person choose from the cards, or add this one to `value_cards`.
    """
    cards = records.settings.value_cards
    for person in records.people.values() if cards else ():
        for index, value in enumerate(person.values):
            if value not in cards:
                yield Finding(person.at("values", index), "this value stands on none of the program's cards")


@rule("timezone-missing", WARNING)
def timezone_missing(records: Records, context: Context) -> Iterator[Finding]:
    """Someone takes part in a cohort that meets at a distance, and their time zone is unknown.

    Their weekly times cannot be compared with anyone's, and invitations come at the wrong hour.

    Fix: add `timezone` with an IANA name, such as `Europe/Lisbon`.
    """
    virtual = {key for key, each in records.cohorts.items() if each.modality == "virtual" and is_under_way(each)}
    found = {person for pair in open_pairs(records) if pair.cohort_key in virtual for person in pair.people()}
    found.update(each.person for key in virtual for each in records.applications.get(key, ()) if in_play(each))
    for name in sorted(found & records.people.keys()):
        if records.people[name].timezone is None:
            yield Finding(records.people[name].at(), "the cohort meets at a distance, and this time zone is unknown")


@rule("capacity-exceeded", ERROR)
def capacity_exceeded(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor has more mentees than the places they offered.

    The offer was a promise to mentees, too: time that is not there is taken from the pairs that are.

    Fix: move a mentee to another mentor, or ask the mentor and raise `capacity`.
    """
    for name, (number, pairs) in mentees_carried(held_pairs(records), context.today).items():
        person = records.people.get(name)
        if person is not None and person.mentor is not None and number > person.mentor.capacity:
            related = tuple(pair.at() for pair in pairs)
            yield Finding(
                person.at("mentor", "capacity"), "more mentees than this mentor offered places", related=related
            )


@rule("mentor-overloaded", WARNING)
def mentor_overloaded(records: Records, context: Context) -> Iterator[Finding]:
    """A mentor's places and other duties add up to more than one person can carry, or spread over three programs.

    Hidden load burns out the most willing mentors first, and it is not the same for all groups of people. The line for
    the sum is the threshold `mentor_load`. The mentors of a team carry its mentees together: each counts a share of them,
    and half of the places while the team is still to be formed.

    Fix: talk with the mentor, and lower `capacity` until the sum is bearable.
    """
    programs: dict[str, set[str]] = defaultdict(set)
    for pair in records.pairs.values():
        if holds_place(pair):
            for mentor in pair.mentors:
                programs[mentor].add(pair.origin.program)
    relief = _relief(records)
    for person in records.people.values():
        if person.mentor is None:
            continue
        load = person.mentor.capacity - relief.get(person.id, 0) + person.mentor.other_load
        if load > context.limits.mentor_load:
            yield Finding(person.at("mentor", "capacity"), "places and other duties add up to more than is bearable")
        elif len(programs[person.id]) > 2:
            yield Finding(person.at("mentor"), "this mentor works in more than two programs")


def _relief(records: Records) -> dict[str, int]:
    """How many of the places that a mentor offers the others of a team fill with them; a team has two mentors at least."""
    found: dict[str, int] = {}
    for each in chain.from_iterable(records.applications.values()):
        cohort, person = records.cohort_of(each), records.people.get(each.person)
        if cohort is not None and cohort.model == "team" and is_gathering(cohort) and in_play(each):
            found[each.person] = person.mentor.capacity // 2 if person is not None and person.mentor is not None else 0
    for pair in open_pairs(records):
        if pair.model == "team":
            roles = {member.person: member.role for member in pair.members if member.left is None}
            mentors = [name for name, role in roles.items() if role == "mentor"]
            mentees = len(roles) - len(mentors)
            found.update((name, mentees - -(-mentees // len(mentors))) for name in mentors)
    return found


RULES: tuple[Rule, ...] = (
    role_without_profile,
    offers_empty,
    availability_empty,
    topic_unknown,
    value_unknown,
    timezone_missing,
    capacity_exceeded,
    mentor_overloaded,
)
