"""The whole of a status: calls, what is due, figures beside the program's own lines, and what changed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from toolkit.model import Records
from toolkit.model.completed import asked, met
from toolkit.model.goal import GoalStatus
from toolkit.model.program import PAST
from toolkit.reports.calls import Call, calls
from toolkit.reports.due import Due, due
from toolkit.reports.metrics import METRICS, Scope
from toolkit.reports.words import Changes

_GOALS = get_args(GoalStatus)
_PAIRS = ("proposed", "objected", "accepted", "active", "paused", "closing", "closed")


class Number(NamedTuple):
    """One line of figures: its code, what it says, and the program's own line for it."""

    code: str
    says: str
    line: str
    value: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What a coordinator should know on a day: the cohorts, and the four parts."""

    today: datetime.date
    cohorts: tuple[str, ...]
    pairs: int
    calls: tuple[Call, ...]
    due: tuple[Due, ...]
    numbers: dict[str, tuple[Number, ...]]
    changes: Changes


def status(records: Records, cohort: str | None, today: datetime.date, changes: Changes) -> Status:
    """Put a status together for one cohort, or for all that are not over."""
    wanted = tuple(
        each for key, each in sorted(records.cohorts.items()) if (key == cohort if cohort else each.status not in PAST)
    )
    return Status(
        today,
        tuple(each.cohort_key for each in wanted),
        sum(len(records.pairs_of(each.cohort_key)) for each in wanted),
        calls(records, wanted, today, whole=cohort is None),
        due(records, wanted, today),
        {each.cohort_key: tuple(_numbers(Scope(records, each, today))) for each in wanted},
        changes,
    )


def _numbers(scope: Scope) -> Iterator[Number]:
    records, cohort = scope.records, scope.cohort
    pairs = records.pairs_of(cohort.cohort_key)
    if not pairs:
        applied = len(records.applications.get(cohort.cohort_key, ()))
        yield Number("applications", f"{applied}; the cohort is {cohort.status}, and there are no pairs yet", "")
        return
    yield Number("pairs", f"{len(pairs)}: {_counted(Counter(pair.status for pair in pairs), _PAIRS)}", "", n=len(pairs))
    held = sum(len(met(records, pair, scope.today)) for pair in scope.begun)
    wanted = sum(asked(records, pair, cohort, scope.today) for pair in scope.begun)
    yield Number("meetings", f"{held} held, {wanted} planned to date", "", held, wanted)
    goals = [goal.status for pair in pairs for goal in records.goals.get(pair.pair_key, ())]
    if goals:
        yield Number("goals", f"{len(goals)}: {_counted(Counter(goals), _GOALS)}", "", n=len(goals))
    yield from _lines(scope)


def _counted(found: Counter[Any], order: tuple[str, ...]) -> str:
    return ", ".join(f"{found[each]} {each}" for each in order if found[each])


def _lines(scope: Scope) -> Iterator[Number]:
    """The figures for which the program or the cohort has a line of its own, the first meeting, and the staff's hours."""
    program = scope.records.program_of(scope.cohort)
    wanted: dict[str, list[str]] = {"first-meeting-days": [], "admin-hours": []}
    for target in program.targets if program else ():
        wanted.setdefault(target.measure, []).append(f"target {target.value:g} by {target.by}")
    for code, value in scope.cohort.benchmarks.items():
        wanted.setdefault(code, []).append(f"line {value:g}")
    for code, lines in wanted.items():
        metric = METRICS.get(code)
        figure = metric.figure(scope) if metric else None
        if figure is not None:
            yield Number(code, figure.says, "; ".join(lines), figure.value, figure.n)
        elif lines:
            says = "nothing to count yet" if metric and metric.count else "not counted from these records"
            yield Number(code, says, "; ".join(lines))


def as_data(found: Status) -> dict[str, Any]:
    """A status as plain data for JSON; the version is raised when a field changes its meaning."""
    return {
        "version": 1,
        "today": found.today.isoformat(),
        "cohorts": list(found.cohorts),
        "calls": [
            {
                "pair": each.pair or None,
                "names": list(each.names),
                "owner": each.owner or None,
                "reasons": [reason._asdict() for reason in each.reasons],
            }
            for each in found.calls
        ],
        "due": [{"on": each.on.isoformat(), "what": each.what, "who": list(each.who)} for each in found.due],
        "numbers": {key: [each._asdict() for each in numbers] for key, numbers in found.numbers.items()},
        "changes": {
            "since": found.changes.since.isoformat(),
            "known": found.changes.known,
            "says": list(found.changes.says),
        },
    }
