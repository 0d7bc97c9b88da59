"""How the actions of a pair stand: carried from note to note by id or by their words, and the latest word decides."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from toolkit.model.records import Records
from toolkit.model.rhythm import LIVE, notes_until
from toolkit.model.session import Action, Session


class Standing(NamedTuple):
    """One action as it stands after the latest note that speaks of it.

    `action` is the latest word and `note` the note that holds it; an owner or a day that this word leaves out is the
    one that was last given. `since` is the day of the note in which the action began.
    """

    action: Action
    note: Session
    since: datetime.date
    owner: str
    due: datetime.date | None

    def is_late(self, today: datetime.date) -> bool:
        """Whether it is still open after its day."""
        return not self.action.done and self.due is not None and self.due < today


def key_of(action: Action) -> str:
    """What makes two items in two notes one action: its id, else its text."""
    return action.id or action.text.casefold()


def is_blank(text: str) -> bool:
    """Whether the text of an action says nothing: `…` stands where a word is to be written."""
    return text.startswith("…") and not any(char.isalnum() for char in text)


def standing(notes: Iterable[Session]) -> tuple[Standing, ...]:
    """Give each distinct action of these notes, oldest first, as it stands after the last of them.

    A line that a new note came with and nobody filled in is no action.
    """
    found: dict[str, Standing] = {}
    for note in notes:
        for action in note.actions:
            if is_blank(action.text):
                continue
            key = key_of(action)
            before = found.get(key)
            if before is None:
                found[key] = Standing(action, note, note.date, action.owner, action.due)
            else:
                owner, due = action.owner or before.owner, action.due or before.due
                found[key] = Standing(action, note, before.since, owner, due)
    return tuple(found.values())


def open_actions(records: Records, today: datetime.date) -> tuple[Standing, ...]:
    """Give the open actions of all pairs that run, those with the nearest day first, those without one last."""
    found = [
        each
        for key, pair in records.pairs.items()
        if pair.status in LIVE and key in records.sessions
        for each in standing(notes_until(records, pair, today))
        if not each.action.done
    ]
    return tuple(sorted(found, key=lambda each: (each.due or datetime.date.max, each.note.path, each.action.line)))
