"""The words of the pages in one language: the shipped file, with the lines that a program's own file changes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from toolkit.errors import ToolkitError
from toolkit.publish.prose import inline
from toolkit.source import Fault, read

_GAP = re.compile(r"\{(\w+)\}")


def load_strings(language: str, folders: tuple[Path, ...]) -> dict[str, Any]:
    """Read `strings.<language>.yaml` of each folder, the later ones over the earlier; raises ToolkitError."""
    name = f"strings.{language}.yaml"
    merged: dict[str, Any] = {}
    for folder in folders:
        if (folder / name).is_file():
            try:
                merged = _merge(merged, read(str(folder / name), name).data)
            except Fault as fault:
                raise ToolkitError(f"{name}:{fault.span.line}: {fault.message}", fault.hint) from None
    if not merged:
        raise ToolkitError(f"there are no page texts for the language `{language}`", f"write site_config/{name}")
    return merged


@dataclass(frozen=True, slots=True)
class Speech:
    """How things are said in one language: words for values, days, and sentences with gaps."""

    table: Mapping[str, Any]

    def word(self, value: object, family: str = "words") -> str:
        """Say a value of a closed list in words; without an entry its hyphens become blanks."""
        return str(self.table[family].get(str(value), str(value).replace("-", " ")))

    def day(self, value: datetime.date, short: bool = False) -> str:
        """Write a day out, or (short) its month alone."""
        if short:
            return str(self.table["months_short"][value.month - 1])
        month = self.table["months"][value.month - 1]
        return str(self.table["day"]).format(day=value.day, month=month, year=value.year)

    def when(self, value: datetime.date | None) -> Markup:
        """Write a day out as a `<time>` that machines read too; nothing for no day."""
        if value is None:
            return Markup()
        return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), inline(self.day(value)))

    def listing(self, values: list[Any]) -> Markup:
        """Join words or pieces of HTML as a sentence does."""
        pieces = [value if hasattr(value, "__html__") else inline(value) for value in values]
        if len(pieces) < 2:
            return Markup("").join(pieces)
        return self.fill(self.table["and"], list=Markup(", ").join(pieces[:-1]), last=pieces[-1])

    def fill(self, sentence: str, **values: Any) -> Markup:
        """Put values into the gaps of a sentence; both are escaped, pieces of HTML are not."""
        pieces = []
        for index, piece in enumerate(_GAP.split(sentence)):
            value = values[piece] if index % 2 else piece
            pieces.append(value if hasattr(value, "__html__") else kept(value))
        return Markup("").join(pieces)


def kept(value: object) -> Markup:
    """Escape, and keep the blanks at both ends, which belong to the sentence."""
    text = str(value)
    lead, tail = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return Markup(lead) + inline(text) + Markup(tail) if text.strip() else Markup(lead)


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
