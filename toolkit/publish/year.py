"""The year of a cohort as a picture: its phases, surveys and breaks, each with a number that a table under it explains."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.model.rhythm import ONE_DAY
from toolkit.publish.scale import Mark, Scale
from toolkit.publish.view import View

LANES = ("phases", "changes", "surveys", "breaks")
_NAME, _BAR, _ROW, _GAP, _AXIS = 18, 12, 30, 6, 22


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the year: its lane, the word for it (`what`), the name that somebody gave it, and its days."""

    lane: str
    what: str
    first: datetime.date
    last: datetime.date
    name: str = ""
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch as it is drawn: its number, and where it lies: x and width in percent, y in pixels."""

    number: int
    span: Span
    x: float
    width: float
    y: int

    @property
    def middle(self) -> float:
        """Where its number stands, in percent."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars of one kind, under a name."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The whole picture; `bars` is every bar in the order of the days, as the table tells them."""

    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    months: tuple[Mark, ...]
    today: float | None
    height: int


def year(cohort: View, today: datetime.date) -> Year:
    """Lay out the year of a cohort."""
    spans = sorted(_spans(cohort), key=lambda each: (each.first, LANES.index(each.lane), each.last, each.name))
    scale = Scale(min(each.first for each in spans), max(each.last for each in spans))
    lanes, y = [], _AXIS
    for name in LANES:
        rows = _rows([each for each in enumerate(spans, 1) if each[1].lane == name])
        if rows:
            bars = (
                Bar(number, span, scale.at(span.first), scale.width(span.first, span.last), y + _NAME + row * _ROW)
                for row, listed in enumerate(rows)
                for number, span in listed
            )
            lanes.append(Lane(name, y + _NAME - 6, tuple(bars)))
            y += _NAME + len(rows) * _ROW + _GAP
    told = sorted((bar for lane in lanes for bar in lane.bars), key=lambda bar: bar.number)
    return Year(tuple(lanes), tuple(told), scale.months(), scale.here(today), y)


def _spans(cohort: View) -> Iterator[Span]:
    window = cohort.applications
    if window is not None:
        yield Span("phases", "applications", window.open, window.close)
        if window.close + ONE_DAY < cohort.starts:
            yield Span("phases", "matching", window.close + ONE_DAY, cohort.starts - ONE_DAY)
    yield Span("phases", "meetings", cohort.starts, cohort.ends)
    if cohort.rematch_until and cohort.rematch_until > cohort.starts:
        yield Span("changes", "rematch", cohort.starts, cohort.rematch_until)
    for wave in cohort.waves:
        yield Span("surveys", wave.kind, wave.opens, wave.closes, wave.id, tuple(wave.audience))
    for each in cohort.breaks:
        yield Span("breaks", "break", each.start, each.end, each.name)


def _rows(spans: Iterable[tuple[int, Span]]) -> list[list[tuple[int, Span]]]:
    """Put spans that overlap on rows of their own."""
    rows: list[list[tuple[int, Span]]] = []
    for number, span in spans:
        free = next((row for row in rows if row[-1][1].last < span.first), None)
        if free is None:
            rows.append([(number, span)])
        else:
            free.append((number, span))
    return rows
