"""A report as a Markdown page that can be sent: counts first, then what they do not say, then what people have to add."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.reports.metrics import METRICS
from toolkit.reports.report import Line, Report, Row
from toolkit.reports.wording import AND, Wording

_HIDDEN = "–"


def document(found: Report, title: str, words: Wording) -> str:
    """Write a report in the language of its words."""
    return "\n".join([*_head(found, title, words), *_body(found, words), *_foot(found, words)]) + "\n"


def opening(found: Report, words: Wording) -> Iterator[str]:
    """What is to be known before any number: how many pairs, as of when, and who is counted."""
    if not found.pairs:
        yield words.text("none")
    else:
        yield words.text("few", k=found.k) if found.pairs < found.k else words.text("pairs", n=found.pairs)
    yield words.text("everyone")


def warnings(found: Report, words: Wording) -> Iterator[str]:
    """What the numbers do not say."""
    if found.hidden:
        yield words.text("hidden", k=found.k)
    yield words.text("bounds")
    yield words.text("together")
    yield words.text("compared", who=found.compared) if found.compared else words.text("alone")


def against(found: Report, line: Line, words: Wording) -> tuple[str, str, str]:
    """A line of the program's own: its title, where the figure stands, and the line itself."""
    row, metric = found.row(line.code), METRICS.get(line.code)
    missing = words.text("nothing" if metric is not None and metric.count else "elsewhere")
    stands = missing if row is None else _value(row, words)
    drawn = words.number(line.value)
    if line.by is not None:
        drawn = words.text("by", value=drawn, day=words.day(line.by))
    return words.title(line.code), stands, drawn


def _value(row: Row, words: Wording) -> str:
    return _HIDDEN if row.figure is None else words.value(row.figure)


def _head(found: Report, title: str, words: Wording) -> Iterator[str]:
    yield f"# {_cell(words.text('title', what=title))}"
    yield ""
    yield " ".join((words.text("counted", day=words.day(found.today)), *opening(found, words)))


def _body(found: Report, words: Wording) -> Iterator[str]:
    if found.lines:
        yield from ("", f"## {words.text('lines')}", "")
        yield from _table((words.text("figure"), words.text("now"), words.text("line")))
        yield from (_row(against(found, line, words)) for line in found.lines)
    for family, rows in found.families:
        yield from ("", f"## {words.family(family)}", "")
        heads = ("figure", "count", "lies", "what")
        yield from _table(tuple(words.text(each) for each in heads))
        yield from (_row(_told(row, words)) for row in rows)


def _told(row: Row, words: Wording) -> tuple[str, ...]:
    title, counts = words.title(row.metric.code), words.counts(row.metric.code)
    if row.figure is None:
        return title, _HIDDEN, "", counts
    beside = words.beside(row.figure)
    value = words.value(row.figure) + (f"{AND}{beside}" if beside else "")
    return title, value, words.bounds(row.figure), counts


def _foot(found: Report, words: Wording) -> Iterator[str]:
    yield from ("", f"## {words.text('reading')}", "")
    yield from (f"- {each}" for each in warnings(found, words))
    yield from ("", f"## {words.text('people')}", "")
    for name in ("wrong", "otherwise", "decides"):
        yield from (f"- {words.text(name)} …",)


def _table(heads: tuple[str, ...]) -> Iterator[str]:
    yield _row(heads)
    yield "|" + "---|" * len(heads)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_cell(each) for each in cells)} |"


def _cell(text: str) -> str:
    """A text that stays in its cell, and is no markup."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
