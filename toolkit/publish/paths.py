"""Where each page of a site lies, in which order guides stand, and which pages an audience has."""

from __future__ import annotations

from toolkit.publish.audience import Kind
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

PHASES = ("design", "recruit", "prepare", "match", "start", "sustain", "close", "evaluate")
DOORS = ("mentee", "mentor", "coordinator")
PEOPLE_A_PAGE = 120
HIDDEN = "/programs/*/*/pairs/*\n/programs/*/*/certificates.md\n/print/*"
"""The pages that stay out of the navigation: it stands whole on each page, there may be hundreds of pairs, and paper has none."""


def pair_path(key: str) -> str:
    """The path of a pair's page."""
    program, cohort, pair = key.split("/")
    return f"programs/{program}/{cohort}/pairs/{pair}.md"


def cohort_title(cohort: View, speech: Speech) -> str:
    """The title of a cohort; without one, a name made of its id."""
    return cohort.title or str(speech.table["cohort"]["cohort"]).format(id=cohort.id)


def cohort_path(cohort: View, page: str = "index") -> str:
    """The path of a page of a cohort."""
    return f"programs/{cohort.program}/{cohort.id}/{page}.md"


def has_pairs(world: World, cohort: View) -> bool:
    """Whether this audience gets a page with the pairs of a cohort."""
    return world.audience.kind is not Kind.PUBLIC and bool(world.pairs_of(cohort.key))


def by_phase(guide: View) -> tuple[int, str]:
    """A key that sorts guides in the order of a program's life."""
    return PHASES.index(guide.phase) if guide.phase in PHASES else len(PHASES), guide.id


def people_page(at: int) -> str:
    """The page of people that shows the one at this place of the list."""
    number = at // PEOPLE_A_PAGE + 1
    return "index.md" if number == 1 else f"page-{number}.md"
