"""An outcome measure: what exactly is counted or asked, in which unit, from where, and which way is better."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from toolkit.model.base import Record
from toolkit.model.fields import Integer, Number, ReferenceId, Refers, Slug, for_public
from toolkit.model.instrument import InstrumentId, Words

MeasureId = Annotated[Slug, Refers("measure")]
Domain = Literal[
    "academic",
    "attendance",
    "wellbeing",
    "identity",
    "belonging",
    "transition",
    "confidence",
    "resilience",
    "aspiration",
    "practice",
    "satisfaction",
    "commitment",
    "retention",
    "career",
    "research",
    "network",
    "community",
    "peer-support",
]
"""The parts of a life in which mentoring is hoped to show; a measure belongs to the one it says most about."""
Direction = Literal["higher", "lower", "none"]
Level = Literal["mentee", "mentor", "student", "organization"]
Against = Literal["none", "non-mentored", "waitlist", "matched", "earlier-cohort"]


class Measure(Record):
    """One outcome that a program may look at, defined before anybody knows how it comes out."""

    record: ClassVar[str] = "measure"
    title: Words = for_public("Name, by language.", min_length=1)
    about: Words = for_public("What exactly is counted or asked, by language.", {})
    domain: Domain = for_public("The part of life that it says most about.")
    unit: Words = for_public("What one of it is, by language: points, days, a share of people.", min_length=1)
    direction: Direction = for_public("Which way is better: `higher`, `lower`, or `none` where neither is.")
    level: Level = for_public("Whose outcome it is: a student is taught by the people in pairs, or is one of them.")
    source: Words = for_public("Where the number comes from, by language.", min_length=1)
    instrument: InstrumentId | None = for_public("The survey whose answers it is computed from.", None)
    item: Slug | None = for_public("The one item of that survey; else its score.", None)
    subscale: Slug | None = for_public("The part of that survey's score; else the whole.", None)
    baseline_window: Integer | None = for_public(
        "How long before the start the first value may be from.", None, unit="days", ge=0, le=366
    )
    follow_up_months: Integer | None = for_public(
        "How long after the start it is counted; else at the end.", None, unit="months", ge=1, le=240
    )
    comparison: Against = for_public("Whom those who were mentored are compared with, where it can be had.", "none")
    min_important_change: Number | None = for_public(
        "Smallest change of one person that matters, in the unit; a judgment.", None, ge=0
    )
    cautions: Words = for_public("What it does not say, and what else moves it, by language.", {})
    references: tuple[ReferenceId, ...] = for_public("Studies that counted it, or speak about counting it.", ())
