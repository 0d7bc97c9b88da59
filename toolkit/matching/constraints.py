"""What rules a pair out: each constraint says, for every mentee and mentor, where it forbids the pair.

What is not known does not hold: where a policy requires a common language, a person who states none has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.matching.arrays import Booleans, Features, common_minutes, level_gap, shared
from toolkit.matching.marks import Marks, marks
from toolkit.matching.tables import Table


@dataclass(frozen=True, slots=True)
class Bounds:
    """The settings of a constraint: the least and the most that is allowed."""

    low: int = 1
    high: int = 99


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """One constraint of a problem and the pairs that it rules out (`blocked`, n by m).

    `says` names what is wrong where it rules a pair out. A `hidden` bar comes from private records: no sentence may
    tell it from the other hidden ones, nor name the people between whom it stands.
    """

    name: str
    blocked: Marks
    says: str
    hidden: bool = False


Constraint = Callable[[Features, slice, Bounds], Booleans]


def common_language(features: Features, rows: slice, bounds: Bounds) -> Booleans:
    """Fewer than `low` languages in common."""
    blocked: Booleans = shared(features.mentee.languages[rows], features.mentor.languages) < bounds.low
    return blocked


def common_time(features: Features, rows: slice, bounds: Bounds) -> Booleans:
    """Fewer than `low` common free minutes a week, or no weekly times stated."""
    return ~(common_minutes(features, rows) >= bounds.low)


def level_window(features: Features, rows: slice, bounds: Bounds) -> Booleans:
    """The mentor's level is fewer than `low` or more than `high` steps above the mentee's, or one is not stated."""
    gap = level_gap(features, rows)
    return ~((gap >= bounds.low) & (gap <= bounds.high))


def same_modality(features: Features, rows: slice, _: Bounds) -> Booleans:
    """No way of meeting suits both."""
    blocked: Booleans = shared(features.mentee.modalities[rows], features.mentor.modalities) == 0
    return blocked


def different_organization(features: Features, rows: slice, _: Bounds) -> Booleans:
    """Both come from the same organization, or one does not say from which (-1)."""
    mine, yours = features.mentee.organization[rows, None], features.mentor.organization[None, :]
    blocked: Booleans = (mine < 0) | (yours < 0) | (mine == yours)
    return blocked


CONSTRAINTS: Mapping[str, Constraint] = MappingProxyType(
    {
        "common_language": common_language,
        "overlap_minutes": common_time,
        "level_gap": level_window,
        "same_modality": same_modality,
        "different_organization": different_organization,
    }
)
"""The constraints that follow from profiles, by the name that a policy uses; the others are lists of people."""


def ruled_out_by(constraint: Constraint, features: Features, bounds: Bounds) -> Marks:
    """Mark the pairs that a constraint rules out, one stretch of mentees after the other."""
    return marks(features.shape, lambda rows: constraint(features, rows, bounds))


def below(score: Table, least: int) -> Marks:
    """Mark the pairs that score too little."""
    rows, columns = score.shape
    return marks((rows, columns), lambda part: score[part] < least)
