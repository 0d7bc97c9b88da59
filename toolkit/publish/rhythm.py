"""Whether a pair meets as often as it wants to: the dot beside each pair."""

from __future__ import annotations

from toolkit.model import Pair
from toolkit.model.rhythm import Alarm, alarm, cadence_of, counted
from toolkit.publish.facts import Facts

_SILENT: tuple[Alarm, ...] = ("silent", "unmet", "lapsed", "unplanned")


def contact(facts: Facts, pair: Pair) -> str | None:
    """Say how a pair stands: `recent`, `due`, `silent`, `paused` or `closed`; None where its cohort cannot be read.

    A pair is `silent` where `check` and `status` raise an alarm over its meetings, by the same function; what they say of
    a pair that is past its end is another matter. Days of pauses and of the cohort's breaks do not count.
    """
    if pair.status == "closed":
        return "closed"
    today = facts.today
    if pair.status == "paused" or any(each.start <= today < (each.resume or each.start) for each in pair.pauses):
        return "paused"
    cohort = facts.records.cohort_of(pair)
    if cohort is None:
        return None
    if alarm(facts.records, pair, today, facts.records.settings.thresholds) in _SILENT:
        return "silent"
    met, every = facts.held(pair), cadence_of(facts.records, pair, cohort).days
    return "recent" if met and counted(pair, cohort, met[-1].date, today) <= every else "due"
