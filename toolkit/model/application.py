"""A person's request to join a cohort in a role, and the part of it that stays private."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, Integer, PersonId, Slug, Text, for_staff

ApplicationStatus = Literal["draft", "submitted", "screening", "accepted", "waitlisted", "declined", "withdrawn"]
ConflictKind = Literal["line-manager", "family", "assessor", "competitor", "prior-complaint"]
Mark = Annotated[Integer, Field(ge=1, le=5)]


class _Applied(Record):
    """A record whose file's name says who applied, and in which role."""

    @property
    def person(self) -> str:
        """The applicant's id, from the file's name."""
        return self.origin.person

    @property
    def role(self) -> str:
        """`mentor` or `mentee`, from the file's name."""
        return self.origin.role


class Application(_Applied):
    """A person's request to join a cohort; the file's name says who (`ana-kovacs-mentee.yaml`) and in which role."""

    record: ClassVar[str] = "application"
    submitted: Date = for_staff("Day on which it came in.")
    status: ApplicationStatus = for_staff("Where it stands.")
    ranked: tuple[PersonId, ...] = for_staff(
        "People the applicant would like to work with, best first.", (), max_length=20
    )
    wants_shared_background: tuple[Slug, ...] = for_staff(
        "Backgrounds the applicant asks to share with the mentor, each a name under `protected` in the private files.",
        (),
    )
    why: Text | None = for_staff("Why they want to join, in their own words.", None)
    next: Text | None = for_staff("What was told to a person who waits.", None)


class Conflict(Part):
    """A tie that forbids a pair."""

    person: PersonId = for_staff("With whom.")
    kind: ConflictKind = for_staff("Which tie.")


class Objection(Part):
    """A word against a proposal, before it is accepted; the other side never learns whose it was."""

    pair: Slug = for_staff("Against which proposal of the cohort; it may be gone since.")
    about: PersonId = for_staff("Whom the applicant would rather not be with.")
    on: Date = for_staff("When it was said.")
    reason: Text | None = for_staff("Why, where it was said; nobody has to say it.", None)
    answered: Date | None = for_staff("Day on which it was answered: by another proposal, or in a talk.", None)


class Decision(Part):
    """What was decided on an application, and why."""

    by: Text = for_staff("Who decided.")
    on: Date = for_staff("When.")
    reason: Text | None = for_staff("Why, in one sentence.", None)


class Interview(Part):
    """A talk before acceptance."""

    by: Text = for_staff("Who held it.")
    on: Date = for_staff("When.")
    rubric: dict[Slug, Mark] = for_staff(
        "Marks by question, 1 to 5: `expertise`, `enthusiasm`, `openness`, `discretion`, `patience`, `care`, `safety`, "
        "`hours`; a program may ask more.",
        {},
    )


class PrivateApplication(_Applied):
    """What belongs to an application and no other participant may learn; lies in `private/`."""

    record: ClassVar[str] = "private-application"
    veto: tuple[PersonId, ...] = for_staff("People the applicant must not be paired with; never shown to them.", ())
    conflicts: tuple[Conflict, ...] = for_staff("Ties that forbid a pair.", ())
    objections: tuple[Objection, ...] = for_staff("Words against proposals; never shown to the other side.", ())
    decision: Decision | None = for_staff("What was decided.", None)
    interview: Interview | None = for_staff("The talk before acceptance.", None)
    told: Flag = for_staff("Whether the applicant knows the decision.", False)
