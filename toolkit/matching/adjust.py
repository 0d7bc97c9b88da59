"""Fixing and ruling out people together by hand: the entries of the policy that do it, and what they cost the others."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.matching.beside import two_of
from toolkit.matching.hold import Two
from toolkit.matching.moves import Price, price
from toolkit.matching.outcome import decide
from toolkit.matching.problem import Problem, build
from toolkit.matching.tally import company
from toolkit.model import Policy, Records
from toolkit.source import Append, Edit

_PAIRS = ("one-to-one", "reverse", "near-peer", "flash")
"""The models in which a mentor is named before a mentee: a person may be both there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be added to a policy: in which list, and the two people, a mentor before a mentee."""

    field: str
    one: str
    other: str

    @property
    def item(self) -> dict[str, str]:
        """The two people under the names that the list has for them."""
        names = ("mentor", "mentee") if self.field in ("pins", "forbids") else ("one", "other")
        return dict(zip(names, (self.one, self.other), strict=True))


def pin(records: Records, problem: Problem, one: str, other: str) -> tuple[Entry, ...]:
    """Keep two together; raises ToolkitError where the policy says something else of the two already."""
    return (_entry(records, problem, one, other, ("pins", "together")),)


def forbid(records: Records, problem: Problem, one: str, other: str) -> tuple[Entry, ...]:
    """Keep two apart; raises ToolkitError where the policy says something else of the two already."""
    return (_entry(records, problem, one, other, ("forbids", "apart")),)


def _entry(records: Records, problem: Problem, one: str, other: str, fields: tuple[str, str]) -> Entry:
    _known(records, one, other)
    if problem.policy.model in _PAIRS and _turned(problem, one, other):
        one, other = other, one
    two = None if problem.policy.model in _PAIRS else two_of(records, problem, one, other)
    if problem.policy.model == "near-peer" and one in problem.mentees and other in problem.mentees:
        two = two_of(records, problem, one, other)
    entry = Entry(fields[0], one, other) if two is None else _named(problem, two, fields)
    _refuse_listed(problem.policy, entry.one, entry.other)
    return entry


def _turned(problem: Problem, one: str, other: str) -> bool:
    """Whether a mentee was named before a mentor, which can mean one thing only."""
    as_asked = one in problem.mentors and other in problem.mentees
    return not as_asked and one in problem.mentees and other in problem.mentors


def _named(problem: Problem, two: Two, fields: tuple[str, str]) -> Entry:
    if two.kind in ("mentees", "mentors"):
        side = problem.mentees if two.kind == "mentees" else problem.mentors
        return Entry(fields[1], side[two.one], side[two.other])
    return Entry(fields[0], problem.mentors[two.other], problem.mentees[two.one])


def swap(problem: Problem, one: str, other: str) -> tuple[Entry, ...]:
    """Let two mentees, or two peers, change places, as two pins; raises ToolkitError where one of them has none."""
    policy = problem.policy
    if problem.shape.kind == "rounds":
        hint = f"to let two people meet first: mentoring match pin {policy.cohort_key} MENTOR MENTEE --reason TEXT"
        raise ToolkitError("in rounds everybody meets everybody in turn, so there is nothing to swap", hint)
    mates = company(problem, decide(problem).formed)
    for each in (one, other):
        if each not in mates:
            hint = "name two mentees who have a mentor in the plan: mentoring match propose"
            raise ToolkitError(f"{each} has no place in the plan of {policy.cohort_key}", hint)
    if set(mates[one]) & set(mates[other]) or other in mates[one]:
        raise ToolkitError(f"{one} and {other} are with the same people: {mates[one][0]}", "there is nothing to swap")
    for each in (one, other):
        if problem.shape.mutual and len(mates[each]) > 1:
            hint = f"say whom with whom: mentoring match pin {policy.cohort_key} PEER PEER --reason TEXT"
            raise ToolkitError(f"{each} is one of three", hint)
        if any(each in ((pin.mentee, pin.mentor) if problem.shape.mutual else (pin.mentee,)) for pin in policy.pins):
            raise ToolkitError(f"{each} is pinned already", f"take the pin out of {policy.path} first")
        _refuse_listed(policy, mates[other if each == one else one][0], each)
    return Entry("pins", mates[other][0], one), Entry("pins", mates[one][0], other)


def edits(entries: tuple[Entry, ...], reason: str) -> tuple[Edit, ...]:
    """Write entries as changes of the policy's file; raises ToolkitError without a reason."""
    said = " ".join(reason.split())
    if not said:
        raise ToolkitError("a reason is needed", "say it with --reason TEXT; it is read in a year")
    order = tuple(name for name in Policy.model_fields if name != "body")
    return tuple(Append(each.field, {**each.item, "reason": said}, order) for each in entries)


def repriced(before: Records, after: Records, cohort: str, today: datetime.date) -> Price:
    """Solve a cohort by its old and by its new policy; raises Refused where one of them cannot be followed."""
    old, new = (build(each, cohort, today) for each in (before, after))
    return price(old, decide(old).formed, new, decide(new).formed)


def _known(records: Records, *people: str) -> None:
    for each in people:
        if each not in records.people:
            raise ToolkitError(f"there is no person {each}", did_you_mean(each, records.people))


def _refuse_listed(policy: Policy, one: str, other: str) -> None:
    """Two people stand in the policy once: kept together, or apart."""
    pairs = [("pinned", {each.mentor, each.mentee}) for each in policy.pins]
    pairs += [("forbidden", {each.mentor, each.mentee}) for each in policy.forbids]
    pairs += [("kept together", {each.one, each.other}) for each in policy.together]
    pairs += [("kept apart", {each.one, each.other}) for each in policy.apart]
    for words, people in pairs:
        if people == {one, other}:
            hint = f"take the entry out of {policy.path} to change it"
            raise ToolkitError(f"{one} and {other} are {words} already", hint)
