"""What stands against a pin, in one sentence, and where: the lines of the policy and of other records that conflict with it."""

from __future__ import annotations

from typing import TypeAlias

from toolkit.diagnostics import Diagnostic, Place, did_you_mean
from toolkit.matching.arrays import Integers
from toolkit.matching.constraints import Bar
from toolkit.matching.policy import Refused, finding
from toolkit.matching.pool import Pool
from toolkit.matching.shapes import requirements
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import counted
from toolkit.model import Policy, Records
from toolkit.model.catalog import SELF
from toolkit.model.policy import Fixed

Against: TypeAlias = tuple[str, tuple[Place, ...]]


def unknown_people(records: Records, policy: Policy) -> None:
    """Raise Refused where an entry by hand names a person of whom there is no record: it would hold for nobody."""
    faults: list[Diagnostic] = []
    for name in ("pins", "forbids", "together", "apart"):
        for place, entry in enumerate(getattr(policy, name)):
            for role in ("mentor", "mentee") if name in ("pins", "forbids") else ("one", "other"):
                person = getattr(entry, role)
                if person not in records.people and not records.is_unreadable("person"):
                    hint = did_you_mean(person, records.people, "write the id of a person, as the file is named")
                    message = f"`{name}` names {person}, and there is no such person"
                    faults.append(finding("dangling-reference", policy, message, (name, place, role), hint))
    if faults:
        raise Refused(tuple(faults))


def absent(records: Records, policy: Policy, pool: Pool, pin: Fixed) -> Against | None:
    """Say which of the two takes no part in this role, and where that stands; None where both do."""
    mentees, mentors = {each.id for each in pool.mentees}, {each.id for each in pool.mentors}
    if pin.mentor == pin.mentee:
        return SELF, ()
    if pin.mentor in mentees and pin.mentee in mentors and not (pin.mentor in mentors and pin.mentee in mentees):
        return f"the wrong way round: {pin.mentor} is a mentee here, and {pin.mentee} a mentor", ()
    for person, role, takers in ((pin.mentee, "mentee", mentees), (pin.mentor, "mentor", mentors)):
        if person not in takers:
            return _why_absent(records, policy, person, role)
    return None


def _why_absent(records: Records, policy: Policy, person: str, role: str) -> Against:
    applied = [each for each in records.applications.get(policy.cohort_key, ()) if each.person == person]
    own = next((each for each in applied if each.role == role), None)
    if own is None:
        others = tuple(each.at("status") for each in applied)
        return f"{person} has not applied as a {role}", others
    if own.status != "accepted":
        return f"the application of {person} is {own.status}, and only accepted people are matched", (own.at("status"),)
    paired = tuple(each.at("status") for each in records.pairs_of(policy.cohort_key) if person in each.people())
    if paired and role == "mentee":
        return f"{person} is in a pair of the cohort already", paired[:1]
    return f"{person} cannot be matched as a {role}: the record has no {role} part", (records.people[person].at(),)


def broken(
    records: Records,
    policy: Policy,
    at: int,
    seat: tuple[int, int],
    pins: Integers,
    bars: tuple[Bar, ...],
    left: Integers,
) -> Against | None:
    """Say what a pin would break: what no other choice could mend comes first, and one reason is enough."""
    row, column = seat
    pin = policy.pins[at]
    forbidden = [
        place for place, each in enumerate(policy.forbids) if (each.mentor, each.mentee) == (pin.mentor, pin.mentee)
    ]
    if forbidden:
        return "the same pair is ruled out under `forbids`", (policy.at("forbids", forbidden[0]),)
    for bar in bars:
        if bar.blocked[row, column]:
            return bar.says, _required(policy, bar)
    before = [place for place, each in enumerate(policy.pins[:at]) if each.mentee == pin.mentee]
    if pins[row] != NOBODY:
        why = "the same pin stands twice" if pins[row] == column else "another pin gives the mentee a mentor already"
        return why, (policy.at("pins", before[0]),)
    if left[column] < 1:
        return _full(records, policy, at)
    return None


def _required(policy: Policy, bar: Bar) -> tuple[Place, ...]:
    """The lines of the policy that ask for a constraint; none for one that is not told apart."""
    if bar.hidden:
        return ()
    asked = enumerate(requirements(policy)[: len(policy.require)])
    return tuple(policy.at("require", place, bar.name) for place, each in asked if each.name == bar.name)


def _full(records: Records, policy: Policy, at: int) -> Against:
    mentor = policy.pins[at].mentor
    others = [place for place, each in enumerate(policy.pins[:at]) if each.mentor == mentor]
    person = records.people[mentor]
    capacity = person.mentor.capacity if person.mentor else 0
    where = [policy.at("pins", place) for place in others]
    share = policy.fairness.limit.load_share
    if share is not None and len(others) < capacity:
        where.append(policy.at("fairness", "limit", "load_share"))
    else:
        where.append(person.at("mentor", "capacity"))
    taken = (
        f", and {counted(len(others), 'pin')} before it {'takes' if len(others) == 1 else 'take'} it" if others else ""
    )
    return f"{mentor} has no place left: the capacity is {capacity}{taken}", tuple(where)
