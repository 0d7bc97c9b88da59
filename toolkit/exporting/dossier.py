"""Everything that the records hold of one person, for that person: each value with its class, others' words left out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.exporting.values import Value, values_of
from toolkit.model import CheckIns, Concern, Pair, Person, PrivatePerson, Record, Records, Story
from toolkit.workspace import PAIR_KINDS

OWN = frozenset(("person", "private-person", "application", "private-application"))
OPEN = frozenset(("program", "cohort", "guide"))
"""Kinds that may name somebody and hold nothing of theirs but that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the person: its kind and path, why it is here, its values, and the fields that are withheld."""

    kind: str
    path: str
    why: str
    values: tuple[Value, ...]
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a person is given, and (for the staff alone) `others`: the paths of other people's records that name them."""

    person: str
    day: datetime.date
    entries: tuple[Entry, ...]
    others: tuple[str, ...]


def dossier(records: Records, person: str, day: datetime.date) -> Dossier:
    """Gather the records of a person, in the order of their paths.

    A person reads their own records, those of their pairs while they were in them, what coordinators wrote of a contact
    with them, the concerns they raised and the stories they are in. What safeguarding leads keep is named, not shown.
    """
    entries: list[Entry] = []
    others: list[str] = []
    for record in sorted(records.everything(), key=lambda each: each.path):
        why = _why(records, record, person)
        if why:
            values, withheld = values_of(record, person)
            if values or withheld:
                entries.append(Entry(record.record, record.path, why, values, withheld))
        elif _names(record, person):
            others.append(record.path)
    return Dossier(person, day, tuple(entries), tuple(others))


def _why(records: Records, record: Record, person: str) -> str:
    """Say why a person reads a record; an empty text where they do not, which is so for every kind not named here."""
    kind = record.record
    if kind in OWN:
        mine = record.id if isinstance(record, Person | PrivatePerson) else record.origin.person
        return "it is about them" if mine == person else ""
    if kind in PAIR_KINDS:
        return _of_pair(records, record, person)
    if isinstance(record, CheckIns):
        return "staff asked how they were" if any(each.person == person for each in record.check_ins) else ""
    if isinstance(record, Concern):
        return "they raised it" if record.person == person and record.kind != "safety" else ""
    if isinstance(record, Story):
        return "they are in it" if person in record.named else ""
    return "it names them" if kind in OPEN and _names(record, person) else ""


def _of_pair(records: Records, record: Record, person: str) -> str:
    """A record of a pair is its members' while they are in it; of what came before and after, others may speak."""
    pair = record if isinstance(record, Pair) else records.pair_of(record)
    stays = [each for each in (pair.members if pair is not None else ()) if each.person == person]
    day: Any = getattr(record, "date", None) or getattr(record, "on", None)
    if not isinstance(day, datetime.date):
        return "they are in the pair" if stays else ""
    there = any((each.joined or day) <= day <= (each.left or day) for each in stays)
    return "they were in the pair that day" if there else ""


def _names(record: Record, person: str) -> bool:
    return any(_holds(value, person) for value in _dumped(record))


def _dumped(record: Record) -> Iterator[Any]:
    return iter(record.model_dump(exclude={"body"}).values())


def _holds(value: Any, person: str) -> bool:
    if isinstance(value, dict):
        return any(key == person or _holds(each, person) for key, each in value.items())
    if isinstance(value, list | tuple):
        return any(_holds(each, person) for each in value)
    return bool(value == person)
