"""Findings for people: with the line and a caret where the field is public, or one line each."""

from __future__ import annotations

import re

from toolkit.diagnostics import Diagnostic, Place, Severity

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


def full(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write each finding over several lines: where, what, the line if it may be shown, and what to do."""
    return "\n\n".join(_block(each) for each in diagnostics)


def concise(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Write each finding on one line, `file:line:column: code: message`, as editors read it."""
    return "\n".join(f"{_where(each.place)}: {each.code}: {clean(each.message)}" for each in diagnostics)


def summary(diagnostics: tuple[Diagnostic, ...], files: int) -> str:
    """Say in one line how many files were read and what was found in them."""
    read = f"{files} {'file' if files == 1 else 'files'} read"
    counts = [(sum(each.severity is severity for each in diagnostics), severity) for severity in Severity]
    found = [f"{n} {severity.value if n == 1 else _PLURALS[severity]}" for n, severity in counts if n]
    return f"{read}: {', '.join(found) if found else 'nothing to correct'}"


def clean(text: str) -> str:
    """Take out what could steer a terminal: a file's name is not trusted."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _where(place: Place) -> str:
    return f"{clean(place.path)}:{place.span.line}:{place.span.column}"


def _block(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    lines = [f"{diagnostic.severity.value}[{diagnostic.code}]: {clean(diagnostic.message)}", f"  --> {_where(place)}"]
    number = str(place.span.line)
    gutter = " " * len(number)
    if place.text:
        width = _caret_width(place)
        lines.append(f"{gutter} |")
        lines.append(f"{number} | {clean(place.text)}")
        lines.append(f"{gutter} | {' ' * (place.span.column - 1)}{'^' * width}")
    elif place.key:
        lines.append(f"{gutter} | in `{place.key}`")
    lines.extend(f"{gutter} = see also: {_where(other)}" for other in diagnostic.related)
    if diagnostic.hint:
        lines.append(f"{gutter} = help: {clean(diagnostic.hint)}")
    return "\n".join(lines)


def _caret_width(place: Place) -> int:
    end = place.span.end_column if place.span.end_line == place.span.line else len(place.text) + 1
    return max(1, min(end, len(place.text) + 1) - place.span.column)
