"""Applications that are accepted: those of some people, or all that wait for a decision in a cohort."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.changes.change import Change, edit, order_of
from toolkit.changes.states import Refused
from toolkit.diagnostics import did_you_mean
from toolkit.model import Application, Records
from toolkit.source import Set
from toolkit.workspace import Workspace

OPEN = ("submitted", "screening")
"""States of an application that waits for a decision."""
_ORDER = order_of(Application)
_NOT_YET = {
    "draft": "it is not handed in: write `status: submitted` in its file once it is",
    "withdrawn": "whoever comes back hands it in again: write `status: submitted` in its file",
}


def admit(workspace: Workspace, records: Records, cohort: str, people: Sequence[str], role: str | None) -> Change:
    """Accept the applications of these people, in one role or in each; where nobody is named, all that wait.

    Who is on the waiting list or was declined can be named: a decision may change. Raises Refused where somebody has no
    application, has not handed it in or took it back, and where nothing is left to accept.
    """
    every = records.applications.get(cohort, ())
    asked = [each for each in every if role in (None, each.role)]
    _refuse_strangers(people, {each.person for each in asked}, cohort)
    chosen = [each for each in asked if (each.person in people if people else each.status in OPEN)]
    found = [each for each in chosen if each.status != "accepted"]
    then = f"mentoring match propose {cohort}"
    if not found:
        done = (
            f"accepted already: {', '.join(people)}" if people else f"no application to {cohort} waits for a decision"
        )
        raise Refused(done, f"what follows: {then}")
    for each in found:
        if each.status in _NOT_YET:
            raise Refused(f"the application of {each.person} as {each.role} is {each.status}", _NOT_YET[each.status])
    files = tuple(edit(workspace, each, [Set(("status",), "accepted", _ORDER)]) for each in found)
    rest = sum(each.status in OPEN and each not in found for each in every)
    notes = (f"{rest} more wait{'s' if rest == 1 else ''} for a decision",) if rest else ()
    return Change(f"{len(found)} application{'s' if len(found) > 1 else ''} accepted", files, notes, then)


def _refuse_strangers(people: Sequence[str], known: set[str], cohort: str) -> None:
    for person in people:
        if person not in known:
            hint = did_you_mean(
                person, sorted(known), f"one is written by: mentoring new application --person {person}"
            )
            raise Refused(f"{person} has no such application to {cohort}", hint)
