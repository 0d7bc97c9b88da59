"""Why two people are a pair in the plan, or are not: terms, what rules them out, what each got, what changing it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE
from toolkit.matching.explain import Pairing, pairing_of
from toolkit.matching.hold import Two, apart, together
from toolkit.matching.moves import Price, price, price_data, price_lines
from toolkit.matching.outcome import decide
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import FLOOR, counted, listed
from toolkit.model import Records


@dataclass(frozen=True, slots=True)
class Why:
    """What is to be said of one mentee and one mentor.

    `against` says what stands in the way, without telling private records apart. `mentee_has` and `mentors_mentees` are
    whom each got, with the scores (0 to 10,000). `price` is what the opposite would cost: making the pair where it was
    not made, doing without it where it was; None where it cannot be.
    """

    pairing: Pairing
    made: bool
    against: tuple[str, ...]
    mentee_has: tuple[str, int] | None
    mentors_mentees: tuple[tuple[str, int], ...]
    places: int
    price: Price | None
    people: dict[str, str]


def why(records: Records, problem: Problem, one: str, other: str) -> Why:
    """Explain a mentee and a mentor, named in either order; raises ToolkitError where they are not both to be matched."""
    row, column = _found(records, problem, one, other)
    now = decide(problem)
    mate, two = now.mate, Two("pair", row, column)
    score, made = problem.instance.score, bool(mate[row] == column)
    firm, against = _against(problem, row, column)
    changed = apart(problem, two) if made else None if firm else together(problem, two)
    others = np.flatnonzero(mate == column)
    return Why(
        pairing_of(problem, row, column),
        made,
        against,
        (problem.mentors[mate[row]], int(score[row, mate[row]])) if mate[row] != NOBODY else None,
        tuple((problem.mentees[each], int(score[each, column])) for each in others),
        int(problem.instance.room[column]),
        None if changed is None else price(problem, now.formed, changed, decide(changed).formed),
        {each.id: each.person.name for each in (*problem.pool.mentees, *problem.pool.mentors)},
    )


def _found(records: Records, problem: Problem, one: str, other: str) -> tuple[int, int]:
    for mentee, mentor in ((one, other), (other, one)):
        if mentee in problem.mentees and mentor in problem.mentors and mentee != mentor:
            return problem.mentees.index(mentee), problem.mentors.index(mentor)
    known = {*problem.mentees, *problem.mentors}
    for each in (one, other):
        if each not in known:
            near = (
                ""
                if each in records.people
                else did_you_mean(each, known, f"ids look like {min(known)}" if known else "")
            )
            raise ToolkitError(f"{each} takes no part in this matching: {absent(records, problem, each)}", near)
    role = "mentees" if one in problem.mentees and other in problem.mentees else "mentors"
    raise ToolkitError(f"{one} and {other} are both {role} here", "name a mentee and a mentor, in either order")


def absent(records: Records, problem: Problem, person: str) -> str:
    """Say why somebody is not among those who are to be matched."""
    left_out = [each.reason for each in problem.pool.left_out if each.person == person]
    if left_out:
        return left_out[0]
    applications = [each for each in records.applications.get(problem.cohort.cohort_key, ()) if each.person == person]
    if not applications:
        return "there is no application of this person for the cohort"
    if any(each.status == "accepted" for each in applications):
        return "this person is in a pair of the cohort already"
    return f"the application is {applications[0].status}, and only accepted people are matched"


def _against(problem: Problem, row: int, column: int) -> tuple[bool, tuple[str, ...]]:
    """Say what rules a pair out, and whether a pin could not make it all the same."""
    bars = [bar for bar in problem.bars if bar.blocked[row, column]]
    said = list(dict.fromkeys(bar.says for bar in bars))
    firm = any(bar.name != FLOOR for bar in bars)
    room, pinned = int(problem.instance.room[column]), problem.instance.pinned
    mentor = problem.mentors[column]
    if room == 0:
        said.append(f"{mentor} has no place left for a mentee")
    elif int((np.delete(pinned, row) == column).sum()) >= room:
        said.append(f"every place of {mentor} is taken by a pin")
    else:
        return firm, tuple(said)
    return True, tuple(said)


def why_lines(why: Why) -> tuple[str, ...]:
    """Write an explanation of one pair as lines for a terminal."""
    one, people = why.pairing, why.people
    mentee, mentor = people[one.mentee], people[one.mentor]
    state = "proposed" + (" by a pin" if one.pinned else "") if why.made else "not proposed"
    lines = [f"{mentee} with {mentor} ({one.mentee}, {one.mentor}): {one.score / SCALE:.2f}, {state}"]
    lines += term_lines(one)
    lines += [f"  in the way: {each}" for each in why.against]
    if not why.made:
        lines += _instead(why, mentee, mentor)
        made = "to make it would change" if why.price else "to make it is not possible while that stands in the way"
    else:
        made = "without it, this would change"
    lines.append(f"  {made}{':' if why.price else ''}")
    lines += [f"    {each}" for each in (price_lines(why.price, people) if why.price else ())]
    return tuple(lines)


def term_lines(pairing: Pairing) -> list[str]:
    """Write what each criterion gives to a pair as lines."""
    lines = [f"  {each.value:.2f} x {each.share:.2f}  {each.criterion}: {each.says}" for each in pairing.terms]
    return lines or ["  nothing is known that could speak for or against it"]


def _instead(why: Why, mentee: str, mentor: str) -> list[str]:
    got = why.mentee_has
    first = f"{why.people[got[0]]} at {got[1] / SCALE:.2f}" if got else "nobody"
    taken = [f"{why.people[person]} at {score / SCALE:.2f}" for person, score in why.mentors_mentees]
    free = why.places - len(taken)
    rest = f", and has {counted(free, 'place')} left" if free > 0 else ""
    return [f"  {mentee} gets {first}", f"  {mentor} gets {listed(taken) or 'nobody'}{rest}"]


def why_data(cohort: str, why: Why) -> dict[str, Any]:
    """Give an explanation of one pair as plain data for scripts."""
    one = why.pairing
    return {
        "format": "mentoring-why",
        "version": 1,
        "cohort": cohort,
        "mentee": one.mentee,
        "mentor": one.mentor,
        "score": one.score / SCALE,
        "proposed": why.made,
        "pinned": one.pinned,
        "terms": terms_data(one),
        "in_the_way": list(why.against),
        "mentee_gets": _person(why.mentee_has),
        "mentor_gets": [_person(each) for each in why.mentors_mentees],
        "places": why.places,
        "price": price_data(why.price) if why.price else None,
    }


def terms_data(pairing: Pairing) -> list[dict[str, Any]]:
    """Give the terms of a pair as plain data for scripts."""
    return [
        {"criterion": each.criterion, "value": each.value, "share": each.share, "says": each.says}
        for each in pairing.terms
    ]


def _person(each: tuple[str, int] | None) -> dict[str, Any] | None:
    return {"person": each[0], "score": each[1] / SCALE} if each else None
