"""Why two people are in one group, or are not: peers, members of a group or team, and who meet in rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.matching.arrays import SCALE
from toolkit.matching.constraints import Bar
from toolkit.matching.explain import Pairing, pairing_of
from toolkit.matching.hold import Two, apart, are_kept, together
from toolkit.matching.moves import Price, price, price_data, price_lines
from toolkit.matching.outcome import Formed, decide
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.why import absent, term_lines, terms_data
from toolkit.matching.words import FLOOR, counted, listed
from toolkit.model import Records
from toolkit.model.catalog import HIDDEN

_KINDS = {"pair": "a mentee with a mentor", "peers": "two peers", "mentees": "two mentees", "mentors": "two mentors"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is to be said of two people in a model of groups, of peers or of rounds.

    `pairings` explain a mentee with a mentor, and peers in both directions; `alike` is what the likeness of two mentees
    counts, where it does. `against` says what stands in the way, without telling private records apart. `company` is
    whom each has in the plan, by id. `price` is what the opposite would cost; None where it cannot be.
    """

    one: str
    other: str
    kind: str
    pairings: tuple[Pairing, ...]
    alike: int | None
    made: bool
    kept: bool
    against: tuple[str, ...]
    company: tuple[tuple[str, tuple[str, ...]], ...]
    price: Price | None
    people: dict[str, str]


def beside(records: Records, problem: Problem, one: str, other: str) -> Beside:
    """Explain two people, in either order; raises ToolkitError where they are not both to be matched."""
    two = two_of(records, problem, one, other)
    now = decide(problem).formed
    names = _names(problem, two)
    firm, against = stands_against(problem, two)
    made = any(_has(each, two) for each in now)
    changed = apart(problem, two) if made else None if firm else together(problem, two)
    return Beside(
        *names,
        two.kind,
        tuple(pairing_of(problem, *each) for each in _directions(two)),
        _alike(problem, two),
        made,
        are_kept(problem, two),
        against,
        tuple((who, _company(problem, now, who)) for who in names),
        _priced(problem, now, changed),
        {each.id: each.person.name for each in (*problem.pool.mentees, *problem.pool.mentors)},
    )


def two_of(records: Records, problem: Problem, one: str, other: str) -> Two:
    """Find two people by their sides; raises ToolkitError where one takes no part, or the model never joins the two."""
    for each in (one, other):
        if each not in problem.mentees and each not in problem.mentors:
            raise ToolkitError(f"{each} takes no part in this matching: {absent(records, problem, each)}")
    if one == other:
        raise ToolkitError(f"{one} is named twice", "name two people")
    mentees, mentors = problem.mentees.index, problem.mentors.index
    if problem.shape.mutual:
        return Two("peers", *sorted((mentees(one), mentees(other))))
    for mentee, mentor in ((one, other), (other, one)):
        if mentee in problem.mentees and mentor in problem.mentors:
            return Two("pair", mentees(mentee), mentors(mentor))
    if one in problem.mentees and problem.company is not None:
        return Two("mentees", *sorted((mentees(one), mentees(other))))
    if one in problem.mentors and leaders(problem.policy)[1] > 1:
        return Two("mentors", *sorted((mentors(one), mentors(other))))
    role = "mentees" if one in problem.mentees else "mentors"
    raise ToolkitError(f"{one} and {other} are both {role} here", "name a mentee and a mentor, in either order")


def _priced(problem: Problem, now: tuple[Formed, ...], changed: Problem | None) -> Price | None:
    """Solve the changed problem, which may leave no arrangement at all."""
    if changed is None:
        return None
    try:
        return price(problem, now, changed, decide(changed).formed)
    except ToolkitError:
        return None


def _names(problem: Problem, two: Two) -> tuple[str, str]:
    ones = problem.mentors if two.kind == "mentors" else problem.mentees
    others = problem.mentees if two.kind in ("mentees", "peers") else problem.mentors
    return ones[two.one], others[two.other]


def _directions(two: Two) -> tuple[tuple[int, int], ...]:
    if two.kind == "peers":
        return (two.one, two.other), (two.other, two.one)
    return ((two.one, two.other),) if two.kind == "pair" else ()


def _alike(problem: Problem, two: Two) -> int | None:
    company = problem.company
    counts = two.kind == "mentees" and company is not None and company.like.any()
    return int(company.like[two.one, two.other]) if counts and company is not None else None


def _has(formed: Formed, two: Two) -> bool:
    if two.kind == "pair":
        return two.one in formed.mentees and two.other in formed.mentors
    return {two.one, two.other} <= set(formed.mentors if two.kind == "mentors" else formed.mentees)


def _company(problem: Problem, formed: tuple[Formed, ...], who: str) -> tuple[str, ...]:
    """Everybody who is in a group with somebody, mentors first."""
    found: dict[str, None] = {}
    for each in formed:
        people = [*(problem.mentors[one] for one in each.mentors), *(problem.mentees[one] for one in each.mentees)]
        if who in people:
            found |= dict.fromkeys(other for other in people if other != who)
    return tuple(found)


def stands_against(problem: Problem, two: Two) -> tuple[bool, tuple[str, ...]]:
    """Say what keeps two apart, and whether asking for them by hand could not bring them together all the same."""
    bars = list(_bars(problem, two))
    said = list(dict.fromkeys(bar.says for bar in bars))
    firm = any(bar.name != FLOOR for bar in bars)
    company = problem.company
    if company is not None and two.kind in ("mentees", "mentors"):
        marks = company.apart if two.kind == "mentees" else company.split
        if marks[two.one, two.other]:
            firm = True
            said.append(_split_words(problem, two))
    low = sizes(problem.policy)[0]
    if two.kind == "pair" and problem.shape.kind == "seats" and problem.instance.room[two.other] < low:
        firm = True
        said.append(f"{problem.mentors[two.other]} has fewer than {counted(low, 'place')}, the least of a group")
    return firm, tuple(said)


def _bars(problem: Problem, two: Two) -> Iterator[Bar]:
    yield from (bar for bar in problem.bars if any(bar.blocked[each] for each in _directions(two)))


def _split_words(problem: Problem, two: Two) -> str:
    """Two mentors of one strand are told so; every other tie is one of the rules that are not told apart."""
    if two.kind == "mentors" and problem.policy.complementary:
        strands = [problem.pool.mentors[each].person.strand for each in (two.one, two.other)]
        if strands[0] == strands[1]:
            return f"both come from {f'the strand {strands[0]}' if strands[0] else 'no stated strand'}"
    return HIDDEN


def beside_lines(found: Beside) -> tuple[str, ...]:
    """Write an explanation of two people as lines for a terminal."""
    people = found.people
    state = "together in the plan" + (" by hand" if found.kept else "") if found.made else "not together in the plan"
    lines = [
        f"{people[found.one]} and {people[found.other]} ({found.one}, {found.other}), {_KINDS[found.kind]}: {state}"
    ]
    for each in found.pairings:
        lines.append(f"  {people[each.mentor]} for {people[each.mentee]}: {each.score / SCALE:.2f}")
        lines += [f"  {line}" for line in term_lines(each)]
    if found.alike is not None:
        lines.append(f"  what their likeness counts: {found.alike / SCALE:.2f}")
    lines += [f"  in the way: {each}" for each in found.against]
    for who, others in found.company:
        lines.append(f"  {people[who]} is with {listed((people[each] for each in others), 12) or 'nobody'}")
    if found.price is None:
        lines.append(f"  to have them {'apart' if found.made else 'together'} is not possible as things stand")
    else:
        lines.append("  without the two together:" if found.made else "  to have the two together:")
        lines += [f"    {each}" for each in price_lines(found.price, people)]
    return tuple(lines)


def beside_data(cohort: str, found: Beside) -> dict[str, Any]:
    """Give an explanation of two people as plain data for scripts."""
    return {
        "format": "mentoring-why-together",
        "version": 1,
        "cohort": cohort,
        "people": [found.one, found.other],
        "kind": found.kind,
        "together": found.made,
        "by_hand": found.kept,
        "scores": [
            {"mentee": each.mentee, "mentor": each.mentor, "score": each.score / SCALE, "terms": terms_data(each)}
            for each in found.pairings
        ],
        "likeness": None if found.alike is None else found.alike / SCALE,
        "in_the_way": list(found.against),
        "company": {who: list(others) for who, others in found.company},
        "price": price_data(found.price) if found.price else None,
    }
