"""What a plan is worth beside its scores: against chance, under other weights, by groups of mentees, and for mentors."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from toolkit.matching.arrays import SCALE, Integers
from toolkit.matching.baseline import DRAWS, Chance, baseline
from toolkit.matching.intervals import Interval, newcombe, wilson
from toolkit.matching.load import Load, load_data
from toolkit.matching.outcome import decide
from toolkit.matching.price import counted_as
from toolkit.matching.problem import Problem, build
from toolkit.matching.solvers import NOBODY
from toolkit.matching.tally import Figures, company, tally
from toolkit.matching.tally import load as load_of
from toolkit.model import Policy, Records

SHIFT = 0.25
LEAST = 10
"""Groups of fewer mentees are not shown, nor is an attribute whose total would give such a group away."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """The share of pairs that stay when one weight is a quarter less, and a quarter more."""

    criterion: str
    less: float
    more: float


@dataclass(frozen=True, slots=True)
class Group:
    """Mentees of one group: their number, how many are matched, their mean score (0 to 1), first choices met."""

    attribute: str
    name: str
    size: int
    matched: Interval
    mean: float | None
    first_choice: Interval | None


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference between two groups, in the share that is matched and in first choices."""

    one: Group
    other: Group
    matched: Interval
    mean: float | None
    first_choice: Interval | None


@dataclass(frozen=True, slots=True)
class Worth:
    """All figures of a plan; `withheld` names attributes that are not shown, since a group of them is too small."""

    counts: str
    plan: Figures
    chance: Chance | None
    shifted: tuple[Shifted, ...]
    groups: tuple[Group, ...]
    gaps: tuple[Gap, ...]
    withheld: tuple[str, ...]
    load: Load


def steps(policy: Policy) -> int:
    """How many times a plan is solved to be measured: once, and twice for each weight that is moved."""
    return 1 + 2 * len(_moved(policy))


def worth(
    records: Records, cohort: str, today: datetime.date, solved: Callable[[int], None] = lambda steps: None
) -> Worth:
    """Measure the plan that a cohort's policy gives.

    `solved` is told each time that a plan was solved, for a progress bar.
    """
    problem = build(records, cohort, today)
    outcome = decide(problem)
    solved(1)
    groups, withheld = _groups(problem, outcome.mate)
    return Worth(
        counted_as(problem),
        tally(problem, outcome.formed),
        baseline(problem, outcome.formed),
        tuple(_shifted(records, cohort, today, company(problem, outcome.formed), solved)),
        groups,
        tuple(_gap(one, other) for one, other in combinations(groups, 2) if one.attribute == other.attribute),
        withheld,
        load_of(problem, outcome.formed),
    )


def _moved(policy: Policy) -> list[str]:
    """The criteria whose weights are moved: where only one counts, its weight changes nothing."""
    counted = [name for name, criterion in policy.score.items() if criterion.weight]
    return counted if len(counted) > 1 else []


def _shifted(
    records: Records,
    cohort: str,
    today: datetime.date,
    pairs: Mapping[str, tuple[str, ...]],
    solved: Callable[[int], None],
) -> Iterator[Shifted]:
    """Solve again with each weight a quarter less and a quarter more."""
    policy = records.policies[cohort]
    for name in _moved(policy):
        kept = []
        for factor in (1 - SHIFT, 1 + SHIFT):
            weight = policy.score[name].weight * factor
            other = policy.score[name].model_copy(update={"weight": weight})
            moved = policy.model_copy(update={"score": {**policy.score, name: other}})
            problem = build(replace(records, policies={**records.policies, cohort: moved}), cohort, today)
            again = company(problem, decide(problem).formed)
            same = sum(sorted(again.get(who, ())) == sorted(others) for who, others in pairs.items())
            kept.append(same / len(pairs) if pairs else 1.0)
            solved(1)
        yield Shifted(name, *kept)


def _groups(problem: Problem, mate: Integers) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Group the mentees by what they said of themselves; small groups are left out, and what would give them away."""
    said: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, taker in enumerate(problem.pool.mentees):
        for attribute, value in taker.private.protected.items() if taker.private else ():
            said[attribute][value.casefold()].append(row)
    shown: list[Group] = []
    withheld: list[str] = []
    for attribute in sorted(said):
        large = {value: rows for value, rows in sorted(said[attribute].items()) if len(rows) >= LEAST}
        rest = len(mate) - sum(map(len, large.values()))
        if len(large) < 2 or 0 < rest < LEAST:
            withheld.append(attribute)
            continue
        shown += (_group(problem, mate, attribute, value, rows) for value, rows in large.items())
    return tuple(shown), tuple(withheld)


def _group(problem: Problem, mate: Integers, attribute: str, name: str, rows: list[int]) -> Group:
    instance, placed = problem.instance, [row for row in rows if mate[row] != NOBODY]
    scores = [int(instance.score[row, mate[row]]) for row in placed]
    asked = [row for row in rows if instance.first[row].any()]
    met = sum(bool(instance.first[row, mate[row]]) for row in asked if mate[row] != NOBODY)
    return Group(
        attribute,
        name,
        len(rows),
        wilson(len(placed), len(rows)),
        sum(scores) / len(scores) / SCALE if len(scores) >= LEAST else None,
        wilson(met, len(asked)) if len(asked) >= LEAST else None,
    )


def _gap(one: Group, other: Group) -> Gap:
    first = (one.first_choice, other.first_choice)
    return Gap(
        one,
        other,
        newcombe(one.matched, other.matched),
        one.mean - other.mean if one.mean is not None and other.mean is not None else None,
        newcombe(first[0], first[1]) if first[0] and first[1] else None,
    )


def worth_lines(found: Worth) -> tuple[str, ...]:
    """Write the figures that speak of nobody's group as lines: chance, weights, load."""
    plan, chance = found.plan, found.chance
    lines = [f"worth: {found.counts}: {plan.matched}; total {plan.total / SCALE:.4f}"]
    if chance is not None:
        lines = [
            f"against chance: a total of {plan.total / SCALE:.4f} with {plan.matched} matched; {DRAWS:,} random "
            f"plans that break no constraint reach {chance.total / SCALE:.4f} with {chance.matched:.1f} on average"
        ]
    stay = "of the pairs stay" if found.counts == "pairs" else "keep the same company"
    lines += [
        f"weight of {each.criterion}: {each.less:.0%} {stay} with a quarter less, {each.more:.0%} with a quarter more"
        for each in found.shifted
    ]
    load = found.load
    if load.gini is not None and load.jain is not None:
        lines.append(
            f"load of mentors, with what they carry elsewhere: {load.least} to {load.most} mentees, {load.idle} with "
            f"nobody, Gini {load.gini:.4f}, Jain {load.jain:.4f}"
        )
    return tuple(lines)


def group_lines(found: Worth) -> tuple[str, ...]:
    """Write the figures by group as lines; they are for the coordinator alone and stand in no file."""
    lines = []
    for each in found.groups:
        parts = [f"matched {_share(each.matched)}"]
        parts += [f"mean score {each.mean:.2f}"] if each.mean is not None else []
        parts += [f"first choice {_share(each.first_choice)}"] if each.first_choice else []
        lines.append(f"{each.attribute} {each.name} ({each.size}): {', '.join(parts)}")
    for gap in found.gaps:
        parts = [f"matched {_difference(gap.matched)}"]
        parts += [f"mean score {gap.mean:+.2f}"] if gap.mean is not None else []
        parts += [f"first choice {_difference(gap.first_choice)}"] if gap.first_choice else []
        lines.append(f"{gap.one.attribute}, {gap.one.name} less {gap.other.name}: {', '.join(parts)}")
    if found.withheld:
        lines.append(f"not shown, since a group would have fewer than {LEAST} mentees: {', '.join(found.withheld)}")
    return tuple(lines)


def _share(each: Interval) -> str:
    return f"{each.value:.0%} [{each.low:.0%}, {each.high:.0%}]"


def _difference(each: Interval) -> str:
    return f"{each.value:+.2f} [{each.low:+.2f}, {each.high:+.2f}]"


def worth_data(found: Worth) -> dict[str, Any]:
    """Give the figures as plain data for scripts."""
    return {
        "random_baseline": found.chance
        and {
            "draws": DRAWS,
            "matched": round(found.chance.matched, 4),
            "total": round(found.chance.total / SCALE, 6),
        },
        "sensitivity": [
            {"criterion": each.criterion, "less": round(each.less, 4), "more": round(each.more, 4)}
            for each in found.shifted
        ],
        "load": load_data(found.load),
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
    }


def _bounds(each: Interval | None) -> dict[str, float] | None:
    return {name: round(value, 4) for name, value in each._asdict().items()} if each else None
