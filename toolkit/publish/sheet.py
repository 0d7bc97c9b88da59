"""All fields of a view as labeled rows, for the pages on which coordinators see a record whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.model import Part, parts_of
from toolkit.publish.facts import SOMEBODY
from toolkit.publish.prose import inline
from toolkit.publish.shape import Shape, shapes
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

Named = Callable[[str], str]
# Labels that a value does not need: a name, a day or a topic says itself what it is.
_PLAIN = frozenset(("Person", "On", "Topic", "What", "Check", "Course", "Code", "Start", "Role"))
Rows = tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Writes the fields of views out: days in words, people by name (`person`), topics by title (`topic`)."""

    speech: Speech
    person: Named
    topic: Named

    def rows(self, view: View, model: type[Part], skip: Iterable[str] = ()) -> Rows:
        """Give label and value of each field that the view holds, in the model's order, without those to skip."""
        left = set(skip)
        found = []
        for shape in shapes(model):
            value = view[shape.name]
            if shape.name not in left and value not in (None, "", ()) and value != {}:
                found.append((_label(shape.name), self._value(value, shape, model)))
        return tuple(found)

    def _value(self, value: object, shape: Shape, model: type[Part]) -> Markup:
        if isinstance(value, View):
            return self._part(value, shape, model)
        if isinstance(value, tuple):
            pieces = [self._value(each, shape, model) for each in value]
            if any(isinstance(each, View) for each in value) and len(pieces) > 1:
                return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(p) for p in pieces))
            return Markup(", ").join(pieces)
        if isinstance(value, Mapping):
            pairs = ((self._named(str(key), shape.key), self._value(each, shape, model)) for key, each in value.items())
            return Markup("; ").join(Markup("{}: {}").format(inline(key), each) for key, each in pairs)
        return self._scalar(value, shape)

    def _part(self, value: View, shape: Shape, model: type[Part]) -> Markup:
        """A part on one line: its fields by name, unless it has but one."""
        options = parts_of(model.model_fields[shape.name].annotation)
        part = options[0]
        rows = self.rows(value, part)
        if len(rows) == 1:
            return rows[0][1]
        pieces = (each if label in _PLAIN else Markup("{}: {}").format(inline(label), each) for label, each in rows)
        return Markup(", ").join(pieces)

    def _scalar(self, value: object, shape: Shape) -> Markup:
        if isinstance(value, bool):
            return inline(self.speech.table["reference"]["yes" if value else "no"])
        if isinstance(value, datetime.date):
            return self.speech.when(value)
        if isinstance(value, float):
            return inline(f"{value:g}")
        return inline(self._named(str(value), shape.leaf or ("topic" if shape.name == "topic" else "")))

    def _named(self, ident: str, kind: str) -> str:
        if kind == "person":
            return self.person(ident)
        return self.topic(ident) if kind == "topic" else ident


def sheet_of(world: World, speech: Speech) -> Sheet:
    """Make the sheet of a world: its people by name, its topics by title."""
    return Sheet(speech, lambda ident: name_of(world, ident), world.topic)


def name_of(world: World, ident: str | None) -> str:
    """A person's name; `a member` where this audience may not know it."""
    person = world.person(ident)
    return str(person.name) if person is not None and person.name else SOMEBODY


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
