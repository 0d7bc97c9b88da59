"""What rules a pair out: each constraint says, for every mentee and mentor, where it forbids the pair.

What is not known does not hold: where a policy requires a common language, a person who states none has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from toolkit.matching.arrays import Booleans, Features, common_minutes, level_gap, shared

ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The settings of a constraint: the least and the most that is allowed."""

    low: int = 1
    high: int = 99


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """One constraint of a problem and the pairs that it rules out (`blocked[n, m]`).

    `says` names what is wrong where it rules a pair out. A `hidden` bar comes from private records: no sentence may
    tell it from the other hidden ones, nor name the people between whom it stands.
    """

    name: str
    blocked: Booleans
    says: str
    hidden: bool = False


Constraint = Callable[[Features, Bounds], Booleans]


def common_language(features: Features, bounds: Bounds) -> Booleans:
    """Fewer than `low` languages in common."""
    blocked: Booleans = shared(features.mentee.languages, features.mentor.languages) < bounds.low
    return blocked


def common_time(features: Features, bounds: Bounds) -> Booleans:
    """Fewer than `low` common free minutes a week, or no weekly times stated."""
    return ~(common_minutes(features, ALL) >= bounds.low)


def level_window(features: Features, bounds: Bounds) -> Booleans:
    """The mentor's level is fewer than `low` or more than `high` steps above the mentee's, or one is not stated."""
    gap = level_gap(features, ALL)
    return ~((gap >= bounds.low) & (gap <= bounds.high))


def same_modality(features: Features, _: Bounds) -> Booleans:
    """No way of meeting suits both."""
    blocked: Booleans = shared(features.mentee.modalities, features.mentor.modalities) == 0
    return blocked


def different_organization(features: Features, _: Bounds) -> Booleans:
    """Both come from the same organization, or one does not say from which (-1)."""
    mine, yours = features.mentee.organization[:, None], features.mentor.organization[None, :]
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


def between(shape: tuple[int, int], pairs: Iterable[tuple[int, int]]) -> Booleans:
    """Rule out single pairs, given as (row, column)."""
    blocked = np.zeros(shape, dtype=np.bool_)
    for row, column in pairs:
        blocked[row, column] = True
    return blocked


def of_people(mentees: Iterable[bool], mentors: Iterable[bool]) -> Booleans:
    """Rule out all pairs of the people for whom something does not hold (True)."""
    return np.array(list(mentees), dtype=np.bool_)[:, None] | np.array(list(mentors), dtype=np.bool_)[None, :]
