"""The geometry of charts: days and values to percent of the width, so that an inline SVG needs no fixed size."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from toolkit.publish.scale import Mark, Scale


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch on a chart, in percent."""

    x: float
    width: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The course of a pair: its meetings, its rhythm, its months, and where today stands."""

    first: datetime.date
    last: datetime.date
    held: tuple[Mark, ...]
    ahead: tuple[Mark, ...]
    ticks: tuple[float, ...]
    months: tuple[Mark, ...]
    away: tuple[Stretch, ...]
    today: float | None


def timeline(
    days: Iterable[datetime.date],
    ahead: Iterable[datetime.date],
    span: tuple[datetime.date, datetime.date],
    every: int,
    away: Iterable[tuple[datetime.date, datetime.date]],
    today: datetime.date,
) -> Timeline:
    """Lay a pair's meetings out between two days, with a tick for each step of the agreed rhythm (`every`, in days)."""
    held, planned = sorted(days), sorted(ahead)
    first, last = min([span[0], *held, *planned]), max([span[1], *held, *planned])
    if first == last:
        last += datetime.timedelta(days=1)
    scale = Scale(first, last)
    at = scale.at
    stretches = [(max(start, first), min(end, last)) for start, end in away]
    return Timeline(
        first,
        last,
        tuple(Mark(at(day), day) for day in held),
        tuple(Mark(at(day), day) for day in planned),
        tuple(at(day) for day in _steps(span[0], last, every)),
        scale.months(),
        tuple(Stretch(at(start), round(at(end) - at(start), 2)) for start, end in stretches if start < end),
        scale.here(today),
    )


def _steps(first: datetime.date, last: datetime.date, every: int) -> list[datetime.date]:
    count = (last - first).days // max(every, 1)
    return [first + datetime.timedelta(days=every * index) for index in range(min(count, 400) + 1)]


@dataclass(frozen=True, slots=True)
class Course:
    """How a value went: points from left to right, and the height of the target line, in percent from the top."""

    points: tuple[Mark, ...]
    target: float | None

    @property
    def steps(self) -> tuple[tuple[Mark, Mark], ...]:
        """The line from point to point."""
        return tuple(zip(self.points, self.points[1:], strict=False))


def course(
    values: Iterable[tuple[datetime.date, float]], target: float | None, say: Callable[[float], str]
) -> Course | None:
    """Lay out a goal's values over time, each as `say` writes it; None for fewer than two, where nothing is to be seen."""
    found = sorted(values)
    if len(found) < 2 or found[0][0] == found[-1][0]:
        return None
    heights = [value for _, value in found] + ([target] if target is not None else [])
    low, high = min(heights), max(heights)
    spread, days = (high - low) or 1.0, (found[-1][0] - found[0][0]).days

    def height(value: float) -> float:
        return round(90 - 80 * (value - low) / spread, 2)

    points = tuple(
        Mark(round(4 + 88 * (on - found[0][0]).days / days, 2), on, height(value), say(value)) for on, value in found
    )
    return Course(points, height(target) if target is not None else None)


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: its name, its count, and its place in a bar, in percent."""

    name: str
    count: int
    x: float
    width: float


def shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Lay counts side by side in one bar; empty parts are left out."""
    total, before, found = sum(counts.values()), 0, []
    for name, count in counts.items():
        if count:
            found.append(Share(name, count, round(100 * before / total, 2), round(100 * count / total, 2)))
            before += count
    return tuple(found)
