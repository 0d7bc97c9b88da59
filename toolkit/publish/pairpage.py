"""What the page of a pair shows: its people, what is next, goals, the course of its meetings, its notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit import model
from toolkit.model.program import DAYS_BETWEEN
from toolkit.publish import charts
from toolkit.publish.noteform import note_path, writes
from toolkit.publish.paper import certificate_path, sheet_path
from toolkit.publish.rows import Rows, fields_of
from toolkit.publish.spoken import name_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import PairRecords, World

# What the page shows in places of its own.
_SHOWN = {
    "pair": ("members", "model", "status", "shared_topics", "introductions", "recognitions", "ended"),
    "goal": (
        *("title", "owner", "domain", "status", "due", "specific", "attainable", "relevant", "realistic"),
        *("measure", "steps", "experiments", "progress", "body", "challenge", "confidence"),
    ),
    "session": ("date", "format", "minutes", "body"),
    "closure": ("body",),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the page names them; without a person where this audience may not know who it is."""

    person: View | None
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its picture."""

    view: View
    course: charts.Course | None
    more: Rows


def members(world: World, pair: View, speech: Speech) -> tuple[Member, ...]:
    """Name the members of a pair as far as this audience may know them."""
    return tuple(
        Member(world.person(each.person), name_of(world, speech, each.person), each.role) for each in pair.members
    )


def pair_values(world: World, pair: View, speech: Speech) -> dict[str, Any]:
    """Gather what the template of a pair page needs."""
    fields = fields_of(world, speech)
    records = world.of(pair.key)
    cohort = world.cohort(f"{pair.program}/{pair.cohort}")
    return {
        "pair": pair,
        "cohort": cohort,
        "members": members(world, pair, speech),
        "agreement": records.agreement,
        "goals": tuple(
            Goal(goal, _course(goal, speech), fields.rows(goal, model.Goal, _SHOWN["goal"])) for goal in records.goals
        ),
        "more": fields.rows(pair, model.Pair, _SHOWN["pair"]),
        "facts": lambda session: fields.rows(session, model.Session, _SHOWN["session"]),
        "closing": fields.rows(records.closure, model.Closure, _SHOWN["closure"]) if records.closure else (),
        "sessions": tuple(reversed(records.sessions)),
        "observations": tuple(reversed(records.observations)),
        "feedback": tuple(reversed(records.feedback)),
        "closure": records.closure,
        "todo": tuple(_todo(world, pair)),
        "timeline": _timeline(world, pair, cohort, records),
        "every": _every(cohort, records),
        "edit": world.edit_link,
        "note_at": note_path(pair.key) if writes(world, pair) else "",
        "sheet_at": sheet_path(world, pair),
        "certificate_at": certificate_path(world, pair),
    }


def _todo(world: World, pair: View) -> Iterator[tuple[str, tuple[View, ...]]]:
    """Open promises by person: the members in their order, then what nobody took on."""
    order = [each.person for each in pair.members if each.person]
    for ident in (*order, *sorted(set(pair.open_actions) - set(order))):
        if ident in pair.open_actions:
            person = world.person(ident)
            listed = sorted(pair.open_actions[ident], key=lambda each: (each.due or datetime.date.max, each.text))
            yield (person.name if person is not None and person.name else ""), tuple(listed)


def _course(goal: View, speech: Speech) -> charts.Course | None:
    measure = goal.measure
    if measure is None:
        return None
    values = [(each.on, each.value) for each in goal.progress if each.on and each.value is not None]
    if measure.baseline is not None and goal.started and all(on > goal.started for on, _ in values):
        values.insert(0, (goal.started, measure.baseline))
    return charts.course(values, measure.target, speech.number)


def _every(cohort: View | None, records: PairRecords) -> int:
    agreement = records.agreement
    cadence = agreement.cadence if agreement is not None and agreement.cadence else None
    cadence = cadence or (cohort.cadence if cohort is not None else None)
    return DAYS_BETWEEN[cadence.every] if cadence is not None else 14


def _timeline(world: World, pair: View, cohort: View | None, records: PairRecords) -> charts.Timeline | None:
    """The course of the meetings; None where their days may not be read, or there are none."""
    days = [session.date for session in records.sessions if session.date]
    if not days:
        return None
    held = [day for day in days if day <= world.today]
    ahead = {day for day in (*days, pair.next) if day and day > world.today}
    agreement = records.agreement
    last = pair.ended or (agreement.ends_on if agreement is not None else None)
    last = last or (cohort.ends if cohort is not None else None) or max(days)
    away = [(each.start, each.resume or world.today) for each in pair.pauses if each.start]
    away += [(each.start, each.end) for each in cohort.breaks] if cohort is not None else []
    span = (pair.started or min(days), last)
    return charts.timeline(held, ahead, span, _every(cohort, records), away, world.today)
