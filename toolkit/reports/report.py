"""A cohort in figures: every metric that its records hold, beside the program's own lines, as far as its readers may know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from toolkit.model import Cohort, Records
from toolkit.reports.disclosed import Readers, kept, smallest
from toolkit.reports.metrics import METRICS, Figure, Metric, Scope
from toolkit.reports.metrics.base import Family


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of a report: its figure, or None where its readers would see too few people through it."""

    metric: Metric
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that the program or the cohort drew: for which metric or measure, at what value, and by when."""

    code: str
    value: float
    by: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a report holds; `k` is the smallest group of people that it shows, `unread` how many files it could not count."""

    cohort: Cohort
    today: datetime.date
    readers: Readers
    k: int
    pairs: int
    families: tuple[tuple[Family, tuple[Row, ...]], ...]
    lines: tuple[Line, ...]
    measures: Mapping[str, Mapping[str, str]]
    is_compared: bool
    compared: str
    has_private: bool
    unread: int

    def row(self, code: str) -> Row | None:
        """Find the row of a metric; None where there is nothing to count."""
        return next((row for _, rows in self.families for row in rows if row.metric.code == code), None)

    @property
    def hidden(self) -> int:
        """How many figures are not shown because too few people are behind them."""
        return sum(row.figure is None for _, rows in self.families for row in rows)


def report(records: Records, cohort: Cohort, today: datetime.date, readers: Readers) -> Report:
    """Count a cohort on a day for its readers.

    A figure is made from what belongs to pairs and to the staff; it is told to others because it stands there only where
    as many people as the program's smallest group are behind it. Of what the staff wrote down as it is they read nothing.
    """
    scope = Scope(records, cohort, today)
    k, group = smallest(scope, readers), cohort.comparison_group
    families = ((family, tuple(_rows(scope, family, k, readers))) for family in get_args(Family))
    return Report(
        cohort,
        today,
        readers,
        k,
        len(scope.begun),
        tuple(each for each in families if each[1]),
        _lines(scope, readers),
        {ident: each.title for ident, each in records.measures.items()},
        group is not None,
        group.definition if group is not None and readers == "staff" else "",
        records.has_private,
        len(records.unreadable),
    )


def _rows(scope: Scope, family: Family, k: int, readers: Readers) -> Iterator[Row]:
    for metric in METRICS.values():
        told = metric.family == family and not (metric.inside and readers != "staff")
        figure = metric.figure(scope) if told else None
        if figure is not None:
            yield Row(metric, kept(scope, metric, figure, k))


def _lines(scope: Scope, readers: Readers) -> tuple[Line, ...]:
    """The targets of the program whose day is not before the cohort, then the cohort's own lines, which are the staff's."""
    targets = scope.program.targets if scope.program else ()
    drawn = tuple(Line(each.measure, each.value, each.by) for each in targets if each.by >= scope.cohort.starts)
    own = scope.cohort.benchmarks if readers == "staff" else {}
    return (*drawn, *(Line(code, value) for code, value in sorted(own.items())))


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
        "private_files_read": found.has_private,
        "files_not_read": found.unread,
    }


def _row_data(row: Row) -> dict[str, Any]:
    """One figure; of one that is not shown no more than its name."""
    named = {"code": row.metric.code, "family": row.metric.family, "shown": row.figure is not None}
    if row.figure is None:
        return named
    kept = {key: value for key, value in row.figure._asdict().items() if key not in ("says", "beside")}
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in kept.items()}
    return {**named, **rounded, "beside": dict(row.figure.beside)}
