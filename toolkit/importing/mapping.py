"""The map of an import: for each field a column or a constant, decoded like any record, with findings at their lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from toolkit.decode import decode
from toolkit.diagnostics import Diagnostic, Place, Severity, did_you_mean
from toolkit.errors import ToolkitError
from toolkit.importing.shapes import shape_of
from toolkit.model import Application, Part, Person, PrivateApplication, PrivatePerson, Record
from toolkit.model.fields import Flag, Slug, Text, for_staff
from toolkit.source import Fault, Mapping, Route, Sequence, Source, read

_WAYS = ("column", "columns", "join", "grid", "constant")


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Raw = Annotated[str, Field(min_length=1, max_length=500)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class Take(Part):
    """Where the value of one field comes from; a bare word is the name of a column."""

    shorthand: ClassVar[str] = "column"
    column: Text | None = for_staff("The column.", None)
    columns: tuple[Text, ...] = for_staff("Several columns whose values make one list.", ())
    join: tuple[Text, ...] = for_staff("Columns whose texts are joined to one, such as first and last name.", ())
    between: Raw = for_staff("What stands between joined texts.", " ")
    grid: dict[Text, Text] = for_staff(
        "Columns of a grid question, each with the weekday or the topic that it stands for.", {}
    )
    constant: Any = for_staff("The same value for every row.", None)
    split: Raw | None = for_staff("What separates the values of a cell with several, such as `, `.", None)
    values: dict[Text, Any] = for_staff("Translations: what the cell says to what the record says.", {})
    others: Literal["keep", "drop", "refuse"] = for_staff(
        "What happens to a value that `values` does not name.", "keep"
    )
    format: Text | None = for_staff("How dates are written, such as %d/%m/%Y.", None)
    also: dict[Text, Any] = for_staff("Further fields of each entry of a list, such as `strength: 4`.", {})

    @model_validator(mode="after")
    def _one_way(self) -> Take:
        if len([name for name in _WAYS if getattr(self, name) not in (None, (), {})]) != 1:
            hint = f"write one of {', '.join(_WAYS)}"
            raise PydanticCustomError("wrong-type", "it is not said where the value comes from", {"hint": hint})
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (*((self.column,) if self.column else ()), *self.columns, *self.join, *self.grid)


Takes = Annotated[tuple[Take, ...], BeforeValidator(_listed)]


def _group(model: type[Part], leave: tuple[str, ...] = (), need: tuple[str, ...] = ()) -> type[Part]:
    """The fields of a record, each with where it comes from instead of its value."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        shape = shape_of(model, name)
        if name in leave:
            continue
        kind: Any = Takes if name in need else Takes | None
        if shape.part and not shape.many:
            kind = _group(shape.part) | None
        elif shape.kind == "table":
            kind = dict[Slug, Takes] | None
        fields[name] = (kind, for_staff(info.description or name, ... if name in need else None))
    made: type[Part] = create_model(f"{model.__name__}Columns", __base__=Part, **fields)
    return made


if TYPE_CHECKING:
    PersonColumns: TypeAlias = Part
    ApplicationColumns: TypeAlias = Part
    PrivateColumns: TypeAlias = Part
    PrivateApplicationColumns: TypeAlias = Part
else:
    PersonColumns = _group(Person, need=("name",))
    ApplicationColumns = _group(Application)
    PrivateColumns = _group(PrivatePerson, ("imported",))
    PrivateApplicationColumns = _group(PrivateApplication)


def _role(value: object) -> object:
    return {"constant": value} if value in ("mentor", "mentee", "both") else value


class ImportMap(Record):
    """Which column of a table of sign-ups goes where."""

    record: ClassVar[str] = "import map"
    cohort: Text | None = for_staff("The cohort that people apply to, as program/cohort.", None)
    role: Annotated[Take, BeforeValidator(_role)] | None = for_staff("`mentor`, `mentee`, `both`, or a column.", None)
    person_id: Take | None = for_staff("Where a person's id comes from; else it is made of the name.", None)
    person: PersonColumns = for_staff("Fields of the profile, content/people/.")
    application: ApplicationColumns | None = for_staff("Fields of the application to the cohort.", None)
    private: PrivateColumns | None = for_staff("Fields that lie in private/people/.", None)
    private_application: PrivateApplicationColumns | None = for_staff("Fields in private/applications/.", None)
    keep: Texts = for_staff("Columns that no field takes and that are kept in private/people/.", ())
    keep_rest: Flag = for_staff("Whether every column that is not named is kept so.", False)
    ignore: Texts = for_staff("Columns that are left out on purpose.", ())
    same: Literal["hold", "first", "last", "apart"] = for_staff(
        "Two rows of one person: write neither, the first, the last, or both as two people.", "hold"
    )
    topics: Slug = for_staff("Id of the topic list that takes topics nobody has listed yet.", "imported")
    encoding: Text | None = for_staff("Encoding of the file, where it is found out wrongly.", None)
    separator: Raw | None = for_staff("Separator of the file, where it is found out wrongly.", None, max_length=1)

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that a field takes, in the order of the map."""
        takes = [take for _, take in self.takes()]
        return tuple(dict.fromkeys(name for take in takes for name in take.named))

    def takes(self) -> Iterator[tuple[Route, Take]]:
        """Go through everything that says where a value comes from, with its place in the map."""
        for name in ("role", "person_id"):
            if getattr(self, name):
                yield (name,), getattr(self, name)
        for name in ("person", "application", "private", "private_application"):
            if getattr(self, name):
                yield from _takes(getattr(self, name), (name,))


def _takes(node: Any, route: Route) -> Iterator[tuple[Route, Take]]:
    if isinstance(node, Take):
        yield route, node
    elif isinstance(node, Part):
        for name in type(node).model_fields:
            yield from _takes(getattr(node, name), (*route, name))
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _takes(value, (*route, key))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _takes(value, (*route, index))


def read_map(path: Path) -> tuple[ImportMap | None, Source | None, tuple[Diagnostic, ...]]:
    """Read a map file: the map, or the findings that say why it is none; raises ToolkitError where there is no file."""
    name = path.name
    if not path.is_file():
        raise ToolkitError(f"there is no file {path}", "`mentoring import people FILE.csv` proposes a map")
    try:
        source = read(str(path), name)
    except Fault as fault:
        related = tuple(Place(name, span) for span in fault.related)
        found = Diagnostic(fault.code, Severity.ERROR, fault.message, Place(name, fault.span), fault.hint, related)
        return None, None, (found,)
    made, findings = decode(source, ImportMap)
    return made, source, findings


def unknown_columns(map_: ImportMap, source: Source, columns: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Find what a map says of columns that the table does not have, each with the name that was likely meant."""
    known = {folded(each) for each in columns}
    named = [((*route, _way(take, column)), column) for route, take in map_.takes() for column in take.named]
    named += [((part,), column) for part in ("keep", "ignore") for column in getattr(map_, part)]
    found = []
    for route, column in named:
        if folded(column) not in known:
            hint = did_you_mean(column, columns, f"the columns are: {', '.join(columns[:12])}", "“{}”")
            key = next(str(step) for step in reversed(route) if isinstance(step, str))
            place = Place(source.path, source.value_span(_written(route, source)), key)
            found.append(Diagnostic("unknown-column", Severity.ERROR, f"there is no column “{column}”", place, hint))
    return tuple(dict.fromkeys(found))


def _way(take: Take, column: str) -> str:
    return next(name for name in _WAYS if column == getattr(take, name) or column in (getattr(take, name) or ()))


def _written(route: Route, source: Source) -> Route:
    """Keep of a place what is in the file: a single take needs no list, and a bare word no `column`."""
    node: Any = source.root
    kept: list[str | int] = []
    for step in route:
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
            node = entry[1]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        else:
            continue
        kept.append(step)
    return tuple(kept)


def folded(text: str) -> str:
    """A text as it is compared: no matter how it is capitalized and spaced."""
    return " ".join(text.split()).casefold()
