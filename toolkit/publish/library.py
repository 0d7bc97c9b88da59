"""The pages that people read, print and look up, whoever takes part: guides, forms, the reference."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from toolkit.model import RECORDS, Visibility
from toolkit.publish.asked import asked
from toolkit.publish.community import RESOURCES
from toolkit.publish.desk import Desk
from toolkit.publish.extras import MetricPage
from toolkit.publish.guides import body_of, has_title
from toolkit.publish.ledger import PAGE, calls, has_ledger, ledger_values
from toolkit.publish.measures import PAGE as MEASURES
from toolkit.publish.measures import measure_pages
from toolkit.publish.paths import PHASES, by_phase
from toolkit.publish.readability import PAGE as READABILITY
from toolkit.publish.readability import readability_values
from toolkit.publish.readers import visibility_table
from toolkit.publish.reference import catalog, record_docs, settings_doc
from toolkit.publish.sheets import INDEX as SHEETS
from toolkit.publish.sheets import sheet_files, sheet_pages
from toolkit.publish.standards import PAGE as STANDARDS
from toolkit.publish.standards import helps, standards_values
from toolkit.publish.surveys import PAGE as SURVEYS
from toolkit.publish.surveys import survey_pages
from toolkit.publish.whole import PATH as WHOLE
from toolkit.publish.whole import Chapter, chapter


def handbook_pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """Write the guides: their index, each of them, and all of them on one page."""
    guides = sorted(desk.world.guides, key=by_phase)
    phases = [(phase, [guide for guide in guides if (guide.phase or "any") == phase]) for phase in (*PHASES, "any")]
    forms = [
        *([SHEETS] if desk.extras.sheets.get(desk.speech.language) else []),
        *([SURVEYS] if desk.world.instruments else []),
        *([MEASURES] if desk.world.measures else []),
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


def form_pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """What people print, copy and answer, and what is counted of it."""
    sheets = desk.extras.sheets.get(desk.speech.language, ())
    guides = sorted(desk.world.guides, key=by_phase)
    surveys = survey_pages(desk.world, desk.speech)
    made = (*sheet_pages(sheets, guides), *surveys, *measure_pages(desk.world, desk.speech))
    for path, template, values in made:
        yield desk.page(path, template, **values)
    yield from sheet_files(sheets)


def _by_family(desk: Desk) -> list[tuple[str, list[MetricPage]]]:
    """The metrics below their families, in the order of both."""
    return [(family, list(listed)) for family, listed in groupby(desk.extras.metrics, key=lambda each: each.family)]


def reference_pages(desk: Desk) -> Iterator[tuple[str, str]]:
    """Write what is looked up: records, rules, criteria, who may read what, numbers and their sources."""
    docs = record_docs(desk.speech)
    yield desk.page("reference/index.md", "reference", ledger=has_ledger(desk.world))
    yield desk.page("reference/records.md", "records", docs=docs)
    yield desk.page("reference/rules.md", "rules", rules=sorted(desk.extras.rules, key=lambda each: each.code))
    yield desk.page("reference/criteria.md", "criteria", catalog=catalog())
    yield desk.page("reference/metrics.md", "metrics", families=_by_family(desk))
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
