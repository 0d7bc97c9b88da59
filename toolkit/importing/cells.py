"""From the cells of a row to the values that a map asks for: found, split, translated, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.importing.mapping import Take, folded
from toolkit.source.text import FORBIDDEN

# What a spreadsheet would run: an equals sign first, or another sign before a function, a reference or a command.
_FORMULA = re.compile(r"^\s*(?:[=＝]\s*\S|[+\-@＋－＠][^|\n]*\||[+\-@＋－＠]\s*[A-Za-z][\w.]*\s*[(!])")


class Refusal(Exception):
    """Why a row cannot become a person; never holds the value of a cell."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Piece:
    """One value for a field, the column it comes from, and the key of its column in a grid question."""

    value: Any
    column: str = ""
    key: str = ""


class Cells:
    """The cells of one row by the names of their columns."""

    def __init__(self, index: dict[str, int], cells: tuple[str, ...]) -> None:
        self._index = index
        self._cells = cells

    def text(self, column: str) -> str:
        """Give the text of a cell; refuses formulas and characters that cannot be seen."""
        text = self._cells[self._index[folded(column)]]
        if FORBIDDEN.search(text):
            raise Refusal(f"column “{column}” holds a character that cannot be seen; delete it there")
        if _FORMULA.match(text):
            raise Refusal(f"column “{column}” holds a formula; replace it by its value")
        return text

    def pieces(self, take: Take, *, many: bool) -> Iterator[Piece]:
        """Give the values that a take finds in this row, translated; nothing for an empty cell."""
        if take.constant is not None:
            constants = take.constant if isinstance(take.constant, list) and many else [take.constant]
            yield from (Piece(each) for each in constants)
        elif take.join:
            text = take.between.join(filter(None, map(self.text, take.join)))
            yield from _translated(take, text, take.join[0], "")
        else:
            keys = take.grid or dict.fromkeys((*((take.column,) if take.column else ()), *take.columns), "")
            for column, key in keys.items():
                for part in _split(self.text(column), take):
                    yield from _translated(take, part, column, key)


def _split(text: str, take: Take) -> list[str]:
    """Split a cell of several values; a value that the map names may hold the separator itself."""
    if not take.split:
        return [text] if text else []
    parts = [part.strip() for part in text.split(take.split)]
    known = {folded(each) for each in take.values}
    found: list[str] = []
    start = 0
    while start < len(parts):
        ends = range(len(parts), start + 1, -1) if known else ()
        joined = (end for end in ends if folded(take.split.join(parts[start:end])) in known)
        end = next(joined, start + 1)
        found.append(take.split.join(parts[start:end]))
        start = end
    return [part for part in found if part]


def _translated(take: Take, text: str, column: str, key: str) -> Iterator[Piece]:
    if not text:
        return
    table = {folded(each): value for each, value in take.values.items()}
    value: Any = table.get(folded(text))
    if value is None:
        if take.others == "drop":
            return
        if take.others == "refuse":
            raise Refusal(f"column “{column}” holds something that `values` does not name")
        value = text
    for each in value if isinstance(value, list) else [value]:
        yield Piece(each, column, key)
