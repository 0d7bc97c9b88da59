"""What a sign-up would change in a record that is there already: exact edits where they are safe, else by hand.

A file that a person wrote is never written anew. A value on one line is replaced in its place, a field that is not there
is added; everything else is listed for a person to merge.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.decode import decode
from toolkit.errors import ToolkitError
from toolkit.importing.emit import plain_of
from toolkit.model import Part, Record
from toolkit.source import Route, Set, Source, edited, of_bytes


@dataclass(frozen=True, slots=True)
class Merge:
    """Names of the fields that change, of those that a person has to merge, and the bytes before and after.

    Both are None where nothing can be edited safely.
    """

    changed: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    before: bytes | None = None
    after: bytes | None = None


def merged(old: Record, new: Record, only: frozenset[str] | None = None) -> Merge:
    """Compare a record with a sign-up; what the sign-up does not say stays as it is.

    `only` limits the comparison to these fields at the top.
    """
    found = [each for each in _differences(old, new, ()) if only is None or each.route[0] in only]
    if not found:
        return Merge()
    before = _written(old.origin.source) if old.origin.source is not None else None
    after, safe = before, set()
    for each in found if before is not None else ():
        tried = _edited(after or b"", each, old)
        if tried is not None:
            after = tried
            safe.add(each.route)
    changed = tuple(".".join(map(str, each.route)) for each in found)
    by_hand = tuple(".".join(map(str, each.route)) for each in found if each.route not in safe)
    return Merge(changed, by_hand, before, after) if safe else Merge(changed, by_hand)


def _differences(old: Part, new: Part, route: Route) -> Iterator[Set]:
    """The fields that the sign-up sets and the record has otherwise, with the new value as plain data."""
    plain = plain_of(new)
    order = tuple(type(old).model_fields)
    for name in plain:
        was, is_now = getattr(old, name), getattr(new, name)
        if isinstance(was, Part) and isinstance(is_now, Part):
            yield from _differences(was, is_now, (*route, name))
        elif was and isinstance(was, dict) and isinstance(is_now, dict):
            yield from (Set((*route, name, key), is_now[key]) for key in is_now if was.get(key) != is_now[key])
        elif was != is_now:
            yield Set((*route, name), plain[name], order)


def _written(source: Source) -> bytes | None:
    """The bytes of a file, from the text that was read of it; None where its line ends are mixed."""
    for mark in ("", "\ufeff"):
        for end in ("\n", "\r\n"):
            data = (mark + source.text.replace("\n", end)).encode("utf-8")
            if hashlib.sha256(data).hexdigest() == source.digest:
                return data
    return None


def _edited(data: bytes, change: Set, old: Record) -> bytes | None:
    """Put one value into a file; None where that touches anything else, or what comes of it is no record."""
    try:
        made = edited(data, old.path, [change])
    except ToolkitError:
        return None
    return made if decode(of_bytes(made, old.path), type(old))[0] is not None else None
