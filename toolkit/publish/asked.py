"""The questions that guides answer, as people ask them: on the guide, and on the page of whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from toolkit.model.anchors import anchors
from toolkit.publish.view import View
from toolkit.source import outline


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the guide that answers it, and the heading there; without one, the whole guide does."""

    text: str
    guide: View
    at: str = ""
    often: bool = False


MANY = 12
"""More questions than these fill the first screen of a phone; then only those that many ask stay open."""


def asked(guide: View, who: str = "") -> tuple[Asked, ...]:
    """Give the questions of a guide, or those of them that one kind of reader asks."""
    listed = [each for each in guide.asks if not who or who in (each.who or guide.audience)]
    if not listed:
        return ()
    known = anchors(outline(guide.body or "").headings)
    return tuple(Asked(each.ask, guide, each.at if each.at in known else "", bool(each.often)) for each in listed)


def asked_by(guides: Iterable[View], who: str) -> tuple[Asked, ...]:
    """Give all questions that one kind of reader asks, in the order of the guides."""
    return tuple(each for guide in guides for each in asked(guide, who))


def folded(questions: tuple[Asked, ...]) -> tuple[tuple[Asked, ...], list[tuple[str, list[Asked]]]]:
    """Give the questions that many ask, and the others by the phase of their guide; all stay open where none is marked."""
    often = tuple(each for each in questions if each.often)
    if len(questions) <= MANY or not often:
        return questions, []
    others = (each for each in questions if not each.often)
    return often, [(phase, list(each)) for phase, each in groupby(others, lambda each: each.guide.phase or "any")]
