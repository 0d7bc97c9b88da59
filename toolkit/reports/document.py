"""A report as a Markdown page that can be sent: counts first, then what they do not say, then what people have to add."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.reports.metrics import METRICS
from toolkit.reports.report import Line, Report, Row
from toolkit.reports.wording import AND, Wording

HIDDEN = "–"


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
    if found.unread:
        yield words.text("unread", n=found.unread)
    if found.readers == "staff" and not found.has_private:
        yield words.text("private")


def warnings(found: Report, words: Wording) -> Iterator[str]:
    """What the numbers do not say."""
    if found.hidden:
        yield words.text("hidden", k=found.k)
    yield words.text("bounds")
    yield words.text("together")
    if found.compared:
        yield words.text("compared", who=found.compared)
    else:
        yield words.text("onesided" if found.is_compared else "alone")


def against(found: Report, line: Line, words: Wording) -> tuple[str, str, str]:
    """A line of the program's own: its title, where the figure stands, and the line itself."""
    row = found.row(line.code)
    stands = words.text(_missing(found, line.code)) if row is None else told(row, words)[1]
    drawn = words.like(line.value, row.figure if row is not None else None)
    if line.by is not None:
        drawn = words.text("by", value=drawn, day=words.day(line.by))
    return words.title(line.code, found.measures), stands, drawn


def _missing(found: Report, code: str) -> str:
    """Why there is no figure for a line: these readers are not told, nothing is there yet, or records do not hold it."""
    metric = METRICS.get(code)
    if metric is None or metric.count is None:
        return "elsewhere"
    if metric.inside and found.readers != "staff":
        return "inside"
    return "nothing" if found.has_private or not metric.private else "elsewhere"


def told(row: Row, words: Wording) -> tuple[str, str, str]:
    """A row in words: its title, its value, and its bounds; a dash where its readers may not know it."""
    title = words.title(row.metric.code)
    return (title, HIDDEN, "") if row.figure is None else (title, words.value(row.figure), words.bounds(row.figure))


def is_hidden(rows: tuple[Row, ...]) -> bool:
    """Whether not one figure of a family is shown."""
    return all(row.figure is None for row in rows)


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
        if is_hidden(rows):
            yield words.text("folded", n=len(rows))
            continue
        heads = ("figure", "count", "lies", "what")
        yield from _table(tuple(words.text(each) for each in heads))
        yield from (_row(_whole(row, words)) for row in rows)


def _whole(row: Row, words: Wording) -> tuple[str, ...]:
    title, value, bounds = told(row, words)
    beside = words.beside(row.figure) if row.figure is not None else ""
    return title, value + (f"{AND}{beside}" if beside else ""), bounds, words.counts(row.metric.code)


def _foot(found: Report, words: Wording) -> Iterator[str]:
    yield from ("", f"## {words.text('reading')}", "")
    yield from (f"- {_cell(each)}" for each in warnings(found, words))
    yield from ("", f"## {words.text('people')}", "")
    yield from (f"- {words.text(name)} …" for name in ("wrong", "otherwise", "decides"))


def _table(heads: tuple[str, ...]) -> Iterator[str]:
    yield _row(heads)
    yield "|" + "---|" * len(heads)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_cell(each) for each in cells)} |"


def _cell(text: str) -> str:
    """A text that stays in its cell, and is no markup."""
    flat = " ".join(text.split("\n")).replace("\\", "\\\\")
    return flat.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")
