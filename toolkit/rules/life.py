"""What rules ask of a pair's life: which pairs run, and which alarm each of them gives on the day of the check."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import Pair, Records, rhythm
from toolkit.model.rhythm import LIVE, Alarm
from toolkit.rules.base import Context


def live(records: Records, *states: str) -> Iterator[Pair]:
    """The pairs that have begun and are not over, or those in the given states."""
    wanted = states or LIVE
    return (pair for pair in records.pairs.values() if pair.status in wanted)


def alarm(records: Records, context: Context, pair: Pair) -> Alarm:
    """Say which alarm a pair gives on the day of the check, by the settings' thresholds."""
    return rhythm.alarm(records, pair, context.today, context.limits)
