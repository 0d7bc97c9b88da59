"""A world in the words of one language: names are joined, dates are named, the site has a title."""

from __future__ import annotations

from dataclasses import replace

from toolkit.publish.strings import Speech
from toolkit.publish.view import View, extended
from toolkit.publish.world import World


def spoken(world: World, speech: Speech) -> World:
    """Give the world that pages, calendars and tables are written from: a projection says what, a language how."""
    return replace(
        world,
        title=world.title or speech.table["title"],
        cohorts=tuple(_cohort(view, speech) for view in world.cohorts),
        pairs=tuple(extended(view, display=speech.names(view.names)) for view in world.pairs),
    )


def _cohort(view: View, speech: Speech) -> View:
    named = {name: tuple(_date(each, speech) for each in view[name]) for name in ("dates", "next_dates")}
    return extended(view, **named)


def _date(view: View, speech: Speech) -> View:
    return extended(view, what=str(speech.table["dates"][view.kind]).format(name=view.name))


def name_of(world: World, speech: Speech, ident: str | None) -> str:
    """A person's name; `a member` where this audience may not know it."""
    person = world.person(ident)
    return speech.names((str(person.name) if person is not None and person.name else "",))
