"""A person as the program knows them: the profile that may be shown, and the private file that never is."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from toolkit.model.base import Part, Record
from toolkit.model.fields import (
    Date,
    FilePath,
    Integer,
    Language,
    PersonId,
    Slug,
    Text,
    Url,
    Zone,
    for_members,
    for_public,
    for_safeguarding,
    for_staff,
)

Modality = Literal["in-person", "virtual", "hybrid"]
Style = Literal["directive", "collaborative", "motivating", "sponsoring"]
ConsentKind = Literal["data", "profile-public", "notes", "photo", "recording", "story", "shared-background"]
_SLOT = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun) (([01][0-9]|2[0-3]):[0-5][0-9])-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z"
)


def _slot(value: object) -> object:
    found = _SLOT.match(value) if isinstance(value, str) else None
    if found and found.group(2) < found.group(4):
        return value
    hint = "write a weekday and two times, such as: tue 17:00-19:00"
    raise PydanticCustomError("wrong-type", "this is not a weekly time", {"hint": hint})


Slot = Annotated[
    str,
    BeforeValidator(_slot),
    WithJsonSchema(
        {"type": "string", "pattern": "^(mon|tue|wed|thu|fri|sat|sun) [0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$"}
    ),
]


class SpokenLanguage(Part):
    """A language and how well it is spoken."""

    shorthand: ClassVar[str] = "code"
    code: Language = for_public("Language code, such as en, es or fr.")
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2", "native"] | None = for_public(
        "How well, on the European scale.", None
    )


class Consent(Part):
    """What a person agreed to, when, and until when."""

    what: ConsentKind = for_staff("What is agreed to.")
    on: Date = for_staff("Day of the consent.")
    until: Date | None = for_staff("Last day on which it holds; without it, until withdrawn.", None)
    by: Text | None = for_staff("Who gave it, where that is not the person (a guardian).", None)

    def holds(self, day: datetime.date) -> bool:
        """Whether it was given by a day and has not run out on it."""
        return self.on <= day and (self.until is None or day <= self.until)


class Offer(Part):
    """A topic that a mentor can help with."""

    shorthand: ClassVar[str] = "topic"
    topic: Slug = for_public("Topic id from the topic lists.")
    strength: Integer = for_public("How strong, 1 to 5.", 3, ge=1, le=5)


class Seek(Part):
    """A topic that a mentee wants help with."""

    shorthand: ClassVar[str] = "topic"
    topic: Slug = for_public("Topic id from the topic lists.")
    priority: Integer = for_public("How important, 1 to 5.", 3, ge=1, le=5)


class MentorProfile(Part):
    """What a person brings as a mentor."""

    offers: tuple[Offer, ...] = for_members("Topics offered.", (), opens="profile-public")
    styles: tuple[Style, ...] = for_members("Ways of mentoring that come naturally.", (), opens="profile-public")
    capacity: Integer = for_staff("How many mentees at the same time.", 1, unit="people", ge=0, le=50)
    other_load: Integer = for_staff("Mentees and similar duties carried elsewhere.", 0, unit="people", ge=0, le=50)
    availability: tuple[Slot, ...] = for_staff("Weekly times that suit, in the person's own time zone.", ())
    modalities: tuple[Modality, ...] = for_members("How the mentor can meet.", ())
    experience_years: Integer | None = for_members("Years of experience in the field.", None, unit="years", ge=0, le=80)
    industries: tuple[Text, ...] = for_members("Fields of work.", ())


class MenteeProfile(Part):
    """What a person hopes for as a mentee."""

    seeks: tuple[Seek, ...] = for_members("Topics sought.", (), opens="profile-public")
    aims: Text | None = for_staff("What the person hopes to reach, in their own words.", None)
    preferred_styles: tuple[Style, ...] = for_staff("Ways of mentoring that suit.", ())
    availability: tuple[Slot, ...] = for_staff("Weekly times that suit, in the person's own time zone.", ())
    modalities: tuple[Modality, ...] = for_members("How the mentee can meet.", ())


class WorkingStyle(Part):
    """Where a person stands between two poles, 1 to 7 each."""

    pace: Integer | None = for_staff("1 let things ripen, 7 decide at once.", None, ge=1, le=7)
    structure: Integer | None = for_staff("1 open talk, 7 firm agenda.", None, ge=1, le=7)
    directness: Integer | None = for_staff("1 gentle hints, 7 plain words.", None, ge=1, le=7)
    focus: Integer | None = for_staff("1 people first, 7 task first.", None, ge=1, le=7)


class Person(Record):
    """One person of the program: the part of the profile that other people may come to see."""

    record: ClassVar[str] = "person"
    name: Text = for_members("Display name; an alias is fine.", opens="profile-public", max_length=200)
    pronouns: Text | None = for_members("Pronouns.", None)
    locale: Language | None = for_members("Language for messages and scaffolds.", None)
    languages: tuple[SpokenLanguage, ...] = for_members("Languages spoken.", ())
    timezone: Zone | None = for_members("IANA time zone.", None)
    organization: Text | None = for_members("Where the person works or studies.", None, opens="profile-public")
    role_title: Text | None = for_members("What the person does there.", None, opens="profile-public")
    level: Integer | None = for_members("Step on the program's ladder of experience, 1 lowest.", None, ge=0, le=99)
    strand: Slug | None = for_members("Family of skills, for teams.", None)
    site: Text | None = for_members("Place or branch.", None)
    bio: Text | None = for_members("A few sentences about oneself.", None, opens="profile-public")
    links: tuple[Url, ...] = for_members("Pages about the person.", (), opens="profile-public")
    photo: FilePath | None = for_members("Path of a picture; needs a consent of its own.", None, needs="photo")
    values: tuple[Slug, ...] = for_staff("Five values chosen from the cards, most important first.", (), max_length=5)
    working_style: WorkingStyle | None = for_staff("Working style on four scales.", None)
    communication_preferences: Text | None = for_members("How best to reach the person.", None)
    mentor: MentorProfile | None = for_members("Filled in by who wants to be a mentor.", None, opens="profile-public")
    mentee: MenteeProfile | None = for_members("Filled in by who wants a mentor.", None, opens="profile-public")
    consents: tuple[Consent, ...] = for_staff("What the person agreed to.", ())
    tags: tuple[Slug, ...] = for_staff("Words for sorting.", ())


class Contact(Part):
    """How staff reach a person."""

    email: Text | None = for_staff("E-mail address.", None)
    phone: Text | None = for_staff("Telephone number.", None)
    other: Text | None = for_staff("Another way.", None)


class Guardian(Part):
    """Who is responsible for a minor."""

    name: Text = for_safeguarding("Name.")
    contact: Text = for_safeguarding("How to reach them.")
    consent_on: Date | None = for_safeguarding("Day on which they consented.", None)


class Screening(Part):
    """One check that a person passed; never its content."""

    check: Slug = for_safeguarding("Which check.")
    result: Literal["cleared", "pending", "refused"] = for_safeguarding("Outcome, and nothing more.")
    on: Date = for_safeguarding("Day of the check.")
    expires: Date | None = for_safeguarding("Last day on which it holds.", None)


class Training(Part):
    """One course that a person took."""

    course: Slug = for_staff("Which course.")
    on: Date = for_staff("Day on which it was finished.")
    hours: Integer | None = for_staff("Length.", None, unit="hours", ge=0, le=500)
    evidence: Text | None = for_staff("Where that is written down.", None)


class PrivatePerson(Record):
    """What the program must know of a person and nobody else should read; lies in `private/`."""

    record: ClassVar[str] = "private-person"
    real_name: Text | None = for_staff("Full name, where the profile shows an alias.", None)
    contact: Contact | None = for_staff("How to reach the person.", None)
    birth_year: Integer | None = for_safeguarding(
        "Year of birth, where age matters.", None, unit="year", ge=1900, le=2100
    )
    guardian: Guardian | None = for_safeguarding("Who is responsible for a minor.", None)
    protected: dict[Slug, Text] = for_safeguarding("Self-described, optional, kept for a stated purpose.", {})
    accessibility_needs: Text | None = for_staff("What makes meeting possible.", None)
    screening: tuple[Screening, ...] = for_safeguarding("Checks passed.", ())
    training: tuple[Training, ...] = for_staff("Courses taken.", ())
    line_manager: PersonId | None = for_staff("Who manages or assesses the person.", None)
    emergency: Text | None = for_safeguarding("Whom to call in an emergency.", None)
    erased_on: Date | None = for_staff(
        "Day on which the person's data were deleted; the id must not be used again.", None
    )
    imported: dict[Text, Text] = for_staff("Answers of a sign-up form that no field takes, by column.", {})


def trained_on(
    taken: tuple[Training, ...], courses: tuple[str, ...], hours: int | None, today: datetime.date
) -> datetime.date | None:
    """The day on which somebody had taken all courses, and enough hours where the hours of all are known; None before it."""
    for day in sorted({each.on for each in taken if each.on <= today}):
        done = [each for each in taken if each.on <= day]
        lengths = [each.hours for each in done]
        enough = hours is None or None in lengths or sum(each or 0 for each in lengths) >= hours
        if enough and not set(courses) - {each.course for each in done}:
            return day
    return None
