"""A goal of a mentee: what will be different, how both will know, and by when."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, Integer, Number, PersonId, Text, for_pair, for_staff

GoalEnd = Literal["met", "partly-met", "dropped", "carried-over"]
GoalStatus = Literal["draft", "active", "paused", GoalEnd]
GoalDomain = Literal[
    "knowledge",
    "skill",
    "career",
    "academic",
    "research",
    "network",
    "wellbeing",
    "balance",
    "leadership",
    "workload",
    "belonging",
]


class Measure(Part):
    """How both will know."""

    shorthand: ClassVar[str] = "what"
    what: Text = for_pair("What is counted or seen.")
    unit: Text | None = for_pair("In which unit.", None)
    baseline: Number | None = for_pair("Where it stood at the start.", None)
    target: Number | None = for_pair("Where it should stand.", None)


class Progress(Part):
    """One look at how far it is."""

    on: Date = for_pair("When.")
    value: Number | None = for_pair("What was measured.", None)
    note: Text | None = for_pair("In a few words.", None)


class Experiment(Part):
    """Something that was tried."""

    tried: Text = for_pair("What.")
    expected: Text | None = for_pair("What was expected.", None)
    saw: Text | None = for_pair("What came of it.", None)


class Step(Part):
    """A step on the way."""

    shorthand: ClassVar[str] = "text"
    text: Text = for_pair("What.")
    done: Flag = for_pair("Whether it is done.", False)


class Goal(Record):
    """An outcome that a mentee owns, specific, measurable, attainable, relevant and timed."""

    record: ClassVar[str] = "goal"
    title: Text = for_pair("What will be different, in one line.", max_length=200, opens="notes")
    owner: PersonId = for_pair("Whose goal it is.", opens="notes")
    domain: GoalDomain = for_staff("Part of life or work it belongs to.", own=True)
    status: GoalStatus = for_staff("Where it stands.", "draft", own=True)
    specific: Text | None = for_pair("What will be visible when it is reached.", None)
    measure: Measure | None = for_pair("How both will know.", None)
    attainable: Text | None = for_pair("Why it is within reach.", None)
    relevant: Text | None = for_pair("Why it matters to the owner.", None)
    realistic: Text | None = for_pair("What makes it realistic now.", None)
    due: Date | None = for_staff("The day by which it should be reached.", None, own=True)
    challenge: Integer | None = for_pair("How hard, 1 to 5.", None, ge=1, le=5)
    confidence: Integer | None = for_pair("How confident the owner is, 1 to 5.", None, ge=1, le=5)
    steps: tuple[Step, ...] = for_pair("Steps on the way.", ())
    experiments: tuple[Experiment, ...] = for_pair("What was tried.", ())
    progress: tuple[Progress, ...] = for_pair("How it went.", ())
    started: Date | None = for_staff("Day on which it became active.", None, own=True)
    linked_org_goal: Text | None = for_pair("The organization's goal it serves.", None)
    attainment: Integer | None = for_pair("How it ended against what was expected, -2 to 2.", None, ge=-2, le=2)
    body: Text = for_pair("Anything else about the goal.", "", opens="notes")

    @property
    def lacking(self) -> tuple[str, ...]:
        """The names of the five parts of a SMART goal that are not answered; `realistic` may stand for `relevant`."""
        parts = {
            "specific": self.specific,
            "measure": self.measure,
            "attainable": self.attainable,
            "relevant": self.relevant or self.realistic,
            "due": self.due,
        }
        return tuple(name for name, value in parts.items() if value is None)
