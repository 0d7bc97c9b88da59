"""A status as text for a terminal of eighty columns: the calls in full, the rest as far as two screens hold it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit.reports.calls import Call
from toolkit.reports.due import FORTNIGHT, Due
from toolkit.reports.status import Number, Status

WIDTH = 80
_NAMES, _WHY = 28, 25
_CODE = 18
_DUE, _CHANGES = 8, 6


def page(found: Status) -> str:
    """Write a status, at most eighty columns wide."""
    cohorts = ", ".join(found.cohorts) or "no cohort"
    lines = [cut(f"{found.today:%A} {found.today}   {cohorts}", WIDTH), ""]
    lines += [f"CALL TODAY: {_people(found)}", *_calls(found.calls), ""]
    lines.append(f"DUE BY {found.today + FORTNIGHT}" + ("" if found.due else ": nothing"))
    lines += [*_capped([line for each in found.due for line in _due_line(each)], _DUE), ""]
    for key, numbers in found.numbers.items():
        lines += [f"NUMBERS {key}", *(line for each in numbers for line in _number(each)), ""]
    lines.append(f"SINCE MONDAY {found.changes.since}" + ("" if found.changes.says else ": no record changed"))
    lines += _capped([line for each in found.changes.says for line in wrapped(f"  {each}")], _CHANGES)
    return "\n".join(lines)


def _people(found: Status) -> str:
    if not found.calls:
        return "nobody"
    pairs = sum(bool(each.pair) for each in found.calls)
    others = len(found.calls) - pairs
    return f"{pairs} of {found.pairs} pairs" + (f", and {others} more" if others else "")


def _calls(found: Iterable[Call]) -> Iterator[str]:
    """The calls below the name of who makes them, one line for each reason."""
    for owner, group in groupby(found, key=lambda each: each.owner):
        yield cut(f"  {owner or 'nobody looks after these'}:", WIDTH)
        for call in group:
            who = _who(call.names)
            for reason in call.reasons:
                yield f"    {pad(who, _NAMES)} {pad(reason.says, _WHY)} {reason.code}".rstrip()
                who = ""


def _who(names: tuple[str, ...]) -> str:
    """The names in one line; where they do not fit, each with the initials of all but its first word."""
    whole = ", ".join(names)
    if width(whole) <= _NAMES:
        return whole
    parts = (each.split() for each in names)
    return ", ".join(" ".join([first, *(f"{word[0]}." for word in rest)]) for first, *rest in parts)


def _due_line(due: Due) -> list[str]:
    return wrapped(f"  {due.on}  {due.what}: {', '.join(due.who)}", indent=14)


def _number(number: Number) -> list[str]:
    line = f"  [{number.line}]" if number.line else ""
    return wrapped(f"  {pad(number.code, _CODE)} {number.says}{line}", indent=_CODE + 3)


def wrapped(text: str, indent: int = 4) -> list[str]:
    """Break a line between words where it is too wide; what follows is indented."""
    body = text.lstrip()
    lines, line = [], text[: len(text) - len(body)]
    for word in re.findall(r"[^ ]+ *", body):
        if line.strip() and width(line + word.rstrip()) > WIDTH:
            lines.append(line.rstrip())
            line = " " * indent
        line += word
    return [*lines, line.rstrip()]


def _capped(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"  and {len(lines) - most + 1} lines more: --json has them all"]


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def cut(text: str, columns: int) -> str:
    """Cut a text to a number of columns."""
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def pad(text: str, columns: int) -> str:
    """Bring a text to exactly a number of columns."""
    text = cut(text, columns)
    return text + " " * (columns - width(text))
