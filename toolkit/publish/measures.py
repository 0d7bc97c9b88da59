"""The measures of outcomes in the page's language: what each counts, which way is better, and which programs look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast, get_args

from toolkit.model.instrument import asked, said_in
from toolkit.model.measure import Domain, Level
from toolkit.publish.strings import Speech
from toolkit.publish.surveys import Page
from toolkit.publish.view import View
from toolkit.publish.world import World

PAGE = "measures.md"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure as it is read, in the language `tongue`.

    `survey` is the title of the instrument and `question` what of it the measure is computed from; `used` are the programs
    that look at it, each with whether it is their primary outcome.
    """

    record: View
    tongue: str
    title: str
    about: str
    unit: str
    source: str
    caution: str
    survey: str
    question: str
    used: tuple[tuple[View, bool], ...]


def measure_pages(world: World, speech: Speech) -> Iterator[Page]:
    """The page of all measures, by whose outcome they are."""
    levels, domains = get_args(Level), get_args(Domain)
    found = [_outcome(world, each, speech.language) for each in world.measures]
    ordered = sorted(found, key=lambda each: (levels.index(each.record.level), domains.index(each.record.domain)))
    if ordered:
        shelves = [(level, list(group)) for level, group in groupby(ordered, key=lambda each: each.record.level)]
        yield PAGE, "measures", {"shelves": shelves}


def outcomes_of(world: World, program: View, speech: Speech) -> tuple[Outcome, ...]:
    """What a program looks at, its primary outcome first."""
    known = {each.id: each for each in world.measures}
    return tuple(_outcome(world, known[each], speech.language) for each in program.outcomes if each in known)


def titles_of(world: World, speech: Speech) -> dict[str, str]:
    """The titles of all measures, by id."""
    return {each.id: said_in(each.title, speech.language) for each in world.measures}


def _outcome(world: World, record: View, language: str) -> Outcome:
    survey = next((each for each in world.instruments if each.id == record.instrument), None)
    return Outcome(
        record,
        next((each for each in (language, "en", *record.title) if each in record.title), language),
        said_in(record.title, language),
        said_in(record.about, language),
        said_in(record.unit, language),
        said_in(record.source, language),
        said_in(record.cautions, language),
        said_in(survey.title, language) if survey else "",
        _question(world, survey, record, language) if survey else "",
        tuple((each, each.outcomes[0] == record.id) for each in world.programs if record.id in each.outcomes),
    )


def _question(world: World, survey: View, record: View, language: str) -> str:
    """What of a survey a measure is computed from: the words of one item, else the title of a part of the score."""
    known = {each.id: each for each in world.instruments}
    items = {item.id: item.text for item, _ in asked(cast(Any, survey), cast(Any, known))}
    parts = {each.id: each.title for each in survey.subscales}
    words = items.get(record.item) or parts.get(record.subscale)
    return said_in(words, language) if words else ""
