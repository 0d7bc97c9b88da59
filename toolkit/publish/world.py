"""A program as one audience may know it: what pages, exports and mails are written from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.diagnostics import Diagnostic
from toolkit.publish.audience import Audience
from toolkit.publish.view import View


@dataclass(frozen=True, slots=True)
class PairRecords:
    """What an audience may read of one pair beside the pair itself."""

    agreement: View | None = None
    goals: tuple[View, ...] = ()
    sessions: tuple[View, ...] = ()
    observations: tuple[View, ...] = ()
    feedback: tuple[View, ...] = ()
    closure: View | None = None


_NO_RECORDS = PairRecords()


def is_of(view: View, cohort: View) -> bool:
    """Say whether a record lies in the folder of a cohort."""
    return bool((view.program, view.cohort) == (cohort.program, cohort.id))


@dataclass(frozen=True)
class World:
    """A program as one audience may know it; pages, exports and mails are written from this alone.

    Every tuple is in the order of the records' keys; sessions in the order of their days. `diagnostics` is empty but
    for the staff. What the audience may read no field of is not here.
    """

    audience: Audience
    today: datetime.date
    title: str
    programs: tuple[View, ...]
    cohorts: tuple[View, ...]
    people: tuple[View, ...]
    pairs: tuple[View, ...]
    guides: tuple[View, ...]
    translations: tuple[View, ...]
    topic_lists: tuple[View, ...]
    instruments: tuple[View, ...]
    measures: tuple[View, ...]
    references: tuple[View, ...]
    figures: tuple[View, ...]
    benchmarks: tuple[View, ...]
    standards: tuple[View, ...]
    applications: tuple[View, ...]
    policies: tuple[View, ...]
    plans: tuple[View, ...]
    private_people: tuple[View, ...]
    private_applications: tuple[View, ...]
    check_ins: tuple[View, ...]
    concerns: tuple[View, ...]
    improvements: tuple[View, ...]
    stories: tuple[View, ...]
    diagnostics: tuple[Diagnostic, ...]
    settings: View
    records_of: Mapping[str, PairRecords]

    @cached_property
    def _people(self) -> dict[str, View]:
        return {view.id: view for view in self.people}

    @cached_property
    def _keyed(self) -> dict[tuple[str, str], View]:
        return {(view.record, view.key): view for view in (*self.cohorts, *self.pairs)}

    @cached_property
    def _topics(self) -> dict[str, str]:
        return {topic.id: topic.title for listed in self.topic_lists for topic in listed.topics}

    def person(self, ident: str | None) -> View | None:
        """Find a person by id; None where this audience may not know of them."""
        return self._people.get(ident) if ident else None

    def program(self, ident: str) -> View | None:
        """Find a program by id."""
        return next((view for view in self.programs if view.id == ident), None)

    def cohort(self, key: str) -> View | None:
        """Find a cohort by `program/cohort`."""
        return self._keyed.get(("cohort", key))

    def pair(self, key: str) -> View | None:
        """Find a pair by `program/cohort/pair`."""
        return self._keyed.get(("pair", key))

    def of(self, key: str) -> PairRecords:
        """Give a pair's agreement, goals, sessions, observations, feedback and closure, as far as they may be read."""
        return self.records_of.get(key, _NO_RECORDS)

    def cohorts_of(self, program: str) -> tuple[View, ...]:
        """Give the cohorts of a program."""
        return tuple(view for view in self.cohorts if view.program == program)

    def pairs_of(self, cohort_key: str) -> tuple[View, ...]:
        """Give the pairs of a cohort."""
        return tuple(view for view in self.pairs if f"{view.program}/{view.cohort}" == cohort_key)

    def topic(self, ident: str) -> str:
        """Give a topic's title, or its id where no list has it."""
        return self._topics.get(ident, ident)

    def edit_link(self, view: View) -> str | None:
        """Give the address at which the forge edits a record; None where there is no forge or the path is hidden."""
        forge = self.settings.forge
        path = view.record_path
        if forge is None or path is None:
            return None
        middle = "-/edit" if forge.kind == "gitlab" else "edit"
        return f"{forge.url.rstrip('/').removesuffix('.git')}/{middle}/{forge.branch}/{path}"
