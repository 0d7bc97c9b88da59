"""Action items: one thing, one person, one day, and a word about it the next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.model import Action, Pair, Records, Session
from toolkit.model.actions import key_of, next_number, retold, shared, standing
from toolkit.model.formats import keys, language_of, plain
from toolkit.model.rhythm import LIVE, held, notes_until
from toolkit.rules.base import ERROR, NOTE, WARNING, Context, Finding, Rule, rule
from toolkit.rules.life import alarm, live

_ENOUGH_ACTIONS = 5


def _notes(records: Records) -> Iterator[tuple[Pair, tuple[Session, ...]]]:
    """The notes of the pairs that run, oldest first."""
    for key, notes in records.sessions.items():
        pair = records.pairs.get(key)
        if pair is not None and pair.status in LIVE:
            yield pair, notes


def _open_without(notes: Iterable[Session], field: str) -> Iterator[tuple[Session, Action]]:
    """The open items that lack a mark, unless an earlier note gave it to the same action."""
    given: set[str] = set()
    for note in notes:
        for action in note.actions:
            if getattr(action, field):
                if action.id:
                    given.add(action.id)
            elif not action.done and action.id not in given:
                yield note, action


@rule("action-no-owner", ERROR)
def action_no_owner(records: Records, context: Context) -> Iterator[Finding]:
    """An open action item belongs to nobody.

    What two people promise together, each expects of the other. One action has one owner.

    Fix: write `@` and the id of the one person who will do it.
    """
    for _, notes in _notes(records):
        for note, action in _open_without(notes, "owner"):
            yield Finding(note.at_line(action.line, action.column), "this action has no owner")


@rule("action-no-due", WARNING)
def action_no_due(records: Records, context: Context) -> Iterator[Finding]:
    """An open action item has no day by which it is to be done.

    A date makes it real, and makes it something to ask about next time.

    Fix: write `due:` and the day, such as due:2026-12-01.
    """
    for _, notes in _notes(records):
        for note, action in _open_without(notes, "due"):
            message = "what stands after `due:` is not a date" if action.due_text else "this action has no date"
            yield Finding(note.at_line(action.line, action.column), message)


@rule("action-no-id", NOTE)
def action_no_id(records: Records, context: Context) -> Iterator[Finding]:
    """An open action item has no id.

    It is carried from note to note by its very words only: said in other words next time, it is a new promise, and the
    old one stays open. Nobody has to think of an id: `mentoring check --fix-ids` gives each action a free one. Where an
    action may be an open one in other words, `action-reworded` asks that instead.

    Fix: run `mentoring check --fix-ids`.
    """
    for _, notes in _notes(records):
        asked = {key_of(each.action) for each in retold(notes)}
        for each in standing(notes):
            if each.owner and not each.action.id and not each.action.done and key_of(each.action) not in asked:
                yield Finding(each.note.at_line(each.action.line, each.action.column), "this action has no id")


@rule("action-reworded", NOTE)
def action_reworded(records: Records, context: Context) -> Iterator[Finding]:
    """A new action may be an open one in other words.

    An action is carried from note to note by its id, or by its very words. Said in other words and without the id, it is
    counted twice, and the old one stays open for ever. The rule asks where one person has both, the words are much the
    same, and the note says nothing else of the old one; nobody but the pair knows the answer.

    Fix: where it is the same, write the old one's `id:` on the new line; where it is another, give it an id of its own.
    """
    for _, notes in _notes(records):
        free = f"id:a{next_number(each.id for note in notes for each in note.actions)}"
        for before, action, note in retold(notes):
            old = before.note.at_line(before.action.line, before.action.column)
            same = f"id:{before.action.id}" if before.action.id else "one id on both lines"
            hint = (
                f"where it is, write {same}; where it is another, write {free}, or answer `mentoring check --fix-ids`"
            )
            message = "this may be an open action in other words"
            yield Finding(note.at_line(action.line, action.column), message, hint, (old,))


@rule("action-id-shared", WARNING)
def action_id_shared(records: Records, context: Context) -> Iterator[Finding]:
    """Two different actions have one id.

    Whoever says that one of them is done closes the other with it. It happens where two notes are written at the same
    time, or a line is copied. The rule looks at lines with one id and other words: twice in a note, of two people, or
    after the first was done.

    Fix: give the later one an id that is free: take its `id:` away and run `mentoring check --fix-ids`.
    """
    for _, notes in _notes(records):
        for before, action, note in shared(notes):
            first = before.note.at_line(before.action.line, before.action.column)
            yield Finding(note.at_line(action.line, action.column), "another action has this id", "", (first,))


@rule("action-overdue", NOTE)
def action_overdue(records: Records, context: Context) -> Iterator[Finding]:
    """An action item is past its day and still open.

    An action is carried over by its id: a later note that repeats the id, or the very text, decides how it stands. So
    nobody has to change an old note. Where the pair has stopped meeting, that is said instead.

    Fix: say in the next note that it is done, or repeat it with a new date.
    """
    for pair, notes in _notes(records):
        late = [each for each in standing(notes) if each.is_late(context.today)]
        if late and not alarm(records, context, pair):
            for each in late:
                place = each.note.at_line(each.action.line, each.action.column)
                yield Finding(place, "this action is past its day and open")


@rule("action-owner-unknown", WARNING)
def action_owner_unknown(records: Records, context: Context) -> Iterator[Finding]:
    """An action item belongs to somebody who is not in the pair.

    Who was not in the room does not know of the promise, and the pair's page lists it under nobody.

    Fix: name a member of the pair; what others should do is a member's action to ask them.
    """
    for pair, notes in _notes(records):
        members = {member.person for member in pair.members}
        for note in notes:
            for action in note.actions:
                if action.owner not in members and action.owner in records.people:
                    yield Finding(note.at_line(action.line, action.column), "the owner is not in this pair")


@rule("actions-never-reviewed", WARNING)
def actions_never_reviewed(records: Records, context: Context) -> Iterator[Finding]:
    """The last two notes of a pair carry no word on the actions that were open.

    Promises that nobody asks about stop being made. Beginning with "Since last time" takes five minutes and tells more
    than a plan. A section of that name, or an earlier action that is repeated, counts as a word; where a note of a
    format lacks that section, `session-sections` says so instead.

    Fix: begin the next meeting with the last actions: done, moved, or dropped.
    """
    for pair in live(records, "active"):
        notes = [note for note in notes_until(records, pair, context.today) if held(note)]
        if len(notes) < 3 or notes[-1].format != "free":
            continue
        open_before = [action for note in notes[-3:-1] for action in note.actions if not action.done]
        if open_before and not any(_looks_back(notes[index], notes[:index]) for index in (-2, -1)):
            yield Finding(notes[-1].at("date"), "two notes in a row carry no word on earlier actions")


def _looks_back(note: Session, before: list[Session]) -> bool:
    earlier = {key_of(action) for each in before for action in each.actions}
    if any(action.done or key_of(action) in earlier for action in note.actions):
        return True
    shape = "grow" if note.format == "free" else note.format
    found = [(plain(section.title), section.text) for section in note.sections]
    named = keys(shape, note.language or language_of(shape, tuple(title for title, _ in found)))
    return any(named.get(title) == "since" and text for title, text in found)


@rule("actions-all-mentors", NOTE)
def actions_all_mentors(records: Records, context: Context) -> Iterator[Finding]:
    """The mentor carries nearly all of the actions of a pair.

    A mentee who leaves with nothing to do comes back with nothing to tell. The rule looks at pairs with five actions or
    more; the line is the threshold `mentor_action_percent`.

    Fix: hand over: ask at the end who will do it, and wait.
    """
    for pair, notes in _notes(records):
        if pair.model in ("peer", "reciprocal", "community"):
            continue
        mentors, owners = set(pair.mentors), [each.owner for each in standing(notes) if each.owner]
        given = sum(owner in mentors for owner in owners)
        if len(owners) >= _ENOUGH_ACTIONS and given * 100 > context.limits.mentor_action_percent * len(owners):
            percent = context.limits.mentor_action_percent
            yield Finding(pair.at("members"), f"more than {percent} % of the actions are the mentor's")


RULES: tuple[Rule, ...] = (
    action_no_owner,
    action_no_due,
    action_no_id,
    action_reworded,
    action_id_shared,
    action_overdue,
    action_owner_unknown,
    actions_never_reviewed,
    actions_all_mentors,
)
