"""The sentences of matching: what a constraint is called, and what a criterion has to say for or against a pair.

No sentence about a constraint that comes from private records tells it from the others of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from toolkit.model.catalog import HIDDEN

if TYPE_CHECKING:
    from toolkit.model import Require

FLOOR = "floor"

_PARTS = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"), (24, "night"))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def requirement_words(require: Require, turned: bool = False) -> str:
    """Name a requirement by what is wrong where it does not hold."""
    if require.common_language is not None:
        few = require.common_language
        return "no common language" if few == 1 else f"fewer than {few} common languages"
    if require.overlap_minutes is not None:
        return f"fewer than {require.overlap_minutes} common free minutes a week"
    if require.level_gap is not None:
        low, high = require.level_gap.min, require.level_gap.max
        window = f"{low} to {high}" if high < 99 else f"at least {low}"
        return f"not {window} steps from {'mentor to mentee' if turned else 'mentee to mentor'}"
    if require.trained is not None:
        return f"no finished training {require.trained} on record for the mentor"
    if require.same_modality is not None:
        return "no common way of meeting"
    if require.different_organization is not None:
        return "not from different organizations"
    return HIDDEN


def floor_words(floor: float) -> str:
    """Name the floor by what is wrong below it."""
    return f"a score below the floor of {floor:g}"


def listed(words: Iterable[str], most: int = 4) -> str:
    """Join words as a sentence does: one, two and three; past `most` the rest is counted."""
    every = list(words)
    if len(every) > most:
        every = [*every[: most - 1], f"{len(every) - most + 1} more"]
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Put a number before a noun: 1 mentor, 2 mentors."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def verb(number: int, one: str, many: str) -> str:
    """Choose the form of a verb that goes with a number."""
    return one if number == 1 else many


def ordinal(place: int) -> str:
    """Write a place: 1st, 2nd, 3rd, 4th."""
    return _ORDINALS.get(place, f"{place}th") if place < 21 else f"no. {place}"


def steps(gap: int) -> str:
    """Say how far the mentor stands above the mentee on the ladder of experience."""
    if gap == 0:
        return "both stand on the same step of experience"
    return f"the mentor stands {counted(abs(gap), 'step')} {'above' if gap > 0 else 'below'} the mentee"


def times(stretches: Sequence[tuple[int, int]]) -> str:
    """Say when people are free together, from (weekday, hour) pairs: `Tue and Thu evening, Sat morning`."""
    parts: dict[str, list[str]] = {}
    for weekday, hour in stretches:
        part = next(name for until, name in _PARTS if hour < until)
        days = parts.setdefault(part, [])
        if _DAYS[weekday] not in days:
            days.append(_DAYS[weekday])
    return ", ".join(f"{listed(days, 7)} {part}" for part, days in parts.items())
