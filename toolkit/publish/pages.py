"""From a world to its pages: a pure function that gives every file of a site's source, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import RECORDS, Cohort, Program, Visibility
from toolkit.publish.audience import Kind
from toolkit.publish.care import care_values
from toolkit.publish.charts import shares
from toolkit.publish.guides import body_of, has_title, source_line
from toolkit.publish.noteform import note_path, note_values, writes
from toolkit.publish.pairpage import members, pair_values
from toolkit.publish.prose import attribute, inline
from toolkit.publish.readers import visibility_table
from toolkit.publish.reference import record_docs, settings_doc
from toolkit.publish.render import Renderer
from toolkit.publish.sheet import name_of, sheet_of
from toolkit.publish.staff import person_sheets, place_of, staff_values
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

PHASES = ("design", "recruit", "prepare", "match", "start", "sustain", "close", "evaluate")
DOORS = ("mentee", "mentor", "coordinator")
STATES = ("recent", "due", "silent", "paused", "closed")
# What the page of a cohort shows in places of its own.
_ON_COHORT = (
    *("title", "status", "starts", "ends", "model", "modality", "cadence", "planned_sessions", "capacity"),
    *("applications", "training", "waves", "breaks", "rematch_until"),
)
_ON_PROGRAM = (
    *("title", "purpose", "models", "organization_goals", "sponsor", "support", "targets", "logic_model", "privacy"),
    *("languages", "funding_disclosure", "code_of_conduct", "since"),
)
PEOPLE_A_PAGE = 120
HIDDEN = "/programs/*/*/pairs/*"
"""The pages that stay out of the navigation: every page carries the whole of it, and there may be hundreds of pairs."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule as the reference shows it; `text` is its page in Markdown, without the sentence of `fix`."""

    code: str
    severity: str
    text: str
    fix: str = ""
    private: bool = False
    privacy: bool = False


@dataclass(frozen=True, slots=True)
class CommandPage:
    """A command as the reference shows it; `options` are pairs of how it is written and what it does."""

    name: str
    usage: str
    text: str
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What the reference shows beside the records: rules and commands, as plain data."""

    rules: tuple[RulePage, ...] = ()
    commands: tuple[CommandPage, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every text in it."""
        rules = [text for rule in self.rules for text in (rule.code, rule.text, rule.fix)]
        commands = [text for each in self.commands for text in (each.name, each.usage, each.text, each.example)]
        return (*rules, *commands, *(text for each in self.commands for option in each.options for text in option))


@dataclass(frozen=True, slots=True)
class Site:
    """The source of a site: its files by path, its navigation, the pattern of pages outside it, and its words."""

    title: str
    files: dict[str, str]
    nav: list[Any]
    hidden: str
    extra: dict[str, Any]


def pages(world: World, strings: dict[str, Any], extras: Extras, templates: tuple[Path, ...]) -> Site:
    """Write every page that this audience gets.

    `strings` are the words of one language, `templates` the folders of templates, the first one first. Raises
    ToolkitError where a template fails or links to a page that is not there.
    """
    speech = Speech(strings)
    names = {person.id: person.name for person in world.people if person.name}
    renderer = Renderer(templates, speech, names, _common(world, speech, names))
    files = dict(_all(_Desk(world, speech, renderer, extras)))
    for source, target in sorted(renderer.links):
        if target not in files:
            raise ToolkitError(f"the template of {source} links to {target}, which is not on this site")
    return Site(world.title, files, _nav(world, speech, files), HIDDEN, _extra(world, speech))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every page is written with."""

    world: World
    speech: Speech
    renderer: Renderer
    extras: Extras

    def page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        return path, self.renderer.page(f"{template}.md.j2", path, **values)


def _common(world: World, speech: Speech, names: dict[str, str]) -> dict[str, Any]:
    return {
        "world": world,
        "audience": world.audience.kind.value,
        "today": world.today,
        "titled": lambda cohort: _cohort_title(cohort, speech),
        "pair_path": pair_path,
        "person_path": {person.id: f"people/{_people_page(at)}" for at, person in enumerate(_sorted(world.people))}.get,
        "named": lambda ident: name_of(world, ident),
        "source_line": source_line,
        "shares": shares,
    }


def _all(desk: _Desk) -> Iterator[tuple[str, str]]:
    yield from _start(desk)
    yield from _handbook(desk)
    yield from _programs(desk)
    yield from _people(desk)
    yield from _reference(desk)
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


def pair_path(key: str) -> str:
    """The path of a pair's page."""
    program, cohort, pair = key.split("/")
    return f"programs/{program}/{cohort}/pairs/{pair}.md"


def _cohort_title(cohort: View, speech: Speech) -> str:
    return cohort.title or str(speech.table["cohort"]["cohort"]).format(id=cohort.id)


def _cohort_path(cohort: View, page: str = "index") -> str:
    return f"programs/{cohort.program}/{cohort.id}/{page}.md"


def _has_pairs(world: World, cohort: View) -> bool:
    return world.audience.kind is not Kind.PUBLIC and bool(world.pairs_of(cohort.key))


def _start(desk: _Desk) -> Iterator[tuple[str, str]]:
    """The first page and its three doors."""
    world = desk.world
    dates = _next_dates(world)
    own = world.pair(world.audience.pair) if world.audience.kind is Kind.PAIR else None
    support = _support(world)
    yield desk.page("index.md", "home", dates=dates, own=own, support=support)
    lists = [(cohort, _cohort_path(cohort, "pairs")) for cohort in world.cohorts if _has_pairs(world, cohort)]
    for door in DOORS:
        guides = sorted((guide for guide in world.guides if door in guide.audience), key=_phase)
        shown = dates if door != "coordinator" or world.audience.kind is not Kind.STAFF else dates[:3]
        yield desk.page(f"{door}.md", "door", door=door, guides=guides, dates=shown, own=own, lists=lists)


def _support(world: World) -> View | None:
    found = [program.support for program in world.programs if program.support]
    return found[0] if found else None


def _next_dates(world: World) -> list[tuple[View, View]]:
    """The next dates of cohorts that are not over, the soonest first."""
    found = [
        (cohort, date)
        for cohort in world.cohorts
        if cohort.status not in ("closed", "archived")
        for date in cohort.next_dates
    ]
    return sorted(found, key=lambda each: (each[1].on, each[0].key, each[1].what))[:6]


def _phase(guide: View) -> tuple[int, str]:
    return PHASES.index(guide.phase) if guide.phase in PHASES else len(PHASES), guide.id


def _handbook(desk: _Desk) -> Iterator[tuple[str, str]]:
    guides = sorted(desk.world.guides, key=_phase)
    phases = [(phase, [guide for guide in guides if (guide.phase or "any") == phase]) for phase in (*PHASES, "any")]
    yield desk.page("handbook/index.md", "handbook", phases=[each for each in phases if each[1]], guides=guides)
    references = {each.key: each for each in desk.world.references}
    for guide in guides:
        body, sources = body_of(guide.body or "", references, guide.sources)
        path, frame = desk.page(
            f"handbook/{guide.id}.md",
            "guide",
            guide=guide,
            sources=sources,
            with_title=not has_title(body),
            edit=desk.world.edit_link(guide),
        )
        # The body is the owner's Markdown: it is put in after rendering, so that no template ever reads it.
        yield path, frame.replace("@@body@@\n", body.strip("\n") + "\n", 1)


def _programs(desk: _Desk) -> Iterator[tuple[str, str]]:
    world = desk.world
    for program in world.programs:
        cohorts = world.cohorts_of(program.id)
        more = sheet_of(world, desk.speech).rows(program, Program, _ON_PROGRAM)
        yield desk.page(f"programs/{program.id}/index.md", "program", program=program, cohorts=cohorts, more=more)
    for cohort in world.cohorts:
        if world.program(cohort.program) is None:
            continue
        rows = [(pair, members(world, pair)) for pair in world.pairs_of(cohort.key)]
        with_pairs = _has_pairs(world, cohort)
        states = {state: sum(pair.contact == state for pair, _ in rows) for state in STATES}
        yield desk.page(
            _cohort_path(cohort),
            "cohort",
            cohort=cohort,
            program=world.program(cohort.program),
            states=states if with_pairs else {},
            pairs_at=_cohort_path(cohort, "pairs") if with_pairs else "",
            more=sheet_of(world, desk.speech).rows(cohort, Cohort, _ON_COHORT),
            matching_at=_cohort_path(cohort, "matching") if world.audience.kind is Kind.STAFF else "",
        )
        if with_pairs:
            yield desk.page(_cohort_path(cohort, "pairs"), "pairs", cohort=cohort, rows=rows, states=states)
            for pair, _ in rows:
                yield desk.page(pair_path(pair.key), "pair", **pair_values(world, pair, desk.speech))
                if writes(world, pair):
                    yield desk.page(note_path(pair.key), "note", **note_values(world, pair, desk.speech))
        if world.audience.kind is Kind.STAFF:
            yield desk.page(_cohort_path(cohort, "matching"), "matching", **staff_values(world, cohort, desk.speech))


def _people(desk: _Desk) -> Iterator[tuple[str, str]]:
    people = _sorted(desk.world.people)
    sheets = person_sheets(desk.world, desk.speech) if desk.world.audience.kind is Kind.STAFF else {}
    starts = range(0, len(people), PEOPLE_A_PAGE)
    chunks = [(_people_page(start), people[start : start + PEOPLE_A_PAGE]) for start in starts]
    for page, chunk in chunks:
        yield desk.page(f"people/{page}", "people", people=chunk, chunks=chunks, page=page, sheets=sheets)


def _people_page(at: int) -> str:
    number = at // PEOPLE_A_PAGE + 1
    return "index.md" if number == 1 else f"page-{number}.md"


def _sorted(people: tuple[View, ...]) -> list[View]:
    return sorted(people, key=lambda each: ((each.name or "").casefold(), each.id))


def _reference(desk: _Desk) -> Iterator[tuple[str, str]]:
    docs = record_docs(desk.speech)
    yield desk.page("reference/index.md", "reference")
    yield desk.page("reference/records.md", "records", docs=docs)
    yield desk.page("reference/rules.md", "rules", rules=sorted(desk.extras.rules, key=lambda each: each.code))
    tables = [(kind, list(rows)) for kind, rows in groupby(visibility_table(RECORDS), key=lambda row: row.record)]
    yield desk.page("reference/visibility.md", "visibility", tables=tables, classes=list(Visibility))
    yield desk.page("reference/settings.md", "settings", doc=settings_doc(desk.speech))
    yield desk.page("reference/commands.md", "commands", commands=desk.extras.commands)
    yield desk.page("reference/topics.md", "topics")
    yield desk.page("reference/sources.md", "sources")


def _nav(world: World, speech: Speech, files: dict[str, str]) -> list[Any]:
    """The navigation: sections by name, pages by path; only what this audience has."""
    words = speech.table["nav"]
    own = [{words["pair"]: pair_path(world.audience.pair)}] if world.audience.kind is Kind.PAIR else []
    programs = [[f"programs/{program.id}/index.md", *_cohort_nav(world, program, speech)] for program in world.programs]
    section: list[Any] = []
    if len(programs) == 1:
        section = [{words["program"]: programs[0]}]
    elif programs:
        named = zip(world.programs, programs, strict=True)
        section = [{words["programs"]: [{attribute(program.title): entry} for program, entry in named]}]
    people = [path for path in files if path.startswith("people/")]
    reference = [path for path in files if path.startswith("reference/")]
    return [
        {words["home"]: ["index.md", *(f"{door}.md" for door in DOORS), *_present(files, "stories.md")]},
        *own,
        {words["handbook"]: ["handbook/index.md", *_shelves(world, speech)]},
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
    for guide in sorted(world.guides, key=_phase):
        shelves.setdefault(guide.phase or "any", []).append(f"handbook/{guide.id}.md")
    return [{attribute(phases[phase]): pages} for phase, pages in shelves.items()]


def _present(files: dict[str, str], page: str) -> list[str]:
    """The page, where this audience has it."""
    return [page] if page in files else []


def _cohort_nav(world: World, program: View, speech: Speech) -> list[Any]:
    """The cohorts of a program, the latest first."""
    found = []
    for cohort in sorted(world.cohorts_of(program.id), key=lambda each: (each.starts, each.id), reverse=True):
        below = [_cohort_path(cohort)]
        if _has_pairs(world, cohort):
            below.append(_cohort_path(cohort, "pairs"))
        if world.audience.kind is Kind.STAFF:
            below.append(_cohort_path(cohort, "matching"))
        found.append({attribute(_cohort_title(cohort, speech)): below})
    return found


def _extra(world: World, speech: Speech) -> dict[str, Any]:
    """Words for the theme's own pages, escaped here because the theme writes them as they are."""
    support = _support(world) if len(world.programs) == 1 else None
    ask = speech.table["ask"]
    line = str(speech.fill(ask["line"], name=support.name, channel=support.channel.rstrip("."))) if support else ""
    return {"ask": line, "lost": {key: str(inline(text)) for key, text in speech.table["lost"].items()}}
