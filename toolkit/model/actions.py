"""How the actions of a pair stand: carried from note to note by id or by their words, and the latest word decides."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.model.records import Records
from toolkit.model.rhythm import LIVE, notes_until
from toolkit.model.session import Action, Session

_ID = re.compile(r"a([0-9]{1,6})\Z")
_WORD = re.compile(r"\w+")
_SHORT, _STEM = 4, 5  # words that carry little are shorter; the forms of one word begin alike
_NEAR, _NEARER = 0.5, 0.75  # how much of the shorter text the other must say, too


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


def next_number(ids: Iterable[str | None]) -> int:
    """Give the number of the next id of a pair: 7 where `a6` is the highest of those that are taken."""
    found = (_ID.match(each) for each in ids if each)
    return max((int(each[1]) for each in found if each), default=0) + 1


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
            _tell(found, note, action)
    return tuple(found.values())


def _tell(found: dict[str, Standing], note: Session, action: Action) -> None:
    """Take up one more word of a note on an action: one that is known, or one that begins here."""
    if is_blank(action.text):
        return
    key = key_of(action)
    before = found.get(key)
    if before is None:
        found[key] = Standing(action, note, note.date, action.owner, action.due)
    else:
        owner, due = action.owner or before.owner, action.due or before.due
        found[key] = Standing(action, note, before.since, owner, due)


def ids_by_words(notes: Iterable[Session]) -> dict[str, str]:
    """The ids of open actions by their words: a line that says the same without the id is that action."""
    return {
        each.action.text.casefold(): each.action.id
        for each in standing(notes)
        if each.action.id and not each.action.done
    }


class Retold(NamedTuple):
    """A new line that may be an open action in other words: the action as it stood, the line, and the note of the line."""

    before: Standing
    action: Action
    note: Session

    @property
    def is_word_for_word(self) -> bool:
        """Whether the line says the very same."""
        return self.action.text.casefold() == self.before.action.text.casefold()


def retold(notes: Iterable[Session]) -> tuple[Retold, ...]:
    """Give each line without an id that says much the same as an open action on which its note has no other word.

    Both belong to one person, as far as both say whose they are. The day is the same or left out; where it is another,
    the words must be nearer. An action of which a later note knows that it is done is asked about no more.
    """
    told: dict[str, Standing] = {}
    found: list[Retold] = []
    for note in notes:
        words = {key_of(action) for action in note.actions}
        left = [each for key, each in told.items() if key not in words and not each.action.done]
        for action in note.actions if left else ():
            if not action.id and key_of(action) not in told and not is_blank(action.text):
                near = max(left, key=lambda each: nearness(each.action.text, action.text))
                if _same(near, action):
                    found.append(Retold(near, action, note))
        for action in note.actions:
            _tell(told, note, action)
    return tuple(each for each in found if not told[key_of(each.before.action)].action.done)


def shared(notes: Iterable[Session]) -> Iterator[tuple[Standing, Action, Session]]:
    """Give each line with the id of an action that is another one: in the same note, of another person, or done before."""
    told: dict[str, Standing] = {}
    for note in notes:
        for action in note.actions:
            before = told.get(action.id) if action.id else None
            said = before is None or before.action.text == action.text
            if before is not None and not said and nearness(before.action.text, action.text) < _NEAR:
                other = bool(action.owner and before.owner and action.owner != before.owner)
                if other or before.action.done or before.note is note:
                    yield before, action, note
            _tell(told, note, action)


def _same(before: Standing, action: Action) -> bool:
    if action.owner and before.owner and action.owner != before.owner:
        return False
    needed = _NEAR if action.due in (None, before.due) else _NEARER
    return nearness(before.action.text, action.text) >= needed


def nearness(one: str, other: str) -> float:
    """Say how much of the shorter of two texts the other says, too: 0 to 1, by the beginnings of their longer words."""
    first, second = _stems(one), _stems(other)
    shared = len(first & second)
    least = min(len(first), len(second))
    if not least:
        return 0.0
    return shared / least if shared > 1 or shared == least else 0.0


def _stems(text: str) -> set[str]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    words = _WORD.findall(plain)
    return {word[:_STEM] for word in words if len(word) >= _SHORT} or set(words)


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
