"""From YAML text to a tree of nodes, refusing what a record never needs and a reader would misread.

PyYAML's C parser gives the events; its composer and constructors are not used, because they resolve values
by YAML 1.1 (`NO` becomes False), drop doubled keys in silence and recurse without a limit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from toolkit.diagnostics import Span
from toolkit.source.faults import Fault
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence
from toolkit.source.text import FORBIDDEN

# PyYAML without its C part gives the same events, slower.
EventParser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_SCALAR, _SEQUENCE_START, _MAPPING_START = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
_SEQUENCE_END, _MAPPING_END = yaml.SequenceEndEvent, yaml.MappingEndEvent

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 64 * 1024


def parse(text: str, first_line: int = 1) -> Node | None:
    """Turn one YAML document into nodes; None where there is no document.

    `first_line` is the line of the file at which the text starts (2 for the front matter of a note), so that
    every span counts in the file. Raises Fault with the code, the span and the cure.
    """
    offset = first_line - 1
    parser = EventParser(text)
    try:
        return _Builder(offset).document(parser.get_event)
    except yaml.YAMLError as error:
        raise _syntax(error, text, offset) from None
    except (ValueError, UnicodeError):
        hint = "delete the escape"
        span = Span(first_line, 1, first_line, 2)
        raise Fault("yaml-syntax", "a character code here names no character", hint, span) from None
    finally:
        parser.dispose()


class _Builder:
    """Builds nodes from events without recursion, so that depth is a number and not a crash."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._count = 0
        self._documents = 0

    def document(self, next_event: Callable[[], Any]) -> Node | None:
        """Take events until there are none; this loop runs for every value of every file and is kept lean."""
        offset = self._offset
        stack: list[list[Any]] = []
        children: list[Any] = []
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is _SCALAR:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_marks(event)
                value = event.value
                if len(value) > MAX_SCALAR:
                    hint = "move prose to the Markdown body"
                    raise self._fault("value-too-long", event, "this value is longer than 64 KiB", hint)
                if event.style == '"':
                    self._refuse_escaped(event)
                children.append(Scalar(event.start_mark, event.end_mark, offset, value, not event.style))
            elif kind is _SEQUENCE_START or kind is _MAPPING_START:
                self._open(event, len(stack))
                stack.append([event, children])
                children = []
            elif kind is _SEQUENCE_END or kind is _MAPPING_END:
                start, outer = stack.pop()
                outer.append(self._close(start, event, children, len(stack)))
                children = outer
            else:
                self._other(kind, event)
        return children[0] if children else None

    def _open(self, event: Any, depth: int) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if depth >= MAX_DEPTH:
            raise self._fault("too-deep", event, f"lists and fields are nested deeper than {MAX_DEPTH}", "flatten it")

    def _refuse_escaped(self, event: Any) -> None:
        """Refuse what an escape such as `\\e` brings in: in the file itself it would have been refused."""
        found = FORBIDDEN.search(event.value)
        if found:
            message = f"an escape stands for a character that cannot be seen (U+{ord(found.group()):04X})"
            raise self._fault("control-character", event, message, "delete the escape")

    def _other(self, kind: type, event: Any) -> None:
        """Refuse an alias and a second document; let the stream's own events pass."""
        if kind is yaml.AliasEvent:
            raise self._fault("yaml-alias", event, "an alias (*) repeats another value", "write the value out")
        if kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                hint = "keep one record in one file; a line of three dashes starts a second one"
                raise self._fault("second-document", event, "a second document starts here", hint)

    def _close(self, start: Any, end: Any, children: list[Any], depth: int) -> Node:
        self._count += len(children)
        if self._count > MAX_NODES:
            raise self._fault("too-many-values", start, f"more than {MAX_NODES} values in one file", "split the file")
        if type(start) is _SEQUENCE_START:
            return Sequence(start.start_mark, end.end_mark, self._offset, tuple(children))
        keys = children[::2]
        self._refuse_keys(keys, depth)
        if start.flow_style:
            _refuse_cut(keys, children[1::2])
        return Mapping(start.start_mark, end.end_mark, self._offset, tuple(zip(keys, children[1::2], strict=True)))

    def _refuse_keys(self, keys: list[Any], depth: int) -> None:
        """Refuse a key that is no word, copies other fields, or stands twice.

        Below the top a key may be a person or a goal, and is not shown: only the schema could tell.
        """
        seen: dict[str, Scalar] = {}
        for key in keys:
            if type(key) is not Scalar:
                raise Fault("yaml-syntax", "a field's name is a list or a mapping", "a name is one word", key.span)
            if key.value == "<<" and key.plain:
                raise Fault("yaml-merge-key", "a merge key (<<) copies other fields", "write the fields out", key.span)
            first = seen.setdefault(key.value, key)
            if first is not key:
                at = first.span
                said = "the same name" if depth else f"`{_shown(key.value)}`"
                message = f"{said} stands twice: at line {at.line}, column {at.column}, and here again"
                raise Fault("duplicate-key", message, "keep one of the two", key.span, (at,))

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            hint = "write the value out where it is needed"
            raise self._fault("yaml-anchor", event, "an anchor (&) names this value for reuse", hint)
        if event.tag is not None and event.tag != "!":
            hint = "write the plain value: the schema knows the type"
            raise self._fault("yaml-tag", event, "a tag (!) asks for a type", hint)

    def _fault(self, code: str, event: Any, message: str, hint: str) -> Fault:
        start, end, offset = event.start_mark, event.end_mark, self._offset
        span = Span(start.line + 1 + offset, start.column + 1, end.line + 1 + offset, end.column + 1)
        return Fault(code, message, hint, span)


def _refuse_cut(keys: list[Any], values: list[Any]) -> None:
    """Refuse the end of a text that a comma cut in two: `{en: 1,200 people}` would be `1` and a field without a value."""
    for key, value in zip(keys, values, strict=True):
        if " " in key.value and key.plain and isinstance(value, Scalar) and value.empty:
            raise Fault("yaml-syntax", "a comma between braces cuts a text in two", "put the text in quotes", key.span)


def _shown(key: str) -> str:
    return key if len(key) <= 40 else key[:39] + "…"


def _syntax(error: yaml.YAMLError, text: str, offset: int) -> Fault:
    """Turn PyYAML's problem into one sentence of ours; its own message would quote the line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or "")
    line = mark.line if mark else 0
    column = mark.column if mark else 0
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    span = Span(line + 1 + offset, column + 1, line + 1 + offset, column + 2)
    if "\t" in written[: column + 1] or "'\\t'" in problem:
        return Fault("yaml-tab", "a tab stands where spaces are needed", "indent with spaces, two for each step", span)
    if isinstance(error, yaml.reader.ReaderError):
        return Fault("control-character", "a character that cannot be read stands here", "delete it", span)
    before = written[:column]
    message, hint, opened = _said(problem, str(getattr(error, "context", "") or ""), before)
    start = getattr(error, "context_mark", None) if opened else None
    if start is not None:
        line, column = start.line, start.column
        span = Span(line + 1 + offset, column + 1, line + 1 + offset, column + 2)
    return Fault("yaml-syntax", message, hint, span)


_SAYINGS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "could not find expected ':'",
        "a colon is missing after the name of this field",
        "write the name, a colon, a space and the value, such as languages: [en]",
        True,
    ),
    ("scanning a quoted scalar", "the quote that opens here is never closed", "close it, or take it away", True),
    (
        "parsing a flow",
        "in the brackets that open here a comma or the closing bracket is missing",
        "write [one, two] on one line, or each entry on a line of its own that begins with a dash",
        True,
    ),
    (
        "did not find expected '-' indicator",
        "this line stands among the entries of a list and is none",
        "begin it with a dash, or give the list a name and indent its entries",
        False,
    ),
    ("cannot start any token", "a value cannot begin with this sign", "put the whole value in quotes", False),
    ("scanning an alias", "a value cannot begin with this sign", "put the whole value in quotes", True),
    ("scanning an anchor", "a value cannot begin with this sign", "put the whole value in quotes", True),
)
"""What PyYAML says of a fault, in one of its words; our sentence and the cure; whether the fault is where it began."""


def _said(problem: str, context: str, before: str) -> tuple[str, str, bool]:
    """Say what is wrong, what to do, and whether it is wrong where the construct began; `before` is the line up to it."""
    if "mapping values are not allowed" in problem:
        held = ":" in before
        whole = "put the whole value in quotes when it holds a colon, or check the indentation"
        above = "look at the line above: its colon is missing, or this line is indented too far"
        return "a colon stands where none can", whole if held else above, False
    if "did not find expected key" in problem and before.strip():
        hint = "put the whole value in quotes of the kind that it does not hold itself"
        return "text goes on after the closing quote", hint, False
    if "did not find expected key" in problem:
        return "this line is indented like none above it", "begin it where the fields that it belongs to begin", False
    for words, message, hint, opened in _SAYINGS:
        if words in problem or words in context:
            return message, hint, opened
    return (
        "the fields cannot be read from here on",
        "check indentation, quotes and brackets on this line and the line above",
        False,
    )
