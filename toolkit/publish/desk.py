"""What every page is written with, and what several of them ask of a world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toolkit.publish.extras import Extras
from toolkit.publish.readability import Counted
from toolkit.publish.render import Renderer
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page is written with."""

    world: World
    speech: Speech
    renderer: Renderer
    extras: Extras
    reading: Counted

    def page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        """Write one page: its path, and its text."""
        return path, self.renderer.page(f"{template}.md.j2", path, **values)


def has_home(world: World, cohort: View) -> bool:
    """Whether the program of a cohort can be read, so that the cohort has a page."""
    return world.program(cohort.program) is not None


def by_name(people: tuple[View, ...]) -> list[View]:
    """Put people in the order of their names."""
    return sorted(people, key=lambda each: ((each.name or "").casefold(), each.id))
