"""What each model of mentoring asks of matching: who is on which side, how many sit together, how far apart in level."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from toolkit.model import Cohort, Policy, Require
from toolkit.model.policy import LevelWindow


@dataclass(frozen=True, slots=True)
class Shape:
    """One model: how it is solved, its usual numbers, and the levels that it asks for where the policy names none.

    `kind`: `pairs` (a mentor and a mentee each), `circle` (a mentor with all mentees in one group), `seats` (groups of
    a least and a greatest size, which may stay closed), `peers` (everybody with everybody), `rounds` (short meetings).
    `size` is for the mentees of one mentor or group, `mentors` for the mentors of one group. Where `turned`, levels
    are counted downward: the mentor is the less senior one.
    """

    kind: str
    size: tuple[int, int] = (1, 1)
    mentors: tuple[int, int] = (1, 1)
    level: tuple[int, int] | None = None
    turned: bool = False
    likeness: str = "any"
    leader: str = "mentor"
    member: str = "mentee"

    @property
    def mutual(self) -> bool:
        """Whether everybody gives and receives."""
        return self.kind == "peers"


SHAPES = MappingProxyType(
    {
        "one-to-one": Shape("pairs"),
        "reverse": Shape("pairs", level=(1, 99), turned=True),
        "near-peer": Shape("circle", size=(1, 4), level=(1, 3)),
        "group": Shape("seats", size=(3, 6)),
        "team": Shape("seats", size=(8, 12), mentors=(2, 4)),
        "community": Shape("seats", size=(4, 10), likeness="similar", leader="facilitator", member="both"),
        "peer": Shape("peers", level=(-1, 1), leader="both", member="both"),
        "reciprocal": Shape("peers", leader="both", member="both"),
        "flash": Shape("rounds"),
    }
)
"""Every model, by the name that a cohort and a policy use."""


def shape_of(policy: Policy) -> Shape:
    """Give the shape of a policy's model."""
    return SHAPES[policy.model]


def sizes(policy: Policy) -> tuple[int, int]:
    """The fewest and most mentees of one mentor or group: the policy's, or what is usual for the model."""
    return (policy.size.min, policy.size.max) if policy.size else shape_of(policy).size


def leaders(policy: Policy) -> tuple[int, int]:
    """The fewest and most mentors of one group."""
    return (policy.mentors.min, policy.mentors.max) if policy.mentors else shape_of(policy).mentors


def likeness(policy: Policy) -> str:
    """Whether the mentees of a group shall be `similar` or `diverse`, or `any`."""
    return policy.likeness or shape_of(policy).likeness


def requirements(policy: Policy) -> tuple[Require, ...]:
    """What must hold: the policy's own list, and the model's usual window of levels where the list names none."""
    level = shape_of(policy).level
    if level is None or any(each.level_gap for each in policy.require):
        return policy.require
    return (*policy.require, Require(level_gap=LevelWindow(min=level[0], max=level[1])))


def is_rolling(cohort: Cohort, policy: Policy) -> bool:
    """Whether an open proposal already takes its people out: where people join at any time, only the waiting count."""
    return cohort.rolling and shape_of(policy).kind != "rounds"
