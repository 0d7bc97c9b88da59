"""Questions for the talks of a year, week by week: what scaffolds suggest and `mentoring prompts` shows."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Integer, Text, for_public

Stage = Literal["start", "middle", "end"]
"""How far a pair has come; the phases of a program are another thing."""

Opens = Literal["since", "goal", "reality", "options", "will", "review", "next"]
"""The part of a talk that a question opens, in the words of GROW; other formats have parts that stand for these."""


class Question(Part):
    """One open question."""

    shorthand: ClassVar[str] = "text"
    text: Text = for_public("The question.", max_length=300)
    section: Opens | None = for_public("The part of a talk that it opens.", None)


class Week(Part):
    """The questions of one week."""

    week: Integer = for_public("Number of the week, the first one is 1.", ge=1, le=104)
    phase: Stage = for_public("Beginning, middle or end of the time together.")
    theme: Text | None = for_public("What the week is about, in a few words.", None, max_length=100)
    questions: tuple[Question, ...] = for_public("The questions.", min_length=1)


class PromptList(Record):
    """Questions for a year of meetings in one language; the file is named after the language."""

    record: ClassVar[str] = "prompt-list"
    title: Text = for_public("Name of the list.")
    weeks: tuple[Week, ...] = for_public("The weeks.", min_length=1)
