"""From days to percent of a chart's width: shapes stretch with the page, text does not, so a phone can show both."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

MAX_LABELS = 6
EDGE = 2.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on a chart: where, in percent, of which day or part, and (of a value) how high, in percent."""

    x: float
    on: datetime.date
    y: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The days of a chart from the first to the last, with an `edge` left free on both sides, in percent."""

    first: datetime.date
    last: datetime.date
    edge: float = EDGE

    def at(self, day: datetime.date) -> float:
        """Say where a day lies, in percent."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.edge + share * (100 - 2 * self.edge), 2)

    def width(self, first: datetime.date, last: datetime.date) -> float:
        """Say how wide a stretch is, in percent, the last day included."""
        return max(round(self.at(last) - self.at(first), 2), 0.8)

    def here(self, today: datetime.date) -> float | None:
        """Say where today lies; None where it is off the chart."""
        return self.at(today) if self.first <= today <= self.last else None

    def months(self) -> tuple[Mark, ...]:
        """The first days of months, thinned so that their names do not touch."""
        found, year, month = [], self.first.year, self.first.month
        while (day := datetime.date(year, month, 1)) <= self.last:
            if day >= self.first:
                found.append(day)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        step = -(-len(found) // MAX_LABELS)
        return tuple(Mark(self.at(day), day) for day in found[:: max(step, 1)])
