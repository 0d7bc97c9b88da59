"""Who is to be matched: the accepted people of a cohort, each with the records that matching reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from toolkit.model import Application, Pair, Person, PrivateApplication, PrivatePerson, Records

HOLDS_PLACE = ("accepted", "active", "paused", "closing")
"""The states of a pair that take up a mentor's place; a proposal takes none, it can be made anew."""
OVER = ("closed", "objected")


@dataclass(frozen=True, slots=True)
class Taker:
    """One accepted person in one role."""

    person: Person
    application: Application
    private: PrivatePerson | None
    private_application: PrivateApplication | None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.application.person


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An accepted person who cannot be matched at all, and why."""

    person: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pool:
    """The mentees and mentors of one cohort, each by id; who cannot take part; how many need not.

    `carried` counts the pairs in which a person holds a mentor's place today, in any cohort. `placed` mentees have a
    pair in this cohort already; `undecided` applications are not accepted, declined or withdrawn yet.
    """

    mentees: tuple[Taker, ...]
    mentors: tuple[Taker, ...]
    left_out: tuple[LeftOut, ...]
    carried: dict[str, int]
    placed: int
    undecided: int


def gather(records: Records, cohort: str) -> Pool:
    """Find the accepted people of a cohort (`program/cohort`), sorted by id, whatever the order of the files."""
    applications = sorted(records.applications.get(cohort, ()), key=lambda each: (each.person, each.role))
    accepted = [each for each in applications if each.status == "accepted"]
    placed = {
        person
        for pair in records.pairs_of(cohort)
        if pair.status in HOLDS_PLACE
        for person in present(pair, "mentee", "both")
    }
    waiting = [each for each in accepted if each.role == "mentor" or each.person not in placed]
    left_out = tuple(LeftOut(each.person, each.role, why) for each in waiting if (why := _hindrance(each, records)))
    private = {(each.person, each.role): each for each in records.private_applications.get(cohort, ())}
    takers = {
        role: tuple(
            Taker(
                records.people[each.person],
                each,
                records.private_people.get(each.person),
                private.get((each.person, role)),
            )
            for each in waiting
            if each.role == role and not _hindrance(each, records)
        )
        for role in ("mentee", "mentor")
    }
    undecided = sum(each.status in ("submitted", "screening", "waitlisted") for each in applications)
    return Pool(
        takers["mentee"], takers["mentor"], left_out, _carried(records), len(accepted) - len(waiting), undecided
    )


def _hindrance(application: Application, records: Records) -> str:
    person = records.people.get(application.person)
    if person is None:
        return "there is no person record under this id"
    if application.role == "mentor" and person.mentor is None:
        return "the person's record has no mentor part, so topics and capacity are not known"
    return ""


def present(pair: Pair, *roles: str) -> tuple[str, ...]:
    """The people who are in a pair in these roles and have not left it."""
    return tuple(each.person for each in pair.members if each.role in roles and each.left is None)


def _carried(records: Records) -> dict[str, int]:
    return dict(
        Counter(
            person
            for pair in records.pairs.values()
            if pair.status in HOLDS_PLACE
            for person in present(pair, "mentor", "both")
        )
    )
