"""What people share beyond their own pair: where they talk, what they found useful, what a cohort has to celebrate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.publish.audience import Kind
from toolkit.publish.paper import certificate_path
from toolkit.publish.surveys import Page
from toolkit.publish.view import View
from toolkit.publish.world import World, is_of

PAGE = "community.md"
RESOURCES = "resources.md"
_GUIDES = ("from-pairs-to-networks", "agreement", "safety-and-safeguarding")
"""What to read before one writes where many read."""
_COUNTED = ("meetings", "promises", "goals", "introductions")


@dataclass(frozen=True, slots=True)
class Celebration:
    """What there is to be glad of in a cohort: sums over many, stories that may be told, and who has a certificate."""

    figures: tuple[tuple[str, int], ...]
    stories: tuple[View, ...]
    certificates: str

    def __bool__(self) -> bool:
        return bool(self.figures or self.stories or self.certificates)


def community_pages(world: World) -> Iterator[Page]:
    """The page that leads to where people talk; none where no program names a place that this audience may know."""
    places = tuple(program for program in world.programs if program.community)
    if places:
        guides = [each for name in _GUIDES for each in world.guides if each.id == name]
        yield PAGE, "community", {"places": places, "guides": guides}


def resource_pages(world: World) -> Iterator[Page]:
    """The page of what people found useful; none where no program lists anything."""
    shelves = tuple(program for program in world.programs if program.resources)
    if shelves:
        yield RESOURCES, "resources", {"shelves": shelves}


def celebration(world: World, cohort: View) -> Celebration:
    """Gather what a cohort has to celebrate, as far as this audience may know of it."""
    done = cohort.numbers["completed"].value
    figures = (*((name, cohort.shared.get(name)) for name in _COUNTED), ("completed", done))
    told = tuple(story for story in world.stories if is_of(story, cohort))
    return Celebration(tuple((name, n) for name, n in figures if n), told, _certificates(world, cohort))


def _certificates(world: World, cohort: View) -> str:
    """Where this audience finds certificates of the cohort: all of them for the staff, its own for a pair."""
    staff = world.audience.kind is Kind.STAFF
    pairs = (each for each in world.pairs_of(cohort.key) if staff or each.key == world.audience.pair)
    return next((path for path in (certificate_path(world, each) for each in pairs) if path), "")
