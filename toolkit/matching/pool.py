"""Who is to be matched: the accepted people of a cohort, each with the records that matching reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from toolkit.matching.shapes import Shape
from toolkit.model import Application, Pair, Person, PrivateApplication, PrivatePerson, Records
from toolkit.model.rhythm import LIVE

HOLDS_PLACE = ("accepted", *LIVE)
"""The states of a pair that take up a mentor's place; a proposal takes none, it can be made anew."""


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

    `carried` counts the mentees whom a person has as a mentor today, in any cohort. `placed` mentees have a
    pair in this cohort already; `undecided` applications are not accepted, declined or withdrawn yet.
    """

    mentees: tuple[Taker, ...]
    mentors: tuple[Taker, ...]
    left_out: tuple[LeftOut, ...]
    carried: dict[str, int]
    placed: int
    undecided: int


def gather(records: Records, cohort: str, shape: Shape, rolling: bool = False) -> Pool:
    """Find the accepted people of a cohort (`program/cohort`), sorted by id, whatever the order of the files.

    Among peers everybody stands on both sides. Short meetings take no place. Where people join at any time
    (`rolling`), a proposal that is open counts as a place taken, so that only the waiting are matched.
    """
    holds = (*HOLDS_PLACE, "proposed") if rolling else HOLDS_PLACE
    applications = sorted(records.applications.get(cohort, ()), key=lambda each: (each.person, each.role))
    accepted = [each for each in applications if each.status == "accepted"]
    placed = _placed(records, cohort, shape, holds)
    waiting = [each for each in accepted if (each.role == "mentor" and not shape.mutual) or each.person not in placed]
    left_out = tuple(
        LeftOut(each.person, each.role, why) for each in waiting if (why := _hindrance(each, records, shape))
    )
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
            if each.role == role and not _hindrance(each, records, shape)
        )
        for role in ("mentee", "mentor")
    }
    if shape.mutual:
        once = {each.id: each for each in (*takers["mentor"], *takers["mentee"])}
        takers = dict.fromkeys(takers, tuple(once[ident] for ident in sorted(once)))
    undecided = sum(each.status in ("submitted", "screening", "waitlisted") for each in applications)
    return Pool(
        takers["mentee"], takers["mentor"], left_out, _carried(records, holds), len(accepted) - len(waiting), undecided
    )


def _placed(records: Records, cohort: str, shape: Shape, holds: tuple[str, ...]) -> set[str]:
    """Who has a mentor, a group or a peer in this cohort already; a short meeting is over when it is held."""
    if shape.kind == "rounds":
        return set()
    return {
        person
        for pair in records.pairs_of(cohort)
        if pair.status in holds
        for person in present(pair, "mentee", "both", *(("mentor",) if shape.mutual else ()))
    }


def _hindrance(application: Application, records: Records, shape: Shape) -> str:
    person = records.people.get(application.person)
    if person is None:
        return "there is no person record under this id"
    if application.role == "mentor" and person.mentor is None and not shape.mutual:
        return "the person's record has no mentor part, so topics and capacity are not known"
    return ""


def present(pair: Pair, *roles: str) -> tuple[str, ...]:
    """The people who are in a pair, in these roles or in any, and have not left it."""
    return tuple(each.person for each in pair.members if (not roles or each.role in roles) and each.left is None)


def _carried(records: Records, holds: tuple[str, ...]) -> dict[str, int]:
    """How many mentees each mentor has now, in any cohort: a group counts each of its mentees."""
    carried: Counter[str] = Counter()
    for pair in records.pairs.values():
        if pair.status in holds and pair.model != "flash":
            mentees = set(present(pair, "mentee", "both"))
            for mentor in set(present(pair, "mentor", "both")):
                carried[mentor] += len(mentees - {mentor})
    return dict(carried)
