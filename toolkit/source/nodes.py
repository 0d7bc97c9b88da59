"""The tree that a YAML text becomes: scalars, sequences and mappings, each with its span."""

from __future__ import annotations

from typing import Any, NamedTuple

from toolkit.diagnostics import Span


def _between(start: Any, end: Any, offset: int) -> Span:
    """Turn the parser's marks into a span; done when somebody asks, for most nodes nobody does."""
    return Span(start.line + 1 + offset, start.column + 1, end.line + 1 + offset, end.column + 1)


class Scalar(NamedTuple):
    """One value as text; the schema decides later whether it is a date, a number or a word."""

    start: Any
    end: Any
    offset: int
    value: str
    plain: bool

    @property
    def span(self) -> Span:
        """Where the value stands in the file."""
        return _between(self.start, self.end, self.offset)

    @property
    def empty(self) -> bool:
        """Whether nothing was written (`key:`), which counts as the field being absent."""
        return self.plain and not self.value


class Sequence(NamedTuple):
    """A list, in the order of the file."""

    start: Any
    end: Any
    offset: int
    items: tuple[Node, ...]

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return _between(self.start, self.end, self.offset)


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file; no key stands twice."""

    start: Any
    end: Any
    offset: int
    entries: tuple[tuple[Scalar, Node], ...]

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return _between(self.start, self.end, self.offset)

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """Find the entry with this key: its key node and its value node."""
        for entry in self.entries:
            if entry[0].value == key:
                return entry
        return None


Node = Scalar | Sequence | Mapping
Route = tuple[str | int, ...]


def find(node: Node, route: Route) -> tuple[Scalar | None, Node]:
    """Walk a route as far as it goes: the node where the walk ended, and its key where it is a field's value."""
    key: Scalar | None = None
    for step in route:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.get(step)
            if entry is None:
                break
            key, node = entry
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
        else:
            break
    return key, node


def plain(node: Node) -> Any:
    """Give the tree as dicts, lists and texts; a key without a value counts as absent."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {
            key.value: plain(value) for key, value in node.entries if not (isinstance(value, Scalar) and value.empty)
        }
    return [plain(item) for item in node.items]
