"""From a world to its pages: a pure function that gives every file of a site's source, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import RECORDS, Cohort, Program, Visibility
from toolkit.model.program import PAST
from toolkit.publish.asked import asked, asked_by, folded
from toolkit.publish.audience import Kind
from toolkit.publish.care import care_values
from toolkit.publish.charts import shares
from toolkit.publish.community import RESOURCES, celebration, community_pages, resource_pages
from toolkit.publish.dashboard import dashboard_values
from toolkit.publish.extras import Extras
from toolkit.publish.guides import body_of, has_title, source_line
from toolkit.publish.ledger import PAGE, calls, has_ledger, ledger_values
from toolkit.publish.nav import navigation
from toolkit.publish.noteform import note_path, note_values, writes
from toolkit.publish.pairpage import members, pair_values
from toolkit.publish.paper import certificates
from toolkit.publish.paths import (
    DOORS,
    HIDDEN,
    PEOPLE_A_PAGE,
    PHASES,
    by_phase,
    cohort_path,
    cohort_title,
    has_pairs,
    pair_path,
    people_page,
)
from toolkit.publish.prose import inline
from toolkit.publish.readability import PAGE as READABILITY
from toolkit.publish.readability import Counted, counted, readability_values
from toolkit.publish.readers import visibility_table
from toolkit.publish.reference import catalog, record_docs, settings_doc
from toolkit.publish.render import Renderer
from toolkit.publish.rows import fields_of
from toolkit.publish.sheets import INDEX as SHEETS
from toolkit.publish.sheets import sheet_files, sheet_pages
from toolkit.publish.spoken import name_of, source_of, spoken
from toolkit.publish.staff import person_sheets, place_of, staff_values
from toolkit.publish.standards import PAGE as STANDARDS
from toolkit.publish.standards import helps, standards_values
from toolkit.publish.strings import Speech
from toolkit.publish.surveys import PAGE as SURVEYS
from toolkit.publish.surveys import survey_pages
from toolkit.publish.view import View
from toolkit.publish.whole import PATH as WHOLE
from toolkit.publish.whole import Chapter, chapter
from toolkit.publish.world import World
from toolkit.publish.year import year

STATES = ("recent", "due", "silent", "paused", "closed")
# What the page of a cohort shows in places of its own.
_ON_COHORT = (
    *("title", "titles", "status", "starts", "ends", "model", "modality", "cadence", "planned_sessions", "capacity"),
    *("applications", "training", "waves", "breaks", "rematch_until"),
)
_ON_PROGRAM = (
    *(
        "title",
        "purpose",
        "purposes",
        "models",
        "organization_goals",
        "sponsor",
        "support",
        "targets",
        "logic_model",
        "privacy",
    ),
    *("languages", "funding_disclosure", "code_of_conduct", "community", "resources", "since"),
)


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
    files = dict(_all(_Desk(world, speech, renderer, extras, reading)))
    for source, target in sorted(renderer.links):
        if target not in files:
            raise ToolkitError(f"the template of {source} links to {target}, which is not on this site")
    return Site(world.title, files, navigation(world, speech, files), HIDDEN, _extra(world, speech))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every page is written with."""

    world: World
    speech: Speech
    renderer: Renderer
    extras: Extras
    reading: Counted

    def page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        return path, self.renderer.page(f"{template}.md.j2", path, **values)


def _common(world: World, speech: Speech, names: dict[str, str]) -> dict[str, Any]:
    return {
        "world": world,
        "audience": world.audience.kind.value,
        "today": world.today,
        "titled": lambda cohort: cohort_title(cohort, speech),
        "pair_path": pair_path,
        "person_path": {person.id: f"people/{people_page(at)}" for at, person in enumerate(_sorted(world.people))}.get,
        "named": lambda ident: name_of(world, speech, ident),
        "source_line": source_line,
        "source_language": source_of(world, speech),
        "shares": shares,
    }


def _all(desk: _Desk) -> Iterator[tuple[str, str]]:
    yield from _start(desk)
    yield from _handbook(desk)
    yield from _forms(desk)
    yield from _programs(desk)
    yield from _people(desk)
    yield from _reference(desk)
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


def _start(desk: _Desk) -> Iterator[tuple[str, str]]:
    """The first page and its three doors."""
    world = desk.world
    dates = _next_dates(world)
    own = world.pair(world.audience.pair) if world.audience.kind is Kind.PAIR else None
    support = _support(world)
    boards = _boards(world)
    yield desk.page("index.md", "home", dates=dates, own=own, support=support, boards=boards)
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
    open_ones = [each for each in world.cohorts if each.status not in PAST and _homed(world, each)]
    return [(each, cohort_path(each, "dashboard")) for each in sorted(open_ones, key=lambda each: each.starts)]


def _homed(world: World, cohort: View) -> bool:
    return world.program(cohort.program) is not None


def _support(world: World) -> View | None:
    found = [program.support for program in world.programs if program.support]
    return found[0] if found else None


def _next_dates(world: World) -> list[tuple[View, View]]:
    """The next dates of cohorts that are not over, the soonest first."""
    found = [(cohort, date) for cohort in world.cohorts if cohort.status not in PAST for date in cohort.next_dates]
    return sorted(found, key=lambda each: (each[1].on, each[0].key, each[1].kind, each[1].name))[:6]


def _handbook(desk: _Desk) -> Iterator[tuple[str, str]]:
    guides = sorted(desk.world.guides, key=by_phase)
    phases = [(phase, [guide for guide in guides if (guide.phase or "any") == phase]) for phase in (*PHASES, "any")]
    forms = [
        *([SHEETS] if desk.extras.sheets.get(desk.speech.language) else []),
        *([SURVEYS] if desk.world.instruments else []),
        *([RESOURCES] if any(each.resources for each in desk.world.programs) else []),
    ]
    listed = [each for each in phases if each[1]]
    yield desk.page("handbook/index.md", "handbook", phases=listed, guides=guides, forms=forms)
    references = {each.key: each for each in desk.world.references}
    chapters: list[Chapter] = []
    for guide in guides:
        here = f"handbook/{guide.id}.md"
        figures = calls(desk.world, desk.speech, guide.language, desk.renderer.linker(here))
        body, sources = body_of(guide.body or "", references, guide.sources, figures)
        chapters.append(chapter(guide, body, sources, (each.id for each in guides)))
        path, frame = desk.page(
            here,
            "guide",
            guide=guide,
            sources=sources,
            questions=asked(guide),
            helps=helps(desk.world, guide, desk.speech),
            with_title=not has_title(body),
            edit=desk.world.edit_link(guide),
        )
        # The body is the owner's Markdown: it is put in after rendering, so that no template ever reads it.
        yield path, frame.replace("@@body@@\n", body.strip("\n") + "\n", 1)
    path, text = desk.page(WHOLE, "whole", chapters=chapters, phases=[each for each in phases if each[1]])
    for each in chapters:
        text = text.replace(f"@@body {each.guide.id}@@\n", each.body + "\n", 1)
    yield path, text


def _forms(desk: _Desk) -> Iterator[tuple[str, str]]:
    """What people print, copy and answer."""
    sheets = desk.extras.sheets.get(desk.speech.language, ())
    guides = sorted(desk.world.guides, key=by_phase)
    made = (*sheet_pages(sheets, guides), *survey_pages(desk.world, desk.speech, _support(desk.world)))
    for path, template, values in made:
        yield desk.page(path, template, **values)
    yield from sheet_files(sheets)


def _programs(desk: _Desk) -> Iterator[tuple[str, str]]:
    world = desk.world
    for program in world.programs:
        cohorts = world.cohorts_of(program.id)
        more = fields_of(world, desk.speech).rows(program, Program, _ON_PROGRAM)
        yield desk.page(f"programs/{program.id}/index.md", "program", program=program, cohorts=cohorts, more=more)
    for cohort in world.cohorts:
        if not _homed(world, cohort):
            continue
        rows = [(pair, members(world, pair, desk.speech)) for pair in world.pairs_of(cohort.key)]
        with_pairs = has_pairs(world, cohort)
        states = {state: sum(pair.contact == state for pair, _ in rows) for state in STATES}
        yield desk.page(
            cohort_path(cohort),
            "cohort",
            cohort=cohort,
            program=world.program(cohort.program),
            year=year(cohort, world.today),
            celebration=celebration(world, cohort),
            states=states if with_pairs else {},
            pairs_at=cohort_path(cohort, "pairs") if with_pairs else "",
            more=fields_of(world, desk.speech).rows(cohort, Cohort, _ON_COHORT),
            matching_at=cohort_path(cohort, "matching") if world.audience.kind is Kind.STAFF else "",
            dashboard_at=cohort_path(cohort, "dashboard") if world.audience.kind is Kind.STAFF else "",
        )
        if with_pairs:
            yield desk.page(cohort_path(cohort, "pairs"), "pairs", cohort=cohort, rows=rows, states=states)
            for pair, _ in rows:
                values = pair_values(world, pair, desk.speech)
                yield desk.page(pair_path(pair.key), "pair", **values)
                yield from _papers(desk, pair, cohort, values)
                if writes(world, pair):
                    yield desk.page(note_path(pair.key), "note", **note_values(world, pair, desk.speech))
        if world.audience.kind is Kind.STAFF:
            yield desk.page(cohort_path(cohort, "matching"), "matching", **staff_values(world, cohort, desk.speech))
            yield desk.page(cohort_path(cohort, "dashboard"), "dashboard", **dashboard_values(world, cohort))
            papers = certificates(world, cohort, world.pairs_of(cohort.key), desk.speech)
            yield desk.page(cohort_path(cohort, "certificates"), "certificates", **papers)


def _papers(desk: _Desk, pair: View, cohort: View, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a pair prints: its sheet, and once it has completed its certificates."""
    if values["sheet_at"]:
        yield desk.page(values["sheet_at"], "sheet", **values)
    if values["certificate_at"] and desk.world.audience.kind is Kind.PAIR:
        own = certificates(desk.world, cohort, (pair,), desk.speech)
        yield desk.page(values["certificate_at"], "certificates", **own)


def _people(desk: _Desk) -> Iterator[tuple[str, str]]:
    people = _sorted(desk.world.people)
    sheets = person_sheets(desk.world, desk.speech) if desk.world.audience.kind is Kind.STAFF else {}
    starts = range(0, len(people), PEOPLE_A_PAGE)
    chunks = [(people_page(start), people[start : start + PEOPLE_A_PAGE]) for start in starts]
    for page, chunk in chunks:
        yield desk.page(f"people/{page}", "people", people=chunk, chunks=chunks, page=page, sheets=sheets)


def _sorted(people: tuple[View, ...]) -> list[View]:
    return sorted(people, key=lambda each: ((each.name or "").casefold(), each.id))


def _reference(desk: _Desk) -> Iterator[tuple[str, str]]:
    docs = record_docs(desk.speech)
    yield desk.page("reference/index.md", "reference", ledger=has_ledger(desk.world))
    yield desk.page("reference/records.md", "records", docs=docs)
    yield desk.page("reference/rules.md", "rules", rules=sorted(desk.extras.rules, key=lambda each: each.code))
    yield desk.page("reference/criteria.md", "criteria", catalog=catalog())
    tables = [(kind, list(rows)) for kind, rows in groupby(visibility_table(RECORDS), key=lambda row: row.record)]
    yield desk.page("reference/visibility.md", "visibility", tables=tables, classes=list(Visibility))
    yield desk.page("reference/settings.md", "settings", doc=settings_doc(desk.speech))
    yield desk.page("reference/commands.md", "commands", commands=desk.extras.commands)
    yield desk.page("reference/topics.md", "topics")
    yield desk.page("reference/sources.md", "sources")
    if desk.world.guides:
        yield desk.page(READABILITY, "readability", **readability_values(desk.world, desk.speech, desk.reading))
    if desk.world.standards:
        yield desk.page(STANDARDS, "standards", **standards_values(desk.world, desk.speech))
    if has_ledger(desk.world):
        yield desk.page(PAGE, "figures", **ledger_values(desk.world, desk.speech))


def _small_print(world: World, speech: Speech) -> list[dict[str, str]]:
    """What every page leads to at its foot: whom to ask, who pays, what happens to personal data; for one program."""
    if len(world.programs) != 1:
        return []
    (program,) = world.programs
    words, page = speech.table["program"], f"programs/{program.id}/index.html"
    listed = (
        (speech.table["ask"]["title"], "ask", program.support),
        (words["funding"], "funding", program.funding_disclosure),
        (words["conduct"], "conduct", program.code_of_conduct),
        (words["privacy"], "privacy", program.privacy),
    )
    return [{"to": f"{page}#{anchor}", "text": str(inline(text))} for text, anchor, there in listed if there]


def _extra(world: World, speech: Speech) -> dict[str, Any]:
    """Words for the theme's own pages, escaped here because the theme writes them as they are."""
    support = _support(world) if len(world.programs) == 1 else None
    ask = speech.table["ask"]
    line = str(speech.fill(ask["line"], name=support.name, channel=support.channel.rstrip("."))) if support else ""
    lost = {**speech.table["lost"], **{door: speech.table["home"][door] for door in DOORS}}
    menu = str(inline(speech.table["nav"]["menu"]))
    return {
        "ask": line,
        "menu": menu,
        "print": _small_print(world, speech),
        "lost": {key: str(inline(text)) for key, text in lost.items()},
    }
