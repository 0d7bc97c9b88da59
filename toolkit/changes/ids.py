"""Ids for the actions of notes that were written without: the lines that get one, and nothing else in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from toolkit import store
from toolkit.changes.change import Change, FileChange
from toolkit.errors import ToolkitError
from toolkit.model import Records, Session
from toolkit.model.actions import is_blank, key_of
from toolkit.source import Fault, of_bytes
from toolkit.source.text import read_bytes
from toolkit.workspace import Workspace

_ID = re.compile(r"a([0-9]{1,6})\Z")
_LINE = re.compile(rb"[^\r\n]*")
_BREAK = re.compile(rb"\r\n|\r|\n")


def give_ids(workspace: Workspace, records: Records) -> Change:
    """Give every action that somebody owns and that has no id the next free one of its pair: `a7` after `a6`.

    What stands in several notes in the same words is one action and gets one id. A pair of which a file cannot be read
    is left alone, for its ids may stand there. Raises ToolkitError where a note is no longer what was read.
    """
    files: list[FileChange] = []
    left: list[str] = []
    count = 0
    for key, notes in sorted(records.sessions.items()):
        named = _named(notes)
        pair = records.pairs.get(key)
        if named and (pair is None or not records.is_whole(pair)):
            left.append(f"{key} is left as it is: first correct its files that cannot be read")
            continue
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


def _named(notes: Iterable[Session]) -> dict[str, str]:
    """The new ids of a pair: what an action is known by to its id, in the order in which they began."""
    actions = [each for note in notes for each in note.actions]
    used = (_ID.match(each.id) for each in actions)
    top = max((int(found[1]) for found in used if found), default=0)
    owned = {key_of(each) for each in actions if each.owner}
    lacking = dict.fromkeys(
        key_of(each) for each in actions if not each.id and key_of(each) in owned and not is_blank(each.text)
    )
    return {key: f"a{top + number}" for number, key in enumerate(lacking, 1)}


def _marked(workspace: Workspace, note: Session, names: Mapping[int, str]) -> FileChange:
    """Put ids at the ends of lines of a note, before the spaces that may follow there."""
    try:
        before = read_bytes(str(workspace / note.path))
    except Fault as fault:
        raise ToolkitError(f"{note.path}: {fault}", fault.hint) from None
    source = note.origin.source
    if source is None or sha256(before).hexdigest() != source.digest:
        raise ToolkitError(f"{note.path} was changed meanwhile", "nothing was written; run the command again")
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
