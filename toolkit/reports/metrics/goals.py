"""Goals and promises: what was taken on, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import sqrt
from statistics import fmean

from toolkit.model import Goal
from toolkit.model.actions import standing
from toolkit.model.completed import goal_end
from toolkit.reports.metrics.base import SURE, Figure, Metric, Scope, average, described, metric, share

_WORTH = {"met": 1.0, "partly-met": 0.5}
_ALIKE = 0.3
"""How far the goals of one person are taken to end alike, in Kiresuk and Sherman's scaling."""


def _taken(scope: Scope) -> Iterator[Goal]:
    """The goals of the pairs that began: no drafts, and none that begins later."""
    for pair in scope.begun:
        for goal in scope.records.goals.get(pair.pair_key, ()):
            if goal.status != "draft" and (goal.started is None or goal.started <= scope.today):
                yield goal


@metric("smart-share", "goals")
def smart_share(scope: Scope) -> Figure | None:
    """Goals with all five parts (`specific`, `measure`, `attainable`, `relevant` or `realistic`, `due`), of all that were taken on.

    A draft is not taken on yet. A goal that was dropped or carried over was, and counts.

    Caution: it checks a form. A goal can have all five parts and not be worth having.
    """
    goals = tuple(_taken(scope))
    return share(sum(not goal.lacking for goal in goals), len(goals), "goals have all five parts")


@metric("goal-attainment", "goals")
def goal_attainment(scope: Scope) -> Figure | None:
    """Goals met, and half of those partly met, of all goals that were settled or are past their day.

    What the closure of a pair says of a goal settles it as its own `status` does. A goal that is past its day and still
    open counts as not met.

    Caution: easy goals inflate it. The mean `challenge` of these goals, 1 to 5, stands beside it, where five or more
    have one.
    """
    ends = [(goal, goal_end(scope.records, goal, scope.today)) for goal in _taken(scope)]
    due = [(goal, end) for goal, end in ends if end or (goal.due is not None and goal.due < scope.today)]
    hard = [goal.challenge for goal, _ in due if goal.challenge is not None]
    beside = (("challenge", round(fmean(hard), 1)),) if len(hard) >= SURE else ()
    return share(sum(_WORTH.get(end or "", 0.0) for _, end in due), len(due), "goals due", *beside)


@metric("gas-t", "goals")
def gas_t(scope: Scope) -> Figure | None:
    """How the goals of a mentee ended against what was expected of them (`attainment`, -2 to 2), as a T score; the mean over the mentees.

    It is goal attainment scaling after Kiresuk and Sherman, each goal with the same weight: 50 where everything ended
    as expected, 60 where a single goal ended one level above. The goals of one mentee make one score. Goals that ended
    without a level are named beside it.

    Caution: levels that were not agreed on in advance say what people felt in the end, and people are kind. The ladder
    of one mentee is not that of another: it compares each with themselves.
    """
    levels: dict[str, list[int]] = defaultdict(list)
    unrated = 0
    for goal in _taken(scope):
        if goal_end(scope.records, goal, scope.today) is None:
            continue
        if goal.attainment is None:
            unrated += 1
        else:
            levels[goal.owner].append(goal.attainment)
    scores = [_t_score(levels[owner]) for owner in sorted(levels)]
    return average(scores, "", "50 is as expected", ("unrated", unrated))


def _t_score(levels: list[int]) -> float:
    """The T score of goals that weigh the same."""
    count = len(levels)
    return 50 + 10 * sum(levels) / sqrt((1 - _ALIKE) * count + _ALIKE * count * count)


time_to_goal = described(
    "time-to-goal",
    "goals",
    "hand",
    """Days from the day a goal became active to the day on which it was met, the median over the goals.

    A goal records the day it began (`started`), and no day on which it was met. The day is that of the last look under
    `progress`, or of the change of its `status` in the history of its file; whoever counts decides which, and keeps to it.

    Caution: goals that are still open would take longer. A median of those that were met, alone, is too short, and the
    more so the younger the cohort is.
    """,
)


@metric("action-completion", "goals")
def action_completion(scope: Scope) -> Figure | None:
    """Promises of the notes that are done, of all that are done or past their day.

    A promise that is carried from note to note counts once.

    Caution: a promise without a day counts only once it is done.
    """
    found = (each for pair in scope.begun for each in standing(scope.notes(pair)))
    due = [each for each in found if each.action.done or (each.due is not None and each.due < scope.today)]
    return share(sum(each.action.done for each in due), len(due), "actions due")


@metric("carry-over", "goals")
def carry_over(scope: Scope) -> Figure | None:
    """Goals that were carried over the end of their pair, of all that were taken on.

    A few are what a real plan looks like. Where it is most of them, goals were larger than the time for them.

    Caution: what is carried over is known only at the end. While pairs run, it is too low; how many run stands beside it.
    """
    goals = tuple(_taken(scope))
    carried = sum(goal_end(scope.records, goal, scope.today) == "carried-over" for goal in goals)
    return share(carried, len(goals), "goals carried over", ("running", scope.running))


METRICS: tuple[Metric, ...] = (smart_share, goal_attainment, gas_t, time_to_goal, action_completion, carry_over)
