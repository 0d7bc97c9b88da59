"""What a pair learns from practice: watching each other at work, and telling each other what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from pydantic import create_model

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, Integer, Number, PersonId, Slug, Text, for_pair, for_staff

ObservationKind = Literal["mentor-observes", "mentee-observes", "co-teaching", "co-work", "video"]
FeedbackKind = Literal["sbi", "feedforward", "start-stop-continue", "praise"]


class Debrief(Part):
    """The talk after an observation."""

    on: Date | None = for_pair("When.", None, opens="notes")
    strengths: tuple[Text, ...] = for_pair("What went well.", (), opens="notes")
    improve: tuple[Text, ...] = for_pair("What could be otherwise.", (), opens="notes")
    next: tuple[Text, ...] = for_pair("The next steps.", (), opens="notes")


class Rubric(Part):
    """Scores by a scheme that both agreed on; they stay between the two."""

    instrument: Text = for_pair("Which scheme.")
    scores: dict[Slug, Number] = for_pair("Score of each line of it.", {})


class Observation(Record):
    """One visit to another's practice, agreed beforehand and talked over afterwards."""

    record: ClassVar[str] = "observation"
    date: Date = for_staff("Day of the visit.", own=True)
    kind: ObservationKind = for_staff("Who watched whom, or that they worked side by side.", own=True)
    agreed_focus: Text | None = for_pair("What they agreed to look at.", None, opens="notes")
    plan_reviewed: Flag | None = for_pair("Whether they went through the plan beforehand.", None, opens="notes")
    evidence: tuple[Text, ...] = for_pair("What was seen and heard: times, words, counts.", min_length=1, opens="notes")
    questions: tuple[Text, ...] = for_pair("Questions that came up.", (), opens="notes")
    rationale: Text | None = for_pair("Why it was done this way, in the words of who did it.", None, opens="notes")
    debrief: Debrief | None = for_pair("The talk afterwards.", None, opens="notes")
    rubric: Rubric | None = for_pair("Scores, where they agreed on a scheme.", None)
    visibility: Literal["pair", "members"] = for_pair("Who may read this record.", "pair")
    body: Text = for_pair("What is left to say.", "", opens="notes")


if TYPE_CHECKING:

    class _Given(Record):
        """Feedback with its giver."""

else:
    # `from` is the word that people write, and no name that Python lets a class body use.
    _Given = create_model("_Given", __base__=Record, **{"from": (PersonId, for_staff("Who gives it.", own=True))})


class Feedback(_Given):
    """What one member tells another about an event or a plan, so that the next time goes better."""

    record: ClassVar[str] = "feedback"
    to: PersonId = for_staff("Who gets it.", own=True)
    on: Date = for_staff("Day on which it was given.", own=True)
    event_on: Date = for_staff("Day of what it is about.", own=True)
    kind: FeedbackKind = for_staff("Shape of the feedback.", own=True)
    situation: Text | None = for_pair("When and where it was.", None)
    behavior: Text | None = for_pair("What the other did or said.", None)
    impact: Text | None = for_pair("What came of it.", None)
    strengths: tuple[Text, ...] = for_pair("What to keep.", ())
    improve: tuple[Text, ...] = for_pair("What to do otherwise.", ())
    suggestions: tuple[Text, ...] = for_pair("Ideas for the next time.", ())
    response: Text | None = for_pair("What the other makes of it.", None)
    adaptation: Text | None = for_pair("What the other did otherwise since.", None)
    helpful: Integer | None = for_pair("How helpful it was, 1 to 5; set by who got it.", None, ge=1, le=5)
    follow_up: Text | None = for_pair(
        "The action that follows: its id in a note of this pair.", None, pattern=r"^[a-z0-9-]+$", max_length=64
    )
    body: Text = for_pair("What is left to say.", "")

    @property
    def giver(self) -> str:
        """The id of who gives it: the field `from`."""
        return cast(str, getattr(self, "from"))
