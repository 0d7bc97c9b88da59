"""What the toolkit has to say about a record: a code, a severity, a place, a message and a hint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a finding is: an error blocks publishing, a warning wants a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note: the order in which people should read them."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Span(NamedTuple):
    """A stretch of a file; lines and columns count from 1, the end is exclusive in its column."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A stretch of a named file, with what of it may be shown.

    `key` is the name of the field, always safe to show. `text` is the line as it stands in the file and is
    filled only where the field is public: reports end up in public logs.
    """

    path: str
    span: Span
    key: str = ""
    text: str = ""


START = Span(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the records, ready to be shown in any format.

    `message` says what is wrong, `hint` what to do, `related` other places that belong to the same finding.
    None of them holds the value of a field that is not public.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    related: tuple[Place, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, int, str, str]:
        """The key that puts findings in the order of the files they speak of."""
        span = self.place.span
        return (self.place.path, span.line, span.column, self.severity.rank, self.code, self.message)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Put findings in reading order: by file, line and column; doubles are dropped."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda each: each.order))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Name the choice that the word was most likely meant to be, or begins; None where nothing is near."""
    import difflib

    said, known = word.lower(), sorted(choices)
    found = difflib.get_close_matches(said, known, n=1, cutoff=0.6)
    return found[0] if found else next((each for each in known if len(said) > 1 and each.startswith(said)), None)


def did_you_mean(word: str, choices: Iterable[str], otherwise: str = "", shown: str = "{}") -> str:
    """Ask whether the nearest choice was meant, as it is `shown`; where nothing is near, say what else can be done."""
    meant = nearest(word, choices)
    return f"did you mean {shown.format(meant)}?" if meant else otherwise
