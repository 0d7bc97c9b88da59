"""All fields of a view as labeled rows, for the pages on which coordinators see a record whole."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.model import Part, parts_of
from toolkit.publish.prose import inline
from toolkit.publish.shape import Shape, shapes
from toolkit.publish.spoken import name_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

Named = Callable[[str], str]
# Labels that a value does not need: a name, a day or a topic says itself what it is.
_PLAIN = frozenset(("person", "on", "topic", "what", "check", "course", "code", "start", "role"))
_ROLES = frozenset(("role", "of"))
Rows = tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Writes the fields of views out: days in words, people and pairs by name (`person`, `pair`), topics by title (`topic`)."""

    speech: Speech
    person: Named
    topic: Named
    pair: Named

    def rows(self, view: View, model: type[Part], skip: Iterable[str] = ()) -> Rows:
        """Give label and value of each field that the view holds, in the model's order, without those to skip."""
        return tuple((self.speech.label(name), value) for name, value in self._fields(view, model, set(skip)))

    def _fields(self, view: View, model: type[Part], skip: Container[str] = ()) -> Iterator[tuple[str, Markup]]:
        for shape in shapes(model):
            value = view[shape.name]
            if shape.name not in skip and value not in (None, "", ()) and value != {}:
                said = self._value(value, shape, model)
                if said:
                    yield shape.name, said

    def _value(self, value: object, shape: Shape, model: type[Part]) -> Markup:
        if isinstance(value, View):
            return self._part(value, shape, model)
        if isinstance(value, tuple):
            pieces = [self._value(each, shape, model) for each in value]
            return _listed(pieces, ", ", any(isinstance(each, View) for each in value))
        if isinstance(value, Mapping):
            pairs = ((self._named(str(key), shape.key), self._value(each, shape, model)) for key, each in value.items())
            pieces = [self._named_value(key, each) for key, each in pairs]
            return _listed(pieces, "; ", any(isinstance(each, View) for each in value.values()))
        return self._scalar(value, shape)

    def _part(self, value: View, shape: Shape, model: type[Part]) -> Markup:
        """A part on one line: its fields by name, but one that is always there needs none if it stands alone."""
        options = parts_of(model.model_fields[shape.name].annotation)
        part = options[0]
        rows = tuple(self._fields(value, part))
        if len(rows) == 1 and any(each.is_required() for each in part.model_fields.values()):
            return rows[0][1]
        pieces = (each if name in _PLAIN else self._named_value(self.speech.label(name), each) for name, each in rows)
        return Markup(", ").join(pieces)

    def _named_value(self, name: str, value: Markup) -> Markup:
        return self.speech.fill(self.speech.table["colon"], name=name, value=value)

    def _scalar(self, value: object, shape: Shape) -> Markup:
        if isinstance(value, bool):
            return inline(self.speech.table["reference"]["yes" if value else "no"])
        if isinstance(value, datetime.date):
            return self.speech.when(value)
        if isinstance(value, float):
            return inline(self.speech.number(value))
        return inline(self._named(str(value), shape.leaf or ("topic" if shape.name == "topic" else ""), shape))

    def _named(self, ident: str, kind: str, shape: Shape | None = None) -> str:
        if kind == "person":
            return self.person(ident)
        if kind == "topic":
            return self.topic(ident)
        if kind == "pair-key":
            return self.pair(ident)
        return self._word(ident, shape.name) if shape is not None and not shape.free and not kind else ident

    def _word(self, value: str, field: str) -> str:
        """A value of a closed list in words; what no list has stays as it is."""
        table = self.speech.table["roles" if field in _ROLES else "words"]
        return str(table.get(value, value))


def _listed(pieces: list[Markup], between: str, parted: bool) -> Markup:
    """Values one after the other; those that have parts of their own stand under each other."""
    if parted and len(pieces) > 1:
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in pieces))
    return Markup(between).join(pieces)


def fields_of(world: World, speech: Speech) -> Fields:
    """Write fields out as a world knows them: its people and pairs by name, its topics by title."""

    def pair(key: str) -> str:
        found = world.pair(key)
        return found.display if found is not None else key

    return Fields(speech, lambda ident: name_of(world, speech, ident), world.topic, pair)
