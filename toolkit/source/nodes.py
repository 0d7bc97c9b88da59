"""The tree that a YAML text becomes: scalars, sequences and mappings, each with its span."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.diagnostics import Span


class Scalar(NamedTuple):
    """One value as text; the schema decides later whether it is a date, a number or a word."""

    span: Span
    value: str
    plain: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was written (`key:`), which counts as the field being absent."""
        return self.plain and not self.value


class Sequence(NamedTuple):
    """A list, in the order of the file."""

    span: Span
    items: tuple[Node, ...]


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file; no key stands twice."""

    span: Span
    entries: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> tuple[Scalar, Node] | None:
        """Find the entry with this key: its key node and its value node."""
        for entry in self.entries:
            if entry[0].value == key:
                return entry
        return None


Node = Scalar | Sequence | Mapping
Route = tuple[str | int, ...]


def find(node: Node, route: Route) -> tuple[Scalar | None, Node]:
    """Walk a route as far as it goes: the key that was passed last and the node where the walk ended."""
    key: Scalar | None = None
    for step in route:
        if isinstance(node, Mapping) and isinstance(step, str):
            entry = node.get(step)
            if entry is None:
                break
            key, node = entry
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return key, node
