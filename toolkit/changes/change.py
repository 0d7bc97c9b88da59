"""A change before it is made: which bytes of which files it alters, and which lines that is."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple

from toolkit import store
from toolkit.errors import ToolkitError
from toolkit.model import Record
from toolkit.source import Edit, Fault, edited
from toolkit.source.text import read_bytes
from toolkit.workspace import Workspace


class FileChange(NamedTuple):
    """One file with its bytes before (None for a new one) and after."""

    path: str
    before: bytes | None
    after: bytes

    def lines(self) -> Iterator[tuple[int, str, str]]:
        """The lines that differ: number, `-` or `+`, text; the numbers of `-` count before, those of `+` after."""
        old = (self.before or b"").decode("utf-8-sig").splitlines()
        new = self.after.decode("utf-8-sig").splitlines()
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield from ((number, "-", text) for number, text in enumerate(old[a:b], a + 1))
                yield from ((number, "+", text) for number, text in enumerate(new[c:d], c + 1))


@dataclass(frozen=True, slots=True)
class Change:
    """What a command would do: in a sentence, in bytes, and what one should know beside it."""

    says: str
    files: tuple[FileChange, ...]
    notes: tuple[str, ...] = ()
    next: str = "mentoring check"
    """The command that follows once it is made."""

    @property
    def after(self) -> dict[str, bytes]:
        """The new bytes of each file."""
        return {each.path: each.after for each in self.files}


def edit(workspace: Workspace, record: Record, edits: Sequence[Edit]) -> FileChange:
    """Change fields of a record that was read before; raises ToolkitError where its file is no longer the same."""
    before = unchanged(workspace, record)
    return FileChange(record.path, before, edited(before, record.path, edits))


def unchanged(workspace: Workspace, record: Record) -> bytes:
    """Give the bytes of a record's file; raises ToolkitError where they are no longer those that were read."""
    try:
        before = read_bytes(str(workspace / record.path))
    except Fault as fault:
        raise ToolkitError(f"{record.path}: {fault}", fault.hint) from None
    source = record.origin.source
    if source is None or sha256(before).hexdigest() != source.digest:
        raise ToolkitError(f"{record.path} was changed meanwhile", "nothing was written; run the command again")
    return before


def write(workspace: Workspace, change: Change) -> None:
    """Make a change: new files first, so that a state is never set before the record that explains it.

    Whatever stops it halfway, an interruption too, the files are as they were before.
    """
    made: list[FileChange] = []
    try:
        for each in sorted(change.files, key=lambda each: each.before is not None):
            with store.held():
                if each.before is None:
                    store.create(workspace / each.path, each.after)
                else:
                    store.change(workspace / each.path, each.before, each.after)
                made.append(each)
    except BaseException:
        with store.held():
            for each in reversed(made):
                with contextlib.suppress(OSError, ToolkitError):
                    _undo(workspace, each)
        raise


def _undo(workspace: Workspace, each: FileChange) -> None:
    """Put one file back: a new one goes, with the folders that are empty without it."""
    path = workspace / each.path
    if each.before is not None:
        store.change(path, each.after, each.before)
        return
    path.unlink()
    for folder in path.parents:
        if folder == workspace.root or any(folder.iterdir()):
            break
        folder.rmdir()


def order_of(model: type[Record]) -> tuple[str, ...]:
    """The order in which the fields of a record are written."""
    return tuple(name for name in model.model_fields if name != "body")


def day_of(on: datetime.date | None, today: datetime.date) -> datetime.date:
    """The day on which something happened: today, unless another was given; raises ToolkitError for one ahead."""
    if on is not None and on > today:
        raise ToolkitError(f"{on} is still to come", "a change is recorded when it has happened")
    return on or today
