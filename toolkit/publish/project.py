"""From all records to what one audience may read: an allow-list, and the only thing that any writer receives."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

from toolkit.diagnostics import START, Diagnostic, Place
from toolkit.errors import ToolkitError
from toolkit.model import (
    Concern,
    Feedback,
    Goal,
    Guide,
    GuideTranslation,
    Observation,
    Pair,
    Person,
    Record,
    Records,
    Session,
    Story,
)
from toolkit.publish.audience import Audience, Kind, Scope, Trait, reads
from toolkit.publish.derive import DERIVED, Derived
from toolkit.publish.facts import AGREED, Facts
from toolkit.publish.shape import shapes
from toolkit.publish.view import Sees, View, shown
from toolkit.publish.world import PairRecords, World
from toolkit.workspace import PAIR_KINDS, identify

__all__ = ["Lens", "World", "project"]


def _trait(model: type[Record], name: str) -> Trait:
    return next(shape.trait for shape in shapes(model) if shape.name == name)


ID_TRAITS = {
    "person": _trait(Person, "name"),
    "pair": _trait(Pair, "members"),
    "goal": _trait(Goal, "title"),
    "session-note": _trait(Session, "date"),
    "observation": _trait(Observation, "date"),
    "feedback": _trait(Feedback, "on"),
    "story": _trait(Story, "title"),
}
"""An id that says what a field says is read by whom that field is read by: a note's id is its date."""


def project(
    records: Records, audience: Audience, today: datetime.date, diagnostics: tuple[Diagnostic, ...] = ()
) -> World:
    """Keep of the records what an audience may read today.

    `diagnostics` reach the staff alone, without the names of goals. Raises ToolkitError where the audience is a pair that does not exist or was
    not agreed to.
    """
    return Lens.of(records, audience, today).world(diagnostics)


@dataclass(frozen=True)
class Lens:
    """One audience's eyes on the records: who and what it may know of, and how each record stands to it."""

    records: Records
    audience: Audience
    facts: Facts

    @classmethod
    def of(cls, records: Records, audience: Audience, today: datetime.date) -> Lens:
        """Find out first who and which pairs may be known of at all."""
        _refuse_unknown(records, audience)
        is_staff = audience.kind is Kind.STAFF
        pairs = {key for key, pair in records.pairs.items() if is_staff or pair.status in AGREED}
        people = {key for key in records.people if is_staff or _consents(records, key, audience, today)}
        return cls(records, audience, Facts(records, today, frozenset(people), frozenset(pairs)))

    def scope(self, record: Record) -> Scope:
        """Say how a record stands to this audience: whether it is its own, and what its people opened."""
        today = self.facts.today
        if isinstance(record, Person):
            held = {each.what for each in record.consents if self.records.consents(record.id, each.what, today)}
            return Scope(opened=frozenset(held))
        if isinstance(record, Story):
            return Scope(opened=frozenset(("story",) if self.records.agreed_to(record, today) else ()))
        if record.origin.kind not in PAIR_KINDS:
            return Scope()
        own = self.audience.kind is Kind.PAIR and record.pair_key == self.audience.pair
        closed = isinstance(record, Session | Observation) and record.visibility != "members"
        return Scope(own, frozenset() if closed or record.pair_key not in self._open_pairs else frozenset(("notes",)))

    @cached_property
    def _open_pairs(self) -> frozenset[str]:
        """The pairs whose agreement opens the notes to members and whose people all consent to it today."""
        return frozenset(
            key
            for key, agreement in self.records.agreements.items()
            if agreement.confidentiality.level == "members"
            and key in self.records.pairs
            and all(self.records.consents(who, "notes", self.facts.today) for who in self.records.pairs[key].people())
        )

    def knows(self, scope: Scope, kind: str, ident: str) -> bool:
        """Say whether a record that a field names may be known to exist."""
        if kind == "person":
            return ident in self.facts.people
        if kind == "goal":
            return reads(self.audience, ID_TRAITS["goal"], scope)
        return True

    def lists(self, record: Record) -> bool:
        """Say whether a record may appear, provided any field of it can be read."""
        kind = record.origin.kind
        if isinstance(record, Guide):
            return not record.draft
        if isinstance(record, GuideTranslation):
            guide = self.records.guides.get(record.id)
            return guide is not None and not guide.draft
        if isinstance(record, Person):
            return record.id in self.facts.people
        if isinstance(record, Concern):
            return record.kind != "safety"  # not even that there is one
        if isinstance(record, Story):
            return self._is_told(record)
        return kind not in PAIR_KINDS or record.pair_key in self.facts.pairs

    def _is_told(self, story: Story) -> bool:
        """Whether a story is meant for this audience today; whether its people agree is asked of each field."""
        if self.audience.kind is Kind.STAFF:
            return True
        if story.until is not None and story.until < self.facts.today:
            return False
        return story.audience == "public" or self.audience.kind is not Kind.PUBLIC

    def view(self, record: Record) -> View | None:
        """Show a record, or None where this audience may not know of it."""
        scope = self.scope(record)
        sees = partial(self._sees, scope)
        if not self.lists(record) or not any(sees(shape.trait) for shape in shapes(type(record))):
            return None
        more = {**_identity(record, sees), **self._derived(record, sees)}
        return shown(record, record.record.replace("-", " "), sees, partial(self.knows, scope), more)

    def views(self, records: Iterable[Record]) -> tuple[View, ...]:
        """Show of these records what may be shown, in their order."""
        return tuple(view for record in records if (view := self.view(record)) is not None)

    def _sees(self, scope: Scope, trait: Trait) -> bool:
        return reads(self.audience, trait, scope)

    def _derived(self, record: Record, sees: Sees) -> dict[str, Any]:
        table = _BY_KIND.get(record.record, ())
        return {each.name: each.make(self.facts, record) if sees(each.trait) else each.empty for each in table}

    def world(self, diagnostics: tuple[Diagnostic, ...]) -> World:
        """Show everything that may be shown."""
        records = self.records
        pairs = self.views(records.pairs.values())
        lists = self.views(records.reference_lists.values())
        return World(
            audience=self.audience,
            today=self.facts.today,
            title=_title(records),
            programs=self.views(records.programs.values()),
            cohorts=self.views(records.cohorts.values()),
            people=self.views(records.people.values()),
            pairs=pairs,
            guides=self.views(records.guides.values()),
            translations=self.views(records.guide_translations.values()),
            topic_lists=self.views(records.topic_lists.values()),
            instruments=self.views(records.instruments.values()),
            measures=self.views(records.measures.values()),
            references=tuple(sorted((each for one in lists for each in one.references), key=lambda each: each.key)),
            figures=tuple(each for one in self.views(records.figure_lists.values()) for each in one.figures),
            benchmarks=tuple(each for one in self.views(records.benchmark_lists.values()) for each in one.benchmarks),
            standards=tuple(each for one in self.views(records.standard_lists.values()) for each in one.standards),
            applications=self.views(_flat(records.applications)),
            policies=self.views(records.policies.values()),
            plans=self.views(_flat(records.plans)),
            private_people=self.views(records.private_people.values()),
            private_applications=self.views(_flat(records.private_applications)),
            check_ins=self.views(_flat(records.check_ins)),
            concerns=self.views(records.concerns.values()),
            improvements=self.views(_flat(records.improvements)),
            stories=self.views(_flat(records.stories)),
            diagnostics=tuple(map(_nameless, diagnostics)) if self.audience.kind is Kind.STAFF else (),
            settings=shown(records.settings, "settings", partial(self._sees, Scope()), partial(self.knows, Scope())),
            records_of=MappingProxyType({pair.key: self._pair_records(pair.key) for pair in pairs}),
        )

    def _pair_records(self, key: str) -> PairRecords:
        agreement, closure = self.records.agreements.get(key), self.records.closures.get(key)
        return PairRecords(
            agreement=self.view(agreement) if agreement is not None else None,
            goals=self.views(self.records.goals.get(key, ())),
            sessions=self.views(self.records.sessions.get(key, ())),
            observations=self.views(self.records.observations.get(key, ())),
            feedback=self.views(self.records.feedback.get(key, ())),
            closure=self.view(closure) if closure is not None else None,
        )


_BY_KIND: Mapping[str, tuple[Derived, ...]] = {
    kind: tuple(group)
    for kind, group in groupby(sorted(DERIVED, key=lambda each: each.record), key=lambda each: each.record)
}


def _refuse_unknown(records: Records, audience: Audience) -> None:
    if audience.kind is not Kind.PAIR:
        return
    pair = records.pairs.get(audience.pair)
    if pair is None:
        raise ToolkitError("there is no such pair", "name it by its folder, as pair:program/cohort/pair")
    if pair.status not in AGREED:
        raise ToolkitError("this pair is not agreed to yet", "a proposal is the coordinators' until all accept it")


def _consents(records: Records, person: str, audience: Audience, today: datetime.date) -> bool:
    """Say whether a person may be known of: by consent, and never once their data were deleted."""
    private = records.private_people.get(person)
    if private is not None and private.erased_on is not None:
        return False
    wanted = ("data", "profile-public") if audience.kind is Kind.PUBLIC else ("data",)
    return all(records.consents(person, what, today) for what in wanted)


def _identity(record: Record, sees: Sees) -> dict[str, Any]:
    """What the path says, under names that no field has."""
    origin = record.origin
    telling = ID_TRAITS.get(record.record)
    ident = record.id if telling is None or sees(telling) else None
    parts = {"id": ident, "record": record.record, "program": origin.program, "cohort": origin.cohort}
    if record.record == "cohort":
        parts["key"] = record.cohort_key
    elif record.record in PAIR_KINDS:
        parts |= {"pair": origin.pair, "pair_key": record.pair_key}
        parts["key"] = record.pair_key if isinstance(record, Pair) else None
    elif origin.language:
        parts["language"] = origin.language
    elif origin.person:
        parts |= {"person": origin.person, "role": origin.role}
    return parts


def _nameless(found: Diagnostic) -> Diagnostic:
    """Point at the folder of a goal instead of its file: the name of that file says what the goal is."""
    related = tuple(map(_folder, found.related))
    return replace(found, place=_folder(found.place), related=related)


def _folder(place: Place) -> Place:
    where = identify(place.path)
    if where is None or where.kind != "goal":
        return place
    return Place(place.path.rpartition("/")[0] + "/", START, place.key)


def _flat(groups: Mapping[str, tuple[Record, ...]]) -> Iterable[Record]:
    return (record for group in groups.values() for record in group)


def _title(records: Records) -> str:
    named = [program.title for program in records.programs.values()]
    return records.settings.title or (named[0] if named else "")
