"""The sections of a note beside those of its format: which are there, and in which of them something is written."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from toolkit.model.actions import is_blank
from toolkit.model.formats import LANGUAGES, SECTIONS, keys, language_of, plain, titles
from toolkit.model.session import Session
from toolkit.source import Heading


class Part(NamedTuple):
    """A section of a note: its key in the format (empty for one of the writer's own) and its lines in the file."""

    key: str
    line: int
    end: int
    empty: bool


def heads(note: Session) -> list[Heading]:
    """The headings of a note's sections."""
    return [head for head in note.origin.outline.headings if head.level == 2]


def language(note: Session, found: list[Heading], preferred: str) -> str:
    """The language of a note: the one it states, else the one that knows most of its titles."""
    return note.language or language_of(note.format, tuple(plain(head.text) for head in found), preferred)


def parts(note: Session, found: list[Heading], spoken: str) -> list[Part]:
    """The sections of a note in the order of the file."""
    source = note.origin.source
    if source is None:
        return []
    named, lines, first = keys(note.format, spoken), source.body.split("\n"), source.body_line
    ends = [*(head.line for head in found[1:]), first + len(lines)]
    return [
        Part(named.get(plain(head.text), ""), head.line, end, _is_empty(lines, head.line + 1 - first, end - first))
        for head, end in zip(found, ends, strict=bool(found))
    ]


def _is_empty(lines: list[str], start: int, end: int) -> bool:
    """Whether nothing is written between two lines."""
    return not any(line and not line.isspace() for line in lines[start:end])


@cache
def _complete(format_: str) -> dict[tuple[str, ...], str]:
    """The titles of a note that has all sections in their order, with their language."""
    return {titles(format_, spoken): spoken for spoken in reversed(LANGUAGES)}


def is_whole(note: Session, found: list[Heading]) -> bool:
    """Whether a note has all sections of its format with something in each, as most notes do: a quick look."""
    spoken, source = _complete(note.format).get(tuple([head.text for head in found])), note.origin.source
    if spoken is None or source is None or note.language not in (None, spoken):
        return False
    lines, first = source.body.split("\n"), source.body_line
    end = len(lines)
    for head in reversed(found):
        start = head.line + 1 - first
        # Most sections begin on their second line; only where that is blank must all be looked at.
        if (start + 1 >= end or not lines[start + 1]) and _is_empty(lines, start, end):
            return False
        end = head.line - first
    return True


def asked(note: Session, is_first: bool) -> tuple[str, ...]:
    """The sections that the format of a note asks for; the first note of a pair has nothing to look back on."""
    return tuple(key for key in SECTIONS[note.format] if not (is_first and key == "since"))


def filled(note: Session, found: list[Part]) -> frozenset[str]:
    """The sections in which something is written; a day under `next` is enough of a word on the next meeting."""
    said = {part.key for part in found if part.key and not part.empty}
    return frozenset(said | {"next"} if note.next is not None else said)


def written(note: Session, preferred: str) -> frozenset[str]:
    """The sections in which somebody wrote: the lines that a new note came with, and nobody filled in, say nothing."""
    there = heads(note)
    found = parts(note, there, language(note, there, preferred))
    source, blank = note.origin.source, {each.line for each in note.actions if is_blank(each.text)}
    if source is None or not blank:
        return filled(note, found)
    lines = source.text.split("\n")
    kept = [
        part._replace(
            empty=not any(lines[number - 1].strip() for number in range(part.line + 1, part.end) if number not in blank)
        )
        for part in found
    ]
    return filled(note, kept)
