"""What stands in a calendar: one thing on one day, as plain values without a record behind them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a calendar.

    `key` is what the entry keeps while its day changes. It lasts from `on` to `until`, both included, or `minutes` from
    `start` (in UTC) where the time of day is known. `stamp` is the day of the record that says so; `revision` grows
    when it says something else; `cancelled`: it was planned and will not take place.
    """

    key: str
    title: str
    on: datetime.date
    stamp: datetime.date
    until: datetime.date | None = None
    start: datetime.datetime | None = None
    minutes: int = 60
    revision: int = 0
    cancelled: bool = False
