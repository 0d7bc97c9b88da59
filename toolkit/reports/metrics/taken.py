"""Who asked to take part in a cohort, who was accepted, and who came into which pair first."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from toolkit.model import Application, Pair
from toolkit.model.pair import GIVING, RECEIVING, Member
from toolkit.model.program import PEERS
from toolkit.reports.metrics.base import Scope

SIDES = {"mentee": frozenset(RECEIVING), "mentor": frozenset({*GIVING, "facilitator"})}
"""The roles in a pair of who applied as a mentee, and as a mentor."""


class Place(NamedTuple):
    """Somebody's first pair: since when, and which."""

    since: datetime.date
    pair: Pair


def handed_in(scope: Scope) -> tuple[Application, ...]:
    """The applications that came in up to the day, whatever became of them."""
    found = scope.records.applications.get(scope.cohort.cohort_key, ())
    return tuple(each for each in found if each.status != "draft" and each.submitted <= scope.today)


def paired(scope: Scope, role: str) -> dict[str, Place]:
    """The first pair of each person who ever came into one as a mentor or a mentee, by id; who left is among them."""
    found: dict[str, Place] = {}
    for pair in scope.records.pairs_of(scope.cohort.cohort_key):
        for member in pair.members:
            since = _since(pair, member)
            if member.role not in SIDES[role] or since is None or since > scope.today:
                continue
            if member.person not in found or since < found[member.person].since:
                found[member.person] = Place(since, pair)
    return dict(sorted(found.items()))


def seeks(scope: Scope, role: str) -> bool:
    """Whether who applies in this role wants a mentor; of peers everybody does."""
    return role == "mentee" or scope.cohort.model in PEERS


def accepted_mentees(scope: Scope) -> tuple[str, ...]:
    """The people who were accepted as mentees, sorted; whoever is in a pair was, also if they withdrew since.

    Of peers everybody is one, whatever role they applied in. Nobody where the cohort has no applications.
    """
    applied = tuple(each for each in handed_in(scope) if seeks(scope, each.role))
    accepted = {each.person for each in applied if each.status == "accepted"}
    return tuple(sorted(accepted | set(paired(scope, "mentee")))) if applied else ()


def _since(pair: Pair, member: Member) -> datetime.date | None:
    """The day on which everybody had said yes to a pair, or it began: whichever came first; later for who joined later."""
    if pair.status in {"proposed", "objected"}:
        return None
    said = {each.person: each.on for each in pair.accepted}
    days = [max(said.values())] if said.keys() >= set(pair.people()) else []
    days += [pair.started] if pair.started else []
    if not days:
        return None
    return max(min(days), member.joined) if member.joined else min(days)
