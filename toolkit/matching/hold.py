"""The same problem with one thing changed: two people together, or apart; whatever the model and their sides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.matching.arrays import Booleans
from toolkit.matching.companions import Company
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY


@dataclass(frozen=True, slots=True)
class Two:
    """Two people by their places: a mentee and a mentor (`pair`), two peers, two mentees, or two mentors."""

    kind: str
    one: int
    other: int


def together(problem: Problem, two: Two) -> Problem:
    """Require two to be together; a pin that the mentee may have gives way."""
    if two.kind in ("mentees", "mentors"):
        return replace(problem, company=_marked(problem.company, two, apart=False))
    pinned = problem.instance.pinned.copy()
    if two.kind == "peers":
        for each in (two.one, two.other):
            pinned[pinned == each] = pinned[each] = NOBODY
    pinned[two.one] = two.other
    return replace(problem, instance=replace(problem.instance, pinned=pinned))


def apart(problem: Problem, two: Two) -> Problem:
    """Forbid two to be together; a pin that they may have goes."""
    if two.kind in ("mentees", "mentors"):
        return replace(problem, company=_marked(problem.company, two, apart=True))
    eligible, pinned = problem.instance.eligible.copy(), problem.instance.pinned.copy()
    eligible[two.one, two.other] = False
    if pinned[two.one] == two.other:
        pinned[two.one] = NOBODY
    if two.kind == "peers" and pinned[two.other] == two.one:
        pinned[two.other] = NOBODY
    return replace(problem, instance=replace(problem.instance, eligible=eligible, pinned=pinned))


def are_kept(problem: Problem, two: Two) -> bool:
    """Whether the policy keeps two together by hand."""
    pinned, company = problem.instance.pinned, problem.company
    if two.kind == "pair":
        return bool(pinned[two.one] == two.other)
    if two.kind == "peers":
        return bool(pinned[two.one] == two.other or pinned[two.other] == two.one)
    marks = None if company is None else company.bound if two.kind == "mentees" else company.joined
    return marks is not None and bool(marks[two.one, two.other])


def _marked(company: Company | None, two: Two, *, apart: bool) -> Company:
    if company is None:
        raise RuntimeError("this model has no groups")
    if two.kind == "mentees":
        return replace(company, bound=_set(company.bound, two, not apart), apart=_set(company.apart, two, apart))
    return replace(company, joined=_set(company.joined, two, not apart), split=_set(company.split, two, apart))


def _set(marks: Booleans, two: Two, value: bool) -> Booleans:
    """Mark or unmark two, in both directions."""
    marks = marks.copy()
    marks[two.one, two.other] = marks[two.other, two.one] = value
    return marks
