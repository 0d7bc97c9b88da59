"""What changed in the files of a program, in plain words: how many records of which kind, and whose."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from toolkit.workspace import PRIVATE, Where, identify

_KINDS = {
    "program": ("program", "programs"),
    "cohort": ("cohort", "cohorts"),
    "matching-policy": ("matching policy", "matching policies"),
    "application": ("application", "applications"),
    "matching-run": ("matching plan", "matching plans"),
    "pair": ("pair", "pairs"),
    "agreement": ("agreement", "agreements"),
    "goal": ("goal", "goals"),
    "session-note": ("session note", "session notes"),
    "observation": ("observation", "observations"),
    "feedback": ("feedback", "feedbacks"),
    "closure": ("closure", "closures"),
    "check-ins": ("month of check-ins", "months of check-ins"),
    "improvement": ("improvement", "improvements"),
    "story": ("story", "stories"),
    "person": ("profile", "profiles"),
    "guide": ("guide", "guides"),
    "settings": ("settings", "settings"),
}
_VERBS = {"A": "added", "M": "changed", "D": "deleted"}
_SHOWN = 3


class Changes(NamedTuple):
    """What changed since a day; `known` is false where there is no history, and `says` then tells why."""

    since: datetime.date
    known: bool
    says: tuple[str, ...]


def last_monday(today: datetime.date) -> datetime.date:
    """The Monday before a day: on a Monday, that of the week before."""
    return today - datetime.timedelta(days=(today.weekday() - 1) % 7 + 1)


def in_words(changed: Mapping[str, str], cohort: str | None = None) -> tuple[str, ...]:
    """Say what changed; `changed` gives A, M or D by path, and a cohort leaves out what belongs to others."""
    found: dict[tuple[str, str], list[str]] = {}
    private = 0
    for path, letter in sorted(changed.items()):
        where = identify(path)
        if path.startswith(f"{PRIVATE}/"):
            private += 1
        elif where is not None and where.kind in _KINDS and _belongs(where, cohort):
            found.setdefault((where.kind, letter), []).append(_who(where))
    order = list(_KINDS)
    keys = sorted(found, key=lambda each: (order.index(each[0]), "AMD".index(each[1])))
    lines = [_line(kind, letter, found[kind, letter]) for kind, letter in keys]
    if private:
        lines.append(f"{private} private record{'s' if private > 1 else ''} changed")
    return tuple(lines)


def _belongs(where: Where, cohort: str | None) -> bool:
    return not cohort or not where.cohort or f"{where.program}/{where.cohort}" == cohort


def _who(where: Where) -> str:
    """Whose record it is; of a goal no more than the pair, for its name is the pair's."""
    if where.kind in ("session-note", "observation", "feedback"):
        return f"{where.pair} {where.id}"
    return where.pair or where.person or where.id


def _line(kind: str, letter: str, who: list[str]) -> str:
    noun = _KINDS[kind][len(who) > 1]
    named = list(dict.fromkeys(who))
    listed = ", ".join(named[:_SHOWN]) + (f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else "")
    return f"{len(who)} {noun} {_VERBS[letter]}: {listed}"
