"""Whether a pair meets as often as it wants to: the dot beside each pair."""

from __future__ import annotations

from toolkit.model import Pair
from toolkit.model.rhythm import cadence_of, counted, planned, since_meeting
from toolkit.publish.facts import Facts


def contact(facts: Facts, pair: Pair) -> str | None:
    """Say how a pair stands: `recent`, `due`, `silent`, `paused` or `closed`; None where its cohort cannot be read.

    A pair without any meeting is `due` until its silence is too long: `silence_factor` times its rhythm, or
    `silence_days` where no meeting is planned in time. Days of pauses and of the cohort's breaks do not count.
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
    last = met[-1].date if met else pair.started or pair.proposed_on
    every, limits = cadence_of(facts.records, pair, cohort).days, facts.records.settings.thresholds
    if since_meeting(pair, cohort, last, today, planned(facts.notes(pair), today), every, limits):
        return "silent"
    return "recent" if met and counted(pair, cohort, last, today) <= every else "due"
