"""What a plan is worth beside its scores: against chance, under other weights, by groups of mentees, and for mentors."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from toolkit.matching.arrays import SCALE
from toolkit.matching.baseline import DRAWS, Chance, baseline
from toolkit.matching.between import Between, between, between_data
from toolkit.matching.evenness import Load, load_data
from toolkit.matching.moves import counted_as
from toolkit.matching.outcome import decide
from toolkit.matching.problem import build
from toolkit.matching.ranks import Ranks, envious, rank_words, ranks_data, ranks_of
from toolkit.matching.tally import Figures, company, tally
from toolkit.matching.tally import load as load_of
from toolkit.matching.words import counted
from toolkit.model import Policy, Records

SHIFT = 0.25


@dataclass(frozen=True, slots=True)
class Shifted:
    """The share of pairs that stay when one weight is a quarter less, and a quarter more."""

    criterion: str
    less: float
    more: float


@dataclass(frozen=True, slots=True)
class Worth:
    """All figures of a plan; ranks and envy are None where nobody ranked, or the model has no mentor for each mentee."""

    counts: str
    plan: Figures
    chance: Chance | None
    shifted: tuple[Shifted, ...]
    between: Between
    ranks: Ranks | None
    envious: int | None
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
    return Worth(
        counted_as(problem),
        tally(problem, outcome.formed),
        baseline(problem, outcome.formed),
        tuple(_shifted(records, cohort, today, company(problem, outcome.formed), solved)),
        between(problem, outcome.mate, today),
        ranks_of(problem, outcome.formed),
        envious(problem, outcome.formed),
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
    lines += [] if found.ranks is None else [rank_words(found.ranks)]
    if found.envious is not None:
        lines.append(
            f"justified envy: {counted(found.envious, 'mentee')} would rather have a mentor who scores them above "
            "somebody that mentor has"
        )
    load = found.load
    if load.gini is not None and load.jain is not None:
        lines.append(
            f"load of mentors, with what they carry elsewhere: {load.least} to {load.most} mentees, {load.idle} with "
            f"nobody, Gini {load.gini:.4f}, Jain {load.jain:.4f}"
        )
    return tuple(lines)


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
        "ranks": None if found.ranks is None else ranks_data(found.ranks),
        "justified_envy": found.envious,
        **between_data(found.between),
    }
