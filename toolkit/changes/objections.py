"""An objection to a proposal: kept in the private file of who objects, and told to nobody else."""

from __future__ import annotations

import datetime

from toolkit.changes.change import Change, FileChange, day_of, edit, order_of
from toolkit.changes.states import Refused
from toolkit.errors import ToolkitError
from toolkit.model import Application, Pair, PrivateApplication, Records
from toolkit.model.rhythm import present
from toolkit.source import Append, Edit, Set, emit
from toolkit.source.edit import Item
from toolkit.workspace import Workspace, place_of

_IN_TWOS = 2
_ORDER = order_of(PrivateApplication)


def object_to(
    workspace: Workspace,
    records: Records,
    pair: Pair,
    person: str,
    about: tuple[str, ...],
    reason: str | None,
    on: datetime.date | None,
    today: datetime.date,
) -> Change:
    """Record that a member objects to a proposal; raises Refused where it is no proposal any more.

    Without `about` it is against everybody of the other side. A proposal of two people ends with it; of a larger group
    the others stay, and matching again finds another place for who objects.
    """
    day = day_of(on, today)
    _refuse(records, pair, person, day, today)
    against = about or _others(pair, person, today)
    strangers = [each for each in against if each == person or each not in pair.people()]
    if strangers:
        raise Refused(
            f"{strangers[0]} is nobody else of {pair.pair_key}", f"its members are: {', '.join(pair.people())}"
        )
    said = " ".join(reason.split()) if reason else None
    items: list[Item] = [{"pair": pair.id, "about": each, "on": day, "reason": said} for each in against]
    changes = [_private(workspace, records, _application(records, pair, person), items)]
    two = len(present(pair, today)) == _IN_TWOS
    if two:
        changes.append(edit(workspace, pair, [Set(("status",), "objected", order_of(Pair))]))
    ended = "; proposed -> objected" if two else "; the group stays proposed"
    then = f"mentoring match rematch {pair.cohort_key} {pair.id}"
    return Change(f"an objection is recorded{ended}", tuple(changes), _notes(records, pair, day), then)


def _refuse(records: Records, pair: Pair, person: str, day: datetime.date, today: datetime.date) -> None:
    if person not in [member.person for member in present(pair, today)]:
        raise Refused(f"{person} is not in {pair.pair_key}", f"its members are: {', '.join(pair.people())}")
    if pair.status != "proposed":
        way = (
            f"mentoring close {pair.pair_key}" if pair.status not in ("objected", "closed") else "nothing is left to do"
        )
        raise Refused(f"{pair.pair_key} is {pair.status}, and only a proposal is objected to", way)
    if day < pair.proposed_on:
        raise Refused(f"{pair.pair_key} was proposed on {pair.proposed_on}, after {day}", "--on is the day it was said")
    if not records.has_private:
        raise ToolkitError(
            "private/ is not here, and an objection is kept nowhere else", "fetch the private records first"
        )


def _others(pair: Pair, person: str, today: datetime.date) -> tuple[str, ...]:
    """Everybody of the other side: the mentors of a mentee, the mentees of a mentor, and each peer's peers."""
    members = present(pair, today)
    mine = next(member.role for member in members if member.person == person)
    others = [member for member in members if member.person != person]
    crossed = [member.person for member in others if member.role != mine]
    return tuple(crossed or [member.person for member in others])


def _application(records: Records, pair: Pair, person: str) -> Application:
    """The application by which somebody is in a pair; raises ToolkitError where there is none."""
    role = next(member.role for member in pair.members if member.person == person)
    wanted = "mentor" if role in ("mentor", "facilitator") else "mentee"
    found = [each for each in records.applications.get(pair.cohort_key, ()) if each.person == person]
    if not found:
        hint = "keep it in the veto of a private application, once there is one"
        raise ToolkitError(f"{person} has no application for {pair.cohort_key}", hint)
    return next((each for each in found if each.role == wanted), found[0])


def _private(workspace: Workspace, records: Records, application: Application, items: list[Item]) -> FileChange:
    for each in records.private_applications.get(application.cohort_key, ()):
        if (each.person, each.role) == (application.person, application.role):
            edits: list[Edit] = [Append("objections", item, _ORDER) for item in items]
            return edit(workspace, each, edits)
    origin = application.origin
    path = place_of(
        "private-application",
        program=origin.program,
        cohort=origin.cohort,
        person=application.person,
        role=application.role,
    )
    if records.is_unreadable("private-application", below=path):
        raise ToolkitError(f"{path} cannot be read", "mentoring check")
    return FileChange(path, None, emit({"objections": items}).encode("utf-8"))


def _notes(records: Records, pair: Pair, day: datetime.date) -> tuple[str, ...]:
    days = records.settings.thresholds.objection_days
    notes = ["who objects is told to nobody"]
    if (day - pair.proposed_on).days > days:
        notes.insert(0, f"the {days} days for objecting are over; it is recorded all the same")
    return tuple(notes)
