"""Whom a program reaches, and how its matching went."""

from __future__ import annotations

from toolkit.reports.metrics.base import Figure, Metric, Scope, metric, share


@metric("coverage", "reach")
def coverage(scope: Scope) -> Figure | None:
    """Mentees who were ever in a pair, of all who could have been mentored (`eligible_population` of the cohort).

    It says how far the program reaches.

    Caution: who counts as eligible must be counted the same way each year.
    """
    people = {person for pair in scope.begun for person in pair.mentees}
    return share(len(people), scope.cohort.eligible_population or 0, "of those who could")


METRICS: tuple[Metric, ...] = (coverage,)
