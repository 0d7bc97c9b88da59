"""A cohort in figures: every metric that its records hold, beside the program's own lines, as far as its readers may know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from toolkit.model import Cohort, Records
from toolkit.reports.metrics import METRICS, Figure, Metric, Scope
from toolkit.reports.metrics.base import Family

Readers = Literal["staff", "members", "public"]
"""Who is to read it: who keeps the records, who takes part, or anybody."""
_SUMMED = ("mean", "ratio", "total")
_ASKED = 200
_PUBLIC_K = 10
"""Nothing about fewer people is published, whatever the program's own line is (agencies use 5 to 25)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of a report: its figure, or None where its readers would see too few people through it."""

    metric: Metric
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that the program or the cohort drew: for which metric or measure, at what value, by when, and why."""

    code: str
    value: float
    by: datetime.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds; `k` is the smallest group of people that it shows."""

    cohort: Cohort
    today: datetime.date
    readers: Readers
    k: int
    pairs: int
    families: tuple[tuple[Family, tuple[Row, ...]], ...]
    lines: tuple[Line, ...]
    compared: str

    def row(self, code: str) -> Row | None:
        """Find the row of a metric; None where there is nothing to count."""
        return next((row for _, rows in self.families for row in rows if row.metric.code == code), None)

    @property
    def hidden(self) -> int:
        """How many figures are not shown because too few people are behind them."""
        return sum(row.figure is None for _, rows in self.families for row in rows)


def report(records: Records, cohort: Cohort, today: datetime.date, readers: Readers) -> Report:
    """Count a cohort on a day for its readers."""
    scope = Scope(records, cohort, today)
    k = _smallest(scope, readers)
    families = tuple((family, tuple(_rows(scope, family, k, readers))) for family in get_args(Family))
    compared = cohort.comparison_group.definition if cohort.comparison_group else ""
    return Report(
        cohort,
        today,
        readers,
        k,
        len(scope.begun),
        tuple(each for each in families if each[1]),
        _lines(scope),
        compared,
    )


def _smallest(scope: Scope, readers: Readers) -> int:
    """The smallest group that these readers are told of; 1 for who keeps the records and sees them anyway."""
    if readers == "staff":
        return 1
    own = scope.program.privacy.k_min if scope.program else _PUBLIC_K
    return max(own, _PUBLIC_K) if readers == "public" else own


def _rows(scope: Scope, family: Family, k: int, readers: Readers) -> Iterator[Row]:
    for metric in METRICS.values():
        told = metric.family == family and not (metric.inside and readers != "staff")
        figure = metric.figure(scope) if told else None
        if figure is not None:
            yield Row(metric, _kept(scope, metric, figure, k))


def _kept(scope: Scope, metric: Metric, figure: Figure, k: int) -> Figure | None:
    """The figure without what would show a small group, or let it be worked out; None where all of it would."""
    if k == 1:
        return figure
    if figure.kind == "share" and any(0 < side < k for side in _sides(figure)):
        return None
    if figure.n < k or not _enough(scope, metric, figure, k):
        return None
    return figure._replace(beside=tuple(each for each in figure.beside if _is_large(each[1], figure.n, k)))


def _is_large(count: float, of: int, k: int) -> bool:
    """Whether neither a count nor what is left without it is a small group."""
    return count == 0 or (count >= k and not 0 < of - count < k)


def _sides(figure: Figure) -> tuple[float, ...]:
    """What a figure can be taken apart into: both sides of a share, what a mean, ratio or total adds up, else all it counts."""
    if figure.kind == "share":
        return figure.part or 0, figure.n - (figure.part or 0)
    return (figure.value if figure.kind in _SUMMED else figure.n,)


def _enough(scope: Scope, metric: Metric, figure: Figure, k: int) -> bool:
    """Whether as many pairs as a group must have stand behind a figure, and behind each of its sides that is not empty.

    Each pair is asked what it would give as the only one of its cohort, so that many notes of few pairs do not pass for
    many. Of a crowd only the first are asked: who is not found among them is not shown.
    """
    left = {side: k for side, size in enumerate(_sides(figure)) if size}
    whole, key = k, scope.cohort.cohort_key
    others = {each: pair for each, pair in scope.records.pairs.items() if pair.cohort_key != key}
    for pair in scope.begun[:_ASKED]:
        alone = metric.figure(scope._replace(records=replace(scope.records, pairs=others | {pair.pair_key: pair})))
        if alone is None:
            continue
        whole -= 1
        for side, size in enumerate(_sides(alone)):
            if size and side in left:
                left[side] -= 1
        if whole <= 0 and all(count <= 0 for count in left.values()):
            return True
    return False


def _lines(scope: Scope) -> tuple[Line, ...]:
    """The targets of the program, then the lines of the cohort."""
    targets = scope.program.targets if scope.program else ()
    drawn = tuple(Line(each.measure, each.value, each.by, each.reason or "") for each in targets)
    return (*drawn, *(Line(code, value) for code, value in sorted(scope.cohort.benchmarks.items())))


def as_data(found: Report) -> dict[str, Any]:
    """A report as plain data for JSON; the version is raised when a field changes its meaning."""
    return {
        "version": 1,
        "cohort": found.cohort.cohort_key,
        "today": found.today.isoformat(),
        "readers": found.readers,
        "smallest_group": found.k,
        "pairs": found.pairs if found.pairs >= found.k else None,
        "figures": [_row_data(row) for _, rows in found.families for row in rows],
        "lines": [
            {"code": each.code, "value": each.value, "by": each.by.isoformat() if each.by else None}
            for each in found.lines
        ],
        "compared_with": found.compared or None,
    }


def _row_data(row: Row) -> dict[str, Any]:
    """One figure; of one that is not shown no more than its name."""
    named = {"code": row.metric.code, "family": row.metric.family, "shown": row.figure is not None}
    if row.figure is None:
        return named
    kept = {key: value for key, value in row.figure._asdict().items() if key not in ("says", "beside")}
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in kept.items()}
    return {**named, **rounded, "beside": dict(row.figure.beside)}
