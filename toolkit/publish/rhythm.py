"""Whether a pair meets as often as it wants to: the dot beside each pair."""

from __future__ import annotations

from toolkit.model import Pair
from toolkit.model.rhythm import cadence_of, counted, planned
from toolkit.publish.facts import Facts


def contact(facts: Facts, pair: Pair) -> str | None:
    """Say how a pair stands: `recent`, `due`, `silent`, `paused` or `closed`; None where its cohort cannot be read.

    A pair without any meeting is `due` until its silence is too long: `silence_factor` times its rhythm, or
    `silence_days` where no next meeting is planned. Days of pauses and of the cohort's breaks do not count.
    """
    if pair.status == "closed":
        return "closed"
    today = facts.today
    if pair.status == "paused" or any(each.start <= today < (each.resume or each.start) for each in pair.pauses):
        return "paused"
    cohort = facts.records.cohort_of(pair)
    if cohort is None:
        return None
    met = facts.held(pair)
    gap = counted(pair, cohort, met[-1].date if met else pair.started or pair.proposed_on, today)
    every, limits = cadence_of(facts.records, pair, cohort).days, facts.records.settings.thresholds
    if gap > limits.silence_factor * every:
        return "silent"
    if gap > max(limits.silence_days, every) and planned(facts.notes(pair), today) is None:
        return "silent"
    return "recent" if met and gap <= every else "due"
