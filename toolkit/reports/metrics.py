"""Figures that can be counted from the records: each says how many of how many, and a percentage only from ten on."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from statistics import median
from typing import NamedTuple, get_args

from toolkit.model import Cohort, Pair, Records
from toolkit.model import completed as completion
from toolkit.model.actions import standing
from toolkit.model.completed import KEPT, asked, completed
from toolkit.model.goal import GoalEnd
from toolkit.model.rhythm import LIVE, cadence_of, counted, notes_until

_ENOUGH = 10  # below this many, a percentage says more than is known


class Scope(NamedTuple):
    """One cohort on one day."""

    records: Records
    cohort: Cohort
    today: datetime.date

    @property
    def begun(self) -> tuple[Pair, ...]:
        """The pairs that were ever active: those who left count as well."""
        pairs = self.records.pairs_of(self.cohort.cohort_key)
        return tuple(each for each in pairs if each.started is not None and each.started <= self.today)


class Figure(NamedTuple):
    """A value, how many it is made of, and both in words."""

    value: float | None
    n: int
    says: str


def share(part: float, whole: int, what: str) -> Figure:
    """How many of how many; with a percentage where there are enough of them."""
    shown = f"{part:g}/{whole}"
    percent = f" ({part / whole:.0%})" if whole >= _ENOUGH else ""
    return Figure(part / whole if whole else None, whole, f"{shown}{percent} {what}")


def planned_to_date(scope: Scope, pair: Pair) -> int:
    """How many meetings the rhythm of a pair asked for so far; breaks and pauses do not count."""
    return asked(scope.records, pair, scope.cohort, scope.today)


def met(scope: Scope, pair: Pair) -> tuple[datetime.date, ...]:
    """The days on which a pair met, up to today."""
    return completion.met(scope.records, pair, scope.today)


def _coverage(scope: Scope) -> Figure | None:
    people = {person for pair in scope.begun for person in pair.mentees}
    eligible = scope.cohort.eligible_population
    return share(len(people), eligible, "of those who could") if eligible else None


def _first_meeting(scope: Scope) -> Figure | None:
    waits = [(days[0] - pair.started).days for pair in scope.begun if pair.started and (days := met(scope, pair))]
    if not waits:
        return None
    return Figure(median(waits), len(waits), f"median {median(waits):g}; {len(waits)}/{len(scope.begun)} pairs met")


def _adherence(scope: Scope) -> Figure | None:
    wanted = [(len(met(scope, pair)), planned_to_date(scope, pair)) for pair in scope.begun]
    shares = [min(done / asked, 1.0) for done, asked in wanted if asked]
    if not shares:
        return None
    good = sum(each >= KEPT for each in shares)
    mean = sum(shares) / len(shares)
    return Figure(mean, len(shares), f"mean {mean:.2f}; {good}/{len(shares)} pairs at 0.6 or more")


def _active(scope: Scope) -> Figure | None:
    active = [pair for pair in scope.begun if pair.status == "active"]
    recent = 0
    for pair in active:
        days, line = met(scope, pair), 2 * cadence_of(scope.records, pair, scope.cohort).days
        recent += bool(days) and counted(pair, scope.cohort, days[-1], scope.today) <= line
    return share(recent, len(active), "active pairs met lately") if active else None


def _attainment(scope: Scope) -> Figure | None:
    worth = {"met": 1.0, "partly-met": 0.5}
    goals = [goal for pair in scope.begun for goal in scope.records.goals.get(pair.pair_key, ())]
    ended = [
        goal
        for goal in goals
        if goal.status in get_args(GoalEnd)
        or (goal.status != "draft" and goal.due is not None and goal.due < scope.today)
    ]
    return share(sum(worth.get(goal.status, 0.0) for goal in ended), len(ended), "goals due") if ended else None


def _actions(scope: Scope) -> Figure | None:
    due = [
        each
        for pair in scope.begun
        for each in standing(notes_until(scope.records, pair, scope.today))
        if each.action.done or (each.due is not None and each.due < scope.today)
    ]
    return share(sum(each.action.done for each in due), len(due), "actions due") if due else None


def _no_shows(scope: Scope) -> Figure | None:
    notes = [note for pair in scope.begun for note in notes_until(scope.records, pair, scope.today)]
    missed = sum(not each.notice for note in notes for each in note.absent)
    planned = sum(len(note.attended) + len(note.absent) for note in notes)
    return share(missed, planned, "places at meetings") if planned else None


def _completion(scope: Scope) -> Figure | None:
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    running = sum(pair.status in LIVE for pair in scope.begun)
    what = f"ever paired; {running} still run" if running else "ever paired"
    return share(done, len(scope.begun), what) if scope.begun else None


def _hours(scope: Scope) -> Figure | None:
    """The coordinator's hours up to this month for each pair that began; a small program costs most while it begins."""
    logged = [each for each in scope.cohort.coordinator_minutes if each.month <= f"{scope.today:%Y-%m}"]
    count = len(scope.begun)
    if not logged or not count:
        return None
    hours = sum(each.minutes for each in logged) / 60
    done = sum(completed(scope.records, pair, scope.cohort, scope.today) for pair in scope.begun)
    each_done = f", {hours / done:.1f} for each that completed" if done else ""
    says = f"{hours:.1f} hours of the coordinator: {hours / count:.1f} for each of {count} pairs{each_done}"
    return Figure(hours / count, count, says)


METRICS: dict[str, Callable[[Scope], Figure | None]] = {
    "coverage": _coverage,
    "first-meeting-days": _first_meeting,
    "cadence-adherence": _adherence,
    "active-share": _active,
    "no-show-rate": _no_shows,
    "goal-attainment": _attainment,
    "action-completion": _actions,
    "completion-rate": _completion,
    "admin-hours": _hours,
}
"""The codes of the figures that need nothing but the records of a cohort, each with its function."""
