"""One file of records as it was read: its text, its tree of fields, its body, and where each thing stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from toolkit.diagnostics import Span
from toolkit.source.faults import Fault
from toolkit.source.nodes import Mapping, Route, Scalar, find, plain
from toolkit.source.parse import parse
from toolkit.source.prose import Outline, outline
from toolkit.source.text import read_bytes, to_text
from toolkit.source.values import values

MAX_BODY = 64 * 1024
_HANDLER = YAMLHandler()


@dataclass(frozen=True)
class Source:
    """A file that could be read: `path` is relative to the program's root, with forward slashes.

    `data` holds its fields as dicts, lists and texts; `fields` is their text, which begins at `fields_line`.
    """

    path: str
    text: str
    digest: str
    data: dict[str, Any]
    fields: str
    fields_line: int = 1
    body: str = ""
    body_line: int = 1

    @cached_property
    def root(self) -> Mapping:
        """The fields as a tree with places; built when a place is asked for, for most files nobody does."""
        return _mapping(self.fields, self.fields_line)

    @cached_property
    def outline(self) -> Outline:
        """The headings, tasks and links of the body."""
        return outline(self.body, self.body_line)

    def span(self, route: Route) -> Span:
        """Say where a field stands: its key if it is a field, else its value; as near as the file goes."""
        key, node = find(self.root, route)
        if key is not None and isinstance(route[-1], str):
            return key.span
        return node.span

    def value_span(self, route: Route) -> Span:
        """Say where the value of a field stands, for an edit of just that value."""
        return find(self.root, route)[1].span

    def line(self, number: int) -> str:
        """Give one line as it is written."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


def read(path: str, name: str) -> Source:
    """Read one record file, YAML or Markdown with front matter; raises Fault where it cannot become a record."""
    return of_bytes(read_bytes(path), name)


def of_bytes(data: bytes, name: str) -> Source:
    """Read the bytes of a record file that are at hand already, such as a new one before it is written."""
    text = to_text(data)
    digest = hashlib.sha256(data).hexdigest()
    if name.endswith(".md"):
        return _markdown(name, text, digest)
    return Source(name, text, digest, _data(text, 1), text)


def _markdown(name: str, text: str, digest: str) -> Source:
    if not _HANDLER.detect(text):
        hint = "begin the file with a line of three dashes, the fields, and three dashes again"
        raise Fault("front-matter-missing", "the fields at the top of the file are missing", hint)
    try:
        front, body = _HANDLER.split(text)
    except ValueError:
        hint = "end the fields with a line of three dashes"
        raise Fault("front-matter-missing", "the fields at the top are not closed", hint) from None
    before = text.index(front) if front else text.index("---") + 3
    first_line = text.count("\n", 0, before) + 1
    if front.startswith("\n"):
        front, first_line = front[1:], first_line + 1
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    if len(body) > MAX_BODY:
        span = Span(body_line, 1, body_line, 1)
        raise Fault("body-too-long", "the text is longer than 64 KiB", "split it into several notes", span)
    return Source(name, text, digest, _data(front, first_line), front, first_line, body, body_line)


def _data(text: str, first_line: int) -> dict[str, Any]:
    """Read the fields the quick way; where that gives up, the careful reader finds the fault or reads them after all."""
    quick = values(text)
    return plain(_mapping(text, first_line)) if quick is None else quick


def _mapping(text: str, first_line: int) -> Mapping:
    node = parse(text, first_line)
    at = Span(first_line, 1, first_line, 1)
    if node is None or (isinstance(node, Scalar) and node.empty):
        raise Fault("empty-record", "there is nothing in this record", "fill in its fields, or delete the file", at)
    if not isinstance(node, Mapping):
        hint = "a record is made of lines such as `title: …`"
        raise Fault("not-a-record", "the file holds a list or a text, not fields", hint, node.span)
    if not node.entries:
        raise Fault("empty-record", "there is nothing in this record", "fill in its fields, or delete the file", at)
    return node
