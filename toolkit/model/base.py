"""What all records share: frozen fields with one visibility class each, and where the record was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, PrivateAttr, model_validator
from pydantic_core import CoreSchema

from toolkit.diagnostics import START, Place, Span
from toolkit.model.fields import Visibility
from toolkit.source import Mapping, Node, Outline, Route, Sequence, Source


class Part(BaseModel):
    """A group of fields inside a record, such as a cadence or a measure.

    A part with a `shorthand` may be written as that one value: `offers: [lesson-planning]` is
    `offers: [{topic: lesson-planning}]`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
    shorthand: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a field without a visibility class: a slip must stop the toolkit, not publish a value."""
        super().__pydantic_init_subclass__(**kwargs)
        for name, info in cls.model_fields.items():
            extra = info.json_schema_extra
            if not isinstance(extra, dict) or extra.get("visibility") not in set(Visibility):
                raise TypeError(f"{cls.__name__}.{name} has no visibility class")
            if not info.description:
                raise TypeError(f"{cls.__name__}.{name} has no line of documentation")

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        if cls.shorthand and isinstance(value, str):
            return {cls.shorthand: value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Offer editors both ways of writing a part that has a shorthand."""
        schema = handler(core_schema)
        if not cls.shorthand:
            return schema
        resolved = handler.resolve_ref_schema(schema)
        short = resolved["properties"][cls.shorthand]
        full = dict(resolved)
        resolved.clear()
        resolved.update({"anyOf": [short, full]})
        return schema


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: its kind and id, the folders it lies in, and the file as read."""

    kind: str
    id: str
    path: str
    program: str = ""
    cohort: str = ""
    pair: str = ""
    person: str = ""
    role: str = ""
    source: Source | None = field(default=None, repr=False, compare=False)
    language: str = ""

    @property
    def outline(self) -> Outline:
        """The headings, tasks and links of the body."""
        return self.source.outline if self.source else Outline()


_NOWHERE = Origin("", "", "")


class Record(Part):
    """A file of the program: its fields, and (not a field) where it was read from."""

    record: ClassVar[str] = ""
    _origin: Origin = PrivateAttr(default_factory=lambda: _NOWHERE)

    def placed(self, origin: Origin) -> Self:
        """Attach where the record was read from; done once, by the loader."""
        self._origin = origin
        return self

    @property
    def origin(self) -> Origin:
        """Where the record was read from."""
        private = self.__pydantic_private__  # asked for in every rule; the usual way to a private attribute is slow
        return private["_origin"] if private else _NOWHERE

    @property
    def id(self) -> str:
        """The record's id: the stem of its file or the name of its folder."""
        return self.origin.id

    @property
    def path(self) -> str:
        """The file it was read from, relative to the root."""
        return self.origin.path

    @property
    def folder(self) -> str:
        """The folder it lies in, relative to the root, with a slash at its end."""
        return self.origin.path.rpartition("/")[0] + "/"

    @property
    def cohort_key(self) -> str:
        """The cohort it belongs to, as `program/cohort`."""
        return f"{self.origin.program}/{self.origin.cohort}"

    @property
    def pair_key(self) -> str:
        """The pair it belongs to, as `program/cohort/pair`."""
        return f"{self.origin.program}/{self.origin.cohort}/{self.origin.pair}"

    def at(self, *route: str | int) -> Place:
        """Name the place of a field, or of the record itself, for a finding.

        The line is shown only where every field on the way and on the line is public.
        """
        source = self.origin.source
        if source is None:
            return Place(self.path, START)
        return place_in(source, type(self), route)

    def at_line(self, line: int, column: int = 1) -> Place:
        """Name a line of the body for a finding; a body's text is never shown."""
        return Place(self.path, Span(line, column, line, column), "text")


def field_visibility(model: type[Part], name: str) -> Visibility:
    """Give the class of one field of a model."""
    extra = cast(dict[str, Any], model.model_fields[name].json_schema_extra)
    return Visibility(extra["visibility"])


def field_extra(model: type[Part], name: str, key: str) -> Any:
    """Give what a field's declaration says beside its class: `opens`, `own`, `unit`; None where it says nothing."""
    return cast(dict[str, Any], model.model_fields[name].json_schema_extra).get(key)


def parts_of(annotation: Any) -> tuple[type[Part], ...]:
    """Find the parts that a field's type holds, however deep in tuples, unions and mappings."""
    from typing import get_args

    if isinstance(annotation, type) and issubclass(annotation, Part):
        return (annotation,)
    return tuple(part for each in get_args(annotation) for part in parts_of(each))


def place_in(source: Source, model: type[Part], route: Route) -> Place:
    """Name the place of a field in a file; the line is shown only where every field on it is public."""
    span = source.span(route)
    shown = route and is_public(model, route) and _is_public_line(source.root, model, span.line)
    return Place(source.path, span, field_of(model, route), source.line(span.line) if shown else "")


def field_of(model: type[Part], route: Route) -> str:
    """Name the field in which a route ends; the key of a mapping (a person, a goal) is a value and no name."""
    name = ""
    current: tuple[type[Part], ...] = (model,)
    for step in route:
        holder = next((each for each in current if step in each.model_fields), None)
        if holder is not None and isinstance(step, str):
            name = step
            current = parts_of(holder.model_fields[step].annotation)
    return name


def _is_public_line(root: Node, model: type[Part], line: int) -> bool:
    """Whether a line holds public fields only: `{goal: Stay, owner: rosa}` on one line would show the owner, too."""
    stack: list[tuple[Route, Node]] = [((), root)]
    while stack:
        route, node = stack.pop()
        if not node.span.line <= line <= node.span.end_line:
            continue
        if isinstance(node, Mapping):
            stack.extend(((*route, key.value), value) for key, value in node.entries)
        elif isinstance(node, Sequence):
            stack.extend(((*route, index), value) for index, value in enumerate(node.items))
        elif not is_public(model, route):
            return False
    return True


def is_public(model: type[Part], route: Route) -> bool:
    """Say whether every field on a route is public; an unknown field is not."""
    current: tuple[type[Part], ...] = (model,)
    for step in route:
        if isinstance(step, int):
            continue
        holder = next((each for each in current if step in each.model_fields), None)
        if holder is None:
            return False
        if field_visibility(holder, step) is not Visibility.PUBLIC:
            return False
        current = parts_of(holder.model_fields[step].annotation)
    return True
