"""Goals and promises: what was taken on, and what came of it."""

from __future__ import annotations

from typing import get_args

from toolkit.model.actions import standing
from toolkit.model.goal import GoalEnd
from toolkit.reports.metrics.base import Figure, Metric, Scope, metric, share

_WORTH = {"met": 1.0, "partly-met": 0.5}


@metric("goal-attainment", "goals")
def goal_attainment(scope: Scope) -> Figure | None:
    """Goals met, and half of those partly met, of all goals that were settled or are past their day.

    Caution: easy goals inflate it; look at `challenge` beside it.
    """
    goals = [goal for pair in scope.begun for goal in scope.records.goals.get(pair.pair_key, ())]
    ended = [
        goal
        for goal in goals
        if goal.status in get_args(GoalEnd)
        or (goal.status != "draft" and goal.due is not None and goal.due < scope.today)
    ]
    return share(sum(_WORTH.get(goal.status, 0.0) for goal in ended), len(ended), "goals due")


@metric("action-completion", "goals")
def action_completion(scope: Scope) -> Figure | None:
    """Promises of the notes that are done, of all that are done or past their day.

    A promise that is carried from note to note counts once.

    Caution: a promise without a day counts only once it is done.
    """
    found = (each for pair in scope.begun for each in standing(scope.notes(pair)))
    due = [each for each in found if each.action.done or (each.due is not None and each.due < scope.today)]
    return share(sum(each.action.done for each in due), len(due), "actions due")


METRICS: tuple[Metric, ...] = (goal_attainment, action_completion)
