"""How near a plan comes to people's own choices: which of their ranks they got, the worst, and whose envy is justified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.matching.arrays import SCALE
from toolkit.matching.criteria import blocks
from toolkit.matching.outcome import Formed, wanted_by
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.words import counted, listed, ordinal


@dataclass(frozen=True, slots=True)
class Ranks:
    """Of those who ranked somebody: how many got their first choice, their second and so on, another, or nobody.

    `profile[k]` counts the (k+1)-th choices; `worst` is the last rank that somebody got, None where nobody got one.
    """

    profile: tuple[int, ...]
    unranked: int
    nobody: int

    @property
    def worst(self) -> int | None:
        """The regret of the plan: the worst rank that anybody got."""
        return len(self.profile) or None


def ranks_of(problem: Problem, formed: Iterable[Formed]) -> Ranks | None:
    """Count the ranks that mentees gave to whom they got, the best of a group; None where rankings do not count."""
    if problem.policy.mode == "admin":
        return None
    got: dict[int, list[int]] = {}
    for each in formed:
        for row in each.mentees:
            others = each.mentors or tuple(other for other in each.mentees if other != row)
            got.setdefault(row, []).extend(others)
    count: Counter[int] = Counter()
    nobody = 0
    for row in range(len(problem.mentees)):
        places = problem.features.ranked_by_mentee[row : row + 1][0]
        if not places.any():
            continue
        given = [int(places[other]) for other in got.get(row, ()) if places[other]]
        if row not in got:
            nobody += 1
        else:
            count[min(given, default=0)] += 1
    if not count and not nobody:
        return None
    unranked = count.pop(0, 0)
    return Ranks(tuple(count[rank] for rank in range(1, max(count, default=0) + 1)), unranked, nobody)


def envious(problem: Problem, formed: Iterable[Formed]) -> int | None:
    """Count mentees who would rather have another mentor's place, and score higher there than somebody who has one.

    None where a mentee has no mentor of their own to compare. Places that a pin gives are nobody's to envy.
    """
    if problem.shape.kind not in ("pairs", "circle"):
        return None
    instance, columns = problem.instance, len(problem.mentors)
    mate = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for each in formed:
        mate[list(each.mentees)] = each.mentors[0]
    free = np.flatnonzero((mate != NOBODY) & (instance.pinned == NOBODY))
    lowest = np.full(columns, SCALE + 1)
    np.minimum.at(lowest, mate[free], instance.score[free, mate[free]])
    asked, found = wanted_by(problem), 0
    for rows in blocks(len(mate)):
        wanted = asked.rows(rows).mentee
        own, mine = np.full(rows.stop - rows.start, np.iinfo(np.int64).max), mate[rows]
        placed = np.flatnonzero(mine != NOBODY)
        own[placed] = wanted[placed, mine[placed]]
        own[instance.pinned[rows] != NOBODY] = -1
        rather = instance.eligible[rows] & (wanted < own[:, None]) & (instance.score[rows] > lowest[None, :])
        found += int(rather.any(axis=1).sum())
    return found


def rank_words(found: Ranks) -> str:
    """Say the profile of ranks in one line."""
    parts = [f"{number} the {ordinal(rank)}" for rank, number in enumerate(found.profile, 1)]
    parts += [f"{found.unranked} somebody not ranked"] if found.unranked else []
    parts += [f"{found.nobody} nobody"] if found.nobody else []
    asked = sum(found.profile) + found.unranked + found.nobody
    worst = f"; the worst rank that anybody got is the {ordinal(found.worst)}" if found.worst else ""
    return f"choices of the {counted(asked, 'mentee')} who ranked: {listed(parts, 30)}{worst}"


def ranks_data(found: Ranks) -> dict[str, Any]:
    """Give the profile as plain data for scripts."""
    return {"profile": list(found.profile), "unranked": found.unranked, "nobody": found.nobody, "worst": found.worst}
