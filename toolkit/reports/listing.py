"""A report as text for a terminal of eighty columns: a line for each figure, with its bounds beside it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.reports.document import against, is_hidden, opening, told, warnings
from toolkit.reports.page import pad, width, wrapped
from toolkit.reports.report import Report, Row
from toolkit.reports.wording import Wording

_TITLE, _VALUE = 34, 26


def listing(found: Report, title: str, words: Wording) -> str:
    """Write a report for a terminal, in the language of its words."""
    lines = [*wrapped(words.text("title", what=title), 2), words.text("counted", day=words.day(found.today)), ""]
    lines += [line for each in opening(found, words) for line in wrapped(each, 0)]
    if found.lines:
        lines += ["", words.text("lines").upper()]
        lines += [line for each in found.lines for line in _columns(*against(found, each, words))]
    for family, rows in found.families:
        shown = [f"  {words.text('folded', n=len(rows))}"] if is_hidden(rows) else _rows(rows, words)
        lines += ["", words.family(family).upper(), *shown]
    lines += ["", words.text("reading").upper()]
    lines += [line for each in warnings(found, words) for line in wrapped(f"  {each}", 2)]
    return "\n".join(lines)


def _rows(rows: tuple[Row, ...], words: Wording) -> Iterator[str]:
    for row in rows:
        yield from _columns(*told(row, words))
        beside = words.beside(row.figure) if row.figure is not None else ""
        if beside:
            yield from wrapped(f"      {beside}", 6)


def _columns(title: str, value: str, rest: str) -> Iterator[str]:
    """Three columns; a title or a value that is too long has the next one below it."""
    if width(title) > _TITLE:
        yield f"  {title}"
        title = ""
    if rest and width(value) > _VALUE:
        yield f"  {pad(title, _TITLE)} {value}"
        title = value = ""
    yield f"  {pad(title, _TITLE)} {pad(value, _VALUE) if rest else value} {rest}".rstrip()
