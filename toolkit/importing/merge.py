"""What a sign-up would change in a record that is there already: exact edits where they are safe, else by hand.

A file that a person wrote is never written anew. A value on one line is replaced in its place, a missing field is added at
the end; everything else is listed for a person to merge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.decode import decode
from toolkit.importing.emit import plain_of
from toolkit.model import Part, Record
from toolkit.source import Fault, Mapping, Route, Scalar, Source, emit, of_bytes
from toolkit.source.nodes import find


@dataclass(frozen=True, slots=True)
class Merge:
    """Names of the fields that change, of those that a person has to merge, and the new text (None: no safe edit)."""

    changed: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    text: str | None = None


def merged(old: Record, new: Record, only: frozenset[str] | None = None) -> Merge:
    """Compare a record with a sign-up; what the sign-up does not say stays as it is.

    `only` limits the comparison to these fields at the top.
    """
    found = [(route, value) for route, value in _differences(old, new, ()) if only is None or route[0] in only]
    if not found:
        return Merge()
    source = old.origin.source
    safe: list[Route] = []
    # A file with a byte order mark or other line ends is not ours to rewrite: its text is not its bytes.
    exact = source is not None and hashlib.sha256(source.text.encode("utf-8")).hexdigest() == source.digest
    text = source.text if source is not None else ""
    for route, value in found if exact else ():
        tried = _edited(text, route, value, old.path)
        if tried is not None and _holds(tried, type(old), route, value, old.path):
            text = tried
            safe.append(route)
    changed = tuple(".".join(map(str, route)) for route, _ in found)
    by_hand = tuple(".".join(map(str, route)) for route, _ in found if route not in safe)
    return Merge(changed, by_hand, text if safe else None)


def _differences(old: Part, new: Part, route: Route) -> Iterator[tuple[Route, Any]]:
    """The fields that the sign-up sets and the record has otherwise, with the new value as plain data."""
    plain = plain_of(new)
    for name in plain:
        was, is_now = getattr(old, name), getattr(new, name)
        if isinstance(was, Part) and isinstance(is_now, Part):
            yield from _differences(was, is_now, (*route, name))
        elif isinstance(was, dict) and isinstance(is_now, dict):
            yield from (((*route, name, key), is_now[key]) for key in is_now if was.get(key) != is_now[key])
        elif was != is_now:
            yield (*route, name), plain[name]


def _edited(text: str, route: Route, value: Any, path: str) -> str | None:
    """Put one value into the text of a file; None where that is not an edit of one line or one more field."""
    root = _read(text, path)
    if root is None:
        return None
    key, node = find(root.root, route)
    there = key is not None and key.value == route[-1]
    if there and isinstance(node, Scalar) and not isinstance(value, list | dict):
        written = emit({"x": value}).removeprefix("x: ").removesuffix("\n")
        return None if "\n" in written or node.empty else _spliced(text, node, written)
    if not there and len(route) == 1 and root.root.get(str(route[0])) is None:
        return text + ("" if text.endswith("\n") else "\n") + emit({str(route[0]): value})
    return None


def _spliced(text: str, node: Scalar, written: str) -> str | None:
    span = node.span
    if span.line != span.end_line:
        return None
    lines = text.split("\n")
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + written + line[span.end_column - 1 :]
    return "\n".join(lines)


def _holds(text: str, model: type[Record], route: Route, value: Any, path: str) -> bool:
    """Say whether the edited text reads as the record with just this value in it."""
    source = _read(text, path)
    record = decode(source, model)[0] if source is not None else None
    node: Any = record
    for step in route:
        node = node.get(step) if isinstance(node, dict) else getattr(node, str(step), None)
    return record is not None and _plainly(node) == value


def _plainly(value: Any) -> Any:
    if isinstance(value, Part):
        return plain_of(value)
    if isinstance(value, tuple):
        return [
            fields[each.shorthand]
            if isinstance(each, Part) and list(fields := plain_of(each)) == [each.shorthand]
            else _plainly(each)
            for each in value
        ]
    return value


def _read(text: str, path: str) -> Source | None:
    try:
        source = of_bytes(text.encode("utf-8"), path)
    except Fault:
        return None
    return source if isinstance(source.root, Mapping) else None
