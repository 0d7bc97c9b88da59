"""Groups of mentees, by what they said of themselves: for figures and limits of coordinators, never for an explanation."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.limits import Bounds
from toolkit.matching.policy import Refused, finding
from toolkit.matching.pool import Pool
from toolkit.model import Policy, Records
from toolkit.model.fairness import GROUP_LIMITS
from toolkit.model.groups import OF_PROFILE, Groups, grouped, large


def groups_of(pool: Pool, names: tuple[str, ...] = ()) -> Groups:
    """Group the rows of mentees by these attributes, else by all that private files hold; sorted, small ones included."""
    return grouped(((each.person, each.private) for each in pool.mentees), names)


def bounds_of(records: Records, policy: Policy, pool: Pool) -> Bounds:
    """Read the limits of a policy for the people of a cohort; raises Refused where the groups are not known here."""
    limit, names = policy.fairness.limit, policy.fairness.report_by
    compared = [name for name in GROUP_LIMITS if getattr(limit, name) is not None]
    kept_apart = [name for name in names if name not in OF_PROFILE]
    if compared and kept_apart and not records.has_private:
        message = f"`{compared[0]}` compares groups by {kept_apart[0]}, and private/, where that is kept, is not here"
        hint = "fetch the private records beside content/, or leave the limit out"
        raise Refused((finding("policy-infeasible", policy, message, ("fairness", "limit", compared[0]), hint),))
    pairs = [
        (np.array(one, dtype=np.int64), np.array(other, dtype=np.int64))
        for values in (groups_of(pool, names).values() if compared else ())
        for one, other in combinations(large(values).values(), 2)
    ]
    mean = None if limit.mean_score_gap is None else round(limit.mean_score_gap * SCALE)
    return Bounds(tuple(pairs), limit.match_rate_gap, mean, limit.load_spread)
