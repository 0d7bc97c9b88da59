"""What a template gets instead of a record: its visible fields and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from toolkit.diagnostics import did_you_mean
from toolkit.errors import ToolkitError
from toolkit.model import Part
from toolkit.publish.audience import Trait
from toolkit.publish.shape import Shape, shapes

Sees = Callable[[Trait], bool]
Knows = Callable[[str, str], bool]


class View:
    """One record, part or derived thing as one audience may read it, by attribute or by item.

    What is absent and what is hidden read alike: None, an empty list or an empty mapping. A name that the model does
    not have raises ToolkitError, so that a slip in a template cannot pass for a hidden value. A view cannot be changed.
    """

    __slots__ = ("_noun", "_values")

    def __init__(self, noun: str, values: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_noun", noun)
        object.__setattr__(self, "_values", MappingProxyType(dict(values)))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise self._unknown(name) from None

    def __iter__(self) -> NoReturn:
        raise TypeError(f"a {self._noun} cannot be gone through")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError(f"a {self._noun} cannot be changed")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and (self._noun, self._values) == (other._noun, other._values)

    def __hash__(self) -> int:
        return hash((self._noun, tuple(self._values)))

    def __repr__(self) -> str:
        return f"<{self._noun}>"  # never a value: this text may end up in a log

    def _unknown(self, name: str) -> ToolkitError:
        hint = did_you_mean(str(name), self._values, f"it has: {', '.join(sorted(self._values))}", "`{}`")
        return ToolkitError(f"a template asks for `{name}`, which a {self._noun} does not have", hint)


def extended(view: View, **more: Any) -> View:
    """Make a view with more values, or others, than one has."""
    return View(view._noun, {**view._values, **more})


def shown(part: Part, noun: str, sees: Sees, knows: Knows, more: Mapping[str, Any] = MappingProxyType({})) -> View:
    """Make the view of a record or a part: field by field, and the fields of its parts by the same two questions.

    `sees` says whether a declared field may be read, `knows` whether a record that is named by kind and id may be
    known to exist. `more` are values to add, such as the record's id and what is derived from it.
    """
    values = {shape.name: _value(part, shape, sees, knows) for shape in shapes(type(part))}
    return View(noun, {**values, **more})


def _value(part: Part, shape: Shape, sees: Sees, knows: Knows) -> Any:
    if not sees(shape.trait):
        return shape.empty
    value = _convert(getattr(part, shape.name), shape, sees, knows)
    return shape.empty if value is None or value == "" else value


def _convert(value: Any, shape: Shape, sees: Sees, knows: Knows) -> Any:
    if isinstance(value, Part):
        return shown(value, shape.name.replace("_", " "), sees, knows)
    if isinstance(value, tuple):
        items = (_convert(each, shape, sees, knows) for each in value)
        return tuple(item for item in items if item is not None)
    if isinstance(value, dict):
        return MappingProxyType(
            {
                key: _convert(each, shape, sees, knows)
                for key, each in value.items()
                if not shape.key or knows(shape.key, key)
            }
        )
    if shape.leaf and isinstance(value, str) and not knows(shape.leaf, value):
        return None
    return value
