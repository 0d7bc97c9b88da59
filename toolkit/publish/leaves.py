"""Every value of a record with its way through the fields, for what must look at all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model import Part, Record
from toolkit.publish.audience import Trait
from toolkit.publish.shape import Shape, shapes


class Leaf(NamedTuple):
    """One value: the names of the fields that lead to it, what is declared on each, and the value.

    `names` is the kind of record that the value names by id, where it is such a name; `free` says that the value is
    people's own words.
    """

    route: tuple[str, ...]
    way: tuple[Trait, ...]
    value: str | int | float | datetime.date
    names: str = ""
    free: bool = False

    @property
    def field(self) -> str:
        """The way as it is written in the reference: `mentor.offers.topic`."""
        return ".".join(self.route)


def leaves(record: Record) -> Iterator[Leaf]:
    """Go through all values of a record, those of its parts, lists and mappings and the keys of these included."""
    yield from _part(record, (), ())


def _part(part: Part, route: tuple[str, ...], way: tuple[Trait, ...]) -> Iterator[Leaf]:
    for shape in shapes(type(part)):
        yield from _value(getattr(part, shape.name), shape, (*route, shape.name), (*way, shape.trait))


def _value(value: object, shape: Shape, route: tuple[str, ...], way: tuple[Trait, ...]) -> Iterator[Leaf]:
    if isinstance(value, Part):
        yield from _part(value, route, way)
    elif isinstance(value, tuple):
        for each in value:
            yield from _value(each, shape, route, way)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield Leaf(route, way, key, shape.key, shape.free_keys)
            yield from _value(each, shape, route, way)
    elif isinstance(value, str | int | float | datetime.date):
        yield Leaf(route, way, value, shape.leaf, shape.free)
