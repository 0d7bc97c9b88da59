"""From a world to its pages: a pure function that gives every file of a site's source, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model.program import PAST
from toolkit.publish.asked import asked_by, folded
from toolkit.publish.audience import Kind
from toolkit.publish.care import care_values
from toolkit.publish.charts import shares
from toolkit.publish.community import community_pages, resource_pages
from toolkit.publish.desk import Desk, by_name, has_home
from toolkit.publish.extras import Extras
from toolkit.publish.foot import feet
from toolkit.publish.guides import source_line
from toolkit.publish.library import form_pages, handbook_pages, reference_pages
from toolkit.publish.nav import navigation
from toolkit.publish.participation import people_pages, program_pages
from toolkit.publish.paths import (
    DOORS,
    HIDDEN,
    by_phase,
    cohort_path,
    cohort_title,
    has_pairs,
    pair_path,
    people_page,
)
from toolkit.publish.prose import inline
from toolkit.publish.readability import counted
from toolkit.publish.render import Renderer
from toolkit.publish.spoken import name_of, source_of, spoken
from toolkit.publish.staff import place_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


@dataclass(frozen=True, slots=True)
class Site:
    """The source of a site: its files by path, its navigation, the pattern of pages outside it, and its words."""

    title: str
    files: dict[str, str]
    nav: list[Any]
    hidden: str
    extra: dict[str, Any]


def pages(world: World, speech: Speech, extras: Extras, templates: tuple[Path, ...]) -> Site:
    """Write every page that this audience gets, in one language.

    `templates` are the folders of templates, the first one first. Raises ToolkitError where a template fails or links
    to a page that is not there.
    """
    reading = counted(world, speech)
    world = spoken(world, speech)
    names = {person.id: person.name for person in world.people if person.name}
    renderer = Renderer(templates, speech, names, _common(world, speech, names))
    files = dict(_all(Desk(world, speech, renderer, extras, reading)))
    for source, target in sorted(renderer.links):
        if target not in files:
            raise ToolkitError(f"the template of {source} links to {target}, which is not on this site")
    return Site(world.title, files, navigation(world, speech, files), HIDDEN, _extra(world, speech))


def _common(world: World, speech: Speech, names: dict[str, str]) -> dict[str, Any]:
    return {
        "world": world,
        "audience": world.audience.kind.value,
        "today": world.today,
        "titled": lambda cohort: cohort_title(cohort, speech),
        "pair_path": pair_path,
        "person_path": {person.id: f"people/{people_page(at)}" for at, person in enumerate(by_name(world.people))}.get,
        "named": lambda ident: name_of(world, speech, ident),
        "source_line": source_line,
        "source_language": source_of(world, speech),
        "shares": shares,
    }


def _all(desk: Desk) -> Iterator[tuple[str, str]]:
    yield from _start(desk)
    yield from handbook_pages(desk)
    yield from form_pages(desk)
    yield from program_pages(desk)
    yield from people_pages(desk)
    yield from reference_pages(desk)
    for path, template, values in (*community_pages(desk.world), *resource_pages(desk.world)):
        yield desk.page(path, template, **values)
    if desk.world.stories:
        yield desk.page("stories.md", "stories", stories=desk.world.stories)
    if desk.world.audience.kind is Kind.STAFF:
        counts = {
            severity: sum(each.severity.value == severity for each in desk.world.diagnostics)
            for severity in ("error", "warning", "note")
        }
        codes = {rule.code for rule in desk.extras.rules}
        yield desk.page("problems.md", "problems", counts=counts, codes=codes, place=place_of)
        care = care_values(desk.world, desk.speech)
        if care:
            yield desk.page("care.md", "care", **care)


def _start(desk: Desk) -> Iterator[tuple[str, str]]:
    """The first page and its three doors."""
    world = desk.world
    dates = _next_dates(world)
    own = world.pair(world.audience.pair) if world.audience.kind is Kind.PAIR else None
    boards = _boards(world)
    yield desk.page("index.md", "home", dates=dates, own=own, boards=boards)
    lists = [(cohort, cohort_path(cohort, "pairs")) for cohort in world.cohorts if has_pairs(world, cohort)]
    for door in DOORS:
        guides = sorted((guide for guide in world.guides if door in guide.audience), key=by_phase)
        questions, more = folded(asked_by(guides, door))
        shown = dates if door != "coordinator" or world.audience.kind is not Kind.STAFF else dates[:3]
        yield desk.page(
            f"{door}.md",
            "door",
            door=door,
            guides=[guide for guide in guides if guide.audience[0] == door],
            also=[guide for guide in guides if guide.audience[0] != door],
            questions=questions,
            more=more,
            dates=shown,
            own=own,
            lists=lists,
            boards=boards,
        )


def _boards(world: World) -> list[tuple[View, str]]:
    """The dashboards of cohorts that are not over, the running one first; for the staff alone."""
    if world.audience.kind is not Kind.STAFF:
        return []
    open_ones = [each for each in world.cohorts if each.status not in PAST and has_home(world, each)]
    return [(each, cohort_path(each, "dashboard")) for each in sorted(open_ones, key=lambda each: each.starts)]


def _next_dates(world: World) -> list[tuple[View, View]]:
    """The next dates of cohorts that are not over, the soonest first."""
    found = [(cohort, date) for cohort in world.cohorts if cohort.status not in PAST for date in cohort.next_dates]
    return sorted(found, key=lambda each: (each[1].on, each[0].key, each[1].kind, each[1].name))[:6]


def _extra(world: World, speech: Speech) -> dict[str, Any]:
    """Words for the theme's own pages, escaped here because the theme writes them as they are."""
    lost = {**speech.table["lost"], **{door: speech.table["home"][door] for door in DOORS}}
    menu = str(inline(speech.table["nav"]["menu"]))
    return {
        "foot": feet(world, speech),
        "menu": menu,
        "lost": {key: str(inline(text)) for key, text in lost.items()},
    }
