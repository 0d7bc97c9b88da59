"""From a row to its records: a person, what is private about them, and an application for each role."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from toolkit.decode import decode
from toolkit.importing.cells import Cells, Piece, Refusal
from toolkit.importing.fit import fitted
from toolkit.importing.mapping import ImportMap, Take, folded
from toolkit.importing.shapes import Shape, main_field, shape_of
from toolkit.importing.slots import slots_of
from toolkit.importing.table import Row, Table
from toolkit.model import Application, Part, Person, PrivateApplication, PrivatePerson, Record
from toolkit.model.fields import is_language
from toolkit.model.naming import slug_of
from toolkit.model.people import Offer, Seek, SpokenLanguage
from toolkit.source import Fault, emit, of_bytes

R = TypeVar("R", bound=Record)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")
ROLES = ("mentor", "mentee")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who a row speaks of, before ids are given: name, wanted id, e-mail (empty where there is no valid one), roles."""

    row: Row
    name: str
    wanted: str
    email: str
    roles: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The records that a row becomes; applications by role. `topics` are new ones: id to title."""

    person: Person
    private: PrivatePerson | None
    applications: dict[str, Application]
    private_applications: dict[str, PrivateApplication]
    topics: dict[str, str] = field(default_factory=dict)


class Converter:
    """Turns the rows of one table into records, as one map says."""

    def __init__(
        self, table: Table, map_: ImportMap, topics: dict[str, str], today: datetime.date, role: str | None = None
    ) -> None:
        self._map = map_
        self._index = {folded(column): number for number, column in enumerate(table.columns)}
        self._today = today
        self._role = role
        self._topics = {**{folded(title): ident for ident, title in topics.items()}, **{each: each for each in topics}}
        self._columns: dict[str, list[str]] = {}
        for route, take in map_.takes():
            for step in route:
                self._columns.setdefault(str(step), []).extend(take.named)
        named = {folded(each) for each in (*map_.used, *map_.keep, *map_.ignore)}
        rest = tuple(each for each in table.columns if folded(each) not in named)
        self._kept = (*map_.keep, *(rest if map_.keep_rest else ()))
        self.lost = () if map_.keep_rest else rest
        self.application_fields = _set_fields(map_.application)

    def introduce(self, row: Row) -> Guest:
        """Read who a row speaks of; raises Refusal where that cannot be said."""
        if row.fault:
            raise Refusal(row.fault)
        cells = Cells(self._index, row.cells)
        person = self._map.person
        name = self._single(Person, "name", getattr(person, "name"), cells)  # noqa: B009 - made at run time
        if not isinstance(name, str) or not name.strip():
            raise Refusal("there is no name in this row")
        name = " ".join(name.split())
        wanted, notes = slug_of(name, "person"), []
        if self._map.person_id is not None:
            given = next((str(each.value) for each in cells.pieces(self._map.person_id, many=False)), "")
            if not given:
                raise Refusal("there is no id in this row")
            wanted = slug_of(given, "person")
            if wanted != given:
                notes.append(f"the id in the row is not a valid one and became {wanted}")
        return Guest(row, name, wanted, self._email(cells), self._roles(cells), tuple(notes))

    def draft(self, guest: Guest, people: dict[str, str]) -> Draft:
        """Make the records of a row; `people` gives the id of each name. Raises Refusal with the reason."""
        cells = Cells(self._index, guest.row.cells)
        work = _Work(self, cells, guest.roles, people)
        submitted = work.group(Application, self._map.application)
        person = work.group(Person, self._map.person) | {"name": guest.name}
        _date_consents(person, submitted.get("submitted"))
        private = work.group(PrivatePerson, self._map.private)
        kept = {column: text for column in self._kept if (text := cells.text(column))}
        if kept:
            private["imported"] = kept
        application = {"submitted": self._today, "status": "submitted"} | submitted
        private_application = work.group(PrivateApplication, self._map.private_application)
        return Draft(
            self._record(Person, person),
            self._record(PrivatePerson, private) if private else None,
            {role: self._record(Application, application) for role in guest.roles},
            {
                role: self._record(PrivateApplication, private_application)
                for role in guest.roles
                if private_application
            },
            work.new_topics,
        )

    def topic(self, text: str) -> tuple[str, bool]:
        """Give the id of a topic by its id or title, and whether no list has it yet."""
        found = self._topics.get(folded(text))
        return (found, False) if found else (slug_of(text, "topic"), slug_of(text, "topic") not in self._topics)

    def _roles(self, cells: Cells) -> tuple[str, ...]:
        if self._role:
            return (self._role,)
        if self._map.role is None:
            raise Refusal("it is not said whether this is a mentor or a mentee: write `role` in the map, or use --role")
        found: set[str] = set()
        for piece in cells.pieces(self._map.role, many=True):
            said = str(piece.value).strip().lower()
            found.update(ROLES if said == "both" else [said])
        if not found or not found <= set(ROLES):
            column = f" in column “{self._map.role.column}”" if self._map.role.column else ""
            raise Refusal(f"the role{column} is none of mentor, mentee, both: translate it with `values`")
        return tuple(role for role in ROLES if role in found)

    def _email(self, cells: Cells) -> str:
        contact = getattr(self._map.private, "contact", None)
        takes = getattr(contact, "email", None)
        text = self._single(PrivatePerson, "real_name", takes, cells) if takes else None
        return text.strip().lower() if isinstance(text, str) and _EMAIL.match(text.strip()) else ""

    def _single(self, model: type[Part], name: str, takes: tuple[Take, ...], cells: Cells) -> object:
        return _Work(self, cells, ROLES, {}).value(model, name, takes)

    def _record(self, model: type[R], data: dict[str, Any]) -> R:
        """Check the fields with the decoder that `check` uses, so that nothing is written that it would not read."""
        ordered = {name: data[name] for name in model.model_fields if name in data}
        try:
            source = of_bytes(emit(ordered).encode("utf-8"), "row.yaml")
        except Fault as fault:
            raise Refusal(f"{fault.message}; {fault.hint}") from None
        record, findings = decode(source, model)
        if record is None:
            first = findings[0]
            columns = list(dict.fromkeys(self._columns.get(first.place.key, ())))
            where = f" (column “{'”, “'.join(columns)}”)" if columns else ""
            raise Refusal(f"{first.message}{where}" + (f": {first.hint}" if first.hint else ""))
        return record


class _Work:
    """The conversion of one row: it collects the topics that no list has yet."""

    def __init__(self, converter: Converter, cells: Cells, roles: tuple[str, ...], people: dict[str, str]) -> None:
        self._converter = converter
        self._cells = cells
        self._roles = roles
        self._people = people
        self.new_topics: dict[str, str] = {}

    def group(self, model: type[Part], group: Part | None) -> dict[str, Any]:
        """Fill the fields of a record or a part; what a row does not say is left out."""
        filled: dict[str, Any] = {}
        for name, spec in _given(group):
            if model is Person and name in ROLES and name not in self._roles:
                continue
            value = self.value(model, name, spec)
            if value not in (None, {}, []):
                filled[name] = value
        return filled

    def value(self, model: type[Part], name: str, spec: Any) -> object:
        """Make the value of one field; None where the row says nothing."""
        shape = shape_of(model, name)
        if isinstance(spec, Part) and shape.part:
            return self.group(shape.part, spec)
        if isinstance(spec, dict):
            texts = {
                key: "; ".join(str(piece.value) for piece in self._pieces(takes, many=True))
                for key, takes in spec.items()
            }
            return {key: text for key, text in texts.items() if text}
        if shape.many:
            return list(self._entries(shape, spec))
        found = [
            fitted(shape, piece, take, self._people) for take in spec for piece in self._cells.pieces(take, many=False)
        ]
        if len(found) > 1:
            raise Refusal(f"`{name}` takes one value and the row has several: use `join`, or choose one column")
        return found[0] if found else None

    def _pieces(self, takes: tuple[Take, ...], *, many: bool) -> Iterator[Piece]:
        for take in takes:
            yield from self._cells.pieces(take, many=many)

    def _entries(self, shape: Shape, takes: tuple[Take, ...]) -> Iterator[object]:
        """The entries of a list, each once; where two say the same thing, the first one stands."""
        seen: set[str] = set()
        for take in takes:
            for piece in self._cells.pieces(take, many=True):
                for key, entry in self._made(shape, take, piece):
                    if key not in seen:
                        seen.add(key)
                        yield entry

    def _made(self, shape: Shape, take: Take, piece: Piece) -> Iterator[tuple[str, object]]:
        if shape.kind == "slot":
            slots = slots_of(str(piece.value), piece.key or None)
            if slots is None:
                example = "write it as tue 17:00-19:00, or translate it with `values`"
                raise Refusal(f"column “{piece.column}” holds a time that cannot be read: {example}")
            yield from ((slot, slot) for slot in slots)
        elif shape.part is not None:
            entry = self._part(shape.part, take, piece)
            yield str(entry.get(main_field(shape.part))), entry
        else:
            value = fitted(shape, piece, take, self._people)
            yield str(value), value

    def _part(self, part: type[Part], take: Take, piece: Piece) -> dict[str, Any]:
        """One entry with fields: a topic with its strength, a language with its level, a consent with its date."""
        if isinstance(piece.value, dict):
            return {**take.also, **piece.value}
        main = main_field(part)
        named = Piece(piece.key, piece.column) if piece.key else piece
        if part in (Offer, Seek):
            said = str(named.value)
            ident, is_new = self._converter.topic(said)
            if is_new:
                title = said.replace("-", " ").capitalize() if said == ident else said
                self.new_topics.setdefault(ident, title)
            entry: dict[str, Any] = {main: ident}
        else:
            entry = {main: fitted(shape_of(part, main), named, take, self._people)}
            if part is SpokenLanguage and not is_language(entry[main]):
                way = "write its code under `values` in the map, such as German: de"
                raise Refusal(f"column “{piece.column}” holds a language that is not known here: {way}")
        if piece.key:
            second = next(name for name in part.model_fields if name != main)
            entry[second] = fitted(shape_of(part, second), piece, take, self._people)
        return {**take.also, **entry}


def _given(group: Part | None) -> Iterator[tuple[str, Any]]:
    """The fields that a map fills, in the order of the model."""
    for name in type(group).model_fields if group is not None else ():
        spec = getattr(group, name)
        if spec is not None:
            yield name, spec


def _set_fields(group: Part | None) -> frozenset[str]:
    return frozenset(name for name, _ in _given(group))


def _date_consents(person: dict[str, Any], submitted: object) -> None:
    """A consent without a date was given with the form, where the form says when that was."""
    if submitted is not None:
        person.update(
            {"consents": [{"on": submitted} | each for each in person["consents"]]} if person.get("consents") else {}
        )
