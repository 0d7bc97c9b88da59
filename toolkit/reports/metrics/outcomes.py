"""How pairs end, who stays, who comes back, and what may have gone wrong."""

from __future__ import annotations

from toolkit.model.completed import completed
from toolkit.reports.metrics.base import Figure, Metric, Scope, metric, share


@metric("completion-rate", "outcomes")
def completion_rate(scope: Scope) -> Figure | None:
    """Pairs that completed, of all that were ever active.

    A pair completed when it was closed as planned after four fifths of its time, with three fifths of the meetings
    that its rhythm asked for. Pairs that still run are among those that have not completed, and are named beside it.

    Caution: a line such as 85 in a hundred is something to look at, and no pass mark.
    """
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    what = f"ever paired; {scope.running} still run" if scope.running else "ever paired"
    return share(done, len(scope.begun), what, ("running", scope.running))


METRICS: tuple[Metric, ...] = (completion_rate,)
