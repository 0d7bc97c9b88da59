"""What is declared about each field of each model, read once: its trait, and which records it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from toolkit.model import Part, Refers, field_extra, field_visibility
from toolkit.model.fields import FilePath, Text, Url
from toolkit.publish.audience import Trait

NOTHING: MappingProxyType[str, Any] = MappingProxyType({})
"""What an absent or hidden mapping reads as."""

_FREE = tuple(get_args(kind)[1] for kind in (Text, Url, FilePath))  # the mark that sets people's own words apart


@dataclass(frozen=True, slots=True)
class Shape:
    """One field: its trait, what it reads as when absent or hidden, and the kinds of record it names.

    `empty` is None, or an empty list or mapping where the field is one. `leaf` is the kind of record that its values
    name by id, `key` the kind that the keys of a mapping name. `free`: the values are people's own words, not ids or
    words from a list; `free_keys` says so of the keys.
    """

    name: str
    trait: Trait
    empty: Any = None
    leaf: str = ""
    key: str = ""
    free: bool = False
    free_keys: bool = False


@cache
def shapes(model: type[Part]) -> tuple[Shape, ...]:
    """Give the declared fields of a model, in their order."""
    return tuple(_shape(model, name) for name in model.model_fields)


def _shape(model: type[Part], name: str) -> Shape:
    info = model.model_fields[name]
    trait = Trait(
        field_visibility(model, name),
        own=bool(field_extra(model, name, "own")),
        opens=field_extra(model, name, "opens") or "",
        needs=field_extra(model, name, "needs") or "",
    )
    direct = next((each.kind for each in info.metadata if isinstance(each, Refers)), "")
    container = _container(info.annotation)
    if container is dict:
        key, value = _dict_arguments(info.annotation)
        return Shape(name, trait, NOTHING, named(value), named(key), is_free(value), is_free(key))
    free = is_free(info.annotation) or any(each in info.metadata for each in _FREE)
    return Shape(name, trait, () if container is tuple else None, direct or named(info.annotation), free=free)


def _container(annotation: Any) -> type | None:
    origins = [get_origin(each) for each in (annotation, *get_args(annotation))]
    return next((kind for kind in (tuple, dict) if kind in origins), None)


def _dict_arguments(annotation: Any) -> tuple[Any, Any]:
    found = next(each for each in (annotation, *get_args(annotation)) if get_origin(each) is dict)
    key, value = get_args(found)
    return key, value


def named(annotation: Any) -> str:
    """Find the kind of record that a type names by its id, or an empty text."""
    marks = getattr(annotation, "__metadata__", ())
    direct = next((each.kind for each in marks if isinstance(each, Refers)), "")
    return direct or next((kind for each in get_args(annotation) if (kind := named(each))), "")


def is_free(annotation: Any) -> bool:
    """Say whether a type holds people's own words."""
    marks = getattr(annotation, "__metadata__", ())
    return any(each in marks for each in _FREE) or any(is_free(each) for each in get_args(annotation))
