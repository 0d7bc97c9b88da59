"""How coordinators look after pairs: contacts with one side, concerns and their answers, and what is improved."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, PairId, PairKey, PersonId, Text, for_safeguarding, for_staff

CheckInStatus = Literal["green", "amber", "red"]
CheckInTopic = Literal["activity", "outcome", "safety", "quality", "impact"]
ConcernKind = Literal["practical", "relationship", "load", "safety"]


class CheckIn(Part):
    """A coordinator's contact with one member about a pair."""

    person: PersonId = for_staff("With whom.")
    pair: PairId | None = for_staff("About which pair of the cohort.", None)
    on: Date = for_staff("When.")
    by: Text | None = for_staff("Who on the staff asked.", None)
    status: CheckInStatus = for_staff("How it stands: green, amber or red; no detail.")
    topics: tuple[CheckInTopic, ...] = for_staff("What was spoken of.", ())
    next: Text | None = for_staff("The next step, never what was told in confidence.", None)


class CheckIns(Record):
    """The contacts of one month in a cohort; the file is named after the month."""

    record: ClassVar[str] = "check-ins"
    check_ins: tuple[CheckIn, ...] = for_staff("The contacts.", ())


class Concern(Record):
    """Something that weighs on somebody and waits for an answer.

    Of a concern for safety nothing is kept here but where it is being dealt with.
    """

    record: ClassVar[str] = "concern"
    kind: ConcernKind = for_staff("Kind of concern.")
    opened: Date = for_staff("Day on which it came up.")
    answered: Date | None = for_staff("Day of the first answer.", None)
    closed: Date | None = for_staff("Day on which it was settled.", None)
    owner: Text | None = for_staff("Who sees to it.", None)
    person: PersonId | None = for_staff("Who raised it; not for safety.", None)
    pair: PairKey | None = for_staff("The pair it is about, as program/cohort/pair; not for safety.", None)
    what: Text | None = for_safeguarding("What it is about; not for safety.", None)
    pointer: Text | None = for_safeguarding(
        "Where it is being dealt with: a channel and a case number.", None, max_length=120
    )


class Improvement(Record):
    """One thing that a cohort taught the program, and what is done about it."""

    record: ClassVar[str] = "improvement"
    observed: Text = for_staff("What was observed.")
    evidence: Text | None = for_staff("What shows it.", None)
    decision: Text | None = for_staff("What is done about it.", None)
    owner: Text | None = for_staff("Who sees to it.", None)
    due: Date | None = for_staff("By when.", None)
    result: Text | None = for_staff("What came of it.", None)
