"""The words that messages in one language are put together with: days, names, and what stands where nothing is known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.source import Fault, read

_KEYS = ("day", "first", "and", "and_before_i", "none_yet", "somebody", "desk", "page", "page_lead")
_GAP = re.compile(r"\{(\w+)\}")
_SOUNDS_I = re.compile(r"(?:hi(?![aeo])|[iíìï])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, from `words.<language>.yaml`."""

    language: str
    table: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.table[key])

    def fill(self, key: str, **values: object) -> str:
        """Put values into the gaps of a word."""
        return _GAP.sub(lambda gap: str(values.get(gap[1], gap[0])), self[key])

    def day(self, day: datetime.date | None) -> str | None:
        """Write a day out; nothing for no day."""
        if day is None:
            return None
        number = self["first"] if day.day == 1 else day.day
        return self.fill("day", day=number, month=self.table["months"][day.month - 1], year=day.year)

    def names(self, names: tuple[str, ...]) -> str | None:
        """Join names as a sentence does; an empty one is a person who may not be named."""
        if not names:
            return None
        *most, last = (name or self["somebody"] for name in names)
        if not most:
            return last
        return self.fill("and_before_i" if _SOUNDS_I.match(last) else "and", list=", ".join(most), last=last)


def read_words(language: str, folders: tuple[Path, ...]) -> Words:
    """Read the words of a language, the program's own lines over the shipped ones; raises ToolkitError."""
    name = f"words.{language}.yaml"
    table: dict[str, Any] = {}
    for folder in reversed(folders):
        if (folder / name).is_file():
            try:
                table |= read(str(folder / name), name).data
            except Fault as fault:
                raise ToolkitError(f"{name}:{fault.span.line}: {fault.message}", fault.hint) from None
    months = table.get("months")
    if not isinstance(months, list) or len(months) != 12 or not all(isinstance(table.get(key), str) for key in _KEYS):
        raise ToolkitError(f"{name} lacks a word", f"it needs twelve months, and: {', '.join(_KEYS)}")
    return Words(language, table)
