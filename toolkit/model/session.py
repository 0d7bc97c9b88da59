"""The note of one meeting: the facts in its fields, the talk in its sections, the promises in its task lines."""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, GoalId, Integer, PersonId, Text, Time, for_pair, for_staff
from toolkit.model.people import Modality

Format = Literal["grow", "clear", "oscar", "fuel", "steer", "free"]
Function = Literal[
    "guidance",
    "skills",
    "recognition",
    "sponsorship",
    "introductions",
    "advocacy",
    "counselling",
    "friendship",
    "acceptance",
    "role-modelling",
]
Move = Literal[
    "asked",
    "listened",
    "summarized",
    "shared-experience",
    "advised",
    "demonstrated",
    "challenged",
    "encouraged",
    "connected",
]
CAREER: frozenset[Function] = frozenset(
    {"guidance", "skills", "recognition", "sponsorship", "introductions", "advocacy"}
)
"""The kinds of support for the career; the others are for the person."""
ASKING: frozenset[Move] = frozenset({"asked", "listened", "summarized"})
"""What leaves the thinking with the mentee."""
TELLING: frozenset[Move] = frozenset({"advised", "demonstrated", "shared-experience"})
"""What the mentor knows and says."""


class Absence(Part):
    """Someone who was expected and did not come."""

    person: PersonId = for_staff("Who.", own=True)
    notice: Flag = for_staff("Whether they said so beforehand.", own=True)


class Session(Record):
    """One dated meeting with a written record."""

    record: ClassVar[str] = "session-note"
    date: Date = for_staff("Day of the meeting.", own=True)
    start: Time | None = for_staff("Time of day.", None, own=True)
    minutes: Integer = for_staff("How long it took.", unit="minutes", ge=1, le=1440, own=True)
    attended: tuple[PersonId, ...] = for_staff("Who was there.", (), own=True)
    absent: tuple[Absence, ...] = for_staff("Who was expected and did not come.", (), own=True)
    format: Format = for_staff("Shape of the talk.", own=True)
    next: Date | None = for_staff("Day of the next meeting.", None, own=True)
    modality: Modality | None = for_staff("How they met.", None, own=True)
    lead: PersonId | None = for_pair("Who led.", None)
    prepared: dict[PersonId, Integer] = for_pair("How prepared each was, 0 to 3.", {})
    functions: tuple[Function, ...] = for_pair("Kinds of support given.", ())
    moves: tuple[Move, ...] = for_pair("What the mentor did.", ())
    stance: Literal["mentoring", "coaching", "teaching", "sponsoring"] | None = for_pair("Which hat was worn.", None)
    goals: tuple[GoalId, ...] = for_pair("Goals that were worked on.", ())
    resources: tuple[Text, ...] = for_pair("Things to read, watch or use.", (), opens="notes")
    reflection: dict[PersonId, Text] = for_pair("What a person takes away.", {})
    mood: dict[PersonId, Integer] = for_pair("How a person felt, 1 to 5.", {})
    recorded: Flag = for_staff("Whether the talk was recorded or noted by a machine.", False, own=True)
    travel_minutes_saved: Integer | None = for_staff(
        "Travel that meeting at a distance saved.", None, unit="minutes", ge=0, le=2000
    )
    visibility: Literal["pair", "members"] = for_pair("Who may read this note.", "pair")
    language: Literal["en", "es", "fr"] | None = for_pair("Language of the note, where it is not the pair's.", None)
    body: Text = for_pair("What was said, in the sections of the format.", "", opens="notes")

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The H2 sections of the body, in the order of the file."""
        return tuple(_sections(self))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The action items of the body: its task lines, in the order of the file."""
        return tuple(_action(task.text, task.done, task.line, task.column) for task in self.origin.outline.tasks)


class Section(NamedTuple):
    """One H2 section of a note: its title, the line of its heading and its text without the heading."""

    title: str
    line: int
    text: str


def _sections(session: Session) -> list[Section]:
    source = session.origin.source
    if source is None:
        return []
    heads = [each for each in source.outline.headings if each.level <= 2]
    if not heads:
        return []
    lines = source.text.split("\n")
    ends = [*(each.line - 1 for each in heads[1:]), len(lines)]
    return [
        Section(head.text, head.line, "\n".join(lines[head.line : end]).strip())
        for head, end in zip(heads, ends, strict=True)
        if head.level == 2
    ]


class Action(NamedTuple):
    """One thing that one person will do by a date: `- [ ] Draft the plan @ana-kovacs due:2026-12-01 id:a3`."""

    text: str
    owner: str
    due: datetime.date | None
    due_text: str
    id: str
    done: bool
    line: int
    column: int


_OWNER = re.compile(r"@[a-z][a-z0-9-]*\Z")
_NAME = re.compile(r"id:[a-z0-9-]+\Z")


def _action(text: str, done: bool, line: int, column: int) -> Action:
    """Take the marks out of a task's text; where a mark stands twice, the last one counts."""
    owner = due = name = ""
    said = []
    for word in text.split():
        first = word[0]
        if first == "@" and _OWNER.match(word):
            owner = word[1:]
        elif first == "d" and word.startswith("due:") and len(word) > 4:
            due = word[4:]
        elif first == "i" and _NAME.match(word):
            name = word[3:]
        else:
            said.append(word)
    try:
        day = datetime.date.fromisoformat(due) if len(due) == 10 else None
    except ValueError:
        day = None
    return Action(" ".join(said), owner, day, due, name, done, line, column)
