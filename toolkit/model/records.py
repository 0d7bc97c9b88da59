"""All records of a program at once, found by the names that the field uses for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.model.application import Application, PrivateApplication
from toolkit.model.base import Record
from toolkit.model.care import CheckIns, Concern, Improvement
from toolkit.model.evidence import Benchmarks, Figure, Figures, Standards
from toolkit.model.goal import Goal
from toolkit.model.guide import Guide, GuideTranslation, Reference, References, TopicList
from toolkit.model.instrument import Instrument
from toolkit.model.measure import Measure
from toolkit.model.pair import Agreement, Closure, Pair
from toolkit.model.people import Person, PrivatePerson
from toolkit.model.plan import Plan
from toolkit.model.policy import Policy
from toolkit.model.practice import Feedback, Observation
from toolkit.model.program import Cohort, Program
from toolkit.model.prompts import PromptList
from toolkit.model.session import Session
from toolkit.model.settings import Settings
from toolkit.model.story import Story


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that could be read, sorted by id, and what could not.

    Keys: a program, person, guide or topic list by its id; a cohort as `program/cohort`; a pair, its agreement and
    its closure as `program/cohort/pair`, and its goals, sessions, observations and feedback as tuples under that key, in
    the order of their days; applications, plans, check-ins (one a month), improvements and stories as tuples under the
    cohort's key; a concern, an instrument and a measure by its id; a list of questions by its language; a guide's translation by
    the guide's id and the language. `agreement_models` are the bodies that new agreements begin with. `unreadable` holds
    (kind, path) of each file that exists and could not be read.
    """

    settings: Settings
    programs: dict[str, Program] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    private_people: dict[str, PrivatePerson] = field(default_factory=dict)
    applications: dict[str, tuple[Application, ...]] = field(default_factory=dict)
    private_applications: dict[str, tuple[PrivateApplication, ...]] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    plans: dict[str, tuple[Plan, ...]] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    closures: dict[str, Closure] = field(default_factory=dict)
    goals: dict[str, tuple[Goal, ...]] = field(default_factory=dict)
    sessions: dict[str, tuple[Session, ...]] = field(default_factory=dict)
    observations: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    feedback: dict[str, tuple[Feedback, ...]] = field(default_factory=dict)
    check_ins: dict[str, tuple[CheckIns, ...]] = field(default_factory=dict)
    concerns: dict[str, Concern] = field(default_factory=dict)
    improvements: dict[str, tuple[Improvement, ...]] = field(default_factory=dict)
    stories: dict[str, tuple[Story, ...]] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    guide_translations: dict[tuple[str, str], GuideTranslation] = field(default_factory=dict)
    topic_lists: dict[str, TopicList] = field(default_factory=dict)
    reference_lists: dict[str, References] = field(default_factory=dict)
    figure_lists: dict[str, Figures] = field(default_factory=dict)
    benchmark_lists: dict[str, Benchmarks] = field(default_factory=dict)
    standard_lists: dict[str, Standards] = field(default_factory=dict)
    prompts: dict[str, PromptList] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    agreement_models: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()
    has_private: bool = False

    def everything(self) -> Iterator[Record]:
        """Go through every record, kind by kind."""
        yield self.settings
        for single in (self.programs, self.cohorts, self.people, self.private_people, self.policies, self.pairs):
            yield from single.values()
        for one in (self.agreements, self.closures, self.guides, self.topic_lists, self.reference_lists, self.concerns):
            yield from one.values()
        yield from self.guide_translations.values()
        for listed in (self.figure_lists, self.benchmark_lists, self.standard_lists, self.prompts):
            yield from listed.values()
        yield from self.instruments.values()
        yield from self.measures.values()
        for many in (self.applications, self.private_applications, self.plans, self.goals, self.sessions):
            for group in many.values():
                yield from group
        for later in (self.observations, self.feedback, self.check_ins, self.improvements, self.stories):
            for several in later.values():
                yield from several

    def program_of(self, record: Record) -> Program | None:
        """The program a record belongs to; None where its file could not be read."""
        return self.programs.get(record.origin.program)

    def cohort_of(self, record: Record) -> Cohort | None:
        """The cohort a record belongs to; None where its file could not be read."""
        return self.cohorts.get(record.cohort_key)

    def pair_of(self, record: Record) -> Pair | None:
        """The pair a record belongs to; None where its file could not be read."""
        return self.pairs.get(record.pair_key)

    def pairs_of(self, cohort_key: str) -> tuple[Pair, ...]:
        """The pairs of a cohort, by id."""
        return tuple(pair for pair in self.pairs.values() if pair.cohort_key == cohort_key)

    def is_unreadable(self, kind: str, ident: str = "", below: str = "") -> bool:
        """Say whether a file of this kind, with this id or below this folder, exists and could not be read."""
        for found, path in self.unreadable:
            stem = path.rpartition("/")[2].partition(".")[0]
            folder = path.split("/")[-2] if "/" in path else ""
            if found == kind and (not ident or ident in (stem, folder)) and path.startswith(below):
                return True
        return False

    def is_whole(self, pair: Pair) -> bool:
        """Say whether every file of a pair could be read; what is missing there can be said only then."""
        return not any(path.startswith(pair.folder) for _, path in self.unreadable)

    def topics(self) -> dict[str, str]:
        """All topics of all lists: id to title."""
        return {topic.id: topic.title for each in self.topic_lists.values() for topic in each.topics}

    def references(self) -> dict[str, Reference]:
        """All references of all lists, by key."""
        return {each.key: each for listed in self.reference_lists.values() for each in listed.references}

    def figures(self) -> dict[str, Figure]:
        """All figures of all lists, by key."""
        return {each.key: each for listed in self.figure_lists.values() for each in listed.figures}

    def consents(self, person: str, what: str, today: datetime.date) -> bool:
        """Say whether a person agreed to this and the consent holds today."""
        found = self.people.get(person)
        if found is None:
            return False
        return any(each.what == what and each.holds(today) for each in found.consents)

    def agreed_to(self, story: Story, today: datetime.date) -> bool:
        """Say whether everybody named in a story has agreed to its text and still consents to stories today."""
        agreed = {each.person for each in story.consent if each.on <= today}
        return all(person in agreed and self.consents(person, "story", today) for person in story.named)
