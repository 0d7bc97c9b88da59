"""What each limit of fairness costs: the plan with it beside the best one without any, and how near the limit it comes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from toolkit.matching.limits import Gaps, gaps
from toolkit.matching.outcome import Formed, Outcome, decide
from toolkit.matching.problem import Problem, build
from toolkit.matching.subgroups import groups_of
from toolkit.matching.tally import Figures, company, relations, tally
from toolkit.matching.words import counted, verb
from toolkit.model import Records
from toolkit.model.fairness import GROUP_LIMITS, Fairness, LimitName, Limits
from toolkit.model.groups import comparable, large

TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Priced:
    """What a limit costs, or all of them (`at` is None): the share of the total score without limits that it takes.

    `fewer` is how many mentees less are matched, `moved` how many have another mentor, group or none. Where it is not
    `proven`, one of the two plans might be better than it is. `idle` says that nothing was limited, since there are no
    two groups that are large enough.
    """

    limit: str
    at: float | None
    price: float
    fewer: int
    moved: int
    proven: bool
    idle: bool = False


def priced(
    records: Records, cohort: str, today: datetime.date, problem: Problem, outcome: Outcome
) -> tuple[Priced, ...]:
    """Price every limit of a cohort's policy by itself, and all together where there are several."""
    limit = problem.policy.fairness.limit
    names = limit.stated
    if not names:
        return ()

    def solved(*kept: LimitName) -> tuple[Problem, Outcome]:
        changed = build(_limited_to(records, cohort, kept), cohort, today)
        return changed, decide(changed)

    free = solved()
    one = len(names) == 1
    alone = [_price(problem, name, free, (problem, outcome) if one else solved(name)) for name in names]
    return (*alone, *(() if one else (_price(problem, "", free, (problem, outcome)),)))


def _limited_to(records: Records, cohort: str, kept: tuple[LimitName, ...]) -> Records:
    policy = records.policies[cohort]
    limit = Limits.model_validate({name: getattr(policy.fairness.limit, name) for name in kept})
    fairness = Fairness(report_by=policy.fairness.report_by, limit=limit)
    changed = policy.model_copy(update={"fairness": fairness}).placed(policy.origin)
    return replace(records, policies={**records.policies, cohort: changed})


def _price(
    problem: Problem, name: LimitName | str, free: tuple[Problem, Outcome], fair: tuple[Problem, Outcome]
) -> Priced:
    (before, one), (after, other) = free, fair
    worth = tally(before, one.formed), tally(after, other.formed)
    with_whom = company(before, one.formed), company(after, other.formed)
    moved = sum(with_whom[0].get(each) != with_whom[1].get(each) for each in problem.mentees)
    return Priced(
        name or TOGETHER,
        getattr(problem.policy.fairness.limit, name) if name else None,
        _share(*worth),
        worth[0].matched - worth[1].matched,
        moved,
        all(step.proven for step in (*one.steps, *other.steps)),
        name in GROUP_LIMITS and not problem.limits.groups,
    )


def _share(free: Figures, fair: Figures) -> float:
    return (free.total - fair.total) / free.total if free.total else 0.0


def reached(problem: Problem, formed: Iterable[Formed]) -> Gaps:
    """Measure how far apart a plan leaves groups and loads; for the coordinator alone, since it speaks of groups."""
    rows, columns = relations(formed)
    instance = problem.instance
    loads = instance.carried + np.bincount(columns, minlength=len(instance.carried))
    return gaps(problem.limits, instance.score, rows, columns, loads[instance.room > 0])


def price_words(each: Priced) -> str:
    """Say what a limit costs; of groups it says nothing."""
    name, costs = ("all limits together", "cost") if each.at is None else (f"{each.limit} {each.at:g}", "costs")
    if each.idle:
        return f"{name} limits nothing here: no two groups of ten or more mentees are known by what `report_by` names"
    if not each.moved and not each.price:
        return f"{name} {costs} nothing: the best plan without limits keeps {'them' if each.at is None else 'it'}"
    number, parts = (
        abs(each.fewer),
        [f"{each.price:.1%} of the total score" if each.price >= 0 else "nothing of the total score"],
    )
    if number:
        word = "fewer" if each.fewer > 0 else "more"
        parts.append(f"{number} {word} {verb(number, 'mentee is', 'mentees are')} matched")
    parts.append(f"{counted(each.moved, 'mentee')} {verb(each.moved, 'has', 'have')} another mentor or none")
    sure = "" if each.proven else " (not proven: one of the two plans might be better)"
    return f"{name} {costs} {', '.join(parts)}{sure}"


def reach_words(problem: Problem, outcome: Outcome) -> tuple[str, ...]:
    """Say how near the plan comes to each limit that compares people; for the coordinator alone."""
    limit, lines, found = problem.policy.fairness.limit, [], reached(problem, outcome.formed)
    if limit.match_rate_gap is not None and problem.limits.groups and _shown(problem):
        lines.append(f"the shares that are matched differ by {found.rate:.2f} at the most, of {limit.match_rate_gap:g}")
    if limit.mean_score_gap is not None and found.mean is not None and _shown(problem):
        lines.append(f"the mean scores differ by {found.mean:.2f} at the most, of {limit.mean_score_gap:g}")
    if limit.load_spread is not None:
        lines.append(f"the loads of mentors differ by {found.spread} at the most, of {limit.load_spread}")
    return tuple(lines)


def measured(problem: Problem, formed: tuple[Formed, ...]) -> tuple[tuple[str, str], ...]:
    """Measure any plan by the limits that compare people: each limit with what the policy allows, and what is reached."""
    limit = problem.policy.fairness.limit
    if problem.shape.mutual or not limit.stated:
        return ()
    found, told = reached(problem, formed), bool(problem.limits.groups) and _shown(problem)
    load = np.bincount(relations(formed)[1], minlength=1)
    share = load.max() / len(problem.mentees) if problem.mentees else 0.0
    values = {
        "match_rate_gap": f"{found.rate:.2f}" if told else "not shown",
        "mean_score_gap": f"{found.mean:.2f}" if told and found.mean is not None else "not shown",
        "load_spread": str(found.spread),
        "load_share": f"{share:.2f}",
    }
    return tuple((f"{name}, at most {getattr(limit, name):g}", values[name]) for name in limit.stated if name in values)


def _shown(problem: Problem) -> bool:
    """A gap is told only where the mentees in no large group are too many, or none, to be given away by it."""
    known = groups_of(problem.pool, problem.policy.fairness.report_by).values()
    return all(comparable(values, len(problem.mentees)) for values in known if len(large(values)) > 1)


def priced_data(each: Priced) -> dict[str, Any]:
    """Give a price as the plan keeps it."""
    return {
        "limit": each.limit,
        "at": each.at,
        "price": round(each.price, 4),
        "fewer": each.fewer,
        "moved": each.moved,
        "says": price_words(each),
    }
