"""What any text in a language is put together with: a day written out, and several joined as a sentence joins them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.source import Fault, read

_NAMED = 3  # of a team its mentors, who stand first
_GAP = re.compile(r"\{(\w+)\}")
# In Spanish it is *Ana e Inés*, but *Ana y Hiedra*.
_SOUNDS_I = re.compile(r"(?:hi(?![aeo])|[iíìï])", re.IGNORECASE)


def read_table(name: str, folders: Iterable[Path]) -> dict[str, Any]:
    """Read a table of words from each folder that has it, later folders over earlier ones; raises ToolkitError."""
    merged: dict[str, Any] = {}
    for folder in folders:
        if (folder / name).is_file():
            try:
                merged = _merge(merged, read(str(folder / name), name).data)
            except Fault as fault:
                raise ToolkitError(f"{name}:{fault.span.line}: {fault.message}", fault.hint) from None
    return merged


def filled(sentence: str, **values: object) -> str:
    """Put values into the gaps of a sentence; a gap that nothing fills stays as it is."""
    return _GAP.sub(lambda gap: str(values.get(gap[1], gap[0])), sentence)


def day(table: Mapping[str, Any], value: datetime.date) -> str:
    """Write a day out."""
    number = table["first"] if value.day == 1 else value.day
    return filled(str(table["day"]), day=number, month=table["months"][value.month - 1], year=value.year)


def joint(table: Mapping[str, Any], last: str) -> str:
    """How the last of several is joined to those before it: a sentence with the gaps `list` and `last`."""
    return str(table["and_before_i" if _SOUNDS_I.match(last) else "and"])


def names(table: Mapping[str, Any], people: Iterable[str]) -> str:
    """Join people's names; an empty one is a person who may not be named, and nobody at all an empty text.

    Of more people than a line holds the first are named and the others counted.
    """
    found = [name or str(table["somebody"]) for name in people]
    if len(found) > _NAMED + 1:
        return filled(str(table["and_others"]), list=", ".join(found[:_NAMED]), n=len(found) - _NAMED)
    if len(found) < 2:
        return "".join(found)
    return filled(joint(table, found[-1]), list=", ".join(found[:-1]), last=found[-1])


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
