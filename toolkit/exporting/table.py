"""From rows to CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable

Cell = str | int | float | bool | datetime.date | None
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z", re.ASCII)
_STARTS = frozenset("=+-@|%\t\r\n")
_BLANKS = " \u00a0\u1680\u180e\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200E)))


def to_csv(header: Iterable[str], rows: Iterable[Iterable[Cell]], *, bom: bool = False) -> bytes:
    """Write a table: every cell in quotes, lines ended as RFC 4180 says, UTF-8, with a byte order mark where asked for.

    A text that a spreadsheet would take for a formula gets a `'` before it; a plain number stays as it is.
    """
    lines = [",".join(map(_cell, header)), *(",".join(map(_cell, row)) for row in rows)]
    text = "".join(f"{line}\r\n" for line in lines)
    return text.encode("utf-8-sig" if bom else "utf-8", "replace")


def disarmed(text: str) -> str:
    """Put a `'` before a text that begins, after what cannot be seen, with a sign that starts a formula."""
    if _NUMBER.match(text):
        return text
    first = unicodedata.normalize("NFKC", text.lstrip(_BLANKS)[:1])[:1]
    return f"'{text}" if first in _STARTS else text


def _cell(value: Cell) -> str:
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, float):
        text = f"{value:.9f}".rstrip("0").rstrip(".")
    else:
        text = str(value)
    return '"' + disarmed(text).replace('"', '""') + '"'
