"""What coordinators see of their own work: contacts by month, concerns, improvements, and who agreed to which story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from toolkit.model import Concern, Improvement, Story
from toolkit.publish.rows import fields_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


@dataclass(frozen=True, slots=True)
class Month:
    """The contacts of one month in one cohort, the latest first."""

    id: str
    name: str
    key: str
    cohort: View | None
    entries: tuple[View, ...]
    edit: str | None


def care_values(world: World, speech: Speech) -> dict[str, Any]:
    """Gather what the page needs; empty where there is nothing to show."""
    if not (world.check_ins or world.concerns or world.improvements or world.stories):
        return {}
    fields = fields_of(world, speech)
    months = [_month(world, view, speech) for view in world.check_ins]
    return {
        "months": sorted(months, key=lambda each: (each.id, each.key), reverse=True),
        "concerns": [fields.rows(view, Concern) for view in world.concerns],
        "improvements": [fields.rows(view, Improvement) for view in world.improvements],
        "told": [fields.rows(view, Story, ("body",)) for view in world.stories],
    }


def _month(world: World, view: View, speech: Speech) -> Month:
    key = f"{view.program}/{view.cohort}"
    entries = sorted(view.check_ins, key=lambda each: (each.on, each.person or ""), reverse=True)
    return Month(view.id, speech.month(view.id), key, world.cohort(key), tuple(entries), world.edit_link(view))
