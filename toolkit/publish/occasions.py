"""What a message to the members of a pair may say: taken from the pair's own view of the program, and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from toolkit.model.occasion import Occasion
from toolkit.publish.view import View
from toolkit.publish.world import World


def occasions(world: World, key: str) -> Iterator[Occasion]:
    """Go through the members of a pair who have not left and may be named; the rest are written to by hand."""
    pair = world.pair(key)
    if pair is None:
        return
    program, cohort = world.program(pair.program), world.cohort(f"{pair.program}/{pair.cohort}")
    agreement = world.of(key).agreement
    agreed = agreement.ends_on if agreement is not None else None
    ends = pair.ended or agreed or (cohort.ends if cohort is not None and not cohort.rolling else None)
    here = [each for each in pair.members if each.left is None or each.left > world.today]
    for member in here:
        person = world.person(member.person)
        if person is None or not person.name:
            continue
        yield Occasion(
            person=person.id,
            pair=key,
            name=person.name,
            others=tuple(_name(world, each.person) for each in here if each.person != member.person),
            language=person.locale or (program.languages[0] if program is not None else "en"),
            program=program.title if program is not None else world.title,
            cohort=(cohort.title if cohort is not None else None) or pair.cohort,
            support=_support(program),
            next=pair.next,
            last_met=pair.last_met,
            ends=ends,
            survey_closes=_survey(world, cohort, member.role),
        )


def _name(world: World, ident: str | None) -> str:
    person = world.person(ident)
    return person.name or "" if person is not None else ""


def _support(program: View | None) -> str:
    desk = program.support if program is not None else None
    return f"{desk.name}, {desk.channel}" if desk is not None else ""


def _survey(world: World, cohort: View | None, role: str) -> datetime.date | None:
    """The last day of the survey that is open today for this role; of two, the one that closes first."""
    roles = ("mentor", "mentee") if role == "both" else (role,)
    days = [
        wave.closes
        for wave in (cohort.waves if cohort is not None else ())
        if wave.opens <= world.today <= wave.closes and any(each in wave.audience for each in roles)
    ]
    return min(days, default=None)
