"""The program, which lasts, and the cohort, which is one dated run of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import (
    Date,
    Flag,
    Integer,
    Language,
    Number,
    PersonId,
    Slug,
    Text,
    Url,
    for_members,
    for_public,
    for_staff,
)
from toolkit.model.instrument import InstrumentId
from toolkit.model.measure import MeasureId
from toolkit.model.people import Modality

Model = Literal["one-to-one", "group", "team", "peer", "near-peer", "reciprocal", "reverse", "community", "flash"]
PEERS: tuple[Model, ...] = ("peer", "reciprocal")
"""The models in which everybody gives and receives, whatever role they applied in."""
CIRCLES: tuple[Model, ...] = ("near-peer", "group", "team")
"""The models in which mentors meet several mentees at once."""
Formation = Literal["formal", "informal", "self-initiated"]
CohortStatus = Literal["planning", "recruiting", "matching", "running", "closing", "closed", "archived"]
PAST: tuple[CohortStatus, ...] = ("closed", "archived")
"""The states of a cohort that is over."""


class OrganizationGoal(Part):
    """A goal of the organization that the program serves."""

    shorthand: ClassVar[str] = "goal"
    goal: Text = for_public("The goal.")
    owner: PersonId | None = for_members("Who answers for it.", None)


class Sponsor(Part):
    """Who in leadership stands behind the program."""

    shorthand: ClassVar[str] = "person"
    person: PersonId = for_members("The sponsor.")
    signed_off: Date | None = for_members("Day on which the program was signed off.", None)


class Support(Part):
    """Whom to ask, on every page."""

    name: Text = for_public("Name of the person or desk.")
    channel: Text = for_public("How to reach them.")
    hours: Text | None = for_public("When they answer.", None)
    urgent: Text | None = for_public("Where to turn when it cannot wait.", None)


class Community(Part):
    """Where the people of a program talk with one another, beyond their own pair."""

    shorthand: ClassVar[str] = "url"
    url: Url = for_members("Address of the forum, the channel or the forge's discussions.")
    name: Text | None = for_members("What it is called.", None, max_length=200)


class Resource(Part):
    """Something to read, watch or use that somebody here found useful."""

    title: Text = for_public("What it is called.", max_length=200)
    url: Url = for_public("Its address.")
    about: Text | None = for_public("What it is good for, in one line.", None)
    language: Language | None = for_public("Its language.", None)
    seen_on: Date = for_public("Day on which somebody last saw that it is there and still good.")


class Target(Part):
    """One number by one date."""

    measure: Slug = for_public("What is counted: the code of a metric or of a measure.")
    value: Number = for_public("The value to reach.")
    by: Date = for_public("The day by which it should be reached.")
    reason: Text | None = for_public("Why this line is yours.", None)


class LogicModel(Part):
    """How the program is meant to work, from what goes in to what comes of it."""

    inputs: tuple[Text, ...] = for_public("What goes in.", ())
    activities: tuple[Text, ...] = for_public("What is done.", ())
    outputs: tuple[Text, ...] = for_public("What can be counted at once.", ())
    outcomes: tuple[Text, ...] = for_public("What should change for people.", ())
    assumptions: tuple[Text, ...] = for_public("What has to be true for that.", ())


class Privacy(Part):
    """Under which rule personal data are kept, and how long."""

    lawful_basis: Text | None = for_public("The lawful basis.", None)
    notice: Text | None = for_public("Where the privacy notice is: a path or an address.", None)
    retention_months: Integer | None = for_public("Kept after the end of a cohort.", None, unit="months", ge=0, le=240)
    minors: Flag = for_public("Whether people under the age line take part.", False)
    age_line: Integer = for_public("Under this age a guardian must consent.", 18, unit="years", ge=10, le=25)
    k_min: Integer = for_public("Smallest group that a figure may describe.", 5, unit="people", ge=2, le=100)


class Program(Record):
    """A lasting mentoring scheme: its purpose, its sponsor, its rules."""

    record: ClassVar[str] = "program"
    title: Text = for_public("Name of the program.", max_length=200)
    context: Literal["professional", "academic", "entrepreneurial", "youth", "community"] = for_public(
        "Kind of program."
    )
    purpose: Text = for_public("What it is for, in one or two sentences.")
    purposes: dict[Language, Text] = for_public("The same in further languages of the site, each under its code.", {})
    models: tuple[Model, ...] = for_public("Models of mentoring it offers.", min_length=1)
    formation: Formation = for_public("How pairs come about.", "formal")
    organization_goals: tuple[OrganizationGoal, ...] = for_public("Goals of the organization it serves.", ())
    sponsor: Sponsor | None = for_members("Who stands behind it.", None)
    support: Support | None = for_public("Whom to ask.", None)
    community: Community | None = for_members("Where its people talk with one another.", None)
    resources: tuple[Resource, ...] = for_public("What to read, watch and use beside the handbook.", ())
    targets: tuple[Target, ...] = for_public("What it wants to reach, in numbers.", ())
    outcomes: tuple[MeasureId, ...] = for_public(
        "The measures it looks at; the first is its primary outcome, named in advance.", ()
    )
    logic_model: LogicModel | None = for_public("How it is meant to work.", None)
    evaluation_plan: Text | None = for_staff("Where the evaluation plan is.", None)
    privacy: Privacy = for_public("Rules for personal data.", Privacy)
    languages: tuple[Language, ...] = for_public("Languages of the program, the first one leads.", ("en",))
    levels: tuple[Text, ...] = for_public("Names of the steps on the ladder of experience, lowest first.", ())
    profile: Slug | None = for_public("The ready-made profile it began with.", None)
    funding_disclosure: Text | None = for_public("Who pays.", None)
    code_of_conduct: Url | None = for_public("Where the code of conduct is.", None)
    standards: tuple[Slug, ...] = for_public("Standards it follows.", ())
    since: Date | None = for_public("Day of the first cohort.", None)


DAYS_BETWEEN = {"week": 7, "fortnight": 14, "month": 30}
"""How many days lie between two meetings of each rhythm."""


class Cadence(Part):
    """How often, and for how long."""

    shorthand: ClassVar[str] = "every"
    every: Literal["week", "fortnight", "month"] = for_public("How often.")
    minutes: Integer = for_public("How long each time.", 60, unit="minutes", ge=10, le=480)

    @property
    def days(self) -> int:
        """The rhythm as a number of days."""
        return DAYS_BETWEEN[self.every]


class Capacity(Part):
    """How many can take part."""

    mentors: Integer = for_public("Mentors wanted.", unit="people", ge=0)
    places: Integer = for_public("Places for mentees.", unit="people", ge=0)


class Window(Part):
    """From a day to a day, both included."""

    open: Date = for_public("First day.")
    close: Date = for_public("Last day.")


class TrainingPlan(Part):
    """What mentors learn before they are matched."""

    required: tuple[Slug, ...] = for_public("Courses that every mentor takes.", ())
    hours_min: Integer | None = for_public("Least number of hours.", None, unit="hours", ge=0, le=200)


class Wave(Part):
    """One sending of a survey."""

    id: Slug = for_public("Name of the wave.")
    kind: Literal["baseline", "pulse", "mid", "closing", "follow-up"] = for_public("What the wave is for.")
    instrument: InstrumentId | None = for_public("The instrument that is sent.", None)
    opens: Date = for_public("First day.")
    closes: Date = for_public("Last day.")
    audience: tuple[Literal["mentor", "mentee"], ...] = for_public("Who is asked.", ("mentor", "mentee"))


class Comparison(Part):
    """Whom results are compared with."""

    definition: Text = for_staff("Who counts, by the same dates and the same rule.")
    n: Integer | None = for_staff("How many.", None, unit="people", ge=0)


class MinutesLogged(Part):
    """Time that running the cohort took in a month."""

    month: Text = for_staff("Month, as 2026-11.", pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    minutes: Integer = for_staff("Minutes.", unit="minutes", ge=0)


class Break(Part):
    """A stretch without meetings, such as a holiday; silence in it is no silence."""

    name: Text = for_public("Why.")
    start: Date = for_public("First day.")
    end: Date = for_public("Last day.")


class Cohort(Record):
    """One dated run of a program."""

    record: ClassVar[str] = "cohort"
    title: Text | None = for_public("Name of the cohort, where it has one.", None)
    titles: dict[Language, Text] = for_public("Name in further languages of the site, each under its code.", {})
    status: CohortStatus = for_public("Where it stands.")
    starts: Date = for_public("First day.")
    ends: Date = for_public("Last day.")
    rolling: Flag = for_public("Whether people join at any time.", False)
    model: Model = for_public("Model of mentoring.")
    modality: Modality = for_public("How people meet.", "hybrid")
    cadence: Cadence = for_public("The rhythm that is asked for.")
    planned_sessions: Integer | None = for_public("How many meetings are planned.", None, ge=1, le=500)
    capacity: Capacity | None = for_public("How many can take part.", None)
    eligible_population: Integer | None = for_staff("How many could take part.", None, unit="people", ge=0)
    applications: Window | None = for_public("When people can apply.", None)
    training: TrainingPlan = for_public("What mentors learn first.", TrainingPlan)
    waves: tuple[Wave, ...] = for_public("Surveys that are sent.", ())
    breaks: tuple[Break, ...] = for_public("Stretches without meetings.", ())
    rematch_until: Date | None = for_public("Last day on which a pair is changed without questions.", None)
    closure_announced_on: Date | None = for_public("Day on which people were told of the end.", None)
    benchmarks: dict[Slug, Number] = for_staff("Lines to compare with, by metric.", {})
    comparison_group: Comparison | None = for_staff("Whom results are compared with.", None)
    coordinator_minutes: tuple[MinutesLogged, ...] = for_staff("Time it took to run.", ())
