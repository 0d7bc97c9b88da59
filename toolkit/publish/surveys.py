"""The surveys of a program in the page's language: what each asks, how it is scored, and who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from toolkit.model.instrument import Question, asked, question, said_in
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

PAGE = "instruments.md"
Page = tuple[str, str, dict[str, Any]]
"""A page to be written: its path, its template, and what the template gets."""


@dataclass(frozen=True, slots=True)
class Survey:
    """An instrument as it is read, its title in the language `tongue`.

    `sent` are the cohorts that send it, `form` is the page that prints it.
    """

    record: View
    title: str
    tongue: str
    about: str
    intro: str
    items: tuple[Question, ...]
    parts: tuple[tuple[str, int | None], ...]
    sent: tuple[View, ...]
    form: str


def survey_pages(world: World, speech: Speech) -> Iterator[Page]:
    """The page of all surveys, and a form to print for each whose items are here."""
    surveys = tuple(_survey(world, each, speech.language) for each in world.instruments)
    if not surveys:
        return
    own = [each for each in surveys if each.items]
    kept = [each for each in surveys if not each.items]
    yield PAGE, "instruments", {"own": own, "kept": kept}
    for each in own:
        yield each.form, "survey", {"survey": each, "night": _night(world, each)}


def _night(world: World, survey: Survey) -> list[View]:
    """The programs to turn to at night: those that send the survey, else all, as far as they name somebody for it."""
    ours = {each.program for each in survey.sent} or {each.id for each in world.programs}
    return [each for each in world.programs if each.id in ours and each.support and each.support.urgent]


def _survey(world: World, record: View, language: str) -> Survey:
    known = {each.id: each for each in world.instruments}
    titles = {each.id: said_in(each.title, language) for each in record.subscales}
    pairs = asked(cast(Any, record), cast(Any, known))
    items = tuple(question(item, scale, language) for item, scale in pairs if item.text)
    sent = tuple(each for each in world.cohorts if any(wave.instrument == record.id for wave in each.waves))
    return Survey(
        record,
        said_in(record.title, language),
        next((each for each in (language, "en", *record.title) if each in record.title), language),
        said_in(record.about, language),
        said_in(record.intro, language),
        items,
        tuple((titles[each.id] or each.id, each.count) for each in record.subscales),
        sent,
        f"print/survey-{record.id}.md",
    )
