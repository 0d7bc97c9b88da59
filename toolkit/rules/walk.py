"""Going through the parts of a record and the references in it, by accessors that are made once for each model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from toolkit.model import Part, Refers, parts_of
from toolkit.source import Route

Known = Mapping[str, frozenset[str] | None]
"""The ids that may be named, by kind of record; None where nobody knows them all."""


class Reference(NamedTuple):
    """A place in a record that names another record: what kind it names, by which id, and where that is written."""

    kind: str
    id: str
    route: Route


class _Named(NamedTuple):
    """A field that holds references: alone, in a list, or as the keys of a mapping."""

    field: str
    kind: str
    shape: str


def parts(record: Part, kinds: frozenset[type[Part]]) -> Iterator[tuple[Route, Part]]:
    """Go through the parts of these kinds inside a record (itself too), each with its route."""
    model = type(record)
    if model in kinds:
        yield (), record
    for name in _leading(model, kinds):
        value = getattr(record, name)
        if not value:
            continue
        for before, each in _held(name, value):
            yield from ((before + route, part) for route, part in parts(each, kinds))


def references(record: Part) -> Iterator[Reference]:
    """Go through everything in a record that names another one."""
    for name, kind, shape in _naming(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        if shape == "one":
            yield Reference(kind, value, (name,))
        elif shape == "list":
            yield from (Reference(kind, each, (name, index)) for index, each in enumerate(value))
        else:
            yield from (Reference(kind, each, (name, each)) for each in value)
    for name in _leading(type(record), None):
        value = getattr(record, name)
        if not value:
            continue
        for before, each in _held(name, value):
            yield from (Reference(kind, ident, before + route) for kind, ident, route in references(each))


def is_sound(record: Part, known: Known) -> bool:
    """Whether a record names nothing but what is known: one look at each field, and no place is worked out."""
    for name, kind, shape in _naming(type(record)):
        value = getattr(record, name)
        ids = known[kind] if value else None
        if ids is not None and not (value in ids if shape == "one" else ids.issuperset(value)):
            return False
    for name in _leading(type(record), None):
        value = getattr(record, name)
        if value and not all(is_sound(each, known) for _, each in _held(name, value)):
            return False
    return True


def _held(name: str, value: Any) -> Iterator[tuple[Route, Part]]:
    """The parts in a field: one, a list of them, or the values of a mapping."""
    if isinstance(value, tuple):
        yield from (((name, index), each) for index, each in enumerate(value))
    elif isinstance(value, dict):
        yield from (((name, key), each) for key, each in value.items())
    else:
        yield (name,), value


@cache
def _leading(model: type[Part], kinds: frozenset[type[Part]] | None) -> tuple[str, ...]:
    """The fields through which parts of these kinds are reached; None stands for parts that name a record."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if any(_is_wanted(part, kinds) or _leading(part, kinds) for part in parts_of(info.annotation))
    )


def _is_wanted(part: type[Part], kinds: frozenset[type[Part]] | None) -> bool:
    return bool(_naming(part)) if kinds is None else part in kinds


@cache
def _naming(model: type[Part]) -> tuple[_Named, ...]:
    """The fields of a model that name other records."""
    found = []
    for name, info in model.model_fields.items():
        mark = next((each for each in info.metadata if isinstance(each, Refers)), None)
        named = ("one", mark.kind) if mark else _mark(info.annotation, "one")
        if named:
            found.append(_Named(name, named[1], named[0]))
    return tuple(found)


def _mark(annotation: Any, shape: str) -> tuple[str, str] | None:
    """Find a `Refers` in a type: in a union it stays as it is, in a tuple it is a list, in a dict it is its keys."""
    origin = get_origin(annotation)
    if origin is Annotated:
        kind = next((each.kind for each in annotation.__metadata__ if isinstance(each, Refers)), None)
        return (shape, kind) if kind else None
    arguments = get_args(annotation)
    if origin is dict:
        return _mark(arguments[0], "keys")
    if origin is tuple:
        return _mark(arguments[0], "list")
    if origin is Union or origin is UnionType:
        return next((found for each in arguments if (found := _mark(each, shape))), None)
    return None
