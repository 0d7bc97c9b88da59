"""What a field of a record takes: one value or a list, and of which kind, read from the model itself."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from toolkit.model import Part
from toolkit.model import fields as kinds
from toolkit.model.people import Slot

_KINDS = (
    (kinds.Date, "date"),
    (kinds.Integer, "integer"),
    (kinds.Number, "number"),
    (kinds.Flag, "flag"),
    (kinds.PersonId, "person"),
    (kinds.Slug, "slug"),
    (kinds.Language, "language"),
    (kinds.Url, "url"),
    (Slot, "slot"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of a field's value, whether it is a list, and its parts or choices where it has them."""

    kind: str
    many: bool = False
    part: type[Part] | None = None
    choices: tuple[str, ...] = ()


@cache
def shape_of(model: type[Part], name: str) -> Shape:
    """Say what a field takes: a kind (`date`, `text`, `part`, `table`, …), one or many."""
    hint = _bare(_hints(model)[name])
    if get_origin(hint) is tuple:
        inner = _shape(_bare(get_args(hint)[0]))
        return Shape(inner.kind, True, inner.part, inner.choices)
    return _shape(hint)


@cache
def _hints(model: type[Part]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _bare(hint: Any) -> Any:
    """The type without `or nothing`."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [each for each in get_args(hint) if each is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _shape(hint: Any) -> Shape:
    for known, kind in _KINDS:
        if hint == known:
            return Shape(kind)
    if isinstance(hint, type) and issubclass(hint, Part):
        return Shape("part", part=hint)
    if get_origin(hint) is Literal:
        return Shape("choice", choices=get_args(hint))
    if get_origin(hint) is dict:
        return Shape("table")
    return Shape("text")


def main_field(part: type[Part]) -> str:
    """The field of a part that a single value fills: its shorthand, else its first one."""
    return part.shorthand or next(iter(part.model_fields))
