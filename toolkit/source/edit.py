"""Changing a file that a person wrote: only the exact span of a value changes, every other byte stays as it is.

Each change is proved before it is given back: the changed text is read again and must hold the old data with this
change and nothing else. Where a file is written in a way that this cannot be said of, it is refused, not guessed at.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from toolkit.errors import ToolkitError
from toolkit.source import nodes
from toolkit.source.document import Source, of_bytes
from toolkit.source.emit import emit, inline
from toolkit.source.faults import Fault
from toolkit.source.nodes import Node, Route, Scalar, find, plain

Value = str | int | float | bool | datetime.date
Item = Value | Mapping[str, Value | None]
Data = Value | Mapping[str, Any] | Sequence[Any]

_WIDE = 100  # an item longer than this is written over several lines


class Set(NamedTuple):
    """Give a field this value; a field that is not there yet is put where the order of the fields has it.

    A list or a group of fields can be given to a field that is not there yet; what is there is replaced only by a
    value of one line.
    """

    route: Route
    value: Data
    order: tuple[str, ...] = ()


class Append(NamedTuple):
    """Put an item at the end of a list; a list that is not there yet is begun."""

    field: str
    item: Item
    order: tuple[str, ...] = ()


Edit = Set | Append


class _Cut(NamedTuple):
    """A stretch of the text and what is written in its place."""

    start: int
    end: int
    new: str


def edited(data: bytes, name: str, edits: Sequence[Edit]) -> bytes:
    """Make these changes in the bytes of a record file and give the new bytes; `name` tells Markdown from YAML.

    Raises ToolkitError where one cannot be made without touching anything else; then nothing is changed at all.
    """
    for each in edits:
        data = _one(data, name, each)
    return data


def _one(data: bytes, name: str, edit: Edit) -> bytes:
    try:
        before = of_bytes(data, name)
    except Fault as fault:
        raise ToolkitError(f"{name} cannot be read: {fault}", fault.hint) from None
    expected = _expected(before.data, edit)
    if expected == before.data:
        return data
    for cut in _cuts(before, edit):
        made = _cut(data, before.text, cut)
        if _proved(made, name, before, expected):
            return made
    field = edit.field if isinstance(edit, Append) else str(edit.route[0])
    hint = f"nothing was written; change `{field}` by hand"
    raise ToolkitError(f"{name} is written in a way in which `{field}` cannot be changed alone", hint)


def _expected(data: dict[str, Any], edit: Edit) -> dict[str, Any]:
    """The old data with this change, as texts."""
    made = deepcopy(data)
    if isinstance(edit, Append):
        made[edit.field] = [*made.get(edit.field, []), _as_read(edit.item)]
        return made
    holder: Any = made
    for step in edit.route[:-1]:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    if isinstance(holder, str):
        raise ToolkitError(f"`{edit.route[-1]}` has no place in a value of one word", "write its fields out by hand")
    holder[edit.route[-1]] = _as_read(edit.value)
    return made


def _as_read(item: Data) -> Any:
    """An item as it will be read back: texts, and no field that has no value."""
    if isinstance(item, Mapping):
        return {key: _as_read(value) for key, value in item.items() if value is not None}
    if isinstance(item, Sequence) and not isinstance(item, str):
        return [_as_read(each) for each in item]
    if isinstance(item, bool):
        return "true" if item else "false"
    return item if isinstance(item, str) else inline(item)


def _proved(made: bytes, name: str, before: Source, expected: dict[str, Any]) -> bool:
    """Whether the changed text holds the old data with the change, the old body, and nothing else."""
    try:
        after = of_bytes(made, name)
    except Fault:
        return False
    return after.data == expected and plain(after.root) == expected and after.body == before.body


def _cut(data: bytes, text: str, cut: _Cut) -> bytes:
    """Make a cut, given in the text as it was read, in the bytes as they are: with their line ends and their mark."""
    written = data.decode("utf-8-sig")
    mark = len(data) - len(written.encode("utf-8"))
    end_of_line = re.search(r"\r\n|\r|\n", written)
    new = cut.new.replace("\n", end_of_line.group() if end_of_line else "\n")
    start, end = (_position(written, text, each) for each in (cut.start, cut.end))
    return data[:mark] + (written[:start] + new + written[end:]).encode("utf-8")


def _position(written: str, text: str, index: int) -> int:
    """Find a place of the text, whose lines end in LF, in what is written, where they may end in CR LF."""
    if len(written) == len(text):
        return index
    position = 0
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", written):
        length = len(line) - line.endswith("\r\n")
        if index < length:
            return position + index
        index -= length
        position += len(line)
    return position


# --- where to cut ---


def _cuts(source: Source, edit: Edit) -> Iterator[_Cut]:
    """The ways in which a change can be written, the best first."""
    page = _Page(source)
    if isinstance(edit, Append):
        yield from _append(page, edit)
        return
    *holder, field = edit.route
    _, parent = find(source.root, tuple(holder))
    if isinstance(parent, nodes.Mapping):
        yield from _set(page, parent, str(field), edit.value, edit.order)


class _Page:
    """The text of a file with the places of its nodes in it."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.root = source.root
        lines = source.text.split("\n")[: source.fields_line - 1]
        self._offset = sum(len(line) + 1 for line in lines)

    def start(self, node: Node) -> int:
        return self._offset + int(node.start.index)

    def stop(self, node: Node) -> int:
        """Where a node's own text ends: a block's closing mark stands at whatever follows it."""
        if isinstance(node, Scalar) or self.is_flow(node):
            stop = self._offset + int(node.end.index)
            return self.start(node) + len(self.text[self.start(node) : stop].rstrip())
        last = node.items[-1] if isinstance(node, nodes.Sequence) else node.entries[-1][1]
        if isinstance(last, Scalar) and last.empty:
            before = node.entries[-1][0] if isinstance(node, nodes.Mapping) else None
            return self.colon(before) if before else self.start(last)
        return self.stop(last)

    def is_flow(self, node: Node) -> bool:
        return not isinstance(node, Scalar) and self.text[self.start(node)] in "[{"

    def colon(self, key: Scalar) -> int:
        """The place after the colon of a key."""
        return self.text.index(":", self._offset + int(key.end.index)) + 1

    def line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def entry_end(self, key: Scalar, value: Node) -> int:
        """The end of an entry's last line, a comment behind it included."""
        empty = isinstance(value, Scalar) and value.empty
        return self.line_end(self.colon(key) if empty else self.stop(value))


def _set(page: _Page, parent: nodes.Mapping, field: str, value: Data, order: tuple[str, ...]) -> Iterator[_Cut]:
    entry = parent.get(field)
    if entry is None:
        written = inline(value) if isinstance(value, Value) else ""
        yield from _insert(page, parent, field, emit({field: value}).splitlines(), written, order)
        return
    key, old = entry
    if not isinstance(old, Scalar) or not isinstance(value, Value) or "\n" in str(value):
        return
    if old.empty:
        yield _Cut(page.colon(key), page.colon(key), f" {inline(value)}")
    elif page.text[page.start(old)] not in "|>":
        yield _Cut(page.start(old), page.stop(old), _like(page.text[page.start(old)], value))


def _like(quote: str, value: Value) -> str:
    """Write a value in the quotes that the old one had."""
    written = inline(value)
    if quote == '"' and not written.startswith('"'):
        return f'"{written}"'
    if quote == "'" and not written.startswith('"'):
        return "'" + written.replace("'", "''") + "'"
    return written


def _append(page: _Page, edit: Append) -> Iterator[_Cut]:
    entry = page.root.get(edit.field)
    if entry is None:
        lines = [f"{edit.field}:", *_item(edit.item, "  ", _is_short(edit.item))]
        yield from _insert(page, page.root, edit.field, lines, f"[{inline(edit.item)}]", edit.order)
        return
    key, old = entry
    if isinstance(old, Scalar):
        if old.empty:
            at = page.line_end(page.colon(key))
            yield _Cut(at, at, "\n" + "\n".join(_item(edit.item, "  ", _is_short(edit.item))))
    elif isinstance(old, nodes.Sequence) and page.is_flow(old):
        at = page.stop(old.items[-1]) if old.items else page.start(old) + 1
        yield _Cut(at, at, f"{', ' if old.items else ''}{inline(edit.item)}")
    elif isinstance(old, nodes.Sequence):
        indent = " " * (page.start(old) - page.line_start(page.start(old)))
        last = old.items[-1]
        at = page.line_end(page.stop(last))
        wants_flow = page.is_flow(last) if isinstance(last, nodes.Mapping) else _is_short(edit.item)
        yield _Cut(at, at, "\n" + "\n".join(_item(edit.item, indent, wants_flow)))


def _insert(
    page: _Page, parent: nodes.Mapping, field: str, block: list[str], written: str, order: tuple[str, ...]
) -> Iterator[_Cut]:
    """Put a new field after the last one that comes before it in the order, else before the first one there is.

    `block` are its lines, `written` its value on one line, for fields between braces; empty where it has no such form.
    """
    rank = {name: index for index, name in enumerate(order)}
    place = rank.get(field, len(rank))
    earlier = [entry for entry in parent.entries if rank.get(entry[0].value, len(rank)) < place]
    if page.is_flow(parent):
        if written:
            yield from _insert_flow(page, parent, field, written, earlier)
        return
    first = page.start(parent.entries[0][0])
    indent = " " * (first - page.line_start(first))
    lines = f"\n{indent}".join(block)
    if not earlier:
        yield _Cut(first, first, f"{lines}\n{indent}")
    for key, node in (*earlier[-1:], parent.entries[-1]):
        at = page.entry_end(key, node)
        yield _Cut(at, at, f"\n{indent}{lines}")


def _insert_flow(
    page: _Page,
    parent: nodes.Mapping,
    field: str,
    written: str,
    earlier: list[tuple[Scalar, Node]],
) -> Iterator[_Cut]:
    if earlier:
        at = page.stop(earlier[-1][1])
        yield _Cut(at, at, f", {field}: {written}")
    elif parent.entries:
        at = page.start(parent.entries[0][0])
        yield _Cut(at, at, f"{field}: {written}, ")


def _item(item: Item, indent: str, flow: bool) -> list[str]:
    """A new item of a list, on one line or with a line for each of its fields."""
    if flow or not isinstance(item, Mapping):
        return [f"{indent}- {inline(item)}"]
    lines = emit({key: value for key, value in item.items() if value is not None}).splitlines()
    return [f"{indent}{'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines)]


def _is_short(item: Item) -> bool:
    return len(inline(item)) <= _WIDE
