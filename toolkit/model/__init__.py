"""Every noun of the field: one module for each family of records, frozen, with a visibility class on each field."""

from toolkit.model.application import Application, PrivateApplication
from toolkit.model.base import (
    Origin,
    Part,
    Record,
    field_extra,
    field_of,
    field_visibility,
    is_public,
    parts_of,
    place_in,
)
from toolkit.model.care import CheckIn, CheckIns, Concern, Improvement
from toolkit.model.evidence import Benchmark, Benchmarks, Figure, Figures, Standard, Standards, Worded
from toolkit.model.fields import Refers, Visibility, is_slug
from toolkit.model.goal import Goal
from toolkit.model.guide import Guide, GuideTranslation, Reference, References, Topic, TopicList
from toolkit.model.instrument import Instrument
from toolkit.model.measure import Measure
from toolkit.model.pair import Agreement, Closure, Member, Pair
from toolkit.model.people import Person, PrivatePerson
from toolkit.model.plan import Plan, Proposed, RunnerUp, Unmatched
from toolkit.model.policy import CRITERIA, Criterion, Policy, Require
from toolkit.model.practice import Debrief, Feedback, Observation
from toolkit.model.program import Cadence, Cohort, Program
from toolkit.model.prompts import PromptList, Question
from toolkit.model.records import Records
from toolkit.model.session import Action, Section, Session
from toolkit.model.settings import Settings, Thresholds
from toolkit.model.story import Story

RECORDS: tuple[type[Record], ...] = (
    Program,
    Cohort,
    Person,
    PrivatePerson,
    Application,
    PrivateApplication,
    Policy,
    Plan,
    Pair,
    Agreement,
    Goal,
    Session,
    Observation,
    Feedback,
    Closure,
    CheckIns,
    Concern,
    Improvement,
    Story,
    Guide,
    GuideTranslation,
    TopicList,
    References,
    Figures,
    Benchmarks,
    Standards,
    PromptList,
    Instrument,
    Measure,
    Settings,
)
"""All kinds of records, in the order in which a program comes to need them."""

__all__ = [
    "CRITERIA",
    "RECORDS",
    "Action",
    "Agreement",
    "Application",
    "Benchmark",
    "Benchmarks",
    "Cadence",
    "CheckIn",
    "CheckIns",
    "Closure",
    "Cohort",
    "Concern",
    "Criterion",
    "Debrief",
    "Feedback",
    "Figure",
    "Figures",
    "Goal",
    "Guide",
    "GuideTranslation",
    "Improvement",
    "Instrument",
    "Measure",
    "Member",
    "Observation",
    "Origin",
    "Pair",
    "Part",
    "Person",
    "Plan",
    "Policy",
    "PrivateApplication",
    "PrivatePerson",
    "Program",
    "PromptList",
    "Proposed",
    "Question",
    "Record",
    "Records",
    "Reference",
    "References",
    "Refers",
    "Require",
    "RunnerUp",
    "Section",
    "Session",
    "Settings",
    "Standard",
    "Standards",
    "Story",
    "Thresholds",
    "Topic",
    "TopicList",
    "Unmatched",
    "Visibility",
    "Worded",
    "field_extra",
    "field_of",
    "field_visibility",
    "is_public",
    "is_slug",
    "parts_of",
    "place_in",
]
