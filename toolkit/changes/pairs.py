"""The changes of a running pair: accepting, starting, pausing, resuming, and signing the agreement."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from toolkit.changes.change import Change, day_of, edit, order_of
from toolkit.changes.states import SIGNABLE, Refused, after, by_each, refusal
from toolkit.model import Agreement, Pair, Records
from toolkit.model.pair import Pause
from toolkit.model.rhythm import LIVE, end_of, present
from toolkit.source import Append, Edit, Set
from toolkit.workspace import Workspace, place_of

_ORDER = order_of(Pair)


def accept(workspace: Workspace, pair: Pair, person: str, on: datetime.date | None, today: datetime.date) -> Change:
    """Record that a member accepts the pair; with the last of them its state becomes accepted.

    A member who joined a running pair later can accept it as well. Raises Refused where the states do not allow it.
    """
    day = day_of(on, today)
    _is_member(pair, person, today)
    if pair.status not in ("proposed", "accepted", *LIVE):
        raise refusal("accept", pair, ("proposed",))
    if any(each.person == person for each in pair.accepted):
        raise Refused(f"{person} has accepted {pair.pair_key} already", "there is nothing left to record")
    edits: list[Edit] = [Append("accepted", {"person": person, "on": day}, _ORDER)]
    if day < pair.proposed_on:
        raise Refused(f"{pair.pair_key} was proposed on {pair.proposed_on}, after {day}", "--on is the day it was said")
    missing = [each for each in unaccepted(pair, today) if each != person]
    says = f"{person} accepts"
    if pair.status == "proposed" and not missing:
        edits.append(Set(("status",), after("accept", pair), _ORDER))
        says += "; proposed -> accepted"
    notes = (f"still to accept: {', '.join(missing)}",) if missing else ()
    then = f"mentoring start {pair.pair_key}" if pair.status in ("proposed", "accepted") else "mentoring check"
    return Change(says, (edit(workspace, pair, edits),), notes, accepting(pair, missing) or then)


def accepting(pair: Pair, missing: Sequence[str]) -> str:
    """The commands by which those who have not accepted yet do it; empty where nobody is missing."""
    return by_each(f"mentoring accept {pair.pair_key}", missing)


def unaccepted(pair: Pair, today: datetime.date) -> list[str]:
    """The members who have not accepted."""
    said = {each.person for each in pair.accepted}
    return [member.person for member in present(pair, today) if member.person not in said]


def start(workspace: Workspace, pair: Pair, on: datetime.date | None, today: datetime.date) -> Change:
    """Begin a pair: accepted becomes active, with its first day; raises Refused where somebody has not accepted."""
    state, day = after("start", pair), day_of(on, today)
    missing = unaccepted(pair, today)
    if missing:
        raise Refused(f"not everybody has accepted {pair.pair_key}", accepting(pair, missing))
    edits: list[Edit] = [Set(("status",), state, _ORDER), Set(("started",), day, _ORDER)]
    agreement = place_of("agreement", program=pair.origin.program, cohort=pair.origin.cohort, pair=pair.id)
    kind = "session" if (workspace / agreement).exists() else "agreement"
    then = f"mentoring new {kind} {pair.pair_key}"
    return Change(f"accepted -> active from {day}", (edit(workspace, pair, edits),), next=then)


def pause(
    workspace: Workspace,
    records: Records,
    pair: Pair,
    until: datetime.date,
    why: str | None,
    on: datetime.date | None,
    today: datetime.date,
) -> Change:
    """Pause a pair until a day on which it meets again; raises Refused where it is not active."""
    state, day = after("pause", pair), day_of(on, today)
    if until <= day or until <= today:
        raise Refused(f"a pause until {until} is over before it begins", "--until is the day on which they meet again")
    item = {"start": day, "resume": until, "why": why}
    edits: list[Edit] = [Set(("status",), state, _ORDER), Append("pauses", item, _ORDER)]
    cohort = records.cohort_of(pair)
    end = end_of(records, pair, cohort) if cohort else None
    notes = (f"it is to end on {end}, before the pause is over",) if end and end < until else ()
    return Change(f"active -> paused from {day} until {until}", (edit(workspace, pair, edits),), notes)


def resume(workspace: Workspace, pair: Pair, on: datetime.date | None, today: datetime.date) -> Change:
    """Take a paused pair up again: the pause ends on this day, or on the agreed one where that has come already."""
    state, day = after("resume", pair), day_of(on, today)
    edits: list[Edit] = [Set(("status",), state, _ORDER)]
    last = max(range(len(pair.pauses)), key=lambda index: pair.pauses[index].start, default=None)
    if last is None:
        return Change("paused -> active", (edit(workspace, pair, edits),), ("no pause was written down",))
    agreed, began = pair.pauses[last].resume, pair.pauses[last].start
    if day < began:
        raise Refused(f"the pause began on {began}, after {day}", "--on is the day on which they meet again")
    if on is None and agreed is not None and agreed <= today:
        day = agreed
    elif agreed != day:
        edits.append(Set(("pauses", last, "resume"), day, tuple(Pause.model_fields)))
    return Change(f"paused -> active from {day}", (edit(workspace, pair, edits),))


def sign(
    workspace: Workspace, records: Records, pair: Pair, person: str, on: datetime.date | None, today: datetime.date
) -> Change:
    """Record that a member signs the agreement; raises Refused where there is none, or nobody is to sign it now."""
    day = day_of(on, today)
    _is_member(pair, person, today)
    if pair.status not in SIGNABLE:
        raise refusal("sign", pair, SIGNABLE)
    agreement = records.agreements.get(pair.pair_key)
    if agreement is None:
        path = place_of("agreement", program=pair.origin.program, cohort=pair.origin.cohort, pair=pair.id)
        if records.is_unreadable("agreement", pair.id, path):
            raise Refused(f"{path} cannot be read", f"mentoring check; then: mentoring sign {pair.pair_key}")
        raise Refused(
            f"{pair.pair_key} has no agreement yet", f"write it together: mentoring new agreement {pair.pair_key}"
        )
    if any(each.person == person for each in agreement.signed):
        raise Refused(f"{person} has signed already", "what is agreed anew goes under `amendments`")
    said = {person, *(each.person for each in agreement.signed)}
    missing = [member.person for member in present(pair, today) if member.person not in said]
    edits = [Append("signed", {"person": person, "on": day}, order_of(Agreement))]
    notes = (f"still to sign: {', '.join(missing)}",) if missing else ("all have signed",)
    signing = by_each(f"mentoring sign {pair.pair_key}", missing)
    then = signing or f"mentoring new session {pair.pair_key}, after they met"
    return Change(f"{person} signs the agreement", (edit(workspace, agreement, edits),), notes, then)


def _is_member(pair: Pair, person: str, today: datetime.date) -> None:
    members = [member.person for member in present(pair, today)]
    if person not in members:
        raise Refused(f"{person} is not in {pair.pair_key}", f"its members are: {', '.join(members)}")
