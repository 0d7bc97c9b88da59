"""Ids for the actions of notes that were written without: the lines that get one, and nothing else in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from toolkit import store
from toolkit.changes.change import Change, FileChange, unchanged
from toolkit.errors import ToolkitError
from toolkit.model import Records, Session
from toolkit.model.actions import Retold, is_blank, key_of, next_number, retold
from toolkit.source import of_bytes
from toolkit.workspace import Workspace

_LINE = re.compile(rb"[^\r\n]*")
Answer = Callable[[Retold], bool | None]
"""Says whether a line is the open action that it is near to: yes, no, or not known."""
_BREAK = re.compile(rb"\r\n|\r|\n")


def give_ids(workspace: Workspace, records: Records, answer: Answer = lambda _: None) -> Change:
    """Give every action that somebody owns and that has no id the next free one of its pair: `a7` after `a6`.

    What stands in several notes in the same words is one action and has one id. Of a line that may be an open action in
    other words `answer` knows whether it is; where it does not, the line is left as it is. A pair of which a file cannot
    be read is left alone, for its ids may stand there. Raises ToolkitError where a note is no longer what was read.
    """
    files: list[FileChange] = []
    left: list[str] = []
    count = 0
    for key, notes in sorted(records.sessions.items()):
        pair = records.pairs.get(key)
        if pair is None or not records.is_whole(pair):
            if _lacking(notes):
                left.append(f"{key} is left as it is: first correct its files that cannot be read")
            continue
        answers = [(each, each.is_word_for_word or answer(each)) for each in retold(notes)]
        left.extend(_asked(each) for each, same in answers if same is None)
        named = _named(notes, answers)
        for note in notes:
            lines = {each.line: named[key_of(each)] for each in note.actions if not each.id and key_of(each) in named}
            if lines:
                files.append(_marked(workspace, note, lines))
                count += len(lines)
    return Change(f"{count} action{'' if count == 1 else 's'} given an id", tuple(files), tuple(left))


def places(change: Change) -> Iterator[str]:
    """Say which lines a change of ids touches, and which id each gets; the words of the notes are the pair's."""
    for file in change.files:
        for number, sign, text in file.lines():
            if sign == "+":
                yield f"{file.path}:{number}: {text.rstrip().rpartition(' ')[2]}"


def _asked(each: Retold) -> str:
    """Name the two lines about which nobody has said whether they are one action."""
    old, new = each.before, each
    says = "may be an open action in other words; write its id if it is, or run this at a terminal to be asked"
    return f"{new.note.path}:{new.action.line} {says}: {old.note.path}:{old.action.line}"


def _lacking(notes: tuple[Session, ...]) -> list[str]:
    """What the actions that somebody owns and that have no id are known by, in the order in which they began."""
    actions = [each for note in notes for each in note.actions]
    owned = {key_of(each) for each in actions if each.owner}
    keys = (key_of(each) for each in actions if not each.id and key_of(each) in owned and not is_blank(each.text))
    return list(dict.fromkeys(keys))


def _named(notes: tuple[Session, ...], answers: list[tuple[Retold, bool | None]]) -> dict[str, str]:
    """The new ids of a pair, by what an action is known by; what is told in other words has the id of what it is."""
    same = {key_of(each.action): each.before.action for each, said in answers if said}
    asked = {key_of(each.action) for each, said in answers if said is None}
    first = next_number(each.id for note in notes for each in note.actions)
    new = [key for key in _lacking(notes) if key not in same and key not in asked]
    new += [key_of(each) for each in same.values() if not each.id and key_of(each) not in (*new, *same, *asked)]
    named = {key: f"a{number}" for number, key in enumerate(new, first)}
    for key, before in same.items():
        name = before.id or named.get(key_of(before))
        if name:
            named[key] = name
    return named


def _marked(workspace: Workspace, note: Session, names: Mapping[int, str]) -> FileChange:
    """Put ids at the ends of lines of a note, before the spaces that may follow there."""
    before = unchanged(workspace, note)
    starts = [0, *(found.end() for found in _BREAK.finditer(before))]
    edits = tuple((_end(before, starts[line - 1]),) * 2 + (f" id:{name}",) for line, name in sorted(names.items()))
    after = store.splice(before, edits)
    _prove(note, names, after)
    return FileChange(note.path, before, after)


def _end(data: bytes, start: int) -> int:
    found = _LINE.match(data, start)
    return start + len(found.group().rstrip(b" \t")) if found else start


def _prove(note: Session, names: Mapping[int, str], after: bytes) -> None:
    """Read the new bytes: the same task lines must stand there, each with its id at its end where it got one."""
    wanted = [
        each._replace(text=f"{each.text} id:{names[each.line]}" if each.line in names else each.text)
        for each in note.origin.outline.tasks
    ]
    if list(of_bytes(after, note.path).outline.tasks) != wanted:
        hint = "nothing was written; give its actions their ids by hand, as id:a1"
        raise ToolkitError(f"{note.path} is written in a way in which ids cannot be added", hint)
