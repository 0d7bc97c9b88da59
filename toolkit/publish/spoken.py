"""A world in the words of one language: names are joined, dates are named, the site has a title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.publish.strings import Speech
from toolkit.publish.view import View, extended
from toolkit.publish.world import World


def spoken(world: World, speech: Speech) -> World:
    """Give the world that pages, calendars and tables are written from: a projection says what, a language how."""
    translated = {each.id: each for each in world.translations if each.language == speech.language}
    source = source_of(world, speech)
    return replace(
        world,
        title=world.title or speech.table["title"],
        programs=tuple(_program(view, speech.language, source) for view in world.programs),
        cohorts=tuple(_cohort(view, speech, source) for view in world.cohorts),
        topic_lists=tuple(_topics(view, speech.language, source) for view in world.topic_lists),
        guides=tuple(_guide(view, translated.get(view.id), source, speech.language) for view in world.guides),
        pairs=tuple(extended(view, display=speech.names(view.names)) for view in world.pairs),
    )


def source_of(world: World, speech: Speech) -> str:
    """The language in which guides and the program's own texts are written: the first one of the site."""
    return str(next(iter(world.settings.languages), speech.language))


def _guide(view: View, translation: View | None, source: str, language: str) -> View:
    """A guide as it reads in a language: its translation, else itself; `told` is what readers are to know of that.

    A translation into the site's own language takes the guide's place: shipped guides are English wherever they are.
    """
    if translation is None:
        return extended(view, language=source, translator=None, told="" if language == source else "missing")
    told = "partly" if translation.partly else "" if translation.current else "stale"
    names = ("title", "summary", "asks", "body", "translator", "reviewed_by", "reviewed_on", "record_path")
    return extended(view, language=language, told=told, **{name: translation[name] for name in names})


def _topics(view: View, language: str, source: str) -> View:
    """A list of topics by the names in a language; what has none keeps its own, and `language` says which that is."""
    return extended(
        _titled(view, language, source), topics=tuple(_titled(each, language, source) for each in view.topics)
    )


def _titled(view: View, language: str, source: str) -> View:
    own = view.titles.get(language)
    return extended(view, title=own or view.title, language=language if own else source)


def _program(view: View, language: str, source: str) -> View:
    own = view.purposes.get(language)
    return extended(view, purpose=own or view.purpose, language=language if own else source)


def _cohort(view: View, speech: Speech, source: str) -> View:
    named = {name: _told_once(_date(each, speech) for each in view[name]) for name in ("dates", "next_dates")}
    return extended(_titled(view, speech.language, source), **named)


def _told_once(dates: Iterable[View]) -> tuple[View, ...]:
    """Dates without those that say the same of the same days: two surveys that open together are one thing to do."""
    return tuple({(each.on, each.until, each.what): each for each in dates}.values())


def _date(view: View, speech: Speech) -> View:
    words = {**speech.table["year"]["spans"], **speech.table["dates"]}
    return extended(view, what=str(words[view.kind]).format(name=view.name))


def name_of(world: World, speech: Speech, ident: str | None) -> str:
    """A person's name; `a member` where this audience may not know it."""
    person = world.person(ident)
    return speech.names((str(person.name) if person is not None and person.name else "",))
