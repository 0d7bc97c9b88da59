"""A cohort in figures: every metric that its records hold, beside the program's own lines, as far as its readers may know."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
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
    k, group = _smallest(scope, readers), cohort.comparison_group
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
    groups = [*_sides(figure)] if figure.kind == "share" else []
    groups += [whole - figure.n for whole in _wholes(scope)]
    if figure.n < k or any(0 < group < k for group in groups) or not _enough(scope, metric, figure, k):
        return None
    begun = len(scope.begun)
    return figure._replace(
        beside=tuple(each for each in figure.beside if each[0] == "running" and _is_large(each[1], begun, k))
    )


def _is_large(count: float, of: int, k: int) -> bool:
    """Whether neither a count nor what is left without it is a small group."""
    return count == 0 or (count >= k and not 0 < of - count < k)


def _wholes(scope: Scope) -> tuple[int, ...]:
    """What a figure may be made of: all pairs, all mentors, all mentees; how many of them it lacks can be worked out."""
    mentors = {person for pair in scope.begun for person in pair.mentors}
    mentees = {person for pair in scope.begun for person in pair.mentees}
    return len(scope.begun), len(mentors), len(mentees)


def _sides(figure: Figure) -> tuple[float, ...]:
    """What a figure can be taken apart into: both sides of a share, what a mean, ratio or total adds up, else all it counts."""
    if figure.kind == "share":
        return figure.part or 0, figure.n - (figure.part or 0)
    return (figure.value if figure.kind in _SUMMED else figure.n,)


def _enough(scope: Scope, metric: Metric, figure: Figure, k: int) -> bool:
    """Whether as many mentors and as many mentees as a group must have stand behind each side of a figure that is not empty.

    Each pair is asked what it would give as the only one of its cohort, so that neither many notes of few people nor many
    pairs of one mentor pass for many. Of a crowd only the first are asked: who is not found among them is not shown.
    """
    behind: dict[int, tuple[set[str], set[str]]] = {
        side: (set(), set()) for side, size in enumerate((1, *_sides(figure))) if size
    }
    key = scope.cohort.cohort_key
    others = {each: pair for each, pair in scope.records.pairs.items() if pair.cohort_key != key}
    for pair in scope.begun[:_ASKED]:
        alone = metric.figure(scope._replace(records=replace(scope.records, pairs=others | {pair.pair_key: pair})))
        for side, size in enumerate((1, *_sides(alone))) if alone is not None else ():
            if size and side in behind:
                mentors, mentees = behind[side]
                mentors.update(pair.mentors)
                mentees.update(pair.mentees)
        if all(len(people) >= k for sides in behind.values() for people in sides):
            return True
    return False


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
