"""What an import would do, row by row, before anything is written; and the writing, after every check has passed."""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from toolkit import store
from toolkit.errors import ToolkitError
from toolkit.importing.cells import Refusal
from toolkit.importing.convert import Converter, Draft, Guest
from toolkit.importing.emit import text_of
from toolkit.importing.guests import Known, doubled, named
from toolkit.importing.mapping import ImportMap, folded
from toolkit.importing.merge import merged
from toolkit.importing.table import Table
from toolkit.model import Record, Records
from toolkit.source import emit
from toolkit.workspace import Workspace, place_of

Status = Literal["new", "changed", "unchanged", "doubtful", "refused"]
STATUSES: tuple[Status, ...] = ("new", "changed", "unchanged", "doubtful", "refused")


@dataclass(frozen=True, slots=True)
class File:
    """One file to be written: new (`before` is None), or edited from the bytes that were read."""

    path: str
    content: bytes
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What happens to one row; names of fields, never the values of private ones."""

    row: int
    status: Status
    person: str = ""
    roles: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: each row, the topics that are new, the columns that go nowhere, and what to know."""

    entries: tuple[Entry, ...]
    topics: tuple[tuple[str, str], ...] = ()
    topic_file: File | None = None
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[File, ...]:
        """All files to be written, in the order in which they are."""
        first = (self.topic_file,) if self.topic_file else ()
        return (*first, *(file for entry in self.entries for file in entry.files))

    def count(self, status: Status) -> int:
        """How many rows have this outcome."""
        return sum(entry.status == status for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Target:
    """Where sign-ups go: the program, the cohort, and the role where it is the same for all."""

    program: str
    cohort: str
    role: str | None = None


def plan_import(table: Table, map_: ImportMap, records: Records, target: Target, today: datetime.date) -> Plan:
    """Work out what a table of sign-ups would add and change; nothing is written."""
    converter = Converter(table, map_, records.topics(), today, target.role)
    refused: dict[int, str] = {}
    guests = []
    for row in table.rows:
        try:
            guests.append(converter.introduce(row))
        except Refusal as refusal:
            refused[row.number] = refusal.reason
    apart, doubtful = doubled(guests, map_)
    given, present, unsure = named(apart, Known.of(records), map_)
    people = _names(given, records)
    entries: list[Entry] = [Entry(number, "refused", notes=(why,)) for number, why in refused.items()]
    entries += [Entry(number, "doubtful", notes=(why,)) for number, why in (doubtful | unsure).items()]
    topics: dict[str, str] = {}
    for ident, guest in given.items():
        try:
            draft = converter.draft(guest, people)
        except Refusal as refusal:
            entries.append(Entry(guest.row.number, "refused", ident, guest.roles, notes=(refusal.reason,)))
            continue
        entry = _Planner(records, target, converter.application_fields).entry(ident, guest, draft, ident in present)
        text = b"".join(file.content for file in entry.files).decode("utf-8")
        topics |= {each: title for each, title in draft.topics.items() if re.search(rf"\b{each}\b", text)}
        entries.append(entry)
    entries.sort(key=lambda entry: entry.row)
    listed = tuple(sorted(topics.items()))
    return Plan(tuple(entries), listed, _topic_file(map_.topics, listed, records), converter.lost, table.notes)


def _names(given: dict[str, Guest], records: Records) -> dict[str, str]:
    """Names and ids of everybody, to the id; a name that two people have leads nowhere."""
    pairs = {(folded(person.name), key) for key, person in records.people.items()}
    pairs |= {(folded(guest.name), ident) for ident, guest in given.items()}
    counts = Counter(name for name, _ in pairs)
    return {name: key for name, key in pairs if counts[name] == 1} | {key: key for _, key in pairs}


class _Planner:
    """Compares the records of one row with those that are there."""

    def __init__(self, records: Records, target: Target, application_fields: frozenset[str]) -> None:
        self._records = records
        self._target = target
        # Where an application stands is the staff's to say once it is there.
        self._fields = application_fields - {"status", "next"}
        self._changed: list[str] = []
        self._by_hand: list[str] = []
        self._files: list[File] = []

    def entry(self, ident: str, guest: Guest, draft: Draft, present: bool) -> Entry:
        """Say what happens to a row."""
        for path, old, new, only in self._pairs(ident, draft):
            if new is None:
                continue
            if old is None:
                self._files.append(File(path, text_of(new).encode("utf-8")))
                if present:
                    self._changed.append(f"{new.record} (new)")
            else:
                self._compare(path, old, new, only)
        status: Status = "new" if not present else "changed" if self._changed else "unchanged"
        lists = (tuple(self._changed), tuple(self._by_hand))
        return Entry(guest.row.number, status, ident, guest.roles, *lists, guest.notes, tuple(self._files))

    def _pairs(
        self, ident: str, draft: Draft
    ) -> Iterator[tuple[str, Record | None, Record | None, frozenset[str] | None]]:
        """Each record of a row: its path, what is there, what is new, and which fields are compared."""
        records, target = self._records, self._target
        key = f"{target.program}/{target.cohort}"
        yield place_of("person", id=ident), records.people.get(ident), draft.person, None
        yield place_of("private-person", id=ident), records.private_people.get(ident), draft.private, None
        kinds: tuple[tuple[str, Any, Any, frozenset[str] | None], ...] = (
            ("application", draft.applications, records.applications, self._fields),
            ("private-application", draft.private_applications, records.private_applications, None),
        )
        for kind, drafts, there, only in kinds:
            for role, new in drafts.items():
                path = place_of(kind, program=target.program, cohort=target.cohort, person=ident, role=role)
                old = next((each for each in there.get(key, ()) if each.path == path), None)
                yield path, old, new, only

    def _compare(self, path: str, old: Record, new: Record, only: frozenset[str] | None) -> None:
        merge = merged(old, new, only)
        prefix = "" if old.record == "person" else f"{old.record}: "
        self._changed += [prefix + name for name in merge.changed]
        self._by_hand += [prefix + name for name in merge.by_hand]
        if merge.after is not None:
            self._files.append(File(path, merge.after, merge.before))


def _topic_file(name: str, topics: tuple[tuple[str, str], ...], records: Records) -> File | None:
    """A list of its own for topics that no list has: the lists that are there belong to people."""
    if not topics:
        return None
    number = 1
    while (ident := name if number == 1 else f"{name}-{number}") in records.topic_lists:
        number += 1
    entries = [{"id": ident, "title": title} for ident, title in topics]
    text = emit({"title": "Topics named in sign-ups", "topics": entries})
    return File(place_of("topic-list", id=ident), text.encode("utf-8"))


def write(plan: Plan, workspace: Workspace, step: Callable[[], None] = lambda: None) -> int:
    """Write what a plan says, and say how many files: all checks come first, then new files, then edits.

    `step` is called after each file, for whoever shows the progress. Raises ToolkitError where a new file is there already or an edited one was changed since it was read.
    """
    for file in plan.files:
        path = workspace / file.path
        if file.before is None and os.path.lexists(path):
            raise ToolkitError(
                f"{file.path} is there already and is no record that can be read", "run `mentoring check`"
            )
        if file.before is not None and _bytes(path) != file.before:
            raise ToolkitError(f"{file.path} was changed meanwhile", "nothing was written; run the command again")
    for file in sorted(plan.files, key=lambda each: each.before is not None):
        if file.before is None:
            store.create(workspace / file.path, file.content)
        else:
            store.change(workspace / file.path, file.before, file.content)
        step()
    return len(plan.files)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ToolkitError(f"{path} could not be read: {error.strerror}", "nothing was written") from None
