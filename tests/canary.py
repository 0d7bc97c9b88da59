"""A program with a canary in every field of every model, made by walking the models: a new field is in it by itself.

A canary is a text of 16 consonants that stands nowhere else. Each knows where it was put and, by the declaration of
every field on its way, who may read it; the toolkit's own projection is not asked.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from toolkit.model import RECORDS, Cadence, Origin, Part, Record, Records, Refers, fields, people
from toolkit.model.pair import Confidentiality, Dated
from toolkit.model.people import Consent
from toolkit.source import Source

TODAY = datetime.date(2026, 11, 2)
COHORT = ("program", "cohort")
PAIRS = ("ours", "theirs")
_LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True)
class Choice:
    """One way in which a program can stand: who consents, what the agreement opens, what the note says."""

    consents: tuple[str, ...] = ("data",)
    until: datetime.date | None = None
    level: str | None = None
    note: str = "pair"
    status: str = "active"

    @property
    def held(self) -> frozenset[str]:
        """The consents that hold today."""
        return frozenset(self.consents if self.until is None or self.until >= TODAY else ())


OPEN = Choice(("data", "profile-public", "notes", "photo", "story"), None, "members", "members")
CLOSED = Choice()


@dataclass(frozen=True)
class Canary:
    """One value of one record: its way through the fields, and what is declared on each of them."""

    record: Record
    route: tuple[str, ...]
    way: tuple[dict[str, Any], ...]
    value: Any
    names: str = ""

    def __str__(self) -> str:
        return f"{self.record.record}.{'.'.join(self.route)}"


@dataclass
class Maker:
    """Makes values for fields; every text is a canary of its own."""

    seed: str = "canary"
    count: int = 0
    people: list[str] = field(default_factory=list)

    def canary(self) -> str:
        """Make the next canary."""
        self.count += 1
        digest = hashlib.sha256(f"{self.seed}{self.count}".encode()).digest()
        return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:16])

    def part(self, model: type[Part], fixed: dict[str, Any]) -> Any:
        """Fill every field of a model, but for the given ones; no rule between fields is asked."""
        hints = _hints(model)
        values = {name: fixed[name] if name in fixed else self.value(hints[name]) for name in model.model_fields}
        return model.model_construct(**values)

    def value(self, kind: Any) -> Any:
        """Make a value of a declared type."""
        if kind in _MAKERS:
            return _MAKERS[kind](self)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self.value(next(each for each in arguments if each is not type(None)))
        if origin is Literal:
            return arguments[-1]
        if origin is tuple:
            return (self.value(arguments[0]), self.value(arguments[0]))
        if origin is dict:
            return {self.value(arguments[0]): self.value(arguments[1])}
        if origin is Annotated:
            return self.value(arguments[0])
        if isinstance(kind, type) and issubclass(kind, Part):
            return self.part(kind, {})
        if kind is str:
            return self.canary()
        raise NotImplementedError(f"tests/canary.py does not know how to fill a field of the type {kind}")

    def day(self) -> datetime.date:
        """Make a day of its own, long past."""
        self.count += 1
        return datetime.date(1907, 1, 1) + datetime.timedelta(days=self.count)

    def number(self) -> int:
        """Make a number of its own."""
        self.count += 1
        return 7_000_000 + self.count

    def person(self) -> str:
        """Name a person; a record is made for them at the end."""
        self.people.append(self.canary())
        return self.people[-1]


_MAKERS: dict[Any, Any] = {
    fields.Date: Maker.day,
    fields.Time: lambda _maker: "17:30",
    fields.Integer: Maker.number,
    int: Maker.number,  # an integer with bounds of its own
    fields.Number: Maker.number,
    fields.Flag: lambda _maker: True,
    fields.Language: lambda _maker: "en",
    fields.Zone: lambda _maker: "Europe/Lisbon",
    fields.Url: lambda maker: f"https://example.org/{maker.canary()}",
    fields.PersonId: Maker.person,
    people.Slot: lambda _maker: "tue 17:00-19:00",
}


def program(choice: Choice) -> Records:
    """Make a program with two pairs, everything of it a canary, that stands as the choice says."""
    maker = Maker()
    models = {model.record: model for model in RECORDS}

    def make(kind: str, ident: str, fixed: dict[str, Any] | None = None, **where: str) -> Any:
        record = maker.part(models[kind], fixed or {})
        return record.placed(_origin(record, kind, ident, where))

    program, cohort = COHORT
    here = {"program": program, "cohort": cohort}
    months = {"starts": TODAY.replace(month=9), "ends": TODAY.replace(year=2027)}
    cadence = maker.part(Cadence, {"every": "month"})
    cohort_record = make("cohort", cohort, {**months, "cadence": cadence, "status": "running"}, **here)
    pairs = {key: _pair(maker, make, choice, key, cadence) for key in PAIRS}
    keys = {f"{program}/{cohort}/{key}": key for key in PAIRS}
    applicant = {**here, "person": maker.person(), "role": "mentee"}
    kinds = (
        "topic-list",
        "reference-list",
        "figure-list",
        "benchmark-list",
        "standard-list",
        "prompt-list",
        "instrument",
        "measure",
    )
    lists = {kind: make(kind, maker.canary()) for kind in kinds}
    guides = [make("guide", maker.canary(), {"draft": draft, "body": _body(maker)}) for draft in (False, True)]
    pages = zip(guides, ("es", "fr"), strict=True)
    translations = [make("guide-translation", each.id, {"body": _body(maker)}, language=into) for each, into in pages]
    rest = {
        "applications": (make("application", "", **applicant),),
        "private_applications": (make("private-application", "", **applicant),),
        "plans": (make("matching-run", "run", **here),),
        "check_ins": (make("check-ins", "2026-10", **here),),
        "improvements": (make("improvement", maker.canary(), **here),),
        "stories": tuple(_story(maker, make, here, audience) for audience in ("public", "members")),
    }
    concerns = {kind: make("concern", kind, {"kind": kind}) for kind in ("practical", "safety")}
    policy = make("matching-policy", cohort, **here)
    shown = {"today": None, "sample_pair": None, "languages": ("en", "es", "fr")}
    settings = make("settings", "toolkit", shown)
    program_record = make("program", program, program=program)
    private = {who: make("private-person", who, {"erased_on": None}) for who in tuple(maker.people[:4])}
    consents = tuple(
        maker.part(Consent, {"what": what, "on": datetime.date(2026, 1, 1), "until": choice.until})
        for what in choice.consents
    )
    persons = {who: make("person", who, {"consents": consents}) for who in dict.fromkeys(maker.people)}
    return Records(
        settings=settings,
        programs={program: program_record},
        cohorts={"/".join(COHORT): cohort_record},
        people=persons,
        private_people=private,
        policies={"/".join(COHORT): policy},
        **{name: {"/".join(COHORT): group} for name, group in rest.items()},
        pairs={key: pairs[name]["pair"] for key, name in keys.items()},
        agreements={key: pairs[name]["agreement"] for key, name in keys.items()},
        closures={key: pairs[name]["closure"] for key, name in keys.items()},
        goals={key: pairs[name]["goals"] for key, name in keys.items()},
        sessions={key: pairs[name]["sessions"] for key, name in keys.items()},
        observations={key: pairs[name]["observations"] for key, name in keys.items()},
        feedback={key: pairs[name]["feedback"] for key, name in keys.items()},
        concerns=concerns,
        guides={guide.id: guide for guide in guides},
        guide_translations={(each.id, each.language): each for each in translations},
        topic_lists={lists["topic-list"].id: lists["topic-list"]},
        reference_lists={lists["reference-list"].id: lists["reference-list"]},
        figure_lists={lists["figure-list"].id: lists["figure-list"]},
        benchmark_lists={lists["benchmark-list"].id: lists["benchmark-list"]},
        standard_lists={lists["standard-list"].id: lists["standard-list"]},
        prompts={lists["prompt-list"].id: lists["prompt-list"]},
        instruments={lists["instrument"].id: lists["instrument"]},
        measures={lists["measure"].id: lists["measure"]},
        has_private=True,
    )


def _story(maker: Maker, make: Any, here: dict[str, str], audience: str) -> Any:
    """A story that everybody named in it has agreed to; whether they still consent is the choice's."""
    teller, other = maker.person(), maker.person()
    consent = tuple(maker.part(Dated, {"person": who}) for who in (teller, other))
    fixed = {"by": teller, "about": (other,), "consent": consent, "audience": audience, "until": TODAY}
    return make("story", maker.canary(), {**fixed, "body": _body(maker)}, **here)


def _pair(maker: Maker, make: Any, choice: Choice, name: str, cadence: Any) -> dict[str, Any]:
    where = {"program": COHORT[0], "cohort": COHORT[1], "pair": name}
    confidentiality = maker.part(Confidentiality, {"level": choice.level})
    notes = []
    for month in (9, 10):
        day = TODAY.replace(month=month, day=10 + len(name))
        fixed = {"date": day, "visibility": choice.note, "body": _body(maker)}
        notes.append(make("session-note", day.isoformat(), fixed, **where))
    watched = {"visibility": choice.note, "body": _body(maker)}
    return {
        "observations": (make("observation", "2026-10-01", watched, **where),),
        "feedback": tuple(make("feedback", f"2026-10-01-{n}", {"body": _body(maker)}, **where) for n in (1, 2)),
        "pair": make("pair", name, {"status": choice.status}, **where),
        "agreement": make(
            "agreement", name, {"cadence": cadence, "confidentiality": confidentiality, "body": _body(maker)}, **where
        ),
        "goals": tuple(make("goal", maker.canary(), {"body": _body(maker)}, **where) for _ in range(2)),
        "sessions": tuple(notes),
        "closure": make("closure", name, {"body": _body(maker)}, **where),
    }


@functools.cache
def _hints(model: type[Part]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _body(maker: Maker) -> str:
    who, text, action = maker.person(), maker.canary(), maker.canary()
    return f"## {maker.canary()}\n\n{text}\n\n- [ ] {action} @{who} due:2026-12-24 id:{maker.canary()}\n"


def _origin(record: Record, kind: str, ident: str, where: dict[str, str]) -> Origin:
    front = "---\nfield: value\n---\n"
    body = getattr(record, "body", "")
    source = Source(f"{kind}.md", front + body, "", {}, "field: value", 2, body, 4)
    return Origin(kind, ident, f"{kind}/{ident}.md", source=source, **where)


def canaries(records: Records) -> Iterator[Canary]:
    """Go through every value of every record, those in parts, lists, mappings, keys and bodies included."""
    for record in records.everything():
        yield from _walk(record, record, (), ())


def _walk(record: Record, part: Part, route: tuple[str, ...], way: tuple[dict[str, Any], ...]) -> Iterator[Canary]:
    hints = _hints(type(part))
    for name, info in type(part).model_fields.items():
        here = (*route, name), (*way, info.json_schema_extra)
        for value, kind in _values(getattr(part, name), hints[name]):
            if isinstance(value, Part):
                yield from _walk(record, value, *here)
            else:
                yield Canary(record, *here, value, _names(kind))


def _values(value: Any, kind: Any) -> Iterator[tuple[Any, Any]]:
    arguments = [each for each in get_args(kind) if each is not type(None)]
    if get_origin(kind) in (Union, types.UnionType):
        kind = arguments[0]
        arguments = list(get_args(kind))
    if isinstance(value, tuple):
        for each in value:
            yield from _values(each, arguments[0])
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key, arguments[0]
            for inner, own in _values(each, arguments[1]):
                yield inner, arguments[0] if _names(arguments[0]) else own  # without its key a value says nothing
    elif value is not None:
        yield value, kind


def _names(kind: Any) -> str:
    return next((each.kind for each in getattr(kind, "__metadata__", ()) if isinstance(each, Refers)), "")
