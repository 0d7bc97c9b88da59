"""The faults of a text that cannot become a record: raised while reading, caught once, shown as a finding."""

from __future__ import annotations

from toolkit.diagnostics import START, Span


class Fault(Exception):
    """One reason why a file cannot be read, with its code, its span and what to do about it."""

    def __init__(self, code: str, message: str, hint: str, span: Span = START, related: tuple[Span, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.span = span
        self.related = related
