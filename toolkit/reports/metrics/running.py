"""What it takes to run a program: hours, training, calls, and what was changed for the next time."""

from __future__ import annotations

from toolkit.model.completed import completed
from toolkit.reports.metrics.base import Figure, Metric, Scope, metric


@metric("admin-hours", "running")
def admin_hours(scope: Scope) -> Figure | None:
    """Hours of the coordinator for each pair that began (`coordinator_minutes` of the cohort, up to this month).

    Caution: a small program costs most while it begins.
    """
    logged = [each for each in scope.cohort.coordinator_minutes if each.month <= f"{scope.today:%Y-%m}"]
    count = len(scope.begun)
    if not logged or not count:
        return None
    hours = sum(each.minutes for each in logged) / 60
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    each_done = f", {hours / done:.1f} for each that completed" if done else ""
    says = f"{hours:.1f} hours of the coordinator: {hours / count:.1f} for each of {count} pair{'s' * (count > 1)}{each_done}"
    return Figure(hours / count, count, says, "ratio", unit="hours", beside=(("hours", round(hours, 1)),))


METRICS: tuple[Metric, ...] = (admin_hours,)
