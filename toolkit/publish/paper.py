"""What a pair and a cohort take away on paper: the sheet of a pair, and a certificate for each person who completed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from toolkit.model.completed import KEPT, WHOLE
from toolkit.publish.audience import Kind
from toolkit.publish.paths import cohort_path, pair_path
from toolkit.publish.spoken import name_of
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World


@dataclass(frozen=True, slots=True)
class Certificate:
    """One person's part in one pair that completed; `hours` are those that its notes tell of."""

    name: str
    role: str
    pair: View
    meetings: int
    hours: float


def sheet_path(world: World, pair: View) -> str:
    """The path of a pair's sheet; empty where this audience has none."""
    own = world.audience.kind is Kind.PAIR and world.audience.pair == pair.key
    return f"{pair_path(pair.key).removesuffix('.md')}/sheet.md" if own else ""


def certificate_path(world: World, pair: View) -> str:
    """The path of the page with a pair's certificates; empty where there are none, or they are not this audience's."""
    if not pair.completed:
        return ""
    if world.audience.kind is Kind.STAFF:
        cohort = world.cohort(f"{pair.program}/{pair.cohort}")
        return cohort_path(cohort, "certificates") if cohort is not None else ""
    return f"{pair_path(pair.key).removesuffix('.md')}/certificate.md"


def certificates(world: World, cohort: View, pairs: Iterable[View], speech: Speech) -> dict[str, Any]:
    """Gather the certificates of those of these pairs that completed, by name."""
    found = [
        Certificate(name_of(world, speech, each.person), each.role, pair, pair.session_count or 0, _hours(world, pair))
        for pair in pairs
        if pair.completed
        for each in pair.members
        if each.left is None or (pair.ended and each.left >= pair.ended)
    ]
    found.sort(key=lambda each: (each.name.casefold(), each.pair.key))
    lines = {"whole": WHOLE, "kept": KEPT}
    return {"cohort": cohort, "program": world.program(cohort.program), "certificates": tuple(found), "lines": lines}


def _hours(world: World, pair: View) -> float:
    """The time of the meetings to which more than one person came, in hours."""
    minutes = sum(note.minutes or 0 for note in world.of(pair.key).sessions if len(note.attended) > 1)
    return round(minutes / 60, 1)
