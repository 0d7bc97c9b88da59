"""An instrument: the items of a survey in every language, their scale, how they are scored, and who may use them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from toolkit.model.base import Part, Record
from toolkit.model.fields import (
    Date,
    Flag,
    Integer,
    Language,
    Number,
    ReferenceId,
    Refers,
    Slug,
    Text,
    Url,
    for_public,
    for_staff,
)

Words = dict[Language, Text]
"""One text in several languages."""
InstrumentId = Annotated[Slug, Refers("instrument")]
ItemKind = Literal["likert", "single", "multi", "text", "number"]
OPEN_LICENSES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0")
"""Licenses under which anybody may ask the items, without a permission of their own."""
COMPARED = ("likert", "number")
"""How items are answered whose answers can be compared between two waves."""
_MARK = 12


class Option(Part):
    """One answer to choose."""

    id: Slug = for_public("Name of the answer in a table.")
    text: Words = for_public("The answer, by language.", {})


class Item(Part):
    """One thing that is asked."""

    id: Slug = for_public("Name of the item in a table; it stays the same for ever.")
    kind: ItemKind = for_public(
        "How it is answered: on the scale (`likert`), by one or several of the options, in words, or with a number.",
        "likert",
    )
    text: Words = for_public("What is asked, by language.", {})
    options: tuple[Option, ...] = for_public("The answers to choose from.", ())
    subscale: Slug | None = for_public("The part of the score it belongs to.", None)
    reverse: Flag = for_public("Whether a high answer means little of what is asked for.", False)
    roles: tuple[Literal["mentor", "mentee"], ...] = for_public("Who is asked.", ("mentor", "mentee"))


class Scale(Part):
    """The numbers that are answered with, and what its two ends mean."""

    min: Integer = for_public("Lowest number.", 1, ge=0, le=100)
    max: Integer = for_public("Highest number.", 5, ge=1, le=100)
    low: Words = for_public("What the lowest number means, by language.", {})
    high: Words = for_public("What the highest number means, by language.", {})


class Subscale(Part):
    """A part of the score."""

    id: Slug = for_public("Name in a table.")
    title: Words = for_public("Name shown to people, by language.", {})
    count: Integer | None = for_public("How many items belong to it, where they are not here.", None, ge=1, le=500)


class Scoring(Part):
    """How the answers on the scale become one number; reversed items are turned first."""

    shorthand: ClassVar[str] = "method"
    method: Literal["mean", "sum", "none"] = for_public("Mean, sum, or each item for itself.", "mean")
    min_answered: Integer | None = for_public("Fewest answers for a score; else all.", None, ge=1, le=500)


class License(Part):
    """Who owns the items, and what allows this program to ask them."""

    shorthand: ClassVar[str] = "id"
    id: Text = for_public("Short name of the license, such as CC0-1.0, or what the owner calls the terms.")
    holder: Text | None = for_public("Who owns the items.", None)
    permission: Text | None = for_staff("Where the permission is kept, for items that are not free.", None)
    url: Url | None = for_public("Where the terms, or the items, are found.", None)
    checked_on: Date | None = for_public("When somebody last read the terms.", None)


class Reliability(Part):
    """How alike the items answer, and of whom that is known."""

    alpha: Text = for_public("Cronbach's alpha as published: a number, or from the lowest to the highest.")
    sd: Number | None = for_public("Standard deviation in that group.", None)
    population: Text = for_public("In which group.")


class Instrument(Record):
    """A set of items with their scale, scoring, languages and license; a wave of a cohort sends one."""

    record: ClassVar[str] = "instrument"
    title: Words = for_public("Name, by language.", min_length=1)
    about: Words = for_public("What it asks about, in a sentence, by language.", {})
    intro: Words = for_public("What people read before they answer, by language.", {})
    repeats: InstrumentId | None = for_public(
        "An instrument whose items on the scale, and those for a number, are asked first again, word for word.", None
    )
    items: tuple[Item, ...] = for_public("The items, in their order.", ())
    count: Integer | None = for_public("How many items it has, where they are not here.", None, ge=1, le=500)
    scale: Scale | None = for_public("The scale of the items that are answered with a number on it.", None)
    subscales: tuple[Subscale, ...] = for_public("The parts of the score.", ())
    scoring: Scoring = for_public("How it is scored.", Scoring)
    license: License | None = for_public("Who may use it.", None)
    source: ReferenceId | None = for_public("Where it was published.", None)
    reliability: Reliability | None = for_public("What is known of its reliability.", None)
    validated: Flag = for_public("Whether a study has shown that it measures what it says.", False)
    adapter_only: Flag = for_public(
        "Whether the items stay with their owner: only what is needed for scoring stands here.", False
    )
    fingerprint: Text | None = for_public(
        "Mark of items, order and scale as they must stay.", None, pattern="^[0-9a-f]{12}$"
    )

    def texts(self) -> Iterator[Words]:
        """Every text that people read when they answer."""
        for item in self.items:
            yield item.text
            yield from (option.text for option in item.options)
        if self.scale is not None and any(item.kind == "likert" for item in self.items):
            yield from (self.scale.low, self.scale.high)

    def has_items(self) -> bool:
        """Whether the words of an item stand here."""
        return any(item.text for item in self.items)


def mark_of(instrument: Instrument) -> str:
    """The fingerprint of items, order and scale: what changes it makes another instrument with the same name."""
    scale = instrument.scale
    lines = [] if scale is None else [f"{scale.min}-{scale.max}", *_said(scale.low), *_said(scale.high)]
    for item in instrument.items:
        lines += [item.id, item.kind, str(item.reverse), *_said(item.text)]
        for option in item.options:
            lines += [option.id, *_said(option.text)]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:_MARK]


def _said(words: Words) -> list[str]:
    return [f"{language}={' '.join(text.split())}" for language, text in sorted(words.items())]


def asked(instrument: Instrument, known: Mapping[str, Instrument]) -> tuple[tuple[Item, Scale | None], ...]:
    """The items that people see, each with its scale: of a repeated instrument those that can be compared, then its own."""
    before = known.get(instrument.repeats) if instrument.repeats else None
    if before is None or before is instrument:
        return tuple((item, instrument.scale) for item in instrument.items)
    first = tuple((item, before.scale) for item in before.items if item.kind in COMPARED)
    return (*first, *((item, instrument.scale or before.scale) for item in instrument.items))


def said_in(words: Mapping[str, str], language: str) -> str:
    """A text in a language, else in its base, else in English, else in the first language it has."""
    for each in (language, language.partition("-")[0], "en"):
        if each in words:
            return words[each]
    return next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class Question:
    """One item as people read it; `numbers` are those of its scale, `only` is the role that alone is asked."""

    kind: ItemKind
    text: str
    options: tuple[str, ...]
    numbers: tuple[int, ...]
    low: str
    high: str
    only: str


def question(item: Item, scale: Scale | None, language: str) -> Question:
    """An item in a language, with the numbers and the ends of its scale where it is answered on one."""
    rated = scale if item.kind == "likert" else None
    return Question(
        item.kind,
        said_in(item.text, language),
        tuple(said_in(option.text, language) for option in item.options),
        tuple(range(rated.min, rated.max + 1)) if rated else (),
        said_in(rated.low, language) if rated else "",
        said_in(rated.high, language) if rated else "",
        item.roles[0] if len(item.roles) == 1 else "",
    )
