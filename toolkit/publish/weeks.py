"""The weeks of a pair as one strip: met, planned, missed, paused, or nothing asked for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from toolkit.model import rhythm
from toolkit.model.program import DAYS_BETWEEN
from toolkit.model.rhythm import ONE_DAY
from toolkit.publish.scale import Scale
from toolkit.publish.view import View
from toolkit.publish.world import World

STATES = ("met", "missed", "planned", "paused", "quiet")
"""What a week can be; `missed`: a meeting is later than a pair may be patient; `quiet`: none was asked for."""
MOST_WEEKS, AHEAD = 60, 9
_HALF = 4  # days of a week on which a meeting is expected, and the week is no pause
_WEEK = datetime.timedelta(days=7)
# One week of a strip is 10 wide and 16 high; each state has a shape of its own, so that color is never alone.
_SHAPES = {
    "met": "M{0} 1h8v14h-8z",
    "missed": "M{0} 14h8l-4-12z",
    "planned": "M{0} 2h8v12h-8zM{1} 4v8h4v-8z",
    "paused": "M{0} 3h3v10h-3zM{2} 3h3v10h-3z",
    "quiet": "M{1} 7h4v2h-4z",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The weeks that a strip shows, each by its Monday; `now` is the number of the week of today."""

    mondays: tuple[datetime.date, ...]
    today: datetime.date

    @property
    def scale(self) -> Scale:
        """The days of the strip on a chart without edges."""
        return Scale(self.mondays[0], self.mondays[-1] + _WEEK, 0)

    @property
    def now(self) -> int | None:
        """The number of the week of today; None where it is not shown."""
        at = (self.today - self.mondays[0]).days // 7
        return at if 0 <= at < len(self.mondays) else None


@dataclass(frozen=True, slots=True)
class Strip:
    """A pair's weeks: how many are what, and the shapes that show it; a week outside the pair's time is None."""

    states: tuple[str | None, ...]

    def count(self, state: str) -> int:
        """How many weeks are so."""
        return self.states.count(state)

    @property
    def paths(self) -> tuple[tuple[str, str], ...]:
        """The shapes of each state in one path."""
        found: dict[str, list[str]] = {}
        for at, state in enumerate(self.states):
            if state is not None:
                found.setdefault(state, []).append(shape(state, at))
        return tuple((state, "".join(found[state])) for state in STATES if state in found)


def shape(state: str, at: int = 0) -> str:
    """Draw one week."""
    x = 10 * at + 1
    return _SHAPES[state].format(x, x + 2, x + 5)


def calendar_of(cohort: View, today: datetime.date) -> Calendar:
    """Choose the weeks to show: the whole cohort, and of a long one those around today."""
    first, last = _monday(cohort.starts), _monday(max(cohort.starts, cohort.ends))
    if (last - first).days // 7 >= MOST_WEEKS:
        last = max(min(last, _monday(today) + AHEAD * _WEEK), first + (MOST_WEEKS - 1) * _WEEK)
        first = last - (MOST_WEEKS - 1) * _WEEK
    count = (last - first).days // 7 + 1
    return Calendar(tuple(first + at * _WEEK for at in range(count)), today)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def strip(world: World, pair: View, cohort: View, weeks: Calendar) -> Strip:
    """Say of each week what it was or is to be; the week of today is judged as of today."""
    if pair.started is None:
        return Strip((None,) * len(weeks.mondays))
    notes = world.of(pair.key).sessions
    held = {note.date for note in notes if note.date and note.date <= weeks.today and len(note.attended) > 1}
    ahead = {note.date for note in notes if note.date and note.date > weeks.today} | {pair.next}
    end = weeks.mondays[-1] + _WEEK
    idle = tuple(rhythm.idle(cohort.breaks, pair.pauses, pair.status == "paused", end))
    every, limits = _every(world, pair, cohort), world.settings.thresholds
    last = min(day for day in (pair.ended, cohort.ends + _WEEK, end) if day is not None)

    def late(day: datetime.date) -> bool:
        since = max((each for each in held if each <= day), default=None)
        gap = rhythm.expected(since or pair.started, day, idle)
        return gap > rhythm.patience(every, since is not None, limits)

    def state(monday: datetime.date) -> str | None:
        days = [monday + at * ONE_DAY for at in range(7)]
        if days[-1] < pair.started or monday > last:
            return None
        if any(day in held for day in days):
            return "met"
        if any(day in ahead for day in days):
            return "planned"
        if rhythm.expected(monday - ONE_DAY, days[-1], idle) < _HALF:
            return "paused"
        if monday > weeks.today:
            return None
        judged = min(days[-1], weeks.today)
        return "missed" if judged <= (pair.ended or judged) and late(judged) else "quiet"

    return Strip(tuple(state(monday) for monday in weeks.mondays))


def _every(world: World, pair: View, cohort: View) -> int:
    agreement = world.of(pair.key).agreement
    cadence = agreement.cadence if agreement is not None and agreement.cadence else cohort.cadence
    return DAYS_BETWEEN[cadence.every]
