"""Why somebody is written to: a person in a pair, with what a message may say of it, as plain values."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occasion:
    """One person in one pair, as the pair itself may read of it.

    `others` are the names of the other members, an empty one for who may not be named; `language` is a code such as
    `es`. A day is None where none is known; `survey_closes` is the last day of the survey that is open for this person.
    """

    person: str
    pair: str
    name: str
    others: tuple[str, ...]
    language: str
    program: str
    cohort: str
    support: str
    next: datetime.date | None = None
    last_met: datetime.date | None = None
    ends: datetime.date | None = None
    survey_closes: datetime.date | None = None
