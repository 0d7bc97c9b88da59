"""A handbook page, and what guides lean on: topic lists and the references they cite."""

from __future__ import annotations

import hashlib
from typing import ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import Date, Flag, Integer, Language, ReferenceId, Slug, StandardId, Text, Url, for_public

Audience = Literal["mentee", "mentor", "coordinator", "sponsor"]
_MARK = 12
Phase = Literal["design", "recruit", "prepare", "match", "start", "sustain", "close", "evaluate"]


class Ask(Part):
    """A question that the guide answers, in the words in which people ask it: pages list it and search finds it."""

    shorthand: ClassVar[str] = "ask"
    ask: Text = for_public("The question.", max_length=160)
    at: Text | None = for_public("The heading that answers it, by its name.", None, pattern=r"^[\w-]+$")
    who: tuple[Audience, ...] = for_public("Who asks it, where that is not everybody the guide is for.", ())
    often: Flag = for_public("Whether many ask it: it stands before the others.", False)


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
    standards: tuple[StandardId, ...] = for_public("Standards it helps to meet.", ())
    asks: tuple[Ask, ...] = for_public("Questions that it answers.", ())
    draft: Flag = for_public("Whether it is still being written; a draft is never published.", False)
    body: Text = for_public("The guide.", "")


class GuideTranslation(Record):
    """A guide in another language; for whom it is, and when, its sources and standards are said by the guide itself."""

    record: ClassVar[str] = "guide-translation"
    title: Text = for_public("Title of the page.", max_length=200)
    summary: Text | None = for_public("One sentence for cards and search.", None, max_length=200)
    translator: Text | None = for_public("Who translated it.", None)
    reviewed_by: Text | None = for_public("Who read it in this language before it was published.", None)
    reviewed_on: Date | None = for_public("When it was last reviewed in this language.", None)
    translates: Text | None = for_public(
        "Which state of the guide it says: `mentoring i18n mark` writes it.", None, pattern="^[0-9a-f]{12}$"
    )
    asks: tuple[Ask, ...] = for_public("Questions that it answers, in this language.", ())
    partly: Flag = for_public("Whether parts of it are still missing.", False)
    body: Text = for_public("The guide.", "")

    @property
    def language(self) -> str:
        """The language it is in: the file's name says so."""
        return self.origin.language


def fingerprint(guide: Guide) -> str:
    """Give the mark of what a guide says now: its title, its summary and its text, whatever its line ends are."""
    said = "\n".join((guide.title or "", guide.summary or "", guide.body.strip("\n")))
    return hashlib.sha256(said.replace("\r\n", "\n").encode("utf-8")).hexdigest()[:_MARK]


TranslationState = Literal["current", "stale", "partly", "missing"]


def translated(guide: Guide, translation: GuideTranslation | None) -> TranslationState:
    """How a translation stands to what its guide says now."""
    if translation is None:
        return "missing"
    if translation.partly:
        return "partly"
    return "current" if translation.translates == fingerprint(guide) else "stale"


class Topic(Part):
    """One subject that mentors offer and mentees seek."""

    id: Slug = for_public("Id used in offers and seeks.")
    title: Text = for_public("Name shown to people.")
    titles: dict[Language, Text] = for_public("Name in further languages of the site, each under its code.", {})


class TopicList(Record):
    """A list of topics that offers and seeks are chosen from."""

    record: ClassVar[str] = "topic-list"
    title: Text = for_public("Name of the list.")
    titles: dict[Language, Text] = for_public("Name in further languages of the site, each under its code.", {})
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
