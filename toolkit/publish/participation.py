"""The pages of those who take part: programs, cohorts, pairs and people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.model import Cohort, Program
from toolkit.publish.audience import Kind
from toolkit.publish.community import celebration
from toolkit.publish.dashboard import dashboard_values
from toolkit.publish.desk import Desk, by_name, has_home
from toolkit.publish.measures import outcomes_of, titles_of
from toolkit.publish.network import network_path, network_values
from toolkit.publish.noteform import note_path, note_values, writes
from toolkit.publish.pairpage import members, pair_values
from toolkit.publish.paper import certificates
from toolkit.publish.paths import PEOPLE_A_PAGE, cohort_path, has_pairs, pair_path, people_page
from toolkit.publish.rows import fields_of
from toolkit.publish.staff import person_sheets, staff_values
from toolkit.publish.view import View
from toolkit.publish.year import year

STATES = ("recent", "due", "silent", "paused", "closed")
# What the page of a cohort shows in places of its own.
_ON_COHORT = (
    *("title", "titles", "status", "starts", "ends", "model", "modality", "cadence", "planned_sessions", "capacity"),
    *("applications", "training", "waves", "breaks", "rematch_until"),
)
_ON_PROGRAM = (
    *("title", "purpose", "purposes", "models", "organization_goals", "sponsor", "support", "targets", "logic_model"),
    "outcomes",
    *("privacy", "languages", "funding_disclosure", "code_of_conduct", "community", "resources", "since"),
)


def program_pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """Write the programs, their cohorts and pairs, each with what its readers may print."""
    world = desk.world
    for program in world.programs:
        yield from _homes(desk, program)
    for cohort in world.cohorts:
        if not has_home(world, cohort):
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


def _homes(desk: Desk, program: View) -> Iterator[tuple[str, str]]:
    """What lasts of a program: its page, and how its pairs hang together."""
    world = desk.world
    drawn = network_values(world, program)
    at = network_path(program) if drawn else ""
    yield desk.page(
        f"programs/{program.id}/index.md",
        "program",
        program=program,
        cohorts=world.cohorts_of(program.id),
        more=fields_of(world, desk.speech).rows(program, Program, _ON_PROGRAM),
        outcomes=outcomes_of(world, program, desk.speech),
        measures=titles_of(world, desk.speech),
        described=frozenset(each.code for each in desk.extras.metrics),
        network_at=at,
    )
    if drawn:
        yield desk.page(at, "network", **drawn)


def _papers(desk: Desk, pair: View, cohort: View, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a pair prints: its sheet, and once it has completed its certificates."""
    if values["sheet_at"]:
        yield desk.page(values["sheet_at"], "sheet", **values)
    if values["certificate_at"] and desk.world.audience.kind is Kind.PAIR:
        own = certificates(desk.world, cohort, (pair,), desk.speech)
        yield desk.page(values["certificate_at"], "certificates", **own)


def people_pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """Write the people of all programs, so many to a page."""
    people = by_name(desk.world.people)
    sheets = person_sheets(desk.world, desk.speech) if desk.world.audience.kind is Kind.STAFF else {}
    starts = range(0, len(people), PEOPLE_A_PAGE)
    chunks = [(people_page(start), people[start : start + PEOPLE_A_PAGE]) for start in starts]
    for page, chunk in chunks:
        yield desk.page(f"people/{page}", "people", people=chunk, chunks=chunks, page=page, sheets=sheets)
