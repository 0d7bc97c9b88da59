"""A handbook page, and what guides lean on: topic lists and the references they cite."""

from __future__ import annotations

from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, Integer, ReferenceId, Slug, Text, Url, for_public

Audience = Literal["mentee", "mentor", "coordinator", "sponsor"]
Phase = Literal["design", "recruit", "prepare", "match", "start", "sustain", "close", "evaluate"]


class Guide(Record):
    """A page of the handbook, written for an audience and a phase of the program."""

    record: ClassVar[str] = "guide"
    title: Text | None = for_public("Title of the page.", None, max_length=200)
    summary: Text | None = for_public("One sentence for cards and search.", None, max_length=200)
    audience: tuple[Audience, ...] = for_public("Who it is for.", ())
    phase: Phase | None = for_public("When it is needed.", None)
    author: Text | None = for_public("Who wrote it.", None)
    reviewed_by: Text | None = for_public("Who read it before it was published.", None)
    reviewed_on: Date | None = for_public("When it was last reviewed.", None)
    sources: tuple[ReferenceId, ...] = for_public("References it draws on.", ())
    standards: tuple[Slug, ...] = for_public("Standards it helps to meet.", ())
    draft: Flag = for_public("Whether it is still being written; a draft is never published.", False)
    body: Text = for_public("The guide.", "")


class Topic(Part):
    """One subject that mentors offer and mentees seek."""

    id: Slug = for_public("Id used in offers and seeks.")
    title: Text = for_public("Name shown to people.")


class TopicList(Record):
    """A list of topics that offers and seeks are chosen from."""

    record: ClassVar[str] = "topic-list"
    title: Text = for_public("Name of the list.")
    topics: tuple[Topic, ...] = for_public("The topics.", min_length=1)


class Reference(Part):
    """A source that guides cite."""

    key: Slug = for_public("Key used in `[@key]`.")
    title: Text = for_public("Title.")
    authors: Text = for_public("Who wrote it.")
    year: Integer | None = for_public("Year.", None, ge=1800, le=2100)
    where: Text | None = for_public("Journal, publisher or site.", None)
    doi: Text | None = for_public("Digital object identifier.", None)
    url: Url | None = for_public("Web address.", None)
    kind: Literal["book", "article", "report", "website", "standard"] = for_public("Kind of source.")
    note: Text | None = for_public("What of it was read, and any caution.", None)


class References(Record):
    """The sources that the handbook cites."""

    record: ClassVar[str] = "reference-list"
    references: tuple[Reference, ...] = for_public("The sources.", min_length=1)
