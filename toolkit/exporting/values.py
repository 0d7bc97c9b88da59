"""The values of one record as its person reads them: each with its way and its class, other people's left out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from toolkit.model import CheckIns, Part, Record, Refers, Visibility, field_extra, field_visibility

_ORDER = tuple(Visibility)
_OPEN_KINDS = frozenset(("program", "cohort", "guide"))
_OTHERS = frozenset(("veto",))
"""Fields of a person's own record that speak of other people, who are never told."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its way (`mentor.offers.0.topic`), its class, what the field means, and the value itself."""

    field: str
    visibility: str
    means: str
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the walk stands: the way so far, the strictest class on it, the line of the field."""

    way: tuple[str, ...]
    strictest: Visibility
    means: str


def values_of(record: Record, person: str) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """Give the values that a person reads of a record, in its order, and the fields that hold something they do not."""
    found: list[Value] = []
    withheld: dict[str, None] = {}
    for each in _part(record, _Step((), Visibility.PUBLIC, ""), person):
        if isinstance(each, str):
            withheld[each] = None
        elif record.record not in _OPEN_KINDS or each.value == person:
            found.append(each)
    return tuple(found), tuple(withheld)


def _part(part: Part, at: _Step, person: str) -> Iterator[Value | str]:
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or (not value and isinstance(value, str | tuple | dict)):
            continue
        strictest = max(at.strictest, field_visibility(type(part), name), key=_ORDER.index)
        here = _Step((*at.way, name), strictest, info.description or "")
        if strictest is Visibility.SAFEGUARDING or (name in _OTHERS and not at.way):
            yield ".".join(here.way)
            continue
        kept = value if field_extra(type(part), name, "own") else _own_entries(value, strictest, person)
        if kept is not value and not isinstance(part, CheckIns):
            yield ".".join(here.way)
        yield from _value(kept, here, person, _by_person(info.annotation))


def _own_entries(value: Any, strictest: Visibility, person: str) -> Any:
    """Of a list that coordinators keep of several people, such as contacts or consents, the entries of this one."""
    if strictest is not Visibility.STAFF or not isinstance(value, tuple):
        return value
    own = tuple(each for each in value if getattr(each, "person", person) == person)
    return value if len(own) == len(value) else own


def _value(value: Any, at: _Step, person: str, by_person: bool) -> Iterator[Value | str]:
    if isinstance(value, Part):
        yield from _part(value, at, person)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _value(each, _Step((*at.way, str(number)), at.strictest, at.means), person, by_person)
    elif isinstance(value, dict):
        for key, each in value.items():
            if by_person and key != person:
                yield ".".join(at.way)
                continue
            yield from _value(each, _Step((*at.way, key), at.strictest, at.means), person, by_person)
    else:
        plain = value.isoformat() if isinstance(value, datetime.date) else value
        yield Value(".".join(at.way), at.strictest.value, at.means, plain)


def _by_person(annotation: Any) -> bool:
    """Whether a field is a mapping from people to what each of them said or felt."""
    for each in (annotation, *get_args(annotation)):
        if get_origin(each) is dict:
            marks = getattr(get_args(each)[0], "__metadata__", ())
            return any(isinstance(mark, Refers) and mark.kind == "person" for mark in marks)
    return False
