"""What a metric is: a function over one cohort on one day that gives a figure, with its page as docstring."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal, NamedTuple

from toolkit import stats
from toolkit.model import Cohort, Pair, Program, Records, Session
from toolkit.model.rhythm import LIVE, held, notes_until

ENOUGH = 10
"""Below this many, a percentage says more than is known."""
SURE = 5
"""Below this many, an interval is wider than anybody would believe."""

CAUTION = "Caution: "
"""How the last paragraph of a page begins, which says what the figure does not show."""

Family = Literal["reach", "activity", "conversation", "goals", "relationship", "outcomes", "running"]
Kind = Literal["share", "median", "mean", "ratio", "total"]
Unit = Literal["", "days", "minutes", "hours", "rhythms", "working-days"]
Beside = Literal[
    "running",
    "not-met",
    "regular",
    "hours",
    "a-month",
    "long-gap",
    "by-mentors",
    "by-mentees",
    "marks",
    "without-mentor",
    "introductions",
    "helpers",
    "with-resources",
    "few-notes",
    "both-kinds",
    "asking-more",
    "notes",
    "whole-notes",
    "unrated",
    "other-kinds",
    "no-action",
    "mentor-observes",
    "mentee-observes",
    "co-teaching",
    "co-work",
    "video",
    "challenge",
    "by-agreement",
    "wants-none",
    "mentees-without",
    "mentors-without",
    "waiting-list",
    "waiting",
    "nobody",
    "other-plan",
    "unanswered",
    "free-places",
    "jain",
    "idle",
    "gaps-compared",
    "groups-withheld",
    "trained-late",
    "untrained",
    "longest",
    "check-ins",
    "not-lately",
    "not-due",
    "stale",
    "partly",
    "missing",
]
"""What may stand beside a figure; each has its words in every language."""
Counts = tuple[tuple[Beside, float], ...]
Needs = Literal["", "answers", "outcomes", "hand"]
"""What a metric is made of that is no record: answers to surveys, data on outcomes, or what somebody counts by hand."""


class Scope(NamedTuple):
    """One cohort on one day."""

    records: Records
    cohort: Cohort
    today: datetime.date

    @property
    def program(self) -> Program | None:
        """The program of the cohort; None where its file could not be read."""
        return self.records.program_of(self.cohort)

    @property
    def begun(self) -> tuple[Pair, ...]:
        """The pairs that were ever active: those who left count as well."""
        pairs = self.records.pairs_of(self.cohort.cohort_key)
        return tuple(each for each in pairs if each.started is not None and each.started <= self.today)

    @property
    def running(self) -> int:
        """How many of the pairs that were ever active still run."""
        return sum(self.runs(each) for each in self.begun)

    def runs(self, pair: Pair) -> bool:
        """Whether a pair that has begun is not over on the day."""
        return pair.status in LIVE or (pair.ended or self.today) > self.today

    def is_active(self, pair: Pair) -> bool:
        """Whether a pair meets on the day: it runs, is not about to close, and no pause lies over the day.

        A pause is over once the pair was taken up again, whatever day was planned for that.
        """
        if pair.status == "closing" or not self.runs(pair):
            return False
        if pair.status == "paused" and (not pair.pauses or pair.pauses[-1].start <= self.today):
            return False
        return not any(each.start <= self.today < (each.resume or each.start) for each in pair.pauses)

    def notes(self, pair: Pair) -> tuple[Session, ...]:
        """The notes of a pair up to the day, oldest first."""
        return notes_until(self.records, pair, self.today)

    def meetings(self) -> Iterator[tuple[Pair, Session]]:
        """Every meeting that was held, with its pair."""
        return ((pair, note) for pair in self.begun for note in self.notes(pair) if held(note))


class Figure(NamedTuple):
    """What a metric comes to, how many it is made of, and both in words.

    `low` and `high` bound it at 95 %, from five on; `part` is the upper number of a share, `unit` that of the value.
    `beside` are counts without which the figure would be misread, each with its name.
    """

    value: float
    n: int
    says: str
    kind: Kind = "share"
    part: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit = ""
    beside: Counts = ()


Count = Callable[[Scope], Figure | None]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its code, its family, its page, and how it is counted; None where records alone do not tell.

    A `private` metric reads the `private/` folder and is silent without it. One that is `inside` is for those who keep the
    records, however many people it counts: it tells of one pair, or comes from `private/`.
    """

    code: str
    family: Family
    page: str
    count: Count | None = None
    needs: Needs = ""
    private: bool = False
    inside: bool = False

    def figure(self, scope: Scope) -> Figure | None:
        """What it comes to in a cohort; None where there is nothing to count, or no way to."""
        if self.count is None or (self.private and not scope.records.has_private):
            return None
        return self.count(scope)


def metric(code: str, family: Family, *, private: bool = False, inside: bool = False) -> Callable[[Count], Metric]:
    """Turn a function into a Metric; its docstring is the metric's page.

    The first paragraph says what is counted of what, the next ones what it reads as; the last one may begin with
    `Caution: ` and says what it does not show. The function gives None where there is nothing to count.
    """

    def wrap(count: Count) -> Metric:
        return Metric(
            code, family, inspect.cleandoc(count.__doc__ or ""), count, private=private, inside=inside or private
        )

    return wrap


def described(code: str, family: Family, needs: Needs, page: str) -> Metric:
    """Describe a metric that the records alone do not hold: a target may name it, and somebody counts it elsewhere."""
    return Metric(code, family, inspect.cleandoc(page), None, needs)


def share(part: float, whole: int, what: str, *beside: tuple[Beside, float]) -> Figure | None:
    """How many of how many, with a percentage where there are enough of them; None of none.

    A part that is more than its whole has no bounds: one of the two was counted wrong, and a rule says which.
    """
    if not whole:
        return None
    percent = f" ({part / whole:.0%})" if whole >= ENOUGH else ""
    _, low, high = stats.wilson(part, whole) if SURE <= whole >= part else (None, None, None)
    return Figure(part / whole, whole, f"{part:g}/{whole}{percent} {what}", "share", part, low, high, beside=beside)


def middle(values: Sequence[float], unit: Unit, what: str, *beside: tuple[Beside, float]) -> Figure | None:
    """The median of some values; None of none."""
    if not values:
        return None
    found = median(values)
    return Figure(found, len(values), f"median {round(found, 2):g}; {what}", "median", unit=unit, beside=beside)


def average(
    values: Sequence[float], unit: Unit, what: str, *beside: tuple[Beside, float], most: float | None = None
) -> Figure | None:
    """The mean of some values, with its interval from five on; None of none. No value is below 0, none above `most`.

    Where all are the same the interval has no width, and none is given: the next one may differ all the same.
    """
    if not values:
        return None
    low, high = stats.mean(values)[1:] if len(values) >= SURE and len(set(values)) > 1 else (None, None)
    low = max(low, 0.0) if low is not None else None
    high = min(high, most) if high is not None and most is not None else high
    found = fmean(values)
    return Figure(found, len(values), f"mean {found:.2f}; {what}", "mean", low=low, high=high, unit=unit, beside=beside)
