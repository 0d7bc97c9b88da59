"""The records of a pair, ready to be filled in: agreement, goal, session note, observation, feedback, closure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from toolkit.errors import ToolkitError
from toolkit.model import PromptList, Question
from toolkit.model.formats import PROMISES, SECTIONS, title
from toolkit.model.naming import shortened, slug_of
from toolkit.scaffold.forms import filled
from toolkit.scaffold.known import Known
from toolkit.scaffold.project import Target
from toolkit.scaffold.questions import chosen, week_of
from toolkit.workspace import Workspace, place_of

_ID_LENGTH = 40
_FRESH = 4  # lines for new promises: one for each, but a large group promises no more


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a pair's papers are made: the program's folder, and what is known of the pair."""

    workspace: Workspace
    known: Known

    def target(self, kind: str, form: str, ident: str, values: dict[str, Any]) -> Target:
        """Fill in one form of the pair."""
        known = self.known
        path = place_of(kind, **known.where, id=ident)
        text = filled(self.workspace, f"{form}.{{}}.md", known.language, {"today": known.today, **values})
        return Target(path, text.encode("utf-8"))

    def free(self, kind: str, idents: list[str]) -> str:
        """The first of these names that no file of the pair has."""
        for ident in idents:
            if not (self.workspace / place_of(kind, **self.known.where, id=ident)).exists():
                return ident
        raise ToolkitError("every name for this file is taken", "choose another day")


def agreement(desk: Desk) -> Target:
    """The agreement: the cohort's rhythm, its last day and a day for a review halfway are proposed."""
    known = desk.known
    review = _review(known)
    values = {"cadence": known.cadence, "ends_on": known.ends, "review_on": review, "members": known.members}
    return desk.target("agreement", "agreement", known.pair.id, values)


def _review(known: Known) -> datetime.date | None:
    """A working day halfway, not in a break."""
    if known.ends is None or known.ends <= known.begins:
        return None
    day = known.begins + (known.ends - known.begins) // 2
    day += datetime.timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    while any(each.start <= day <= each.end for each in (known.cohort.breaks if known.cohort else ())):
        day += datetime.timedelta(days=7)
    return min(day, known.ends)


def goal(desk: Desk, text: str, owner: str, domain: str, ident: str | None, due: datetime.date | None) -> Target:
    """A goal, named after its title."""
    known = desk.known
    name = ident or shortened(slug_of(text, "goal"), _ID_LENGTH)
    values = {"title": text, "owner": owner, "domain": domain, "due": due or known.ends}
    return desk.target("goal", "goal", name, values)


def session(desk: Desk, listed: PromptList, day: datetime.date | None, format_: str | None) -> Target:
    """The note of a meeting: who, how long, what was promised, the parts of the format, and lines for new promises."""
    known = desk.known
    date = day or known.met
    shape = format_ or usual(known)
    after = known.after(date)
    now = week_of(listed, known.week, known.weeks)
    return note(desk, date, shape, _sections(known, shape, after or date), chosen(listed, now, shape))


def usual(known: Known) -> str:
    """The shape of a pair's talks: that of the last note."""
    return known.notes[-1].format if known.notes else "grow"


def note(
    desk: Desk, date: datetime.date, shape: str, sections: list[dict[str, Any]], questions: tuple[Question, ...] = ()
) -> Target:
    """The note of a meeting with these sections: titles, each with the lines that stand below it."""
    known = desk.known
    values = {
        "date": date,
        "minutes": known.cadence.minutes,
        "attended": known.members,
        "format": shape,
        "next": known.after(date),
        "modality": _modality(known),
        "goals": [each for each in known.goals if each.status == "active"],
        "questions": questions,
        "sections": sections,
    }
    return desk.target("session-note", "session", date.isoformat(), values)


def _modality(known: Known) -> str:
    last = known.notes[-1].modality if known.notes else None
    return last or (known.cohort.modality if known.cohort else "hybrid")


def _sections(known: Known, shape: str, due: datetime.date) -> list[dict[str, Any]]:
    """The headings of a format; open actions stand under the first, lines for new ones where promises are made."""
    order = SECTIONS[shape] or ("since", "next")
    carried = carried_lines(known)
    owners = _owners(known)
    fresh = [task_line("…", who, due, ident) for who, ident in zip(owners, known.free_ids(len(owners)), strict=True)]
    promises = PROMISES.get(shape, "next")
    held = {"since": carried, promises: fresh}
    return [
        {"title": title(key, known.language), "tasks": held.get(key, [])}
        for key in order
        if key != "since" or known.notes
    ]


def _owners(known: Known) -> tuple[str, ...]:
    """Who gets a line for a new promise: everybody, and of a large group its mentees first, whose time it is."""
    if len(known.members) <= _FRESH:
        return known.members
    mentees = set(known.pair.mentees)
    return tuple(sorted(known.members, key=lambda each: each not in mentees))[:_FRESH]


def carried_lines(known: Known) -> list[str]:
    """The open actions of a pair, to be ticked or repeated."""
    return [task_line(each.action.text, each.owner, each.due, each.action.id) for each in known.actions]


def task_line(text: str, owner: str, due: datetime.date | None, ident: str) -> str:
    """An open action as it stands in a note; marks that are empty are left out."""
    marks = (f"@{owner}" if owner else "", f"due:{due}" if due else "", f"id:{ident}" if ident else "")
    return " ".join(("- [ ]", text, *(mark for mark in marks if mark)))


def observation(desk: Desk, day: datetime.date, kind: str, focus: str | None) -> Target:
    """A visit: what was agreed on to look at, and places for what was seen."""
    stem = day.isoformat()
    ident = desk.free("observation", [stem, *(f"{stem}-{number}" for number in range(2, 10))])
    return desk.target("observation", "observation", ident, {"date": day, "kind": kind, "focus": focus})


def feedback(desk: Desk, giver: str, receiver: str, kind: str, event_on: datetime.date) -> Target:
    """Feedback from one member to another, with the lines that its shape asks for."""
    stem = desk.known.today.isoformat()
    ident = desk.free("feedback", [f"{stem}-{number}" for number in range(1, 10)])
    values = {"giver": giver, "receiver": receiver, "kind": kind, "event_on": event_on}
    return desk.target("feedback", "feedback", ident, values)


def closure(desk: Desk, kind: str, reason: str, final_session: str, keep_months: int) -> Target:
    """The ending: how, why, and the goals that are still to be settled."""
    known = desk.known
    until = _months_later(max(known.today, known.ends or known.today), keep_months)
    values = {
        "on": known.today,
        "kind": kind,
        "reason": reason,
        "final_session": final_session,
        "data": f"keep until {until}",
        "goals": known.goals,
    }
    return desk.target("closure", "closure", known.pair.id, values)


def _months_later(day: datetime.date, months: int) -> datetime.date:
    count = day.year * 12 + day.month - 1 + months
    return datetime.date(count // 12, count % 12 + 1, min(day.day, 28))
