"""The arrays that matching works on: what is known of each side, always n mentees by m mentors, in that order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from toolkit.matching.marks import Booleans, Integers, Places

__all__ = ["SCALE", "Booleans", "Features", "Floats", "Integers", "Side", "common_minutes", "level_gap", "shared"]

Floats: TypeAlias = npt.NDArray[np.float64]

SCALE = 10_000
"""Scores are whole numbers of 0 to this, so that every sum of them is exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What is known of p people in one role; each array has p rows.

    `topics` holds priorities (mentees) or strengths (mentors), 1 to 5, 0 where a topic is not named. `styles` are
    those that a mentee prefers or a mentor has; `backgrounds` those that a mentee asks to share, or by which a mentor
    agreed to be found. `working` and `level` are NaN where nothing was answered. `free` has a
    column for each stretch of the week; `timed` says who stated weekly times that can be compared.
    """

    topics: Floats
    values: Booleans
    styles: Booleans
    backgrounds: Booleans
    working: Floats
    level: Floats
    languages: Booleans
    modalities: Booleans
    organization: Integers
    free: Booleans
    timed: Booleans


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Both sides, the minutes of each stretch of the week, and who ranked whom.

    `ranked_by_mentee[i, j]` is the place, from 1, that mentee i gave to mentor j, and `ranked_by_mentor[i, j]` the
    place that mentor j gave to mentee i; 0 where none was given. People who do not take part are left out of a ranking.
    `waited` counts for each mentee the days since the application came in.
    """

    mentee: Side
    mentor: Side
    minutes: Floats
    ranked_by_mentee: Places
    ranked_by_mentor: Places
    waited: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and how many mentors there are."""
        rows, columns = self.ranked_by_mentee.shape
        return rows, columns


def common_minutes(features: Features, rows: slice) -> Floats:
    """Count the minutes a week that mentees and mentors have in common; NaN where one side stated no times."""
    weighted = features.mentee.free[rows].astype(np.float64) * features.minutes
    minutes: Floats = weighted @ features.mentor.free.T.astype(np.float64)
    minutes[~(features.mentee.timed[rows, None] & features.mentor.timed[None, :])] = np.nan
    return minutes


def level_gap(features: Features, rows: slice) -> Floats:
    """Count the steps by which each mentor stands above each mentee; NaN where a level is not stated."""
    gap: Floats = features.mentor.level[None, :] - features.mentee.level[rows, None]
    return gap


def shared(mentee: Booleans, mentor: Booleans) -> Floats:
    """Count what each mentee and each mentor have in common, from two arrays of p rows by one column a thing."""
    count: Floats = mentee.astype(np.float64) @ mentor.T.astype(np.float64)
    return count
