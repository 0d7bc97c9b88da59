"""What a pair wants to have read five minutes before it meets, as plain text for a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from toolkit.model import Goal, PromptList, Records, Session
from toolkit.model.formats import PROMISES, SECTIONS, keys, language_of, plain
from toolkit.scaffold.forms import filled, folded
from toolkit.scaffold.known import Known
from toolkit.scaffold.questions import chosen, week_of
from toolkit.workspace import Workspace

# A review that was held a little before its day counts; an end that is near is spoken of.
_EARLY = datetime.timedelta(days=14)
_NEAR_END = datetime.timedelta(days=45)


def prep(workspace: Workspace, records: Records, known: Known, listed: PromptList) -> str:
    """Put together the last meeting, what was promised by whom, the goals, what is due, and two questions."""
    last = known.last
    shape = known.notes[-1].format if known.notes else "grow"
    values = {
        "pair": known.pair.id,
        "today": known.today,
        "names": [known.names[who] for who in known.members],
        "meets": known.next,
        "days": (known.next - known.today).days,
        "week": known.week,
        "weeks": known.weeks,
        "last": _last(known, last) if last else None,
        "promised": list(_promised(known)),
        "goals": [_goal(each, known.today) for each in known.goals],
        "due": _due(records, known),
        "questions": [each.text for each in chosen(listed, week_of(listed, known.week, known.weeks), shape)],
    }
    return folded(filled(workspace, "prep.{}.txt", known.language, values))


def _last(known: Known, note: Session) -> dict[str, Any]:
    return {
        "date": note.date,
        "names": [known.names.get(who, who) for who in note.attended],
        "minutes": note.minutes,
        "format": note.format.upper(),
        "parts": list(_words(note)),
    }


def _words(note: Session) -> Iterator[dict[str, str]]:
    """What was said last: the text of the part with the promises, and of the last part; promises have their own place."""
    shape = note.format if SECTIONS[note.format] else "grow"
    found = tuple(plain(section.title) for section in note.sections)
    named = keys(shape, note.language or language_of(shape, found))
    for section in note.sections:
        if named.get(plain(section.title)) in (PROMISES.get(shape), "next"):
            lines = [line.strip() for line in section.text.splitlines()]
            said = " ".join(line for line in lines if line and not line.startswith(("- [", "* [", "<!--")))
            if said:
                yield {"title": section.title, "text": said}


def _promised(known: Known) -> Iterator[dict[str, Any]]:
    """The open actions by owner, in the order of the members; those of nobody come last."""
    order = [*known.members, *sorted({each.owner for each in known.actions} - set(known.members) - {""}), ""]
    for who in order:
        own = [each for each in known.actions if each.owner == who]
        if own:
            yield {
                "name": known.names.get(who, who),
                "actions": [
                    {"text": each.action.text, "due": each.due, "late": each.is_late(known.today), "id": each.action.id}
                    for each in sorted(own, key=lambda each: (each.due or datetime.date.max, each.action.line))
                ],
            }


def _goal(goal: Goal, today: datetime.date) -> dict[str, Any]:
    past = [each for each in goal.progress if each.on <= today]
    latest = max(past, key=lambda each: each.on) if past else None
    unit = goal.measure.unit if goal.measure and goal.measure.unit else ""
    value = f"{latest.value:g} {unit}".strip() if latest and latest.value is not None else ""
    return {
        "title": goal.title,
        "status": goal.status,
        "due": goal.due,
        "on": latest.on if latest else None,
        "said": ": ".join(each for each in (value, latest.note or "") if each) if latest else "",
        "target": f"{goal.measure.target:g} {unit}".strip() if goal.measure and goal.measure.target is not None else "",
    }


def _due(records: Records, known: Known) -> dict[str, Any]:
    """What of the agreement is due by the next meeting: that there is one, its signatures, its review, its end."""
    agreement = records.agreements.get(known.pair.pair_key)
    if agreement is None:
        return {"missing": True, "unsigned": [], "review": None, "ends": None}
    signed = {each.person for each in agreement.signed}
    review = max((day for day in agreement.review_on if day <= known.next + _EARLY), default=None)
    reviewed = review is not None and any(each.on >= review - _EARLY for each in agreement.amendments)
    near = known.ends is not None and known.ends <= known.next + _NEAR_END
    return {
        "missing": False,
        "unsigned": [known.names[who] for who in known.members if who not in signed],
        "review": None if reviewed else review,
        "ends": known.ends if near else None,
    }
