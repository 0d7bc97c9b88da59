"""The words that messages in one language are put together with: days, names, and what stands where nothing is known."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import grammar

_KEYS = ("day", "first", "and", "and_before_i", "none_yet", "somebody", "desk", "page", "page_lead")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, from `words.<language>.yaml`."""

    language: str
    table: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.table[key])

    def fill(self, key: str, **values: object) -> str:
        """Put values into the gaps of a word."""
        return grammar.filled(self[key], **values)

    def day(self, day: datetime.date | None) -> str | None:
        """Write a day out; nothing for no day."""
        return None if day is None else grammar.day(self.table, day)

    def names(self, names: tuple[str, ...]) -> str | None:
        """Join names as a sentence does; nothing for nobody."""
        return grammar.names(self.table, names) or None


def read_words(language: str, folders: tuple[Path, ...]) -> Words:
    """Read the words of a language, the program's own lines over the shipped ones; raises ToolkitError."""
    name = f"words.{language}.yaml"
    table = grammar.read_table(name, reversed(folders))
    months = table.get("months")
    if not isinstance(months, list) or len(months) != 12 or not all(isinstance(table.get(key), str) for key in _KEYS):
        raise ToolkitError(f"{name} lacks a word", f"it needs twelve months, and: {', '.join(_KEYS)}")
    return Words(language, table)
