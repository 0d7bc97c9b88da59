"""How a pair ended: completed or early, and its goals met or not; one definition for rules, pages and figures."""

from __future__ import annotations

import datetime
from typing import cast, get_args

from toolkit.model.goal import Goal, GoalEnd
from toolkit.model.pair import Closure, Pair
from toolkit.model.program import Cohort
from toolkit.model.records import Records
from toolkit.model.rhythm import cadence_of, counted, held, notes_until

WHOLE, KEPT = 0.8, 0.6
"""The share of the planned time, and of the meetings that its rhythm asks for, after which a pair completed."""

EARLY = ("early-agreed", "early-one-sided", "lost-contact", "safety")
"""The kinds of ending that came before their time; where the whole program ended, no pair failed."""


def met(records: Records, pair: Pair, today: datetime.date) -> tuple[datetime.date, ...]:
    """The days on which a pair met, up to today."""
    return tuple(note.date for note in notes_until(records, pair, today) if held(note))


def asked(records: Records, pair: Pair, cohort: Cohort, today: datetime.date, end: datetime.date | None = None) -> int:
    """How many meetings the rhythm of a pair asked for so far; breaks and pauses do not count."""
    start = pair.started or today
    last = min(day for day in (today, pair.ended, end, cohort.ends) if day is not None)
    if last <= start:
        return 0
    found = counted(pair, cohort, start, last) // cadence_of(records, pair, cohort).days
    return min(found, cohort.planned_sessions or found)


def completed(records: Records, pair: Pair, cohort: Cohort, today: datetime.date) -> bool:
    """Closed as planned, after four fifths of its time, with three fifths of its meetings."""
    closure = records.closures.get(pair.pair_key)
    if pair.status != "closed" or closure is None or closure.kind != "planned" or not (pair.started and pair.ended):
        return False
    if pair.ended > today:
        return False
    agreement = records.agreements.get(pair.pair_key)
    end = agreement.ends_on if agreement and agreement.ends_on else cohort.ends
    long_enough = (pair.ended - pair.started).days >= WHOLE * (end - pair.started).days
    return long_enough and len(met(records, pair, today)) >= KEPT * asked(records, pair, cohort, today, end)


def ended_early(records: Records, pair: Pair, today: datetime.date) -> Closure | None:
    """The closure of a pair that ended early, up to today; None where it did not."""
    closure = records.closures.get(pair.pair_key)
    return closure if closure is not None and closure.kind in EARLY and closure.on <= today else None


def goal_end(records: Records, goal: Goal, today: datetime.date) -> GoalEnd | None:
    """How a goal ended: its own status says so, else the closure of its pair; None where it is open."""
    if goal.status in get_args(GoalEnd):
        return cast(GoalEnd, goal.status)
    closure = records.closures.get(goal.pair_key)
    return closure.goals.get(goal.id) if closure is not None and closure.on <= today else None
