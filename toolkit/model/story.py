"""A story of mentoring that its people let others read."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Record
from toolkit.model.fields import Date, PersonId, Text, for_members, for_staff
from toolkit.model.pair import Dated


class Story(Record):
    """A story that somebody of the program tells; it is shown as long as everybody named in it consents."""

    record: ClassVar[str] = "story"
    title: Text = for_members("Its title.", opens="story", needs="story", max_length=200)
    by: PersonId = for_members("Who tells it.", opens="story", needs="story")
    about: tuple[PersonId, ...] = for_members("Who else is told of.", (), opens="story", needs="story")
    consent: tuple[Dated, ...] = for_staff("Who has read this text and agreed to it, and when.", ())
    audience: Literal["members", "public"] = for_staff("Whom it is meant for.", "members")
    until: Date | None = for_staff("Last day on which it is shown.", None)
    language: Literal["en", "es", "fr"] | None = for_members("Its language.", None, opens="story", needs="story")
    body: Text = for_members("The story.", "", opens="story", needs="story")

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of all who are named: the teller first."""
        return tuple(dict.fromkeys((self.by, *self.about)))
