"""Whether a pair meets as often as it wants to: the dot beside each pair."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from toolkit.model import Pair
from toolkit.publish.facts import Facts

Stretch = tuple[datetime.date, datetime.date]


def contact(facts: Facts, pair: Pair) -> str:
    """Say how a pair stands: `recent`, `due`, `silent`, `paused` or `closed`.

    A pair without any meeting is `due` until its silence is too long: `silence_factor` times its rhythm, or
    `silence_days` where no next meeting is planned. Days of pauses and of the cohort's breaks do not count.
    """
    if pair.status == "closed":
        return "closed"
    if pair.status == "paused" or _pausing(pair, facts.today):
        return "paused"
    held = facts.held(pair)
    since = held[-1].date if held else pair.started or pair.proposed_on
    gap = open_days(since, facts.today, stretches(facts, pair))
    every, limits = cadence_days(facts, pair), facts.records.settings.thresholds
    if gap > limits.silence_factor * every:
        return "silent"
    if gap > max(limits.silence_days, every) and not facts.is_planned(pair):
        return "silent"
    return "recent" if held and gap <= every else "due"


def cadence_days(facts: Facts, pair: Pair) -> int:
    """The pair's rhythm in days: as agreed, else as the cohort asks, else a fortnight."""
    agreement = facts.records.agreements.get(pair.pair_key)
    if agreement is not None:
        return agreement.cadence.days
    cohort = facts.records.cohorts.get(pair.cohort_key)
    return cohort.cadence.days if cohort is not None else 14


def stretches(facts: Facts, pair: Pair) -> tuple[Stretch, ...]:
    """The stretches in which nobody expects a meeting: the pair's pauses and the cohort's breaks."""
    cohort = facts.records.cohorts.get(pair.cohort_key)
    breaks = [(each.start, each.end) for each in cohort.breaks] if cohort is not None else []
    day = datetime.timedelta(days=1)
    pauses = [(each.start, each.resume - day if each.resume else facts.today) for each in pair.pauses]
    return tuple(sorted((*breaks, *pauses)))


def open_days(since: datetime.date, until: datetime.date, closed: Iterable[Stretch]) -> int:
    """Count the days after `since` up to `until` that lie in no closed stretch."""
    first = since.toordinal()
    total = max(until.toordinal() - first, 0)
    covered = first
    for start, end in sorted(closed):
        low, high = max(start.toordinal() - 1, covered), min(end.toordinal(), until.toordinal())
        if high > low:
            total -= high - low
            covered = high
    return total


def _pausing(pair: Pair, today: datetime.date) -> bool:
    return any(each.start <= today and (each.resume is None or today < each.resume) for each in pair.pauses)
