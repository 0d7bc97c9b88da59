"""Fixing and ruling out pairs by hand: the entries of the policy that do it, and what they cost everybody else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from toolkit.errors import ToolkitError
from toolkit.matching.outcome import decide
from toolkit.matching.price import Price, assigned_only, figures, moves, named
from toolkit.matching.problem import Problem, build
from toolkit.model import Policy, Records
from toolkit.source import Append, Edit


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be added to a policy: `pins` or `forbids`, and the two people."""

    field: str
    mentor: str
    mentee: str


def pin(records: Records, policy: Policy, mentor: str, mentee: str) -> tuple[Entry, ...]:
    """Fix a pair; raises ToolkitError where the policy says something else of the two already."""
    assigned_only(policy, "pin")
    _known(records, mentor, mentee)
    _refuse_listed(policy, mentor, mentee)
    return (Entry("pins", mentor, mentee),)


def forbid(records: Records, policy: Policy, mentor: str, mentee: str) -> tuple[Entry, ...]:
    """Rule a pair out; raises ToolkitError where the policy says something else of the two already."""
    assigned_only(policy, "forbid")
    _known(records, mentor, mentee)
    _refuse_listed(policy, mentor, mentee)
    return (Entry("forbids", mentor, mentee),)


def swap(policy: Policy, problem: Problem, one: str, other: str) -> tuple[Entry, ...]:
    """Give two mentees each other's mentor, as two pins; raises ToolkitError where one of them has none."""
    assigned_only(policy, "swap")
    mentors = named(problem, decide(problem).mate)
    for each in (one, other):
        if each not in mentors:
            hint = "name two mentees who have a mentor in the plan: mentoring match propose"
            raise ToolkitError(f"{each} has no mentor in the plan of {policy.cohort_key}", hint)
    if mentors[one] == mentors[other]:
        raise ToolkitError(f"{one} and {other} both have {mentors[one]}", "there is nothing to swap")
    for each in (one, other):
        if any(pinned.mentee == each for pinned in policy.pins):
            raise ToolkitError(f"{each} is pinned to {mentors[each]}", f"take the pin out of {policy.path} first")
        _refuse_listed(policy, mentors[other if each == one else one], each)
    return Entry("pins", mentors[other], one), Entry("pins", mentors[one], other)


def edits(entries: tuple[Entry, ...], reason: str) -> tuple[Edit, ...]:
    """Write entries as changes of the policy's file; raises ToolkitError without a reason."""
    said = " ".join(reason.split())
    if not said:
        raise ToolkitError("a reason is needed", "say it with --reason TEXT; it is read in a year")
    order = tuple(name for name in Policy.model_fields if name != "body")
    return tuple(
        Append(each.field, {"mentor": each.mentor, "mentee": each.mentee, "reason": said}, order) for each in entries
    )


def repriced(before: Records, after: Records, cohort: str, today: datetime.date) -> Price:
    """Solve a cohort by its old and by its new policy; raises Refused where one of them cannot be followed."""
    old, new = (build(each, cohort, today) for each in (before, after))
    mates = (decide(old).mate, decide(new).mate)
    return Price(
        figures(old.instance, mates[0]),
        figures(new.instance, mates[1]),
        moves(named(old, mates[0]), named(new, mates[1])),
    )


def _known(records: Records, *people: str) -> None:
    from toolkit.diagnostics import nearest

    for each in people:
        if each not in records.people:
            meant = nearest(each, records.people)
            raise ToolkitError(f"there is no person {each}", f"did you mean {meant}?" if meant else "")


def _refuse_listed(policy: Policy, mentor: str, mentee: str) -> None:
    """A pair stands in the policy once, as a pin or as a forbidden one."""
    for words, entries in (("pinned", policy.pins), ("forbidden", policy.forbids)):
        for each in entries:
            if (each.mentor, each.mentee) == (mentor, mentee):
                hint = f"take the entry out of {policy.path} to change it"
                raise ToolkitError(f"{mentor} and {mentee} are {words} already", hint)
