"""The open actions as a list for people: whose, of which pair, by when, and how long they have been carried."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from toolkit.model import Records
from toolkit.model.actions import open_actions
from toolkit.reports.calls import name
from toolkit.reports.page import WIDTH, cut, wrapped


class Task(NamedTuple):
    """One open action: what, whose (an id and a name), of which pair, by when, since when, and where it stands."""

    text: str
    owner: str
    name: str
    pair: str
    due: datetime.date | None
    since: datetime.date
    id: str
    overdue: bool
    path: str
    line: int


def tasks(
    records: Records,
    today: datetime.date,
    people: Container[str] = (),
    places: Iterable[str] = (),
    overdue: bool = False,
) -> tuple[Task, ...]:
    """The open actions of the pairs that run, by owner and day, or only the late ones.

    Of these people alone, and of these pairs and cohorts alone, where any are named.
    """
    below = tuple(f"{each}/" for each in places)
    found = [
        Task(
            each.action.text,
            each.owner,
            name(records, each.owner) if each.owner else "",
            each.note.pair_key,
            each.due,
            each.since,
            each.action.id,
            each.is_late(today),
            each.note.path,
            each.action.line,
        )
        for each in open_actions(records, today)
    ]
    wanted = (
        each
        for each in found
        if (not people or each.owner in people)
        and (not below or f"{each.pair}/".startswith(below))
        and (each.overdue or not overdue)
    )
    return tuple(
        sorted(wanted, key=lambda each: (each.name, each.owner, each.due or datetime.date.max, each.path, each.line))
    )


def page(found: tuple[Task, ...]) -> str:
    """Write the actions below the name of who will do them, at most eighty columns wide."""
    if not found:
        return "no open actions"
    return "\n".join(line for _, group in groupby(found, key=lambda each: each.owner) for line in _owner(tuple(group)))


def _owner(group: tuple[Task, ...]) -> Iterator[str]:
    first = group[0]
    yield cut(f"{first.name} ({first.owner})" if first.owner else "nobody yet", WIDTH)
    for each in group:
        due = str(each.due) if each.due else "no day    "
        text = f" {'!' if each.overdue else ' '}{due}  {each.text} [{each.pair.rpartition('/')[2]}]"
        yield from wrapped(text, indent=14)


def as_data(found: tuple[Task, ...]) -> dict[str, Any]:
    """The actions as plain data for JSON."""
    return {
        "version": 1,
        "actions": [
            {
                **each._asdict(),
                "owner": each.owner or None,
                "name": each.name or None,
                "id": each.id or None,
                "due": each.due.isoformat() if each.due else None,
                "since": each.since.isoformat(),
            }
            for each in found
        ],
    }
