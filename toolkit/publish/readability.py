"""How hard each guide is to read, in each language of the site, beside what newspapers of that language have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from toolkit.model import Reference
from toolkit.model.readability import A_MINUTE, AIMS, LONGEST, NEWSPAPERS, Reading, middle, readings
from toolkit.publish.strings import Speech
from toolkit.publish.view import View
from toolkit.publish.world import World

PAGE = "reference/readability.md"
SOURCE = Reference(
    key="bjornsson83",
    title="Readability of Newspapers in 11 Languages",
    authors="Carl-Hugo Björnsson",
    year=1983,
    where="Reading Research Quarterly 18(4), 480-497",
    doi="10.2307/747382",
    kind="article",
)

Counted = Mapping[str, Mapping[str, Reading]]


class Tongue(NamedTuple):
    """A language: its newspapers, what guides aim for, the guide in the middle of those in it, and the hardest one."""

    language: str
    newspapers: int
    aim: int
    middle: int
    hardest: int


def counted(world: World, speech: Speech) -> Counted:
    """Count the guides in every language of the site, from the world as it was projected."""
    guides = {guide.id: guide.body or "" for guide in world.guides}
    translated = {(each.id, each.language): each.body or "" for each in world.translations}
    return readings(guides, translated, _languages(world, speech))


def readability_values(world: World, speech: Speech, found: Counted) -> dict[str, Any]:
    """What the page is written with: the languages, and the guides with the hardest one in this language first."""
    tongues = [_tongue(language, found) for language in _languages(world, speech) if middle(found, language)]
    return {
        "tongues": tongues,
        "rows": sorted(((guide, found[guide.id]) for guide in world.guides), key=lambda row: _order(row, speech)),
        "own": speech.language,
        "a_minute": A_MINUTE,
        "longest": LONGEST[speech.language],
        "newspapers": SOURCE,
    }


def _languages(world: World, speech: Speech) -> tuple[str, ...]:
    return tuple(world.settings.languages) or (speech.language,)


def _tongue(language: str, found: Counted) -> Tongue:
    every = [own[language].lix for own in found.values() if language in own]
    return Tongue(language, NEWSPAPERS[language], AIMS[language], middle(found, language) or 0, max(every))


def _order(row: tuple[View, Mapping[str, Reading]], speech: Speech) -> tuple[int, str]:
    guide, own = row
    here = own.get(speech.language)
    return (-here.lix if here is not None else 0, guide.id)
