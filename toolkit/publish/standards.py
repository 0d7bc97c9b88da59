"""Standards on pages: which of them a guide helps to meet, and which guides help with each."""

from __future__ import annotations

from typing import Any

from toolkit.publish.ledger import said
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

PAGE = "reference/standards.md"


def helps(world: World, guide: View, speech: Speech) -> list[tuple[str, list[tuple[str, str]]]]:
    """The standards that a guide helps to meet, by the set they belong to: each with its key and its name."""
    wanted = set(guide.standards)
    return _sets(world, [each for each in world.standards if each.key in wanted], speech)


def standards_values(world: World, speech: Speech) -> dict[str, Any]:
    """What the page of the standards is written with: every standard by its set, its caution, and the guides that help."""
    users = {each.key: [guide for guide in world.guides if each.key in guide.standards] for each in world.standards}
    notes = {each.key: said(each.note, speech.language) for each in world.standards}
    return {"sets": _sets(world, list(world.standards), speech), "users": users, "notes": notes}


def _sets(world: World, standards: list[View], speech: Speech) -> list[tuple[str, list[tuple[str, str]]]]:
    titles = {each.key: str(each.title) for each in world.references}
    found: dict[str, list[tuple[str, str]]] = {}
    for each in sorted(standards, key=lambda each: (each.of, each.number)):
        named = f"{each.number}. {said(each.name, speech.language)}"
        found.setdefault(titles.get(each.of, each.of), []).append((each.key, named))
    return list(found.items())
