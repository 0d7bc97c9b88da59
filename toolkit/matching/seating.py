"""From a problem to the bare arrays of groups, and the sentence for one that no plan can solve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from toolkit.matching.arrangement import Seating
from toolkit.matching.arrays import Booleans, Integers
from toolkit.matching.companions import Company
from toolkit.matching.policy import Refused, finding
from toolkit.matching.problem import Problem
from toolkit.matching.shapes import leaders, sizes
from toolkit.matching.solvers import NOBODY
from toolkit.model import Policy


def seating_of(problem: Problem) -> Seating:
    """Write a problem of groups as bare arrays; one of pairs as groups of a mentor with all mentees."""
    instance, shape = problem.instance, problem.shape
    company = problem.company or _alone(*instance.score.shape)
    most = max(int(instance.room.max(initial=1)), 1)
    named = tuple(int(each) for each in problem.lots_of_mentors)
    return Seating(
        score=instance.score[:],
        eligible=instance.eligible | marks_of(instance.pinned, instance.eligible.shape),
        like=company.like,
        apart=company.apart,
        split=company.split,
        bound=company.bound,
        joined=company.joined,
        room=instance.room,
        size=(1, most) if shape.kind == "pairs" else sizes(problem.policy),
        leaders=leaders(problem.policy),
        first=instance.first[:],
        pinned=instance.pinned,
        tie=instance.tie[:],
        named=np.array(named, dtype=np.int64),
        carried=np.zeros_like(instance.carried) if shape.kind == "seats" else instance.carried,
        limits=problem.limits,
    )


def marks_of(pinned: Integers, shape: tuple[int, ...]) -> Booleans:
    """Mark the pairs that are pinned."""
    marks = np.zeros(shape, dtype=np.bool_)
    rows = np.flatnonzero(pinned != NOBODY)
    marks[rows, pinned[rows]] = True
    return marks


def _alone(rows: int, columns: int) -> Company:
    """Nobody is tied to anybody beside the mentor."""
    mentees, mentors = np.zeros((rows, rows), dtype=np.bool_), np.zeros((columns, columns), dtype=np.bool_)
    return Company(mentees, mentors, mentees, mentors, np.zeros((rows, rows), dtype=np.int64))


def impossible(policy: Policy) -> Refused:
    """Say which limits of a policy no plan keeps, and where the entries by hand are that stand beside them."""
    limits = [name for name in policy.fairness.limit.stated if name not in ("lowest_score", "load_share")]
    names = " and ".join(f"`{name}`" for name in limits)
    fixed = [policy.at(name, place) for name in ("pins", "together") for place in range(len(getattr(policy, name)))]
    message = f"no plan keeps {names} with {'these pins and ' if fixed else ''}the places that there are"
    found = finding(
        "policy-infeasible",
        policy,
        message,
        ("fairness", "limit", limits[0]),
        "raise the limit, take it out, or change what stands against it",
    )
    others = [policy.at("fairness", "limit", name) for name in limits[1:]]
    return Refused((replace(found, related=(*others, *fixed)),))
