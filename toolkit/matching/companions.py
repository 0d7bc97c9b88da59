"""Who can be in one group beside the mentor: ties between mentees and between mentors, strands, and likeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from toolkit.matching.arrays import SCALE, Booleans, Integers
from toolkit.matching.bars import stated_ties
from toolkit.matching.criteria import CRITERIA, Options, Weighted, blocks, scores, terms
from toolkit.matching.features import features_of
from toolkit.matching.pins import together_of
from toolkit.matching.pool import Pool, Taker
from toolkit.matching.shapes import SHAPES, leaders, likeness
from toolkit.model import Cohort, Policy, Records
from toolkit.model.times import first_monday

_ALIKE = ("shared_topics", "values_overlap", "working_style", "level_gap")


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """The arrays of groups: `apart[n, n]` and `split[m, m]` mark who must not be in one group, `bound[n, n]` and
    `joined[m, m]` who must; `like[n, n]` is 0 to 10,000 for two mentees, or 0 throughout where likeness does not count.
    """

    apart: Booleans
    split: Booleans
    bound: Booleans
    joined: Booleans
    like: Integers


def company_of(records: Records, cohort: Cohort, policy: Policy, pool: Pool) -> Company:
    """Look at each two mentees and each two mentors of a cohort; raises Refused where two cannot be kept together."""
    ties = stated_ties(records, policy, pool)
    ties = (*ties, *((each.one, each.other) for each in policy.apart))
    split = _between(pool.mentors, ties)
    if leaders(policy)[1] > 1 and policy.complementary:
        strands = [each.person.strand or "" for each in pool.mentors]
        split |= np.array([[one == other for other in strands] for one in strands], dtype=np.bool_).reshape(split.shape)
        np.fill_diagonal(split, False)
    apart = _between(pool.mentees, ties)
    bound, joined = together_of(records, policy, pool, apart, split)
    return Company(apart, split, bound, joined, _like(cohort, policy, pool))


def _between(takers: tuple[Taker, ...], ties: Iterable[tuple[str, str]]) -> Booleans:
    place = {each.id: index for index, each in enumerate(takers)}
    apart = np.zeros((len(takers), len(takers)), dtype=np.bool_)
    for one, other in ties:
        if one in place and other in place and one != other:
            apart[place[one], place[other]] = apart[place[other], place[one]] = True
    return apart


def _like(cohort: Cohort, policy: Policy, pool: Pool) -> Integers:
    """How alike two mentees are in topics sought, values, working style and level, each counting the same."""
    count = len(pool.mentees)
    like, wanted = np.zeros((count, count), dtype=np.int64), likeness(policy)
    if wanted == "any":
        return like
    same = replace(pool, mentors=pool.mentees)
    features, _ = features_of(same, first_monday(cohort.starts), SHAPES["peer"])
    criteria = tuple(Weighted(name, 1, CRITERIA[name], Options(low=0, high=0)) for name in _ALIKE)
    for rows in blocks(count):
        like[rows] = scores(terms(features, criteria, rows), criteria)
    like = (like + like.T) // 2
    like = like if wanted == "similar" else SCALE - like
    np.fill_diagonal(like, 0)
    return like
