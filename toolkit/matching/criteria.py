"""What speaks for a pair: each criterion gives 0 to 1 for every mentee and mentor, NaN where nobody answered.

A criterion is a function of the features, a stretch of mentees and its options; it returns one row a mentee and one
column a mentor. The evidence behind the choice: felt likeness in values and working style goes with the quality of a
relationship (Eby et al. 2013), and so does having had a say (Allen, Eby and Lentz 2006); likeness in demographics
hardly does, so a background counts only where the mentee asks to share it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from toolkit.matching.arrays import SCALE, Features, Floats, Integers, common_minutes, level_gap, shared

_LONG = 56  # days: eight weekly rounds


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a criterion, as the policy states them or by default.

    `floor` is the number of common minutes that the policy requires; `unanswered_is_zero` is the policy's
    `missing: zero`, for a criterion that looks at both sides and can do with one.
    """

    of: str = "both"
    share_mentee: float = 0.5
    saturates_at: int = 180
    low: int = 1
    high: int = 3
    floor: int = 0
    unanswered_is_zero: bool = False


Function = Callable[[Features, slice, Options], Floats]


@dataclass(frozen=True, slots=True)
class Weighted:
    """A criterion as a policy uses it."""

    name: str
    weight: float
    function: Function
    options: Options


def offers_meet_seeks(features: Features, rows: slice, _: Options) -> Floats:
    """How well the mentor's offers meet what the mentee seeks: priority x strength over priority, of 5."""
    seeks, offers = features.mentee.topics[rows], features.mentor.topics
    met = seeks @ offers.T
    value = _ratio(met, 5 * seeks.sum(axis=1, keepdims=True))
    value[:, ~offers.any(axis=1)] = np.nan
    return value


def shared_topics(features: Features, rows: slice, _: Options) -> Floats:
    """The share of the topics a mentee seeks that the mentor offers at all."""
    seeks, offers = features.mentee.topics[rows] > 0, features.mentor.topics > 0
    value = _ratio(shared(seeks, offers), seeks.sum(axis=1, keepdims=True))
    value[:, ~offers.any(axis=1)] = np.nan
    return value


def values_overlap(features: Features, rows: slice, _: Options) -> Floats:
    """The chosen values that both have, of all that either has (Jaccard)."""
    mine, yours = features.mentee.values[rows], features.mentor.values
    both = shared(mine, yours)
    either = mine.sum(axis=1, keepdims=True) + yours.sum(axis=1)[None, :] - both
    value = _ratio(both, either)
    value[~mine.any(axis=1)] = np.nan
    value[:, ~yours.any(axis=1)] = np.nan
    return value


def working_style(features: Features, rows: slice, _: Options) -> Floats:
    """Closeness on the scales that both answered: 1 less the mean distance, of 6 steps."""
    mine, yours = features.mentee.working[rows], features.mentor.working
    total = np.zeros((mine.shape[0], yours.shape[0]))
    count = np.zeros_like(total)
    for scale in range(mine.shape[1]):
        distance = np.abs(mine[:, scale, None] - yours[None, :, scale])
        answered = ~np.isnan(distance)
        total[answered] += distance[answered]
        count += answered
    value: Floats = 1 - _ratio(total, 6 * count)
    return value


def preferred_style(features: Features, rows: slice, _: Options) -> Floats:
    """The share of the mentee's preferred ways of mentoring that come naturally to the mentor."""
    wanted, has = features.mentee.styles[rows], features.mentor.styles
    value = _ratio(shared(wanted, has), wanted.sum(axis=1, keepdims=True))
    value[:, ~has.any(axis=1)] = np.nan
    return value


def shared_background(features: Features, rows: slice, _: Options) -> Floats:
    """The share of the backgrounds a mentee asks to share that the mentor has, and agreed to be matched by."""
    wanted, has = features.mentee.backgrounds[rows], features.mentor.backgrounds
    return _ratio(shared(wanted, has), wanted.sum(axis=1, keepdims=True))


def overlap_minutes(features: Features, rows: slice, options: Options) -> Floats:
    """Common free time a week above the floor, full at `saturates_at` minutes."""
    above = common_minutes(features, rows) - options.floor
    value: Floats = np.clip(above / max(options.saturates_at - options.floor, 1), 0, 1)
    return value


def gap_in_window(features: Features, rows: slice, options: Options) -> Floats:
    """Steps from mentee to mentor: 1 inside the window, a third less for each step outside it."""
    gap = level_gap(features, rows)
    outside = np.maximum(np.maximum(options.low - gap, gap - options.high), 0)
    value: Floats = np.maximum(1 - outside / 3, 0)
    return value


def ranked_choice(features: Features, rows: slice, options: Options) -> Floats:
    """The wish of the mentee, the mentor or both: rank r of R gives 1 - (r-1)/R, who is not ranked 0."""
    mentee = _wish(features.ranked_by_mentee[rows], features.ranked_by_mentee.listed(1)[rows, None])
    mentor = _wish(features.ranked_by_mentor[rows], features.ranked_by_mentor.listed(0)[None, :])
    if options.of == "mentee":
        return mentee
    if options.of == "mentor":
        return mentor
    if options.unanswered_is_zero:
        mentee, mentor = np.nan_to_num(mentee), np.nan_to_num(mentor)
    both = options.share_mentee * mentee + (1 - options.share_mentee) * mentor
    # Where one side ranked nobody, the other side's wish speaks alone.
    return np.where(np.isnan(mentee), mentor, np.where(np.isnan(mentor), mentee, both))


def waiting_time(features: Features, rows: slice, _: Options) -> Floats:
    """How long the mentee has waited since applying, full at eight weeks; the same with every mentor."""
    share = np.clip(features.waited[rows] / _LONG, 0, 1)
    return np.repeat(share[:, None], features.shape[1], axis=1)


def _wish(ranks: Integers, listed: Integers) -> Floats:
    utility = _ratio((listed - ranks + 1).astype(np.float64), np.broadcast_to(listed, ranks.shape))
    return np.where((ranks == 0) & (listed > 0), 0.0, utility)


def _ratio(above: Floats, below: Floats | Integers) -> Floats:
    """Divide, giving NaN where there is nothing to divide by."""
    with np.errstate(invalid="ignore", divide="ignore"):
        value: Floats = np.where(below > 0, above / below, np.nan)
    return value


CRITERIA: Mapping[str, Function] = MappingProxyType(
    {
        "offers_meet_seeks": offers_meet_seeks,
        "ranked_choice": ranked_choice,
        "shared_topics": shared_topics,
        "values_overlap": values_overlap,
        "working_style": working_style,
        "overlap_minutes": overlap_minutes,
        "level_gap": gap_in_window,
        "preferred_style": preferred_style,
        "waiting_time": waiting_time,
        "shared_background": shared_background,
    }
)
"""The criteria that come with the toolkit, by the name that a policy uses."""
UNASKED = frozenset({"shared_background"})
"""Criteria that look at a wish: who voices none has left nothing unanswered, whatever `missing` says."""


def terms(features: Features, criteria: tuple[Weighted, ...], rows: slice) -> Floats:
    """Evaluate every criterion for a stretch of mentees: k criteria x mentees x mentors, NaN where nobody answered."""
    count, mentors = len(range(*rows.indices(features.shape[0]))), features.shape[1]
    stack: Floats = np.empty((len(criteria), count, mentors))
    for position, each in enumerate(criteria):
        stack[position] = each.function(features, rows, each.options)
    return stack


def shares(stack: Floats, criteria: tuple[Weighted, ...]) -> Floats:
    """Give each criterion's share of each score: its weight among those that were answered."""
    weights = np.array([each.weight for each in criteria])[:, None, None] * ~np.isnan(stack)
    return np.nan_to_num(_ratio(weights, np.broadcast_to(_total(stack, criteria), weights.shape)))


def scores(stack: Floats, criteria: tuple[Weighted, ...]) -> Integers:
    """Add up the terms by their shares, as whole numbers of 0 to 10,000; 0 where nothing is known of a pair."""
    above = np.zeros(stack.shape[1:])
    for layer, each in zip(stack, criteria, strict=True):
        above += np.where(np.isnan(layer), 0, layer) * each.weight
    value = _ratio(above, _total(stack, criteria))
    rounded: Integers = np.rint(np.where(np.isnan(value), 0, value) * SCALE).astype(np.int64)
    return rounded


def _total(stack: Floats, criteria: tuple[Weighted, ...]) -> Floats:
    """Add the weights of what was answered, one after the other: the order of a sum is part of its last bits."""
    total = np.zeros(stack.shape[1:])
    for layer, each in zip(stack, criteria, strict=True):
        total += each.weight * ~np.isnan(layer)
    return total


def blocks(rows: int, size: int = 512) -> tuple[slice, ...]:
    """Cut the mentees into stretches, so that the terms of all of them never stand in memory at once."""
    return tuple(slice(start, min(start + size, rows)) for start in range(0, rows, size))
