"""From YAML text to a tree of nodes, refusing what a record never needs and a reader would misread.

PyYAML's C parser gives the events; its composer and constructors are not used, because they resolve values
by YAML 1.1 (`NO` becomes False), drop doubled keys in silence and recurse without a limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from toolkit.diagnostics import Span
from toolkit.source.faults import Fault
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence

# PyYAML without its C part gives the same events, slower.
_EventParser: Any = getattr(yaml, "CParser", yaml.Loader)

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_SCALAR = 64 * 1024


def parse(text: str, first_line: int = 1) -> Node | None:
    """Turn one YAML document into nodes; None where there is no document.

    `first_line` is the line of the file at which the text starts (2 for the front matter of a note), so that
    every span counts in the file. Raises Fault with the code, the span and the cure.
    """
    offset = first_line - 1
    events = _events(text, offset)
    try:
        return _Builder(offset).document(events)
    except yaml.YAMLError as error:
        raise _syntax(error, text, offset) from None


def _events(text: str, offset: int) -> Iterator[Any]:
    parser = _EventParser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    except (ValueError, UnicodeError):
        raise Fault(
            "yaml-syntax",
            "a character code here names no character",
            "delete the escape",
            Span(1 + offset, 1, 1 + offset, 2),
        ) from None
    finally:
        parser.dispose()


class _Builder:
    """Builds nodes from events without recursion, so that depth is a number and not a crash."""

    def __init__(self, offset: int) -> None:
        self._offset = offset
        self._count = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        stack: list[tuple[bool, Any, list[Node]]] = []
        root: Node | None = None
        documents = 0
        scalar, sequence_start, mapping_start = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent
        sequence_end, mapping_end = yaml.SequenceEndEvent, yaml.MappingEndEvent
        for event in events:
            kind = type(event)
            if kind is scalar:
                node: Node = self._scalar(event)
            elif kind is sequence_start or kind is mapping_start:
                self._refuse_marks(event)
                if len(stack) >= MAX_DEPTH:
                    raise self._fault(
                        "too-deep", event, f"lists and fields are nested deeper than {MAX_DEPTH}", "flatten it"
                    )
                stack.append((kind is mapping_start, event, []))
                continue
            elif kind is sequence_end or kind is mapping_end:
                is_mapping, start, children = stack.pop()
                node = self._close(is_mapping, start, event, children)
            elif kind is yaml.AliasEvent:
                raise self._fault("yaml-alias", event, "an alias (*) repeats another value", "write the value out")
            else:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        hint = "keep one record in one file; a line of three dashes starts a second one"
                        raise self._fault("second-document", event, "a second document starts here", hint)
                continue
            if stack:
                stack[-1][2].append(node)
            else:
                root = node
        return root

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        value = event.value
        if len(value) > MAX_SCALAR:
            raise self._fault(
                "value-too-long", event, "this value is longer than 64 KiB", "move prose to the Markdown body"
            )
        return Scalar(self._span(event.start_mark, event.end_mark), value, not event.style)

    def _close(self, is_mapping: bool, start: Any, end: Any, children: list[Node]) -> Node:
        self._count += len(children)
        if self._count > MAX_NODES:
            raise self._fault("too-many-values", start, f"more than {MAX_NODES} values in one file", "split the file")
        span = self._span(start.start_mark, end.end_mark)
        if not is_mapping:
            return Sequence(span, tuple(children))
        keys = children[::2]
        seen: dict[str, Scalar] = {}
        for key in keys:
            if not isinstance(key, Scalar):
                raise Fault("yaml-syntax", "a field's name is a list or a mapping", "a name is one word", key.span)
            if key.value == "<<" and key.plain:
                raise Fault("yaml-merge-key", "a merge key (<<) copies other fields", "write the fields out", key.span)
            if key.value in seen:
                first = seen[key.value].span
                message = f"`{_shown(key.value)}` stands twice: first at line {first.line}, column {first.column}, and here again"
                raise Fault("duplicate-key", message, "keep one of the two", key.span, (first,))
            seen[key.value] = key
        return Mapping(span, tuple(zip(keys, children[1::2], strict=True)))  # type: ignore[arg-type]

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._fault(
                "yaml-anchor", event, "an anchor (&) names this value for reuse", "write the value out where needed"
            )
        if event.tag is not None and event.tag != "!":
            raise self._fault(
                "yaml-tag", event, "a tag (!) asks for a type", "write the plain value: the schema knows the type"
            )

    def _span(self, start: Any, end: Any) -> Span:
        offset = self._offset
        return Span(start.line + 1 + offset, start.column + 1, end.line + 1 + offset, end.column + 1)

    def _fault(self, code: str, event: Any, message: str, hint: str) -> Fault:
        return Fault(code, message, hint, self._span(event.start_mark, event.end_mark))


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
    if "mapping values are not allowed" in problem:
        hint = "put the whole value in quotes when it holds a colon, or check the indentation"
        return Fault("yaml-syntax", "a colon stands where none can", hint, span)
    if isinstance(error, yaml.reader.ReaderError):
        return Fault("control-character", "a character that cannot be read stands here", "delete it", span)
    hint = "check indentation, quotes and brackets on this line and the line above"
    return Fault("yaml-syntax", "the file stops being YAML here", hint, span)
