"""Groups of mentees side by side: who is matched, how well, with a first choice, after how long; for coordinators alone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.problem import Problem
from toolkit.matching.solvers import NOBODY
from toolkit.matching.subgroups import groups_of
from toolkit.model.groups import LEAST, comparable
from toolkit.stats import Interval, newcombe, wilson


@dataclass(frozen=True, slots=True)
class Group:
    """Mentees of one group: their number, how many are matched, their mean score (0 to 1), first choices met.

    `waited` is the mean of days from the application to this plan of those who are matched.
    """

    attribute: str
    name: str
    size: int
    matched: Interval
    mean: float | None
    first_choice: Interval | None
    waited: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference between two groups, in each figure that both have."""

    one: Group
    other: Group
    matched: Interval
    mean: float | None
    first_choice: Interval | None
    waited: float | None


@dataclass(frozen=True, slots=True)
class Between:
    """The groups, each two of an attribute, and the attributes that are not shown, since a group is too small."""

    groups: tuple[Group, ...]
    gaps: tuple[Gap, ...]
    withheld: tuple[str, ...]


def between(problem: Problem, mate: Integers, today: datetime.date) -> Between:
    """Compare the mentees by what the policy names, else by what they said of themselves.

    Small groups are left out, and with them an attribute whose total would give such a group away.
    """
    shown: list[Group] = []
    withheld: list[str] = []
    for attribute, values in groups_of(problem.pool, problem.policy.fairness.report_by).items():
        kept = comparable(values, len(mate))
        if not kept:
            withheld.append(attribute)
            continue
        shown += (_group(problem, mate, attribute, value, rows, today) for value, rows in kept.items())
    pairs = (two for two in combinations(shown, 2) if two[0].attribute == two[1].attribute)
    return Between(tuple(shown), tuple(_gap(*two) for two in pairs), tuple(withheld))


def _group(problem: Problem, mate: Integers, attribute: str, name: str, rows: list[int], today: datetime.date) -> Group:
    instance, placed = problem.instance, [row for row in rows if mate[row] != NOBODY]
    scores = [int(instance.score[row, mate[row]]) for row in placed]
    asked = [row for row in rows if instance.first[row].any()]
    met = sum(bool(instance.first[row, mate[row]]) for row in asked if mate[row] != NOBODY)
    days = [(today - problem.pool.mentees[row].application.submitted).days for row in placed]
    return Group(
        attribute,
        name,
        len(rows),
        wilson(len(placed), len(rows)),
        sum(scores) / len(scores) / SCALE if len(scores) >= LEAST else None,
        wilson(met, len(asked)) if len(asked) >= LEAST else None,
        sum(days) / len(days) if len(days) >= LEAST else None,
    )


def _gap(one: Group, other: Group) -> Gap:
    first = (one.first_choice, other.first_choice)
    return Gap(
        one,
        other,
        newcombe(one.matched, other.matched),
        _less(one.mean, other.mean),
        newcombe(first[0], first[1]) if first[0] and first[1] else None,
        _less(one.waited, other.waited),
    )


def _less(one: float | None, other: float | None) -> float | None:
    return one - other if one is not None and other is not None else None


def group_lines(found: Between) -> tuple[str, ...]:
    """Write the figures by group as lines; they are for the coordinator alone and stand in no file."""
    lines = []
    for each in found.groups:
        parts = [f"matched {_share(each.matched)}"]
        parts += [f"mean score {each.mean:.2f}"] if each.mean is not None else []
        parts += [f"first choice {_share(each.first_choice)}"] if each.first_choice else []
        parts += [f"waited {each.waited:.1f} days"] if each.waited is not None else []
        lines.append(f"{each.attribute} {each.name} ({each.size}): {', '.join(parts)}")
    for gap in found.gaps:
        parts = [f"matched {_difference(gap.matched)}"]
        parts += [f"mean score {gap.mean:+.2f}"] if gap.mean is not None else []
        parts += [f"first choice {_difference(gap.first_choice)}"] if gap.first_choice else []
        parts += [f"waited {gap.waited:+.1f} days"] if gap.waited is not None else []
        lines.append(f"{gap.one.attribute}, {gap.one.name} less {gap.other.name}: {', '.join(parts)}")
    if found.withheld:
        lines.append(f"not shown, since a group would have fewer than {LEAST} mentees: {', '.join(found.withheld)}")
    return tuple(lines)


def _share(each: Interval) -> str:
    return f"{each.value:.0%} [{each.low:.0%}, {each.high:.0%}]"


def _difference(each: Interval) -> str:
    return f"{each.value:+.2f} [{each.low:+.2f}, {each.high:+.2f}]"


def between_data(found: Between) -> dict[str, Any]:
    """Give the figures by group as plain data for scripts."""
    return {
        "groups": [
            {"attribute": each.attribute, "group": each.name, "mentees": each.size, **_compared(each)}
            for each in found.groups
        ],
        "gaps": [
            {"attribute": each.one.attribute, "groups": [each.one.name, each.other.name], **_compared(each)}
            for each in found.gaps
        ],
        "withheld": list(found.withheld),
    }


def _compared(each: Group | Gap) -> dict[str, Any]:
    return {
        "matched": _bounds(each.matched),
        "mean_score": None if each.mean is None else round(each.mean, 4),
        "first_choice": _bounds(each.first_choice),
        "waited_days": None if each.waited is None else round(each.waited, 2),
    }


def _bounds(each: Interval | None) -> dict[str, float] | None:
    return {name: round(value, 4) for name, value in each._asdict().items()} if each else None
