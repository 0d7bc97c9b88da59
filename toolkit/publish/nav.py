"""The navigation of a site: its sections by name, the pages of an audience by path."""

from __future__ import annotations

from typing import Any

from toolkit.publish.audience import Kind
from toolkit.publish.community import PAGE as COMMUNITY
from toolkit.publish.community import RESOURCES
from toolkit.publish.measures import PAGE as MEASURES
from toolkit.publish.network import network_path
from toolkit.publish.paths import DOORS, by_phase, cohort_path, cohort_title, has_pairs, pair_path
from toolkit.publish.prose import attribute
from toolkit.publish.sheets import INDEX as SHEETS
from toolkit.publish.strings import Speech
from toolkit.publish.surveys import PAGE as SURVEYS
from toolkit.publish.view import View
from toolkit.publish.world import World


def navigation(world: World, speech: Speech, files: dict[str, str]) -> list[Any]:
    """The navigation: sections by name, pages by path; only what this audience has."""
    words = speech.table["nav"]
    own = [{words["pair"]: pair_path(world.audience.pair)}] if world.audience.kind is Kind.PAIR else []
    programs = [
        [
            f"programs/{program.id}/index.md",
            *_present(files, network_path(program)),
            *_cohort_nav(world, program, speech),
        ]
        for program in world.programs
    ]
    section: list[Any] = []
    if len(programs) == 1:
        section = [{words["program"]: programs[0]}]
    elif programs:
        named = zip(world.programs, programs, strict=True)
        section = [{words["programs"]: [{attribute(program.title): entry} for program, entry in named]}]
    people = [path for path in files if path.startswith("people/")]
    forms = [page for page in (SHEETS, SURVEYS, MEASURES, RESOURCES) if page in files]
    reference = [path for path in files if path.startswith("reference/")]
    return [
        {
            words["home"]: [
                "index.md",
                *(f"{door}.md" for door in DOORS),
                *_present(files, "stories.md"),
                *_present(files, COMMUNITY),
            ]
        },
        *own,
        {words["handbook"]: ["handbook/index.md", *_shelves(world, speech), *forms]},
        *section,
        *([{words["people"]: people}] if people else []),
        *({words["care"]: page} for page in _present(files, "care.md")),
        *({words["problems"]: page} for page in _present(files, "problems.md")),
        {words["reference"]: reference},
    ]


def _shelves(world: World, speech: Speech) -> list[Any]:
    """The guides by phase, each phase a section that opens: a list of all of them is longer than a screen."""
    phases = speech.table["phases"]
    shelves: dict[str, list[str]] = {}
    for guide in sorted(world.guides, key=by_phase):
        shelves.setdefault(guide.phase or "any", []).append(f"handbook/{guide.id}.md")
    return [{attribute(phases[phase]): pages} for phase, pages in shelves.items()]


def _present(files: dict[str, str], page: str) -> list[str]:
    """The page, where this audience has it."""
    return [page] if page in files else []


def _cohort_nav(world: World, program: View, speech: Speech) -> list[Any]:
    """The cohorts of a program, the latest first."""
    found = []
    for cohort in sorted(world.cohorts_of(program.id), key=lambda each: (each.starts, each.id), reverse=True):
        below = [cohort_path(cohort)]
        if has_pairs(world, cohort):
            below.append(cohort_path(cohort, "pairs"))
        if world.audience.kind is Kind.STAFF:
            below += [cohort_path(cohort, "dashboard"), cohort_path(cohort, "matching")]
        found.append({attribute(cohort_title(cohort, speech)): below})
    return found
