"""A cohort as tables, from what an audience may read of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from toolkit.publish.numbers import NAMES
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World, is_of

Cell = str | int | float | bool | datetime.date | None


class Table(NamedTuple):
    """A table: its name, the names of its columns, its rows."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(world: World, cohort: View, speech: Speech) -> tuple[Table, ...]:
    """Give the tables of a cohort; one without a row that this audience may read is left out."""
    key = cohort.key
    pairs = world.pairs_of(key)
    people = sorted({each.person for pair in pairs for each in pair.members if each.person})
    made = (
        Table("cohort", ("field", "value"), tuple(_facts(cohort, speech))),
        Table("dates", ("on", "until", "what"), tuple((each.on, each.until, each.what) for each in cohort.dates)),
        _table("people", _PERSON, [each for each in map(world.person, people) if each is not None]),
        _members(pairs),
        _table("pairs", _PAIR, pairs),
        _table("sessions", _SESSION, [note for pair in pairs for note in world.of(pair.key).sessions if note.date]),
        _table("goals", _GOAL, [goal for pair in pairs for goal in world.of(pair.key).goals]),
        _table("applications", _APPLICATION, [each for each in world.applications if is_of(each, cohort)]),
        _check_ins([each for each in world.check_ins if is_of(each, cohort)]),
    )
    return tuple(each for each in made if each.rows)


_PERSON = ("id", "name", "pronouns", "locale", "timezone", "organization", "role_title", "level", "site")
_PAIR = (
    *("pair", "display", "model", "status", "formation", "contact", "proposed_on", "started", "ended"),
    *("session_count", "last_met", "next", "relation", "check_in_owner", "shared_topics"),
)
_SESSION = ("pair", "date", "start", "minutes", "format", "modality", "attended", "next", "recorded")
_GOAL = ("pair", "title", "owner", "domain", "status", "due", "started")
_APPLICATION = ("person", "role", "submitted", "status", "ranked", "why", "next")
_CHECK_IN = ("person", "pair", "on", "by", "status", "topics", "next")
_COHORT = ("title", "status", "starts", "ends", "model", "modality", "planned_sessions")


def _table(name: str, columns: tuple[str, ...], views: Iterable[View]) -> Table:
    return Table(name, columns, tuple(tuple(_cell(view[column]) for column in columns) for view in views))


def _members(pairs: tuple[View, ...]) -> Table:
    rows = [
        (pair.pair, each.person, each.role, each.joined, each.left)
        for pair in pairs
        for each in pair.members
        if each.person
    ]
    return Table("members", ("pair", "person", "role", "joined", "left"), tuple(rows))


def _check_ins(months: Iterable[View]) -> Table:
    return _table("check-ins", _CHECK_IN, [each for month in months for each in month.check_ins])


def _facts(cohort: View, speech: Speech) -> Iterable[tuple[Cell, ...]]:
    """What is said of the cohort itself, and its numbers as far as they may be told."""
    yield from ((name, _cell(cohort[name])) for name in _COHORT if cohort[name] is not None)
    yield ("every", cohort.cadence.every)
    yield ("minutes", cohort.cadence.minutes)
    # Counts are words: none of them may be exact where it describes too few people.
    yield from ((name, speech.count(cohort.numbers[name])) for name in NAMES)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return value if isinstance(value, int | float | datetime.date) or value is None else str(value)
